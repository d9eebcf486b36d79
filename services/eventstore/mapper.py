"""Between events and the bytes they are stored as."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent

from domain.kernel import Erased, Event
from services.eventstore.record import METADATA, LogEntry, Recorded, unreadable
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


Part = TypeVar("Part")


class Body(msgspec.Struct, Generic[Part], frozen=True, kw_only=True, omit_defaults=True):
    """What is written to the state column, as JSON.

    `schema` is the version of this envelope: 2 has the `version` of the event's class, and keeps
    `personal` values apart from the event, encrypted. Read, its parts are JSON still.
    """

    schema: int
    metadata: Part
    event: Part
    version: int = 1
    personal: Mapping[str, Box] = {}


ReadBody: TypeAlias = Body[msgspec.Raw]

BODY = msgspec.json.Decoder(ReadBody)


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
        boxes: Mapping[str, Box] = {}
        if personal_fields(type(event)):
            place = Place(recorded.originator_id, recorded.originator_version, event.TOPIC)
            boxes = seal(event, place, keys)
        body = Body(
            schema=2 if boxes or event.VERSION > 1 else 1,
            metadata=recorded.metadata,
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
            raise unreadable(Place(stream, version, topic), error) from error
        decoder = self._decoder(topic, body)
        if decoder is not None:
            event = partial(decoder.decode, body.event)
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

    def to_event(self, stream: UUID, row: Row) -> Event:
        """Only the event, of a row that has no more than `originator_version`, `topic`, `state`.

        Raises MapperDeserialisationError if it cannot be read, or not without somebody's key.
        """
        version, topic = row["originator_version"], row["topic"]
        try:
            body = BODY.decode(row["state"])
            decoder = self._decoder(topic, body)
            if decoder is not None:
                return decoder.decode(body.event)
        except msgspec.MsgspecError as error:
            raise unreadable(Place(stream, version, topic), error) from error
        place = Place(stream, version, topic)
        if any(self._people(place, body)):
            raise unreadable(place, "it is personal, and no keys are at hand")
        return self._unusual_event(place, body, NO_KEYS)

    def to_closed_event(self, stream: UUID, row: Row) -> Event:
        """Likewise, but without anybody's key: what is encrypted reads as if it were erased.

        Raises MapperDeserialisationError if it cannot be read.
        """
        version, topic = row["originator_version"], row["topic"]
        try:
            body = BODY.decode(row["state"])
            decoder = self._decoder(topic, body)
            if decoder is not None:
                return decoder.decode(body.event)
        except msgspec.MsgspecError as error:
            raise unreadable(Place(stream, version, topic), error) from error
        return self._unusual_event(Place(stream, version, topic), body, NO_KEYS)

    def _decoder(self, topic: str, body: ReadBody) -> msgspec.json.Decoder[Any] | None:
        """What decodes the event as it stands: nothing is personal, its version is today's."""
        plain = self._plain.get(topic)
        if plain is None or plain.version != body.version or body.personal:
            return None
        return plain.decoder

    def _unusual_event(self, place: Place, body: ReadBody, keys: Keys) -> Event:
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
            raise unreadable(place, error) from error

    def _kind(self, place: Place) -> type[Event]:
        try:
            return self._events[place.topic]
        except KeyError:
            raise unreadable(place, "an unknown topic") from None

    def _people(self, place: Place, body: ReadBody) -> Iterator[UUID]:
        """Those whose keys are needed to show the event."""
        yield from (box.subject for box in body.personal.values())
        if not body.personal:
            kind = self._kind(place)
            try:
                clear = list(_in_the_clear(kind, _upcast(kind, body, {})))
            except msgspec.MsgspecError as error:
                raise unreadable(place, error) from error
            yield from (subject for _, subject in clear)


def _without(event: Event, boxes: Mapping[str, Box]) -> Event | Mapping[str, object]:
    if not boxes:
        return event
    return {name: getattr(event, name) for name in event.__struct_fields__ if name not in boxes}


def _upcast(kind: type[Event], body: ReadBody, personal: Mapping[str, object]) -> dict[str, Any]:
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
