"""An event as it is kept: with its place in its stream, its place in the log, and its metadata."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent

from domain.kernel import Event, Role


class Metadata(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who, when, why and what led to it.

    `causation` is the log position of the event that led to the command, `correlation` names the
    whole chain from the first request. `occurred_at` is when it happened; what was imported
    happened before it was recorded and names its `source`. `shown` is the digest of what the
    person had before them.
    """

    command: UUID
    correlation: str
    account: str
    role: Role
    occurred_at: datetime
    organisation: str = ""
    signed_in: str = ""
    causation: int | None = None
    reason: str = ""
    shown: str = ""
    source: str = ""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An event with its place in its stream."""

    originator_id: UUID
    originator_version: int
    event: Event
    metadata: Metadata


class LogEntry(Recorded, frozen=True, kw_only=True):
    """A recorded event with its place in the log."""

    position: int
    recorded_at: datetime


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What is written to the state column, as JSON. `schema` is the version of this envelope."""

    schema: int = 1
    metadata: Metadata
    event: msgspec.Raw


class EventMapper(Mapper[UUID]):
    """Between recorded events and stored ones, which carry the event's topic and exact bytes."""

    def __init__(self, events: Iterable[type[Event]]) -> None:
        # The library's transcoder, compressor and cipher are not used: events are JSON.
        self._events = {event.TOPIC: event for event in events}

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        recorded = cast("Recorded", domain_event)
        event = msgspec.Raw(msgspec.json.encode(recorded.event))
        return StoredEvent(
            originator_id=recorded.originator_id,
            originator_version=recorded.originator_version,
            topic=recorded.event.TOPIC,
            state=msgspec.json.encode(Body(metadata=recorded.metadata, event=event)),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        body = self._body(stored_event)
        return Recorded(
            originator_id=cast("UUID", stored_event.originator_id),
            originator_version=stored_event.originator_version,
            event=self._event(stored_event, body),
            metadata=body.metadata,
        )

    def to_entry(self, stored: StoredEvent, position: int, recorded_at: datetime) -> LogEntry:
        """The stored event with its place in the log.

        Raises MapperDeserialisationError if the topic is unknown or the bytes do not fit it.
        """
        body = self._body(stored)
        return LogEntry(
            originator_id=cast("UUID", stored.originator_id),
            originator_version=stored.originator_version,
            event=self._event(stored, body),
            metadata=body.metadata,
            position=position,
            recorded_at=recorded_at,
        )

    def _body(self, stored: StoredEvent) -> Body:
        try:
            return msgspec.json.decode(stored.state, type=Body)
        except msgspec.MsgspecError as error:
            raise MapperDeserialisationError(f"{_place(stored)}: {error}") from error

    def _event(self, stored: StoredEvent, body: Body) -> Event:
        try:
            return msgspec.json.decode(body.event, type=self._events[stored.topic])
        except (KeyError, msgspec.MsgspecError) as error:
            raise MapperDeserialisationError(f"{_place(stored)}: {error}") from error


def _place(stored: StoredEvent) -> str:
    return f"{stored.topic} {stored.originator_id} {stored.originator_version}"
