"""What the decisions of a body look at beside it, as far as needed."""

from collections.abc import Mapping
from datetime import date

from domain.calendar import Calendar
from domain.directory.organisation import Organisation
from domain.kernel import Context


class BodyContext(Context, frozen=True, kw_only=True):
    """`organisations` and `people` (accounts that exist) are those named in the command."""

    calendar: Calendar
    organisations: Mapping[str, Organisation] = {}
    people: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.at.astimezone(self.calendar.zone).date()
