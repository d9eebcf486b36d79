"""Which course would be worth most, given what each learner group is worth elsewhere.

One knapsack for each setting and each offer: as many learners as there is room for, not fewer
than the course needs. All of a part are calculated at once, in arrays.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec
import numpy as np
from numpy.typing import NDArray

from domain.pooling.problem import Problem, Setting, most_in, worth
from services.pooling.parts import Part

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
NEVER = -1e15


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A course that may be: where it is (a place in `Families.keys`), who sits in it, its worth.

    `members` are places in the part's demands.
    """

    family: int
    members: tuple[int, ...]
    worth: int


class Families:
    """The settings, then the offers of a part, with who may sit there and for what worth."""

    def __init__(self, problem: Problem, part: Part) -> None:
        self.keys: list[Setting | UUID] = [*part.settings, *part.openings]
        self.settings = len(part.settings)
        self.demands = part.demands
        self.place = {demand: number for number, demand in enumerate(part.demands)}
        bounds = [_bounds(problem, key) for key in self.keys]
        self.smallest = np.array([low for low, _ in bounds])
        self.largest = np.array([high for _, high in bounds])
        self.cost = np.array(
            [problem.weights.course] * self.settings + [0] * len(part.openings), dtype=np.float64
        )
        rows = [
            (family, self.place[index], _worth(problem, key, index), learners)
            for family, (key, members) in enumerate(
                [*part.settings.items(), *part.openings.items()]
            )
            for index in members
            if (learners := problem.demands[index].learners) <= bounds[family][1]
        ]
        self.rows = np.array(rows, dtype=np.int64).reshape(-1, 4)
        learners = np.bincount(self.rows[:, 0], weights=self.rows[:, 3], minlength=len(self.keys))
        self._most_courses = np.floor(learners / self.smallest)
        self.worth = {(row[0], row[1]): row[2] for row in rows}

    def column(self, family: int, members: Sequence[int]) -> Column:
        gained = sum(self.worth[family, member] for member in members)
        return Column(
            family=family,
            members=tuple(sorted(members)),
            worth=gained - int(self.cost[family]),
        )

    def bound(self, values: Floats, offers: Floats, gain: Floats) -> float:
        """What no choice of courses exceeds, whatever the prices.

        `gain` is that of the best course of each family by them. Either
        each family gains this for each course it could have, or each learner is worth so much
        more that none of the courses gains anything; the lower of the two counts.
        """
        over = np.maximum(gain, 0)
        paid = float(values.sum() + offers.sum() + over[self.settings :].sum())
        family, demand, _, learners = self.rows.T
        more = np.zeros(len(values))
        is_new = family < self.settings
        of_each = over[family] / self.smallest[family] * learners
        np.maximum.at(more, demand[is_new], of_each[is_new])
        by_course = float((over * self._most_courses)[: self.settings].sum())
        return paid + min(by_course, float(more.sum()))


class Pricing:
    """The tables of the knapsacks, laid out once for a part."""

    def __init__(self, families: Families) -> None:
        self._of = families
        self._room = int(families.largest.max())
        sizes = sorted({int(size) for size in families.rows[:, 3]})
        self._slots = [size for size in sizes for _ in range(self._room // size)]
        self._first = {size: self._slots.index(size) for size in sizes}

    def best(self, values: Floats, offers: Floats) -> tuple[Floats, "Bags"]:
        """What the best course of each family is worth more than its members elsewhere.

        `values` are those of the demands, `offers` those of one use of each offer.
        """
        profit, item = self._most_profitable(values)
        families, room = len(self._of.keys), self._room
        filled = np.full((room + 1, families), NEVER)
        filled[0] = 0
        took = np.zeros((len(self._slots), room + 1, families), dtype=np.bool_)
        for slot, size in enumerate(self._slots):
            with_it = filled[:-size] + profit[slot]
            is_better = with_it > filled[size:]
            took[slot, size:] = is_better
            filled[size:] = np.where(is_better, with_it, filled[size:])
        learners = np.arange(room + 1)[:, None]
        is_allowed = (learners >= self._of.smallest) & (learners <= self._of.largest)
        filled = np.where(is_allowed, filled, NEVER)
        size_of_best = filled.argmax(axis=0)
        gain = filled[size_of_best, np.arange(families)] - self._of.cost
        gain[self._of.settings :] -= offers
        return gain, Bags(took, item, size_of_best, self._slots)

    def _most_profitable(self, values: Floats) -> tuple[Floats, Numbers]:
        """In each family the groups of each size that gain most, as many as there is room for."""
        family, demand, worth_of, size = self._of.rows.T
        gained = worth_of - values[demand]
        order = np.lexsort((-gained, size, family))
        numbers = np.arange(len(order))
        is_first = np.ones(len(order), dtype=np.bool_)
        is_first[1:] = (np.diff(family[order]) != 0) | (np.diff(size[order]) != 0)
        rank = numbers - np.maximum.accumulate(np.where(is_first, numbers, 0))
        has_room = rank < self._room // size[order]
        kept, rank = order[has_room], rank[has_room]
        first = np.array([self._first[int(each)] for each in size[kept]], dtype=np.int64)
        shape = (len(self._slots), len(self._of.keys))
        profit, item = np.full(shape, NEVER), np.full(shape, -1)
        profit[first + rank, family[kept]] = gained[kept]
        item[first + rank, family[kept]] = demand[kept]
        return profit, item


class Bags:
    """Who sits in the best course of each family."""

    def __init__(
        self, took: NDArray[np.bool_], item: Numbers, size: Numbers, slots: Sequence[int]
    ) -> None:
        self._took = took
        self._item = item
        self._size = size
        self._slots = slots

    def members(self, family: int) -> list[int]:
        found: list[int] = []
        left = int(self._size[family])
        for slot in reversed(range(len(self._slots))):
            if self._took[slot, left, family]:
                found.append(int(self._item[slot, family]))
                left -= self._slots[slot]
        return found


def _bounds(problem: Problem, key: Setting | UUID) -> tuple[int, int]:
    if isinstance(key, Setting):
        shape = next(shape for shape in problem.shapes if shape.key == key.shape)
        return shape.smallest, most_in(shape, key)
    return 1, next(opening.seats for opening in problem.openings if opening.offer == key)


def _worth(problem: Problem, key: Setting | UUID, index: int) -> int:
    demand = problem.demands[index]
    if isinstance(key, Setting):
        return worth(problem, demand, demand.reach[key.place])
    return worth(problem, demand, demand.openings[key])
