"""What a clock has to know of a funded post: of what and when somebody is reminded next."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import assert_never

import msgspec

from domain.calendar import START_OF_WORK, Calendar, working_days_before
from domain.posts.post import Ended, Established, Existing, Post, Unknown
from domain.posts.terms import Lead, Matter

LEADS: Mapping[Matter, Sequence[Lead]] = {
    Matter.FUNDING_ENDS: (Lead.THREE_MONTHS, Lead.ONE_MONTH),
    Matter.PROOF_DUE: (Lead.EIGHT_WEEKS, Lead.TWO_WEEKS),
}
"""The longest first."""


class Phase(StrEnum):
    """What the process waits for."""

    CARED_FOR = "cared-for"
    ENDED = "ended"


class PostCourse(msgspec.Struct, frozen=True, kw_only=True):
    """The next reminder and its moment; without one the process waits for what is recorded.

    A moment that has passed is one to remind at once: the day itself is still to come.
    """

    phase: Phase
    remind_at: datetime | None = None
    what: Matter | None = None
    due: date | None = None
    lead: Lead | None = None


class _Coming(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    what: Matter
    due: date
    lead: Lead


def course(post: Post, now: datetime, calendar: Calendar) -> PostCourse:
    """The course of a post from where it stands."""
    match post:
        case Unknown():
            return PostCourse(phase=Phase.ENDED)
        case Established() | Ended():
            if is_done_with(post):
                return PostCourse(phase=Phase.ENDED)
            coming = [
                reminder
                for what, due in _days(post)
                for reminder in _reminders(post, what, due, now, calendar)
            ]
            if not coming:
                return PostCourse(phase=Phase.CARED_FOR)
            first = min(coming, key=lambda one: (one.at, one.what, one.due))
            return PostCourse(
                phase=Phase.CARED_FOR,
                remind_at=first.at,
                what=first.what,
                due=first.due,
                lead=first.lead,
            )
        case _:
            assert_never(post)


def is_done_with(post: Existing) -> bool:
    """It has ended, and all of its proofs were handed in: nothing is left to remind of."""
    proofs = post.record.proofs.values()
    return isinstance(post, Ended) and all(proof.submitted_on for proof in proofs)


def _days(post: Existing) -> list[tuple[Matter, date]]:
    """The end of the last period if the post is to go on, and proofs not handed in yet."""
    days: list[tuple[Matter, date]] = []
    if post.record.fundings and isinstance(post, Established):
        days.append((Matter.FUNDING_ENDS, max(one.ends_on for one in post.record.fundings)))
    proofs = post.record.proofs.values()
    return [*days, *((Matter.PROOF_DUE, one.due) for one in proofs if one.submitted_on is None)]


def _reminders(
    post: Existing, what: Matter, due: date, now: datetime, calendar: Calendar
) -> list[_Coming]:
    """Those to come, and of those whose moment has passed the last one, if it was not given."""
    if due < now.astimezone(calendar.zone).date():
        return []
    all_of = [
        _Coming(at=_morning(due, lead, calendar), what=what, due=due, lead=lead)
        for lead in LEADS[what]
    ]
    passed = [one for one in all_of if one.at <= now][-1:]
    to_come = [one for one in all_of if one.at > now]
    given = post.record.reminded
    return [one for one in (*passed, *to_come) if (one.what, one.due, one.lead) not in given]


def _morning(due: date, lead: Lead, calendar: Calendar) -> datetime:
    """The start of work on the day so long before, or on the working day before that."""
    day = _before(due, lead)
    working = day if calendar.is_working_day(day) else working_days_before(calendar, day, 1)
    return datetime.combine(working, START_OF_WORK, calendar.zone)


def _before(due: date, lead: Lead) -> date:
    match lead:
        case Lead.THREE_MONTHS:
            return _months_before(due, 3)
        case Lead.ONE_MONTH:
            return _months_before(due, 1)
        case Lead.EIGHT_WEEKS:
            return due - timedelta(weeks=8)
        case Lead.TWO_WEEKS:
            return due - timedelta(weeks=2)
        case _:
            assert_never(lead)


def _months_before(due: date, months: int) -> date:
    """The same day of that month, or its last one if it has none."""
    year, month = divmod(due.year * 12 + due.month - 1 - months, 12)
    for day in range(due.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
