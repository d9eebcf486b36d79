"""Which account somebody at the provider is, and which sessions here began there."""

from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.eventstore.database import Pool
from services.identity.addresses import AddressBook
from services.identity.oidc_tokens import Farewell, Proof
from services.privacy.subject_keys import SubjectKeys

NONCE_BYTES = 12

KNOWN = """
    select account from oidc_identity where issuer = $1 and subject = $2 and not exists (
        select from subject_key where subject_key.subject = account and erased_at is not null
    )
"""

GONE = """
    select session, account from oidc_session join web_session on id = session
    where issuer = $1 and ended_at is null
        and ($2::text is null or sub = $2) and ($3::text is null or sid = $3)
"""


class Unrecognised(Exception):
    """Nobody here is known by what the provider says. The reason is a key of the page's text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class People:
    """Found by a verified e-mail address at the first sign-in, and then by issuer and subject."""

    def __init__(
        self, pool: Pool, issuer: str, addresses: AddressBook, *, trust_email: bool
    ) -> None:
        """`trust_email`: whether an address counts as verified if the provider does not say so."""
        self._pool = pool
        self._issuer = issuer
        self._addresses = addresses
        self._trusts = trust_email

    async def find(self, proof: Proof, at: datetime) -> tuple[UUID, bool]:
        """The account, and whether it was found for the first time. Raises Unrecognised."""
        known = await self._pool.fetchval(KNOWN, self._issuer, proof.subject)
        if known is not None:
            return known, False
        return await self._link(await self._by_address(proof), proof.subject, at), True

    async def _by_address(self, proof: Proof) -> UUID:
        if not proof.email:
            raise Unrecognised("no-address")
        if not proof.email_verified and not self._trusts:
            raise Unrecognised("unverified")
        account = await self._addresses.account_of(proof.email)
        if account is None:
            raise Unrecognised("unknown")
        return account

    async def _link(self, account: UUID, subject: str, at: datetime) -> UUID:
        """An address that was given to somebody else does not give them the account."""
        await self._pool.execute(
            "insert into oidc_identity (issuer, subject, account, linked_at)"
            " values ($1, $2, $3, $4) on conflict do nothing",
            self._issuer,
            subject,
            account,
            at,
        )
        if await self._pool.fetchval(KNOWN, self._issuer, subject) != account:
            raise Unrecognised("taken")
        return account


async def forget(pool: Pool, account: UUID) -> bool:
    """Let the person be found anew by their address; whether they were known."""
    done: str = await pool.execute("delete from oidc_identity where account = $1", account)
    return done != "DELETE 0"


class Begun:
    """The sessions that began at the provider, so that they can end there and here."""

    def __init__(self, pool: Pool, keys: SubjectKeys, issuer: str) -> None:
        self._pool = pool
        self._keys = keys
        self._issuer = issuer

    async def keep(self, session: UUID, account: UUID, proof: Proof, id_token: str) -> None:
        """What will be needed at the end of the session, and no more of those that have ended."""
        await self._pool.execute(
            "delete from oidc_session using web_session where id = session and ended_at is not null"
        )
        keys = await self._keys.made(self._pool, [account])
        key = keys[account]
        assert isinstance(key, bytes), "whose data were erased has no session"
        await self._pool.execute(
            "insert into oidc_session (session, issuer, sub, sid, hint)"
            " values ($1, $2, $3, $4, $5)",
            session,
            self._issuer,
            proof.sub,
            proof.sid,
            _sealed(key, id_token, session),
        )

    async def hint_of(self, session: UUID) -> str | None:
        """The id token the session began with; None if it did not begin at this provider."""
        row: asyncpg.Record | None = await self._pool.fetchrow(
            "select hint, account from oidc_session join web_session on id = session"
            " where session = $1 and issuer = $2",
            session,
            self._issuer,
        )
        if row is None:
            return None
        key = (await self._keys.to_read(self._pool, [row["account"]])).get(row["account"])
        return _opened(key, row["hint"], session) if isinstance(key, bytes) else None

    async def gone(self, farewell: Farewell) -> list[tuple[UUID, UUID]]:
        """The sessions a farewell is about, each with its account."""
        rows = await self._pool.fetch(GONE, self._issuer, farewell.sub, farewell.sid)
        return [(row["session"], row["account"]) for row in rows]

    async def was_used(self, farewell: Farewell) -> bool:
        """Whether this token has ended what it is about before."""
        return await self._pool.fetchval(
            "select exists (select from oidc_used_token where digest = $1)", self._digest(farewell)
        )

    async def note_use(self, farewell: Farewell, at: datetime) -> None:
        """Do not take the token again. Those too old to be taken at all are forgotten."""
        await self._pool.execute("delete from oidc_used_token where until < $1", at)
        await self._pool.execute(
            "insert into oidc_used_token (digest, until) values ($1, $2) on conflict do nothing",
            self._digest(farewell),
            farewell.until,
        )

    def _digest(self, farewell: Farewell) -> bytes:
        return sha256(f"{self._issuer} {farewell.id}".encode()).digest()


def _sealed(key: bytes, text: str, session: UUID) -> bytes:
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), _place(session))


def _opened(key: bytes, box: bytes, session: UUID) -> str:
    nonce, sealed = box[:NONCE_BYTES], box[NONCE_BYTES:]
    return AESGCM(key).decrypt(nonce, sealed, _place(session)).decode()


def _place(session: UUID) -> bytes:
    return f"id token of session {session}".encode()
