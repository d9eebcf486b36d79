"""Following the log: woken by NOTIFY, and looking by itself besides, so that nothing is missed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import asyncpg
import structlog

from services.eventstore.record import LogEntry
from services.eventstore.store import CHANNEL, DATABASE_AWAY, EventStore

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


async def follow(
    store: EventStore, bell: Bell, after: int, topics: Sequence[str] | None = None
) -> AsyncIterator[list[LogEntry]]:
    """The log after a position in batches, for ever: what is there, then what comes."""
    while True:
        rings = bell.rings
        batch = await store.read(after, topics=topics)
        if batch:
            after = batch[-1].position
            yield batch
        else:
            await bell.wait_since(rings)
