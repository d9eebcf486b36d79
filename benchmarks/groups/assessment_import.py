"""A county's load of results: a CSV file of many classes, read and checked cell by cell."""

import statistics
from collections.abc import Sequence

from benchmarks.bench import Bench
from benchmarks.county_load import LEARNERS, TEXTS, load, write_load
from benchmarks.figure import Figure, alone

ROWS = 100_000
QUICK = 20_000


async def measure(bench: Bench) -> Sequence[Figure]:
    rows, file = bench.pick(QUICK, ROWS), bench.folder / "county.csv"
    write_load(file, rows)
    loads = [await load(file) for _ in range(bench.pick(3, 5))]
    assert all(each.rows == rows and each.classes == rows // LEARNERS for each in loads)
    bench.note(
        f"{rows:,} rows of {TEXTS} texts in classes of {LEARNERS},"
        f" {file.stat().st_size / 2**20:.1f} MiB of CSV, each time in a fresh process"
    )
    name = f"read and check {rows:,} results from CSV"
    rate = statistics.median(each.rows / each.seconds for each in loads)
    peak = max(each.peak for each in loads)
    return [
        alone(name, "rows/s", rate, goal=("at least", 20_000)),
        alone(f"{name}, peak memory", "MiB", peak, goal=("at most", 300)),
    ]
