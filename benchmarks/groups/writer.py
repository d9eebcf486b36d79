"""One writer alone: the time of an append, in turn with a bare insert of one event."""

from collections.abc import Sequence

import asyncpg

from benchmarks.bench import Bench
from benchmarks.figure import Figure, compared
from benchmarks.material import Stream
from benchmarks.peers.bare import BareWriter, without_tree
from benchmarks.rounds import milliseconds


async def measure(bench: Bench) -> Sequence[Figure]:
    url = await bench.database("bare")
    await without_tree(url)
    async with (
        bench.product(await bench.database("ours")) as runtime,
        asyncpg.create_pool(url, min_size=1, max_size=1) as pool,
        pool.acquire() as connection,
    ):
        ours, other = Stream(runtime.store, 1), BareWriter(connection, 1)
        times = bench.pick(1_000, 10_000)
        ours.prepare(times + 100)
        figures = await milliseconds(times, ours.append, other.insert)
    name, peer = "an append by one writer, p50", "a bare asyncpg insert"
    return [compared(name, "ms", figures[0], figures[1], peer, goal=("at most", 1.5))]
