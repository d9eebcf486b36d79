"""Bring the database to the state this version of the code needs."""

from collections.abc import Sequence
from importlib.resources import as_file, files
from urllib.parse import urlsplit, urlunsplit

import psycopg
from yoyo import get_backend, read_migrations  # pyright: ignore[reportUnknownVariableType]

LOCK = 0x6B726569
"""One migration at a time. An advisory lock goes with its process; a row in a table would stay."""


def migrate(database_url: str) -> Sequence[str]:
    """Apply what is missing; the names of what was applied.

    Blocks: the runner is synchronous. Several processes may start it at once, one waits.
    """
    with psycopg.connect(database_url, autocommit=True) as guard:
        guard.execute("select pg_advisory_lock(%s)", (LOCK,))
        backend = get_backend(for_psycopg(database_url))
        with as_file(files("services.eventstore") / "migrations") as folder:
            missing = backend.to_apply(read_migrations(str(folder)))
            backend.apply_migrations(missing)
            applied = [str(migration.id) for migration in missing]
        backend.connection.close()
        return applied


def missing_migrations(database_url: str) -> Sequence[str]:
    """The names of what has not been applied yet."""
    backend = get_backend(for_psycopg(database_url))
    with as_file(files("services.eventstore") / "migrations") as folder:
        missing = [str(m.id) for m in backend.to_apply(read_migrations(str(folder)))]
    backend.connection.close()
    return missing


def for_psycopg(database_url: str) -> str:
    parts = urlsplit(database_url)
    # urlunsplit drops an empty host, and "postgresql:///db?host=/socket" needs its slashes.
    return urlunsplit(parts._replace(scheme="postgresql+psycopg", netloc=parts.netloc or "@"))
