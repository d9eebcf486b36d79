"""Deadlines in working days: the arithmetic is here, the holidays are passed in."""

from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

END_OF_WORK = time(18, 0)
"""A deadline of so many working days ends at this local time on its last day."""

START_OF_WORK = time(9, 0)
"""Reminders go out at this local time."""


class Calendar(Protocol):
    """The working days of the county, e.g. Monday to Friday without the holidays of NRW."""

    @property
    def zone(self) -> ZoneInfo:
        """The county's time zone."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day."""
        ...


def working_days_after(calendar: Calendar, day: date, count: int) -> date:
    """The `count`-th working day after `day`, which is not counted itself (§ 187 BGB)."""
    while count > 0:
        day += timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def working_days_before(calendar: Calendar, day: date, count: int) -> date:
    """The `count`-th working day before `day`."""
    while count > 0:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def deadline(calendar: Calendar, start: datetime, working_days: int) -> datetime:
    """The end of work on the day so many working days after `start`."""
    day = working_days_after(calendar, start.astimezone(calendar.zone).date(), working_days)
    return datetime.combine(day, END_OF_WORK, calendar.zone)


def morning_before(calendar: Calendar, due: datetime, working_days: int) -> datetime:
    """The start of work on the day so many working days before `due`."""
    day = working_days_before(calendar, due.astimezone(calendar.zone).date(), working_days)
    return datetime.combine(day, START_OF_WORK, calendar.zone)


def working_days_between(calendar: Calendar, first: date, last: date) -> int:
    """How many working days there are after `first`, up to and with `last`."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(calendar.is_working_day(day) for day in days)
