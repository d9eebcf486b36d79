"""A course offer: its stages, how they follow from what happened, and how it stands on a day."""

from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.course_offers.details import Details, Source
from domain.course_offers.events import (
    CourseOfferEvent,
    OfferChecked,
    OfferEntered,
    OfferUpdated,
    OfferWithdrawn,
)

CHECKED_FOR = timedelta(days=28)
"""How long an as-of date counts if nothing else is said. KURSNET asks for an update each week."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows of the offer, as it was said last."""

    offer: UUID
    source: Source
    key: str
    details: Details
    as_of: date
    expires: date


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Offered(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record
    reason: str


Existing: TypeAlias = Offered | Withdrawn
Offer: TypeAlias = Unknown | Existing


class Standing(StrEnum):
    """How an offer stands on a day; only a current one is recommended."""

    CURRENT = "current"
    UNCHECKED = "unchecked"
    """Nobody confirmed it since its as-of date expired."""
    FULL = "full"
    CLOSED = "closed"
    """Nobody can apply any more; it has not begun."""
    BEGUN = "begun"
    WITHDRAWN = "withdrawn"


def standing_on(offer: Existing, day: date) -> Standing:
    """What is sure comes first: that a course has begun holds however old the news is."""
    record = offer.record
    if isinstance(offer, Withdrawn):
        return Standing.WITHDRAWN
    if record.details.starts_on <= day:
        return Standing.BEGUN
    if record.details.apply_until is not None and record.details.apply_until < day:
        return Standing.CLOSED
    if record.expires < day:
        return Standing.UNCHECKED
    return Standing.FULL if record.details.free == 0 else Standing.CURRENT


def evolve(offer: Offer, event: CourseOfferEvent) -> Offer:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, OfferEntered):
        return Offered(record=Record(**msgspec.structs.asdict(event)))
    if isinstance(offer, Unknown):
        return offer
    record = offer.record
    match event:
        case OfferUpdated(details=details, as_of=as_of, expires=expires):
            now = msgspec.structs.replace(record, details=details, as_of=as_of, expires=expires)
            return Offered(record=now)
        case OfferChecked(as_of=as_of, expires=expires):
            return Offered(record=msgspec.structs.replace(record, as_of=as_of, expires=expires))
        case OfferWithdrawn(reason=reason):
            return Withdrawn(record=record, reason=reason)
        case _:
            assert_never(event)
