"""Whether what a report says makes sense, and that nobody who learns is named in it."""

import re
from collections.abc import Iterator

from domain.course_offers.course_type import Status
from domain.directory.address import checked_address
from domain.kernel import Invalid
from domain.language_needs.errors import (
    ContactUnreachable,
    LevelNotHigher,
    NamesSomebody,
    NumberOutOfRange,
    OnlyForApprentices,
    TextMissing,
    TextTooLong,
    TimesOutOfOrder,
    ValueMalformed,
)
from domain.language_needs.need import Company, Contact, LearnerGroup, Need, Place, Times
from domain.language_needs.persons import persons_in

MOST_GROUPS = 10
MOST_LEARNERS = 500
MOST_WEEKS = 104
MOST_KM = 200
MOST_YEARS = 4
LONGEST_TEXT = 2000
LONGEST_NAME = 200
LONGEST_APPRENTICESHIP = 100
LONGEST_PHONE = 40
LAST_WEEKDAY = 7
TRADES = "ABCDEFGHIJKLMNOPQRSTU"
"""The sections of the classification of economic activities (WZ 2008)."""
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_need(need: Need) -> None:
    """Raises the first of what is wrong: an Invalid with its `field`."""
    for error in faults(need):
        raise error


def faults(need: Need) -> Iterator[Invalid]:
    """All that is wrong with a need."""
    yield from _range("groups", len(need.groups), 1, MOST_GROUPS)
    for number, group in enumerate(need.groups):
        yield from _group_faults(group, f"groups/{number}")
    yield from _time_faults(need.times)
    yield from _place_faults(need.place)
    if need.weeks is not None:
        yield from _range("weeks", need.weeks, 1, MOST_WEEKS)


def check_company(company: Company) -> None:
    """Raises TextMissing, TextTooLong and ValueMalformed."""
    _check_line("company/name", company.name, LONGEST_NAME)
    if company.trade and (len(company.trade) != 1 or company.trade not in TRADES):
        raise ValueMalformed("company/trade")


def check_contact(contact: Contact, *, by_mail: bool) -> None:
    """Raises TextMissing, TextTooLong, MalformedAddress and ContactUnreachable."""
    _check_line("contact/name", contact.name, LONGEST_NAME)
    for field, text, limit in (
        ("contact/function", contact.function, LONGEST_NAME),
        ("contact/phone", contact.phone, LONGEST_PHONE),
    ):
        if len(text) > limit:
            raise TextTooLong(field, limit)
    if contact.email:
        checked_address(contact.email)
    elif by_mail or not contact.phone:
        raise ContactUnreachable


def check_language(language: str) -> None:
    if not LANGUAGE.fullmatch(language):
        raise ValueMalformed("language")


def check_text(field: str, text: str) -> None:
    """It says something, is not too long, and names nobody.

    Raises TextMissing, TextTooLong and NamesSomebody.
    """
    if not text.strip():
        raise TextMissing(field)
    check_remark(field, text)


def check_remark(field: str, text: str) -> None:
    """The same of what may be left out. Raises TextTooLong and NamesSomebody."""
    check_length(field, text)
    if places := persons_in(text):
        listed = ", ".join(f"{place.sign} {place.start}-{place.end}" for place in places)
        raise NamesSomebody(field, listed)


def check_length(field: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(field, LONGEST_TEXT)


def check_message(field: str, text: str) -> None:
    """What is said to the company may name whom it is said to. Raises TextMissing, TextTooLong."""
    if not text.strip():
        raise TextMissing(field)
    check_length(field, text)


def check_number(field: str, value: int, least: int, most: int = MOST_LEARNERS) -> None:
    """Raises NumberOutOfRange."""
    for error in _range(field, value, least, most):
        raise error


def _check_line(field: str, text: str, limit: int) -> None:
    if not text.strip():
        raise TextMissing(field)
    if len(text) > limit:
        raise TextTooLong(field, limit)


def _range(field: str, value: int, least: int, most: int) -> Iterator[Invalid]:
    if not least <= value <= most:
        yield NumberOutOfRange(field, value, least, most)


def _group_faults(group: LearnerGroup, field: str) -> Iterator[Invalid]:
    yield from _range(f"{field}/number", group.number, 1, MOST_LEARNERS)
    if group.wanted.rank <= group.present.rank:
        yield LevelNotHigher(f"{field}/wanted")
    if group.status is not Status.APPRENTICE:
        for name in ("apprenticeship", "college", "year"):
            if getattr(group, name):
                yield OnlyForApprentices(f"{field}/{name}")
    if group.year is not None:
        yield from _range(f"{field}/year", group.year, 1, MOST_YEARS)
    if len(group.apprenticeship) > LONGEST_APPRENTICESHIP:
        yield TextTooLong(f"{field}/apprenticeship", LONGEST_APPRENTICESHIP)
    elif places := persons_in(group.apprenticeship):
        listed = ", ".join(f"{place.sign} {place.start}-{place.end}" for place in places)
        yield NamesSomebody(f"{field}/apprenticeship", listed)


def _time_faults(times: Times) -> Iterator[Invalid]:
    if not all(1 <= day <= LAST_WEEKDAY for day in times.weekdays):
        yield ValueMalformed("times/weekdays")
    written = {"times/earliest": times.earliest, "times/latest": times.latest}
    malformed = [field for field, text in written.items() if text and not TIME.fullmatch(text)]
    yield from (ValueMalformed(field) for field in malformed)
    if times.earliest and times.latest and not malformed and times.latest <= times.earliest:
        yield TimesOutOfOrder(times.earliest, times.latest)


def _place_faults(place: Place) -> Iterator[Invalid]:
    if place.room_for is not None:
        yield from _range("place/room_for", place.room_for, 1, MOST_LEARNERS)
    if place.max_km is not None:
        yield from _range("place/max_km", place.max_km, 1, MOST_KM)
