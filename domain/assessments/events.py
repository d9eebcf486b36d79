"""What happens to instruments and assessment rounds."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

import msgspec

from domain.assessments.definition import Definition, Kind
from domain.kernel import Event


class Sitting(StrEnum):
    """The first test at the beginning of training, or the retest that shows the change."""

    FIRST = "first"
    RETEST = "retest"


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A college and its classes (ids) without submitted results; none if it registered none."""

    college: str
    classes: tuple[UUID, ...] = ()


class RetestPlan(msgspec.Struct, frozen=True, kw_only=True):
    """When the retest's window opens and closes, and when colleges are reminded in it."""

    opens_at: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...] = ()


# Instrument: one stream for each key, all its versions.


class InstrumentRegistered(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "instrument.registered"
    instrument: str
    title: str
    kind: Kind


class VersionDrafted(Event, frozen=True, kw_only=True):
    """A version was written, or written anew before it was approved.

    `substitutes` is the account in whose absence the author wrote it, if so.
    """

    TOPIC: ClassVar[str] = "instrument.version-drafted"
    instrument: str
    version: int
    definition: Definition
    digest: str
    author: str
    substitutes: str = ""


class VersionSubmitted(Event, frozen=True, kw_only=True):
    """A version is ready for a second person's approval."""

    TOPIC: ClassVar[str] = "instrument.version-submitted"
    instrument: str
    version: int


class VersionReturned(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "instrument.version-returned"
    instrument: str
    version: int
    reason: str


class VersionApproved(Event, frozen=True, kw_only=True):
    """From now on rounds may use the version, and it never changes again."""

    TOPIC: ClassVar[str] = "instrument.version-approved"
    instrument: str
    version: int
    digest: str
    approver: str


class VersionRetired(Event, frozen=True, kw_only=True):
    """No new round uses the version."""

    TOPIC: ClassVar[str] = "instrument.version-retired"
    instrument: str
    version: int
    reason: str


InstrumentEvent: TypeAlias = (
    InstrumentRegistered
    | VersionDrafted
    | VersionSubmitted
    | VersionReturned
    | VersionApproved
    | VersionRetired
)

# Assessment round: one stream for each school year and key.


class RoundAnnounced(Event, frozen=True, kw_only=True):
    """The colleges know when the window opens and closes. `basis` is the legal basis."""

    TOPIC: ClassVar[str] = "assessment-round.announced"
    round: UUID
    key: str
    title: str
    school_year: str
    instrument: str
    version: int
    sitting: Sitting
    opens_at: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]
    colleges: tuple[str, ...]
    basis: str
    first: UUID | None = None
    retest: RetestPlan | None = None
    grace_days: int = 0


class WindowOpened(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "assessment-round.window-opened"
    round: UUID


class CollegesReminded(Event, frozen=True, kw_only=True):
    """`moment` is the planned one; None if a person asked for it."""

    TOPIC: ClassVar[str] = "assessment-round.colleges-reminded"
    round: UUID
    missing: tuple[Missing, ...]
    moment: datetime | None = None


class WindowExtended(Event, frozen=True, kw_only=True):
    """The window closes later, for these colleges or, if none is named, for all."""

    TOPIC: ClassVar[str] = "assessment-round.window-extended"
    round: UUID
    closes_at: datetime
    reason: str
    colleges: tuple[str, ...] = ()


class RoundEscalated(Event, frozen=True, kw_only=True):
    """The window ran out with classes missing: the coordinator is told."""

    TOPIC: ClassVar[str] = "assessment-round.escalated"
    round: UUID
    missing: tuple[Missing, ...]


class WindowClosed(Event, frozen=True, kw_only=True):
    """No results are taken any more; what is `missing` stays so."""

    TOPIC: ClassVar[str] = "assessment-round.window-closed"
    round: UUID
    missing: tuple[Missing, ...] = ()


class RoundReleased(Event, frozen=True, kw_only=True):
    """Every class that submitted has been scored: colleges see what the results mean."""

    TOPIC: ClassVar[str] = "assessment-round.released"
    round: UUID
    classes: int


class RetestScheduled(Event, frozen=True, kw_only=True):
    """The retest of this round was announced, as planned."""

    TOPIC: ClassVar[str] = "assessment-round.retest-scheduled"
    round: UUID
    retest: UUID


class RoundCompared(Event, frozen=True, kw_only=True):
    """A retest was set against its first test: colleges see the change. The round is over."""

    TOPIC: ClassVar[str] = "assessment-round.compared"
    round: UUID
    first: UUID
    classes: int


class RoundCancelled(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "assessment-round.cancelled"
    round: UUID
    reason: str


RoundEvent: TypeAlias = (
    RoundAnnounced
    | WindowOpened
    | CollegesReminded
    | WindowExtended
    | RoundEscalated
    | WindowClosed
    | RoundReleased
    | RetestScheduled
    | RoundCompared
    | RoundCancelled
)
