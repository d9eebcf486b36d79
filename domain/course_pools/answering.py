"""A company says whether it takes part: itself, or by telephone."""

from collections.abc import Sequence

from domain.course_pools.checking import check_member
from domain.course_pools.commands import AgreeToPool, DeclinePool
from domain.course_pools.context import PoolContext
from domain.course_pools.details import PoolMember
from domain.course_pools.errors import NotAMember, NotTheirWord
from domain.course_pools.events import PoolAgreed, PoolDeclined, PoolEvent
from domain.course_pools.filling import check_room, still_proposed
from domain.course_pools.forming import with_forming
from domain.course_pools.pool import (
    Existing,
    Member,
    MemberStanding,
    is_in,
    learners_in,
    member_of,
)
from domain.kernel import Role
from domain.language_needs.checking import check_remark, check_text


def agree_to_pool(
    command: AgreeToPool, pool: Existing, context: PoolContext
) -> Sequence[PoolEvent]:
    """Also after it declined, as long as nobody has been told and there is room."""
    _check_whose_word(context, by_telephone=command.by_telephone)
    member = _member(command, pool)
    if member.standing is MemberStanding.AGREED:
        return []
    still = still_proposed(pool)
    named = PoolMember(report=member.report, learners=member.learners)
    check_member(named, still.course, context, "")
    joining = 0 if is_in(still, member.report) else member.learners
    check_room(learners_in(still) + joining, still.course, "learners")
    agreed = PoolAgreed(pool=command.pool, report=command.report, by_telephone=command.by_telephone)
    return with_forming(agreed, still, context)


def decline_pool(command: DeclinePool, pool: Existing, context: PoolContext) -> Sequence[PoolEvent]:
    """Also after it agreed, as long as nobody has been told. Without it, the others may do."""
    _check_whose_word(context, by_telephone=command.by_telephone)
    check = check_text if command.by_telephone else check_remark
    check("reason", command.reason)
    member = _member(command, pool)
    if member.standing is MemberStanding.DECLINED:
        return []
    declined = PoolDeclined(
        pool=command.pool,
        report=command.report,
        reason=command.reason,
        by_telephone=command.by_telephone,
    )
    return with_forming(declined, still_proposed(pool), context)


def _check_whose_word(context: PoolContext, *, by_telephone: bool) -> None:
    """Raises NotTheirWord."""
    if by_telephone == (context.by.role is Role.COMPANY):
        raise NotTheirWord


def _member(command: AgreeToPool | DeclinePool, pool: Existing) -> Member:
    """Raises NotAMember."""
    member = member_of(pool, command.report)
    if member is None:
        raise NotAMember(str(command.report))
    return member
