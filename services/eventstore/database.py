"""What the rest of the code calls a connection, a pool, and the loss of either."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

if TYPE_CHECKING:
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    Connection: TypeAlias = PoolConnectionProxy[asyncpg.Record]
else:  # only the stubs know what they are generic in
    Pool = asyncpg.Pool
    Connection = PoolConnectionProxy

DATABASE_AWAY = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What a lost database looks like; the last if a connection is used at the moment it is cut."""


async def as_it_is(_: object) -> None:
    """For a pool whose users leave no settings or locks behind in the session.

    The pool's own way costs a round trip each time a connection is given back.
    """


@asynccontextmanager
async def own_session(pool: Pool) -> AsyncIterator[Connection]:
    """A connection to set and lock what one likes in its session; it is as before afterwards."""
    async with pool.acquire() as connection:
        try:
            yield connection
        finally:
            if not connection.is_closed():
                await connection.reset()
