"""Course offers are entered, updated, confirmed anew and withdrawn; older news changes nothing."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.course_offers.commands import (
    CheckOffer,
    CourseOfferCommand,
    EnterOffer,
    UpdateOffer,
    WithdrawOffer,
)
from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.details import Details, Source
from domain.course_offers.errors import (
    AlreadyEntered,
    AlreadyWithdrawn,
    AsOfInTheFuture,
    DatesOutOfOrder,
    KeyMalformed,
    OlderThanKnown,
    ReasonMissing,
    UnknownOffer,
)
from domain.course_offers.events import (
    CourseOfferEvent,
    OfferChecked,
    OfferEntered,
    OfferUpdated,
)
from domain.kernel import DomainError
from tests.domain.course_offers.example import (
    AS_OF,
    CHECKED,
    CONTEXT,
    ENTER,
    ENTERED,
    EXPIRES,
    JOB_BSK,
    OFFER_ID,
    TODAY,
    WITHDRAWN,
)

LATER = AS_OF + timedelta(days=7)
BOOKED = msgspec.structs.replace(JOB_BSK, booked=15)


def decided(command: CourseOfferCommand, *given: CourseOfferEvent) -> list[CourseOfferEvent]:
    return list(COURSE_OFFER.decide(command, COURSE_OFFER.replay(given), CONTEXT))


def update(details: Details = BOOKED, as_of: date = LATER) -> UpdateOffer:
    return UpdateOffer(offer=OFFER_ID, details=details, as_of=as_of)


def entering(**changes: object) -> EnterOffer:
    return msgspec.structs.replace(ENTER, **changes)  # pyright: ignore[reportArgumentType]  (fields of the command)


def test_an_offer_is_entered_once_and_counts_as_checked_for_28_days() -> None:
    assert decided(ENTER) == [ENTERED]
    assert ENTERED.expires == EXPIRES
    assert decided(ENTER, ENTERED) == []
    with pytest.raises(AlreadyEntered):
        decided(entering(details=BOOKED), ENTERED)


def test_the_same_number_at_another_source_is_another_offer() -> None:
    other = entering(source=Source.KURSNET)
    assert other.subject != OFFER_ID


def test_what_changes_is_said_as_of_a_later_day() -> None:
    assert decided(update(), ENTERED) == [
        OfferUpdated(
            offer=OFFER_ID, details=BOOKED, as_of=LATER, expires=LATER + timedelta(days=28)
        )
    ]
    assert decided(update(JOB_BSK, AS_OF), ENTERED) == []
    with pytest.raises(OlderThanKnown):
        decided(update(as_of=AS_OF - timedelta(days=1)), ENTERED)


def test_an_offer_is_confirmed_anew_and_may_expire_earlier() -> None:
    check = CheckOffer(offer=OFFER_ID, as_of=LATER, expires=LATER + timedelta(days=3))
    assert decided(check, ENTERED) == [
        OfferChecked(offer=OFFER_ID, as_of=LATER, expires=LATER + timedelta(days=3))
    ]
    assert decided(CheckOffer(offer=OFFER_ID, as_of=AS_OF), ENTERED, CHECKED) == []


def test_a_withdrawn_offer_stays_so_until_it_is_entered_again() -> None:
    withdraw = WithdrawOffer(offer=OFFER_ID, reason="Der Kurs fällt aus.")
    assert decided(withdraw, ENTERED) == [WITHDRAWN]
    assert decided(withdraw, ENTERED, WITHDRAWN) == []
    for command in (update(), CheckOffer(offer=OFFER_ID, as_of=LATER)):
        with pytest.raises(AlreadyWithdrawn):
            decided(command, ENTERED, WITHDRAWN)
    (again,) = decided(entering(as_of=LATER), ENTERED, WITHDRAWN)
    assert isinstance(again, OfferEntered)
    with pytest.raises(OlderThanKnown):
        decided(entering(as_of=AS_OF - timedelta(days=1)), ENTERED, WITHDRAWN)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (update(), UnknownOffer),
        (CheckOffer(offer=OFFER_ID, as_of=AS_OF), UnknownOffer),
        (WithdrawOffer(offer=OFFER_ID, reason="Fällt aus."), UnknownOffer),
        (entering(key=" "), KeyMalformed),
        (entering(key="1\n2"), KeyMalformed),
        (entering(as_of=TODAY + timedelta(days=1)), AsOfInTheFuture),
        (entering(expires=AS_OF - timedelta(days=1)), DatesOutOfOrder),
        (entering(expires=AS_OF + timedelta(days=93)), DatesOutOfOrder),
    ],
)
def test_what_cannot_be_is_refused(command: CourseOfferCommand, error: type[DomainError]) -> None:
    with pytest.raises(error):
        decided(command)


def test_nothing_is_withdrawn_without_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        decided(WithdrawOffer(offer=OFFER_ID, reason=" "), ENTERED)
