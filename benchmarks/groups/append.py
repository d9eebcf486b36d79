"""Durable appends a second: 64 commands of one event at a time, with a reader at the end."""

from collections.abc import Sequence
from contextlib import AsyncExitStack

import asyncpg

from benchmarks.bench import Bench
from benchmarks.figure import Figure, compared
from benchmarks.load import streams, tasks_rate, threads_rate
from benchmarks.peers.bare import BareWriter, without_tree
from benchmarks.peers.library import SAFE, UNSAFE, LibraryRecorder
from benchmarks.rounds import Round, medians
from benchmarks.tailing import Seen, Tail, tailing

CLIENTS = 64
THREADS = (1, 4, 16, 64)
"""The library gets that many of these that suit it best."""

UNANNOUNCED = "0.02"
"""Nobody rings when bare rows are inserted: their reader looks that often, in seconds."""

NAME = "durable appends, 64 at once"
BARE = "the same batches inserted bare"


async def measure(bench: Bench) -> Sequence[Figure]:
    async with AsyncExitStack() as stack:
        ours, our_tail = await _ours(bench, stack)
        safe, safe_tail = await _library(bench, stack, functions=False)
        unsafe, unsafe_tail = await _library(bench, stack, functions=True)
        bare, bare_tail = await _bare(bench, stack)
        rates = await medians(bench.pick(3, 7), ours, safe, unsafe, bare)
        for name, tail in (
            ("ours", our_tail),
            (SAFE, safe_tail),
            (UNSAFE, unsafe_tail),
            (BARE, bare_tail),
        ):
            bench.note(f"the reader of {name}: {tail.seen}")
    return [
        compared(NAME, "events/s", rates[0], rates[1], SAFE, goal=("at least", 15)),
        compared(NAME, "events/s", rates[0], rates[2], UNSAFE, goal=("at least", 5)),
        compared(NAME, "events/s", rates[0], rates[3], BARE, goal=("at least", 0.5)),
        _faultless(our_tail.seen, unsafe_tail.seen),
    ]


class Watched:
    """A reader, and what it had seen when it was last asked."""

    def __init__(self, tail: Tail) -> None:
        self._tail = tail
        self.seen = Seen(seen=0, missed=0, doubled=0, reordered=0)

    async def settle(self, position: int) -> None:
        """Let it catch up, so that it does not take time from the next round."""
        self.seen = await self._tail.settle(position)


async def _ours(bench: Bench, stack: AsyncExitStack) -> tuple[Round, Watched]:
    url = await bench.database("ours")
    store = (await stack.enter_async_context(bench.product(url))).store
    reading = tailing("benchmarks.reader", url, str(bench.folder))
    tail = Watched(await stack.enter_async_context(reading))
    clients = streams(store, CLIENTS, 1)

    async def once() -> float:
        rate = await tasks_rate(clients, _seconds(bench))
        await tail.settle(await store.head())
        return rate

    return once, tail


async def _library(
    bench: Bench, stack: AsyncExitStack, *, functions: bool
) -> tuple[Round, Watched]:
    url = await bench.empty_database("unsafe" if functions else "safe")
    reading = tailing("benchmarks.peers.library_reader", url)
    # Which makes the table, so that the reader finds it.
    await _library_rate(url, 1, 0, functions=functions)
    tail = Watched(await stack.enter_async_context(reading))
    tried = [
        (await _library_rate(url, threads, bench.pick(0.4, 2.0), functions=functions), threads)
        for threads in THREADS
    ]
    best = max(tried)[1]
    bench.note(f"{UNSAFE if functions else SAFE}: of {THREADS} threads {best} suited it best")

    async def once() -> float:
        rate = await _library_rate(url, best, _seconds(bench), functions=functions)
        with LibraryRecorder(url, 1, functions=functions) as library:
            await tail.settle(library.recorder.max_notification_id() or 0)
        return rate

    return once, tail


async def _library_rate(url: str, threads: int, seconds: float, *, functions: bool) -> float:
    """With a pool of one connection for each thread; between rounds it holds none."""
    with LibraryRecorder(url, threads, functions=functions) as library:
        return await threads_rate(library.clients(threads, 1), seconds)


async def _bare(bench: Bench, stack: AsyncExitStack) -> tuple[Round, Watched]:
    url = await bench.database("bare")
    await without_tree(url)
    pool = await stack.enter_async_context(asyncpg.create_pool(url, min_size=1, max_size=1))
    connection = await stack.enter_async_context(pool.acquire())
    writer = BareWriter(connection, CLIENTS)
    reading = tailing("benchmarks.reader", url, str(bench.folder), UNANNOUNCED)
    tail = Watched(await stack.enter_async_context(reading))

    async def once() -> float:
        rate = await writer.rate(_seconds(bench))
        await tail.settle(writer.position)
        return rate

    return once, tail


def _seconds(bench: Bench) -> float:
    return bench.pick(1.2, 5.0)


def _faultless(ours: Seen, unsafe: Seen) -> Figure:
    return Figure(
        name="missed, doubled, reordered by a reader",
        unit="events",
        ours=ours.wrong,
        other=unsafe.wrong,
        other_name=UNSAFE,
        goal="= 0",
        holds=ours.wrong == 0 and ours.seen > 0,
    )
