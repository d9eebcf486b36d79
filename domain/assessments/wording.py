"""How keys and school years are written."""

import re
from datetime import date

from domain.assessments.errors import MalformedKey, MalformedSchoolYear, NameMissing, ReasonMissing

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SCHOOL_YEAR = re.compile(r"(\d{4})/(\d{2})")
FIRST_MONTH = 8
"""A school year is from 1 August to 31 July (SchulG NRW § 7)."""


def check_key(key: str) -> None:
    if not KEY.fullmatch(key):
        raise MalformedKey(key)


def check_name(name: str) -> None:
    if not name.strip():
        raise NameMissing


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def first_year(school_year: str) -> int:
    """The calendar year in which it begins. Raises MalformedSchoolYear unless like `2026/27`."""
    found = SCHOOL_YEAR.fullmatch(school_year)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise MalformedSchoolYear(school_year)
    return int(found[1])


def year_of(day: date) -> int:
    """The calendar year in which the school year of this day begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1
