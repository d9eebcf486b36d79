from datetime import date, datetime, timedelta

import msgspec
import pytest

from domain.assessments.errors import MalformedSchoolYear
from domain.steering.follow_up_errors import TooEarly
from domain.working_groups.commands import PlanMeetings, RemindToCall
from domain.working_groups.course import Call, course
from domain.working_groups.errors import OutsideSchoolYear, PlannedInThePast, TooFewMeetings
from domain.working_groups.events import CallingReminded, MeetingCancelled, MeetingsPlanned
from tests.domain.county import CLOCK, MONDAY, berlin
from tests.domain.working_groups.example import (
    ESTABLISHED,
    GROUP_ID,
    after,
    called,
    group,
    held,
)

YEAR = "2025/26"
DAYS = (date(2026, 4, 13), date(2026, 5, 14), date(2026, 6, 15))
FIRST, SECOND, THIRD = berlin(2026, 4, 13, 9), berlin(2026, 5, 15, 9), berlin(2026, 6, 15, 9)
"""The second day is Ascension Day: the next working day is meant."""

PLAN = PlanMeetings(group=GROUP_ID, school_year=YEAR, meetings=3, call_by=DAYS)
PLANNED = MeetingsPlanned(
    group=GROUP_ID, school_year=YEAR, meetings=3, call_by=(FIRST, SECOND, THIRD)
)


def remind(moment: datetime) -> RemindToCall:
    return RemindToCall(group=GROUP_ID, school_year=YEAR, moment=moment)


def reminded(moment: datetime, meetings: int) -> CallingReminded:
    return CallingReminded(
        group=GROUP_ID, school_year=YEAR, moment=moment, meetings=meetings, planned=3
    )


def test_so_many_meetings_are_planned_for_a_school_year() -> None:
    group.given(ESTABLISHED).when(PLAN).then(PLANNED)
    group.given(ESTABLISHED, PLANNED).when(PLAN).then_nothing()


def test_without_days_they_are_spread_over_what_is_left_of_the_year() -> None:
    plan = msgspec.structs.replace(PLAN, call_by=None)
    (event,) = group.given(ESTABLISHED).when(plan).decided()
    assert isinstance(event, MeetingsPlanned)
    assert event.call_by == (
        berlin(2026, 4, 8, 9),
        berlin(2026, 5, 18, 9),
        berlin(2026, 6, 23, 9),
    )
    group.given(ESTABLISHED, event).when(plan, at=berlin(2026, 4, 1)).then_nothing()


def test_only_those_still_to_be_called_are_spread() -> None:
    plan = msgspec.structs.replace(PLAN, call_by=None)
    (event,) = group.given(ESTABLISHED, held(), called(2)).when(plan).decided()
    assert isinstance(event, MeetingsPlanned)
    assert (event.meetings, len(event.call_by)) == (3, 1)


def test_a_later_plan_takes_the_place_of_an_earlier_one() -> None:
    more = msgspec.structs.replace(PLAN, meetings=5)
    changed = msgspec.structs.replace(PLANNED, meetings=5)
    group.given(ESTABLISHED, PLANNED).when(more).then(changed)
    assert len(course(after(ESTABLISHED, PLANNED, reminded(FIRST, 0), changed)).calls) == 3


def test_a_plan_has_a_meeting_and_not_more_moments_than_meetings() -> None:
    for meetings in (0, -1, 2):
        group.given(ESTABLISHED).when(
            msgspec.structs.replace(PLAN, meetings=meetings)
        ).then_refused(TooFewMeetings, meetings=meetings)


def test_a_plan_is_for_days_of_its_school_year_that_are_to_come() -> None:
    given = group.given(ESTABLISHED)
    outside = msgspec.structs.replace(PLAN, call_by=(date(2026, 8, 1),))
    given.when(outside).then_refused(OutsideSchoolYear, school_year=YEAR, on="2026-08-01")
    today = msgspec.structs.replace(PLAN, call_by=(MONDAY.date(),))
    given.when(today).then_refused(PlannedInThePast, on="2026-03-02")
    over = msgspec.structs.replace(PLAN, school_year="2024/25", call_by=None)
    given.when(over).then_refused(OutsideSchoolYear)
    given.when(msgspec.structs.replace(PLAN, school_year="2025")).then_refused(MalformedSchoolYear)
    next_year = msgspec.structs.replace(PLAN, school_year="2026/27", call_by=None)
    assert given.when(next_year).decided()


def test_the_lead_is_reminded_to_call_the_next_meeting_once_for_each_moment() -> None:
    given = group.given(ESTABLISHED, PLANNED)
    given.when(remind(FIRST), by=CLOCK, at=FIRST).then(reminded(FIRST, 0))
    given.when(remind(FIRST), by=CLOCK, at=FIRST - timedelta(seconds=1)).then_refused(
        TooEarly, due=FIRST.isoformat()
    )
    group.given(ESTABLISHED, PLANNED, reminded(FIRST, 0)).when(
        remind(FIRST), by=CLOCK, at=SECOND
    ).then_nothing()


@pytest.mark.parametrize(("moment", "meetings"), [(FIRST, 0), (SECOND, 0), (SECOND, 1), (THIRD, 2)])
def test_fewer_meetings_than_planned_by_then_are_a_reason(moment: datetime, meetings: int) -> None:
    there = [called(n + 1, berlin(2026, 7, 1, 14)) for n in range(meetings)]
    group.given(ESTABLISHED, PLANNED, *there).when(remind(moment), by=CLOCK, at=moment).then(
        reminded(moment, meetings)
    )


@pytest.mark.parametrize(("moment", "meetings"), [(FIRST, 1), (SECOND, 2), (THIRD, 3), (FIRST, 3)])
def test_nobody_is_reminded_of_what_is_held_or_called(moment: datetime, meetings: int) -> None:
    there = [held(n + 1) for n in range(meetings)]
    group.given(ESTABLISHED, PLANNED, *there).when(
        remind(moment), by=CLOCK, at=moment
    ).then_nothing()


def test_a_cancelled_meeting_and_one_of_another_school_year_do_not_count() -> None:
    cancelled = MeetingCancelled(group=GROUP_ID, meeting=1, reason="Krank")
    next_year = called(2, berlin(2026, 8, 1, 14))
    history = (ESTABLISHED, PLANNED, called(), cancelled, next_year)
    group.given(*history).when(remind(FIRST), by=CLOCK, at=FIRST).then(reminded(FIRST, 0))


def test_nobody_is_reminded_of_what_is_not_planned() -> None:
    group.given(ESTABLISHED).when(remind(FIRST), by=CLOCK, at=THIRD).then_nothing()
    other = MONDAY + timedelta(days=1)
    group.given(ESTABLISHED, PLANNED).when(remind(other), by=CLOCK, at=THIRD).then_nothing()


def test_the_clock_is_told_of_the_moments_to_come_in_their_order() -> None:
    next_year = MeetingsPlanned(
        group=GROUP_ID, school_year="2026/27", meetings=1, call_by=(berlin(2026, 10, 1, 9),)
    )
    calls = course(after(ESTABLISHED, next_year, PLANNED, reminded(FIRST, 0))).calls
    assert calls == (
        Call(school_year=YEAR, moment=SECOND),
        Call(school_year=YEAR, moment=THIRD),
        Call(school_year="2026/27", moment=berlin(2026, 10, 1, 9)),
    )


def test_the_clock_is_not_told_of_a_moment_that_a_later_reminder_has_overtaken() -> None:
    calls = course(after(ESTABLISHED, PLANNED, reminded(SECOND, 0))).calls
    assert calls == (Call(school_year=YEAR, moment=THIRD),)
