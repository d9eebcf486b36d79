"""What decisions about a report look at beside it, as far as needed."""

from collections.abc import Mapping
from datetime import date

from domain.calendar import Calendar
from domain.course_offers.offer import Offer
from domain.course_offers.offer import Unknown as NoOffer
from domain.directory.organisation import Organisation
from domain.findings.finding import Finding
from domain.findings.finding import Unknown as NoFinding
from domain.findings.theme import Theme
from domain.findings.theme import Unknown as NoTheme
from domain.kernel import Context
from domain.language_needs.holder import SERVICE_TIMES, ServiceTimes


class ReportContext(Context, frozen=True, kw_only=True):
    """`municipalities` are those named in the command that exist, `organisations` those named.

    `is_coordinator`: the contact person named in the command works for the coordination.
    `offer`, `theme` and `finding` are those named in the command; `times` are the county's.
    """

    calendar: Calendar
    times: ServiceTimes = SERVICE_TIMES
    municipalities: frozenset[str] = frozenset()
    organisations: Mapping[str, Organisation] = {}
    is_coordinator: bool = False
    offer: Offer = NoOffer()
    theme: Theme = NoTheme()
    finding: Finding = NoFinding()

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.at.astimezone(self.calendar.zone).date()
