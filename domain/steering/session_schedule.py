"""The moments of a session: by when people are invited, when a vote in writing ends, reminders."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.calendar import (
    END_OF_WORK,
    START_OF_WORK,
    Calendar,
    deadline,
    morning_before,
    working_days_before,
)
from domain.steering.body_rules import Period

WORKING_DAYS_TO_SPARE = 2
"""So that an outage over a weekend does not make an invitation late."""


def last_day_before(period: Period, day: date, calendar: Calendar) -> date:
    """The day that lies the whole period before this day: the last one on which to invite."""
    if period.working:
        return working_days_before(calendar, day, period.days)
    return day - timedelta(days=period.days)


def invite_at(last: date, calendar: Calendar) -> datetime:
    """When the process invites by itself, if this is the last day on which to do so."""
    return morning_before(calendar, end_of_work(last, calendar), WORKING_DAYS_TO_SPARE)


def end_of_work(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, END_OF_WORK, calendar.zone)


def start_of_work(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, START_OF_WORK, calendar.zone)


def working_day_until(day: date, calendar: Calendar) -> date:
    """The day, or the last working day before it."""
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def end_of(period: Period, start: datetime, calendar: Calendar) -> datetime:
    """The end of work on the last day of a period that begins now."""
    if period.working:
        return deadline(calendar, start, period.days)
    day = start.astimezone(calendar.zone).date() + timedelta(days=period.days)
    return end_of_work(day, calendar)


def reminders(
    calendar: Calendar, working_days_before_due: Iterable[int], at: datetime, due: datetime
) -> tuple[datetime, ...]:
    """Mornings counted back from `due`, each once, in order. Those in the past are left out."""
    planned = {morning_before(calendar, due, days) for days in working_days_before_due}
    return tuple(sorted(moment for moment in planned if at < moment < due))


def whole_second(moment: datetime) -> datetime:
    """So that a timer can never fire a fraction too early."""
    return moment.replace(microsecond=0)
