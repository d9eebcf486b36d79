"""What a clock has to know of a school year: when its goals are counted, and when it is closed."""

from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

import msgspec

from domain.calendar import START_OF_WORK, Calendar, working_days_after
from domain.goals.year import Closed, Running, SchoolYear, Unknown, first_day, last_day

COUNTED_ON = 1
"""The day of each month on which goals are counted, or the next working day."""


class Phase(StrEnum):
    """What the process waits for."""

    RUNNING = "running"
    ENDED = "ended"


class YearCourse(msgspec.Struct, frozen=True, kw_only=True):
    """The next moment at which the goals are counted; at the last one the year `is_over`."""

    phase: Phase
    school_year: str = ""
    counted_at: datetime | None = None
    is_over: bool = False


def course(year: SchoolYear, after: datetime, calendar: Calendar) -> YearCourse:
    """The course of a school year from where it stands, for a process that counted last `after`."""
    match year:
        case Running(plan=plan):
            moment = next_count(plan.school_year, after, calendar)
            return YearCourse(
                phase=Phase.RUNNING,
                school_year=plan.school_year,
                counted_at=moment,
                is_over=moment >= closing(plan.school_year, calendar),
            )
        case Unknown() | Closed():
            return YearCourse(phase=Phase.ENDED)
        case _:
            assert_never(year)


def next_count(school_year: str, after: datetime, calendar: Calendar) -> datetime:
    """The first morning of a month later than that, and not before the year begins."""
    begins = first_day(school_year)
    month = max(after.astimezone(calendar.zone).date().replace(day=COUNTED_ON), begins)
    while (moment := _morning(month, calendar)) <= after:
        month = _next_month(month)
    return moment


def closing(school_year: str, calendar: Calendar) -> datetime:
    """A month after the year's end: by then what happened in it has been recorded."""
    ends = last_day(school_year)
    return _morning(_next_month(_next_month(ends.replace(day=COUNTED_ON))), calendar)


def _morning(day: date, calendar: Calendar) -> datetime:
    """The start of work on this day, or on the next working day."""
    working = day if calendar.is_working_day(day) else working_days_after(calendar, day, 1)
    return datetime.combine(working, START_OF_WORK, calendar.zone)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, first.day)
