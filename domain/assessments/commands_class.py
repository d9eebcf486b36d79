"""What can be asked of the classes of an assessment and of a college's settings."""

from typing import TypeAlias
from uuid import UUID

import msgspec

from domain.assessments.commands import class_id
from domain.assessments.definition import Level
from domain.assessments.results import Result
from domain.kernel import Command, stream_id


class RegisterClass(Command, frozen=True, kw_only=True):
    college: str
    school_year: str
    name: str
    programme: str
    trade: str
    size: int

    @property
    def subject(self) -> UUID:
        return class_id(self.college, self.school_year, self.name)


class AboutClass(Command, frozen=True, kw_only=True):
    training_class: UUID

    @property
    def subject(self) -> UUID:
        return self.training_class


class ChangeClass(AboutClass, frozen=True, kw_only=True):
    programme: str
    trade: str
    size: int


class WithdrawClass(AboutClass, frozen=True, kw_only=True):
    reason: str


class EnrolLearners(AboutClass, frozen=True, kw_only=True):
    """By their pseudonyms; who is there already stays."""

    pseudonyms: tuple[str, ...]


class RemoveLearner(AboutClass, frozen=True, kw_only=True):
    """Who has left the class. Only before there are results."""

    learner: UUID


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One learner's result, by pseudonym."""

    pseudonym: str
    result: Result


class RecordResults(AboutClass, frozen=True, kw_only=True):
    """Rows of one class: new ones are recorded, the same ones change nothing.

    Different ones are corrections, which need a `reason`. Learners not yet in the class are
    enrolled. All rows or none.
    """

    round: UUID
    rows: tuple[Row, ...]
    reason: str = ""


class SubmitClass(AboutClass, frozen=True, kw_only=True):
    """The class is complete. Everybody enrolled has a row, be it as absent."""

    round: UUID


class ReopenClass(AboutClass, frozen=True, kw_only=True):
    round: UUID
    reason: str


class ReleaseClass(AboutClass, frozen=True, kw_only=True):
    """By the process, once the window is closed: score each row and recommend by rule."""

    round: UUID


class TakeSecondLook(AboutClass, frozen=True, kw_only=True):
    round: UUID
    learner: UUID
    level: Level
    reason: str


class OverrideRecommendation(AboutClass, frozen=True, kw_only=True):
    round: UUID
    learner: UUID
    measures: tuple[str, ...]
    reason: str


ClassCommand: TypeAlias = (
    RegisterClass
    | ChangeClass
    | WithdrawClass
    | EnrolLearners
    | RemoveLearner
    | RecordResults
    | SubmitClass
    | ReopenClass
    | ReleaseClass
    | TakeSecondLook
    | OverrideRecommendation
)


class AboutCollege(Command, frozen=True, kw_only=True):
    college: str

    @property
    def subject(self) -> UUID:
        return stream_id("college", self.college)


class AdoptPseudonymKey(AboutCollege, frozen=True, kw_only=True):
    """`fingerprint` of the key, which the service never keeps. Another one needs `replace`."""

    fingerprint: str
    replace: bool = False


class SaveMapping(AboutCollege, frozen=True, kw_only=True):
    name: str
    columns: dict[str, str]


class DropMapping(AboutCollege, frozen=True, kw_only=True):
    name: str


CollegeCommand: TypeAlias = AdoptPseudonymKey | SaveMapping | DropMapping


class NoteLook(Command, frozen=True, kw_only=True):
    """Record that somebody looks at learners' rows, before they are shown."""

    training_class: UUID
    purpose: str
    round: UUID | None = None
    learner: UUID | None = None

    @property
    def subject(self) -> UUID:
        """Looks have a stream beside the class, so that reading never delays writing."""
        return stream_id("look", str(self.training_class))
