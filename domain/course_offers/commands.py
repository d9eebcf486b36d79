"""What can be asked of a course offer."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.course_offers.details import Details, Source
from domain.kernel import Command, stream_id


def offer_id(source: Source, key: str) -> UUID:
    """An offer is named by its source and the key it has there."""
    return stream_id("course-offer", f"{source}/{key}")


class EnterOffer(Command, frozen=True, kw_only=True):
    """Without `expires`, it counts as checked for as long as the rule says."""

    source: Source
    key: str
    details: Details
    as_of: date
    expires: date | None = None

    @property
    def subject(self) -> UUID:
        return offer_id(self.source, self.key)


class AboutOffer(Command, frozen=True, kw_only=True):
    """A command to an offer that is known."""

    offer: UUID

    @property
    def subject(self) -> UUID:
        return self.offer


class UpdateOffer(AboutOffer, frozen=True, kw_only=True):
    """Everything as it shall be, also what stays the same."""

    details: Details
    as_of: date
    expires: date | None = None


class CheckOffer(AboutOffer, frozen=True, kw_only=True):
    """It is still so on this day."""

    as_of: date
    expires: date | None = None


class WithdrawOffer(AboutOffer, frozen=True, kw_only=True):
    reason: str


CourseOfferCommand: TypeAlias = EnterOffer | UpdateOffer | CheckOffer | WithdrawOffer
