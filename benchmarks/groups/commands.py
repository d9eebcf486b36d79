"""Commands of three events each, from eight clients at once."""

from collections.abc import Sequence

from benchmarks.bench import Bench
from benchmarks.figure import Figure, compared
from benchmarks.load import streams, tasks_rate, threads_rate
from benchmarks.peers import uma
from benchmarks.peers.library import SAFE, LibraryRecorder
from benchmarks.rounds import medians

CLIENTS = 8
SIZE = 3
NAME = "commands of three events, 8 clients"


async def measure(bench: Bench) -> Sequence[Figure]:
    ours_url = await bench.database("ours")
    safe_url = await bench.empty_database("safe")
    with (
        LibraryRecorder(safe_url, CLIENTS, functions=False) as library,
        uma.uma_server(bench.folder / "uma") as uma_url,
    ):
        async with bench.product(ours_url) as runtime:
            ours = streams(runtime.store, CLIENTS, SIZE)
            safe = library.clients(CLIENTS, SIZE)
            others = uma.clients(uma_url, CLIENTS, SIZE)
            seconds = bench.pick(2.0, 8.0)
            rates = await medians(
                bench.pick(3, 7),
                lambda: tasks_rate(ours, seconds),
                lambda: threads_rate(safe, seconds),
                lambda: threads_rate(others, seconds),
            )
    bench.note("UmaDB keeps its own files and flushes each commit; the others share PostgreSQL")
    return [
        compared(NAME, "commands/s", rates[0], rates[1], SAFE, goal=("at least", 4)),
        compared(NAME, "commands/s", rates[0], rates[2], uma.NAME, goal=("at least", 1)),
    ]
