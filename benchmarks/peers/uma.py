"""UmaDB: its server as a process on this machine, and its Python client."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, Popen
from uuid import uuid4

import umadb

from benchmarks.material import state
from domain.concepts.events import SectionDrafted
from services.embedded.folder import free_port

NAME = "UmaDB"
PORT = 50_051
SERVER = "from umadb.umadb_server_cli import main; main()"
PATIENCE = 10


@contextmanager
def uma_server(folder: Path) -> Iterator[str]:
    """The url of a server with its defaults (it flushes each commit), its data in this folder."""
    folder.mkdir(exist_ok=True)
    address = f"127.0.0.1:{free_port('127.0.0.1', PORT)}"
    command = [sys.executable, "-c", SERVER, "--listen", address, "--db-path", str(folder)]
    with Popen(command, stdout=DEVNULL, stderr=DEVNULL) as process:
        try:
            _wait_for(f"http://{address}")
            yield f"http://{address}"
        finally:
            process.terminate()


class UmaClient:
    """Appends to a stream of its own, under the condition that nobody else has.

    Event ids and condition together make its appends idempotent, as ours are.
    """

    def __init__(self, url: str, size: int) -> None:
        self._client = umadb.Client(url)
        self._size = size
        self._tag = f"concept/{uuid4()}"
        self._query = umadb.Query(items=[umadb.QueryItem(tags=[self._tag])])
        self._last: int | None = None
        self._state = state()

    def append(self) -> object:
        events = [
            umadb.Event(SectionDrafted.TOPIC, self._state, [self._tag], uuid=uuid4())
            for _ in range(self._size)
        ]
        self._last = self._client.append(events, umadb.AppendCondition(self._query, self._last))
        return self._last


def clients(url: str, count: int, size: int) -> Sequence[UmaClient]:
    """So many, each with a connection of its own."""
    return [UmaClient(url, size) for _ in range(count)]


def _wait_for(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            umadb.Client(url).head()
        except Exception:  # whatever the client says while nobody listens yet
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
