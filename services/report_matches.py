"""Which course offers fit the groups of a report, the best first."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from domain.course_offers.course_type import CourseType
from domain.course_offers.offer import Existing
from domain.language_needs.need import LearnerGroup
from domain.language_needs.record import Record
from domain.pooling.matching import Fit, Speaks, Wish, fit
from services.catalogues.places import distances

MOST = 20
"""Offers shown for each group: whoever looks further looks at the list of offers."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """`km` is None where nobody knows how far it is, or nobody has to go."""

    offer: Existing
    fit: Fit
    km: int | None


def matches_of(
    record: Record,
    group: LearnerGroup,
    offers: Iterable[Existing],
    types: Mapping[str, CourseType],
    today: date,
) -> list[Match]:
    """Those that fit come first, then those with the fewest reasons against them.

    Of equals those of which less has to be asked, then the nearer ones, then the earlier ones.
    """
    found: list[Match] = []
    for offer in offers:
        details = offer.record.details
        course_type = types.get(details.course_type)
        if course_type is None:
            continue
        km = _distance(record, details.municipality)
        wish = Wish(need=record.need, group=group, today=today, km=km)
        found.append(Match(offer=offer, fit=fit(wish, offer, course_type), km=km))
    return sorted(found, key=_order)[:MOST]


def _order(match: Match) -> tuple[int, int, int, date, str]:
    against = sum(reason.speaks is Speaks.AGAINST for reason in match.fit.reasons)
    details = match.offer.record.details
    km = 10_000 if match.km is None else match.km
    return against, len(match.fit.open), km, details.starts_on, str(match.offer.record.offer)


def _distance(record: Record, municipality: str) -> int | None:
    """From where the company looks for a course, otherwise from where it is."""
    home = record.need.place.municipality or record.company.municipality
    return distances().get(home, {}).get(municipality)
