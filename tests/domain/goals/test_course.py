"""When the goals of a school year are counted, and when it is closed."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.goals.course import Phase, YearCourse, closing, course, next_count
from domain.goals.year import Closed, Plan, Running, Unknown, first_day
from tests.domain.county import NRW, berlin
from tests.domain.goals.example import YEAR

RUNNING = Running(plan=Plan(school_year=YEAR))


def test_goals_are_counted_on_the_first_working_morning_of_each_month() -> None:
    after = berlin(2025, 7, 10)
    counts = [after := next_count(YEAR, after, NRW) for _ in range(14)]
    assert counts == [
        berlin(2025, 8, 1, 9),
        berlin(2025, 9, 1, 9),
        berlin(2025, 10, 1, 9),
        berlin(2025, 11, 3, 9),
        berlin(2025, 12, 1, 9),
        berlin(2026, 1, 2, 9),
        berlin(2026, 2, 2, 9),
        berlin(2026, 3, 2, 9),
        berlin(2026, 4, 1, 9),
        berlin(2026, 5, 4, 9),
        berlin(2026, 6, 1, 9),
        berlin(2026, 7, 1, 9),
        berlin(2026, 8, 3, 9),
        berlin(2026, 9, 1, 9),
    ]


def test_the_year_is_closed_with_the_second_count_after_its_end() -> None:
    assert closing(YEAR, NRW) == berlin(2026, 9, 1, 9)
    assert not course(RUNNING, berlin(2026, 7, 20), NRW).is_over
    assert course(RUNNING, berlin(2026, 8, 3, 9), NRW) == YearCourse(
        phase=Phase.RUNNING,
        school_year=YEAR,
        counted_at=berlin(2026, 9, 1, 9),
        is_over=True,
    )


def test_a_year_that_was_carried_over_or_opened_again_is_closed_at_the_next_count() -> None:
    late = course(RUNNING, berlin(2027, 1, 13, 12), NRW)
    assert (late.counted_at, late.is_over) == (berlin(2027, 2, 1, 9), True)


def test_nothing_is_waited_for_in_a_closed_year_or_one_without_goals() -> None:
    closed = Closed(plan=RUNNING.plan, figures=())
    for year in (Unknown(), closed):
        assert course(year, berlin(2026, 1, 1), NRW) == YearCourse(phase=Phase.ENDED)


@given(
    days=st.integers(min_value=-400, max_value=4000), hours=st.integers(min_value=0, max_value=23)
)
def test_the_next_count_is_later_and_at_most_a_month_and_some_holidays_away(
    days: int, hours: int
) -> None:
    after = berlin(2025, 8, 1) + timedelta(days=days, hours=hours)
    moment = next_count(YEAR, after, NRW)
    assert moment > after
    begun = max(after, berlin(2025, 8, 1))
    assert moment - begun <= timedelta(days=31 + 5)
    assert moment.date() >= first_day(YEAR)
