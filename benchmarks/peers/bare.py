"""The same rows inserted with asyncpg and nothing else: no checks, no receipt, no tree."""

import time
from uuid import UUID, uuid4

import asyncpg

from benchmarks.material import AT, state
from domain.concepts.events import SectionDrafted
from services.eventstore.database import Connection

BATCH = (
    "insert into event (position, originator_id, originator_version, topic, state, recorded_at)"
    " select * from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[], $5::bytea[],"
    " $6::timestamptz[])"
)
ONE = (
    "insert into event (position, originator_id, originator_version, topic, state, recorded_at)"
    " values ($1, $2, $3, $4, $5, $6)"
)


async def without_tree(url: str) -> None:
    """Leave the table `event` with its columns and indexes, but for the leaf."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("alter table event drop column if exists leaf cascade")
    finally:
        await connection.close()


class BareWriter:
    """Inserts events into streams of its own, each insert a transaction."""

    def __init__(self, connection: Connection, streams: int) -> None:
        self._connection = connection
        self._streams = [uuid4() for _ in range(streams)]
        self._version = 0
        self._state = state()
        self.position = 0

    async def rate(self, seconds: float) -> float:
        """Events a second, in batches of one event for each stream."""
        inserted, start = 0, time.perf_counter()
        while time.perf_counter() < start + seconds:
            rows = self._next()
            await self._connection.execute(BATCH, *map(list, zip(*rows, strict=True)))
            inserted += len(rows)
        return inserted / (time.perf_counter() - start)

    async def insert(self) -> None:
        """The next event of the only stream, by itself."""
        (row,) = self._next()
        await self._connection.execute(ONE, *row)

    def _next(self) -> list[tuple[int, UUID, int, str, bytes, object]]:
        self._version += 1
        first = self.position + 1
        self.position += len(self._streams)
        return [
            (position, stream, self._version, SectionDrafted.TOPIC, self._state, AT)
            for position, stream in enumerate(self._streams, first)
        ]
