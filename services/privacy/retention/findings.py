"""Findings of the steering: what they say is kept as long as somebody works on it, and a while."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.findings.events import FindingWithdrawn
from domain.findings.events_theme import ThemeClosed
from domain.findings.finding import Bundled, Unknown, Withdrawn
from domain.findings.theme import Closed, Merged
from domain.retention.classes import PersonFile, due_on
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.privacy.retention.learners import closing_day
from services.privacy.retention.plan import FINDINGS, RetentionPlan

KEPT = """
    select id, school_year from finding
    where not exists (
        select from subject_key where subject = finding.id and erased_at is not null)
    order by id
"""


class Findings:
    """The file of a finding is closed with its school year, but not before it is done with.

    That is when it is withdrawn, or the theme closed in which it goes on; one that is in no theme
    waits for nothing. Erased is what it says: that it was seen, where and how often, stays.
    """

    def __init__(self, pool: Pool, store: EventStore, plan: RetentionPlan, zone: ZoneInfo) -> None:
        self._pool = pool
        self._store = store
        self._plan = plan
        self._zone = zone

    async def closed(self, at: datetime) -> Sequence[UUID]:
        """Only those whose period may be over are named: hundreds are reported each year."""
        today = at.astimezone(self._zone).date()
        rows = await self._pool.fetch(KEPT)
        return [row["id"] for row in rows if self._is_over(row["school_year"], today)]

    async def kept_of(self, person: UUID) -> PersonFile | None:
        entries = await self._store.load(person)
        finding = FINDING.replay(cast("Any", entry.event) for entry in entries)
        if isinstance(finding, Unknown):
            return None
        year_ends = closing_day(finding.report.school_year)
        match finding:
            case Withdrawn():
                done = self._day_of(entries, FindingWithdrawn)
            case Bundled(theme=theme):
                done = await self._theme_closed(theme)
            case _:
                done = year_ends
        return PersonFile(
            retention_class=self._plan.class_of(FINDINGS).key,
            closed_on=max(done, year_ends) if done else None,
        )

    async def entries(self, person: UUID) -> Sequence[LogEntry]:
        return await self._store.load(person)

    async def _theme_closed(self, theme: UUID) -> date | None:
        """The day on which the theme was closed, or the one it goes on in; None while it is not."""
        while True:
            entries = await self._store.load(theme)
            match THEME.replay(cast("Any", entry.event) for entry in entries):
                case Closed():
                    return self._day_of(entries, ThemeClosed)
                case Merged(into=into):
                    theme = into
                case _:
                    return None

    def _day_of(self, entries: Sequence[LogEntry], kind: type[object]) -> date:
        """When this last happened."""
        at = max(entry.metadata.occurred_at for entry in entries if isinstance(entry.event, kind))
        return at.astimezone(self._zone).date()

    def _is_over(self, school_year: str, today: date) -> bool:
        retained = self._plan.class_of(FINDINGS)
        file = PersonFile(retention_class=retained.key, closed_on=closing_day(school_year))
        due = due_on(file, retained)
        return due is not None and due <= today
