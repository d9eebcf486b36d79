"""What an append costs in a long log, against the same in a short one."""

from collections.abc import Sequence

from benchmarks.bench import Bench
from benchmarks.figure import Figure, compared
from benchmarks.filling import fill
from benchmarks.load import streams, tasks_rate
from benchmarks.rounds import Round, medians, milliseconds
from services.eventstore.store import EventStore

SHORT = 50_000
LONG = 5_000_000
QUICK = 300_000
CLIENTS = 64


async def measure(bench: Bench) -> Sequence[Figure]:
    long = bench.pick(QUICK, LONG)
    urls = {size: await bench.database(f"log_of_{size}") for size in (long, SHORT)}
    for size, url in urls.items():
        await fill(url, size)
    async with (
        bench.product(urls[long]) as grown,
        bench.product(urls[SHORT]) as young,
    ):
        # First alone, because the load of many makes the short log longer.
        alone = [streams(store, 1, 1)[0].append for store in (grown.store, young.store)]
        single = await milliseconds(bench.pick(1_000, 5_000), *alone)
        together = [_together(bench, store) for store in (grown.store, young.store)]
        many = await medians(bench.pick(5, 7), *together)
        bench.note(f"the short log had {await young.store.head():,} events at the end")
    at = f"an append at {long:,} events" + bench.pick(f" (quick: instead of {LONG:,})", "")
    short = f"at {SHORT:,} events"
    goal = ("at most", 1.2)
    return [
        compared(f"{at}, 64 at once", "ms", many[0], many[1], short, goal=goal),
        compared(f"{at}, one writer, p50", "ms", single[0], single[1], short, goal=goal),
    ]


def _together(bench: Bench, store: EventStore) -> Round:
    clients = streams(store, CLIENTS, 1)

    async def once() -> float:
        """Milliseconds the machine spends on an append."""
        return 1000 / await tasks_rate(clients, bench.pick(0.5, 1.0))

    return once
