"""Whose an e-mail address is, and what somebody's is. Addresses themselves are in the log only."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from secrets import token_bytes
from uuid import UUID

from domain.directory.address import same_address
from domain.directory.events import AddressRecorded
from services.eventstore.database import Connection, Pool
from services.eventstore.store import EventStore
from services.privacy.master import MasterKeys, UnknownMasterKey

PURPOSE = "addresses"
KEY_BYTES = 32
CONTEXT = b"kreislauf address 1\0"
ATTEMPTS = 5
"""Between looking which master key is the database's and wrapping by it, it may be replaced."""

MAKE = """
    insert into address_key (secret) select $1 from master_key where canary = $2 for share
    on conflict do nothing
"""


class AddressKey:
    """The key of the digests by which addresses are found; made on first use.

    It is random and wrapped by the master key, so that a new master key leaves the digests valid.
    Without it nobody can try out addresses to see who has an account.
    """

    def __init__(self, master: MasterKeys) -> None:
        self._master = master

    async def digest(self, database: Pool | Connection, address: str) -> bytes:
        """HMAC-SHA256 of the address in the form that all its spellings share."""
        key = await self._key(database)
        return hmac.digest(key, CONTEXT + same_address(address).encode(), hashlib.sha256)

    async def _key(self, database: Pool | Connection) -> bytes:
        for _ in range(ATTEMPTS):
            wrapped: bytes | None = await database.fetchval("select secret from address_key")
            if wrapped is not None:
                return self._master.unwrap(wrapped, PURPOSE)
            canary: bytes = await database.fetchval("select canary from master_key")
            new = self._master.wrap_like(canary, token_bytes(KEY_BYTES), PURPOSE)
            await database.execute(MAKE, new, canary)
        raise UnknownMasterKey("(replaced again and again)", self._master.ids)


class AddressBook:
    """Finds accounts by address and addresses by account. Whoever was erased has none."""

    def __init__(self, pool: Pool, store: EventStore, key: AddressKey) -> None:
        self._pool = pool
        self._store = store
        self._key = key

    async def account_of(self, address: str) -> UUID | None:
        """Whose address this is. If two recorded it at once, that of the first."""
        found: UUID | None = await self._pool.fetchval(
            "select account from account_address where digest = $1 order by position limit 1",
            await self._key.digest(self._pool, address),
        )
        return found

    async def is_taken(self, address: str, account: UUID) -> bool:
        """Whether another account has this address."""
        taken: bool = await self._pool.fetchval(
            "select exists (select from account_address where digest = $1 and account <> $2)",
            await self._key.digest(self._pool, address),
            account,
        )
        return taken

    async def address_of(self, account: UUID) -> str | None:
        """Where the person is reached; None if no address is recorded, or not any more."""
        return (await self.addresses_of([account])).get(account)

    async def addresses_of(self, accounts: Collection[UUID]) -> Mapping[UUID, str]:
        """Where these people are reached, without those of whom no address is recorded."""
        positions = await self._pool.fetch(
            "select position from account_address where account = any($1)", list(accounts)
        )
        entries = await self._store.at([row["position"] for row in positions]) if positions else []
        return {
            entry.event.account: entry.event.address
            for entry in entries
            if isinstance(entry.event, AddressRecorded) and isinstance(entry.event.address, str)
        }
