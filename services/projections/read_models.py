"""All views of a process."""

from collections.abc import Sequence

from services.eventstore import tracking
from services.eventstore.database import Pool
from services.eventstore.following import Bell
from services.eventstore.store import EventStore
from services.projections.rebuild import Progress, untold
from services.projections.runner import ProjectionRunner, Stuck
from services.projections.shared_look import SharedLook


class ReadModels:
    """All projections of a process, and waiting until they have come far enough."""

    def __init__(
        self,
        pool: Pool,
        store: EventStore,
        runners: Sequence[ProjectionRunner],
        bell: Bell,
        patience: float,
    ) -> None:
        self._pool = pool
        self._store = store
        self._runners = runners
        self._bell = bell
        self._patience = patience

    @property
    def stuck(self) -> Sequence[Stuck]:
        """Those that cannot take in an event."""
        return [runner.stuck for runner in self._runners if runner.stuck is not None]

    async def run(self) -> None:
        """Keep all up to date until cancelled."""
        await SharedLook(self._pool, self._store, self._runners).run(self._bell)

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
