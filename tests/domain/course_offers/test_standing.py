"""How an offer stands on a day; only one that is current is recommended."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.details import Details
from domain.course_offers.events import CourseOfferEvent
from domain.course_offers.offer import Standing, Unknown, standing_on
from tests.domain.course_offers.example import (
    AS_OF,
    ENTERED,
    EXPIRES,
    JOB_BSK,
    STARTS,
    WITHDRAWN,
)

DAY = timedelta(days=1)
OPEN_END = msgspec.structs.replace(JOB_BSK, apply_until=None)


def stands(
    day: date, *, details: Details = JOB_BSK, then: tuple[CourseOfferEvent, ...] = ()
) -> str:
    entered = msgspec.structs.replace(ENTERED, details=details)
    offer = COURSE_OFFER.replay([entered, *then])
    assert not isinstance(offer, Unknown)
    return standing_on(offer, day)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (AS_OF, Standing.CURRENT),
        (EXPIRES, Standing.CURRENT),
        (EXPIRES + DAY, Standing.UNCHECKED),
        (date(2026, 3, 6), Standing.UNCHECKED),
        (date(2026, 3, 7), Standing.CLOSED),
        (STARTS - DAY, Standing.CLOSED),
        (STARTS, Standing.BEGUN),
    ],
)
def test_it_is_current_until_its_as_of_date_expires_and_until_it_begins(
    day: date, standing: Standing
) -> None:
    assert stands(day) == standing


def test_it_is_full_when_no_seat_is_left_and_not_when_nobody_counts() -> None:
    full = msgspec.structs.replace(OPEN_END, booked=15)
    uncounted = msgspec.structs.replace(OPEN_END, booked=None)
    assert stands(AS_OF, details=full) == Standing.FULL
    assert stands(AS_OF, details=uncounted) == Standing.CURRENT
    assert uncounted.free is None


def test_what_is_full_but_old_news_is_unchecked() -> None:
    full = msgspec.structs.replace(OPEN_END, booked=15)
    assert stands(EXPIRES + DAY, details=full) == Standing.UNCHECKED


def test_what_was_withdrawn_is_nothing_else() -> None:
    assert stands(STARTS, then=(WITHDRAWN,)) == Standing.WITHDRAWN
