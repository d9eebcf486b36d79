"""The working days of the county, from the holidays of its land."""

from datetime import date
from zoneinfo import ZoneInfo

import holidays

SATURDAY = 5


class HolidayCalendar:
    """Monday to Friday without public holidays, e.g. of `DE-NW` in `Europe/Berlin`."""

    def __init__(self, region: str, zone: str) -> None:
        country, _, subdivision = region.partition("-")
        self._zone = ZoneInfo(zone)
        self._holidays = holidays.country_holidays(country, subdiv=subdivision or None)

    @property
    def zone(self) -> ZoneInfo:
        return self._zone

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self._holidays
