"""A reader at the end of the log, in a process of its own, and what it missed."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader saw so far, compared with what is in the log up to the last one it saw."""

    seen: int
    missed: int
    doubled: int
    reordered: int

    @property
    def wrong(self) -> int:
        return self.missed + self.doubled + self.reordered

    def __str__(self) -> str:
        return (
            f"{self.seen:,} events read while they were written: {self.missed:,} missed,"
            f" {self.doubled:,} doubled, {self.reordered:,} out of order"
        )


class Tail:
    """The reader's process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def settle(self, position: int) -> Seen:
        """Let the reader come to this position; what it saw, over all so far."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{position}\n".encode())
        return msgspec.json.decode(await self._line(), type=Seen)

    async def ready(self) -> None:
        await self._line()

    async def _line(self) -> bytes:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the reader has ended: its last words are above")
        return line


@asynccontextmanager
async def tailing(module: str, *arguments: str) -> AsyncIterator[Tail]:
    """Run `python -m module …` beside, following a log from now on."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        tail = Tail(process)
        await tail.ready()
        yield tail
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


def compare(positions: list[int], existing: list[int]) -> Seen:
    """What was seen in this order against what is there, up to the last position seen."""
    last = max(positions, default=0)
    distinct = set(positions)
    return Seen(
        seen=len(positions),
        missed=sum(position <= last and position not in distinct for position in existing),
        doubled=len(positions) - len(distinct),
        reordered=sum(later < earlier for earlier, later in pairwise(positions)),
    )
