"""What decisions of a working group look at beside it: only what the command needs."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from domain.calendar import Calendar
from domain.directory.organisation import Organisation
from domain.kernel import Context
from domain.steering.resolution import Resolution
from domain.steering.resolution import Unknown as NoResolution


class WorkingGroupContext(Context, frozen=True, kw_only=True):
    """`resolution` and `organisations`, also unknown ones, are those named in the command.

    `sessions` has the key of the body of each session named that exists. `consequences` holds
    those of the ids named that exist as what the command says they are.
    """

    calendar: Calendar
    resolution: Resolution = NoResolution()
    organisations: Mapping[str, Organisation] = {}
    sessions: Mapping[UUID, str] = {}
    consequences: frozenset[UUID] = frozenset()

    def day_of(self, moment: datetime) -> date:
        """The day in the county."""
        return moment.astimezone(self.calendar.zone).date()

    @property
    def today(self) -> date:
        return self.day_of(self.at)
