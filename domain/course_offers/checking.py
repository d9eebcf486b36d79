"""Whether what is said of a course offer makes sense, field by field."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from domain.course_offers.context import Known
from domain.course_offers.details import Details
from domain.course_offers.errors import (
    AddressNotSafe,
    AsOfInTheFuture,
    DatesOutOfOrder,
    KeyMalformed,
    LevelsOutOfOrder,
    MoreBookedThanSeats,
    NumberOutOfRange,
    OutsideTheCounty,
    TextMissing,
    TextTooLong,
    TimesMalformed,
    UnknownCourseType,
)
from domain.kernel import Invalid

LONGEST_KEY = 80
LONGEST: dict[str, int] = {"provider": 200, "title": 200, "place": 200, "url": 500}
MOST: dict[str, int] = {"units": 2_000, "seats": 500, "booked": 500, "price": 100_000}
"""Beyond these it is a slip of the pen; `price` is in cents for a lesson."""
LONGEST_CHECKED = timedelta(days=92)
"""Nobody can say of a course today that it is still so after three months."""
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_key(key: str) -> None:
    """Raises KeyMalformed."""
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        raise KeyMalformed


def check_details(details: Details, known: Known) -> None:
    """Raises the first of what is wrong."""
    for error in faults(details, known):
        raise error


def check_as_of(as_of: date, expires: date | None, today: date) -> None:
    """Raises AsOfInTheFuture; DatesOutOfOrder for what expires before it is said, or too late."""
    if as_of > today:
        raise AsOfInTheFuture(str(as_of))
    if expires is None:
        return
    if expires < as_of:
        raise DatesOutOfOrder("expires", str(expires), str(as_of))
    if expires > as_of + LONGEST_CHECKED:
        raise DatesOutOfOrder("expires", str(expires), str(as_of + LONGEST_CHECKED))


def faults(details: Details, known: Known) -> Iterator[Invalid]:
    """All that is wrong with an offer, each with its field."""
    if details.course_type not in known.types:
        yield UnknownCourseType(details.course_type)
    if details.municipality and details.municipality not in known.municipalities:
        yield OutsideTheCounty(details.municipality)
    yield from _texts(details)
    yield from _numbers(details)
    yield from _dates(details)
    yield from _times(details)
    if (
        details.from_level is not None
        and details.to_level is not None
        and details.to_level.rank <= details.from_level.rank
    ):
        yield LevelsOutOfOrder(details.from_level, details.to_level)
    if details.url and not _is_safe(details.url):
        yield AddressNotSafe()


def _texts(details: Details) -> Iterator[Invalid]:
    if not details.provider.strip():
        yield TextMissing("provider")
    for field, limit in LONGEST.items():
        if len(getattr(details, field)) > limit:
            yield TextTooLong(field, limit)


def _numbers(details: Details) -> Iterator[Invalid]:
    for field, most in MOST.items():
        number: int | None = getattr(details, field)
        least = 1 if field in {"units", "seats"} else 0
        if number is not None and not least <= number <= most:
            yield NumberOutOfRange(field, number, least, most)
    if (
        details.booked is not None
        and details.seats is not None
        and details.booked > details.seats >= 1
    ):
        yield MoreBookedThanSeats(details.booked, details.seats)


def _dates(details: Details) -> Iterator[Invalid]:
    start, end, apply_until = details.starts_on, details.ends_on, details.apply_until
    if end is not None and end < start:
        yield DatesOutOfOrder("ends_on", str(end), str(start))
    if apply_until is not None and apply_until > (end or start):
        yield DatesOutOfOrder("apply_until", str(apply_until), str(end or start))


def _times(details: Details) -> Iterator[Invalid]:
    days = details.weekdays
    if tuple(sorted(set(days))) != days or not set(days) <= set(range(1, 8)):
        yield TimesMalformed("weekdays")
    if not details.begins and not details.ends:
        return
    if not TIME.fullmatch(details.begins):
        yield TimesMalformed("begins")
    elif not TIME.fullmatch(details.ends) or details.ends <= details.begins:
        yield TimesMalformed("ends")


def _is_safe(url: str) -> bool:
    """Whether it leads to a host by https and nothing in it deceives: no account, no space."""
    if not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
