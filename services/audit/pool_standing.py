"""How a shared course stood: whether companies were asked, and how many learners would come."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.pool import Unknown, learners_in, standing_of


def pool_standing(events: Sequence[Any], _: object) -> tuple[str, Mapping[str, object]]:
    """Nothing of who the companies are, which is said of their reports only."""
    pool = COURSE_POOL.replay(events)
    if isinstance(pool, Unknown):
        return "unknown", {}
    return f"pool-{standing_of(pool)}", {"learners": learners_in(pool)}
