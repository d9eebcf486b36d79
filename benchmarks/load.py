"""Many clients at once for a span of time: how many commands a second got through."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from benchmarks.material import Stream
from services.eventstore.store import EventStore

MOST = 40_000
"""So many commands a second are prepared; if more are needed, they are made on the way."""


class Client(Protocol):
    """Of a peer whose calls block."""

    def append(self) -> object: ...


async def tasks_rate(clients: Sequence[Stream], seconds: float) -> float:
    """Commands a second, each client in a task sending its next when the last is answered."""
    for client in clients:
        client.prepare(int(seconds * MOST / len(clients)))
    end = time.perf_counter() + seconds

    async def send(client: Stream) -> int:
        sent = 0
        while time.perf_counter() < end:
            await client.append()
            sent += 1
        return sent

    start = time.perf_counter()
    sent = await asyncio.gather(*(send(client) for client in clients))
    return sum(sent) / (time.perf_counter() - start)


async def threads_rate(clients: Sequence[Client], seconds: float) -> float:
    """The same for a peer that blocks: each client in a thread."""

    def send(client: Client, end: float) -> int:
        sent = 0
        while time.perf_counter() < end:
            client.append()
            sent += 1
        return sent

    def run() -> float:
        with ThreadPoolExecutor(len(clients)) as pool:
            start = time.perf_counter()
            sent = list(pool.map(send, clients, [start + seconds] * len(clients)))
            return sum(sent) / (time.perf_counter() - start)

    return await asyncio.to_thread(run)


def streams(store: EventStore, clients: int, size: int) -> Sequence[Stream]:
    """So many clients of ours, each with a stream of its own and commands of so many events."""
    return [Stream(store, size) for _ in range(clients)]
