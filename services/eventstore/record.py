"""An event as it is kept: with its place in its stream, its place in the log, and its metadata."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec
from eventsourcing.persistence import MapperDeserialisationError

from domain.kernel import Event, Role
from services.privacy.box import Place


class Metadata(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who, when, why and what led to it.

    `causation` is the log position of the event that led to the command, `correlation` names the
    whole chain from the first request. `occurred_at` is when it happened; what was imported
    happened before it was recorded and names its `source`. `shown` is the digest of what the
    person had before them, `substitutes` the account in whose absence they acted.
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
    substitutes: str = ""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An event with its place in its stream."""

    originator_id: UUID
    originator_version: int
    event: Event
    metadata: Metadata


METADATA = msgspec.json.Decoder(Metadata)


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
        return unreadable(Place(self.originator_id, self.originator_version, self.topic), error)

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


def unreadable(place: Place, reason: object) -> MapperDeserialisationError:
    """What is raised about an event that cannot be read: it names the event."""
    return MapperDeserialisationError(f"{place.topic} {place.stream} {place.version}: {reason}")
