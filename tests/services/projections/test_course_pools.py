"""Courses that companies fill together follow from the log alone, and say nothing in words."""

from datetime import UTC, datetime

from domain.course_pools.details import PoolMember
from domain.course_pools.events import (
    PoolAgreed,
    PoolDeclined,
    PoolDissolved,
    PoolFormed,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)
from services.projections.course_pools import CoursePools
from services.projections.runner import ProjectionRunner
from services.runtime import Runtime
from tests.domain.course_pools.example import BAKERY, COURSE, FORGE, MILL, POOL, PROPOSE
from tests.support.steering_log import SteeringLog

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
REASON = "Ein eigener Kurs."
PROPOSED = PoolProposed(pool=POOL, course=COURSE, members=PROPOSE.members)


async def test_a_company_that_declined_is_asked_anew_and_counts_from_then(
    unfollowed: Runtime,
) -> None:
    log = SteeringLog(unfollowed.store)
    await log.record(POOL, PROPOSED, at=MONDAY)
    declined = PoolDeclined(pool=POOL, report=MILL, reason=REASON, by_telephone=True)
    await log.record(POOL, declined, at=MONDAY)
    asked = PoolMemberAdded(pool=POOL, report=MILL, learners=2)
    position = await log.record(POOL, asked, at=TUESDAY)
    await unfollowed.read_models.catch_up()
    row = await unfollowed.pool.fetchrow("select * from course_pool_member where report = $1", MILL)
    assert row is not None
    assert (row["standing"], row["learners"], row["asked"]) == ("asked", 2, position)
    assert (row["asked_at"], row["answered_at"], row["by_telephone"]) == (TUESDAY, None, False)


async def test_rebuilding_gives_the_same_rows_without_a_word_of_what_was_said(
    unfollowed: Runtime,
) -> None:
    log = SteeringLog(unfollowed.store)
    await log.record(
        POOL,
        PROPOSED,
        PoolMemberAdded(pool=POOL, report=FORGE, learners=1),
        PoolAgreed(pool=POOL, report=MILL),
        PoolDeclined(pool=POOL, report=FORGE, reason=REASON, by_telephone=True),
        PoolAgreed(pool=POOL, report=BAKERY, by_telephone=True),
        PoolFormed(pool=POOL, members=(PoolMember(report=MILL, learners=4),)),
        PoolMemberRemoved(pool=POOL, report=BAKERY, reason=REASON),
        PoolDissolved(pool=POOL, reason=REASON),
        at=MONDAY,
    )
    await unfollowed.read_models.catch_up()
    before = await _rows(unfollowed)
    await ProjectionRunner(unfollowed.pool, unfollowed.store, CoursePools()).rebuild()
    assert await _rows(unfollowed) == before
    assert REASON not in str(before)
    row = await unfollowed.pool.fetchrow("select * from course_pool")
    assert row is not None
    assert (row["standing"], row["formed_at"], row["dissolved_at"]) == ("dissolved", MONDAY, MONDAY)
    assert (row["version"], row["minimum"]) == (8, COURSE.minimum)
    members = await unfollowed.pool.fetch("select * from course_pool_member")
    assert {(one["report"], one["standing"], one["by_telephone"]) for one in members} == {
        (MILL, "agreed", False),
        (BAKERY, "removed", True),
        (FORGE, "declined", True),
    }


async def _rows(runtime: Runtime) -> list[str]:
    """Every row of the tables as text."""
    tables = [f"select t::text from {table} t order by 1" for table in CoursePools.tables]  # noqa: S608 (our own tables)
    return [row[0] for query in tables for row in await runtime.pool.fetch(query)]
