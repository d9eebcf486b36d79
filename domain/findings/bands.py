"""How many cases a finding is about: a band, never a number, and what bands say together."""

from collections.abc import Iterable
from enum import StrEnum


class Band(StrEnum):
    """So many cases, from the one number to the other."""

    FROM_1 = "1-4"
    FROM_5 = "5-9"
    FROM_10 = "10-24"
    FROM_25 = "25-49"
    FROM_50 = "50+"


FEWEST = {Band.FROM_1: 1, Band.FROM_5: 5, Band.FROM_10: 10, Band.FROM_25: 25, Band.FROM_50: 50}
"""The fewest cases that a band can stand for."""

LEAST = 5
"""Fewer cases may not be told apart where many read (requirement R1.6)."""


def cases_at_least(bands: Iterable[Band]) -> int:
    """How many cases these bands stand for whatever the numbers behind them are."""
    return sum(FEWEST[band] for band in bands)


def band_of(cases: int) -> Band:
    """The band of so many cases, one at least."""
    return max((band for band in Band if FEWEST[band] <= cases), key=FEWEST.__getitem__)
