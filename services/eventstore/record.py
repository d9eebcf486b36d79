"""An event as it is kept: with its place in its stream, its place in the log, and its metadata."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent

from domain.kernel import Erased, Event, Role
from services.privacy.box import (
    NO_KEYS,
    Box,
    BoxDamaged,
    Keys,
    Place,
    as_json,
    personal_fields,
    personal_values,
    seal,
    unseal,
)


class Row(Protocol):
    """A row of the table `event`, by the names of its columns."""

    def __getitem__(self, name: str, /) -> Any: ...


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


class LogEntry:
    """A recorded event with its place in the log.

    Event and metadata are decoded when they are looked at: readers need one or the other.
    """

    __slots__ = (
        "_event",
        "_metadata",
        "originator_id",
        "originator_version",
        "position",
        "recorded_at",
        "topic",
    )

    def __init__(  # noqa: PLR0913 (one parameter for each fact, all named)
        self,
        *,
        originator_id: UUID,
        originator_version: int,
        event: Event | Callable[[], Event],
        metadata: Metadata | msgspec.Raw,
        position: int,
        recorded_at: datetime,
        topic: str = "",
    ) -> None:
        self.originator_id = originator_id
        self.originator_version = originator_version
        self._metadata = metadata
        self.position = position
        self.recorded_at = recorded_at
        self._event = event
        self.topic = topic or self.event.TOPIC

    @property
    def event(self) -> Event:
        """The event in its present form. Raises MapperDeserialisationError if it cannot be read."""
        event = self._event
        if not isinstance(event, Event):
            try:
                event = self._event = event()
            except msgspec.MsgspecError as error:
                raise self._unreadable(error) from error
        return event

    @property
    def metadata(self) -> Metadata:
        """Raises MapperDeserialisationError if it cannot be read."""
        if not isinstance(self._metadata, Metadata):
            try:
                self._metadata = METADATA.decode(self._metadata)
            except msgspec.MsgspecError as error:
                raise self._unreadable(error) from error
        return self._metadata

    def _unreadable(self, error: Exception) -> MapperDeserialisationError:
        return _unreadable(Place(self.originator_id, self.originator_version, self.topic), error)

    def __repr__(self) -> str:
        return f"LogEntry(position={self.position}, event={self.event!r}, {self.metadata!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogEntry) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash(self.position)

    def _facts(self) -> tuple[object, ...]:
        return (
            self.originator_id,
            self.originator_version,
            self.event,
            self.metadata,
            self.position,
            self.recorded_at,
        )


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is written to the state column, as JSON.

    `schema` is the version of this envelope: 2 has the `version` of the event's class, and keeps
    `personal` values apart from the event, encrypted.
    """

    schema: int
    metadata: msgspec.Raw
    event: msgspec.Raw
    version: int = 1
    personal: Mapping[str, Box] = {}


METADATA = msgspec.json.Decoder(Metadata)
BODY = msgspec.json.Decoder(Body)


class Plain(NamedTuple):
    """An event class without anything personal: its events are read as they stand."""

    version: int
    decoder: msgspec.json.Decoder[Any]


class EventMapper(Mapper[UUID]):
    """Between recorded events and stored ones, which carry the event's topic and exact bytes.

    What is personal is encrypted with the keys it is given; the store knows where to get them.
    """

    def __init__(self, events: Iterable[type[Event]]) -> None:
        # The library's transcoder, compressor and cipher are not used: events are JSON.
        self._events = {event.TOPIC: event for event in events}
        self._plain = {
            topic: Plain(event.VERSION, msgspec.json.Decoder(event))
            for topic, event in self._events.items()
            if not personal_fields(event)
        }

    @property
    def personal_topics(self) -> list[str]:
        """The topics of events that say something about a person."""
        return sorted(self._events.keys() - self._plain.keys())

    def about(self, events: Iterable[Recorded]) -> set[UUID]:
        """The people about whom the events say something personal."""
        return {subject for event in events for _, subject, _ in personal_values(event.event)}

    def to_stored_event(
        self, domain_event: DomainEventProtocol[UUID], keys: Keys = NO_KEYS
    ) -> StoredEvent:
        recorded = cast("Recorded", domain_event)
        event = recorded.event
        place = Place(recorded.originator_id, recorded.originator_version, event.TOPIC)
        boxes = seal(event, place, keys)
        body = Body(
            schema=2 if boxes or event.VERSION > 1 else 1,
            metadata=msgspec.Raw(msgspec.json.encode(recorded.metadata)),
            event=_without(event, boxes),
            version=event.VERSION,
            personal=boxes,
        )
        return StoredEvent(
            originator_id=recorded.originator_id,
            originator_version=recorded.originator_version,
            topic=event.TOPIC,
            state=msgspec.json.encode(body),
        )

    def to_domain_event(self, stored_event: StoredEvent, keys: Keys = NO_KEYS) -> Any:
        stored = cast("UUID", stored_event.originator_id), stored_event.originator_version
        place = Place(*stored, stored_event.topic)
        body = BODY.decode(stored_event.state)
        return Recorded(
            originator_id=place.stream,
            originator_version=place.version,
            event=self._unusual_event(place, body, keys),
            metadata=METADATA.decode(body.metadata),
        )

    def to_entry(self, row: Row, keys: Keys = NO_KEYS, needed: set[UUID] | None = None) -> LogEntry:
        """A row of the table `event` as an entry.

        The event is decoded when it is looked at. By then `keys` must have the keys of those who
        are added to `needed` here.
        Raises MapperDeserialisationError if the topic is unknown or the bytes are not a body.
        """
        topic: str = row["topic"]
        stream, version = row["originator_id"], row["originator_version"]
        try:
            body = BODY.decode(row["state"])
        except msgspec.MsgspecError as error:
            raise _unreadable(Place(stream, version, topic), error) from error
        plain = self._plain.get(topic)
        if plain is not None and plain.version == body.version and not body.personal:
            event = partial(plain.decoder.decode, body.event)
        else:
            place = Place(stream, version, topic)
            if needed is not None:
                needed.update(self._people(place, body))
            event = partial(self._unusual_event, place, body, keys)
        return LogEntry(
            originator_id=stream,
            originator_version=version,
            event=event,
            metadata=body.metadata,
            position=row["position"],
            recorded_at=row["recorded_at"],
            topic=topic,
        )

    def _unusual_event(self, place: Place, body: Body, keys: Keys) -> Event:
        """An event of an earlier version, or of a class with something personal."""
        kind = self._kind(place)
        try:
            state = _upcast(kind, body, unseal(body.personal, place, keys))
            # What was recorded before its field was personal is in the clear, but no longer shown.
            for field, subject in _in_the_clear(kind, state):
                if isinstance(erased := keys.get(subject), Erased):
                    state[field] = as_json(erased)
            return msgspec.convert(state, kind)
        except (msgspec.MsgspecError, BoxDamaged) as error:
            raise _unreadable(place, error) from error

    def _kind(self, place: Place) -> type[Event]:
        try:
            return self._events[place.topic]
        except KeyError:
            raise MapperDeserialisationError(f"{_named(place)}: an unknown topic") from None

    def _people(self, place: Place, body: Body) -> Iterator[UUID]:
        """Those whose keys are needed to show the event."""
        yield from (box.subject for box in body.personal.values())
        if not body.personal:
            kind = self._kind(place)
            try:
                clear = list(_in_the_clear(kind, _upcast(kind, body, {})))
            except msgspec.MsgspecError as error:
                raise _unreadable(place, error) from error
            yield from (subject for _, subject in clear)


def _without(event: Event, boxes: Mapping[str, Box]) -> msgspec.Raw:
    encoded = msgspec.json.encode(event)
    if not boxes:
        return msgspec.Raw(encoded)
    state: dict[str, object] = msgspec.json.decode(encoded)
    return msgspec.Raw(
        msgspec.json.encode({name: value for name, value in state.items() if name not in boxes})
    )


def _upcast(kind: type[Event], body: Body, personal: Mapping[str, object]) -> dict[str, Any]:
    """The decoded event, brought from the version it was written in to the present one."""
    state: dict[str, Any] = {**msgspec.json.decode(body.event), **personal}
    for version in range(body.version, kind.VERSION):
        getattr(kind, f"upcast_v{version}_v{version + 1}")(state)
    return state


def _in_the_clear(kind: type[Event], state: Mapping[str, Any]) -> Iterator[tuple[str, UUID]]:
    """The personal fields that have a value, each with the person it is about."""
    for field, subject in personal_fields(kind).items():
        if state.get(field) is not None and isinstance(person := state.get(subject), str):
            yield field, UUID(person)


def _unreadable(place: Place, error: Exception) -> MapperDeserialisationError:
    return MapperDeserialisationError(f"{_named(place)}: {error}")


def _named(place: Place) -> str:
    return f"{place.topic} {place.stream} {place.version}"
