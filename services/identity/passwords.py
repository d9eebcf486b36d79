"""Passwords: kept as argon2id hashes, checked in the same time whether there is one or not."""

import asyncio
import os
from base64 import b64encode
from datetime import datetime
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from services.eventstore.database import Pool
from services.identity.weakness import LONGEST, written

VERSION = 19
"""Of argon2 itself; there has been no other since 2016."""

HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


class Passwords:
    """The password of each account that has one. A hash is no decision: it is not in the log."""

    def __init__(self, pool: Pool, hasher: PasswordHasher = HASHER) -> None:
        self._pool = pool
        self._hasher = hasher
        self._of_nobody = _hash_of_nobody(hasher)
        # Each takes 64 MiB while it is counted: not more of them at once than there are cores.
        self._room = asyncio.Semaphore(os.cpu_count() or 1)

    async def keep(self, account: UUID, password: str, at: datetime) -> None:
        """From now on this is the account's password."""
        async with self._room:
            made = await asyncio.to_thread(self._hasher.hash, written(password))
        await self._pool.execute(
            "insert into credential (account, hash, changed_at) values ($1, $2, $3)"
            " on conflict (account) do update set hash = excluded.hash, changed_at = $3",
            account,
            made,
            at,
        )

    async def matches(self, account: UUID | None, password: str) -> bool:
        """Whether it is the account's. For one that has none, or is none, it takes as long."""
        kept: str | None = await self._pool.fetchval(
            "select hash from credential where account = $1 and not exists (select from subject_key"
            " where subject = account and erased_at is not null)",
            account,
        )
        async with self._room:
            fits = await asyncio.to_thread(self._verify, kept or self._of_nobody, password)
        if kept is None or account is None or not fits:
            return False
        if self._hasher.check_needs_rehash(kept):
            await self._renew(account, kept, password)
        return True

    async def changed_at(self, account: UUID) -> datetime | None:
        """Since when the account has its password; None if it has none."""
        changed: datetime | None = await self._pool.fetchval(
            "select changed_at from credential where account = $1", account
        )
        return changed

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, written(password)[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False

    async def _renew(self, account: UUID, kept: str, password: str) -> None:
        """The same password, hashed as it is done now, unless it was changed meanwhile."""
        async with self._room:
            made = await asyncio.to_thread(self._hasher.hash, written(password))
        await self._pool.execute(
            "update credential set hash = $3 where account = $1 and hash = $2", account, kept, made
        )


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """One with the same parameters that nobody computed, so no password is known to fit."""
    parameters = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, made = (
        b64encode(os.urandom(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v={VERSION}${parameters}${salt}${made}"
