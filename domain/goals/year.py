"""The goals of a school year: its stages, and how they follow from what happened."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeAlias, assert_never

import msgspec

from domain.assessments.errors import MalformedSchoolYear
from domain.assessments.wording import FIRST_MONTH, first_year
from domain.goals.events import (
    Figure,
    GoalChanged,
    GoalDropped,
    GoalSet,
    Standing,
    StandingNoted,
    Target,
    YearClosed,
    YearEvent,
    YearReopened,
)


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """What the county wants to have reached by the end of the year."""

    key: str
    text: str
    targets: tuple[Target, ...]
    told: tuple[str, ...] = ()
    source: str = ""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows: the goals in the order they were set, and how they were noted last.

    `noted` is by goal, then by target; what was never noted is on course.
    """

    school_year: str
    goals: Mapping[str, Goal] = {}
    noted: Mapping[str, Mapping[str, Standing]] = {}

    def standing_of(self, goal: str, target: str) -> Standing:
        return self.noted.get(goal, {}).get(target, Standing.ON_COURSE)


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Running(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    plan: Plan


class Closed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Counted for the last time."""

    plan: Plan
    figures: tuple[Figure, ...]


Existing: TypeAlias = Running | Closed
SchoolYear: TypeAlias = Unknown | Existing


def stage_of(year: SchoolYear) -> str:
    """The stage's name as it is stored, sent and shown, such as `running` or `closed`."""
    return type(year).__name__.lower()


def first_day(school_year: str) -> date:
    """1 August. Raises MalformedSchoolYear, also for years that no calendar has."""
    year = first_year(school_year)
    if not date.min.year <= year < date.max.year:
        raise MalformedSchoolYear(school_year)
    return date(year, FIRST_MONTH, 1)


def last_day(school_year: str) -> date:
    """31 July. Raises MalformedSchoolYear."""
    begins = first_day(school_year)
    return begins.replace(year=begins.year + 1) - timedelta(days=1)


def evolve(year: SchoolYear, event: YearEvent) -> SchoolYear:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(year, Unknown):
        if not isinstance(event, GoalSet):
            return year
        year = Running(plan=Plan(school_year=event.school_year))
    plan = year.plan
    match event:
        case GoalSet() | GoalChanged():
            goal = Goal(
                key=event.goal,
                text=event.text,
                targets=event.targets,
                told=event.told,
                source=event.source,
            )
            goals = {**plan.goals, goal.key: goal}
            return msgspec.structs.replace(year, plan=msgspec.structs.replace(plan, goals=goals))
        case GoalDropped(goal=dropped):
            return msgspec.structs.replace(year, plan=_without(plan, dropped))
        case StandingNoted(figure=figure, standing=standing):
            return msgspec.structs.replace(year, plan=_noted(plan, figure, standing))
        case YearClosed(figures=figures):
            return Closed(plan=plan, figures=figures)
        case YearReopened():
            return Running(plan=plan)
        case _:
            assert_never(event)


def _without(plan: Plan, dropped: str) -> Plan:
    return msgspec.structs.replace(
        plan,
        goals={key: goal for key, goal in plan.goals.items() if key != dropped},
        noted={key: noted for key, noted in plan.noted.items() if key != dropped},
    )


def _noted(plan: Plan, figure: Figure, standing: Standing) -> Plan:
    targets = {**plan.noted.get(figure.goal, {}), figure.target: standing}
    return msgspec.structs.replace(plan, noted={**plan.noted, figure.goal: targets})
