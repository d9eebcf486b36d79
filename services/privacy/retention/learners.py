"""Learners of the language assessment: their files are closed with the school year."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.retention.classes import PersonFile, due_on
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.privacy.retention.plan import LEARNERS, RetentionPlan

ENROLLED = "class-assessment.learner-enrolled"
END = (7, 31)
"""The last day of a school year (SchulG NRW § 7)."""

DUE = """
    select distinct convert_from(state, 'UTF8')::json -> 'event' ->> 'learner' as learner
    from event where topic = $1 and originator_id in (
        select id from training_class where school_year = any($2)
    )
"""
CLASSES_OF = """
    select distinct originator_id from event
    where topic = $1 and position($2 in state) > 0
        and ($3::text[] is null or originator_id in (
            select id from training_class where college = any($3)
        ))
    order by originator_id
"""
"""The id of a learner is in the clear in each event that is about them."""


class Learners:
    """The file of a learner is closed at the end of the last school year they had a class in.

    Thousands join each year, so only those whose period is over are named as closed.
    """

    def __init__(self, pool: Pool, store: EventStore, plan: RetentionPlan, zone: ZoneInfo) -> None:
        self._pool = pool
        self._store = store
        self._plan = plan
        self._zone = zone

    async def closed(self, at: datetime) -> Sequence[UUID]:
        today = at.astimezone(self._zone).date()
        rows = await self._pool.fetch("select distinct school_year from training_class")
        over = [row["school_year"] for row in rows if self._is_over(row["school_year"], today)]
        if not over:
            return []
        erased = await self._pool.fetch(
            "select subject from subject_key where erased_at is not null"
        )
        gone = {row["subject"] for row in erased}
        found = await self._pool.fetch(DUE, ENROLLED, over)
        return sorted({UUID(row["learner"]) for row in found} - gone)

    async def kept_of(self, person: UUID) -> PersonFile | None:
        years = await self._school_years(person)
        if not years:
            return None
        return PersonFile(
            retention_class=self._plan.class_of(LEARNERS).key,
            closed_on=max(closing_day(year) for year in years),
        )

    async def entries(self, person: UUID) -> Sequence[LogEntry]:
        """All that is said of the learner, in every class of theirs."""
        return [
            entry
            for this in await classes_of(self._pool, person)
            for entry in await self._store.load(this)
            if getattr(entry.event, "learner", None) == person
        ]

    async def _school_years(self, person: UUID) -> list[str]:
        rows = await self._pool.fetch(
            "select distinct school_year from training_class where id = any($1)",
            await classes_of(self._pool, person),
        )
        return [row["school_year"] for row in rows]

    def _is_over(self, school_year: str, today: date) -> bool:
        retained = self._plan.class_of(LEARNERS)
        file = PersonFile(retention_class=retained.key, closed_on=closing_day(school_year))
        due = due_on(file, retained)
        return due is not None and due <= today


async def classes_of(
    pool: Pool, learner: UUID, colleges: Sequence[str] | None = None
) -> list[UUID]:
    """The classes the learner is or was in, in any college or in one of these."""
    rows = await pool.fetch(CLASSES_OF, ENROLLED, str(learner).encode(), colleges)
    return [row["originator_id"] for row in rows]


def closing_day(school_year: str) -> date:
    """31 July of the second year of `2026/27`."""
    return date(int(school_year[:4]) + 1, *END)
