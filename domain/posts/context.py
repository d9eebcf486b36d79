"""What decisions about a funded post look at beside it, as far as needed."""

from datetime import date

from domain.calendar import Calendar
from domain.directory.municipality import Municipality
from domain.directory.organisation import Organisation
from domain.kernel import Context


class PostContext(Context, frozen=True, kw_only=True):
    """The employer and the municipality are those named in the command.

    `is_holder_known`: there is an account of whoever is to be named.
    """

    calendar: Calendar
    employer: Organisation = Organisation()
    municipality: Municipality = Municipality()
    is_holder_known: bool = False

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.at.astimezone(self.calendar.zone).date()
