"""A pool: its stages, who is in it, and how both follow from what happened."""

from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.course_pools.details import PoolCourse, PoolMember
from domain.course_pools.events import (
    PoolAgreed,
    PoolDeclined,
    PoolDissolved,
    PoolEvent,
    PoolFormed,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)


class PoolStanding(StrEnum):
    PROPOSED = "proposed"
    FORMED = "formed"
    DISSOLVED = "dissolved"


class MemberStanding(StrEnum):
    """What a company has said; one that declined is out, and may be asked anew."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    report: UUID
    learners: int
    standing: MemberStanding = MemberStanding.ASKED
    by_telephone: bool = False


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows; `members` in the order in which they were asked last."""

    pool: UUID
    course: PoolCourse
    members: tuple[Member, ...]


class Proposed(Filled, frozen=True, kw_only=True, tag=True):
    """Companies are asked, and know nothing of each other."""


class Formed(Filled, frozen=True, kw_only=True, tag=True):
    """They know of each other and share the course."""


class Dissolved(Filled, frozen=True, kw_only=True, tag=True):
    reason: str


Existing: TypeAlias = Proposed | Formed | Dissolved
CoursePool: TypeAlias = Unknown | Existing


def evolve(pool: CoursePool, event: PoolEvent) -> CoursePool:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, PoolProposed):
        members = tuple(Member(report=m.report, learners=m.learners) for m in event.members)
        return Proposed(pool=event.pool, course=event.course, members=members)
    if isinstance(pool, Unknown):
        return pool
    match event:
        case PoolMemberAdded(report=report, learners=learners):
            others = _without(pool, report)
            return _with(pool, (*others, Member(report=report, learners=learners)))
        case PoolMemberRemoved(report=report):
            return _with(pool, _without(pool, report))
        case PoolAgreed() | PoolDeclined():
            return _answered(pool, event)
        case PoolFormed():
            return Formed(pool=pool.pool, course=pool.course, members=pool.members)
        case PoolDissolved(reason=reason):
            return Dissolved(
                pool=pool.pool, course=pool.course, members=pool.members, reason=reason
            )
        case _:
            assert_never(event)


def _answered(pool: Existing, event: PoolAgreed | PoolDeclined) -> Existing:
    has_agreed = isinstance(event, PoolAgreed)
    standing = MemberStanding.AGREED if has_agreed else MemberStanding.DECLINED
    members = tuple(
        msgspec.structs.replace(member, standing=standing, by_telephone=event.by_telephone)
        if member.report == event.report
        else member
        for member in pool.members
    )
    return _with(pool, members)


def _without(pool: Existing, report: UUID) -> tuple[Member, ...]:
    return tuple(member for member in pool.members if member.report != report)


def _with(pool: Existing, members: tuple[Member, ...]) -> Existing:
    return msgspec.structs.replace(pool, members=members)


def standing_of(pool: Existing) -> PoolStanding:
    match pool:
        case Proposed():
            return PoolStanding.PROPOSED
        case Formed():
            return PoolStanding.FORMED
        case Dissolved():
            return PoolStanding.DISSOLVED
        case _:
            assert_never(pool)


def member_of(pool: Existing, report: UUID) -> Member | None:
    """What is known of this company in the pool, also after it declined."""
    return next((member for member in pool.members if member.report == report), None)


def taking_part(pool: Existing) -> tuple[Member, ...]:
    """Who is still in: has agreed, or is asked."""
    return tuple(m for m in pool.members if m.standing is not MemberStanding.DECLINED)


def learners_in(pool: Existing) -> int:
    """Of all who are still in."""
    return sum(member.learners for member in taking_part(pool))


def is_below_minimum(pool: Existing) -> bool:
    """Whether learners are missing; a pool that was formed stays formed all the same."""
    return learners_in(pool) < pool.course.minimum


def is_in(pool: CoursePool, report: UUID) -> bool:
    """Whether the report is asked or has agreed, and the pool is not dissolved."""
    if isinstance(pool, Unknown | Dissolved):
        return False
    return any(member.report == report for member in taking_part(pool))


def told(pool: Existing) -> tuple[PoolMember, ...]:
    """Those who are still in, as they learn of each other."""
    return tuple(PoolMember(report=m.report, learners=m.learners) for m in taking_part(pool))
