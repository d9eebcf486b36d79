"""How course offers and their types look from outside."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record as Row

from domain.course_offers.course_type import CourseType, Grantor, Span, Status
from domain.course_offers.details import Form, Source
from domain.course_offers.levels import Level
from domain.course_offers.offer import Existing, Standing, Withdrawn, standing_on
from services.catalogues.course_types import TypeEntry, course_types
from services.texts import Language


class CourseOfferView(msgspec.Struct, frozen=True, kw_only=True):
    """An offer as it stands on a day. Only a `current` one is recommended.

    `organisation` is the key of the provider if it takes part here: its members keep the offer.
    `free` are the seats left, null if nobody says; `price` is in cents for a lesson. `as_of` is
    the day its source spoke of, `expires` the last one on which that counts as checked.
    """

    id: UUID
    source: Source
    key: str
    standing: Standing
    course_type: str
    course_type_name: str
    provider: str
    title: str
    form: Form
    municipality: str
    municipality_name: str
    place: str
    starts_on: date
    ends_on: date | None = None
    apply_until: date | None = None
    weekdays: list[int]
    begins: str
    ends: str
    units: int | None = None
    seats: int | None = None
    booked: int | None = None
    free: int | None = None
    price: int | None = None
    url: str
    organisation: str = ""
    from_level: Level | None = None
    to_level: Level | None = None
    as_of: date
    expires: date
    withdrawn_because: str = ""
    version: int
    position: int
    changed_at: datetime


class CourseTypeView(msgspec.Struct, frozen=True, kw_only=True):
    """A type of course and its rules. `is_offered`: whether courses are held on the day asked for.

    Without `to_levels` it leads to no certified level. `grantors`: who decides for learners of
    each status; a status that is missing has no access. `assumed` names what no source states.
    """

    key: str
    name: str
    is_offered: bool
    from_levels: list[Level]
    to_levels: list[Level]
    least_units: int | None = None
    most_units: int | None = None
    least_participants: int | None = None
    most_participants: int | None = None
    grantors: Mapping[Status, tuple[Grantor, ...]]
    offered: tuple[Span, ...]
    assumed: list[str]
    source: str
    as_of: date


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Where an offer's view comes from: how often it was changed, where last, and when."""

    version: int
    position: int
    changed_at: datetime
    municipality_name: str
    organisation: str = ""


def offer_view(offer: Existing, seen: Seen, day: date, language: Language) -> CourseOfferView:
    record = offer.record
    entry = course_types().entries.get(record.details.course_type)
    said: dict[str, Any] = msgspec.structs.asdict(record.details)
    said["weekdays"] = list(record.details.weekdays)
    return CourseOfferView(
        id=record.offer,
        source=record.source,
        key=record.key,
        standing=standing_on(offer, day),
        course_type_name=entry.name(language) if entry else record.details.course_type,
        municipality_name=seen.municipality_name or record.details.municipality,
        organisation=seen.organisation,
        free=record.details.free,
        as_of=record.as_of,
        expires=record.expires,
        withdrawn_because=offer.reason if isinstance(offer, Withdrawn) else "",
        version=seen.version,
        position=seen.position,
        changed_at=seen.changed_at,
        **said,
    )


def seen_in_row(row: Row) -> Seen:
    return Seen(
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
        municipality_name=row["municipality_name"],
        organisation=row["organisation"] or "",
    )


def type_view(rules: CourseType, entry: TypeEntry, day: date, language: Language) -> CourseTypeView:
    return CourseTypeView(
        key=rules.key,
        name=entry.name(language),
        is_offered=rules.is_offered_on(day),
        from_levels=sorted(rules.from_levels, key=lambda level: level.rank),
        to_levels=sorted(rules.to_levels, key=lambda level: level.rank),
        least_units=rules.least_units,
        most_units=rules.most_units,
        least_participants=rules.least_participants,
        most_participants=rules.most_participants,
        grantors=rules.grantors,
        offered=rules.offered,
        assumed=list(entry.assumed),
        source=entry.source,
        as_of=rules.as_of,
    )
