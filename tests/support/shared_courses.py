"""A course that companies fill together, on a real engine: their reports follow it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from domain.course_offers.levels import Level
from domain.course_pools.commands import AgreeToPool, DeclinePool, ProposePool
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.details import PoolCourse, PoolMember
from domain.course_pools.events import PoolEvent, PoolProposed
from domain.course_pools.pool import CoursePool
from domain.kernel import Role
from services.eventstore.record import LogEntry, Metadata, Recorded
from tests.support.report_years import COORDINATOR, LONGEST_WAIT, Report

LEARNERS = 4
"""Of each company; `report_years.NEED` has as many."""

E = TypeVar("E", bound=PoolEvent)


class SharedCourse:
    """A course for the companies of these reports; two of them are enough."""

    def __init__(self, *reports: Report) -> None:
        self.pool = uuid4()
        self.reports = reports
        self._one = reports[0]

    async def proposal(self) -> ProposePool:
        begins = (await self._one.now()).date() + timedelta(days=60)
        course = PoolCourse(
            course_type="job-bsk",
            level=Level.B1,
            municipality="",
            starts_on=begins,
            minimum=2 * LEARNERS,
            maximum=25,
        )
        members = tuple(
            PoolMember(report=report.report, learners=LEARNERS) for report in self.reports
        )
        return ProposePool(pool=self.pool, course=course, members=members)

    async def propose(self) -> None:
        """A coordinator does, and the processes are told."""
        await self._one.do(await self.proposal())

    async def propose_at_once(self) -> None:
        """Record it as if nobody had seen what another coordinator does at the same moment."""
        asked = await self.proposal()
        event = PoolProposed(pool=self.pool, course=asked.course, members=asked.members)
        command, at = uuid4(), await self._one.now()
        metadata = Metadata(
            command=command,
            correlation=str(command),
            account=COORDINATOR.account,
            role=Role.COORDINATOR,
            occurred_at=at,
        )
        await self._one.runtime.store.append(
            [
                Recorded(
                    originator_id=self.pool, originator_version=1, event=event, metadata=metadata
                )
            ],
            command=command,
            digest=b"",
            stream=self.pool,
            version=0,
        )

    async def agree(self, *reports: Report) -> None:
        """Each of these companies does, by its link."""
        for report in reports:
            await report.do(AgreeToPool(pool=self.pool, report=report.report), report.company)

    async def decline(self, report: Report) -> None:
        await report.do(DeclinePool(pool=self.pool, report=report.report), report.company)

    async def entries(self) -> Sequence[LogEntry]:
        return await self._one.runtime.store.load(self.pool)

    async def events(self, kind: type[E]) -> list[E]:
        return [entry.event for entry in await self.entries() if isinstance(entry.event, kind)]

    async def state(self) -> CoursePool:
        return COURSE_POOL.replay(entry.event for entry in await self.entries())  # pyright: ignore[reportArgumentType]  (the stream has its own events)

    async def wait_for(self, kind: type[PoolEvent], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there; the relay goes on."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(kind)) < count:
                await self._one.tell()
                await asyncio.sleep(0.05)


async def wait_in(report: Report, pool: UUID | None) -> None:
    """Let real time pass until the report is in this pool, or in none."""
    async with asyncio.timeout(LONGEST_WAIT):
        while (await report.pool()) != pool:
            await report.tell()
            await asyncio.sleep(0.05)
