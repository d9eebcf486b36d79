"""How far a goal is reached: counted from what occurred, each figure with what it rests on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

import msgspec

from domain.goals.events import Figure, Target
from domain.goals.year import Goal

Groups: TypeAlias = Mapping[str, frozenset[str]]
"""The members of each group that a target may ask one each of, e.g. keys of municipalities."""


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the log that counts: its kind, its school year, and its position.

    `about` is what it is about, such as a municipality or a theme. What is about the same counts
    once in a year; without it, each occurrence counts. `on` is the day it happened, if known.
    """

    kind: str
    school_year: str
    position: int
    about: str = ""
    on: date | None = None


class Attainment(msgspec.Struct, frozen=True, kw_only=True):
    """A goal with its figures, one for each target. `told` are the positions of what is told."""

    goal: str
    figures: tuple[Figure, ...]
    told: Mapping[str, tuple[int, ...]] = {}

    @property
    def is_reached(self) -> bool:
        """A goal is reached if each of its targets is."""
        return all(figure.is_reached for figure in self.figures)


def attainment(
    goal: Goal, school_year: str, occurrences: Iterable[Occurrence], groups: Groups
) -> Attainment:
    """What of the goal is reached in the school year."""
    of_year = [o for o in occurrences if o.school_year == school_year]
    return Attainment(
        goal=goal.key,
        figures=tuple(figure(goal.key, target, of_year, groups) for target in goal.targets),
        told={kind: tuple(sorted(_counted(kind, of_year).values())) for kind in goal.told},
    )


def figure(goal: str, target: Target, of_year: Iterable[Occurrence], groups: Groups) -> Figure:
    """The count of a target over the occurrences of its year; what came too late is left out."""
    counted = _counted(target.counts, (o for o in of_year if _is_in_time(o, target)))
    required = target.at_least
    missing: frozenset[str] = frozenset()
    if target.each_of:
        group = groups.get(target.each_of, frozenset())
        counted = {about: counted[about] for about in counted if about in group}
        required, missing = len(group), group - counted.keys()
    return Figure(
        goal=goal,
        target=target.key,
        required=required,
        actual=len(counted),
        positions=tuple(sorted(counted.values())),
        missing=tuple(sorted(missing)),
    )


def _is_in_time(occurrence: Occurrence, target: Target) -> bool:
    return target.due is None or occurrence.on is None or occurrence.on <= target.due


def _counted(kind: str, of_year: Iterable[Occurrence]) -> Mapping[str, int]:
    """The earliest position of each thing of this kind; what has no name goes by its position."""
    earliest: dict[str, int] = {}
    for occurrence in of_year:
        if occurrence.kind == kind:
            about = occurrence.about or f"#{occurrence.position}"
            earliest[about] = min(occurrence.position, earliest.get(about, occurrence.position))
    return earliest
