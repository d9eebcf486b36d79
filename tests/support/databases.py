"""Databases of a test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg


@asynccontextmanager
async def new_database(server_url: str, template: str = "template1") -> AsyncIterator[str]:
    """A database on this server, a copy of the template: empty if none is named."""
    name = f"test_{uuid4().hex}"
    await execute(server_url, f"create database {name} template {template} strategy file_copy")
    yield named(server_url, name)
    await execute(server_url, f"drop database {name} with (force)")


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def named(url: str, database: str) -> str:
    """The same server, another database."""
    before, _, query = url.partition("?")
    return f"{before.rpartition('/')[0]}/{database}?{query}"
