"""Halves of school years, by which figures are counted: each day is in one, and none overlap."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

FIRST, SECOND = 8, 2
"""The months they begin in: 1 August and 1 February."""


class HalfYear(msgspec.Struct, frozen=True):
    """From `first` to `last`, both included."""

    first: date
    last: date

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def school_year(self) -> str:
        """As in `2026/27`."""
        begins = self.first.year - (self.first.month == SECOND)
        return f"{begins}/{(begins + 1) % 100:02}"

    @property
    def number(self) -> int:
        """1 or 2: which half of the school year."""
        return 1 if self.first.month == FIRST else 2


def half_of(day: date) -> HalfYear:
    """The half that a day is in."""
    if SECOND <= day.month < FIRST:
        return HalfYear(date(day.year, SECOND, 1), date(day.year, FIRST, 1) - timedelta(days=1))
    begins = day.year - (day.month < SECOND)
    return HalfYear(date(begins, FIRST, 1), date(begins + 1, SECOND, 1) - timedelta(days=1))


def halves(first: date, last: date) -> Sequence[HalfYear]:
    """All that have a day between the two, in order."""
    found: list[HalfYear] = []
    day = first
    while day <= last:
        found.append(half_of(day))
        day = found[-1].last + timedelta(days=1)
    return found
