"""Why the goals of a school year refuse."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownYear(NotFound):
    """The school year has no goals."""

    code: ClassVar[str] = "school-year.unknown"
    school_year: str


@dataclass(eq=False)
class UnknownGoal(NotFound):
    code: ClassVar[str] = "school-year.unknown-goal"
    goal: str


@dataclass(eq=False)
class GoalAlreadySet(Refused):
    """The year has another goal under this key; it is changed with a reason."""

    code: ClassVar[str] = "school-year.goal-already-set"
    goal: str


@dataclass(eq=False)
class TextMissing(Invalid):
    """A goal is a sentence."""

    code: ClassVar[str] = "school-year.text-missing"
    goal: str


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "school-year.reason-missing"


@dataclass(eq=False)
class NoTarget(Invalid):
    """A goal has something that can be counted."""

    code: ClassVar[str] = "school-year.no-target"
    goal: str


@dataclass(eq=False)
class TargetTwice(Invalid):
    code: ClassVar[str] = "school-year.target-twice"
    target: str


@dataclass(eq=False)
class MalformedTarget(Invalid):
    """It asks for one at least, or for one for each of a group; days are not fewer than none."""

    code: ClassVar[str] = "school-year.malformed-target"
    target: str


@dataclass(eq=False)
class UnknownKind(NotFound):
    """Nothing of this kind is counted."""

    code: ClassVar[str] = "school-year.unknown-kind"
    kind: str


@dataclass(eq=False)
class UnknownGroup(NotFound):
    """There is no such group to ask one each of."""

    code: ClassVar[str] = "school-year.unknown-group"
    group: str


@dataclass(eq=False)
class DueOutsideYear(Invalid):
    """A target is due on a day of its school year."""

    code: ClassVar[str] = "school-year.due-outside-year"
    due: str


@dataclass(eq=False)
class YearIsOver(Refused):
    """What was aimed at is not changed once it is known what was reached."""

    code: ClassVar[str] = "school-year.over"
    school_year: str


@dataclass(eq=False)
class YearIsClosed(Refused):
    code: ClassVar[str] = "school-year.already-closed"
    school_year: str


@dataclass(eq=False)
class YearIsNotOver(Refused):
    """The last figures are those after the last day of the school year."""

    code: ClassVar[str] = "school-year.not-over"
    ends_on: str


@dataclass(eq=False)
class YearIsNotClosed(Refused):
    code: ClassVar[str] = "school-year.not-closed"
    school_year: str
