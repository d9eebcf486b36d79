"""What happens to the goals of a school year: one stream for each year."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeAlias

import msgspec

from domain.kernel import Event


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be counted in the year for the goal to be reached.

    `counts` is a kind of occurrence of the catalogue, such as a session held. `at_least` is how
    many; or it is one for each of a group, as `each_of` all municipalities of a kind, and then
    `at_least` is nought. `due` is the last day that helps, without it that of the year.
    `lead_days` is how long it takes at least from planning one to the day of it, as to invite.
    """

    key: str
    counts: str
    at_least: int = 0
    each_of: str = ""
    due: date | None = None
    lead_days: int = 0


class Standing(StrEnum):
    """How a target stands on a day.

    At risk: behind, and what is planned will not do. Out of reach: no time is left for what is
    missing. Missed: its last day has passed.
    """

    ON_COURSE = "on-course"
    AT_RISK = "at-risk"
    OUT_OF_REACH = "out-of-reach"
    REACHED = "reached"
    MISSED = "missed"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A target as it was counted. `positions` are those in the log that the count rests on.

    `missing` are the ones of a group that nothing was counted for.
    """

    goal: str
    target: str
    required: int
    actual: int
    positions: tuple[int, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_reached(self) -> bool:
        """Where nothing is required, as of an empty group, nothing is reached."""
        return 0 < self.required <= self.actual


class GoalSet(Event, frozen=True, kw_only=True):
    """`told` are kinds of occurrences that are told with the goal and do not count for it.

    `source` says where it was agreed on, as in a report or by a resolution.
    """

    TOPIC: ClassVar[str] = "school-year.goal-set"
    school_year: str
    goal: str
    text: str
    targets: tuple[Target, ...]
    told: tuple[str, ...] = ()
    source: str = ""


class GoalChanged(Event, frozen=True, kw_only=True):
    """All of the goal as it is from now on."""

    TOPIC: ClassVar[str] = "school-year.goal-changed"
    school_year: str
    goal: str
    text: str
    targets: tuple[Target, ...]
    reason: str
    told: tuple[str, ...] = ()
    source: str = ""


class GoalDropped(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "school-year.goal-dropped"
    school_year: str
    goal: str
    reason: str


class StandingNoted(Event, frozen=True, kw_only=True):
    """A target stands otherwise than before. `planned` are those still planned until its day."""

    TOPIC: ClassVar[str] = "school-year.standing-noted"
    school_year: str
    figure: Figure
    standing: Standing
    planned: int


class YearClosed(Event, frozen=True, kw_only=True):
    """The figures of every target of every goal, for good."""

    TOPIC: ClassVar[str] = "school-year.closed"
    school_year: str
    figures: tuple[Figure, ...]


class YearReopened(Event, frozen=True, kw_only=True):
    """Something of the year was recorded late; it is counted again."""

    TOPIC: ClassVar[str] = "school-year.reopened"
    school_year: str
    reason: str


YearEvent: TypeAlias = (
    GoalSet | GoalChanged | GoalDropped | StandingNoted | YearClosed | YearReopened
)
