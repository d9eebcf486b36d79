"""A connection is kept for who comes again at once, and for nobody else."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.eventstore.database import DATABASE_AWAY, Pool
from services.eventstore.held_connection import LINGER, HeldConnection


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    async with asyncpg.create_pool(database_url, min_size=0, max_size=2) as pool:
        yield pool


async def backend(held: HeldConnection) -> int:
    async with held as connection:
        return connection.get_server_pid()


async def is_free(pool: Pool, count: int) -> None:
    """So many connections can be had within ten seconds."""
    async with asyncio.timeout(10):
        taken = [await pool.acquire() for _ in range(count)]
    for connection in taken:
        await pool.release(connection)


async def test_who_comes_again_at_once_gets_the_same_connection_and_others_another(
    pool: Pool,
) -> None:
    held = HeldConnection(pool)
    first = await backend(held)
    async with pool.acquire() as other:
        assert other.get_server_pid() != first
    assert await backend(held) == first


async def test_a_connection_that_nobody_needs_goes_back_to_the_pool(pool: Pool) -> None:
    await backend(HeldConnection(pool))
    await is_free(pool, 2)


async def test_a_connection_in_use_does_not_go_back_however_long_it_takes(pool: Pool) -> None:
    async with HeldConnection(pool) as connection:
        await asyncio.sleep(5 * LINGER)
        assert await connection.fetchval("select 1") == 1
        assert pool.get_idle_size() == 0


async def test_the_only_connection_of_a_pool_goes_back_after_each_use(database_url: str) -> None:
    async with asyncpg.create_pool(database_url, min_size=1, max_size=1) as pool:
        await backend(HeldConnection(pool))
        assert pool.get_idle_size() == 1


async def test_after_a_failure_the_connection_goes_back_at_once(pool: Pool) -> None:
    held = HeldConnection(pool)
    with pytest.raises(asyncpg.DivisionByZeroError):
        async with held as connection:
            await connection.execute("select 1 / 0")
    assert pool.get_idle_size() == 1


async def test_a_connection_cut_while_it_is_kept_is_replaced(pool: Pool) -> None:
    held = HeldConnection(pool)
    first = await backend(held)
    async with pool.acquire() as other:
        await other.execute("select pg_terminate_backend($1)", first)
        async with asyncio.timeout(10):
            while True:
                try:
                    async with held as connection:
                        assert await connection.fetchval("select 1") == 1
                        break
                except DATABASE_AWAY:
                    continue
    assert await backend(held) != first
