from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.retention.classes import PersonFile, RetentionClass, Start, due_on
from tests.domain.retention.example import RETAINED


def retained(years: int, start: Start = Start.FILE_CLOSED) -> RetentionClass:
    return RetentionClass(
        key="some",
        title="Einige",
        title_en="Some",
        years=years,
        start=start,
        offer_to_archive=False,
        rule="",
        is_confirmed=True,
    )


def closed(on: date, schooling_ends: int | None = None) -> PersonFile:
    return PersonFile(retention_class="some", closed_on=on, schooling_ends=schooling_ends)


@pytest.mark.parametrize("years", [50, 20, 10, 5, 1])
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 3, 2), date(2026, 12, 31)])
def test_the_years_are_counted_from_the_end_of_the_year_of_closing(years: int, day: date) -> None:
    assert due_on(closed(day), retained(years)) == date(2027 + years, 1, 1)


def test_an_open_file_is_never_due() -> None:
    assert due_on(PersonFile(retention_class="some", closed_on=None), RETAINED) is None


def test_the_years_do_not_begin_before_compulsory_schooling_ends() -> None:
    rule = retained(5, Start.FILE_CLOSED_AND_SCHOOLING_ENDED)
    assert due_on(closed(date(2026, 7, 1), schooling_ends=2029), rule) == date(2035, 1, 1)
    assert due_on(closed(date(2026, 7, 1), schooling_ends=2024), rule) == date(2032, 1, 1)
    assert due_on(closed(date(2026, 7, 1)), rule) == date(2032, 1, 1)


def test_schooling_plays_no_part_where_the_class_does_not_say_so() -> None:
    assert due_on(closed(date(2026, 7, 1), schooling_ends=2029), retained(5)) == date(2032, 1, 1)


@given(
    on=st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    years=st.integers(0, 100),
    schooling=st.none() | st.integers(1990, 2090),
    start=st.sampled_from(Start),
)
def test_at_least_the_full_years_lie_between_closing_and_erasure(
    on: date, years: int, schooling: int | None, start: Start
) -> None:
    due = due_on(closed(on, schooling), retained(years, start))
    assert due is not None
    assert due.year - on.year > years
    assert (due.month, due.day) == (1, 1)
