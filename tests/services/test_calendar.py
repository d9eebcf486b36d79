"""The working days of North Rhine-Westphalia, as the holidays package knows them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import deadline, morning_before
from services.calendar import HolidayCalendar
from tests.domain.county import NRW, berlin

CALENDAR = HolidayCalendar("DE-NW", "Europe/Berlin")

HOLIDAYS_2026 = {
    "Neujahr": date(2026, 1, 1),
    "Karfreitag": date(2026, 4, 3),
    "Ostermontag": date(2026, 4, 6),
    "Tag der Arbeit": date(2026, 5, 1),
    "Christi Himmelfahrt": date(2026, 5, 14),
    "Pfingstmontag": date(2026, 5, 25),
    "Fronleichnam": date(2026, 6, 4),
    "Allerheiligen 2027": date(2027, 11, 1),
    "Erster Weihnachtstag": date(2026, 12, 25),
    "Reformationstag im Jahr 2017": date(2017, 10, 31),
}
NO_HOLIDAYS = {
    "Rosenmontag": date(2026, 2, 16),
    "Gründonnerstag": date(2026, 4, 2),
    "Mariä Himmelfahrt 2025": date(2025, 8, 15),
    "Reformationstag 2025": date(2025, 10, 31),
    "Buß- und Bettag": date(2026, 11, 18),
    "Heiligabend": date(2026, 12, 24),
}


@pytest.mark.parametrize("day", HOLIDAYS_2026.values(), ids=HOLIDAYS_2026)
def test_nobody_works_on_a_holiday_of_the_land(day: date) -> None:
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize("day", NO_HOLIDAYS.values(), ids=NO_HOLIDAYS)
def test_people_work_on_what_is_a_holiday_elsewhere_or_none_at_all(day: date) -> None:
    assert CALENDAR.is_working_day(day)


def test_nobody_works_on_saturdays_and_sundays() -> None:
    week = [date(2026, 3, 2) + timedelta(days=number) for number in range(7)]
    assert [CALENDAR.is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_every_land_has_holidays_of_its_own() -> None:
    corpus_christi = date(2026, 6, 4)
    assert HolidayCalendar("DE-BE", "Europe/Berlin").is_working_day(corpus_christi)
    assert HolidayCalendar("DE", "Europe/Berlin").is_working_day(corpus_christi)
    assert not HolidayCalendar("DE", "Europe/Berlin").is_working_day(date(2026, 10, 3))


def test_the_calendar_of_the_domain_tests_is_this_one() -> None:
    day = date(2025, 4, 1)
    while day < date(2027, 1, 1):
        assert NRW.is_working_day(day) == CALENDAR.is_working_day(day), day
        day += timedelta(days=1)


def test_ten_working_days_over_easter_end_at_the_end_of_work_in_local_time() -> None:
    assert CALENDAR.zone == ZoneInfo("Europe/Berlin")
    # Sunday 29 March is the change to summer time, 3 and 6 April are Good Friday and Easter Monday.
    due = deadline(CALENDAR, berlin(2026, 3, 27, 10), 10)
    assert due == berlin(2026, 4, 14, 18) == datetime(2026, 4, 14, 16, tzinfo=UTC)
    assert morning_before(CALENDAR, due, 6) == berlin(2026, 4, 2, 9)


def test_the_day_on_which_counting_begins_is_the_local_one() -> None:
    late_on_sunday_in_utc = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert deadline(CALENDAR, late_on_sunday_in_utc, 1) == berlin(2026, 3, 3, 18)
