"""What a company sees of the course it may fill with others: who they are once all have agreed."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.course_offers.levels import Level
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.pool import (
    Dissolved,
    Existing,
    Formed,
    MemberStanding,
    Proposed,
    Unknown,
    is_in,
    learners_in,
    member_of,
    taking_part,
)
from domain.language_needs.report import Closed, CompanyReport, Withdrawn
from services.catalogues.course_types import course_types
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.pool_partners import partners_of
from services.texts import Language


class OwnStanding(StrEnum):
    """How the course stands for this company."""

    ASKED = "asked"
    AGREED = "agreed"
    """It waits for the others."""
    DECLINED = "declined"
    LEFT = "left"
    """It was taken out, or the others went on without it."""
    ENDED = "ended"
    """Its report was withdrawn, and with it its place in the course."""
    FORMED = "formed"
    DISSOLVED = "dissolved"


class OwnPartner(msgspec.Struct, frozen=True, kw_only=True):
    """Another company in the course; without a name once that was erased."""

    company: str
    municipality_name: str
    learners: int


class OwnPool(msgspec.Struct, frozen=True, kw_only=True):
    """A course that companies fill together. `level` is the one it leads to.

    `companies` and `learners` count all that would take part, this company included; 0 if it does
    not. `partners` are empty until everybody has agreed. No `municipality_name`: it is online.
    """

    id: UUID
    standing: OwnStanding
    course_type: str
    course_type_name: str
    level: Level
    municipality_name: str
    starts_on: date
    companies: int
    learners: int
    by_telephone: bool
    may_agree: bool
    may_decline: bool
    partners: list[OwnPartner]


NEWEST = "select pool from course_pool_member where report = $1 order by asked desc limit 1"
"""A company is asked about one course at a time."""


async def own_pool(
    pool: Pool, store: EventStore, report: UUID, state: CompanyReport, language: Language
) -> OwnPool | None:
    """The course that the company was asked about last; None if that does not matter any more."""
    key: UUID | None = await pool.fetchval(NEWEST, report)
    if key is None or isinstance(state, Closed):
        return None
    entries = await store.load(key)
    course_pool = COURSE_POOL.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if isinstance(course_pool, Unknown):
        return None
    standing = _standing(course_pool, report, is_withdrawn=isinstance(state, Withdrawn))
    if standing is None:
        return None
    return await _view(pool, store, course_pool, report, standing, language)


def _standing(pool: Existing, report: UUID, *, is_withdrawn: bool) -> OwnStanding | None:
    """None for a withdrawn report that was out of it before."""
    member = member_of(pool, report)
    has_declined = member is not None and member.standing is MemberStanding.DECLINED
    if is_withdrawn:
        return None if has_declined or isinstance(pool, Dissolved) else OwnStanding.ENDED
    if has_declined:
        return OwnStanding.DECLINED
    if isinstance(pool, Dissolved):
        return OwnStanding.DISSOLVED
    if member is None:
        return OwnStanding.LEFT
    return OwnStanding.FORMED if isinstance(pool, Formed) else OwnStanding(member.standing.value)


async def _view(
    pool: Pool,
    store: EventStore,
    course_pool: Existing,
    report: UUID,
    standing: OwnStanding,
    language: Language,
) -> OwnPool:
    course, member = course_pool.course, member_of(course_pool, report)
    takes_part = is_in(course_pool, report) and standing is not OwnStanding.ENDED
    partners = await partners_of(store, course_pool, report) if takes_part else ()
    names = await _places(pool, [course.municipality, *(one.municipality for one in partners)])
    entry = course_types().entries.get(course.course_type)
    return OwnPool(
        id=course_pool.pool,
        standing=standing,
        course_type=course.course_type,
        course_type_name=entry.name(language) if entry else course.course_type,
        level=course.level,
        municipality_name=names.get(course.municipality, course.municipality),
        starts_on=course.starts_on,
        companies=len(taking_part(course_pool)) if takes_part else 0,
        learners=learners_in(course_pool) if takes_part else 0,
        by_telephone=member is not None and member.by_telephone,
        may_agree=_may(course_pool, standing, OwnStanding.ASKED, OwnStanding.DECLINED),
        may_decline=_may(course_pool, standing, OwnStanding.ASKED, OwnStanding.AGREED),
        partners=[
            OwnPartner(
                company=one.name,
                municipality_name=names.get(one.municipality, one.municipality),
                learners=one.learners,
            )
            for one in partners
        ],
    )


def _may(pool: Existing, standing: OwnStanding, *while_: OwnStanding) -> bool:
    """Until the course is certain, a company may change its mind."""
    return isinstance(pool, Proposed) and standing in while_


async def _places(pool: Pool, municipalities: list[str]) -> Mapping[str, str]:
    rows = await pool.fetch(
        "select ags, name from municipality where ags = any($1)", sorted(set(municipalities))
    )
    return {row["ags"]: row["name"] for row in rows}
