"""The secret of the public form: made on first use, and wrapped by the master key."""

import hashlib
import hmac
from secrets import token_bytes

from services.eventstore.database import Pool
from services.privacy.master import MasterKeys, UnknownMasterKey

PURPOSE = "report intake"
KEY_BYTES = 32
ATTEMPTS = 5
"""Between looking which master key is the database's and wrapping by it, it may be replaced."""

MAKE = """
    insert into intake_key (secret) select $1 from master_key where canary = $2 for share
    on conflict do nothing
"""


class IntakeKey:
    """Random and the same in all processes; a new master key leaves what it signed valid."""

    def __init__(self, pool: Pool, master: MasterKeys) -> None:
        self._pool = pool
        self._master = master
        self._secret = b""

    async def derived(self, use: str) -> bytes:
        """A key of 32 bytes for one use. Raises MasterKeyTrouble."""
        if not self._secret:
            self._secret = await self._find_or_make()
        return hmac.digest(self._secret, use.encode(), hashlib.sha256)

    async def _find_or_make(self) -> bytes:
        for _ in range(ATTEMPTS):
            wrapped: bytes | None = await self._pool.fetchval("select secret from intake_key")
            if wrapped is not None:
                return self._master.unwrap(wrapped, PURPOSE)
            canary: bytes = await self._pool.fetchval("select canary from master_key")
            new = self._master.wrap_like(canary, token_bytes(KEY_BYTES), PURPOSE)
            await self._pool.execute(MAKE, new, canary)
        raise UnknownMasterKey("(replaced again and again)", self._master.ids)
