"""Keeps a projection up to date: view and position are written together."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import structlog

from services.eventstore.following import Bell
from services.eventstore.record import LogEntry
from services.eventstore.store import DATABASE_AWAY, Connection, EventStore, Pool

LOOK_AGAIN = 0.01

log = structlog.get_logger(__name__)


class Projection(Protocol):
    """A view of the log. Never refuses an event; may be dropped and built again."""

    @property
    def name(self) -> str: ...

    @property
    def tables(self) -> Sequence[str]:
        """What `rebuild` empties."""
        ...

    async def apply(self, connection: Connection, entry: LogEntry) -> None: ...


class ProjectionRunner:
    """Applies the log to one projection. Any number of processes may run the same one.

    The row with the position is locked while a batch is applied, so runners take turns, and
    position and view change in one transaction: each event takes effect exactly once.
    """

    def __init__(self, pool: Pool, store: EventStore, projection: Projection) -> None:
        self._pool = pool
        self._store = store
        self._projection = projection

    async def run(self, bell: Bell) -> None:
        """Follow the log until cancelled. A lost database is waited for."""
        while True:
            rings = bell.rings
            try:
                applied = await self.catch_up()
            except DATABASE_AWAY as error:
                log.warning(
                    "projection interrupted",
                    projection=self._projection.name,
                    error=type(error).__name__,
                )
                await asyncio.sleep(1)
                continue
            if not applied:
                await bell.wait_since(rings)

    async def catch_up(self) -> int:
        """Apply what is there now; how many events that was."""
        total = 0
        while applied := await self._apply_batch():
            total += applied
        return total

    async def rebuild(self) -> int:
        """Empty the view and build it again from the first event; how many events that was."""
        async with self._pool.acquire() as connection, connection.transaction():
            await self._lock_position(connection)
            for table in self._projection.tables:
                await connection.execute(f"truncate {table}")
            await self._write_position(connection, 0)
        return await self.catch_up()

    async def position(self) -> int:
        """How far the view has come."""
        position: int | None = await self._pool.fetchval(
            "select position from tracking where name = $1", self._projection.name
        )
        return position or 0

    async def _apply_batch(self) -> int:
        async with self._pool.acquire() as connection, connection.transaction():
            position = await self._lock_position(connection)
            entries = await self._store.read(position, connection=connection)
            for entry in entries:
                await self._projection.apply(connection, entry)
            if entries:
                await self._write_position(connection, entries[-1].position)
            return len(entries)

    async def _lock_position(self, connection: Connection) -> int:
        await connection.execute(
            "insert into tracking (name) values ($1) on conflict do nothing",
            self._projection.name,
        )
        position: int = await connection.fetchval(
            "select position from tracking where name = $1 for update", self._projection.name
        )
        return position

    async def _write_position(self, connection: Connection, position: int) -> None:
        await connection.execute(
            "update tracking set position = $2 where name = $1", self._projection.name, position
        )


class ReadModels:
    """All projections of a process, and waiting until they have come far enough."""

    def __init__(self, runners: Sequence[ProjectionRunner], bell: Bell, patience: float) -> None:
        self._runners = runners
        self._bell = bell
        self._patience = patience

    async def run(self) -> None:
        """Keep all up to date until cancelled."""
        async with asyncio.TaskGroup() as group:
            for runner in self._runners:
                group.create_task(runner.run(self._bell))

    async def reached(self, position: int) -> bool:
        """Wait until all have applied the log up to the position; False if it takes too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                # Another process may be the one that applies, so the database is asked.
                while await self.position() < position:  # noqa: ASYNC110
                    await asyncio.sleep(LOOK_AGAIN)
                return True
        return False

    async def position(self) -> int:
        """How far all of them have come."""
        return min([await runner.position() for runner in self._runners], default=0)

    async def catch_up(self) -> None:
        for runner in self._runners:
            await runner.catch_up()

    async def rebuild(self) -> None:
        for runner in self._runners:
            await runner.rebuild()
