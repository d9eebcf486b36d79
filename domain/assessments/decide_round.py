"""What a round decides once it is announced: its window, reminders, release, retest, end."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from domain.assessments.announcing import announce_round
from domain.assessments.commands import (
    AnnounceRound,
    CancelRound,
    CloseWindow,
    CompareRounds,
    EscalateRound,
    ExtendWindow,
    OpenWindow,
    ReleaseRound,
    RemindColleges,
    RoundCommand,
    ScheduleRetest,
)
from domain.assessments.context import RoundContext
from domain.assessments.errors import (
    ClassesPending,
    NoRetestPlanned,
    NotARetest,
    NotInvited,
    OtherRetest,
    ResultsMissing,
    RetestBeforeWindowCloses,
    RoundIsOver,
    RoundNotClosed,
    RoundNotOpen,
    RoundNotReleased,
    TooEarly,
    UnknownRound,
    WindowNotLater,
)
from domain.assessments.events import (
    CollegesReminded,
    RetestScheduled,
    RoundCancelled,
    RoundCompared,
    RoundEscalated,
    RoundEvent,
    RoundReleased,
    WindowClosed,
    WindowExtended,
    WindowOpened,
)
from domain.assessments.round import (
    Announced,
    Cancelled,
    Closed,
    Compared,
    Existing,
    Open,
    Plan,
    Released,
    Round,
    Unknown,
    evolve,
    stage_of,
)
from domain.assessments.wording import check_reason
from domain.kernel import Aggregate, Role


def decide(  # noqa: C901, PLR0911, PLR0912 (one case for each command)
    command: RoundCommand, this: Round, context: RoundContext
) -> Sequence[RoundEvent]:
    if isinstance(command, AnnounceRound):
        return announce_round(command, this, context)
    if isinstance(this, Unknown):
        raise UnknownRound(str(command.round))
    if isinstance(this, Cancelled) and context.by.role is Role.PROCESS:
        return []
    match command:
        case OpenWindow():
            return open_window(this, context.at)
        case RemindColleges():
            return remind_colleges(command, this, context)
        case ExtendWindow():
            return extend_window(command, this, context.at)
        case EscalateRound():
            return escalate_round(this, context)
        case CloseWindow():
            return close_window(this, context)
        case ReleaseRound():
            return release_round(command, this, context.pending)
        case ScheduleRetest():
            return schedule_retest(command, this)
        case CompareRounds():
            return compare_rounds(command, this)
        case CancelRound():
            return cancel_round(command, this)
        case _:
            assert_never(command)


def open_window(this: Existing, at: datetime) -> Sequence[RoundEvent]:
    """When its time has come."""
    if not isinstance(this, Announced):
        return []
    if at < this.plan.opens_at:
        raise TooEarly(this.plan.opens_at.isoformat())
    return [WindowOpened(round=this.plan.round)]


def remind_colleges(
    command: RemindColleges, this: Existing, context: RoundContext
) -> Sequence[RoundEvent]:
    """Remind those who are missing and may still submit, once for each planned moment."""
    moment = command.moment
    if not isinstance(this, Open):
        if moment is None:
            raise RoundNotOpen(stage_of(this))
        return []
    plan = this.plan
    if moment is not None and (moment not in plan.reminders or moment in plan.reminded):
        return []
    if moment is not None and context.at < moment:
        raise TooEarly(moment.isoformat())
    missing = tuple(m for m in context.missing if context.at < plan.closes_for(m.college))
    if not missing:
        return []
    return [CollegesReminded(round=plan.round, missing=missing, moment=moment)]


def extend_window(command: ExtendWindow, this: Existing, at: datetime) -> Sequence[RoundEvent]:
    """More time, also for those whose window has run out while the round is not closed."""
    check_reason(command.reason)
    if not isinstance(this, Announced | Open):
        raise RoundNotOpen(stage_of(this))
    plan = this.plan
    closes_at = command.closes_at.replace(microsecond=0)
    colleges = tuple(sorted(set(command.colleges)))
    _check_extension(plan, closes_at, colleges, at)
    return [
        WindowExtended(
            round=plan.round, closes_at=closes_at, reason=command.reason, colleges=colleges
        )
    ]


def _check_extension(
    plan: Plan, closes_at: datetime, colleges: Sequence[str], at: datetime
) -> None:
    for college in colleges:
        if college not in plan.colleges:
            raise NotInvited(college)
    present = [plan.closes_for(college) for college in colleges] or [plan.closes_at]
    if closes_at <= max(*present, at):
        raise WindowNotLater(max(present).isoformat())
    if plan.retest is not None and closes_at >= plan.retest.opens_at:
        raise RetestBeforeWindowCloses(plan.retest.opens_at.isoformat(), closes_at.isoformat())


def escalate_round(this: Existing, context: RoundContext) -> Sequence[RoundEvent]:
    """Name those who are missing once their window has run out, each once in each window."""
    if not isinstance(this, Open):
        return []
    plan = this.plan
    if context.at < plan.windows[0]:
        raise TooEarly(plan.windows[0].isoformat())
    late = tuple(
        missing
        for missing in context.missing
        if plan.closes_for(missing.college) <= context.at and missing.college not in plan.escalated
    )
    return [RoundEscalated(round=plan.round, missing=late)] if late else []


def close_window(this: Existing, context: RoundContext) -> Sequence[RoundEvent]:
    """When the last window has run out, or by a person before that if nothing is missing.

    With classes missing, the process gives the coordinator the days of grace.
    """
    if isinstance(this, Announced):
        raise RoundNotOpen(stage_of(this))
    if not isinstance(this, Open):
        return []
    ends_at = this.plan.ends_at
    if context.by.role is Role.PROCESS:
        closes_at = this.plan.held_until if context.missing else ends_at
        if context.at < closes_at:
            raise TooEarly(closes_at.isoformat())
    elif context.at < ends_at and context.missing:
        raise ResultsMissing(len(context.missing), ends_at.isoformat())
    return [WindowClosed(round=this.plan.round, missing=context.missing)]


def release_round(command: ReleaseRound, this: Existing, pending: int) -> Sequence[RoundEvent]:
    """Once every class that submitted has been scored."""
    if isinstance(this, Released | Compared):
        return []
    if not isinstance(this, Closed):
        raise RoundNotClosed(stage_of(this))
    if pending:
        raise ClassesPending(pending)
    return [RoundReleased(round=this.plan.round, classes=command.classes)]


def schedule_retest(command: ScheduleRetest, this: Existing) -> Sequence[RoundEvent]:
    """Note the retest that was planned when the round was announced."""
    plan = this.plan
    if not isinstance(this, Released):
        raise RoundNotReleased(stage_of(this))
    if plan.retest is None:
        raise NoRetestPlanned
    if command.retest != plan.retest_id:
        raise OtherRetest(str(command.retest))
    if plan.scheduled is not None:
        return []
    return [RetestScheduled(round=plan.round, retest=command.retest)]


def compare_rounds(command: CompareRounds, this: Existing) -> Sequence[RoundEvent]:
    """Set a released retest against the first test."""
    plan = this.plan
    if plan.first is None:
        raise NotARetest
    if isinstance(this, Compared):
        return []
    if not isinstance(this, Released):
        raise RoundNotReleased(stage_of(this))
    return [RoundCompared(round=plan.round, first=plan.first, classes=command.classes)]


def cancel_round(command: CancelRound, this: Existing) -> Sequence[RoundEvent]:
    """Until its results are released."""
    check_reason(command.reason)
    if isinstance(this, Cancelled):
        return []
    if isinstance(this, Released | Compared):
        raise RoundIsOver(stage_of(this))
    return [RoundCancelled(round=this.plan.round, reason=command.reason)]


ROUND: Aggregate[RoundCommand, RoundEvent, Round, RoundContext] = Aggregate(
    "assessment-round", initial=Unknown(), evolve=evolve, decide=decide
)
