"""What is appended: a saved section of a concept, about 550 bytes as it is stored."""

from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec

from domain.concepts.events import SectionDrafted
from domain.kernel import Role
from services.eventstore.record import Metadata, Recorded
from services.eventstore.store import EventStore, Receipt

AUTHOR = "7c5bb1d2-7b7f-5a53-a8f5-6f0a3a0e0c11"
TEXT = (
    "Anlaufpunkte sind das Rathaus, das Familienzentrum und die Beratungsräume am Markt."
    " Jede Anfrage wird innerhalb von fünf Arbeitstagen beantwortet."
)
DIGEST = sha256(TEXT.encode()).hexdigest()
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def drafted(version: int) -> SectionDrafted:
    """The event itself."""
    return SectionDrafted(
        section="anlaufstelle", version=version, text=TEXT, digest=DIGEST, author=AUTHOR
    )


def recorded(stream: UUID, version: int, command: UUID) -> Recorded:
    """The event in its place in this stream."""
    return Recorded(
        originator_id=stream,
        originator_version=version,
        event=drafted(version),
        metadata=Metadata(
            command=command,
            correlation=str(command),
            account=AUTHOR,
            role=Role.CASE_MANAGER,
            occurred_at=AT,
            organisation="stadt-delbrueck",
            signed_in="token",
        ),
    )


def state() -> bytes:
    """The bytes of such an event, ready for a peer, which then has nothing to encode."""
    return state_of(uuid4())


def state_of(command: UUID) -> bytes:
    """The bytes of an event that came of this command."""
    entry = recorded(uuid4(), 1, command)
    body = {"schema": 1, "metadata": entry.metadata, "event": entry.event}
    return msgspec.json.encode(body)


class Prepared(NamedTuple):
    """A command that a client has ready: its id, its digest, its events."""

    command: UUID
    digest: bytes
    events: Sequence[Recorded]


class Stream:
    """A stream one client writes to: it knows the version, so that each append is checked.

    What is appended is prepared before the clock runs, as it is for the peers.
    """

    def __init__(self, store: EventStore, size: int) -> None:
        self._store = store
        self._size = size
        self._id = uuid4()
        self._version = 0
        self._prepared: deque[Prepared] = deque()

    def prepare(self, count: int) -> None:
        """Have so many commands ready; what is still there from before counts."""
        for number in range(len(self._prepared), count):
            self._prepared.append(self._command(self._version + number * self._size))

    async def append(self) -> Receipt:
        """One command of `size` events, under an id of its own."""
        ready = self._prepared.popleft() if self._prepared else self._command(self._version)
        receipt = await self._store.append(
            ready.events,
            command=ready.command,
            digest=ready.digest,
            stream=self._id,
            version=self._version,
        )
        self._version = receipt.version
        return receipt

    def _command(self, version: int) -> Prepared:
        command = uuid4()
        events = [recorded(self._id, version + n, command) for n in range(1, self._size + 1)]
        return Prepared(command, sha256(command.bytes).digest(), events)
