from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    deadline,
    morning_before,
    working_days_after,
    working_days_before,
    working_days_between,
)
from tests.domain.county import NRW, berlin

days = st.dates(date(2025, 1, 1), date(2026, 11, 30))
counts = st.integers(1, 15)


def utc(*when: int) -> datetime:
    year, month, day, hour, *rest = when
    minute = rest[0] if rest else 0
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday to Monday
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 5, 13), 2, date(2026, 5, 18)),  # over Ascension Day
        (date(2026, 6, 3), 1, date(2026, 6, 5)),  # over Corpus Christi, a holiday in NRW
        (date(2025, 10, 31), 1, date(2025, 11, 3)),  # 31 October is none in NRW, 1 November is
        (date(2025, 12, 23), 3, date(2025, 12, 30)),  # over Christmas
        (date(2025, 12, 31), 1, date(2026, 1, 2)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # a Saturday is a start like any other
    ],
)
def test_a_deadline_counts_the_working_days_after_the_day_itself(
    start: date, count: int, end: date
) -> None:
    assert working_days_after(NRW, start, count) == end


@pytest.mark.parametrize(
    ("due", "count", "day"),
    [
        (date(2026, 3, 16), 5, date(2026, 3, 9)),
        (date(2026, 3, 16), 0, date(2026, 3, 16)),
        (date(2026, 4, 7), 1, date(2026, 4, 2)),
        (date(2026, 6, 5), 2, date(2026, 6, 2)),
    ],
)
def test_a_reminder_counts_the_working_days_before_the_deadline(
    due: date, count: int, day: date
) -> None:
    assert working_days_before(NRW, due, count) == day


@given(start=days, count=counts)
def test_a_deadline_is_on_a_working_day_with_that_many_working_days_gone_by(
    start: date, count: int
) -> None:
    end = working_days_after(NRW, start, count)
    passed = [start + timedelta(n) for n in range(1, (end - start).days + 1)]
    assert NRW.is_working_day(end)
    assert sum(map(NRW.is_working_day, passed)) == count


@given(end=days.filter(NRW.is_working_day), count=counts)
def test_counting_back_and_forth_ends_where_it_began(end: date, count: int) -> None:
    assert working_days_after(NRW, working_days_before(NRW, end, count), count) == end


def test_a_deadline_ends_with_the_working_day_in_the_county() -> None:
    assert deadline(NRW, berlin(2026, 3, 2, 10), 10) == berlin(2026, 3, 16, 18)


def test_a_deadline_counts_from_the_county_s_day_and_not_from_that_of_greenwich() -> None:
    late_on_friday = utc(2026, 3, 6, 22, 30)
    already_monday = utc(2026, 3, 8, 23, 30)
    assert deadline(NRW, late_on_friday, 1) == berlin(2026, 3, 9, 18)
    assert deadline(NRW, already_monday, 1) == berlin(2026, 3, 10, 18)


def test_a_deadline_keeps_its_local_hour_when_summer_time_begins() -> None:
    assert deadline(NRW, utc(2026, 3, 27, 12), 1) == utc(2026, 3, 30, 16)
    assert deadline(NRW, utc(2026, 3, 26, 12), 1) == utc(2026, 3, 27, 17)


def test_a_deadline_keeps_its_local_hour_when_summer_time_ends() -> None:
    assert deadline(NRW, utc(2025, 10, 24, 12), 1) == utc(2025, 10, 27, 17)
    assert deadline(NRW, utc(2025, 10, 23, 12), 1) == utc(2025, 10, 24, 16)


def test_a_reminder_keeps_its_local_hour_when_the_clocks_change() -> None:
    assert morning_before(NRW, berlin(2026, 3, 31, 18), 2) == utc(2026, 3, 27, 8)
    assert morning_before(NRW, berlin(2025, 10, 28, 18), 2) == utc(2025, 10, 24, 7)


@given(start=days, count=counts)
def test_between_a_day_and_the_so_manieth_working_day_after_it_are_so_many(
    start: date, count: int
) -> None:
    end = working_days_after(NRW, start, count)
    assert working_days_between(NRW, start, end) == count
    assert working_days_between(NRW, end, start) == 0
