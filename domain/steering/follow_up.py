"""Following up what somebody has to do by a day: reminders before it, and what is overdue after."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from domain.calendar import END_OF_WORK, Calendar, morning_before
from domain.steering.follow_up_errors import DueInThePast, DueNotLater, TooEarly

REMIND_WORKING_DAYS_BEFORE = (10, 2)
"""When an owner is reminded unless it was asked for otherwise."""


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """Until when something is to be done. `reminded` are the planned moments already used.

    `is_overdue`: it was noticed that nothing came by then. More time takes that back.
    """

    due: datetime
    reminders: tuple[datetime, ...] = ()
    reminded: frozenset[datetime] = frozenset()
    is_overdue: bool = False

    @property
    def reminders_to_come(self) -> tuple[datetime, ...]:
        return tuple(moment for moment in self.reminders if moment not in self.reminded)


def follow_up(
    calendar: Calendar, due: date, remind_working_days_before: Iterable[int], *, after: datetime
) -> FollowUp:
    """Due at the end of work on that day; reminders that would not be after `after` are left out.

    Raises DueInThePast if the day has passed by then.
    """
    until = datetime.combine(due, END_OF_WORK, calendar.zone)
    if until <= after:
        raise DueInThePast(due.isoformat())
    planned = {morning_before(calendar, until, days) for days in remind_working_days_before}
    reminders = sorted(moment for moment in planned if after < moment < until)
    return FollowUp(due=until, reminders=tuple(reminders))


def extended(
    this: FollowUp,
    calendar: Calendar,
    due: date,
    remind_working_days_before: Iterable[int],
    *,
    at: datetime,
) -> FollowUp:
    """More time, never less. Raises DueNotLater and DueInThePast."""
    later = follow_up(calendar, due, remind_working_days_before, after=at)
    if later.due <= this.due:
        raise DueNotLater(this.due.isoformat())
    return later


def is_to_remind(this: FollowUp, moment: datetime | None, at: datetime) -> bool:
    """Whether a reminder goes out: at each planned moment once, by hand (None) at any time.

    A moment that an extension left behind is no longer planned. Raises TooEarly.
    """
    if moment is None:
        return True
    if moment not in this.reminders_to_come or this.is_overdue:
        return False
    if at < moment:
        raise TooEarly(moment.isoformat())
    return True


def is_to_notice(this: FollowUp, at: datetime) -> bool:
    """Whether it is to be noted that nothing came by the day, once. Raises TooEarly."""
    if this.is_overdue:
        return False
    if at < this.due:
        raise TooEarly(this.due.isoformat())
    return True


def reminded(this: FollowUp, moment: datetime | None) -> FollowUp:
    """After a reminder."""
    if moment is None:
        return this
    return msgspec.structs.replace(this, reminded=this.reminded | {moment})


def overdue(this: FollowUp) -> FollowUp:
    """After it was noticed."""
    return msgspec.structs.replace(this, is_overdue=True)
