"""The levels a course starts from and works towards."""

from enum import StrEnum


class Level(StrEnum):
    """Levels of the Common European Framework, and none at all; in order."""

    A0 = "a0"
    A1 = "a1"
    A2 = "a2"
    B1 = "b1"
    B2 = "b2"
    C1 = "c1"
    C2 = "c2"

    @property
    def rank(self) -> int:
        """From 0, so that levels can be compared and counted apart."""
        return _ORDER.index(self)


_ORDER = tuple(Level)
