"""Bearer tokens: made once, shown once, kept only as their digest."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.directory.commands import IssueToken
from services.desk import Desk
from services.eventstore.database import Pool
from services.identity.principal import CONSOLE, Principal, grants_of, read_grants
from services.orders import Order
from services.together import Together

PREFIX = "krs_"
"""Lets people and scanners of leaked secrets recognise a token."""

OWNERS = f"""
    select digest, expires_at, account.id, {grants_of("account.id")} as grants
    from access_token join account on account.id = access_token.account
    where digest = any($1) and revoked_at is null and not exists (
        select from subject_key k where k.subject = account.id and k.erased_at is not null
    )
"""  # noqa: S608 (our own words)


class Owner(NamedTuple):
    """Whose a token is, and until when."""

    expires_at: datetime | None
    principal: Principal


def new_token() -> str:
    """A token with 256 bits of chance."""
    return PREFIX + token_urlsafe(32)


def token_digest(token: str) -> str:
    """SHA-256 in hexadecimal. The token is long and random, so no slow hash is needed."""
    return sha256(token.encode()).hexdigest()


class SignIn:
    """Looks up whose a token is. Nothing is kept: one that is revoked is so for the next request.

    Requests that come at the same time are looked up by one statement.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._owners: Together[str, Owner] = Together(self._look_up)

    async def principal_of(self, token: str, at: datetime) -> Principal | None:
        """Whose token this is, if it is valid at this time."""
        owner = await self._owners.ask(token_digest(token))
        if owner is None or (owner.expires_at is not None and owner.expires_at <= at):
            return None
        return owner.principal

    async def _look_up(self, digests: Collection[str]) -> Mapping[str, Owner]:
        rows = await self._pool.fetch(OWNERS, list(digests))
        return {
            row["digest"]: Owner(
                row["expires_at"],
                Principal(
                    account=str(row["id"]),
                    grants=read_grants(row["grants"]),
                    signed_in="token",
                ),
            )
            for row in rows
        }


async def principal_of(pool: Pool, token: str, at: datetime) -> Principal | None:
    """Whose token this is, if it is valid at this time."""
    return await SignIn(pool).principal_of(token, at)


async def issue_token(
    desk: Desk, account: UUID, label: str, *, days: int | None, at: datetime
) -> str:
    """Make a token for an account. It is shown here and never again.

    Raises UnknownAccount.
    """
    token = new_token()
    await desk.handle(
        Order(
            command=IssueToken(
                account=account,
                token=uuid4(),
                digest=token_digest(token),
                label=label,
                expires_at=at + timedelta(days=days) if days else None,
            ),
            command_id=uuid4(),
            principal=CONSOLE,
            at=at,
            correlation=str(uuid4()),
        )
    )
    return token
