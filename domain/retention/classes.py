"""Retention classes and the arithmetic of their periods: when a file may be erased."""

from datetime import date
from enum import StrEnum

import msgspec


class Start(StrEnum):
    """What the end of the calendar year is awaited of before the years are counted."""

    FILE_CLOSED = "file-closed"
    FILE_CLOSED_AND_SCHOOLING_ENDED = "file-closed-and-schooling-ended"
    """The later of both: not before the year ends in which compulsory schooling ends."""


class Erasing(StrEnum):
    """Whether an administrator confirms each erasure or the run erases by itself."""

    CONFIRMED = "with-confirmation"
    AUTOMATIC = "automatic"


class RetentionClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class of the retention plan, as an event keeps it and the plan's file writes it.

    `years` are full calendar years after the year of `start`. `archive_days`: how long the
    archive has for its answer. `is_confirmed`: the data protection officer has confirmed it.
    """

    key: str
    title: str
    title_en: str
    years: int
    start: Start
    offer_to_archive: bool
    archive_days: int = 0
    silence_is_declined: bool = False
    erasing: Erasing = Erasing.CONFIRMED
    rule: str
    source: str = ""
    is_confirmed: bool
    note: str = ""


class PersonFile(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a person, of which class it is, and the day it was closed.

    `closed_on` is None while the file is open. `schooling_ends` is the calendar year in which
    the person's compulsory schooling ends; None if that plays no part.
    """

    retention_class: str
    closed_on: date | None
    schooling_ends: int | None = None


def due_on(file: PersonFile, retained: RetentionClass) -> date | None:
    """The first day on which the file may be erased; None while it is open."""
    if file.closed_on is None:
        return None
    year = file.closed_on.year
    if retained.start is Start.FILE_CLOSED_AND_SCHOOLING_ENDED:
        year = max(year, file.schooling_ends or year)
    return date(year + retained.years + 1, 1, 1)
