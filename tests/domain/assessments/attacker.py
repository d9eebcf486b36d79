"""Somebody who puts together all that was ever published and computes what must be true."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple, TypeAlias

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from domain.assessments.suppression import Counts, Figure, Path, publish

Cell: TypeAlias = tuple[Path, int]


class Fact(NamedTuple):
    """So many people are in these cells together."""

    cells: frozenset[Cell]
    people: int


class Attacker:
    """Knows which groups there are and `facts`; bounds any cell by whole-numbered programming.

    Nothing else limits the counts, so what the attacker finds is exactly what follows.
    """

    def __init__(self, groups: Iterable[Path], levels: int, facts: Sequence[Fact]) -> None:
        cells = product(sorted(groups), range(levels))
        self._column = {cell: column for column, cell in enumerate(cells)}
        rows = np.array([self._row(fact.cells) for fact in facts])
        people = np.array([fact.people for fact in facts])
        self._facts = LinearConstraint(rows, people, people)

    def fewest(self, cells: Iterable[Cell]) -> int:
        """The fewest people that may be in these cells together."""
        return self._least(self._row(cells))

    def most(self, cells: Iterable[Cell]) -> int:
        """The most people that may be in these cells together."""
        return -self._least(-self._row(cells))

    def _least(self, row: np.ndarray) -> int:
        solved = milp(
            row,
            constraints=self._facts,
            integrality=np.ones(row.size, dtype=np.int64),
            bounds=Bounds(0, 1000),
        )
        assert solved.fun is not None, solved.message
        return round(solved.fun)

    def _row(self, cells: Iterable[Cell]) -> np.ndarray:
        row = np.zeros(len(self._column))
        row[[self._column[cell] for cell in cells]] = 1
        return row


def facts(figure: Figure, groups: Iterable[Path], levels: int) -> Iterator[Fact]:
    """What a tree of figures says about cells."""
    depth = len(figure.path)
    inside = [
        group
        for group in groups
        if group[:depth] == figure.path and (not figure.members or group[depth] in figure.members)
    ]
    ends = (-1, *figure.cuts, levels - 1)
    for count, (low, high) in zip(figure.counts, pairwise(ends), strict=True):
        yield Fact(frozenset(product(inside, range(low + 1, high + 1))), count)
    for part in figure.parts:
        yield from facts(part, inside, levels)


def questions(counts: Mapping[Path, Counts]) -> dict[frozenset[Cell], int]:
    """Every filter's true answer: all groups that share any keys, on one level or on all."""
    levels = len(next(iter(counts.values())))
    answers: dict[frozenset[Cell], int] = {}
    for group in counts:
        for known in product((True, False), repeat=len(group)):
            same = [
                other
                for other in counts
                if all(a == b for a, b, known_ in zip(group, other, known, strict=True) if known_)
            ]
            for asked in (*([level] for level in range(levels)), range(levels)):
                cells = frozenset(product(same, asked))
                answers[cells] = sum(counts[other][level] for other, level in cells)
    return answers


Publisher: TypeAlias = Callable[[Mapping[Path, Counts]], Sequence[Fact]]


def our_way(counts: Mapping[Path, Counts]) -> Sequence[Fact]:
    figure = publish(counts)
    levels = len(next(iter(counts.values())))
    return [] if figure is None else list(facts(figure, counts, levels))


def naive_way(counts: Mapping[Path, Counts]) -> Sequence[Fact]:
    """Answer every filter, and hide nothing but counts of one to four."""
    return [Fact(cells, n) for cells, n in questions(counts).items() if n == 0 or n >= 5]


def each_its_own_way(counts: Mapping[Path, Counts]) -> Sequence[Fact]:
    """Every group over the finest blocks that its own counts allow: each is safe by itself."""
    told: list[Fact] = []
    levels = len(next(iter(counts.values())))
    for path in {group[:depth] for group in counts for depth in range(len(group) + 1)}:
        inside = {group: c for group, c in counts.items() if group[: len(path)] == path}
        total = tuple(map(sum, zip(*inside.values(), strict=True)))
        alone = publish({(): total})
        if alone is not None:
            told += facts(alone, inside, levels)
    return told
