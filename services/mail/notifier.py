"""Follows the log and queues what people are told of it: each event once, and only while it is new.

Position and mails are written in one transaction, so that a crash neither loses nor doubles one.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from domain.kernel import Role
from domain.steering.session_events import ItemsCalledFor
from services.eventstore import tracking
from services.eventstore.database import Connection, Pool
from services.eventstore.following import Bell
from services.eventstore.outage import Outage, is_outage
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.mail.audiences import people_in
from services.mail.company_news import CompanyNews, of_company
from services.mail.concept_news import ConceptNews, of_concept
from services.mail.funded_post_news import PostNews, of_post
from services.mail.group_news import GroupNews, of_group, reports_asked
from services.mail.kinds import GOOD_FOR
from services.mail.mandate_news import MandateNews, of_mandate
from services.mail.need_news import NeedNews, of_report
from services.mail.news import News
from services.mail.outbox import Notice, Outbox
from services.mail.pool_news import PoolNews, of_pool
from services.mail.round_news import RoundNews, of_round
from services.mail.session_news import SessionNews, of_session
from services.mail.year_news import YearNews, of_year

NAME = "notifier"
BACKOFF = 60.0
BATCH = 50
PAUSE = 0.5
"""Seconds between two looks: a log that grows fast is not to be asked at each event."""

TOPICS = tuple(
    event.TOPIC
    for event in (
        *get_args(ConceptNews),
        *get_args(RoundNews),
        *get_args(GroupNews),
        YearNews,
        *get_args(SessionNews),
        *get_args(MandateNews),
        *dict.fromkeys((*get_args(CompanyNews), *get_args(NeedNews))),
        *get_args(PoolNews),
        PostNews,
    )
)

log = structlog.get_logger(__name__)

VIEWS = ("directory", "concepts", "assessments", "groups", "bodies", "sessions", "mandates")
"""What it looks things up in, and therefore waits for."""

BEGUN = """
    insert into tracking (name, position)
    select $1, coalesce((
        select position from event where recorded_at < $2 order by recorded_at desc limit 1
    ), 0)
    on conflict do nothing
"""
"""A log that was there before is not looked at from its first event on."""


class Notifier:
    """Of all processes one at a time tells, because the row with the position is locked."""

    def __init__(self, pool: Pool, store: EventStore, outbox: Outbox) -> None:
        self._pool = pool
        self._store = store
        self._outbox = outbox

    async def run(self, bell: Bell) -> None:
        """Follow the log until cancelled. A lost database is waited for."""
        outage = Outage("notifying interrupted")
        while True:
            rings = bell.rings
            try:
                told = await self.tell(datetime.now(UTC))
            except Exception as error:  # noqa: BLE001 (whatever it is, the workflows go on)
                await (outage.wait(error) if is_outage(error) else _wait_out(error))
                continue
            outage.is_over()
            if not told:
                await asyncio.sleep(PAUSE)
                await bell.wait_since(rings)

    async def tell(self, now: datetime) -> int:
        """Queue what is told of the next events; how many of them it has looked at."""
        async with self._pool.acquire() as connection, connection.transaction():
            position = await _take_turn(connection, now)
            if position is None:
                return 0
            entries = await self._store.read(
                position, topics=TOPICS, limit=BATCH, connection=connection
            )
            if not entries or not await _is_in_views(connection, entries[-1].position):
                return 0
            for entry in entries:
                await self._tell_unless_broken(connection, entry, now)
            await tracking.move(connection, NAME, entries[-1].position)
            return len(entries)

    async def _tell_unless_broken(
        self, connection: Connection, entry: LogEntry, now: datetime
    ) -> None:
        """A defect about one event is not to keep all others from being told."""
        try:
            async with connection.transaction():
                if _is_new(entry, now):
                    await self._tell_of(connection, entry, now)
        except Exception as error:
            if is_outage(error):
                raise
            log.exception("event not told", position=entry.position)

    async def _tell_of(self, connection: Connection, entry: LogEntry, now: datetime) -> None:
        news = [
            *await _news_of(self._store, connection, entry, self._outbox.zone),
            *await _news_for_company(self._store, connection, entry),
        ]
        people = await people_in(connection, [one.to for one in news], now)
        notices: dict[str, Notice] = {}
        for one in news:
            for account in people[one.to]:
                # Whoever did it knows; a company has it as its receipt.
                if str(account) != entry.metadata.account or one.to.role is Role.COMPANY:
                    notice = _notice(entry.position, one, account)
                    notices.setdefault(notice.key, notice)
        await self._outbox.queue_all(connection, list(notices.values()), now)


async def _news_of(  # noqa: PLR0911 (one case for each kind)
    store: EventStore, connection: Connection, entry: LogEntry, zone: ZoneInfo
) -> Sequence[News]:
    match entry.event:
        case event if isinstance(event, ConceptNews):
            return await of_concept(connection, entry.originator_id, event)
        case event if isinstance(event, RoundNews):
            return await of_round(connection, entry.originator_id, event)
        case event if isinstance(event, GroupNews):
            return await of_group(connection, entry.originator_id, event, zone)
        case event if isinstance(event, SessionNews):
            news = await of_session(connection, entry.originator_id, event, zone)
            if isinstance(event, ItemsCalledFor):
                return [*news, *await reports_asked(connection, entry.originator_id)]
            return news
        case event if isinstance(event, MandateNews):
            return await of_mandate(connection, entry.originator_id, event)
        case event if isinstance(event, YearNews):
            return await of_year(store, connection, entry.originator_id, event)
        case event if isinstance(event, PostNews):
            return await of_post(store, connection, entry.originator_id, event)
        case event if isinstance(event, NeedNews):
            return await of_report(store, connection, entry.originator_id, event)
        case _:
            return ()


async def _news_for_company(
    store: EventStore, connection: Connection, entry: LogEntry
) -> Sequence[News]:
    """Beside what the county's own people are told of the same event; of shared courses, all."""
    if isinstance(entry.event, PoolNews):
        return await of_pool(store, connection, entry.originator_id, entry.event)
    if isinstance(entry.event, CompanyNews):
        return await of_company(store, connection, entry.originator_id, entry.event)
    return ()


def _notice(position: int, news: News, account: UUID) -> Notice:
    parts = [str(position), news.template, news.apart, str(account)]
    return Notice(
        account=account,
        template=news.template,
        facts=news.facts,
        key="/".join(part for part in parts if part),
    )


def _is_new(entry: LogEntry, now: datetime) -> bool:
    """What was imported, or is learned of late, is told to nobody."""
    metadata = entry.metadata
    oldest = now - GOOD_FOR
    return not metadata.source and entry.recorded_at > oldest and metadata.occurred_at > oldest


async def _is_in_views(connection: Connection, position: int) -> bool:
    reached = await connection.fetchval(
        "select count(*) from tracking where name = any($1) and position >= $2", VIEWS, position
    )
    return reached == len(VIEWS)


async def _wait_out(error: Exception) -> None:
    log.error("notifying interrupted", exc_info=error)
    await asyncio.sleep(BACKOFF)


async def _take_turn(connection: Connection, now: datetime) -> int | None:
    """The position to go on from; None while another process tells."""
    if not await connection.fetchval("select exists (select from tracking where name = $1)", NAME):
        await connection.execute(BEGUN, NAME, now - GOOD_FOR)
    position: int | None = await connection.fetchval(
        "select position from tracking where name = $1 for update skip locked", NAME
    )
    return position
