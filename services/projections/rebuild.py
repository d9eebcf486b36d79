"""Builds a view again from the first event, beside the live one, and puts it in its place."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg
import structlog

from services.eventstore import tracking
from services.eventstore.database import Connection, Pool, own_session
from services.eventstore.following import Stretch, look
from services.eventstore.store import EventStore
from services.projections import tables
from services.projections.projection import Projection

BATCH = 500
"""Small enough to stay in the processor's cache: larger ones are slower."""

PATIENCE_WITH_READERS = "200ms"
"""Less than the second after which PostgreSQL looks for deadlocks: it is us who give way."""

PAUSE = 0.2

log = structlog.get_logger(__name__)


Progress = Callable[[str, int, int], None]
"""Told how far a rebuild has come: the projection, its position, the head of the log."""


def untold(_projection: str, _position: int, _head: int, /) -> None:
    """Whoever does not want to know."""


class RebuildRunning(Exception):
    """Somebody else rebuilds this view at the moment."""

    def __init__(self, projection: str) -> None:
        super().__init__(
            f"The read model {projection!r} is being rebuilt already. The live one answers until"
            " that has ended."
        )
        self.projection = projection


class Rebuild:
    """One rebuild of one projection.

    The new tables are filled in a schema of their own, tracked under a name of their own, while
    the live ones are read and kept up to date by whoever runs them. When the new ones have come
    as far, they take the place and the position of the live ones in one transaction. If it ends
    before, by whatever, the live view is as it was; the next rebuild clears what was left.
    """

    def __init__(self, pool: Pool, store: EventStore, projection: Projection) -> None:
        self._pool = pool
        self._store = store
        self._projection = projection
        self._schema = f"rebuild_{projection.name}"
        self._name = f"{projection.name}:rebuild"
        self._position = 0

    async def run(self, progress: Progress = untold) -> int:
        """Build and swap; the position the view has then.

        Raises RebuildRunning, and what the projection or a lost database raises.
        """
        async with own_session(self._pool) as connection:
            # The lock goes with the connection, so a killed process leaves none behind.
            if not await connection.fetchval(
                "select pg_try_advisory_lock(hashtext($1))", self._name
            ):
                raise RebuildRunning(self._projection.name)
            try:
                live = await self._begin(connection)
                await self._fill(connection, progress)
                while not await self._swap(connection, live):
                    await asyncio.sleep(PAUSE)
                    await self._fill(connection, progress)
            except BaseException:
                # Without a connection the next rebuild does it.
                with suppress(Exception):
                    await self._clear(connection)
                raise
        return self._position

    async def _begin(self, connection: Connection) -> str:
        """Make the empty tables; the schema of the live ones."""
        await self._clear(connection)
        async with connection.transaction():
            live: str = await connection.fetchval("select current_schema()")
            await connection.execute(f"create schema {self._schema}")
            for table in self._projection.tables:
                await tables.copy_form(connection, table, live, self._schema)
            await tracking.lock(connection, self._name)
        await connection.execute(f"set search_path to {self._schema}, {live}")
        # Nothing is lost with what the disk has not yet: an unfinished rebuild begins anew.
        await connection.execute("set synchronous_commit to off")
        return live

    async def _fill(self, connection: Connection, progress: Progress) -> None:
        """Apply the log up to its head, reading the next stretch while one is written."""
        reading = asyncio.create_task(self._look(self._position))
        try:
            while (stretch := await reading).position > self._position:
                reading = asyncio.create_task(self._look(stretch.position))
                async with connection.transaction():
                    await self._write(connection, stretch)
                self._position = stretch.position
                progress(self._projection.name, self._position, await self._store.head())
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await reading

    async def _look(self, after: int, connection: Connection | None = None) -> Stretch:
        return await look(
            self._store, after, self._projection.topics, limit=BATCH, connection=connection
        )

    async def _write(self, connection: Connection, stretch: Stretch) -> None:
        if stretch.entries:
            await self._projection.apply(connection, stretch.entries)
        await tracking.move(connection, self._name, stretch.position)

    async def _swap(self, connection: Connection, live: str) -> bool:
        """Put the new tables in the place of the live ones; False if a reader holds those."""
        position = self._position
        try:
            async with connection.transaction():
                reached = await tracking.lock(connection, self._projection.name)
                while position < reached:
                    stretch = await self._look(position, connection)
                    await self._write(connection, stretch)
                    position = stretch.position
                await connection.execute(
                    f"set local lock_timeout to '{PATIENCE_WITH_READERS}';"
                    "set local synchronous_commit to on"
                )
                await tables.replace(connection, self._projection.tables, live, self._schema)
                await tracking.move(connection, self._projection.name, position)
                await self._clear(connection)
        except asyncpg.LockNotAvailableError:
            log.info("rebuild waits for readers", projection=self._projection.name)
            return False
        self._position = position
        return True

    async def _clear(self, connection: Connection) -> None:
        await connection.execute(f"drop schema if exists {self._schema} cascade")
        await connection.execute("delete from tracking where name = $1", self._name)
