"""What a course offer decides: entered, updated, confirmed anew, withdrawn."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

import msgspec

from domain.course_offers.checking import check_as_of, check_details, check_key
from domain.course_offers.commands import (
    CheckOffer,
    CourseOfferCommand,
    EnterOffer,
    UpdateOffer,
    WithdrawOffer,
)
from domain.course_offers.context import OfferContext
from domain.course_offers.errors import (
    AlreadyEntered,
    AlreadyWithdrawn,
    OlderThanKnown,
    ReasonMissing,
    UnknownOffer,
)
from domain.course_offers.events import (
    CourseOfferEvent,
    OfferChecked,
    OfferEntered,
    OfferUpdated,
    OfferWithdrawn,
)
from domain.course_offers.offer import (
    CHECKED_FOR,
    Existing,
    Offer,
    Offered,
    Record,
    Unknown,
    Withdrawn,
    evolve,
)
from domain.kernel import Aggregate


def decide(
    command: CourseOfferCommand, offer: Offer, context: OfferContext
) -> Sequence[CourseOfferEvent]:
    if isinstance(command, EnterOffer):
        return enter_offer(command, offer, context)
    if isinstance(offer, Unknown):
        raise UnknownOffer(str(command.offer))
    match command:
        case UpdateOffer():
            return update_offer(command, offer, context)
        case CheckOffer():
            return check_offer(command, offer, context)
        case WithdrawOffer():
            return withdraw_offer(command, offer)
        case _:
            assert_never(command)


def enter_offer(
    command: EnterOffer, offer: Offer, context: OfferContext
) -> Sequence[CourseOfferEvent]:
    """Once under its key at its source; again once it was withdrawn."""
    check_key(command.key)
    check_details(command.details, context.known)
    check_as_of(command.as_of, command.expires, context.today)
    if isinstance(offer, Withdrawn):
        _check_newer(command.as_of, offer.record)
    entered = OfferEntered(
        offer=command.subject,
        source=command.source,
        key=command.key,
        details=command.details,
        as_of=command.as_of,
        expires=_expires(command.as_of, command.expires),
    )
    if not isinstance(offer, Offered):
        return [entered]
    if offer.record == Record(**msgspec.structs.asdict(entered)):
        return []
    raise AlreadyEntered(command.source, command.key)


def update_offer(
    command: UpdateOffer, offer: Existing, context: OfferContext
) -> Sequence[CourseOfferEvent]:
    """What is said of it is said anew, as of a day that is not before the last."""
    record = _going_on(offer)
    check_details(command.details, context.known)
    check_as_of(command.as_of, command.expires, context.today)
    _check_newer(command.as_of, record)
    expires = _expires(command.as_of, command.expires)
    if (command.details, command.as_of, expires) == (
        record.details,
        record.as_of,
        record.expires,
    ):
        return []
    return [
        OfferUpdated(
            offer=record.offer, details=command.details, as_of=command.as_of, expires=expires
        )
    ]


def check_offer(
    command: CheckOffer, offer: Existing, context: OfferContext
) -> Sequence[CourseOfferEvent]:
    record = _going_on(offer)
    check_as_of(command.as_of, command.expires, context.today)
    _check_newer(command.as_of, record)
    expires = _expires(command.as_of, command.expires)
    if (command.as_of, expires) == (record.as_of, record.expires):
        return []
    return [OfferChecked(offer=record.offer, as_of=command.as_of, expires=expires)]


def withdraw_offer(command: WithdrawOffer, offer: Existing) -> Sequence[CourseOfferEvent]:
    if not command.reason.strip():
        raise ReasonMissing
    if isinstance(offer, Withdrawn):
        return []
    return [OfferWithdrawn(offer=offer.record.offer, reason=command.reason)]


def _going_on(offer: Existing) -> Record:
    """Raises AlreadyWithdrawn."""
    if isinstance(offer, Withdrawn):
        raise AlreadyWithdrawn(str(offer.record.offer))
    return offer.record


def _check_newer(as_of: date, record: Record) -> None:
    if as_of < record.as_of:
        raise OlderThanKnown(str(as_of), str(record.as_of))


def _expires(as_of: date, expires: date | None) -> date:
    return as_of + CHECKED_FOR if expires is None else expires


COURSE_OFFER: Aggregate[CourseOfferCommand, CourseOfferEvent, Offer, OfferContext] = Aggregate(
    "course-offer", initial=Unknown(), evolve=evolve, decide=decide
)
