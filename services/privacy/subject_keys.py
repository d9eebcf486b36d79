"""The key of each person: made on first use, asked for at each read, gone with an erasure."""

from collections.abc import Collection, Sequence
from typing import TypeAlias
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel import Erased
from domain.privacy.errors import SubjectIsErased
from services.eventstore.database import Connection, Pool
from services.privacy.box import Keys
from services.privacy.master import MasterKeys, MasterKeyTrouble, UnknownMasterKey

CANARY = "canary"

ATTEMPTS = 5
"""Between looking which master key is the database's and wrapping by it, it may be replaced."""

Database: TypeAlias = Pool | Connection

FIND_OR_MAKE = """
    with known as (
        select subject, wrapped, erased_at, reason from subject_key where subject = any($1)
    ), missing as (
        select subject, wrapped from unnest($1::uuid[], $2::bytea[]) as made (subject, wrapped)
        where subject not in (select subject from known)
    ), present as (
        select from master_key where canary = $3 and exists (select from missing) for share
    ), unwaited as materialized (select set_config('synchronous_commit', 'off', true)
    ), inserted as (
        insert into subject_key (subject, wrapped)
        select subject, wrapped from missing, present, unwaited order by subject
        on conflict do nothing returning subject
    )
    select subject, wrapped, erased_at, reason from known
    union all select subject, null, null, null from inserted
"""
"""The flush of a new key is not waited for: that of what is written with it comes later in the same
write-ahead log, so nothing that needs the key is on disk before it.

In order, so that two processes do not wait for each other. What another one was faster to make is
not among the rows, but will be next time.
"""


def purpose(subject: UUID) -> str:
    """What a person's key is wrapped for: it does not open in another person's row."""
    return f"subject {subject}"


def check_not_erased(subjects: Collection[UUID], keys: Keys) -> None:
    """Nothing is written about people whose data were erased. Raises SubjectIsErased."""
    for subject in subjects:
        if isinstance(keys[subject], Erased):
            raise SubjectIsErased(str(subject))


class SubjectKeys:
    """Keys are kept nowhere between two reads: once one is destroyed, it is gone everywhere."""

    def __init__(self, master: MasterKeys) -> None:
        self._master = master
        self._canary = b""

    async def accept(self, database: Database) -> None:
        """Make sure that the master key is the database's, which takes the first one it sees.

        A database without its tables is left to readiness, which says what to run.
        Raises MasterKeyTrouble if it is another one.
        """
        if await database.fetchval("select to_regclass('master_key') is null"):
            return
        await database.execute(
            "insert into master_key (canary) values ($1) on conflict do nothing",
            self._master.wrap(CANARY.encode(), CANARY),
        )
        canary: bytes = await database.fetchval("select canary from master_key")
        self._master.unwrap(canary, CANARY)

    async def to_read(self, database: Database, subjects: Collection[UUID]) -> Keys:
        """The keys there are of these people, or what says that they were destroyed."""
        rows = await database.fetch(
            "select subject, wrapped, erased_at, reason from subject_key where subject = any($1)",
            list(subjects),
        )
        return {row["subject"]: self._key(row) for row in rows}

    async def made(self, pool: Pool, subjects: Collection[UUID]) -> Keys:
        """Those of all these people, made if they are missing. Raises MasterKeyTrouble."""
        asked = list(subjects)
        for _ in range(ATTEMPTS):
            kept, self._canary = self._canary, b""
            canary = kept or await pool.fetchval("select canary from master_key")
            try:
                keys = await self._find_or_make(pool, asked, canary)
            except UnknownMasterKey:
                if not kept:
                    raise
                continue  # another master key has taken its place
            if len(keys) == len(asked):
                self._canary = canary
                return keys
        raise MasterKeyTrouble("The master key is replaced again and again. Try again later.")

    async def _find_or_make(self, pool: Pool, subjects: Sequence[UUID], canary: bytes) -> Keys:
        """The master key that wraps is the canary's; none are made if it is no longer this one."""
        new = {subject: AESGCM.generate_key(256) for subject in subjects}
        wrapped = [
            self._master.wrap_like(canary, key, purpose(subject)) for subject, key in new.items()
        ]
        rows = await pool.fetch(FIND_OR_MAKE, subjects, wrapped, canary)
        return {
            row["subject"]: new[row["subject"]] if row["reason"] is None else self._key(row)
            for row in rows
        }

    def _key(self, row: asyncpg.Record) -> bytes | Erased:
        if row["wrapped"] is None:
            return Erased(at=row["erased_at"], reason=row["reason"])
        return self._master.unwrap(row["wrapped"], purpose(row["subject"]))
