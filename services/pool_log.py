"""All pools, read from the log: it says at once who is in which, as no view can."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import get_args
from uuid import UUID

from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.events import PoolEvent
from domain.course_pools.pool import Existing, Unknown, is_in
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.eventstore.store import BATCH, EventStore

POOL_TOPICS = tuple(event.TOPIC for event in get_args(PoolEvent))


async def pools(store: EventStore, connection: Connection | None = None) -> Sequence[Existing]:
    """In the order in which they were proposed. There are dozens in a year, not thousands."""
    streams: Mapping[UUID, list[LogEntry]] = defaultdict(list)
    after = 0
    while entries := await store.read(
        after, topics=POOL_TOPICS, limit=BATCH, connection=connection
    ):
        after = entries[-1].position
        for entry in entries:
            streams[entry.originator_id].append(entry)
    found = [
        COURSE_POOL.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        for entries in streams.values()
    ]
    return [pool for pool in found if not isinstance(pool, Unknown)]


def those_with(found: Sequence[Existing], report: UUID) -> Sequence[Existing]:
    """Those in which the report is asked or has agreed: one, unless two people were fast."""
    return [pool for pool in found if is_in(pool, report)]
