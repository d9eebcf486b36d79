"""Reports of companies: who reported is kept until the report is done, and a while."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events_end import ReportClosed, ReportWithdrawn
from domain.language_needs.report import Closed, Unknown, Withdrawn
from domain.retention.classes import PersonFile, due_on
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.privacy.retention.plan import REPORTS, RetentionPlan

KEPT = """
    select id, closed_at from company_report
    where closed_at is not null and not exists (
        select from subject_key where subject = company_report.id and erased_at is not null)
    order by id
"""


class CompanyReports:
    """The file of a report is closed when the report is, or withdrawn.

    Erased are the company's name, its contact and every text: what was needed, where, and what
    became of it stays.
    """

    def __init__(self, pool: Pool, store: EventStore, plan: RetentionPlan, zone: ZoneInfo) -> None:
        self._pool = pool
        self._store = store
        self._plan = plan
        self._zone = zone

    async def closed(self, at: datetime) -> Sequence[UUID]:
        """Only those whose period may be over are named."""
        today = at.astimezone(self._zone).date()
        rows = await self._pool.fetch(KEPT)
        return [
            row["id"]
            for row in rows
            if (due := self._due_on(row["closed_at"])) is not None and due <= today
        ]

    async def kept_of(self, person: UUID) -> PersonFile | None:
        entries = await self._store.load(person)
        report = COMPANY_REPORT.replay(cast("Any", entry.event) for entry in entries)
        if isinstance(report, Unknown):
            return None
        is_over = isinstance(report, Closed | Withdrawn)
        return self._file(self._ended_at(entries) if is_over else None)

    async def entries(self, person: UUID) -> Sequence[LogEntry]:
        return await self._store.load(person)

    def _ended_at(self, entries: Sequence[LogEntry]) -> datetime:
        """When it ended last: it may have been reopened in between."""
        return max(
            entry.metadata.occurred_at
            for entry in entries
            if isinstance(entry.event, ReportClosed | ReportWithdrawn)
        )

    def _due_on(self, ended_at: datetime) -> date | None:
        return due_on(self._file(ended_at), self._plan.class_of(REPORTS))

    def _file(self, ended_at: datetime | None) -> PersonFile:
        closed_on = None if ended_at is None else ended_at.astimezone(self._zone).date()
        return PersonFile(retention_class=self._plan.class_of(REPORTS).key, closed_on=closed_on)
