"""The key of each person: made on first use, asked for at each read, gone with an erasure."""

from collections.abc import Collection
from typing import TypeAlias
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel import Erased
from domain.privacy.errors import SubjectIsErased
from services.eventstore.database import Connection, Pool
from services.privacy.box import Keys
from services.privacy.master import MasterKeys, MasterKeyTrouble

CANARY = "canary"

ATTEMPTS = 5
"""Between looking which master key is the database's and wrapping by it, it may be replaced."""

Database: TypeAlias = Pool | Connection


def purpose(subject: UUID) -> str:
    """What a person's key is wrapped for: it does not open in another person's row."""
    return f"subject {subject}"


class SubjectKeys:
    """Keys are kept nowhere between two reads: once one is destroyed, it is gone everywhere."""

    def __init__(self, master: MasterKeys) -> None:
        self._master = master

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

    async def to_write(self, database: Database, subjects: Collection[UUID]) -> Keys:
        """The keys of these people, made if they are missing. Raises SubjectIsErased."""
        keys = await self.to_read(database, subjects)
        for _ in range(ATTEMPTS):
            if not (missing := sorted(set(subjects) - keys.keys())):
                break
            await self._make(database, missing)
            keys = await self.to_read(database, subjects)
        else:
            raise MasterKeyTrouble("The master key is replaced again and again. Try again later.")
        for subject in subjects:
            if isinstance(keys[subject], Erased):
                raise SubjectIsErased(str(subject))
        return keys

    async def _make(self, database: Database, subjects: Collection[UUID]) -> None:
        """The master key that wraps is the canary's, also while another one takes its place."""
        canary: bytes = await database.fetchval("select canary from master_key")
        await database.execute(
            "with present as (select from master_key where canary = $3 for share)"
            " insert into subject_key (subject, wrapped)"
            " select subject, wrapped from present, unnest($1::uuid[], $2::bytea[])"
            " as made (subject, wrapped) on conflict do nothing",
            list(subjects),
            [
                self._master.wrap_like(canary, AESGCM.generate_key(256), purpose(subject))
                for subject in subjects
            ],
            canary,
        )

    def _key(self, row: asyncpg.Record) -> bytes | Erased:
        if row["wrapped"] is None:
            return Erased(at=row["erased_at"], reason=row["reason"])
        return self._master.unwrap(row["wrapped"], purpose(row["subject"]))
