"""Commands for the innermost part of the log: streams, versions and bytes, and no meaning."""

import asyncio
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent

from services.eventstore.appending import Appending


def drafted(*states: bytes, version: int = 0, stream: UUID | None = None) -> Appending:
    """A command with an event for each of these."""
    stream = stream or uuid4()
    events = [
        StoredEvent(stream, place, "a topic", state)
        for place, state in enumerate(states, start=version + 1)
    ]
    outcome = asyncio.get_running_loop().create_future()
    return Appending(events, uuid4(), b"digest", stream, version, outcome)
