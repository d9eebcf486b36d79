"""What administrators see of the mails, and what they do about those that did not arrive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import asyncpg
import msgspec

from domain.kernel import NotFound, Refused
from services.eventstore.database import Pool
from services.mail.kinds import GOOD_FOR


@dataclass(eq=False)
class UnknownMail(NotFound):
    """There is no such mail, or not any more: sent ones are kept for 90 days."""

    code: ClassVar[str] = "mail.unknown"
    mail: str


@dataclass(eq=False)
class MailIsGone(Refused):
    """A mail that is sent, being sent or part of a digest stays as it is."""

    code: ClassVar[str] = "mail.gone"
    mail: str


class State(StrEnum):
    """Where a mail is on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    DISCARDED = "discarded"
    COLLECTED = "collected"
    GATHERED = "gathered"


class MailRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mail as its row says; `number` is its place in the order of queuing."""

    id: UUID
    number: int
    account: UUID
    template: str
    state: State
    queued_at: datetime
    next_at: datetime
    attempts: int
    uncertain: bool
    sent_at: datetime | None
    trouble: str
    answer: str
    handled_at: datetime | None
    reason: str


COLUMNS = ", ".join(MailRow.__struct_fields__)

RETRIED = f"""
    update mail set state = 'queued', next_at = $2, good_until = $3, attempts = 0,
        handled_by = $4, handled_at = $2, reason = ''
    where id = $1 and state in ('dead', 'queued') returning {COLUMNS}
"""  # noqa: S608 (our own names)

DISCARDED = f"""
    with gone as (
        update mail set state = 'discarded', secret = null, handled_by = $3, handled_at = $2,
            reason = $4
        where id = $1 and state in ('dead', 'queued', 'collected', 'discarded')
        returning {COLUMNS}
    ), told as (
        update mail set state = 'discarded', secret = null, handled_by = $3, handled_at = $2
        where digest = $1 and state = 'gathered' and exists (select from gone)
    )
    select * from gone
"""  # noqa: S608 (our own names)


async def list_rows(pool: Pool, state: State | None, before: int, limit: int) -> Sequence[MailRow]:
    """The latest first, so many before this number."""
    rows = await pool.fetch(
        f"select {COLUMNS} from mail where ($1::text is null or state = $1) and number < $2"  # noqa: S608 (our own names)
        " order by number desc limit $3",
        state,
        before,
        limit,
    )
    return [_row(row) for row in rows]


async def read_row(pool: Pool, mail: UUID) -> MailRow:
    """Raises UnknownMail."""
    row = await pool.fetchrow(f"select {COLUMNS} from mail where id = $1", mail)  # noqa: S608 (our own names)
    if row is None:
        raise UnknownMail(str(mail))
    return _row(row)


async def counts(pool: Pool) -> Mapping[State, int]:
    """How many mails there are in each state."""
    rows = await pool.fetch("select state, count(*) as count from mail group by state")
    found = {row["state"]: row["count"] for row in rows}
    return {state: found.get(state, 0) for state in State}


async def waiting_since(pool: Pool, now: datetime) -> datetime | None:
    """When the mail that is longest due was due."""
    since: datetime | None = await pool.fetchval(
        "select min(next_at) from mail where state in ('queued', 'sending') and next_at <= $1", now
    )
    return since


async def retry(pool: Pool, mail: UUID, by: str, at: datetime) -> MailRow:
    """Send it now, with all attempts before it. Raises UnknownMail or MailIsGone."""
    row = await pool.fetchrow(RETRIED, mail, at, at + GOOD_FOR, by)
    if row is None:
        await read_row(pool, mail)
        raise MailIsGone(str(mail))
    return _row(row)


async def discard(pool: Pool, mail: UUID, by: str, at: datetime, reason: str) -> MailRow:
    """Never send it, nor what is in it if it is a digest. Raises UnknownMail or MailIsGone."""
    row = await pool.fetchrow(DISCARDED, mail, at, by, reason)
    if row is None:
        await read_row(pool, mail)
        raise MailIsGone(str(mail))
    return _row(row)


def _row(row: asyncpg.Record) -> MailRow:
    return msgspec.convert(dict(row), MailRow)
