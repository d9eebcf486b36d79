"""Links that let somebody in once: for an invitation, a consultation, a forgotten password."""

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import msgspec

from services.eventstore.database import Pool


class Purpose(StrEnum):
    """What a link is for. The last one never leaves the browser: it is the step to the code."""

    INVITATION = "invitation"
    CONSULTATION = "consultation"
    PASSWORD_RESET = "password-reset"  # noqa: S105 (a purpose)
    SIGN_IN = "sign-in"
    SECOND_FACTOR = "second-factor"


LIFETIMES = {
    Purpose.INVITATION: timedelta(days=14),
    Purpose.CONSULTATION: timedelta(days=30),
    Purpose.PASSWORD_RESET: timedelta(hours=1),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.SECOND_FACTOR: timedelta(minutes=10),
}

IS_GOOD = """
    digest = $1 and used_at is null and expires_at > $2 and not exists (
        select from subject_key where subject = account and erased_at is not null
    )
"""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """`target` is the page it leads to; `is_good` says whether it can still be used."""

    purpose: Purpose
    account: UUID
    target: str
    expires_at: datetime
    is_good: bool


class NotHere(Exception):
    """A link shall lead to a page here, and nowhere else."""


class Links:
    """Makes links and lets each be used once. Only a digest of what is in them is stored."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def create(self, account: UUID, *, purpose: str, target: str, at: datetime) -> str:
        """What goes into the address: /anmelden/link/{token}. It is kept nowhere.

        Raises NotHere if the target is not a page of ours.
        """
        if not is_inner(target):
            raise NotHere(target)
        token = token_urlsafe(32)
        await self._pool.execute(
            "insert into one_time_link (digest, purpose, account, target, made_at, expires_at)"
            " values ($1, $2, $3, $4, $5, $6)",
            _digest(token),
            Purpose(purpose).value,
            account,
            target,
            at,
            at + LIFETIMES[Purpose(purpose)],
        )
        return token

    async def look(self, token: str, at: datetime) -> Link | None:
        """What the link is for, used or not; None if there never was one, or it is long gone."""
        row = await self._pool.fetchrow(
            f"select *, {IS_GOOD} as is_good from one_time_link where digest = $1",  # noqa: S608 (our own words)
            _digest(token),
            at,
        )
        return _link(row) if row else None

    async def use(self, token: str, at: datetime, *purposes: Purpose) -> Link | None:
        """Use it up, if it can be used for one of these purposes. Of two at once, one does."""
        row = await self._pool.fetchrow(
            f"update one_time_link set used_at = $2 where {IS_GOOD} and purpose = any($3)"  # noqa: S608 (our own words)
            " returning *, true as is_good",
            _digest(token),
            at,
            [purpose.value for purpose in purposes],
        )
        return _link(row) if row else None

    async def drop(self, account: UUID, *purposes: Purpose) -> None:
        """Let the person's links for these purposes end, for all if none is named."""
        await self._pool.execute(
            "delete from one_time_link where account = $1 and purpose = any($2)",
            account,
            [purpose.value for purpose in purposes or Purpose],
        )


def is_inner(target: str) -> bool:
    """Whether this is the path of a page here, and nothing a browser would take elsewhere."""
    parts = urlsplit(target)
    is_path = target.startswith("/") and not target.startswith("//") and not parts.netloc
    return is_path and "\\" not in target and target.isprintable()


def _link(row: asyncpg.Record) -> Link:
    return Link(
        purpose=Purpose(row["purpose"]),
        account=row["account"],
        target=row["target"],
        expires_at=row["expires_at"],
        is_good=row["is_good"],
    )


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
