"""The digest goes out at seven in the morning of a working day, on the county's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.calendar import HolidayCalendar
from services.mail.outbox import next_digest

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = HolidayCalendar("DE-NW", "Europe/Berlin")


@pytest.mark.parametrize(
    ("queued", "due"),
    [
        ("2026-11-23T06:59", "2026-11-23T07:00"),  # Monday, before it goes out
        ("2026-11-23T07:00", "2026-11-24T07:00"),
        ("2026-11-27T18:00", "2026-11-30T07:00"),  # Friday evening: on Monday
        ("2026-11-28T05:00", "2026-11-30T07:00"),  # Saturday morning
        ("2026-12-24T12:00", "2026-12-28T07:00"),  # Christmas Eve: after the holidays
        ("2026-10-23T12:00", "2026-10-26T07:00"),  # the clock goes back in between
    ],
)
def test_a_notice_waits_for_the_next_morning_on_which_people_work(queued: str, due: str) -> None:
    at = datetime.fromisoformat(queued).replace(tzinfo=BERLIN)
    assert next_digest(CALENDAR, at) == datetime.fromisoformat(due).replace(tzinfo=BERLIN)
