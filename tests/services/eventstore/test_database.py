"""The database itself keeps the log as it is, and is brought up to date by any number at once."""

import asyncio

import asyncpg
import pytest

from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate, missing_migrations
from services.eventstore.store import EventStore
from services.runtime import Runtime
from tests.support.databases import new_database
from tests.support.log import append


@pytest.mark.parametrize(
    "statement",
    [
        "update event set topic = 'organisation.dissolved'",
        "update event set state = state where false",
        "delete from event",
        "truncate event",
        "truncate event cascade",
    ],
)
async def test_the_log_refuses_every_change_also_from_its_owner(
    unfollowed: Runtime, statement: str
) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    before = await unfollowed.pool.fetch("select * from event")
    with pytest.raises(asyncpg.RaiseError, match="only ever appended to"):
        await unfollowed.pool.execute(statement)
    assert await unfollowed.pool.fetch("select * from event") == before


async def test_two_events_never_have_the_same_place(unfollowed: Runtime, store: EventStore) -> None:
    await append(store, "jobcenter", "a", version=0)
    copy = (
        "insert into event select {position}, originator_id, {version}, topic, state,"
        " recorded_at, leaf from event"
    )
    for position, version in ((1, 2), (2, 1)):
        with pytest.raises(asyncpg.UniqueViolationError):
            await unfollowed.pool.execute(copy.format(position=position, version=version))


async def test_there_is_one_head(unfollowed: Runtime) -> None:
    for flag in (True, False):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await unfollowed.pool.execute("insert into log_head values ($1, 0, now())", flag)


async def test_a_second_migration_finds_nothing_to_do(database_url: str) -> None:
    assert await asyncio.to_thread(missing_migrations, database_url) == []
    assert await asyncio.to_thread(migrate, database_url) == []


async def test_of_many_migrations_at_once_one_does_the_work(postgres: EmbeddedPostgres) -> None:
    async with new_database(postgres.url) as url:
        missing = await asyncio.to_thread(missing_migrations, url)
        applied = await asyncio.gather(*(asyncio.to_thread(migrate, url) for _ in range(4)))
        assert len(missing) >= 2
        assert sorted(map(len, applied)) == [0, 0, 0, len(missing)]
        assert await asyncio.to_thread(missing_migrations, url) == []
