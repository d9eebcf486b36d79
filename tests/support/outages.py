"""A database that goes away, and writing that waits until it is back."""

import asyncio
from uuid import uuid4

import asyncpg

from services.eventstore.database import DATABASE_AWAY
from services.eventstore.store import EventStore
from tests.support.log import append


async def cut_all_connections(database_url: str) -> None:
    """Those to this database, whoever has them."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


async def append_when_back(store: EventStore, version: int) -> None:
    """One event on the stream of this version, as soon as it can be written."""
    command = uuid4()
    async with asyncio.timeout(20):
        while True:
            try:
                await append(store, "jobcenter", "a", version=version, command=command)
            except DATABASE_AWAY:
                await asyncio.sleep(0.01)
            else:
                return
