"""Databases of a test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg


@asynccontextmanager
async def new_database(server_url: str) -> AsyncIterator[str]:
    """An empty database on this server."""
    name = f"empty_{uuid4().hex}"
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(f"create database {name}")
        before, _, query = server_url.partition("?")
        yield f"{before.rpartition('/')[0]}/{name}?{query}"
        await connection.execute(f"drop database {name} with (force)")
    finally:
        await connection.close()
