"""What can be asked of instruments and rounds, and the ids of what the assessment is about."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID, uuid5

from domain.assessments.definition import Definition, Kind
from domain.assessments.events import RetestPlan, Sitting
from domain.kernel import NAMESPACE, Command, stream_id


def instrument_id(key: str) -> UUID:
    return stream_id("instrument", key)


def round_id(school_year: str, key: str) -> UUID:
    """A round is named by its school year (`2026/27`) and its key in it."""
    return stream_id("assessment-round", f"{school_year}/{key}")


def class_id(college: str, school_year: str, name: str) -> UUID:
    """A class is named by its college (an organisation's key), the school year and its name."""
    return stream_id("class-assessment", f"{college}/{school_year}/{name}")


def learner_id(college: str, pseudonym: str) -> UUID:
    """The id of a learner: the same for the same pseudonym, in this college alone."""
    return uuid5(NAMESPACE, f"learner/{college}/{pseudonym}")


class AboutInstrument(Command, frozen=True, kw_only=True):
    instrument: str

    @property
    def subject(self) -> UUID:
        return instrument_id(self.instrument)


class RegisterInstrument(AboutInstrument, frozen=True, kw_only=True):
    title: str
    kind: Kind


class DraftVersion(AboutInstrument, frozen=True, kw_only=True):
    """Write a version: the next new one, or the one that is still a draft."""

    version: int
    definition: Definition


class SubmitVersion(AboutInstrument, frozen=True, kw_only=True):
    version: int


class ReturnVersion(AboutInstrument, frozen=True, kw_only=True):
    """Back to its author."""

    version: int
    reason: str


class ApproveVersion(AboutInstrument, frozen=True, kw_only=True):
    """`digest` is that of the definition the person had before them; not by an author of it."""

    version: int
    digest: str


class RetireVersion(AboutInstrument, frozen=True, kw_only=True):
    version: int
    reason: str


InstrumentCommand: TypeAlias = (
    RegisterInstrument
    | DraftVersion
    | SubmitVersion
    | ReturnVersion
    | ApproveVersion
    | RetireVersion
)


class AnnounceRound(Command, frozen=True, kw_only=True):
    """`first` is the round a retest repeats: same instrument version, same colleges or fewer.

    If classes are missing when the last window closes, the round is held for `grace_days`, so
    that the coordinator, who is told, can still give a college more time.
    """

    key: str
    title: str
    school_year: str
    instrument: str
    version: int
    opens_at: datetime
    closes_at: datetime
    colleges: tuple[str, ...]
    basis: str
    sitting: Sitting = Sitting.FIRST
    reminders: tuple[datetime, ...] = ()
    first: UUID | None = None
    retest: RetestPlan | None = None
    grace_days: int = 0

    @property
    def subject(self) -> UUID:
        return round_id(self.school_year, self.key)


class AboutRound(Command, frozen=True, kw_only=True):
    round: UUID

    @property
    def subject(self) -> UUID:
        return self.round


class OpenWindow(AboutRound, frozen=True, kw_only=True):
    """By the process, when its time has come."""


class RemindColleges(AboutRound, frozen=True, kw_only=True):
    """`moment` is the planned one; None if a person asks. Who is missing is context."""

    moment: datetime | None = None


class ExtendWindow(AboutRound, frozen=True, kw_only=True):
    """For these colleges or, if none is named, for all."""

    closes_at: datetime
    reason: str
    colleges: tuple[str, ...] = ()


class EscalateRound(AboutRound, frozen=True, kw_only=True):
    pass


class CloseWindow(AboutRound, frozen=True, kw_only=True):
    """By the process when the last window closes, or by the coordinator when all is there."""


class ReleaseRound(AboutRound, frozen=True, kw_only=True):
    """Every class has been scored."""

    classes: int


class ScheduleRetest(AboutRound, frozen=True, kw_only=True):
    """Note that the retest was announced."""

    retest: UUID


class CompareRounds(AboutRound, frozen=True, kw_only=True):
    classes: int


class CancelRound(AboutRound, frozen=True, kw_only=True):
    reason: str


RoundCommand: TypeAlias = (
    AnnounceRound
    | OpenWindow
    | RemindColleges
    | ExtendWindow
    | EscalateRound
    | CloseWindow
    | ReleaseRound
    | ScheduleRetest
    | CompareRounds
    | CancelRound
)
