"""What PostgreSQL itself notes in `postmaster.pid` about the running server of a folder."""

import os
import socket
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from services.embedded.folder import FolderUnusable, runs

SUPERUSER = "postgres"
PORT = 5432  # only the name of the socket: nothing listens on the network
LINES_WHEN_RUNNING = 8


class Postmaster(NamedTuple):
    """The server that runs, or ran until it was killed, on a folder."""

    folder: Path
    pid: int
    port: int
    socket_folder: str
    ready: bool

    def lives(self) -> bool:
        return runs(self.pid, "-D", str(self.folder))

    def answers(self) -> bool:
        if not self.ready:
            return False
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(f"{self.socket_folder}/.s.PGSQL.{self.port}") == 0

    def url(self, database: str) -> str:
        """Give a url that asyncpg and psycopg both read; without the port, they'd ask PGPORT."""
        host = quote(self.socket_folder, safe="/", errors="surrogateescape")
        return f"postgresql://{SUPERUSER}@/{database}?host={host}&port={self.port}"


def postmaster_of(folder: Path) -> Postmaster | None:
    """Read the note; none if the server was stopped or never started.

    Raises:
        FolderUnusable: the folder belongs to another user.
    """
    try:
        lines = (folder / "postmaster.pid").read_text(errors="surrogateescape").splitlines()
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise FolderUnusable(folder.parent, "it belongs to another user") from error
    if not lines:  # just being written
        return None
    if len(lines) < LINES_WHEN_RUNNING:
        return Postmaster(folder, int(lines[0]), PORT, "", ready=False)
    pid, _, _, port, socket_folder, _, _, status = lines[:LINES_WHEN_RUNNING]
    return Postmaster(folder, int(pid), int(port), socket_folder, ready=status.strip() == "ready")


def disown(folder: Path) -> None:
    """Put our pid in place of that of a server that is gone.

    After a new boot or in a new container, another process or a zombie may have that pid, and
    PostgreSQL would refuse to start beside it. It knows that the process which starts it cannot be
    a server; and it still finds in the file whether the memory of the earlier one is in use.
    """
    for name in ("postmaster.pid", f".s.PGSQL.{PORT}.lock"):
        try:
            # As root we write in a folder of another user, who must not lead us elsewhere.
            note = os.open(folder / name, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue
        with os.fdopen(note, "r+b") as file:
            _, *lines = file.read().splitlines(keepends=True)
            file.seek(0)
            file.truncate()
            file.writelines([b"%d\n" % os.getpid(), *lines])
