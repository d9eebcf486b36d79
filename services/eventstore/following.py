"""Following the log: woken by NOTIFY, and looking by itself besides, so that nothing is missed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple, TypeVar

import asyncpg
import structlog

from services.eventstore import tracking
from services.eventstore.database import DATABASE_AWAY, Connection, Pool
from services.eventstore.outage import Outage, is_outage
from services.eventstore.record import LogEntry
from services.eventstore.store import BATCH, CHANNEL, EventStore

PAUSE = 0.01
"""Seconds between two looks of a reader that is up to date. While much is written, reading each
small piece at once would cost the writers more than the wait costs the reader."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Bell:
    """Rings when the log grows. One LISTEN connection for all followers of a process.

    It may miss rings while its connection is lost; whoever waits looks after `poll` anyway.
    """

    def __init__(self, database_url: str, poll: timedelta) -> None:
        self._database_url = database_url
        self._poll = poll
        self._rings = 0
        self._rung = asyncio.Event()

    @property
    def rings(self) -> int:
        """How often it rang. Take it before reading, to wait for what comes after."""
        return self._rings

    async def wait_since(self, rings: int) -> None:
        """Return once it rang after that, or when it is time to look anyway."""
        if self._rings > rings:
            return
        # Not `wait_for`: before Python 3.12 it loses a cancellation that comes with the ring.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll.total_seconds()):
                await self._rung.wait()

    def ring(self) -> None:
        self._rings += 1
        self._rung.set()
        self._rung = asyncio.Event()

    async def listen(self) -> None:
        """Keep listening; connect again whenever the connection is lost. Runs until cancelled."""
        while True:
            try:
                await self._listen_once()
            except DATABASE_AWAY as error:
                log.warning("listening interrupted", error=type(error).__name__)
            self.ring()
            await asyncio.sleep(self._poll.total_seconds())

    async def _listen_once(self) -> None:
        connection = await asyncpg.connect(self._database_url)
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, self._heard)
            # What was appended before LISTEN took effect did not ring.
            self.ring()
            await lost.wait()
        finally:
            with suppress(Exception):
                await connection.close(timeout=1)

    def _heard(self, *_: Any) -> None:
        self.ring()


class Stretch(NamedTuple):
    """A piece of the log that was looked at, up to a position, and what was wanted of it."""

    entries: Sequence[LogEntry]
    position: int


async def look(
    store: EventStore,
    after: int,
    topics: Sequence[str] | None = None,
    *,
    limit: int = BATCH,
    connection: Connection | None = None,
) -> Stretch:
    """The next stretch of the log; its position is `after` still if nothing is there.

    With topics it reaches to the head, or to the last of so many entries: what lies between is
    never looked at again.
    """
    # The head comes first: whatever is before it in the log can then be read.
    head = after if topics is None else await store.head(connection=connection)
    entries = await store.read(after, topics=topics, limit=limit, connection=connection)
    if not entries:
        return Stretch((), max(after, head))
    last = entries[-1].position
    return Stretch(entries, last if len(entries) == limit else max(last, head))


class Subscription:
    """Reads the log onwards from a position, of these topics or all: each entry once, in order.

    It holds one batch at a time and reads the next when it is asked for, so a slow reader costs no
    memory. A lost database is waited for; it then goes on where it was.
    """

    def __init__(
        self,
        store: EventStore,
        bell: Bell,
        after: int = 0,
        topics: Sequence[str] | None = None,
        *,
        limit: int = BATCH,
    ) -> None:
        self._store = store
        self._bell = bell
        self._topics = topics
        self._limit = limit
        self._position = after
        self._not_before = 0.0

    @property
    def position(self) -> int:
        """Up to where it has looked, whether or not anything there was wanted."""
        return self._position

    async def next(self) -> Sequence[LogEntry]:
        """Wait until the log has grown; what is new and wanted, which may be nothing."""
        outage = Outage("following interrupted")
        now = asyncio.get_running_loop().time
        while True:
            if (pause := self._not_before - now()) > 0:
                await asyncio.sleep(pause)
            rings = self._bell.rings
            try:
                stretch = await look(self._store, self._position, self._topics, limit=self._limit)
            except Exception as error:
                if not is_outage(error):
                    raise
                await outage.wait(error)
                continue
            if len(stretch.entries) < self._limit:
                self._not_before = now() + PAUSE
            if stretch.position > self._position:
                self._position = stretch.position
                return stretch.entries
            await self._bell.wait_since(rings)


async def follow(
    store: EventStore, bell: Bell, after: int, topics: Sequence[str] | None = None
) -> AsyncIterator[Sequence[LogEntry]]:
    """The log after a position in batches, for ever: what is there, then what comes."""
    subscription = Subscription(store, bell, after, topics)
    while True:
        if batch := await subscription.next():
            yield batch


class FollowedTwice(Exception):
    """Somebody else follows under the same name: each would get only a part."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Somebody else has moved the position of {name!r}.")
        self.name = name


async def follow_as(
    name: str, pool: Pool, store: EventStore, bell: Bell, topics: Sequence[str] | None = None
) -> AsyncIterator[Sequence[LogEntry]]:
    """The log from where this name left off, in batches, for ever.

    A batch counts as read when the next one is asked for. Whoever stops before gets it again: at
    least once. What is to take effect exactly once is a projection.
    Raises FollowedTwice if two follow under one name.
    """
    saved = await until_there(lambda: _begin(pool, name))
    subscription = Subscription(store, bell, saved, topics)
    while True:
        if batch := await subscription.next():
            yield batch
        before, saved = saved, subscription.position
        await until_there(partial(_save, pool, name, before, saved))


async def _begin(pool: Pool, name: str) -> int:
    async with pool.acquire() as connection, connection.transaction():
        return await tracking.lock(connection, name)


async def _save(pool: Pool, name: str, before: int, position: int) -> None:
    async with pool.acquire() as connection, connection.transaction():
        found = await tracking.lock(connection, name)
        # It is there already if the answer of an earlier try was lost.
        if found not in {before, position}:
            raise FollowedTwice(name)
        await tracking.move(connection, name, position)


async def until_there(work: Callable[[], Awaitable[T]]) -> T:
    """Do it, again and again while the database is away."""
    outage = Outage("tracking interrupted")
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_outage(error):
                raise
            await outage.wait(error)
