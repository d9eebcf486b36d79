"""One proof out of a million events: made from the tiles in PostgreSQL, and checked."""

import statistics
import time
from collections.abc import Sequence
from random import Random

from benchmarks.bench import Bench
from benchmarks.figure import Figure, alone
from benchmarks.filling import fill
from services.eventstore.database import Pool
from services.ledger.proof import check_inclusion
from services.ledger.tree import TreeReader

EVENTS = 1_000_000
QUICK = 300_000


async def measure(bench: Bench) -> Sequence[Figure]:
    size = bench.pick(QUICK, EVENTS)
    url = await bench.database("ours")
    await fill(url, size)
    async with bench.product(url) as runtime:
        making, checking = await _times(runtime.pool, size, bench.pick(500, 3_000))
    of = f"one of {size:,} events" + bench.pick(f" (quick: instead of {EVENTS:,})", "")
    return [
        alone(f"make a proof of {of}, p50", "ms", making, goal=("at most", 1)),
        alone(f"check a proof of {of}, p50", "ms", checking, goal=("at most", 1)),
    ]


async def _times(pool: Pool, size: int, times: int) -> tuple[float, float]:
    """The median milliseconds to make and to check proofs of events drawn at random."""
    tree, chance = TreeReader(pool), Random(7)  # noqa: S311 (not a secret)
    root = await tree.root(size)
    making, checking = list[float](), list[float]()
    for _ in range(times):
        index = chance.randrange(size)
        leaf = await pool.fetchval("select leaf from event where position = $1", index + 1)
        start = time.perf_counter()
        hashes = await tree.inclusion(index, size)
        made = time.perf_counter()
        holds = check_inclusion(leaf, index, size, hashes, root)
        checking.append((time.perf_counter() - made) * 1000)
        making.append((made - start) * 1000)
        assert holds, f"the proof of event {index + 1} does not hold"
    return statistics.median(making), statistics.median(checking)
