"""What a cell's text means: a day, a score, an attendance, accommodations."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from domain.assessments.results import Attendance
from services.privacy.pseudonyms import PSEUDONYM, is_pseudonym, tidied
from services.results_files.columns import plain
from services.results_files.guard import unguarded
from services.results_files.wording import file_words
from services.texts.catalogue import InBoth

NOTHING = frozenset({"", "-", "–", "—"})
"""What people write where there is nothing to write."""

OTHER_PSEUDONYM = re.compile(r"[\w.~:+/=-]{1,64}", re.ASCII)
"""One of a college's own making: no spaces and no letters beyond ASCII, so most names are none."""

GERMAN_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})", re.ASCII)
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
SERIAL = re.compile(r"[345678]\d{4}", re.ASCII)
SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of the numbers spreadsheets count days by; 30000 is in 1982, 80000 in 2119."""

WHOLE = re.compile(r"[+-]?\d{1,9}(?:[.,]0+)?", re.ASCII)
FRACTION = re.compile(r"[+-]?\d{1,9}[.,]\d+", re.ASCII)
SCHOOL_YEAR = re.compile(r"(\d{4})\s*[/\u2013-]\s*(\d{2}|\d{4})", re.ASCII)
CENTURY = 2000
YEARS_OF_A_CENTURY = 100
FIRST_MONTH = 8
SEPARATORS = re.compile(r"[,;\n]")


def pseudonym_in(text: str) -> str:
    """The pseudonym in a cell: in its proper form, however it was typed."""
    plain = unguarded(text)
    if PSEUDONYM.fullmatch(plain):
        return plain
    tidy = tidied(plain)
    return tidy if is_pseudonym(tidy) else plain


def pseudonym_fault(pseudonym: str) -> str | None:
    """The code of what is wrong with the pseudonym of somebody who is not in the class yet."""
    if PSEUDONYM.fullmatch(tidied(pseudonym)):
        return None if is_pseudonym(pseudonym) else "results.pseudonym-mistyped"
    return None if OTHER_PSEUDONYM.fullmatch(pseudonym) else "results.pseudonym-malformed"


@lru_cache(maxsize=1_000)
def day(text: str) -> date | None:
    """`3.9.2026`, `03.09.26`, `2026-09-03`, or a spreadsheet's number of a day; None if neither."""
    try:
        if found := GERMAN_DAY.fullmatch(text):
            year = int(found[3])
            return date(
                year if year > YEARS_OF_A_CENTURY else CENTURY + year, int(found[2]), int(found[1])
            )
        if found := ISO_DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return SERIAL_ZERO + timedelta(days=int(text)) if SERIAL.fullmatch(text) else None


@lru_cache(maxsize=1_000)
def school_year_of(text: str) -> str | None:
    """`2026/27` for `2026/27`, `2026/2027` and `2026-27`; None if it is no school year."""
    found = SCHOOL_YEAR.fullmatch(text)
    if found is None or int(found[2]) % 100 != (int(found[1]) + 1) % 100:
        return None
    return f"{found[1]}/{found[2][-2:]}"


@lru_cache(maxsize=100)
def days_of(school_year: str) -> tuple[date, date]:
    """The first and the last day of `2026/27`: 1 August to 31 July (SchulG NRW § 7 (1))."""
    first = int(school_year[:4])
    return date(first, FIRST_MONTH, 1), date(first + 1, FIRST_MONTH, 1) - timedelta(days=1)


def whole_number(text: str) -> int | None:
    """`7` for `7`, `07` and `7,0`; None if it is no whole number."""
    return int(re.split("[.,]", text)[0]) if WHOLE.fullmatch(text) else None


def is_fraction(text: str) -> bool:
    return FRACTION.fullmatch(text) is not None


@lru_cache(maxsize=1_000)
def attendance(text: str) -> Attendance | None:
    """What the word says; None if it is none of the known ones."""
    return _attendances().get(plain(text))


def accommodations(text: str, known: Mapping[str, InBoth]) -> tuple[str, ...] | str:
    """The keys named in the text, by key or by either label, each once; or what is not known.

    A label may contain a comma: then the whole text is that label.
    """
    by_label = _by_label(known)
    whole = by_label.get(plain(text))
    if whole is not None:
        return (whole,)
    keys: dict[str, None] = {}
    for name in SEPARATORS.split(text):
        if name.strip() in NOTHING:
            continue
        key = by_label.get(plain(name))
        if key is None:
            return name.strip()
        keys[key] = None
    return tuple(keys)


def _by_label(known: Mapping[str, InBoth]) -> dict[str, str]:
    return {plain(text): key for key, label in known.items() for text in (label.de, label.en, key)}


@cache
def _attendances() -> Mapping[str, Attendance]:
    return {
        plain(text): kind
        for kind, words in file_words().attendance.items()
        for text in (*words.de, *words.en)
    }
