"""A new master key: every wrapped secret is wrapped again, then the old key is thrown away."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from services.eventstore.database import Connection, Pool, own_session
from services.privacy.master import (
    MasterKeys,
    MasterKeyTrouble,
    master_key_id,
    new_key,
    read_key_file,
    write_key_file,
)

LOCK = "kreislauf master key"
BATCH = 1000


class Wrapped(msgspec.Struct, frozen=True):
    """A column of wrapped secrets. `purpose` may name the row's key: `subject {key}`."""

    table: str
    key: str
    column: str
    purpose: str


SECRETS = (
    Wrapped("subject_key", "subject", "wrapped", "subject {key}"),
    Wrapped("ledger_key", "number", "secret", "ledger"),
    Wrapped("address_key", "is_the_one", "secret", "addresses"),
    Wrapped("intake_key", "is_the_one", "secret", "report intake"),
    Wrapped("master_key", "is_the_one", "canary", "canary"),
)


class RotationRunning(MasterKeyTrouble):
    """Two rotations at once would each throw away what the other needs."""

    def __init__(self) -> None:
        super().__init__("Another process is replacing the master key. Wait until it has ended.")


async def rotate_file(pool: Pool, path: Path) -> Sequence[str]:
    """Replace the key in the file; the ids of the keys that are gone.

    It may be interrupted at any point: the file holds every key that is still needed, and the
    next rotation finishes the one before. Raises RotationRunning, MasterKeyTrouble.
    """
    async with own_session(pool) as connection:
        await _take_turns(connection)
        keys = read_key_file(path)
        if len(keys) == 1:
            keys = [new_key(), *keys]
            write_key_file(path, keys, replace=True)
        await rewrap(connection, MasterKeys(keys))
        write_key_file(path, keys[:1], replace=True)
        return [master_key_id(key) for key in keys[1:]]


async def rotate_given(pool: Pool, master: MasterKeys) -> Sequence[str]:
    """Wrap everything by the first of the given keys; the ids of those that may be removed."""
    async with own_session(pool) as connection:
        await _take_turns(connection)
        await rewrap(connection, master)
        return master.ids[1:]


async def rewrap(connection: Connection, master: MasterKeys) -> None:
    """Wrap every secret by the current key.

    The canary is first: from then on no process wraps a person's key by an earlier one.
    """
    for secrets in (SECRETS[-1], *SECRETS[:-1]):
        while await _rewrap_some(connection, secrets, master):
            pass
    # They are taken again. A damaged one must not stand in the way.
    await connection.execute("delete from snapshot")


async def key_ids_in_use(pool: Pool) -> dict[str, int]:
    """How many secrets each master key wraps, by the key's id."""
    counts: dict[str, int] = {}
    for secrets in SECRETS:
        for row in await pool.fetch(
            f"select encode(substr({secrets.column}, 1, 8), 'hex') as id, count(*) as n"  # noqa: S608 (our own names)
            f" from {secrets.table} where {secrets.column} is not null group by 1"
        ):
            counts[row["id"]] = counts.get(row["id"], 0) + row["n"]
    return counts


async def _take_turns(connection: Connection) -> None:
    """The lock goes with the connection, when it is given back or lost."""
    if not await connection.fetchval("select pg_try_advisory_lock(hashtext($1))", LOCK):
        raise RotationRunning


async def _rewrap_some(connection: Connection, secrets: Wrapped, master: MasterKeys) -> int:
    async with connection.transaction():
        rows = await connection.fetch(
            f"select {secrets.key} as key, {secrets.column} as secret from {secrets.table}"  # noqa: S608 (our own names)
            f" where substr({secrets.column}, 1, 8) <> $1 limit {BATCH} for update",
            bytes.fromhex(master.ids[0]),
        )
        renewed: list[tuple[object, bytes]] = []
        for row in rows:
            purpose = secrets.purpose.format(key=row["key"])
            secret = master.unwrap(row["secret"], purpose)
            renewed.append((row["key"], master.wrap(secret, purpose)))
        await connection.executemany(
            f"update {secrets.table} set {secrets.column} = $2 where {secrets.key} = $1",  # noqa: S608
            renewed,
        )
        return len(rows)
