"""What the process of a company's report needs, fulfilled by the store and the desk."""

from uuid import UUID

from domain.calendar import Calendar
from domain.course_pools.following import Move, moves_of
from domain.language_needs.course import ReportCourse, course_of
from domain.language_needs.decide import COMPANY_REPORT
from services.commissions import hand_in
from services.contexts.streams import Streams
from services.desk import Desk
from services.eventstore.store import EventStore
from services.pool_log import pools, those_with
from workflows.commissions import Commission


class LoggedReports:
    """Reads courses from the log and takes the process's commands through the same door."""

    def __init__(self, store: EventStore, desk: Desk, calendar: Calendar) -> None:
        self._store = store
        self._streams = Streams(store)
        self._desk = desk
        self._calendar = calendar

    async def course(self, report: UUID) -> tuple[ReportCourse, int]:
        # The head is read first: what comes after it is noted again, never missed.
        head = await self._store.head()
        state = await self._streams.state(COMPANY_REPORT, report)
        return course_of(state, self._calendar), head

    async def moves(self, report: UUID) -> tuple[Move, ...]:
        state = await self._streams.state(COMPANY_REPORT, report)
        return moves_of(state, those_with(await pools(self._store), report))

    async def commission(self, commission: Commission) -> None:
        await hand_in(self._desk, commission)
