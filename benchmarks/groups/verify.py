"""An auditor's export of a million events, verified with the verifier that lies in it."""

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.bench import Bench
from benchmarks.figure import Figure, alone
from benchmarks.filling import fill
from services.eventstore.database import Connection
from services.ledger.bundle import export
from services.ledger.checkpoint import Checkpoint
from services.ledger.keys import make_first_key
from services.ledger.tree import TreeReader
from services.privacy.master import MasterKeys

EVENTS = 1_000_000
QUICK = 100_000
EVENTS_FOR_A_CHECKPOINT = 10_000


async def measure(bench: Bench) -> Sequence[Figure]:
    size = bench.pick(QUICK, EVENTS)
    url, folder = await bench.database("ours"), bench.folder / "export"
    await fill(url, size)
    async with bench.product(url) as runtime, runtime.pool.acquire() as connection:
        async with connection.transaction():
            await _sign(connection, runtime.master, size)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await export(connection, folder, until=size)
    times = [await _verify(folder, size) for _ in range(bench.pick(2, 5))]
    bench.note(
        f"{size:,} events, a signed checkpoint for each {EVENTS_FOR_A_CHECKPOINT:,}, from the"
        " start of the verifier's process to its end"
    )
    scaled = statistics.median(times) * EVENTS / size
    name = f"verify {EVENTS:,} events offline" + bench.pick(f" (quick: {QUICK:,}, scaled)", "")
    return [alone(name, "s", scaled, goal=("at most", 6))]


async def _sign(connection: Connection, master: MasterKeys, size: int) -> None:
    """Sign checkpoints at even distances, as if the log had been sealed while it grew."""
    key = await make_first_key(connection, master, None)
    tree = TreeReader(connection)
    for covered in range(EVENTS_FOR_A_CHECKPOINT, size + 1, EVENTS_FOR_A_CHECKPOINT):
        root = await tree.root(covered)
        checkpoint = Checkpoint(origin=key.verifier.name, size=covered, root=root)
        await connection.execute(
            "insert into checkpoint (size, root, note, signed_at)"
            " values ($1, $2, $3, clock_timestamp())",
            covered,
            root,
            str(key.sign(str(checkpoint))),
        )


async def _verify(folder: Path, size: int) -> float:
    """Seconds from the start of the verifier to its word that everything holds."""
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(folder / "verify.py"),
        str(folder),
        "--json",
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    seconds = time.perf_counter() - start
    answer = msgspec.json.decode(told)
    assert answer["holds"], told.decode()
    assert answer["events"] == size, told.decode()
    return seconds
