"""School years with their goals as the log has them, now or at an earlier moment."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.goals.commands import school_year_id
from domain.goals.decide import SCHOOL_YEAR
from domain.goals.errors import UnknownYear
from domain.goals.events import GoalSet
from domain.goals.year import Existing, Unknown
from services.eventstore.record import LogEntry
from services.eventstore.store import BATCH, NOW, EventStore, Moment
from services.goals.attaining import GoalAttained, attained
from services.goals.counting import Counted, counted, day_of


class YearAt(msgspec.Struct, frozen=True, kw_only=True):
    """A school year at a moment: its goals, how far they were reached, and the entries of it."""

    stream: UUID
    year: Existing
    entries: Sequence[LogEntry]
    goals: Sequence[GoalAttained]
    found: Counted
    today: date

    @property
    def version(self) -> int:
        return len(self.entries)


class SchoolYears:
    """Counts anew whenever it is asked."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._store = store
        self._calendar = calendar

    @property
    def calendar(self) -> Calendar:
        return self._calendar

    async def counted(self, until: Moment = NOW) -> Counted:
        return await counted(self._store, self._calendar.zone, until)

    async def names(self) -> list[str]:
        """The school years that ever had a goal, as `2025/26`, in order."""
        found: set[str] = set()
        after = 0
        while entries := await self._store.read(after, topics=[GoalSet.TOPIC], limit=BATCH):
            events = [entry.event for entry in entries]
            found.update(event.school_year for event in events if isinstance(event, GoalSet))
            after = entries[-1].position
        return sorted(found)

    async def year(self, school_year: str, until: Moment = NOW) -> YearAt:
        """The year at the moment. Raises UnknownYear if it had no goals then."""
        found = await self.counted(until)
        return await self.with_counts(school_year, found, until)

    async def with_counts(self, school_year: str, found: Counted, until: Moment = NOW) -> YearAt:
        """The same with what was counted already, for whoever looks at several years."""
        stream = school_year_id(school_year)
        entries = await self._store.load(stream, until)
        year = SCHOOL_YEAR.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        if isinstance(year, Unknown):
            raise UnknownYear(school_year)
        today = await self._day_of(until)
        return YearAt(
            stream=stream,
            year=year,
            entries=entries,
            goals=attained(year, found, today),
            found=found,
            today=today,
        )

    async def _day_of(self, until: Moment) -> date:
        """The day it was at the moment: with it, what was still planned and could be reached."""
        return await day_of(self._store, self._calendar.zone, until)
