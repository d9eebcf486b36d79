"""What every group measures on: one PostgreSQL server for all, a fresh database for each part."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import asyncpg

from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.runtime import Runtime, running
from services.settings import Settings

T = TypeVar("T")


class Bench:
    """A server of our own with durable settings, and what is to be said beside the figures."""

    def __init__(self, server: EmbeddedPostgres, folder: Path, *, quick: bool) -> None:
        self._server = server
        self.folder = folder
        self.quick = quick
        self.notes: list[str] = []

    @property
    def url(self) -> str:
        """The server's own database, for questions to the server."""
        return self._server.url

    def pick(self, quick: T, full: T) -> T:
        """The first in a quick run, otherwise the second."""
        return quick if self.quick else full

    def note(self, sentence: str) -> None:
        """Say it under the table."""
        self.notes.append(sentence)

    async def empty_database(self, name: str) -> str:
        """The url of a new database without tables."""
        await self._execute(f"drop database if exists {name} with (force)")
        await self._execute(f"create database {name}")
        before, _, query = self.url.partition("?")
        return f"{before.rpartition('/')[0]}/{name}?{query}"

    async def database(self, name: str) -> str:
        """The url of a new database with all of the product's tables."""
        url = await self.empty_database(name)
        await asyncio.to_thread(migrate, url)
        return url

    @asynccontextmanager
    async def product(self, url: str) -> AsyncIterator[Runtime]:
        """The store and what belongs to it, as the service itself puts them together."""
        async with running(settings_in(self.folder), url) as runtime:
            yield runtime

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def settings_in(folder: Path) -> Settings:
    """The product's defaults, with its files in this folder."""
    return Settings(data=folder, log_level="error")


@asynccontextmanager
async def bench(*, quick: bool) -> AsyncIterator[Bench]:
    """Start PostgreSQL in a temporary folder, which is gone afterwards."""
    with TemporaryDirectory(prefix="kreislauf-benchmarks-") as name, DataFolder(Path(name)):
        async with EmbeddedPostgres(Path(name)) as server:
            yield Bench(server, Path(name), quick=quick)
