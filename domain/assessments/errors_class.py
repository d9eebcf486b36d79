"""Why a class refuses: what it is, who is in it, each row of its results, and what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import msgspec

from domain.kernel import DomainError, Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownClass(NotFound):
    code: ClassVar[str] = "class.unknown"
    training_class: str


@dataclass(eq=False)
class NotOfThisCollege(Forbidden):
    """Classes and what their learners achieved are their college's alone."""

    code: ClassVar[str] = "class.not-of-this-college"


@dataclass(eq=False)
class ClassAlreadyRegistered(Refused):
    code: ClassVar[str] = "class.already-registered"
    name: str
    school_year: str


@dataclass(eq=False)
class ClassIsWithdrawn(Refused):
    code: ClassVar[str] = "class.is-withdrawn"


@dataclass(eq=False)
class SchoolYearNotCurrent(Refused):
    """Classes are registered in their school year or in the one before it."""

    code: ClassVar[str] = "class.school-year-not-current"
    school_year: str


@dataclass(eq=False)
class UnknownProgramme(Invalid):
    """The catalogue does not have the programme on this day."""

    code: ClassVar[str] = "class.unknown-programme"
    programme: str


@dataclass(eq=False)
class UnknownTrade(Invalid):
    """The catalogue does not have the trade on this day."""

    code: ClassVar[str] = "class.unknown-trade"
    trade: str


@dataclass(eq=False)
class TradeOfOtherProgramme(Invalid):
    code: ClassVar[str] = "class.trade-of-other-programme"
    programme: str
    trade: str


@dataclass(eq=False)
class SizeOutOfRange(Invalid):
    code: ClassVar[str] = "class.size-out-of-range"
    size: int
    most: int


@dataclass(eq=False)
class ClassFull(Refused):
    code: ClassVar[str] = "class.full"
    learners: int
    most: int


@dataclass(eq=False)
class ClassHasResults(Refused):
    """What results were recorded for stays as it is."""

    code: ClassVar[str] = "class.has-results"


@dataclass(eq=False)
class UnknownLearner(NotFound):
    code: ClassVar[str] = "class.unknown-learner"


@dataclass(eq=False)
class PseudonymMissing(Invalid):
    code: ClassVar[str] = "class.pseudonym-missing"


@dataclass(eq=False)
class LearnerTwice(Invalid):
    """One row for a learner: which of two would count?"""

    code: ClassVar[str] = "class.learner-twice"


@dataclass(eq=False)
class LearnerErased(Refused):
    """The learner's data were erased; nothing new is recorded about them."""

    code: ClassVar[str] = "class.learner-erased"


@dataclass(eq=False)
class NotYetTaken(Invalid):
    """A test cannot have been taken on a day to come."""

    code: ClassVar[str] = "class.not-yet-taken"
    taken_on: str


@dataclass(eq=False)
class UnknownAccommodation(Invalid):
    code: ClassVar[str] = "class.unknown-accommodation"
    accommodation: str


@dataclass(eq=False)
class AbsentWithScores(Invalid):
    """Who was absent has no scores."""

    code: ClassVar[str] = "class.absent-with-scores"


@dataclass(eq=False)
class UnknownPart(Invalid):
    code: ClassVar[str] = "class.unknown-part"
    part: str


@dataclass(eq=False)
class PartScoredTwice(Invalid):
    code: ClassVar[str] = "class.part-scored-twice"
    part: str


@dataclass(eq=False)
class PartNotScored(Invalid):
    """Who took the whole test has a score in every part that counts."""

    code: ClassVar[str] = "class.part-not-scored"
    part: str


@dataclass(eq=False)
class ScoreOutOfRange(Invalid):
    code: ClassVar[str] = "class.score-out-of-range"
    part: str
    score: int
    maximum: int


@dataclass(eq=False)
class ExactAboveRecognition(Invalid):
    """Whoever wrote a word exactly has recognised it."""

    code: ClassVar[str] = "class.exact-above-recognition"
    part: str
    exact: int
    recognition: int


@dataclass(eq=False)
class RecognitionInSubtest(Invalid):
    """Subtests have one score, which stands for both."""

    code: ClassVar[str] = "class.recognition-in-subtest"
    part: str
    exact: int
    recognition: int


@dataclass(eq=False)
class OmittedOutOfRange(Invalid):
    """What was recognised was not omitted."""

    code: ClassVar[str] = "class.omitted-out-of-range"
    part: str
    omitted: int
    most: int


@dataclass(eq=False)
class MalformedGaps(Invalid):
    """Of each gap it is said whether it is exact, recognised, wrong or omitted; nothing else."""

    code: ClassVar[str] = "class.malformed-gaps"
    part: str
    maximum: int


@dataclass(eq=False)
class GapsDisagree(Invalid):
    """The gaps, counted, do not give the scores."""

    code: ClassVar[str] = "class.gaps-disagree"
    part: str
    exact: int
    recognition: int
    omitted: int


class RowFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a row, which is counted from 0."""

    row: int
    pseudonym: str
    error: DomainError


@dataclass(eq=False, init=False)
class RowsFaulty(Invalid):
    """All rows are taken or none. `faults` has everything that is wrong with any of them.

    It is not among the facts, which are written to logs: it says who achieved what.
    """

    code: ClassVar[str] = "class.rows-faulty"
    count: int

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__()
        self.count = len(faults)
        self.faults = tuple(faults)

    @property
    def facts(self) -> Mapping[str, object]:
        return {"count": self.count}


@dataclass(eq=False)
class ClassAlreadySubmitted(Refused):
    """Whoever is to be added after the class was submitted needs it taken back first."""

    code: ClassVar[str] = "class.already-submitted"


@dataclass(eq=False)
class ClassNotSubmitted(Refused):
    code: ClassVar[str] = "class.not-submitted"
    stage: str


@dataclass(eq=False)
class NothingToSubmit(Refused):
    code: ClassVar[str] = "class.nothing-to-submit"


@dataclass(eq=False)
class LearnersWithoutResult(Refused):
    """Everybody in the class has a row, be it as absent."""

    code: ClassVar[str] = "class.learners-without-result"
    learners: int


@dataclass(eq=False)
class NotAssessed(Refused):
    """There is nothing yet that the result could mean."""

    code: ClassVar[str] = "class.not-assessed"


@dataclass(eq=False)
class NotBorderline(Refused):
    """A second look is for results whose level is uncertain."""

    code: ClassVar[str] = "class.not-borderline"


@dataclass(eq=False)
class LevelOutsideBand(Invalid):
    """A second look decides between the levels that the result leaves open."""

    code: ClassVar[str] = "class.level-outside-band"
    lowest: str
    highest: str


@dataclass(eq=False)
class UnknownMeasure(Invalid):
    code: ClassVar[str] = "class.unknown-measure"
    measure: str
