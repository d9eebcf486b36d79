"""What a class decides: dispatch to enrolling, recording and assessing."""

from collections.abc import Sequence
from typing import assert_never

from domain.assessments import assessing, enrolling, recording
from domain.assessments.class_assessment import ClassAssessment, Unknown, Withdrawn, evolve
from domain.assessments.commands_class import (
    ChangeClass,
    ClassCommand,
    EnrolLearners,
    OverrideRecommendation,
    RecordResults,
    RegisterClass,
    ReleaseClass,
    RemoveLearner,
    ReopenClass,
    SubmitClass,
    TakeSecondLook,
    WithdrawClass,
)
from domain.assessments.context import ClassContext
from domain.assessments.errors_class import ClassIsWithdrawn, NotOfThisCollege, UnknownClass
from domain.assessments.events_class import ClassEvent
from domain.kernel import Aggregate


def decide(  # noqa: C901, PLR0911, PLR0912 (one case for each command)
    command: ClassCommand, this: ClassAssessment, context: ClassContext
) -> Sequence[ClassEvent]:
    """Everything is the college's own to ask for, but the release, which is the process's."""
    if isinstance(command, RegisterClass):
        _check_own(command.college, context)
        return enrolling.register_class(command, this, context)
    if isinstance(this, Unknown):
        raise UnknownClass(str(command.training_class))
    if not isinstance(command, ReleaseClass):
        _check_own(this.details.college, context)
    if isinstance(command, WithdrawClass):
        return enrolling.withdraw_class(command, this)
    if isinstance(this, Withdrawn):
        raise ClassIsWithdrawn
    match command:
        case ChangeClass():
            return enrolling.change_class(command, this, context)
        case EnrolLearners():
            return enrolling.enrol_learners(command, this)
        case RemoveLearner():
            return enrolling.remove_learner(command, this)
        case RecordResults():
            return recording.record_results(command, this, context)
        case SubmitClass():
            return recording.submit_class(command, this, context)
        case ReopenClass():
            return recording.reopen_class(command, this, context)
        case ReleaseClass():
            return assessing.release_class(command, this, context)
        case TakeSecondLook():
            return assessing.take_second_look(command, this)
        case OverrideRecommendation():
            return assessing.override_recommendation(command, this, context)
        case _:
            assert_never(command)


def _check_own(college: str, context: ClassContext) -> None:
    if context.by.organisation != college:
        raise NotOfThisCollege


CLASS: Aggregate[ClassCommand, ClassEvent, ClassAssessment, ClassContext] = Aggregate(
    "class-assessment", initial=Unknown(), evolve=evolve, decide=decide
)
