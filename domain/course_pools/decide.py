"""What a pool decides."""

from collections.abc import Sequence
from typing import assert_never

from domain.course_pools.answering import agree_to_pool, decline_pool
from domain.course_pools.commands import (
    AddPoolMember,
    AgreeToPool,
    DeclinePool,
    DissolvePool,
    PoolCommand,
    ProposePool,
    RemovePoolMember,
)
from domain.course_pools.context import PoolContext
from domain.course_pools.errors import UnknownPool
from domain.course_pools.events import PoolEvent
from domain.course_pools.filling import (
    add_member,
    dissolve_pool,
    propose_pool,
    remove_member,
)
from domain.course_pools.pool import CoursePool, Unknown, evolve
from domain.kernel import Aggregate


def decide(command: PoolCommand, pool: CoursePool, context: PoolContext) -> Sequence[PoolEvent]:
    if isinstance(command, ProposePool):
        return propose_pool(command, pool, context)
    if isinstance(pool, Unknown):
        raise UnknownPool(str(command.pool))
    match command:
        case AddPoolMember():
            return add_member(command, pool, context)
        case RemovePoolMember():
            return remove_member(command, pool, context)
        case AgreeToPool():
            return agree_to_pool(command, pool, context)
        case DeclinePool():
            return decline_pool(command, pool, context)
        case DissolvePool():
            return dissolve_pool(command, pool)
        case _:
            assert_never(command)


COURSE_POOL: Aggregate[PoolCommand, PoolEvent, CoursePool, PoolContext] = Aggregate(
    "course-pool", initial=Unknown(), evolve=evolve, decide=decide
)
