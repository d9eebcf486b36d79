"""A view built again from the whole log: the audit trail, one row for each event."""

import asyncio
import time
from collections.abc import Sequence

from benchmarks.bench import Bench
from benchmarks.figure import Figure, alone, compared
from benchmarks.filling import fill
from benchmarks.peers.library_trail import NAME as LIBRARY
from benchmarks.peers.library_trail import fill_library, library_rate
from benchmarks.rounds import medians
from services.projections.record import Trail
from services.projections.runner import ProjectionRunner

NAME = "rebuild of a projection"


async def measure(bench: Bench) -> Sequence[Figure]:
    count, fewer = bench.pick(100_000, 1_000_000), bench.pick(2_000, 20_000)
    url, other_url = await bench.database("ours"), await bench.empty_database("library")
    await fill(url, count)
    await asyncio.to_thread(fill_library, other_url, fewer)
    async with bench.product(url) as runtime:
        runner = ProjectionRunner(runtime.pool, runtime.store, Trail())

        async def ours() -> float:
            start = time.perf_counter()
            await runner.rebuild()
            return count / (time.perf_counter() - start)

        async def other() -> float:
            empty = await bench.empty_database("view")
            return await asyncio.to_thread(library_rate, other_url, empty, fewer)

        rates = await medians(bench.pick(2, 5), ours, other)
        rows = await runtime.pool.fetchval("select count(*) from trail")
    assert rows == count, f"the view has {rows} rows of {count}"
    bench.note(f"ours from {count:,} events; the library, which takes longer, from {fewer:,}")
    return [
        alone(NAME, "events/s", rates[0], goal=("at least", 50_000)),
        compared(NAME, "events/s", rates[0], rates[1], LIBRARY, goal=("at least", 8)),
    ]
