"""What happens to the classes of an assessment, to a college's settings, and who looked."""

from typing import Annotated, ClassVar, TypeAlias
from uuid import UUID

from domain.assessments.definition import Level
from domain.assessments.results import Meaning, Result
from domain.kernel import Erased, Event, personal

# Class assessment: one stream for each college, school year and class; first test and retest.


class ClassRegistered(Event, frozen=True, kw_only=True):
    """A new training class takes part, with so many learners (`size`).

    `programme` is a Schulgliederung (`A01`), `trade` a Fachklasse (`10-10004`), as catalogued.
    """

    TOPIC: ClassVar[str] = "class-assessment.class-registered"
    training_class: UUID
    college: str
    school_year: str
    name: str
    programme: str
    trade: str
    size: int


class ClassChanged(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "class-assessment.class-changed"
    training_class: UUID
    programme: str
    trade: str
    size: int


class ClassWithdrawn(Event, frozen=True, kw_only=True):
    """The class takes no part, as one that did not come about. Only without results."""

    TOPIC: ClassVar[str] = "class-assessment.class-withdrawn"
    training_class: UUID
    reason: str


class LearnerEnrolled(Event, frozen=True, kw_only=True):
    """The college alone can tell who is behind a pseudonym."""

    TOPIC: ClassVar[str] = "class-assessment.learner-enrolled"
    training_class: UUID
    learner: UUID
    pseudonym: Annotated[str | Erased, personal("learner")]


class LearnerLeft(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "class-assessment.learner-left"
    training_class: UUID
    learner: UUID


class ResultRecorded(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "class-assessment.result-recorded"
    training_class: UUID
    round: UUID
    learner: UUID
    result: Annotated[Result | Erased, personal("learner")]


class ResultCorrected(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "class-assessment.result-corrected"
    training_class: UUID
    round: UUID
    learner: UUID
    result: Annotated[Result | Erased, personal("learner")]
    reason: Annotated[str | Erased, personal("learner")]


class ClassSubmitted(Event, frozen=True, kw_only=True):
    """The college says that the class is complete, with so many learners."""

    TOPIC: ClassVar[str] = "class-assessment.class-submitted"
    training_class: UUID
    round: UUID
    learners: int


class ClassReopened(Event, frozen=True, kw_only=True):
    """The college takes its submission back, while the window is open."""

    TOPIC: ClassVar[str] = "class-assessment.class-reopened"
    training_class: UUID
    round: UUID
    reason: str


class ResultAssessed(Event, frozen=True, kw_only=True):
    """What a result means and what is recommended by rule, at the release or a correction."""

    TOPIC: ClassVar[str] = "class-assessment.result-assessed"
    training_class: UUID
    round: UUID
    learner: UUID
    meaning: Annotated[Meaning | Erased, personal("learner")]


class ClassReleased(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "class-assessment.class-released"
    training_class: UUID
    round: UUID
    assessed: int


class SecondLookTaken(Event, frozen=True, kw_only=True):
    """A teacher decided on a borderline result."""

    TOPIC: ClassVar[str] = "class-assessment.second-look-taken"
    training_class: UUID
    round: UUID
    learner: UUID
    level: Annotated[Level | Erased, personal("learner")]
    reason: Annotated[str | Erased, personal("learner")]


class RecommendationOverridden(Event, frozen=True, kw_only=True):
    """A teacher decided otherwise than the rule. Both are kept."""

    TOPIC: ClassVar[str] = "class-assessment.recommendation-overridden"
    training_class: UUID
    round: UUID
    learner: UUID
    ruled: Annotated[tuple[str, ...] | Erased, personal("learner")]
    chosen: Annotated[tuple[str, ...] | Erased, personal("learner")]
    reason: Annotated[str | Erased, personal("learner")]


ClassEvent: TypeAlias = (
    ClassRegistered
    | ClassChanged
    | ClassWithdrawn
    | LearnerEnrolled
    | LearnerLeft
    | ResultRecorded
    | ResultCorrected
    | ClassSubmitted
    | ClassReopened
    | ResultAssessed
    | ClassReleased
    | SecondLookTaken
    | RecommendationOverridden
)

# A college's own settings, and who looked at whose rows.


class PseudonymKeyAdopted(Event, frozen=True, kw_only=True):
    """The college named the key of its pseudonyms by a fingerprint; the key stays with it."""

    TOPIC: ClassVar[str] = "college.pseudonym-key-adopted"
    college: str
    fingerprint: str


class MappingSaved(Event, frozen=True, kw_only=True):
    """`columns`: field to the heading of the column in the college's own files."""

    TOPIC: ClassVar[str] = "college.mapping-saved"
    college: str
    name: str
    columns: dict[str, str]


class MappingDropped(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "college.mapping-dropped"
    college: str
    name: str


CollegeEvent: TypeAlias = PseudonymKeyAdopted | MappingSaved | MappingDropped


class RowsSeen(Event, frozen=True, kw_only=True):
    """Somebody of the college looked at learners' rows: of a class, or one learner's."""

    TOPIC: ClassVar[str] = "look.rows-seen"
    training_class: UUID
    purpose: str
    round: UUID | None = None
    learner: UUID | None = None
