"""Why rounds, colleges and looks refuse, and what instruments and classes refuse too."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "assessment.reason-missing"


@dataclass(eq=False)
class NameMissing(Invalid):
    """What others choose from has a name or a title."""

    code: ClassVar[str] = "assessment.name-missing"


@dataclass(eq=False)
class MalformedKey(Invalid):
    """A key has small letters, digits and single dashes between them."""

    code: ClassVar[str] = "assessment.malformed-key"
    key: str


@dataclass(eq=False)
class MalformedSchoolYear(Invalid):
    """A school year is written `2026/27`."""

    code: ClassVar[str] = "assessment.malformed-school-year"
    school_year: str


@dataclass(eq=False)
class TooEarly(Refused):
    """The time for this has not come."""

    code: ClassVar[str] = "assessment.too-early"
    due: str


@dataclass(eq=False)
class UnknownRound(NotFound):
    code: ClassVar[str] = "assessment.unknown-round"
    round: str


@dataclass(eq=False)
class RoundAlreadyAnnounced(Refused):
    """A round is announced once under its key, even if it was cancelled."""

    code: ClassVar[str] = "assessment.already-announced"
    key: str
    school_year: str


@dataclass(eq=False)
class ClosesBeforeItOpens(Invalid):
    code: ClassVar[str] = "assessment.closes-before-it-opens"
    opens_at: str
    closes_at: str


@dataclass(eq=False)
class WindowInThePast(Invalid):
    code: ClassVar[str] = "assessment.window-in-the-past"
    opens_at: str


@dataclass(eq=False)
class WindowOutsideSchoolYear(Invalid):
    """A round is held within its school year, from 1 August to 31 July."""

    code: ClassVar[str] = "assessment.window-outside-school-year"
    school_year: str


@dataclass(eq=False)
class ReminderOutsideWindow(Invalid):
    code: ClassVar[str] = "assessment.reminder-outside-window"
    reminder: str


@dataclass(eq=False)
class NoCollege(Invalid):
    """A round is held at one college at least."""

    code: ClassVar[str] = "assessment.no-college"


@dataclass(eq=False)
class CollegeTwice(Invalid):
    code: ClassVar[str] = "assessment.college-twice"
    college: str


@dataclass(eq=False)
class NotACollege(Refused):
    """Only vocational colleges hold assessments."""

    code: ClassVar[str] = "assessment.not-a-college"
    organisation: str


@dataclass(eq=False)
class NotInvited(Forbidden):
    """The college does not take part in the round."""

    code: ClassVar[str] = "assessment.not-invited"
    college: str


@dataclass(eq=False)
class BasisMissing(Invalid):
    """A round names the legal basis on which learners' results are taken."""

    code: ClassVar[str] = "assessment.basis-missing"


@dataclass(eq=False)
class FirstRoundMissing(Invalid):
    """A retest names the round it repeats."""

    code: ClassVar[str] = "assessment.first-round-missing"


@dataclass(eq=False)
class NotARetest(Refused):
    """A first test repeats no round, and is compared with none."""

    code: ClassVar[str] = "assessment.not-a-retest"


@dataclass(eq=False)
class RetestOfARetest(Invalid):
    """A retest repeats a first test and has no retest of its own."""

    code: ClassVar[str] = "assessment.retest-of-a-retest"


@dataclass(eq=False)
class FirstRoundNotReleased(Refused):
    code: ClassVar[str] = "assessment.first-round-not-released"
    stage: str


@dataclass(eq=False)
class GraceTooLong(Invalid):
    """A round that nobody closes must come to an end."""

    code: ClassVar[str] = "assessment.grace-too-long"
    days: int
    most: int


@dataclass(eq=False)
class OtherInstrument(Invalid):
    """Change shows only if both tests use the same version of the same instrument."""

    code: ClassVar[str] = "assessment.other-instrument"
    instrument: str
    version: int


@dataclass(eq=False)
class OtherSchoolYear(Refused):
    """A round is for the classes of its school year."""

    code: ClassVar[str] = "assessment.other-school-year"
    expected: str
    school_year: str


@dataclass(eq=False)
class CollegeNotInFirstRound(Invalid):
    code: ClassVar[str] = "assessment.college-not-in-first-round"
    college: str


@dataclass(eq=False)
class RetestBeforeWindowCloses(Invalid):
    """The retest begins after the window of the first test has closed for everybody."""

    code: ClassVar[str] = "assessment.retest-before-window-closes"
    opens_at: str
    closes_at: str


@dataclass(eq=False)
class RoundNotOpen(Refused):
    """The window is not open, or not any more."""

    code: ClassVar[str] = "assessment.round-not-open"
    stage: str


@dataclass(eq=False)
class WindowHasClosed(Refused):
    """The window has closed for this college."""

    code: ClassVar[str] = "assessment.window-has-closed"
    closed_at: str


@dataclass(eq=False)
class WindowNotLater(Invalid):
    """An extension gives more time, never less, and ends in the future."""

    code: ClassVar[str] = "assessment.window-not-later"
    closes_at: str


@dataclass(eq=False)
class ResultsMissing(Refused):
    """Before its time, the window is closed only if no class is missing."""

    code: ClassVar[str] = "assessment.results-missing"
    colleges: int
    closes_at: str


@dataclass(eq=False)
class RoundNotClosed(Refused):
    """A round is released once its window is closed."""

    code: ClassVar[str] = "assessment.round-not-closed"
    stage: str


@dataclass(eq=False)
class ClassesPending(Refused):
    """Classes have submitted results that are not scored yet."""

    code: ClassVar[str] = "assessment.classes-pending"
    pending: int


@dataclass(eq=False)
class RoundNotReleased(Refused):
    code: ClassVar[str] = "assessment.round-not-released"
    stage: str


@dataclass(eq=False)
class NoRetestPlanned(Refused):
    code: ClassVar[str] = "assessment.no-retest-planned"


@dataclass(eq=False)
class OtherRetest(Refused):
    """The retest of a round is the one that its key and its school year name."""

    code: ClassVar[str] = "assessment.other-retest"
    retest: str


@dataclass(eq=False)
class RoundIsOver(Refused):
    """What colleges have seen is not taken back."""

    code: ClassVar[str] = "assessment.round-is-over"
    stage: str


@dataclass(eq=False)
class KeyAlreadyAdopted(Refused):
    """With another key no learner is found again: it is replaced only if that is what is meant."""

    code: ClassVar[str] = "college.key-already-adopted"


@dataclass(eq=False)
class MalformedFingerprint(Invalid):
    """A fingerprint is a SHA-256 in hexadecimal."""

    code: ClassVar[str] = "college.malformed-fingerprint"


@dataclass(eq=False)
class UnknownMapping(NotFound):
    code: ClassVar[str] = "college.unknown-mapping"
    name: str


@dataclass(eq=False)
class PurposeMissing(Invalid):
    """Whoever looks at learners' rows says what for."""

    code: ClassVar[str] = "look.purpose-missing"
