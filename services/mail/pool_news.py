"""What is told of a course that companies fill together: they are asked, and hear what came of it.

No mail says who the others are, but the one that goes out once all have agreed.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import TypeAlias
from uuid import UUID

from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.events import (
    PoolDeclined,
    PoolDissolved,
    PoolFormed,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)
from domain.course_pools.pool import Existing, Formed, Unknown, learners_in, taking_part
from services.eventstore.database import Connection
from services.eventstore.store import EventStore
from services.mail.audiences import COORDINATORS
from services.mail.company_contact import Standing, standing_after
from services.mail.company_news import OF_A_STREAM, contact_of
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import course_pool_page

PoolNews: TypeAlias = (
    PoolProposed | PoolMemberAdded | PoolMemberRemoved | PoolDeclined | PoolFormed | PoolDissolved
)

NOON = time(12)
"""A day is the same in the county at that time."""
PLACE = "select name from municipality where ags = $1"


async def of_pool(
    store: EventStore, connection: Connection, pool: UUID, event: PoolNews
) -> Sequence[News]:
    """What the companies and the coordination are told of this event."""
    entries = await store.entries(await connection.fetch(OF_A_STREAM, pool), connection)
    state = COURSE_POOL.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if isinstance(state, Unknown):
        return ()
    place: str | None = await connection.fetchval(PLACE, state.course.municipality)
    telling = _Telling(store, connection, state, _facts(state, place or ""))
    return await telling.of(event)


class _Telling:
    """Mails about one pool."""

    def __init__(
        self, store: EventStore, connection: Connection, pool: Existing, facts: Mapping[str, str]
    ) -> None:
        self._store = store
        self._connection = connection
        self._pool = pool
        self._facts = facts

    async def of(self, event: PoolNews) -> Sequence[News]:
        match event:
            case PoolProposed(members=members):
                return await self._companies("course-pool-asked", [m.report for m in members])
            case PoolMemberAdded(report=report):
                return await self._companies("course-pool-asked", [report])
            case PoolFormed(members=members):
                told = await self._companies("course-pool-formed", [m.report for m in members])
                return [*told, self._coordination("course-pool-complete")]
            case PoolDissolved():
                return await self._companies("course-pool-dissolved", self._remaining)
            case PoolDeclined(report=report):
                standing = await self._standing(report)
                reference = standing.record.reference if standing else ""
                return [self._coordination("course-pool-declined", reference=reference)]
            case PoolMemberRemoved(report=report):
                left = await self._companies("course-pool-left", [report])
                # Before it is formed nobody knows that there was another one.
                others = self._remaining if isinstance(self._pool, Formed) else ()
                return [*left, *await self._companies("course-pool-smaller", others)]

    @property
    def _remaining(self) -> Sequence[UUID]:
        return [member.report for member in taking_part(self._pool)]

    async def _companies(self, template: str, reports: Sequence[UUID]) -> Sequence[News]:
        """Their contacts, unless a report has ended: its company was told of that."""
        news: list[News] = []
        for report in reports:
            standing = await self._standing(report)
            to = standing.recipient if standing is not None and standing.holder else None
            if to is not None and to.address:
                news.append(News(template=template, to=contact_of(report), facts=self._facts))
        return news

    def _coordination(self, template: str, **more: str) -> News:
        facts = {**self._facts, **more, TARGET: course_pool_page(self._pool.pool)}
        return News(template=template, to=COORDINATORS, facts=facts)

    async def _standing(self, report: UUID) -> Standing | None:
        rows = await self._connection.fetch(OF_A_STREAM, report)
        entries = await self._store.entries(rows, self._connection)
        return standing_after([entry.event for entry in entries])


def _facts(pool: Existing, place: str) -> Mapping[str, str]:
    course = pool.course
    return {
        "pool": str(pool.pool),
        "course_type": course.course_type,
        "level": course.level.value,
        "place": place,
        "starts_on": datetime.combine(course.starts_on, NOON, UTC).isoformat(),
        "companies": str(len(taking_part(pool))),
        "learners": str(learners_in(pool)),
        "minimum": str(course.minimum),
    }
