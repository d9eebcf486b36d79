from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.goals.events import Standing, Target
from domain.goals.risk import expected, standing, still_planned
from tests.domain.goals.example import MEETING, SESSIONS, YEAR, counted

LAST = date(2026, 7, 31)
MEETINGS = Target(key="meetings", counts=MEETING, at_least=5, lead_days=14)


def stands(target: Target, actual: int, today: date, *planned: date) -> Standing:
    figure = counted(target.key, target.at_least, *range(1, actual + 1))
    return standing(target, figure, YEAR, planned=planned, today=today)


@pytest.mark.parametrize(
    ("day", "sessions"),
    [
        (date(2025, 7, 1), 0),
        (date(2025, 8, 1), 0),
        (date(2025, 10, 30), 0),
        (date(2025, 11, 1), 1),
        (date(2026, 4, 30), 1),
        (date(2026, 5, 2), 2),
        (date(2026, 7, 31), 2),
        (date(2027, 1, 1), 2),
    ],
)
def test_at_an_even_pace_one_of_two_is_there_after_a_quarter_and_two_after_three(
    day: date, sessions: int
) -> None:
    assert expected(2, YEAR, LAST, day) == sessions


def test_on_the_first_day_nothing_is_expected_however_much_is_wanted() -> None:
    assert expected(365, YEAR, LAST, date(2025, 7, 1)) == 0
    assert expected(365, YEAR, LAST, date(2025, 8, 1)) == 0
    assert expected(365, YEAR, LAST, date(2025, 8, 2)) == 1
    assert expected(365, YEAR, LAST, LAST + timedelta(days=9)) == 365


def test_what_is_reached_is_reached_also_after_its_day() -> None:
    assert stands(SESSIONS, 2, date(2025, 9, 1)) is Standing.REACHED
    assert stands(SESSIONS, 2, date(2026, 8, 1)) is Standing.REACHED


def test_what_is_behind_and_not_planned_is_at_risk() -> None:
    assert stands(SESSIONS, 0, date(2025, 10, 30)) is Standing.ON_COURSE
    assert stands(SESSIONS, 0, date(2025, 11, 1)) is Standing.AT_RISK
    assert stands(SESSIONS, 1, date(2026, 4, 30)) is Standing.ON_COURSE
    assert stands(SESSIONS, 1, date(2026, 5, 2)) is Standing.AT_RISK


def test_what_is_planned_in_time_is_no_risk() -> None:
    may = date(2026, 5, 6)
    assert stands(SESSIONS, 1, date(2026, 5, 2), may) is Standing.ON_COURSE
    assert stands(SESSIONS, 1, date(2026, 5, 7), may) is Standing.AT_RISK, "it was not held"
    assert stands(SESSIONS, 1, date(2026, 5, 2), date(2026, 8, 20)) is Standing.AT_RISK


def test_a_plan_that_covers_only_a_part_is_a_risk_if_that_is_behind() -> None:
    planned = (date(2026, 6, 1),)
    assert stands(MEETINGS, 1, date(2026, 4, 15), *planned) is Standing.AT_RISK
    assert stands(MEETINGS, 3, date(2026, 4, 15), *planned) is Standing.ON_COURSE


def test_what_takes_longer_than_is_left_is_out_of_reach_unless_it_is_planned() -> None:
    assert stands(MEETINGS, 4, date(2026, 7, 17)) is Standing.AT_RISK
    assert stands(MEETINGS, 4, date(2026, 7, 18)) is Standing.OUT_OF_REACH
    assert stands(MEETINGS, 4, date(2026, 7, 18), LAST) is Standing.ON_COURSE


def test_what_is_not_reached_by_its_day_is_missed() -> None:
    assert stands(SESSIONS, 1, LAST, LAST) is Standing.ON_COURSE
    assert stands(SESSIONS, 1, LAST) is Standing.AT_RISK
    assert stands(SESSIONS, 1, LAST + timedelta(days=1)) is Standing.MISSED
    early = msgspec.structs.replace(SESSIONS, due=date(2025, 12, 31))
    assert stands(early, 1, date(2026, 1, 1), date(2026, 2, 1)) is Standing.MISSED
    assert stands(early, 1, date(2025, 12, 31), date(2026, 2, 1)) is Standing.AT_RISK


def test_before_the_year_begins_nothing_is_at_risk() -> None:
    summer = date(2025, 6, 1)
    assert stands(MEETINGS, 0, summer) is Standing.ON_COURSE
    first_weeks = msgspec.structs.replace(MEETINGS, due=date(2025, 8, 10))
    assert stands(first_weeks, 0, summer) is Standing.OUT_OF_REACH


def test_only_days_of_the_year_that_are_still_to_come_are_planned() -> None:
    days = (date(2025, 7, 31), date(2025, 8, 1), date(2025, 12, 1), LAST, date(2026, 8, 1))
    assert still_planned(SESSIONS, YEAR, days, date(2025, 6, 1)) == 3
    assert still_planned(SESSIONS, YEAR, days, date(2025, 12, 1)) == 2
    assert still_planned(SESSIONS, YEAR, days, date(2025, 12, 2)) == 1
    early = msgspec.structs.replace(SESSIONS, due=date(2025, 12, 31))
    assert still_planned(early, YEAR, days, date(2025, 6, 1)) == 2


ORDER = [Standing.MISSED, Standing.OUT_OF_REACH, Standing.AT_RISK, Standing.ON_COURSE]
days_of_year = st.dates(date(2025, 7, 1), date(2026, 8, 31))


def better(standing: Standing) -> int:
    return [*ORDER, Standing.REACHED].index(standing)


@given(
    actual=st.integers(0, 5),
    today=days_of_year,
    later=st.timedeltas(timedelta(), timedelta(days=400)),
    planned=st.lists(days_of_year, max_size=4),
)
def test_if_nothing_happens_it_never_gets_better(
    actual: int, today: date, later: timedelta, planned: Sequence[date]
) -> None:
    now = stands(MEETINGS, actual, today, *planned)
    assert better(stands(MEETINGS, actual, today + later, *planned)) <= better(now)


@given(actual=st.integers(0, 4), today=days_of_year, planned=st.lists(days_of_year, max_size=4))
def test_if_one_more_is_done_or_planned_it_never_gets_worse(
    actual: int, today: date, planned: Sequence[date]
) -> None:
    now = better(stands(MEETINGS, actual, today, *planned))
    assert better(stands(MEETINGS, actual + 1, today, *planned)) >= now
    assert better(stands(MEETINGS, actual, today, *planned, LAST)) >= now
