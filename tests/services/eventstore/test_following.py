"""Whoever follows the log misses nothing, also when its LISTEN connection is lost."""

import asyncio
from datetime import timedelta

import pytest

from domain.concepts.events import ConceptWithdrawn
from services.eventstore.following import Bell
from services.eventstore.store import CHANNEL, EventStore
from services.runtime import Runtime
from tests.support.background import in_background
from tests.support.log import append
from tests.support.tailing import listening, tailing

NEVER = timedelta(hours=1)
SOON = timedelta(milliseconds=100)
NOWHERE = "postgresql://127.0.0.1:1/nowhere"


async def test_a_follower_is_woken_by_an_append_and_need_not_look_by_itself(
    unfollowed: Runtime, database_url: str
) -> None:
    bell = Bell(database_url, NEVER)
    async with listening(bell), tailing(unfollowed.store, bell) as tail:
        await _until_somebody_listens(unfollowed)
        for version in range(5):
            await append(unfollowed.store, "jobcenter", "a", version=version)
            await tail.until(version + 1)


async def test_what_was_appended_while_nobody_listened_is_followed_too(
    store: EventStore, database_url: str
) -> None:
    await append(store, "jobcenter", "a", "b", version=0)
    bell = Bell(database_url, NEVER)
    async with tailing(store, bell) as tail:
        await tail.until(2)
        # This rings nowhere; the bell rings by itself when it begins to listen.
        await append(store, "jobcenter", "c", version=2)
        async with listening(bell):
            await tail.until(3)


async def test_a_follower_of_a_dead_bell_looks_by_itself(store: EventStore) -> None:
    async with tailing(store, Bell(NOWHERE, SOON)) as tail:
        await append(store, "jobcenter", "a", version=0)
        await tail.until(1)
        await append(store, "jobcenter", "b", version=1)
        await tail.until(2)


async def test_a_lost_listen_connection_is_replaced_and_nothing_is_missed(
    unfollowed: Runtime, database_url: str
) -> None:
    bell = Bell(database_url, SOON)
    async with listening(bell), tailing(unfollowed.store, bell) as tail:
        for version in range(0, 40, 2):
            await append(unfollowed.store, "jobcenter", "a", version=version)
            if version % 8 == 0:
                await _cut_those_who_listen(unfollowed)
            await append(unfollowed.store, "jobcenter", "b", version=version + 1)
        await tail.until(40)
        assert tail.positions == list(range(1, 41))
        await _until_somebody_listens(unfollowed)


async def test_a_bell_goes_on_trying_while_the_database_is_away() -> None:
    bell = Bell(NOWHERE, timedelta(milliseconds=10))
    async with in_background(bell.listen()) as trying:
        await asyncio.sleep(0.2)
        assert not trying.done()
        assert bell.rings > 1


async def test_a_follower_of_some_topics_gets_only_those(store: EventStore) -> None:
    bell = Bell(NOWHERE, SOON)
    async with tailing(store, bell, [ConceptWithdrawn.TOPIC]) as some, tailing(store, bell) as all_:
        await append(store, "jobcenter", "a", version=0)
        await all_.until(1)
        await asyncio.sleep(2 * SOON.total_seconds())
        assert some.positions == []


async def test_a_ring_between_reading_and_waiting_is_not_lost() -> None:
    bell = Bell(NOWHERE, NEVER)
    rings = bell.rings
    bell.ring()
    async with asyncio.timeout(1):
        await bell.wait_since(rings)


async def test_one_ring_wakes_all_who_wait() -> None:
    bell = Bell(NOWHERE, NEVER)
    waiting = [asyncio.create_task(bell.wait_since(bell.rings)) for _ in range(3)]
    await asyncio.sleep(0)
    bell.ring()
    async with asyncio.timeout(1):
        await asyncio.gather(*waiting)


async def test_a_follower_that_is_stopped_in_the_moment_of_a_ring_does_stop() -> None:
    bell = Bell(NOWHERE, NEVER)
    waiting = asyncio.create_task(bell.wait_since(bell.rings))
    await asyncio.sleep(0.01)
    bell.ring()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()


@pytest.mark.parametrize("turns", range(5))
async def test_who_waits_ends_when_cancelled_also_at_the_moment_it_rings(turns: int) -> None:
    bell = Bell(NOWHERE, NEVER)

    async def wait_again_and_again() -> None:
        while True:
            await bell.wait_since(bell.rings)

    waiting = asyncio.create_task(wait_again_and_again())
    await asyncio.sleep(0.01)
    bell.ring()
    for _ in range(turns):
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting], timeout=1)
    assert waiting.cancelled()


async def _listeners(runtime: Runtime) -> list[int]:
    rows = await runtime.pool.fetch(
        "select pid from pg_stat_activity where datname = current_database()"
        " and query ilike 'listen %' || $1 || '%'",
        CHANNEL,
    )
    return [row["pid"] for row in rows]


async def _until_somebody_listens(runtime: Runtime) -> None:
    async with asyncio.timeout(10):
        while not await _listeners(runtime):  # noqa: ASYNC110 (the database has no event for it)
            await asyncio.sleep(0.01)


async def _cut_those_who_listen(runtime: Runtime) -> None:
    await _until_somebody_listens(runtime)
    for pid in await _listeners(runtime):
        assert await runtime.pool.fetchval("select pg_terminate_backend($1)", pid)
