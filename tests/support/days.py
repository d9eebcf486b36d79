"""Which day it is where the county is: between the midnights, the clock of UTC has another."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")


def today() -> date:
    return datetime.now(ZONE).date()


def in_days(ahead: int) -> date:
    """That many days from today; before it, if negative."""
    return today() + timedelta(days=ahead)
