"""What is to be told is queued here: once for each key, by ids, for now or for the digest."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar, working_days_after
from domain.kernel import NAMESPACE, Erased
from services.eventstore.database import Connection, Pool
from services.mail.choices import Choice, choices_of
from services.mail.kinds import GOOD_FOR, TEMPLATES, TOKEN, Kind, Rhythm
from services.mail.secret import seal
from services.privacy.subject_keys import SubjectKeys

DIGEST_AT = time(7, 0)
"""The digest goes out at this local time on working days."""

QUEUED = """
    insert into mail
        (id, key, account, template, facts, secret, state, queued_at, next_at, good_until)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing
"""


def mail_id(key: str) -> UUID:
    """The id of the mail with this key, which its Message-ID follows from."""
    return uuid5(NAMESPACE, f"mail/{key}")


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What one person is to be told. `facts` are ids, days and counts: nothing about a person."""

    account: UUID
    template: str
    facts: Mapping[str, str]
    key: str


class Outbox:
    """Queues mails. The same key again queues nothing, whatever else is different."""

    def __init__(self, pool: Pool, people: SubjectKeys, calendar: Calendar) -> None:
        self._pool = pool
        self._people = people
        self._calendar = calendar

    @property
    def zone(self) -> ZoneInfo:
        return self._calendar.zone

    async def queue(
        self, *, account: UUID, template: str, facts: Mapping[str, str], key: str, at: datetime
    ) -> None:
        """Queue a mail to the person. The fact `token`, of a one-time link, is kept encrypted.

        Whose data were erased is told nothing.
        """
        notice = Notice(account=account, template=template, facts=facts, key=key)
        secret: bytes | None = None
        if TOKEN in facts:
            found = (await self._people.made(self._pool, [account]))[account]
            if isinstance(found, Erased):
                return
            secret = seal(facts[TOKEN], mail_id(key), found)
        choices = await choices_of(self._pool, [account])
        row = self._row(notice, choices[account], at, secret)
        if row is not None:
            await self._pool.execute(QUEUED, *row)

    async def queue_all(
        self, connection: Connection, notices: Collection[Notice], at: datetime
    ) -> None:
        """Queue these in the open transaction. None of them has a token."""
        choices = await choices_of(connection, {notice.account for notice in notices})
        rows = [self._row(notice, choices[notice.account], at, None) for notice in notices]
        await connection.executemany(QUEUED, [row for row in rows if row is not None])

    def _row(
        self, notice: Notice, choice: Choice, at: datetime, secret: bytes | None
    ) -> tuple[object, ...] | None:
        """The row, or None if the person does not want to be told."""
        kind = TEMPLATES[notice.template].kind
        if kind is Kind.TELLS and choice.rhythm is Rhythm.ONLY_ASKED:
            return None
        waits = kind is not Kind.OPENS and choice.rhythm is Rhythm.DAILY
        facts = {name: value for name, value in notice.facts.items() if name != TOKEN}
        return (
            mail_id(notice.key),
            notice.key,
            notice.account,
            notice.template,
            msgspec.json.encode(facts).decode(),
            secret,
            "collected" if waits else "queued",
            at,
            next_digest(self._calendar, at) if waits else at,
            at + GOOD_FOR,
        )


def next_digest(calendar: Calendar, at: datetime) -> datetime:
    """Seven in the morning of this working day or else of the next one."""
    local = at.astimezone(calendar.zone)
    is_today = calendar.is_working_day(local.date()) and local.time() < DIGEST_AT
    day = local.date() if is_today else working_days_after(calendar, local.date(), 1)
    return datetime.combine(day, DIGEST_AT, calendar.zone)
