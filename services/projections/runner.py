"""Keeps a projection up to date: view and position are written together."""

import asyncio
from collections.abc import Sequence

import msgspec
import structlog

from services.eventstore import tracking
from services.eventstore.database import Pool
from services.eventstore.following import Bell, look
from services.eventstore.outage import Outage, is_outage
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
        self._at = 0
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

    async def run(self, bell: Bell) -> None:
        """Follow the log until cancelled.

        A lost database is waited for. A defect is logged once and tried again after longer and
        longer pauses, because a view is not to end what else the process does.
        """
        outage = Outage("projection interrupted", projection=self.name)
        while True:
            rings = bell.rings
            try:
                moved = await self.catch_up()
            except Exception as error:  # noqa: BLE001 (whatever it is, the others go on)
                await (outage.wait(error) if is_outage(error) else self._wait_out(error))
                continue
            outage.is_over()
            self._go_on()
            if not moved:
                await bell.wait_since(rings)

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
            if stretch.entries:
                self._at = stretch.entries[0].position
                await self._projection.apply(connection, stretch.entries)
            if stretch.position > position:
                await tracking.move(connection, self.name, stretch.position)
            return stretch.position - position

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


class ReadModels:
    """All projections of a process, and waiting until they have come far enough."""

    def __init__(
        self, pool: Pool, runners: Sequence[ProjectionRunner], bell: Bell, patience: float
    ) -> None:
        self._pool = pool
        self._runners = runners
        self._bell = bell
        self._patience = patience

    @property
    def stuck(self) -> Sequence[Stuck]:
        """Those that cannot take in an event."""
        return [runner.stuck for runner in self._runners if runner.stuck is not None]

    async def run(self) -> None:
        """Keep all up to date until cancelled."""
        async with asyncio.TaskGroup() as group:
            for runner in self._runners:
                group.create_task(runner.run(self._bell))

    async def reached(self, position: int) -> bool:
        """Wait until all have applied the log up to the position; False if it takes too long."""
        return await tracking.reached(self._pool, self._names, position, self._patience)

    async def position(self) -> int:
        """How far all of them have come."""
        return min((await tracking.positions(self._pool, self._names)).values(), default=0)

    async def catch_up(self) -> None:
        for runner in self._runners:
            await runner.catch_up()

    async def rebuild(self, progress: Progress = untold) -> None:
        """Build every view again, one after the other. Raises RebuildRunning."""
        for runner in self._runners:
            if runner.has_tables:
                await runner.rebuild(progress)

    @property
    def _names(self) -> Sequence[str]:
        return [runner.name for runner in self._runners]
