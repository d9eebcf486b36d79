"""A reader at the end of the log that says at once if something is missed, doubled or reordered."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from services.eventstore.following import Bell, follow
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore

PATIENCE = 60


class Watch:
    """Follows the whole log and keeps only what the next entry has to follow on."""

    def __init__(self) -> None:
        self.position = 0
        self._moment = datetime(2000, 1, 1, tzinfo=UTC)
        self._versions: Counter[UUID] = Counter()

    async def follow(self, store: EventStore, bell: Bell) -> None:
        """Raises AssertionError at the first entry that is not the next one."""
        async for batch in follow(store, bell, 0):
            self.look_at(batch)

    def look_at(self, batch: Sequence[LogEntry]) -> None:
        for entry in batch:
            assert entry.position == self.position + 1, (self.position, entry)
            assert entry.recorded_at >= self._moment, entry
            self._versions[entry.originator_id] += 1
            assert entry.originator_version == self._versions[entry.originator_id], entry
            self.position, self._moment = entry.position, entry.recorded_at

    async def until(self, position: int) -> None:
        """Wait until it has seen this position."""
        async with asyncio.timeout(PATIENCE):
            while self.position < position:  # noqa: ASYNC110 (it is the log that is waited for)
                await asyncio.sleep(0.01)
