"""What the results of a class mean: scored at the release, looked at twice, decided otherwise."""

from collections.abc import Sequence
from uuid import UUID

from domain.assessments.class_assessment import (
    Registered,
    Released,
    Standing,
    Submitted,
    sheet_of,
    stage_of,
)
from domain.assessments.commands_class import OverrideRecommendation, ReleaseClass, TakeSecondLook
from domain.assessments.context import ClassContext
from domain.assessments.definition import Level
from domain.assessments.errors import RoundNotClosed, UnknownRound
from domain.assessments.errors_class import (
    ClassNotSubmitted,
    LearnerErased,
    LevelOutsideBand,
    NotAssessed,
    NotBorderline,
    UnknownLearner,
    UnknownMeasure,
)
from domain.assessments.events_class import (
    ClassEvent,
    ClassReleased,
    RecommendationOverridden,
    ResultAssessed,
    SecondLookTaken,
)
from domain.assessments.meaning import meaning, recommendation
from domain.assessments.recording import definition_of
from domain.assessments.results import Meaning
from domain.assessments.round import Cancelled, Closed, Compared, Existing, Unknown
from domain.assessments.round import Released as ReleasedRound
from domain.assessments.round import stage_of as stage_of_round
from domain.assessments.wording import check_reason
from domain.kernel import Erased


def release_class(
    command: ReleaseClass, this: Registered, context: ClassContext
) -> Sequence[ClassEvent]:
    """Score every row that can be scored, once the window is closed."""
    sheet = sheet_of(this, command.round)
    named = _existing(command.round, context)
    if isinstance(sheet, Released) or isinstance(named, Cancelled):
        return []
    if not isinstance(named, Closed | ReleasedRound | Compared):
        raise RoundNotClosed(stage_of_round(named))
    if not isinstance(sheet, Submitted):
        raise ClassNotSubmitted(stage_of(sheet))
    definition = definition_of(named.plan, context)
    details = this.details
    assessed = [
        ResultAssessed(
            training_class=details.training_class,
            round=command.round,
            learner=learner,
            meaning=found,
        )
        for learner, standing in sheet.standings.items()
        if not isinstance(standing.result, Erased)
        and (
            found := meaning(
                standing.result, definition, programme=details.programme, trade=details.trade
            )
        )
        is not None
    ]
    released = ClassReleased(
        training_class=details.training_class, round=command.round, assessed=len(assessed)
    )
    return [*assessed, released]


def take_second_look(command: TakeSecondLook, this: Registered) -> Sequence[ClassEvent]:
    """Decide between the levels that a borderline result leaves open. The last look counts."""
    check_reason(command.reason)
    standing, found = _assessed(this, command.round, command.learner)
    if not found.borderline:
        raise NotBorderline
    if not found.lowest.rank <= command.level.rank <= found.highest.rank:
        raise LevelOutsideBand(found.lowest, found.highest)
    before = standing.second_look
    if before is not None and (before.level, before.reason) == (command.level, command.reason):
        return []
    return [
        SecondLookTaken(
            training_class=this.details.training_class,
            round=command.round,
            learner=command.learner,
            level=command.level,
            reason=command.reason,
        )
    ]


def override_recommendation(
    command: OverrideRecommendation, this: Registered, context: ClassContext
) -> Sequence[ClassEvent]:
    """Choose otherwise than the rule does at the level that stands. Both are kept."""
    check_reason(command.reason)
    standing, found = _assessed(this, command.round, command.learner)
    for measure in command.measures:
        if measure not in context.measures:
            raise UnknownMeasure(measure)
    advice = recommendation(
        definition_of(_existing(command.round, context).plan, context),
        found,
        standing_level(standing, found),
        programme=this.details.programme,
        trade=this.details.trade,
    )
    chosen = tuple(dict.fromkeys(command.measures))
    before = standing.override
    is_the_rule = before is None and chosen == advice.measures
    if is_the_rule or (
        before is not None
        and (before.ruled, before.chosen, before.reason)
        == (advice.measures, chosen, command.reason)
    ):
        return []
    return [
        RecommendationOverridden(
            training_class=this.details.training_class,
            round=command.round,
            learner=command.learner,
            ruled=advice.measures,
            chosen=chosen,
            reason=command.reason,
        )
    ]


def standing_level(standing: Standing, found: Meaning) -> Level:
    """The level of the second look, if there was one, else that of the score."""
    look = standing.second_look
    return look.level if look is not None and isinstance(look.level, Level) else found.level


def _existing(named: UUID, context: ClassContext) -> Existing:
    if isinstance(context.round, Unknown):
        raise UnknownRound(str(named))
    return context.round


def _assessed(this: Registered, named: UUID, learner: UUID) -> tuple[Standing, Meaning]:
    """What stands for the learner and what it means."""
    sheet = sheet_of(this, named)
    standing = sheet.standings.get(learner)
    if standing is None:
        raise UnknownLearner
    if isinstance(standing.result, Erased) or isinstance(standing.meaning, Erased):
        raise LearnerErased
    if standing.meaning is None or not isinstance(sheet, Released):
        raise NotAssessed
    return standing, standing.meaning
