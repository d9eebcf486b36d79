"""Sends each request at its moment, whatever became of those before it, from another process.

Whoever comes has a connection of their own. What counts is the time from the moment at which a
request was due to the end of its answer, so a service that falls behind cannot hide it.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.http_client import Answers
from services import event_loop

PATIENCE = 60.0
BEGINNING = 0.2
"""Seconds until the first request is due, so that it is not late already."""


class PacedWork(msgspec.Struct, frozen=True, kw_only=True):
    """The requests, of which so many are due each second; each closes its connection."""

    port: int
    requests: Sequence[bytes]
    per_second: float


async def send_paced(work: PacedWork) -> Answers:
    """Have a fresh process do the work."""
    with TemporaryDirectory(prefix="kreislauf-requests-") as folder:
        file = Path(folder) / "work"
        file.write_bytes(msgspec.msgpack.encode(work))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.paced_client", str(file)),
            cwd=Path(__file__).parents[1],
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
    return msgspec.msgpack.decode(told, type=Answers)


async def _work_off(work: PacedWork) -> Answers:
    start = asyncio.get_running_loop().time() + BEGINNING
    answers = await asyncio.gather(
        *(
            _ask(work.port, request, start + number / work.per_second)
            for number, request in enumerate(work.requests)
        )
    )
    return Answers(
        seconds=asyncio.get_running_loop().time() - start,
        milliseconds=[taken * 1000 for taken, _ in answers],
        statuses=dict(Counter(status for _, status in answers)),
    )


async def _ask(port: int, request: bytes, due: float) -> tuple[float, str]:
    """How long it took from its moment on, and the status of the answer."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(due - loop.time())
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        answer = await reader.read()
        taken = loop.time() - due
        writer.close()
    return taken, answer[9:12].decode()


async def _main(work: PacedWork) -> None:
    sys.stdout.buffer.write(msgspec.msgpack.encode(await _work_off(work)))


if __name__ == "__main__":
    given = Path(sys.argv[1]).read_bytes()
    event_loop.run(_main(msgspec.msgpack.decode(given, type=PacedWork)))
