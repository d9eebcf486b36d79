"""A pool is put together: proposed, a company more, a company less, dissolved."""

from collections.abc import Sequence

from domain.course_pools.checking import FEWEST, check_course, check_member
from domain.course_pools.commands import (
    AddPoolMember,
    DissolvePool,
    ProposePool,
    RemovePoolMember,
)
from domain.course_pools.context import PoolContext
from domain.course_pools.details import PoolCourse, PoolMember
from domain.course_pools.errors import (
    AlreadyDissolved,
    AlreadyFormed,
    AlreadyMember,
    AlreadyProposed,
    NamedTwice,
    NoRoom,
    TooFewMembers,
)
from domain.course_pools.events import (
    PoolDissolved,
    PoolEvent,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)
from domain.course_pools.forming import with_forming
from domain.course_pools.pool import (
    CoursePool,
    Dissolved,
    Existing,
    Formed,
    Proposed,
    Unknown,
    is_in,
    learners_in,
    member_of,
    told,
)
from domain.language_needs.checking import check_text


def propose_pool(
    command: ProposePool, pool: CoursePool, context: PoolContext
) -> Sequence[PoolEvent]:
    """Two companies or more, as many learners as there is room for; fewer than it takes may grow.

    Said again as it is, it is no other pool.
    """
    proposed = PoolProposed(pool=command.pool, course=command.course, members=command.members)
    if not isinstance(pool, Unknown):
        if isinstance(pool, Proposed) and _says(pool) == (command.course, command.members):
            return []
        raise AlreadyProposed(str(command.pool))
    check_course(command.course, context)
    if len(command.members) < FEWEST:
        raise TooFewMembers(len(command.members))
    named = [member.report for member in command.members]
    for number, member in enumerate(command.members):
        if member.report in named[:number]:
            raise NamedTwice(str(member.report), f"members/{number}/report")
        check_member(member, command.course, context, f"members/{number}")
    check_room(sum(member.learners for member in command.members), command.course, "members")
    return [proposed]


def add_member(command: AddPoolMember, pool: Existing, context: PoolContext) -> Sequence[PoolEvent]:
    """Also one that declined; the others keep their word, since they agreed to the course."""
    member = command.member
    still = still_proposed(pool)
    if is_in(still, member.report):
        if _is_told(still, member):
            return []
        raise AlreadyMember(str(member.report), member.learners)
    check_member(member, still.course, context, "")
    check_room(learners_in(still) + member.learners, still.course, "learners")
    return [PoolMemberAdded(pool=command.pool, report=member.report, learners=member.learners)]


def remove_member(
    command: RemovePoolMember, pool: Existing, context: PoolContext
) -> Sequence[PoolEvent]:
    """It may be the last one that was waited for; a pool that is formed stays formed."""
    check_text("reason", command.reason)
    if isinstance(pool, Dissolved):
        raise AlreadyDissolved(str(command.pool))
    if not is_in(pool, command.report):
        return []
    removed = PoolMemberRemoved(pool=command.pool, report=command.report, reason=command.reason)
    return with_forming(removed, pool, context)


def dissolve_pool(command: DissolvePool, pool: Existing) -> Sequence[PoolEvent]:
    check_text("reason", command.reason)
    if isinstance(pool, Dissolved):
        return []
    return [PoolDissolved(pool=command.pool, reason=command.reason)]


def still_proposed(pool: Existing) -> Proposed:
    """Raises AlreadyFormed and AlreadyDissolved."""
    match pool:
        case Formed():
            raise AlreadyFormed(str(pool.pool))
        case Dissolved():
            raise AlreadyDissolved(str(pool.pool))
        case _:
            return pool


def check_room(learners: int, course: PoolCourse, field: str) -> None:
    """Raises NoRoom."""
    if learners > course.maximum:
        raise NoRoom(learners, course.maximum, field)


def _says(pool: Proposed) -> tuple[PoolCourse, tuple[PoolMember, ...]]:
    return pool.course, told(pool)


def _is_told(pool: Proposed, member: PoolMember) -> bool:
    known = member_of(pool, member.report)
    return known is not None and known.learners == member.learners
