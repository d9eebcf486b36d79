"""What decisions about the goals of a school year look at beside them, as far as needed."""

from collections.abc import Mapping
from datetime import date

from domain.calendar import Calendar
from domain.goals.counting import Groups, Occurrence
from domain.kernel import Context


class YearContext(Context, frozen=True, kw_only=True):
    """`kinds` are those of the catalogue of what is counted; `groups` those to ask one each of.

    `occurrences` are those of the year in the log up to now, `planned` the days on which more
    are planned, by kind.
    """

    calendar: Calendar
    kinds: frozenset[str] = frozenset()
    groups: Groups = {}
    occurrences: tuple[Occurrence, ...] = ()
    planned: Mapping[str, tuple[date, ...]] = {}

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.at.astimezone(self.calendar.zone).date()
