"""Follows our log: `python -m benchmarks.reader DATABASE_URL FOLDER [SECONDS BETWEEN LOOKS]`.

With seconds it does not listen and looks that often: for a log that nobody announces.
Each line on standard input is a position to come to, and is answered with what was seen.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import msgspec

from benchmarks.bench import settings_in
from benchmarks.tailing import Seen, compare
from services import event_loop
from services.eventstore.following import Bell, follow
from services.eventstore.store import EventStore, Pool
from services.observability import configure_logging
from services.runtime import running

PATIENCE = 20


async def main(url: str, folder: Path, every: float | None) -> None:
    settings = settings_in(folder)
    configure_logging(settings)
    async with running(settings, url) as runtime, asyncio.TaskGroup() as group:
        bell = runtime.bell if every is None else Bell(url, timedelta(seconds=every))
        positions: list[int] = []
        background = [group.create_task(_follow(runtime.store, bell, positions))]
        if every is None:
            background.append(group.create_task(bell.listen()))
        _say("ready")
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _reach(positions, int(line))
            seen = await _compare(runtime.pool, positions)
            _say(msgspec.json.encode(seen).decode())
        for task in background:
            task.cancel()


async def _follow(store: EventStore, bell: Bell, positions: list[int]) -> None:
    async for batch in follow(store, bell, 0):
        positions += [entry.position for entry in batch]


async def _reach(positions: Sequence[int], position: int) -> None:
    for _ in range(PATIENCE * 100):
        if position == 0 or (positions and positions[-1] >= position):
            return
        await asyncio.sleep(0.01)


async def _compare(pool: Pool, positions: list[int]) -> Seen:
    rows = await pool.fetch("select position from event")
    return compare(positions, [row["position"] for row in rows])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    event_loop.run(
        main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else None)
    )
