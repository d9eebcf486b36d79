"""Reads the log once for all views of a process."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from itertools import chain

from services.eventstore import tracking
from services.eventstore.database import Pool
from services.eventstore.following import Bell, Stretch, Subscription, until_there
from services.eventstore.store import EventStore
from services.projections.runner import ProjectionRunner


class SharedLook:
    """Keeps views up to date that are equally far, with one look at the log for all of them.

    Most events concern few views: each of these takes them in by itself, the positions of the
    others are moved by one statement. A view that is behind, because it is new, has a defect or
    lost its connection, comes after by itself and joins the others when it is as far as they.
    """

    def __init__(self, pool: Pool, store: EventStore, runners: Sequence[ProjectionRunner]) -> None:
        self._pool = pool
        self._store = store
        self._runners = runners
        self._going: list[ProjectionRunner] = []
        self._front = 0

    async def run(self, bell: Bell) -> None:
        """Follow the log until cancelled."""
        async with asyncio.TaskGroup() as group:
            behind: Iterable[ProjectionRunner] = self._runners
            while True:
                self._front = await until_there(self._store.head)
                self._leave(behind, group)
                await self._follow(bell, group)
                behind = list(self._going)

    async def _follow(self, bell: Bell, group: asyncio.TaskGroup) -> None:
        """Go on until something cannot be read: each view finds out whether it needs that."""
        subscription = Subscription(self._store, bell, self._front)
        while True:
            try:
                entries = await subscription.next()
            except Exception:  # noqa: BLE001 (whoever needs it says what it is)
                return
            after, self._front = self._front, subscription.position
            self._leave(await self._apply(Stretch(entries, self._front), after), group)

    async def _apply(self, stretch: Stretch, after: int) -> Iterable[ProjectionRunner]:
        """Those that could not take it in."""
        concerned = [runner for runner in self._going if runner.wanted(stretch.entries)]
        others = [runner for runner in self._going if runner not in concerned]
        return chain.from_iterable(
            await asyncio.gather(
                self._move(others, stretch, after),
                *(self._take(runner, stretch, after) for runner in concerned),
            )
        )

    async def _move(
        self, runners: Sequence[ProjectionRunner], stretch: Stretch, after: int
    ) -> Sequence[ProjectionRunner]:
        moved: Collection[str] = ()
        with suppress(Exception):
            names = [runner.name for runner in runners]
            moved = await tracking.move_all(self._pool, names, after, stretch.position)
        return [runner for runner in runners if runner.name not in moved]

    async def _take(
        self, runner: ProjectionRunner, stretch: Stretch, after: int
    ) -> Sequence[ProjectionRunner]:
        # What was wrong it meets again, and says so, when it comes after by itself.
        with suppress(Exception):
            if await runner.take(stretch, after):
                return ()
        return (runner,)

    def _leave(self, runners: Iterable[ProjectionRunner], group: asyncio.TaskGroup) -> None:
        for runner in runners:
            if runner in self._going:
                self._going.remove(runner)
            group.create_task(self._come_after(runner))

    async def _come_after(self, runner: ProjectionRunner) -> None:
        position = await runner.come_up()
        while position < self._front:
            position = await runner.come_up()
        self._going.append(runner)
