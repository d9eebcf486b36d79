"""What the goals of a school year decide: set, changed, dropped, counted, and closed."""

from collections.abc import Sequence
from typing import Any, assert_never

import msgspec

from domain.assessments.wording import check_key
from domain.goals.commands import (
    ChangeGoal,
    CloseYear,
    DropGoal,
    NoteStandings,
    ReopenYear,
    SetGoal,
    YearCommand,
)
from domain.goals.context import YearContext
from domain.goals.counting import attainment
from domain.goals.errors import (
    DueOutsideYear,
    GoalAlreadySet,
    MalformedTarget,
    NoTarget,
    ReasonMissing,
    TargetTwice,
    TextMissing,
    UnknownGoal,
    UnknownGroup,
    UnknownKind,
    UnknownYear,
    YearIsClosed,
    YearIsNotClosed,
    YearIsNotOver,
    YearIsOver,
)
from domain.goals.events import (
    Figure,
    GoalChanged,
    GoalDropped,
    GoalSet,
    StandingNoted,
    Target,
    YearClosed,
    YearEvent,
    YearReopened,
)
from domain.goals.risk import standing, still_planned
from domain.goals.year import (
    Closed,
    Existing,
    Goal,
    Plan,
    SchoolYear,
    Unknown,
    evolve,
    first_day,
    last_day,
)
from domain.kernel import Aggregate


def decide(command: YearCommand, year: SchoolYear, context: YearContext) -> Sequence[YearEvent]:
    if isinstance(command, SetGoal):
        return set_goal(command, year, context)
    if isinstance(year, Unknown):
        raise UnknownYear(command.school_year)
    match command:
        case ChangeGoal():
            return change_goal(command, year, context)
        case DropGoal():
            return drop_goal(command, year, context)
        case NoteStandings():
            return note_standings(year, context)
        case CloseYear():
            return close_year(year, context)
        case ReopenYear():
            return reopen_year(command, year)
        case _:
            assert_never(command)


def set_goal(command: SetGoal, year: SchoolYear, context: YearContext) -> Sequence[YearEvent]:
    """Before the year ends; afterwards only what a document shows to have been aimed at."""
    goal = _goal(command, context)
    known = None if isinstance(year, Unknown) else year.plan.goals.get(goal.key)
    if known == goal:
        return []
    if isinstance(year, Closed):
        raise YearIsClosed(command.school_year)
    if known is not None:
        raise GoalAlreadySet(goal.key)
    if not goal.source:
        _check_not_over(command.school_year, context)
    return [GoalSet(school_year=command.school_year, goal=goal.key, **_content(goal))]


def change_goal(command: ChangeGoal, year: Existing, context: YearContext) -> Sequence[YearEvent]:
    """With a reason, and while nobody knows yet what is reached."""
    _check_reason(command.reason)
    goal = _goal(command, context)
    if _known(year, goal.key) == goal:
        return []
    _check_not_over(command.school_year, context)
    return [
        GoalChanged(
            school_year=command.school_year,
            goal=goal.key,
            reason=command.reason,
            **_content(goal),
        )
    ]


def drop_goal(command: DropGoal, year: Existing, context: YearContext) -> Sequence[YearEvent]:
    _check_reason(command.reason)
    _known(year, command.goal)
    _check_not_over(command.school_year, context)
    return [GoalDropped(school_year=command.school_year, goal=command.goal, reason=command.reason)]


def note_standings(year: Existing, context: YearContext) -> Sequence[YearEvent]:
    """Each target that stands otherwise than it was noted last, with its figure."""
    if isinstance(year, Closed):
        return []
    plan = year.plan
    noted: list[YearEvent] = []
    for goal, target, figure in _figures(plan, context):
        days = context.planned.get(target.counts, ())
        now = standing(target, figure, plan.school_year, planned=days, today=context.today)
        if now is not plan.standing_of(goal.key, target.key):
            to_come = still_planned(target, plan.school_year, days, context.today)
            noted.append(
                StandingNoted(
                    school_year=plan.school_year, figure=figure, standing=now, planned=to_come
                )
            )
    return noted


def close_year(year: Existing, context: YearContext) -> Sequence[YearEvent]:
    """After its last day."""
    if isinstance(year, Closed):
        return []
    plan = year.plan
    ends_on = last_day(plan.school_year)
    if context.today <= ends_on:
        raise YearIsNotOver(ends_on.isoformat())
    figures = tuple(figure for _, _, figure in _figures(plan, context))
    return [YearClosed(school_year=plan.school_year, figures=figures)]


def reopen_year(command: ReopenYear, year: Existing) -> Sequence[YearEvent]:
    _check_reason(command.reason)
    if not isinstance(year, Closed):
        raise YearIsNotClosed(command.school_year)
    return [YearReopened(school_year=command.school_year, reason=command.reason)]


def _figures(plan: Plan, context: YearContext) -> list[tuple[Goal, Target, Figure]]:
    return [
        (goal, target, figure)
        for goal in plan.goals.values()
        for target, figure in zip(
            goal.targets,
            attainment(goal, plan.school_year, context.occurrences, context.groups).figures,
            strict=True,
        )
    ]


def _goal(command: SetGoal | ChangeGoal, context: YearContext) -> Goal:
    """What was asked for, checked."""
    first_day(command.school_year)
    check_key(command.goal)
    if not command.text.strip():
        raise TextMissing(command.goal)
    if not command.targets:
        raise NoTarget(command.goal)
    seen: set[str] = set()
    for target in command.targets:
        _check_target(target, command.school_year, context)
        if target.key in seen:
            raise TargetTwice(target.key)
        seen.add(target.key)
    for kind in command.told:
        _check_kind(kind, context)
    return Goal(
        key=command.goal,
        text=command.text,
        targets=command.targets,
        told=command.told,
        source=command.source.strip(),
    )


def _check_target(target: Target, school_year: str, context: YearContext) -> None:
    check_key(target.key)
    _check_kind(target.counts, context)
    if target.each_of and target.each_of not in context.groups:
        raise UnknownGroup(target.each_of)
    asks_for_some = target.at_least == 0 if target.each_of else target.at_least > 0
    if not asks_for_some or target.lead_days < 0:
        raise MalformedTarget(target.key)
    if target.due and not first_day(school_year) <= target.due <= last_day(school_year):
        raise DueOutsideYear(target.due.isoformat())


def _check_kind(kind: str, context: YearContext) -> None:
    if kind not in context.kinds:
        raise UnknownKind(kind)


def _check_not_over(school_year: str, context: YearContext) -> None:
    """Raises YearIsOver, and MalformedSchoolYear."""
    if context.today > last_day(school_year):
        raise YearIsOver(school_year)


def _known(year: Existing, goal: str) -> Goal:
    """Raises YearIsClosed and UnknownGoal."""
    if isinstance(year, Closed):
        raise YearIsClosed(year.plan.school_year)
    if goal not in year.plan.goals:
        raise UnknownGoal(goal)
    return year.plan.goals[goal]


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def _content(goal: Goal) -> dict[str, Any]:
    content = msgspec.structs.asdict(goal)
    del content["key"]
    return content


SCHOOL_YEAR: Aggregate[YearCommand, YearEvent, SchoolYear, YearContext] = Aggregate(
    "school-year", initial=Unknown(), evolve=evolve, decide=decide
)
