"""What decisions about pools look at: the course, the reports, and who is in another pool."""

from collections.abc import Iterable
from typing import get_args
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.course_offers.course_type import offered_on
from domain.course_offers.decide import COURSE_OFFER
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
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.details import PoolCourse
from domain.course_pools.pool import Unknown
from domain.kernel import Context
from domain.language_needs.decide import COMPANY_REPORT
from services.catalogues.course_types import course_types
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore
from services.pool_log import pools, those_with


class PoolContexts(Contexts):
    """Replays the reports from the log, so that nothing is decided on what was so before."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._store = store
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(PoolCommand), (COURSE_POOL, self._context))

    async def _context(self, command: PoolCommand, context: Context) -> PoolContext:
        today = context.at.astimezone(self._calendar.zone).date()
        basis = PoolContext(at=context.at, by=context.by, today=today)
        match command:
            case ProposePool(course=course, members=members):
                of_course = await self._of_course(basis, course)
                return await self._with_reports(of_course, command, (m.report for m in members))
            case AddPoolMember(member=member):
                return await self._with_reports(basis, command, [member.report])
            case AgreeToPool() | DeclinePool() | RemovePoolMember():
                return await self._with_reports(basis, command, [])
            case DissolvePool():
                return basis

    async def _of_course(self, basis: PoolContext, course: PoolCourse) -> PoolContext:
        types = offered_on(course_types().types.values(), course.starts_on)
        municipality = await self._streams.municipality(course.municipality)
        found = msgspec.structs.replace(
            basis,
            types=frozenset(each.key for each in types),
            municipalities=frozenset({municipality.ags} - {""}),
        )
        if course.offer is None:
            return found
        offer = await self._streams.state(COURSE_OFFER, course.offer)
        return msgspec.structs.replace(found, offer=offer)

    async def _with_reports(
        self, basis: PoolContext, command: PoolCommand, named: Iterable[UUID]
    ) -> PoolContext:
        """Those named, and the members: what they say now decides whether the pool is formed."""
        pool = await self._streams.state(COURSE_POOL, command.pool)
        members = () if isinstance(pool, Unknown) else pool.members
        reports = dict.fromkeys([*named, *(member.report for member in members)])
        others = [each for each in await pools(self._store) if each.pool != command.pool]
        return msgspec.structs.replace(
            basis,
            reports={key: await self._streams.state(COMPANY_REPORT, key) for key in reports},
            elsewhere={key: found[0].pool for key in reports if (found := those_with(others, key))},
        )
