"""Bearer tokens: made once, shown once, kept only as their digest."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

import msgspec

from domain.directory.account import Grant
from domain.directory.commands import IssueToken
from services.desk import Desk, Order
from services.eventstore.database import Pool
from services.identity.principal import CONSOLE, Principal

PREFIX = "krs_"
"""Lets people and scanners of leaked secrets recognise a token."""

_GRANTS = msgspec.json.Decoder(tuple[Grant, ...])


def new_token() -> str:
    """A token with 256 bits of chance."""
    return PREFIX + token_urlsafe(32)


def token_digest(token: str) -> str:
    """SHA-256 in hexadecimal. The token is long and random, so no slow hash is needed."""
    return sha256(token.encode()).hexdigest()


async def principal_of(pool: Pool, token: str, at: datetime) -> Principal | None:
    """Whose token this is, if it is valid at this time."""
    row = await pool.fetchrow(
        "select account.id,"
        " coalesce((select jsonb_agg(to_jsonb(g) - 'account' - 'position')"
        " from account_grant g where g.account = account.id), '[]')::text as grants"
        " from access_token join account on account.id = access_token.account"
        " where digest = $1 and revoked_at is null and (expires_at is null or expires_at > $2)"
        " and not exists (select from subject_key k where k.subject = account.id"
        " and k.erased_at is not null)",
        token_digest(token),
        at,
    )
    if row is None:
        return None
    return Principal(
        account=str(row["id"]),
        grants=_GRANTS.decode(row["grants"]),
        signed_in="token",
    )


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
