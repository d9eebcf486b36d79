"""How far the goals of a school year are reached on a day, with what each figure rests on."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from domain.goals.counting import attainment
from domain.goals.events import Figure, Standing, Target
from domain.goals.risk import standing, still_planned
from domain.goals.year import Closed, Existing, Goal, Plan
from services.goals.counting import Counted


class TargetAttained(msgspec.Struct, frozen=True, kw_only=True):
    """A target with its figure. `planned` are those still planned up to its last day."""

    target: Target
    figure: Figure
    standing: Standing
    planned: int = 0


class GoalAttained(msgspec.Struct, frozen=True, kw_only=True):
    """A goal with its targets. `told` are positions by kind, of what does not count for it."""

    goal: Goal
    targets: tuple[TargetAttained, ...]
    told: Mapping[str, tuple[int, ...]]

    @property
    def is_reached(self) -> bool:
        return all(target.figure.is_reached for target in self.targets)


def attained(year: Existing, found: Counted, today: date) -> Sequence[GoalAttained]:
    """Every goal in the order they were set; of a closed year as it was counted at the end."""
    return [_goal(goal, year, found, today) for goal in year.plan.goals.values()]


def _goal(goal: Goal, year: Existing, found: Counted, today: date) -> GoalAttained:
    plan = year.plan
    now = attainment(goal, plan.school_year, found.occurrences, found.groups)
    if isinstance(year, Closed):
        last = {figure.target: figure for figure in year.figures if figure.goal == goal.key}
        targets = tuple(_at_the_end(target, last[target.key]) for target in goal.targets)
    else:
        targets = tuple(
            _running(target, figure, plan, found.planned.get(target.counts, ()), today)
            for target, figure in zip(goal.targets, now.figures, strict=True)
        )
    return GoalAttained(goal=goal, targets=targets, told=now.told)


def _at_the_end(target: Target, figure: Figure) -> TargetAttained:
    standing = Standing.REACHED if figure.is_reached else Standing.MISSED
    return TargetAttained(target=target, figure=figure, standing=standing)


def _running(
    target: Target, figure: Figure, plan: Plan, planned: Sequence[date], today: date
) -> TargetAttained:
    return TargetAttained(
        target=target,
        figure=figure,
        standing=standing(target, figure, plan.school_year, planned=planned, today=today),
        planned=still_planned(target, plan.school_year, planned, today),
    )
