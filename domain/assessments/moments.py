"""Sums from which variances and correlations follow exactly, added up chunk by chunk."""

from fractions import Fraction
from math import sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.int64]


class Moments:
    """Of some columns of points, and of the score they are set against, for the same people.

    Everything is a sum of whole numbers in 64 bits. Variances and covariances stay multiplied by
    the square of the number of people, as whole numbers of any size, until they are divided by
    each other: no digits cancel out, and chunks may come in any order.
    """

    def __init__(self, columns: int = 0) -> None:
        self.people = 0
        self._score = 0
        self._score_squared = 0
        self._sums: Whole = np.zeros(columns, np.int64)
        self._squares: Whole = np.zeros(columns, np.int64)
        self._products: Whole = np.zeros(columns, np.int64)

    def add(self, points: Whole, score: Whole) -> None:
        """Add a chunk: `points` is people by columns, `score` one number for each of the people."""
        self.people += len(score)
        self._score += int(score.sum())
        self._score_squared += int(score @ score)
        self._sums += points.sum(axis=0)
        self._squares += (points * points).sum(axis=0)
        self._products += score @ points

    @property
    def mean(self) -> float | None:
        """Of the score."""
        return self._score / self.people if self.people else None

    @property
    def spread(self) -> int:
        """The score's sum of squared deviations, times the people."""
        return self.people * self._score_squared - self._score**2

    @property
    def deviation(self) -> float | None:
        """The score's standard deviation, that of a sample. None for fewer than two people."""
        n = self.people
        return sqrt(Fraction(self.spread, n * (n - 1))) if n > 1 else None

    def spread_of(self, column: int) -> int:
        """The column's sum of squared deviations, times the people."""
        return self.people * int(self._squares[column]) - int(self._sums[column]) ** 2

    def share(self, column: int, maximum: int) -> float | None:
        """What part of its most points was reached in a column."""
        most = self.people * maximum
        return int(self._sums[column]) / most if most else None

    def correlation(self, column: int, *, within: bool) -> float | None:
        """Of a column with the score; if the column is `within` the score, with the rest of it.

        Pearson's. None if one of them does not vary.
        """
        own, rest = self.spread_of(column), self.spread
        common = self.people * int(self._products[column]) - int(self._sums[column]) * self._score
        if within:
            rest += own - 2 * common
            common -= own
        return common / sqrt(own * rest) if own and rest else None
