"""A subscription misses, doubles and reorders nothing: cut off, restarted, slow, seldom served."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import msgspec
import pytest

from domain.concepts.events import ConceptWithdrawn
from domain.directory.events import OrganisationRenamed
from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore import tracking
from services.eventstore.catalogue import EVENTS
from services.eventstore.database import Pool
from services.eventstore.following import Bell, FollowedTwice, Subscription, follow_as
from services.eventstore.mapper import EventMapper
from services.eventstore.migrate import migrate
from services.eventstore.store import BATCH, ONWARDS_OF_TOPICS, EventStore
from services.runtime import Runtime
from tests.support.background import in_background
from tests.support.log import append
from tests.support.outages import append_when_back, cut_all_connections
from tests.support.tailing import listening, tailing

SOON = timedelta(milliseconds=20)
NOWHERE = "postgresql://127.0.0.1:1/nowhere"
BELL = Bell(NOWHERE, SOON)


async def test_a_subscription_begins_anywhere(store: EventStore) -> None:
    await append(store, "jobcenter", *"abcde", version=0)
    for after in range(5):
        subscription = Subscription(store, BELL, after)
        assert [entry.position for entry in await subscription.next()] == [*range(after + 1, 6)]
        assert subscription.position == 5


async def test_a_subscription_goes_on_whenever_its_connections_are_cut(
    unfollowed: Runtime, database_url: str
) -> None:
    bell = Bell(database_url, SOON)
    store = unfollowed.store
    async with listening(bell), tailing(store, bell) as tail:
        for version in range(10):
            await cut_all_connections(database_url)
            await append_when_back(store, version)
        await tail.until(10)
    assert tail.positions == list(range(1, 11))


async def test_a_subscription_outlives_a_restart_of_the_server() -> None:
    with TemporaryDirectory(prefix="kreislauf-test-") as name, DataFolder(Path(name)):
        async with EmbeddedPostgres(Path(name)) as server:
            await asyncio.to_thread(migrate, server.url)
            bell = Bell(server.url, SOON)
            async with asyncpg.create_pool(server.url, min_size=2, max_size=2) as pool:
                store = EventStore(pool, EventMapper(EVENTS))
                async with listening(bell), tailing(store, bell) as tail:
                    await append(store, "jobcenter", "a", "b", version=0)
                    await tail.until(2)
                    await server.stop()
                    await asyncio.sleep(0.5)
                    await server.start()
                    await append_when_back(store, 2)
                    await tail.until(3)
                assert tail.positions == [1, 2, 3]


async def test_a_slow_reader_holds_one_batch_and_misses_nothing(store: EventStore) -> None:
    subscription = Subscription(store, BELL)
    seen: list[int] = []
    for version in range(0, 3 * BATCH, BATCH):
        await append(store, "jobcenter", *["a"] * BATCH, version=version)
        await append(store, "caritas", "a", version=version // BATCH)
        batch = await subscription.next()
        assert len(batch) <= BATCH
        seen += [entry.position for entry in batch]
    while subscription.position < await store.head():
        seen += [entry.position for entry in await subscription.next()]
    assert seen == list(range(1, 3 * BATCH + 4))


async def test_a_rare_topic_is_found_and_the_rest_is_not_looked_at_again(
    unfollowed: Runtime,
) -> None:
    await _fill(unfollowed.pool, 20_000, rare_at=[3, 9_000, 20_000])
    subscription = Subscription(unfollowed.store, BELL, 0, [ConceptWithdrawn.TOPIC], limit=2)
    found: list[int] = []
    while subscription.position < 20_000:
        found += [entry.position for entry in await subscription.next()]
    assert found == [3, 9_000, 20_000]
    none = Subscription(unfollowed.store, BELL, 0, ["a.topic-nobody-uses"])
    assert await none.next() == ()
    assert none.position == 20_000


async def test_a_rare_topic_is_read_by_its_index_and_not_by_looking_through_the_log(
    unfollowed: Runtime,
) -> None:
    await _fill(unfollowed.pool, 20_000, rare_at=[20_000])
    await unfollowed.pool.execute("analyze event")
    async with unfollowed.pool.acquire() as connection:
        await connection.execute("set plan_cache_mode to force_generic_plan")
        plan: str = await connection.fetchval(
            f"explain (analyze, buffers, format json) {ONWARDS_OF_TOPICS}",
            0,
            BATCH,
            [ConceptWithdrawn.TOPIC],
        )
    assert msgspec.json.decode(plan)[0]["Plan"]["Shared Hit Blocks"] < 20


async def test_several_topics_come_in_the_order_of_the_log(unfollowed: Runtime) -> None:
    await _fill(unfollowed.pool, 3000, rare_at=range(0, 3000, 7))
    topics = [ConceptWithdrawn.TOPIC, OrganisationRenamed.TOPIC, ConceptWithdrawn.TOPIC]
    subscription = Subscription(unfollowed.store, BELL, 0, topics)
    seen: list[int] = []
    while subscription.position < 3000:
        seen += [entry.position for entry in await subscription.next()]
    assert seen == list(range(1, 3001))


async def test_who_follows_under_a_name_goes_on_where_it_was(unfollowed: Runtime) -> None:
    pool, store = unfollowed.pool, unfollowed.store
    await append(store, "jobcenter", "a", "b", version=0)
    async for batch in follow_as("letters", pool, store, BELL):
        assert [entry.position for entry in batch] == [1, 2]
        break  # stopped before it asked for more: not read to the end
    seen: list[int] = []
    async for batch in follow_as("letters", pool, store, BELL):
        seen += [entry.position for entry in batch]
        if len(seen) == 2:
            await append(store, "jobcenter", "c", version=2)
        else:
            break
    assert seen == [1, 2, 3]
    assert await tracking.positions(pool, ["letters"]) == {"letters": 2}


async def test_who_follows_some_topics_under_a_name_comes_as_far_as_the_log(
    unfollowed: Runtime,
) -> None:
    pool, store = unfollowed.pool, unfollowed.store
    await append(store, "jobcenter", "a", "b", version=0)

    async def letters() -> None:
        async for _ in follow_as("letters", pool, store, BELL, [ConceptWithdrawn.TOPIC]):
            raise AssertionError

    async with in_background(letters()):
        assert await tracking.reached(pool, ["letters"], 2, patience=5)
        assert not await tracking.reached(pool, ["letters"], 3, patience=0.1)


async def test_who_follows_under_a_name_survives_that_its_connections_are_cut(
    unfollowed: Runtime, database_url: str
) -> None:
    pool, store = unfollowed.pool, unfollowed.store
    seen: list[int] = []

    async def letters() -> None:
        async for batch in follow_as("letters", pool, store, BELL):
            seen.extend(entry.position for entry in batch)

    async with in_background(letters()) as following:
        for version in range(10):
            await cut_all_connections(database_url)
            await append_when_back(store, version)
        async with asyncio.timeout(20):
            while len(seen) < 10:  # noqa: ASYNC110 (it is the log that is waited for)
                await asyncio.sleep(0.01)
        assert not following.done()
    assert seen == list(range(1, 11))


async def test_two_who_follow_under_one_name_are_found_out(unfollowed: Runtime) -> None:
    pool, store = unfollowed.pool, unfollowed.store
    await append(store, "jobcenter", "a", version=0)
    one = follow_as("letters", pool, store, BELL)
    other = follow_as("letters", pool, store, BELL)
    await anext(one)
    await anext(other)
    await append(store, "jobcenter", "b", version=1)
    await append(store, "jobcenter", "c", version=2)
    await anext(one)
    await append(store, "jobcenter", "d", version=3)
    await anext(one)
    with pytest.raises(FollowedTwice):
        await anext(other)


async def test_a_defect_is_not_taken_for_a_lost_database(unfollowed: Runtime) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    await unfollowed.pool.execute("alter table event rename column position to gone")
    with pytest.raises(asyncpg.UndefinedColumnError):
        async with asyncio.timeout(5):
            await Subscription(unfollowed.store, BELL).next()


async def _fill(pool: Pool, count: int, rare_at: Iterable[int]) -> None:
    """Rows that can be read but not verified: a log of some length in no time."""
    await pool.execute(
        "insert into event (position, originator_id, originator_version, topic, state,"
        " recorded_at, leaf) select n, gen_random_uuid(), 1,"
        " case when n = any($2) then $3 else $4 end, convert_to($5, 'UTF8'), now(),"
        " sha256(n::text::bytea) from generate_series(1, $1) n",
        count,
        list(rare_at),
        ConceptWithdrawn.TOPIC,
        OrganisationRenamed.TOPIC,
        STATE,
    )
    await pool.execute("update log_head set position = $1", count)


STATE = (
    '{"schema":1,"metadata":{"command":"6f1c7f0e-52a5-5d0b-9d8b-0b6d0f7d5c11","correlation":"test",'
    '"account":"ada","role":"coordinator","occurred_at":"2025-09-01T08:00:00Z"},"event":{}}'
)
