"""How many meetings a school year is to have, and by when the next is to be called."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.assessments.wording import FIRST_MONTH, first_year, year_of
from domain.calendar import START_OF_WORK, Calendar, working_days_after
from domain.working_groups.events import MeetingsPlanned
from domain.working_groups.meeting import Meeting, time_of


class MeetingPlan(msgspec.Struct, frozen=True, kw_only=True):
    """`call_by` are the moments for the last meetings of the year, `reminded` those used."""

    meetings: int
    call_by: tuple[datetime, ...] = ()
    reminded: frozenset[datetime] = frozenset()

    @property
    def reminders_to_come(self) -> tuple[datetime, ...]:
        return tuple(moment for moment in self.call_by if moment not in self.reminded)

    def needed_by(self, moment: datetime) -> int:
        """So many meetings are to be held or called by this moment of the plan."""
        return self.meetings - len(self.call_by) + 1 + self.call_by.index(moment)


def planned(event: MeetingsPlanned) -> MeetingPlan:
    return MeetingPlan(meetings=event.meetings, call_by=event.call_by)


def reminded(plan: MeetingPlan, moment: datetime) -> MeetingPlan:
    return msgspec.structs.replace(plan, reminded=plan.reminded | {moment})


def meetings_in(meetings: Iterable[Meeting], school_year: str, zone: ZoneInfo) -> int:
    """How many of them are in this school year, held or still to come."""
    year = first_year(school_year)
    times = (moment for moment in map(time_of, meetings) if moment is not None)
    return sum(year_of(moment.astimezone(zone).date()) == year for moment in times)


def mornings(calendar: Calendar, days: Iterable[date]) -> tuple[datetime, ...]:
    """The start of work on each of these days, or on the next working day."""
    working = (
        day if calendar.is_working_day(day) else working_days_after(calendar, day, 1)
        for day in days
    )
    moments = {datetime.combine(day, START_OF_WORK, calendar.zone) for day in working}
    return tuple(sorted(moments))


def spread(school_year: str, count: int, after: date) -> Sequence[date]:
    """So many days at even distances between that day and the end of the school year."""
    first = max(after, first_day(school_year))
    days = (last_day(school_year) - first).days
    return [first + timedelta(days=days * n // (count + 1)) for n in range(1, count + 1)]


def first_day(school_year: str) -> date:
    return date(first_year(school_year), FIRST_MONTH, 1)


def last_day(school_year: str) -> date:
    return date(first_year(school_year) + 1, FIRST_MONTH, 1) - timedelta(days=1)
