"""What the relay has to know of a kind of process."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore

Concerns: TypeAlias = Callable[[EventStore, LogEntry, Connection | None], Awaitable[Sequence[UUID]]]
"""Finds the things that an event of another thing matters to; reads on the connection if given."""


class Route(NamedTuple):
    """A process to be told: its workflow by name, its id, and how it starts."""

    workflow: str
    id: str
    start: msgspec.Struct


class Process(NamedTuple):
    """A kind of process. There is one for each thing, such as a concept, by the thing's stream.

    `topics` are the thing's own events that it waits for; `others` those of other things, each
    with how to find the things whose processes wait for it. `has_ended` is given the thing's
    entries from the first on.
    """

    workflow: str
    topics: Sequence[str]
    workflow_id: Callable[[UUID], str]
    start: Callable[[UUID], msgspec.Struct]
    has_ended: Callable[[Sequence[LogEntry]], bool]
    others: Mapping[str, Concerns] = {}

    def route(self, thing: UUID) -> Route:
        return Route(self.workflow, self.workflow_id(thing), self.start(thing))

    async def waiting(
        self, store: EventStore, entry: LogEntry, connection: Connection | None
    ) -> Sequence[UUID]:
        """The things whose processes wait for this event."""
        if entry.topic in self.topics:
            return [entry.originator_id]
        concerns = self.others.get(entry.topic)
        return await concerns(store, entry, connection) if concerns else []


def events(entries: Sequence[LogEntry]) -> list[Any]:
    """For replaying a thing; a stream has the events of its own thing only."""
    return [entry.event for entry in entries]
