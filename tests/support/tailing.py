"""A reader at the end of the log, as projections and streams of events are."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from services.eventstore.following import Bell, follow
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from tests.support.background import in_background

PATIENCE = 60


class Tail:
    """What a follower saw, in the order in which it saw it."""

    def __init__(self) -> None:
        self.seen: list[LogEntry] = []

    @property
    def positions(self) -> list[int]:
        return [entry.position for entry in self.seen]

    async def until(self, position: int) -> None:
        """Wait until it has seen this position."""
        async with asyncio.timeout(PATIENCE):
            while not self.seen or self.seen[-1].position < position:  # noqa: ASYNC110 (it is the log that is waited for)
                await asyncio.sleep(0.005)

    async def follow(
        self, store: EventStore, bell: Bell, topics: Sequence[str] | None = None
    ) -> None:
        async for batch in follow(store, bell, 0, topics):
            self.seen += batch


@asynccontextmanager
async def tailing(
    store: EventStore, bell: Bell, topics: Sequence[str] | None = None
) -> AsyncIterator[Tail]:
    """Follow the log from its beginning while the block runs."""
    tail = Tail()
    async with in_background(tail.follow(store, bell, topics)):
        yield tail


@asynccontextmanager
async def listening(bell: Bell) -> AsyncIterator[None]:
    async with in_background(bell.listen()):
        yield
