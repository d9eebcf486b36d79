"""What decisions about a pool look at beside it, as far as needed."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.course_offers.offer import Offer
from domain.course_offers.offer import Unknown as NoOffer
from domain.kernel import Context
from domain.language_needs.report import CompanyReport


class PoolContext(Context, frozen=True, kw_only=True):
    """`today` in the county's zone; what is known of what the command names.

    `reports` are those named and those of the members; `elsewhere` names, for those of them that
    are asked or have agreed in another pool, that pool.
    """

    today: date
    types: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    offer: Offer = NoOffer()
    reports: Mapping[UUID, CompanyReport] = {}
    elsewhere: Mapping[UUID, UUID] = {}
