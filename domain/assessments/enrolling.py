"""A class is registered, changed or withdrawn, and learners join or leave it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.assessments.class_assessment import (
    ClassAssessment,
    Details,
    ExistingClass,
    Registered,
    Submitted,
    Withdrawn,
)
from domain.assessments.commands import learner_id
from domain.assessments.commands_class import (
    ChangeClass,
    EnrolLearners,
    RegisterClass,
    RemoveLearner,
    WithdrawClass,
)
from domain.assessments.context import ClassContext
from domain.assessments.errors import NotACollege
from domain.assessments.errors_class import (
    ClassAlreadyRegistered,
    ClassAlreadySubmitted,
    ClassFull,
    ClassHasResults,
    PseudonymMissing,
    SchoolYearNotCurrent,
    SizeOutOfRange,
    TradeOfOtherProgramme,
    UnknownLearner,
    UnknownProgramme,
    UnknownTrade,
)
from domain.assessments.events_class import (
    ClassChanged,
    ClassEvent,
    ClassRegistered,
    ClassWithdrawn,
    LearnerEnrolled,
    LearnerLeft,
)
from domain.assessments.wording import check_name, check_reason, first_year, year_of
from domain.directory.errors import UnknownOrganisation
from domain.directory.events import OrganisationKind

MOST_LEARNERS = 60
"""Twice the largest class there is: more is a mistake, and a stream stays quick to read."""


def register_class(
    command: RegisterClass, this: ClassAssessment, context: ClassContext
) -> Sequence[ClassEvent]:
    """By its college, in the class's school year or the one before it. Also after a withdrawal."""
    if not context.college.key:
        raise UnknownOrganisation(command.college)
    if context.college.kind is not OrganisationKind.COLLEGE:
        raise NotACollege(command.college)
    check_name(command.name)
    registered = ClassRegistered(
        training_class=command.subject,
        college=command.college,
        school_year=command.school_year,
        name=command.name,
        programme=command.programme,
        trade=command.trade,
        size=command.size,
    )
    if isinstance(this, Registered):
        if _says(this.details, command):
            return []
        raise ClassAlreadyRegistered(command.name, command.school_year)
    if first_year(command.school_year) - year_of(context.today) not in {0, 1}:
        raise SchoolYearNotCurrent(command.school_year)
    _check_said(command, context)
    return [registered]


def change_class(
    command: ChangeClass, this: Registered, context: ClassContext
) -> Sequence[ClassEvent]:
    """While there are no results: these are assessed by programme and trade."""
    if _says(this.details, command):
        return []
    _check_without_results(this)
    _check_said(command, context)
    return [
        ClassChanged(
            training_class=this.details.training_class,
            programme=command.programme,
            trade=command.trade,
            size=command.size,
        )
    ]


def withdraw_class(command: WithdrawClass, this: ExistingClass) -> Sequence[ClassEvent]:
    check_reason(command.reason)
    if isinstance(this, Withdrawn):
        return []
    _check_without_results(this)
    return [ClassWithdrawn(training_class=this.details.training_class, reason=command.reason)]


def enrol_learners(command: EnrolLearners, this: Registered) -> Sequence[ClassEvent]:
    """Who is in the class already stays. None joins a class whose submission stands."""
    if not all(pseudonym.strip() for pseudonym in command.pseudonyms):
        raise PseudonymMissing
    college = this.details.college
    named = {learner_id(college, pseudonym): pseudonym for pseudonym in command.pseudonyms}
    enrolled = enrolments(this, named)
    if enrolled and any(isinstance(sheet, Submitted) for sheet in this.sheets.values()):
        raise ClassAlreadySubmitted
    return enrolled


def enrolments(this: Registered, named: Mapping[UUID, str]) -> list[LearnerEnrolled]:
    """Those of the learners who are not in the class yet, with their pseudonyms.

    Raises ClassFull.
    """
    details = this.details
    joining = {learner: name for learner, name in named.items() if learner not in this.learners}
    learners = len(this.learners) + len(joining)
    if joining and learners > MOST_LEARNERS:
        raise ClassFull(learners, MOST_LEARNERS)
    return [
        LearnerEnrolled(training_class=details.training_class, learner=learner, pseudonym=pseudonym)
        for learner, pseudonym in joining.items()
    ]


def remove_learner(command: RemoveLearner, this: Registered) -> Sequence[ClassEvent]:
    """Who has left before there was a result of theirs."""
    if command.learner not in this.learners:
        raise UnknownLearner
    if any(command.learner in sheet.standings for sheet in this.sheets.values()):
        raise ClassHasResults
    return [LearnerLeft(training_class=this.details.training_class, learner=command.learner)]


def _says(details: Details, command: RegisterClass | ChangeClass) -> bool:
    said = (command.programme, command.trade, command.size)
    return (details.programme, details.trade, details.size) == said


def _check_without_results(this: Registered) -> None:
    if any(sheet.standings for sheet in this.sheets.values()):
        raise ClassHasResults


def _check_said(command: RegisterClass | ChangeClass, context: ClassContext) -> None:
    """The catalogues have programme and trade today, the trade is of the programme's group."""
    programme, trade = context.programme, context.trade
    if programme is None or not programme.holds_on(context.today):
        raise UnknownProgramme(command.programme)
    if trade is None or not trade.holds_on(context.today):
        raise UnknownTrade(command.trade)
    if programme.index and trade.index and programme.index != trade.index:
        raise TradeOfOtherProgramme(command.programme, command.trade)
    if not 0 < command.size <= MOST_LEARNERS:
        raise SizeOutOfRange(command.size, MOST_LEARNERS)
