"""Who holds a report, and until when: the periods that the county works by."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from domain.calendar import END_OF_WORK, Calendar, deadline, working_days_after


class HolderKind(StrEnum):
    COORDINATION = "coordination"
    PARTNER = "partner"
    COMPANY = "company"


class Task(StrEnum):
    """What whoever holds a report has to do."""

    ACKNOWLEDGE = "acknowledge"
    TRIAGE = "triage"
    PLACE = "place"
    """Find an answer: refer it, ask, match, pool, or say what there is not."""
    REFERRAL = "referral"
    QUESTION = "question"
    CONCLUDE = "conclude"
    """The company has its answer: record that a course starts, or close the report."""
    FOLLOW_UP_START = "follow-up-start"
    FOLLOW_UP_END = "follow-up-end"
    CLOSE = "close"


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """`organisation` is the partner's key; `account` the coordinator named to the company."""

    kind: HolderKind
    what: Task
    since: datetime
    due: datetime
    organisation: str = ""
    account: str = ""


class ServiceTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Periods in working days.

    One working day for the acknowledgement is what the county promises; the others are assumed.
    `again` is how often what is overdue climbs; `follow_up` counts from a course's first and
    last day. `reminder` is how long before the end whoever holds it is reminded.
    """

    acknowledge: int = 1
    triage: int = 3
    place: int = 10
    referral: int = 10
    question: int = 5
    conclude: int = 20
    follow_up: int = 10
    close: int = 10
    reminder: int = 2
    again: int = 3

    def of(self, what: Task) -> int:
        """How long the task may take, if no other date is set."""
        match what:
            case Task.FOLLOW_UP_START | Task.FOLLOW_UP_END:
                return self.follow_up
            case _:
                return int(getattr(self, what.value))


SERVICE_TIMES = ServiceTimes()
"""Those of a county that has set no others."""


def coordination(
    what: Task, account: str, at: datetime, calendar: Calendar, times: ServiceTimes
) -> Holder:
    """The coordination holds it from now on, as long as the task may take."""
    return Holder(
        kind=HolderKind.COORDINATION,
        what=what,
        account=account,
        since=at,
        due=deadline(calendar, at, times.of(what)),
    )


def after_the_day(
    what: Task, account: str, day: date, at: datetime, calendar: Calendar, times: ServiceTimes
) -> Holder:
    """The coordination asks so many working days after a day of the course, at the latest.

    What is recorded late falls due as if it had happened today.
    """
    from_day = max(day, at.astimezone(calendar.zone).date())
    due_day = working_days_after(calendar, from_day, times.of(what))
    return Holder(
        kind=HolderKind.COORDINATION,
        what=what,
        account=account,
        since=at,
        due=end_of(due_day, calendar),
    )


def end_of(day: date, calendar: Calendar) -> datetime:
    """The end of work on that day."""
    return datetime.combine(day, END_OF_WORK, calendar.zone)
