"""Who is named on a funded post: kept as long as they agree and are on it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.posts.events import HolderNamed, HolderWithheld
from domain.retention.classes import PersonFile
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.privacy.retention.plan import HOLDINGS, RetentionPlan

WITHHELD = """
    select distinct convert_from(state, 'UTF8')::json -> 'event' ->> 'holding' as holding
    from event where topic = $1
"""
ERASED = "select subject from subject_key where erased_at is not null and subject = any($1)"
POST_OF = """
    select distinct originator_id from event where topic = $1 and position($2 in state) > 0
"""
"""The id of a holding is in the clear in the events that are about it."""


class Holdings:
    """The file of a holding is closed when the person is no longer named: nothing else needs it.

    Erased is who it was. That the post was filled, from when to when, stays, and so do the figures.
    """

    def __init__(self, pool: Pool, store: EventStore, plan: RetentionPlan, zone: ZoneInfo) -> None:
        self._pool = pool
        self._store = store
        self._plan = plan
        self._zone = zone

    async def closed(self, at: datetime) -> Sequence[UUID]:  # noqa: ARG002 (a county has few)
        rows = await self._pool.fetch(WITHHELD, HolderWithheld.TOPIC)
        withheld = {UUID(row["holding"]) for row in rows}
        erased = await self._pool.fetch(ERASED, list(withheld))
        return sorted(withheld - {row["subject"] for row in erased})

    async def kept_of(self, person: UUID) -> PersonFile | None:
        entries = await self.entries(person)
        if not entries:
            return None
        ends = [
            entry.metadata.occurred_at.astimezone(self._zone).date()
            for entry in entries
            if isinstance(entry.event, HolderWithheld)
        ]
        return PersonFile(
            retention_class=self._plan.class_of(HOLDINGS).key,
            closed_on=max(ends) if ends else None,
        )

    async def entries(self, person: UUID) -> Sequence[LogEntry]:
        """Where somebody was named, and that they are no longer."""
        rows = await self._pool.fetch(POST_OF, HolderNamed.TOPIC, str(person).encode())
        return [
            entry
            for row in rows
            for entry in await self._store.load(row["originator_id"])
            if isinstance(entry.event, HolderNamed | HolderWithheld)
            and entry.event.holding == person
        ]
