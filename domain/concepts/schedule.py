"""The moments of a round: reminders, deadline, and when it closes."""

from datetime import datetime

import msgspec

from domain.calendar import Calendar, deadline, morning_before
from domain.concepts.commands import Schedule
from domain.concepts.errors import ClosesBeforeDeadline, DeadlineInThePast, NoDeadline


class Moments(msgspec.Struct, frozen=True, kw_only=True):
    """All in whole seconds, so that a timer can never fire a fraction too early."""

    due: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]


def moments(calendar: Calendar, schedule: Schedule, at: datetime) -> Moments:
    """The moments that follow from what was asked at this time. Reminders in the past are left out.

    Raises NoDeadline, DeadlineInThePast or ClosesBeforeDeadline.
    """
    due = _due(calendar, schedule, at)
    closes_at = _closes_at(calendar, schedule, due)
    if closes_at < due:
        raise ClosesBeforeDeadline(due.isoformat(), closes_at.isoformat())
    planned = schedule.remind_at
    if planned is None:
        planned = tuple(
            morning_before(calendar, due, days) for days in schedule.remind_working_days_before
        )
    reminders = sorted({m for m in map(_whole_second, planned) if at < m < due})
    return Moments(due=due, closes_at=closes_at, reminders=tuple(reminders))


def _due(calendar: Calendar, schedule: Schedule, at: datetime) -> datetime:
    match schedule.working_days, schedule.due:
        case int(days), None if days > 0:
            return deadline(calendar, at, days)
        case None, datetime() as due:
            if _whole_second(due) <= at:
                raise DeadlineInThePast(due.isoformat())
            return _whole_second(due)
        case _:
            raise NoDeadline


def _closes_at(calendar: Calendar, schedule: Schedule, due: datetime) -> datetime:
    if schedule.closes_at is not None:
        return _whole_second(schedule.closes_at)
    if schedule.grace_working_days > 0:
        return deadline(calendar, due, schedule.grace_working_days)
    return due


def _whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
