"""How the goals of a school year look from outside: target, actual, risk, and what is behind."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from domain.goals.events import Figure, Standing, Target
from domain.goals.year import Existing, first_day, last_day, stage_of
from services.api import goal_bounds as bounds
from services.api.bounds import Key, Reason, checked_day
from services.eventstore.record import LogEntry
from services.goals.attaining import GoalAttained, TargetAttained
from services.goals.kinds import EMPLOYED, name_of
from services.texts import Language, Names, sentence


class TargetDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What has to be counted: at least so many, or one for each of a group and then nought.

    `due` is the last day that helps, else that of the year; `lead_days` is how long it takes at
    least from planning one to the day of it.
    """

    key: Key
    counts: bounds.Counts
    at_least: bounds.Required = 0
    each_of: bounds.EachOf = ""
    due: date | None = None
    lead_days: bounds.LeadDays = 0


class GoalContent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`told` are kinds that are told with the goal and do not count for it."""

    text: bounds.GoalText
    targets: Annotated[
        tuple[TargetDraft, ...], msgspec.Meta(min_length=1, max_length=bounds.MOST_TARGETS)
    ]
    told: Annotated[tuple[bounds.Counts, ...], msgspec.Meta(max_length=bounds.MOST_TOLD)] = ()
    source: bounds.Origin = ""


class GoalDraft(GoalContent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A goal that the year does not have yet. A year that is over takes one with a source only."""

    goal: Key


class GoalRevision(GoalContent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of the goal as it is to be, also what stays the same."""

    reason: Reason


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a figure rests on, and where its entry is in the record."""

    position: int
    topic: str
    stream: UUID
    occurred_at: datetime
    sentence: str
    entry: str


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the group that nothing was counted for."""

    key: str
    name: str


class TargetView(msgspec.Struct, frozen=True, kw_only=True):
    """Target and actual. `planned` are those still planned up to its last day."""

    key: str
    counts: str
    name: str
    each_of: str
    due: date
    lead_days: int
    required: int
    actual: int
    is_reached: bool
    standing: Standing
    planned: int
    missing: list[Missing]
    behind: list[Behind]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is told with a goal and does not count for it."""

    counts: str
    name: str
    actual: int
    behind: list[Behind]


class GoalView(msgspec.Struct, frozen=True, kw_only=True):
    goal: str
    text: str
    source: str
    is_reached: bool
    targets: list[TargetView]
    told: list[Told]


class SchoolYearView(msgspec.Struct, frozen=True, kw_only=True):
    """A school year with its goals as they were counted on the day `counted_on`.

    Of a closed year the figures are those it was closed with.
    """

    id: UUID
    school_year: str
    stage: str
    starts_on: date
    ends_on: date
    counted_on: date
    goals: list[GoalView]
    version: int


class SchoolYearSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list: how many goals there are, how many are reached, how many at risk."""

    id: UUID
    school_year: str
    stage: str
    goals: int
    reached: int
    at_risk: int
    version: int
    position: int
    changed_at: datetime


def targets_of(content: GoalContent) -> tuple[Target, ...]:
    """The targets. Raises EdgeProblem for days beyond calendars."""
    for index, target in enumerate(content.targets):
        checked_day(target.due, pointer=f"/targets/{index}/due")
    return tuple(Target(**msgspec.structs.asdict(target)) for target in content.targets)


class Backdrop(msgspec.Struct, frozen=True, kw_only=True):
    """What the views are written with: the entries by position, names, and the language."""

    entries: Mapping[int, LogEntry]
    names: Names
    bodies: Mapping[str, str]
    language: Language

    def behind(self, positions: Iterable[int]) -> list[Behind]:
        found = [self.entries[position] for position in positions]
        return [behind(entry, sentence(entry.event, self.language, self.names)) for entry in found]


def behind(entry: LogEntry, told: str) -> Behind:
    """The entry with what is told of it."""
    return Behind(
        position=entry.position,
        topic=entry.topic,
        stream=entry.originator_id,
        occurred_at=entry.metadata.occurred_at,
        sentence=told,
        entry=f"/api/v1/audit/trail?position={entry.position}",
    )


def positions_behind(goals: Iterable[GoalAttained]) -> list[int]:
    """All positions that the figures and what is told rest on, each once."""
    found: set[int] = set()
    for goal in goals:
        found.update(*(target.figure.positions for target in goal.targets), *goal.told.values())
    return sorted(found)


def school_year_view(
    stream: UUID,
    year: Existing,
    goals: Sequence[GoalAttained],
    today: date,
    version: int,
    backdrop: Backdrop,
) -> SchoolYearView:
    school_year = year.plan.school_year
    return SchoolYearView(
        id=stream,
        school_year=school_year,
        stage=stage_of(year),
        starts_on=first_day(school_year),
        ends_on=last_day(school_year),
        counted_on=today,
        goals=[_goal_view(goal, school_year, backdrop) for goal in goals],
        version=version,
    )


def _goal_view(attained: GoalAttained, school_year: str, backdrop: Backdrop) -> GoalView:
    goal = attained.goal
    return GoalView(
        goal=goal.key,
        text=goal.text,
        source=goal.source,
        is_reached=attained.is_reached,
        targets=[_target_view(target, school_year, backdrop) for target in attained.targets],
        told=[
            Told(
                counts=counts,
                name=name_of(counts, backdrop.bodies, backdrop.language),
                actual=len(positions),
                behind=backdrop.behind(positions),
            )
            for counts, positions in attained.told.items()
        ],
    )


def _target_view(attained: TargetAttained, school_year: str, backdrop: Backdrop) -> TargetView:
    target, figure = attained.target, attained.figure
    return TargetView(
        key=target.key,
        counts=target.counts,
        name=name_of(target.counts, backdrop.bodies, backdrop.language),
        each_of=target.each_of,
        due=target.due or last_day(school_year),
        lead_days=target.lead_days,
        required=figure.required,
        actual=figure.actual,
        is_reached=figure.is_reached,
        standing=attained.standing,
        planned=attained.planned,
        missing=_missing(target, figure, backdrop.names),
        behind=backdrop.behind(figure.positions),
    )


def _missing(target: Target, figure: Figure, names: Names) -> list[Missing]:
    known: Mapping[str, str] = names.municipalities if target.each_of == EMPLOYED else {}
    return [Missing(key=key, name=known.get(key, key)) for key in figure.missing]
