"""Sends prepared requests: `python -m benchmarks.http_client FILE`, in a process of its own."""

import asyncio
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import msgspec

from services import event_loop

BLANK = b"\r\n\r\n"
LENGTH = b"content-length: "
OK = b"200"


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What each connection sends, one request after the other, until the time is over."""

    port: int
    connections: Sequence[Sequence[bytes]]
    seconds: float


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """How long each answer took, in milliseconds, and how many there were of each status."""

    seconds: float
    milliseconds: Sequence[float]
    statuses: dict[str, int]

    @property
    def rate(self) -> float:
        """Good answers a second. Raises RuntimeError if there were others."""
        if self.statuses.keys() != {OK.decode()}:
            raise RuntimeError(f"not all went well: {self.statuses}")
        return len(self.milliseconds) / self.seconds


def percentile(milliseconds: Sequence[float], percent: int) -> float:
    """Within which so many percent were answered."""
    return statistics.quantiles(milliseconds, n=100, method="inclusive")[percent - 1]


class Connection(asyncio.Protocol):
    """Sends the next request when the last one is answered."""

    def __init__(self, requests: Sequence[bytes], until: float) -> None:
        self._requests = iter(requests)
        self._until = until
        self._sent_at = 0.0
        self._received = b""
        self.times: list[float] = []
        self.statuses = Counter[str]()
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, blank, body = self._received.partition(BLANK)
        if not blank:
            return
        at = head.lower().index(LENGTH) + len(LENGTH)
        if len(body) < int(head[at:].split(b"\r\n", 1)[0]):
            return
        self.times.append((time.perf_counter() - self._sent_at) * 1000)
        self.statuses[head[9:12].decode()] += 1
        self._received = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("the server hung up"))

    def _send(self) -> None:
        request = next(self._requests, None)
        self._sent_at = time.perf_counter()
        if request is None or self._sent_at >= self._until:
            self.ended.set_result(None)
            self._transport.close()
        else:
            self._transport.write(request)


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A request as it goes over the wire; `_` in the name of a header stands for `-`."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + BLANK + body


async def send(work: Work) -> Answers:
    """Have a fresh process do the work."""
    with TemporaryDirectory(prefix="kreislauf-requests-") as folder:
        file = Path(folder) / "work"
        file.write_bytes(msgspec.msgpack.encode(work))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.http_client", str(file)),
            cwd=Path(__file__).parents[1],
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
    return msgspec.msgpack.decode(told, type=Answers)


async def _work_off(work: Work) -> Answers:
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    connections: list[Connection] = []
    for requests in work.connections:
        _, connection = await loop.create_connection(
            lambda requests=requests: Connection(requests, start + work.seconds),
            "127.0.0.1",
            work.port,
        )
        connections.append(connection)
    await asyncio.gather(*(connection.ended for connection in connections))
    seconds = time.perf_counter() - start
    statuses = sum((connection.statuses for connection in connections), Counter[str]())
    return Answers(
        seconds=seconds,
        milliseconds=[taken for connection in connections for taken in connection.times],
        statuses=dict(statuses),
    )


async def _main(work: Work) -> None:
    sys.stdout.buffer.write(msgspec.msgpack.encode(await _work_off(work)))


if __name__ == "__main__":
    given = Path(sys.argv[1]).read_bytes()
    event_loop.run(_main(msgspec.msgpack.decode(given, type=Work)))
