"""`kreislauf` as people and operators start it: processes of their own, ended whatever happens."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

PROGRAM = Path(sys.executable).with_name("kreislauf")
LOOK_AGAIN = 0.05


class Outcome(NamedTuple):
    """How a short command ended."""

    code: int
    out: str
    err: str


class Ended(AssertionError):
    """A process did not come as far as the test waits for."""


class Started:
    """A running process in a session of its own, so that a signal reaches it alone."""

    def __init__(
        self, arguments: Sequence[str], output: Path, variables: Mapping[str, str] | None
    ) -> None:
        self._output = output
        with output.open("wb") as file:
            self._process = subprocess.Popen(
                [PROGRAM, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=_environment(variables),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def output(self) -> str:
        return self._output.read_text()

    async def says(self, pattern: str, *, seconds: float = 60) -> re.Match[str]:
        """Wait until its output has the pattern."""
        until = time.monotonic() + seconds
        while (found := re.search(pattern, self.output)) is None:
            if self._process.poll() is not None or time.monotonic() > until:
                raise Ended(f"waited for {pattern!r}; it said:\n{self.output}")
            await asyncio.sleep(LOOK_AGAIN)
        return found

    async def ends(self, *, seconds: float = 30) -> int:
        """Wait until it has ended; its exit code."""
        return await asyncio.to_thread(self._process.wait, seconds)

    def interrupt(self) -> None:
        """What Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        """Without a chance to clean up; harmless when it has ended."""
        self._process.kill()
        self._process.wait()


class House:
    """What a test starts, and the data folder it is started on; all of it ends with the test."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._started: list[Started] = []

    def start(self, *arguments: str, variables: Mapping[str, str] | None = None) -> Started:
        """Start it on the data folder; what it says goes to a file beside the folder."""
        output = self.data.with_name(f"said-{len(self._started)}.txt")
        process = Started(("--data", str(self.data), *arguments), output, variables)
        self._started.append(process)
        return process

    def kill_everything(self) -> None:
        """As if the machine had lost its power."""
        for process in self._started:
            process.kill()
        for pid in processes_of(self.data):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


async def run(*arguments: str, variables: Mapping[str, str] | None = None) -> Outcome:
    """Run a short command to its end."""
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        *arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(variables),
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(60):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode is not None, "it has ended"
    return Outcome(process.returncode, out.decode(), err.decode())


def on_a_terminal(
    *arguments: str, variables: Mapping[str, str] | None = None, errors_too: bool = False
) -> str:
    """What a short command writes to a terminal. Blocks until it has ended."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs if errors_too else None,
        env={**_environment(variables), "TERM": "xterm-256color", "COLUMNS": "100"},
        start_new_session=True,
    ):
        os.close(theirs)
        written = _read_all(ours)
    os.close(ours)
    return written


def processes_of(folder: Path) -> list[int]:
    """The living processes that were started on this data folder, its servers among them."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes()
            here = (entry / "cwd").readlink()
        except OSError:  # it ended just now
            continue
        # PostgreSQL renames its children, but all of them work in its folder.
        if words and (str(folder).encode() in words or here.is_relative_to(folder)):
            found.append(int(entry.name))
    return found


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    """A data folder whose processes do not outlive the test.

    It is not in pytest's folder: as root, PostgreSQL runs under another account, and a second run
    of pytest closes that folder to all others.
    """
    with tempfile.TemporaryDirectory(prefix="kreislauf-test-", ignore_cleanup_errors=True) as place:
        built = House(Path(place) / "data")
        try:
            yield built
        finally:
            until = time.monotonic() + 10
            built.kill_everything()
            while processes_of(built.data) and time.monotonic() < until:
                built.kill_everything()
                await asyncio.sleep(LOOK_AGAIN)


def _read_all(terminal: int) -> str:
    written = b""
    # A terminal that nobody writes to any more gives an error, not an end.
    with suppress(OSError):
        while chunk := os.read(terminal, 65536):
            written += chunk
    return written.decode()


def _environment(variables: Mapping[str, str] | None) -> dict[str, str]:
    """Ours without the settings of whoever runs the tests."""
    theirs = ("KREISLAUF_", "FORCE_COLOR", "UV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return {**kept, **(variables or {})}
