"""What happens to a course offer. Nothing of it is personal."""

from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from domain.course_offers.details import Details, Source
from domain.kernel import Event


class OfferEntered(Event, frozen=True, kw_only=True):
    """The offer is known, or known again after it was withdrawn.

    `as_of` is the day on which the source said so, `expires` the last day on which that still
    counts as checked.
    """

    TOPIC: ClassVar[str] = "course-offer.entered"
    offer: UUID
    source: Source
    key: str
    details: Details
    as_of: date
    expires: date


class OfferUpdated(Event, frozen=True, kw_only=True):
    """Everything as it is now, also what stayed the same."""

    TOPIC: ClassVar[str] = "course-offer.updated"
    offer: UUID
    details: Details
    as_of: date
    expires: date


class OfferChecked(Event, frozen=True, kw_only=True):
    """Somebody, or a newer list, said that it is still so."""

    TOPIC: ClassVar[str] = "course-offer.checked"
    offer: UUID
    as_of: date
    expires: date


class OfferWithdrawn(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "course-offer.withdrawn"
    offer: UUID
    reason: str


CourseOfferEvent: TypeAlias = OfferEntered | OfferUpdated | OfferChecked | OfferWithdrawn
