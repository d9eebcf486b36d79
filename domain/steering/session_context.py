"""What the decisions of a session look at beside it, as far as needed."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from domain.calendar import Calendar
from domain.directory.organisation import Organisation
from domain.kernel import Context
from domain.steering.body import Body, Edition
from domain.steering.body_errors import NoRules


class SessionContext(Context, frozen=True, kw_only=True):
    """`body` is that of the session. `organisations` and `people` are those named in the command.

    `people` are accounts that exist. `ready_themes` are, of the themes named in the command or
    on the agenda, those that exist and have enough cases for an agenda.
    """

    calendar: Calendar
    body: Body = Body()
    organisations: Mapping[str, Organisation] = {}
    people: frozenset[str] = frozenset()
    ready_themes: frozenset[UUID] = frozenset()

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.day_of(self.at)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.calendar.zone).date()

    def edition_on(self, day: date) -> Edition:
        """The edition of the body's rules that holds on this day. Raises NoRules."""
        edition = self.body.rules_at(day)
        if edition is None:
            raise NoRules(self.body.key, day.isoformat())
        return edition
