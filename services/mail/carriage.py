"""Where each mail is on its way: claimed, handed over, arrived or given up; all in its row."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import msgspec

from services.eventstore.database import Pool
from services.mail.kinds import GOOD_FOR
from services.mail.outbox import mail_id

KEPT_FOR = timedelta(days=90)
"""So long it can be looked up that and when somebody was told; then the row is deleted."""

DUE = """
    select id from mail
    where (state = 'queued' and next_at <= clock_timestamp())
        or (state = 'sending' and claimed_until < clock_timestamp())
"""
"""Those whose time has come, and those whose postman is gone."""

CLAIM = f"""
    update mail set state = 'sending', claim = $1, claimed_until = clock_timestamp() + $2,
        attempts = attempts + 1, uncertain = uncertain or handed_at is not null, handed_at = null
    where id = ({DUE} order by next_at limit 1 for update skip locked)
    returning *
"""  # noqa: S608 (our own words)
"""If a postman went while it handed the mail over, nobody knows whether it arrived."""

HANDING = """
    update mail set handed_at = clock_timestamp(), claimed_until = clock_timestamp() + $3
    where id = $1 and claim = $2 and state = 'sending' and claimed_until > clock_timestamp()
    returning true
"""

SENT = """
    with sent as (
        update mail set state = 'sent', sent_at = clock_timestamp(), secret = null, trouble = '',
            answer = ''
        where id = $1 and claim = $2 and state = 'sending' returning id, sent_at
    ), told as (
        update mail set state = 'sent', sent_at = sent.sent_at, secret = null from sent
        where mail.digest = sent.id
    )
    select exists (select from sent)
"""

STOPPED = """
    update mail set state = $3, trouble = $4, answer = $5, next_at = clock_timestamp() + $6,
        handed_at = null, uncertain = uncertain or $7
    where id = $1 and claim = $2 and state = 'sending'
"""

TOO_OLD = """
    update mail set state = 'dead', trouble = 'too-old'
    where (state = 'queued' and good_until < clock_timestamp())
        or (state = 'collected' and next_at < clock_timestamp() - $1::interval)
"""

SETTLED = """
    update mail set state = 'discarded', trouble = 'settled', handled_at = $1
    where state = 'collected' and next_at <= $1 and exists (
        select from request
        where template like 'consultation-%' and facts ? 'organisation'
            and concept::text = facts ->> 'concept' and round::text = facts ->> 'round'
            and organisation = facts ->> 'organisation'
            and (answered_at is not null or not is_open)
    )
"""

GATHERED = """
    update mail set state = 'gathered', digest = $2
    where account = $1 and state = 'collected' and next_at <= $3
"""


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that is claimed, or looked at."""

    id: UUID
    account: UUID
    template: str
    facts: Mapping[str, str]
    secret: bytes | None
    attempts: int
    claim: UUID | None


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """When a postman was last at work, and what keeps mails from the server since when."""

    seen_at: datetime
    trouble: str
    troubled_since: datetime | None


class Carriage:
    """What any number of postmen agree by: a claim is one postman's until its lease is over."""

    def __init__(self, pool: Pool, lease: timedelta) -> None:
        self._pool = pool
        self._lease = lease

    async def is_waited_for(self) -> bool:
        """Whether a mail is due, so that a connection is worth it."""
        return bool(await self._pool.fetchval(f"select exists ({DUE})"))

    async def claim(self) -> Mail | None:
        """The next mail, nobody else's until the lease is over; None if none is due."""
        row = await self._pool.fetchrow(CLAIM, uuid4(), self._lease)
        return None if row is None else mail_of(row)

    async def begin_handing(self, mail: Mail) -> bool:
        """Note that it goes to the server now. False if it is another postman's by now."""
        return bool(await self._pool.fetchval(HANDING, mail.id, mail.claim, self._lease))

    async def sent(self, mail: Mail) -> bool:
        """The server has it, and with a digest all that is in it. The secrets are gone."""
        return bool(await self._pool.fetchval(SENT, mail.id, mail.claim))

    async def again(
        self, mail: Mail, pause: timedelta, trouble: str, answer: str = "", *, uncertain: bool
    ) -> None:
        """Try again after the pause."""
        await self._stop(mail, "queued", trouble, answer, pause, uncertain=uncertain)

    async def give_up(
        self, mail: Mail, trouble: str, answer: str = "", *, uncertain: bool = False
    ) -> None:
        """It cannot be delivered: an administrator sees to it."""
        await self._stop(mail, "dead", trouble, answer, timedelta(), uncertain=uncertain)

    async def forget(self, account: UUID) -> None:
        """There is no such person any more."""
        await self._pool.execute("delete from mail where account = $1", account)

    async def gather(self, now: datetime) -> int:
        """Put what was collected for each person into one mail; how many digests that made.

        What was asked of somebody and is settled by then, is left out.
        """
        await self._pool.execute(SETTLED, now)
        accounts = await self._pool.fetch(
            "select distinct account from mail where state = 'collected' and next_at <= $1", now
        )
        made = [await self._gather(row["account"], now) for row in accounts]
        return sum(made)

    async def tidy(self) -> None:
        """Give up what is too old to be of use; delete what was settled long ago."""
        await self._pool.execute(TOO_OLD, GOOD_FOR)
        await self._pool.execute(
            "delete from mail where state in ('sent', 'discarded')"
            " and coalesce(sent_at, handled_at, queued_at) < clock_timestamp() - $1::interval",
            KEPT_FOR,
        )

    async def note_way(self, trouble: str = "") -> None:
        """A postman is at work; what keeps it from the server, if anything does."""
        await self._pool.execute(
            "insert into mail_way (seen_at, trouble, troubled_since) values (clock_timestamp(), $1,"
            " case when $1 <> '' then clock_timestamp() end)"
            " on conflict (is_the_way) do update set seen_at = clock_timestamp(), trouble = $1,"
            " troubled_since = case when $1 = '' then null else"
            " coalesce(mail_way.troubled_since, clock_timestamp()) end",
            trouble,
        )

    async def _gather(self, account: UUID, now: datetime) -> bool:
        async with self._pool.acquire() as connection, connection.transaction():
            first = await connection.fetchval(
                "select id from mail where account = $1 and state = 'collected' and next_at <= $2"
                " order by number limit 1 for update",
                account,
                now,
            )
            if first is None:  # another postman was faster
                return False
            # Nothing is in two digests, so its first mail names each.
            key = f"digest/{first}"
            await connection.execute(
                "insert into mail"
                " (id, key, account, template, facts, state, queued_at, next_at, good_until)"
                " values ($1, $2, $3, 'digest', '{}', 'queued', $4, $4, $5)",
                mail_id(key),
                key,
                account,
                now,
                now + GOOD_FOR,
            )
            await connection.execute(GATHERED, account, mail_id(key), now)
            return True

    async def _stop(
        self,
        mail: Mail,
        state: str,
        trouble: str,
        answer: str,
        pause: timedelta,
        *,
        uncertain: bool,
    ) -> None:
        await self._pool.execute(
            STOPPED, mail.id, mail.claim, state, trouble, answer, pause, uncertain
        )


async def gathered_in(pool: Pool, digest: UUID) -> Sequence[Mail]:
    """What is told in this digest, in the order in which it happened."""
    rows = await pool.fetch("select * from mail where digest = $1 order by number", digest)
    return [mail_of(row) for row in rows]


async def find(pool: Pool, mail: UUID) -> Mail | None:
    row = await pool.fetchrow("select * from mail where id = $1", mail)
    return None if row is None else mail_of(row)


async def way(pool: Pool) -> Way | None:
    """None if no postman was ever at work."""
    row = await pool.fetchrow("select seen_at, trouble, troubled_since from mail_way")
    return None if row is None else Way(**dict(row))


def mail_of(row: asyncpg.Record) -> Mail:
    return Mail(
        id=row["id"],
        account=row["account"],
        template=row["template"],
        facts=msgspec.json.decode(row["facts"], type=dict[str, str]),
        secret=row["secret"],
        attempts=row["attempts"],
        claim=row["claim"],
    )
