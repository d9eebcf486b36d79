"""A pool is formed with the event that leaves nobody to wait for."""

from collections.abc import Sequence

from domain.course_pools.checking import is_complete
from domain.course_pools.context import PoolContext
from domain.course_pools.events import PoolEvent, PoolFormed
from domain.course_pools.pool import Existing, Unknown, evolve, told


def with_forming(event: PoolEvent, pool: Existing, context: PoolContext) -> Sequence[PoolEvent]:
    """The event, and that the pool is formed, if that completes it.

    What the members' reports say now counts: a company that has just withdrawn its report is
    never disclosed to the others.
    """
    after = evolve(pool, event)
    assert not isinstance(after, Unknown), "the pool is known"
    if not is_complete(after, context):
        return [event]
    return [event, PoolFormed(pool=after.pool, members=told(after))]
