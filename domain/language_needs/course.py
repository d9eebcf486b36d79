"""What a clock has to know of a report: when its holder is reminded, and when it climbs."""

from datetime import datetime
from enum import StrEnum

import msgspec

from domain.calendar import (
    END_OF_WORK,
    START_OF_WORK,
    Calendar,
    deadline,
    morning_before,
    working_days_after,
)
from domain.language_needs.holder import SERVICE_TIMES, Holder, ServiceTimes
from domain.language_needs.report import (
    CompanyReport,
    Held,
)


class Phase(StrEnum):
    """What the process waits for."""

    OPEN = "open"
    ENDED = "ended"


class ReportCourse(msgspec.Struct, frozen=True, kw_only=True):
    """Moments only. `remind_at` is missing once the holder was reminded, or if it is too short.

    `climbs_at` is when it climbs to `level`, the next one; `due` is what it is about.
    """

    phase: Phase
    remind_at: datetime | None = None
    climbs_at: datetime | None = None
    due: datetime | None = None
    level: int = 0


def course_of(
    report: CompanyReport, calendar: Calendar, times: ServiceTimes = SERVICE_TIMES
) -> ReportCourse:
    """The course of a report from where it stands now."""
    if not isinstance(report, Held):
        return ReportCourse(phase=Phase.ENDED)
    has_passed = report.climb.is_reminded or report.climb.level
    return ReportCourse(
        phase=Phase.OPEN,
        remind_at=None if has_passed else reminder(report.holder, calendar, times),
        climbs_at=climbs_at(report, calendar, times),
        due=report.holder.due,
        level=report.climb.level + 1,
    )


def climbs_at(report: Held, calendar: Calendar, times: ServiceTimes) -> datetime:
    """When it is overdue, and then again and again until something happens."""
    last = report.climb.at
    if last is None:
        return report.holder.due
    return deadline(calendar, last, times.again)


def reminder(holder: Holder, calendar: Calendar, times: ServiceTimes) -> datetime | None:
    """Some working days before the holder is due, or at half if there is less time than that."""
    morning = morning_before(calendar, holder.due, times.reminder)
    if morning > holder.since:
        return morning
    half = _within_work(holder.since + (holder.due - holder.since) / 2, calendar)
    return half if holder.since < half < holder.due else None


def _within_work(moment: datetime, calendar: Calendar) -> datetime:
    """The moment itself, or the next start of work: nobody reads a reminder at night."""
    local = moment.astimezone(calendar.zone)
    day = local.date()
    if calendar.is_working_day(day) and local.time() <= END_OF_WORK:
        return max(local, datetime.combine(day, START_OF_WORK, calendar.zone))
    return datetime.combine(working_days_after(calendar, day, 1), START_OF_WORK, calendar.zone)
