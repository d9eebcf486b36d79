from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.steering.follow_up import (
    FollowUp,
    extended,
    follow_up,
    is_to_notice,
    is_to_remind,
    overdue,
    reminded,
)
from domain.steering.follow_up_errors import DueInThePast, DueNotLater, TooEarly
from tests.domain.county import MONDAY, NRW, berlin

THURSDAY = date(2026, 3, 12)
UNTIL = berlin(2026, 3, 12, 18)


def test_a_day_ends_with_its_work_and_reminders_are_counted_back_in_working_days() -> None:
    assert follow_up(NRW, THURSDAY, (5, 2), after=MONDAY) == FollowUp(
        due=UNTIL, reminders=(berlin(2026, 3, 5, 9), berlin(2026, 3, 10, 9))
    )


def test_reminders_of_the_past_are_left_out() -> None:
    late = berlin(2026, 3, 5, 9)
    assert follow_up(NRW, THURSDAY, (5, 2), after=late).reminders == (berlin(2026, 3, 10, 9),)


@pytest.mark.parametrize("moment", [UNTIL, UNTIL + timedelta(days=1)])
def test_a_day_that_has_passed_is_refused(moment: date) -> None:
    with pytest.raises(DueInThePast):
        follow_up(NRW, THURSDAY, (), after=berlin(moment.year, moment.month, moment.day, 18))


def test_an_extension_is_never_shorter() -> None:
    this = follow_up(NRW, THURSDAY, (), after=MONDAY)
    for earlier in (date(2026, 3, 11), THURSDAY):
        with pytest.raises(DueNotLater):
            extended(this, NRW, earlier, (), at=MONDAY)
    assert extended(this, NRW, date(2026, 3, 13), (), at=MONDAY).due > this.due


@given(
    days=st.integers(0, 300),
    before=st.lists(st.integers(0, 40), max_size=4),
    hours=st.integers(0, 24 * 300),
)
def test_every_moment_is_used_once_and_overdue_comes_last(
    days: int, before: list[int], hours: int
) -> None:
    this = follow_up(NRW, MONDAY.date() + timedelta(days=days), before, after=MONDAY)
    assert list(this.reminders) == sorted(set(this.reminders))
    assert all(MONDAY < moment < this.due for moment in this.reminders)
    now = MONDAY + timedelta(hours=hours)
    for moment in this.reminders:
        if now < moment:
            with pytest.raises(TooEarly):
                is_to_remind(this, moment, now)
            continue
        assert is_to_remind(this, moment, now)
        this = reminded(this, moment)
        assert not is_to_remind(this, moment, now)
    if now < this.due:
        with pytest.raises(TooEarly):
            is_to_notice(this, now)
    else:
        assert is_to_notice(this, now)
        assert not is_to_notice(overdue(this), now)
        assert not any(is_to_remind(overdue(this), m, now) for m in this.reminders)
