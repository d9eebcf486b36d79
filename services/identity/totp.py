"""The second factor: codes of an app that change every half minute, and codes for its loss."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from secrets import choice, token_bytes
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pyotp import random_base32
from pyotp.totp import TOTP

from services.eventstore.database import Pool
from services.privacy.master import MasterKeys
from services.privacy.subject_keys import SubjectKeys

ISSUER = "Kreislauf"
STEP = 30
DIGITS = 6
NEIGHBOURS = (0, -1, 1)
"""Clocks go wrong: the code before and the one after are taken too."""

NONCE_BYTES = 12
CODES = 8
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without what is taken for something else when read aloud or written down."""

GROUPS = 6
GROUP = 4
"""24 of 32 signs are 120 bits: enough for a plain digest to be safe to keep."""


class SecondFactors:
    """Secrets are encrypted with the key of their person: with an erasure, both are gone."""

    def __init__(self, pool: Pool, master: MasterKeys) -> None:
        self._pool = pool
        self._keys = SubjectKeys(master)

    async def prepare(self, account: UUID, at: datetime) -> str:
        """A new secret, to show to the person. It counts once they have typed a code of it.

        One that counts already stays as it is until then.
        """
        secret = random_base32()
        keys = await self._keys.made(self._pool, [account])
        key = keys[account]
        assert isinstance(key, bytes), "whoever's data were erased cannot be signed in"
        nonce = token_bytes(NONCE_BYTES)
        boxed = nonce + AESGCM(key).encrypt(nonce, secret.encode(), _place(account))
        await self._pool.execute(
            "insert into second_factor (account, secret, made_at) values ($1, $2, $3)"
            " on conflict (account) do update set secret = $2, made_at = $3, confirmed_at = null,"
            " last_step = 0 where second_factor.confirmed_at is null",
            account,
            boxed,
            at,
        )
        return secret

    async def prepared(self, account: UUID) -> str | None:
        """The secret that waits for its first code, to show it again."""
        row = await self._pool.fetchrow(
            "select secret from second_factor where account = $1 and confirmed_at is null", account
        )
        return await self._open(account, row["secret"]) if row else None

    async def confirm(self, account: UUID, code: str, at: datetime) -> Sequence[str] | None:
        """From now on a code is asked for; the recovery codes, shown once. None if it is wrong."""
        if not await self._take(account, code, at, is_confirmed=False):
            return None
        await self._pool.execute(
            "update second_factor set confirmed_at = $2"
            " where account = $1 and confirmed_at is null",
            account,
            at,
        )
        return await self.renew_recovery(account)

    async def is_on(self, account: UUID) -> bool:
        """Whether the account asks for a code."""
        found: bool = await self._pool.fetchval(
            "select exists (select from second_factor"
            " where account = $1 and confirmed_at is not null)",
            account,
        )
        return found

    async def accepts(self, account: UUID, code: str, at: datetime) -> bool:
        """Whether this is a code of now; each is taken once."""
        return await self._take(account, code, at, is_confirmed=True)

    async def recovers(self, account: UUID, code: str, at: datetime) -> bool:
        """Whether this is one of the recovery codes; each is taken once."""
        used = await self._pool.fetchval(
            "update recovery_code set used_at = $3 where account = $1 and digest = $2"
            " and used_at is null returning true",
            account,
            _digest(code),
            at,
        )
        return bool(used)

    async def left(self, account: UUID) -> int:
        """How many recovery codes are left."""
        count: int = await self._pool.fetchval(
            "select count(*) from recovery_code where account = $1 and used_at is null", account
        )
        return count

    async def renew_recovery(self, account: UUID) -> Sequence[str]:
        """New recovery codes; the earlier ones end."""
        codes = [_recovery_code() for _ in range(CODES)]
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("delete from recovery_code where account = $1", account)
            await connection.executemany(
                "insert into recovery_code (account, digest) values ($1, $2)",
                [(account, _digest(code)) for code in codes],
            )
        return codes

    async def remove(self, account: UUID) -> None:
        """From now on no code is asked for."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("delete from second_factor where account = $1", account)
            await connection.execute("delete from recovery_code where account = $1", account)

    async def _take(self, account: UUID, code: str, at: datetime, *, is_confirmed: bool) -> bool:
        """Whether the code fits; its interval is noted with it, so that only one of two does."""
        row = await self._pool.fetchrow(
            "select secret from second_factor"
            " where account = $1 and (confirmed_at is not null) = $2",
            account,
            is_confirmed,
        )
        secret = await self._open(account, row["secret"]) if row else None
        step = _step_of(secret, code, at) if secret else None
        if row is None or step is None:
            return False
        taken = await self._pool.fetchval(
            "update second_factor set last_step = $2 where account = $1 and last_step < $2"
            " and secret = $3 returning true",
            account,
            step,
            row["secret"],
        )
        return bool(taken)

    async def _open(self, account: UUID, boxed: bytes) -> str | None:
        keys = await self._keys.to_read(self._pool, [account])
        key = keys.get(account)
        if not isinstance(key, bytes):
            return None
        nonce, secret = boxed[:NONCE_BYTES], boxed[NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, secret, _place(account)).decode()


def provisioning_address(secret: str, name: str) -> str:
    """What an authenticator app reads from the picture."""
    return TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(
        name=name, issuer_name=ISSUER
    )


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The interval this code belongs to, if that is now or just beside."""
    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    now = int(at.timestamp()) // STEP
    totp = TOTP(secret, digits=DIGITS, interval=STEP)
    fits = [
        now + offset
        for offset in NEIGHBOURS
        if compare_digest(totp.generate_otp(now + offset), digits)
    ]
    return fits[0] if fits else None


def _recovery_code() -> str:
    groups = ("".join(choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _digest(code: str) -> bytes:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return sha256(plain.encode()).digest()


def _place(account: UUID) -> bytes:
    return f"second factor {account}".encode()
