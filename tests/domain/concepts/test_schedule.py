from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.concepts.commands import Schedule
from domain.concepts.errors import ClosesBeforeDeadline, DeadlineInThePast, NoDeadline
from domain.concepts.schedule import Moments, moments
from domain.kernel import DomainError
from tests.domain.county import MONDAY, NRW, berlin

FRIDAY = berlin(2026, 3, 6, 12)
a_moment, half_a_year = timedelta(seconds=1), timedelta(days=180)
instants = (
    st.timedeltas(timedelta(), a_moment) | st.timedeltas(timedelta(days=-9), half_a_year)
).map(lambda elapsed: MONDAY + elapsed)


def planned(schedule: Schedule, at: datetime = MONDAY) -> Moments:
    return moments(NRW, schedule, at)


def test_a_round_of_working_days_closes_at_its_deadline_and_reminds_twice() -> None:
    due = berlin(2026, 3, 16, 18)
    assert planned(Schedule(working_days=10)) == Moments(
        due=due, closes_at=due, reminders=(berlin(2026, 3, 9, 9), berlin(2026, 3, 12, 9))
    )


def test_working_days_leave_out_weekends_and_the_holidays_of_the_land() -> None:
    before_easter = berlin(2026, 4, 1, 15)
    assert planned(Schedule(working_days=2), before_easter).due == berlin(2026, 4, 7, 18)
    before_corpus_christi = berlin(2026, 6, 3, 8)
    assert planned(Schedule(working_days=1), before_corpus_christi).due == berlin(2026, 6, 5, 18)


def test_a_round_over_the_change_to_summer_time_ends_at_the_local_hour() -> None:
    round_over_change = planned(Schedule(working_days=3), berlin(2026, 3, 26, 10))
    assert round_over_change.due == datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert round_over_change.reminders == (datetime(2026, 3, 27, 8, tzinfo=UTC),)


def test_a_round_over_the_change_to_winter_time_ends_at_the_local_hour() -> None:
    round_over_change = planned(Schedule(working_days=3), berlin(2025, 10, 23, 10))
    assert round_over_change.due == datetime(2025, 10, 28, 17, tzinfo=UTC)
    assert round_over_change.reminders == (datetime(2025, 10, 24, 7, tzinfo=UTC),)


def test_grace_is_counted_in_working_days_after_the_deadline() -> None:
    graceful = planned(Schedule(working_days=4, grace_working_days=1))
    assert graceful.due == berlin(2026, 3, 6, 18)
    assert graceful.closes_at == berlin(2026, 3, 9, 18)


def test_a_deadline_may_be_a_moment() -> None:
    exact = planned(Schedule(due=FRIDAY, closes_at=FRIDAY + timedelta(hours=1), remind_at=()))
    assert exact == Moments(due=FRIDAY, closes_at=FRIDAY + timedelta(hours=1), reminders=())


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(),
        Schedule(working_days=0),
        Schedule(working_days=-1),
        Schedule(working_days=5, due=FRIDAY),
    ],
)
def test_a_round_has_either_working_days_or_a_moment(schedule: Schedule) -> None:
    with pytest.raises(NoDeadline):
        planned(schedule)


@pytest.mark.parametrize("late", [timedelta(), timedelta(microseconds=1), timedelta(days=1)])
def test_a_deadline_lies_ahead(late: timedelta) -> None:
    due = MONDAY - late
    with pytest.raises(DeadlineInThePast) as refusal:
        planned(Schedule(due=due))
    assert refusal.value.due == due.isoformat()


def test_a_deadline_within_this_very_second_has_passed() -> None:
    with pytest.raises(DeadlineInThePast):
        planned(Schedule(due=MONDAY.replace(microsecond=900)), MONDAY.replace(microsecond=100))


def test_a_round_does_not_close_before_its_deadline() -> None:
    with pytest.raises(ClosesBeforeDeadline) as refusal:
        planned(Schedule(due=FRIDAY, closes_at=FRIDAY - timedelta(seconds=1)))
    assert refusal.value.facts == {
        "due": FRIDAY.isoformat(),
        "closes_at": (FRIDAY - timedelta(seconds=1)).isoformat(),
    }


def test_reminders_in_the_past_or_after_the_deadline_are_left_out() -> None:
    in_time = FRIDAY - timedelta(hours=2)
    written = (FRIDAY, in_time, MONDAY, MONDAY - timedelta(days=1), FRIDAY + timedelta(days=1))
    assert planned(Schedule(due=FRIDAY, remind_at=written)).reminders == (in_time,)
    assert planned(Schedule(working_days=2)).reminders == ()


def test_reminders_are_sent_once_each_and_in_their_order() -> None:
    schedule = Schedule(working_days=10, remind_working_days_before=(2, 5, 2, 5))
    assert planned(schedule).reminders == (berlin(2026, 3, 9, 9), berlin(2026, 3, 12, 9))


@given(
    at=instants,
    working_days=st.none() | st.integers(-1, 20),
    due=st.none() | instants,
    grace=st.integers(0, 5),
    closes_at=st.none() | instants,
    remind_at=st.none() | st.lists(instants, max_size=4).map(tuple),
)
def test_every_schedule_is_refused_or_lies_ahead_in_order_and_in_whole_seconds(
    at: datetime,
    working_days: int | None,
    due: datetime | None,
    grace: int,
    closes_at: datetime | None,
    remind_at: tuple[datetime, ...] | None,
) -> None:
    schedule = Schedule(
        working_days=working_days,
        due=due,
        grace_working_days=grace,
        closes_at=closes_at,
        remind_at=remind_at,
    )
    try:
        when = planned(schedule, at)
    except DomainError:
        return
    assert at < when.due <= when.closes_at
    assert all(at < moment < when.due for moment in when.reminders)
    assert list(when.reminders) == sorted(set(when.reminders))
    assert {m.microsecond for m in (when.due, when.closes_at, *when.reminders)} == {0}
