"""Which demands have to be distributed together: only those that may meet in a course."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

import msgspec

from domain.pooling.meeting import settings_with
from domain.pooling.plan import learners_in
from domain.pooling.problem import Problem, Setting, most_in

K = TypeVar("K", Setting, UUID)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Demands that share nothing with any other, and who may sit where.

    All are places in the problem's demands. Settings nobody can fill are left out.
    """

    demands: tuple[int, ...]
    settings: Mapping[Setting, tuple[int, ...]]
    openings: Mapping[UUID, tuple[int, ...]]


def parts_of(problem: Problem) -> list[Part]:
    """The parts, the one with most possibilities first. Demands with none are in no part."""
    settings = fillable(problem)
    openings = _openings(problem)
    roots = _Roots(len(problem.demands))
    for members in [*settings.values(), *openings.values()]:
        for other in members[1:]:
            roots.join(members[0], other)
    together: defaultdict[int, list[int]] = defaultdict(list)
    possible = sorted({i for group in (settings, openings) for m in group.values() for i in m})
    for index in possible:
        together[roots.root(index)].append(index)
    settings_by = _by_root(settings, roots)
    openings_by = _by_root(openings, roots)
    parts = [
        Part(
            demands=tuple(members),
            settings=settings_by.get(root, {}),
            openings=openings_by.get(root, {}),
        )
        for root, members in together.items()
    ]
    return sorted(parts, key=_size, reverse=True)


def fillable(problem: Problem) -> Mapping[Setting, tuple[int, ...]]:
    """The settings with as many learners as the course needs, and who may sit there."""
    shapes = {shape.key: shape for shape in problem.shapes}
    members = settings_with(problem.demands)
    return {
        setting: indexes
        for setting, indexes in sorted(members.items(), key=lambda item: sort_key(item[0]))
        if (shape := shapes.get(setting.shape)) is not None
        and most_in(shape, setting) >= shape.smallest
        and learners_in(problem, indexes) >= shape.smallest
    }


def sort_key(setting: Setting) -> tuple[str, ...]:
    """The same order everywhere, so that the same question has the same answer."""
    return (
        setting.shape,
        setting.place,
        setting.time,
        setting.start.isoformat(),
        str(setting.report or ""),
        *map(str, setting.days),
    )


def _openings(problem: Problem) -> Mapping[UUID, tuple[int, ...]]:
    found: defaultdict[UUID, list[int]] = defaultdict(list)
    seats = {opening.offer: opening.seats for opening in problem.openings}
    for index, demand in enumerate(problem.demands):
        for offer in sorted(demand.openings):
            if demand.learners <= seats.get(offer, 0):
                found[offer].append(index)
    return {offer: tuple(found[offer]) for offer in sorted(found)}


def _by_root(
    members: Mapping[K, tuple[int, ...]], roots: "_Roots"
) -> Mapping[int, Mapping[K, tuple[int, ...]]]:
    found: defaultdict[int, dict[K, tuple[int, ...]]] = defaultdict(dict)
    for key, indexes in members.items():
        found[roots.root(indexes[0])][key] = indexes
    return found


def _size(part: Part) -> int:
    groups: Iterable[Sequence[int]] = [*part.settings.values(), *part.openings.values()]
    return sum(len(members) for members in groups)


class _Roots:
    """Who belongs together, as more and more pairs become known."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
