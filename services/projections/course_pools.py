"""Courses that companies fill together, at a glance: how far each is, and who said what."""

from collections.abc import Sequence
from typing import get_args

from domain.course_pools.details import PoolMember
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
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

PROPOSE = """
    insert into course_pool (id, course_type, level, municipality, starts_on, minimum, maximum,
        offer, standing, proposed, proposed_at, version, position, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10, 0, 0, $10)
"""

ASK = """
    insert into course_pool_member
        (pool, report, learners, standing, asked, asked_at, by_telephone)
    values ($1, $2, $3, 'asked', $4, $5, false)
    on conflict (pool, report) do update set learners = excluded.learners, standing = 'asked',
        asked = excluded.asked, asked_at = excluded.asked_at, answered_at = null,
        by_telephone = false
"""

ANSWER = """
    update course_pool_member set standing = $3, answered_at = $4, by_telephone = $5
    where pool = $1 and report = $2
"""

MARK = """
    update course_pool set version = $2, position = $3, changed_at = $4 where id = $1
"""


class CoursePools:
    """A row for each pool and each company that was ever in one."""

    name = "course_pools"
    tables = ("course_pool", "course_pool_member")
    topics = tuple(event.TOPIC for event in get_args(PoolEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            if isinstance(entry.event, PoolEvent):
                await _apply(connection, entry, entry.event)
                await connection.execute(
                    MARK,
                    entry.event.pool,
                    entry.originator_version,
                    entry.position,
                    entry.recorded_at,
                )


async def _apply(connection: Connection, entry: LogEntry, event: PoolEvent) -> None:
    pool, at = event.pool, entry.metadata.occurred_at
    match event:
        case PoolProposed(members=members):
            await _propose(connection, entry, event)
            await _ask(connection, entry, event, *members)
        case PoolMemberAdded(report=report, learners=learners):
            member = PoolMember(report=report, learners=learners)
            await _ask(connection, entry, event, member)
        case PoolMemberRemoved(report=report):
            await connection.execute(
                "update course_pool_member set standing = 'removed'"
                " where pool = $1 and report = $2",
                pool,
                report,
            )
        case PoolAgreed(report=report, by_telephone=told):
            await connection.execute(ANSWER, pool, report, "agreed", at, told)
        case PoolDeclined(report=report, by_telephone=told):
            await connection.execute(ANSWER, pool, report, "declined", at, told)
        case PoolFormed():
            await connection.execute(
                "update course_pool set standing = 'formed', formed_at = $2 where id = $1",
                pool,
                at,
            )
        case PoolDissolved():
            await connection.execute(
                "update course_pool set standing = 'dissolved', dissolved_at = $2 where id = $1",
                pool,
                at,
            )


async def _propose(connection: Connection, entry: LogEntry, event: PoolProposed) -> None:
    course = event.course
    await connection.execute(
        PROPOSE,
        event.pool,
        course.course_type,
        course.level,
        course.municipality,
        course.starts_on,
        course.minimum,
        course.maximum,
        course.offer,
        entry.position,
        entry.metadata.occurred_at,
    )


async def _ask(
    connection: Connection, entry: LogEntry, event: PoolEvent, *members: PoolMember
) -> None:
    at = entry.metadata.occurred_at
    await connection.executemany(
        ASK,
        [(event.pool, one.report, one.learners, entry.position, at) for one in members],
    )
