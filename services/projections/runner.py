"""Keeps a projection up to date: view and position are written together."""

import asyncio
from collections.abc import Sequence

import msgspec
import structlog

from services.eventstore import tracking
from services.eventstore.database import Connection, Pool
from services.eventstore.following import Stretch, look
from services.eventstore.outage import Outage, is_outage
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.projections.projection import Projection
from services.projections.rebuild import Progress, Rebuild, untold

BATCH = 500
SHORTEST_BACKOFF = 1.0
LONGEST_BACKOFF = 60.0

log = structlog.get_logger(__name__)


class Stuck(msgspec.Struct, frozen=True, kw_only=True):
    """A view that cannot take in the event at this position, and the kind of error."""

    projection: str
    position: int
    error: str


class ProjectionRunner:
    """Applies the log to one projection. Any number of processes may run the same one.

    The row with the position is locked while a batch is applied, so runners take turns, and
    position and view change in one transaction: each event takes effect exactly once.
    """

    def __init__(self, pool: Pool, store: EventStore, projection: Projection) -> None:
        self._pool = pool
        self._store = store
        self._projection = projection
        self._topics = None if projection.topics is None else frozenset(projection.topics)
        self._at = 0
        self._reached = 0
        self._stuck: Stuck | None = None
        self._backoff = SHORTEST_BACKOFF

    @property
    def name(self) -> str:
        return self._projection.name

    @property
    def has_tables(self) -> bool:
        """Whether there is something to build again, or only an effect elsewhere."""
        return bool(self._projection.tables)

    @property
    def stuck(self) -> Stuck | None:
        """Where it is stuck, if it is."""
        return self._stuck

    def wanted(self, entries: Sequence[LogEntry]) -> Sequence[LogEntry]:
        """Those that the view needs."""
        topics = self._topics
        return entries if topics is None else [one for one in entries if one.topic in topics]

    async def come_up(self) -> int:
        """Apply what is there, however long it takes; the position it has then.

        A lost database is waited for. A defect is logged once and tried again after longer and
        longer pauses, because a view is not to end what else the process does.
        """
        outage = Outage("projection interrupted", projection=self.name)
        while True:
            try:
                await self.catch_up()
            except Exception as error:  # noqa: BLE001 (whatever it is, the others go on)
                await (outage.wait(error) if is_outage(error) else self._wait_out(error))
            else:
                self._go_on()
                return self._reached

    async def take(self, stretch: Stretch, after: int) -> bool:
        """Apply a stretch of the log that begins after this position and was read already.

        Somebody else may have applied a part of it. False if the view is not that far.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            position = await tracking.lock(connection, self.name)
            if position < after:
                return False
            if position < stretch.position:
                entries = [entry for entry in stretch.entries if entry.position > position]
                await self._apply(connection, position, Stretch(entries, stretch.position))
        return True

    async def catch_up(self) -> int:
        """Apply what is there now; so many positions it has moved on."""
        total = 0
        while moved := await self._step(BATCH):
            total += moved
        return total

    async def rebuild(self, progress: Progress = untold) -> int:
        """Build the view again from the first event, beside the present one; the position reached.

        Raises RebuildRunning if somebody is at it already.
        """
        return await Rebuild(self._pool, self._store, self._projection).run(progress)

    async def position(self) -> int:
        """How far the view has come."""
        return (await tracking.positions(self._pool, [self.name]))[self.name]

    async def _step(self, limit: int) -> int:
        async with self._pool.acquire() as connection, connection.transaction():
            position = await tracking.lock(connection, self.name)
            self._at = position + 1
            stretch = await look(
                self._store, position, self._projection.topics, limit=limit, connection=connection
            )
            await self._apply(connection, position, stretch)
        self._reached = stretch.position
        return stretch.position - position

    async def _apply(self, connection: Connection, position: int, stretch: Stretch) -> None:
        if entries := self.wanted(stretch.entries):
            self._at = entries[0].position
            await self._projection.apply(connection, entries)
        if stretch.position > position:
            await tracking.move(connection, self.name, stretch.position)

    async def _wait_out(self, error: Exception) -> None:
        """Come as far as possible, say once where it is stuck, and pause."""
        try:
            while await self._step(1):
                pass
        except Exception as again:  # noqa: BLE001 (now it is known where)
            error = again
        else:
            return
        if not is_outage(error):
            self._note(error)
        await asyncio.sleep(self._backoff)
        self._backoff = min(2 * self._backoff, LONGEST_BACKOFF)

    def _note(self, error: Exception) -> None:
        stuck = Stuck(projection=self.name, position=self._at, error=type(error).__name__)
        if stuck != self._stuck:
            self._stuck = stuck
            log.error("projection stuck", **msgspec.structs.asdict(stuck), exc_info=error)

    def _go_on(self) -> None:
        self._backoff = SHORTEST_BACKOFF
        if self._stuck is not None:
            log.info("projection goes on", projection=self.name)
            self._stuck = None
