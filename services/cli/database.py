"""The database for a command: set from outside, or embedded in the data folder."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from services.cli.troubles import NotMigrated, NotRunning
from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres, running_url
from services.eventstore.migrate import missing_migrations
from services.settings import Settings

DATABASE_FOLDER = "postgres"


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[str]:
    """The database for a short command, also while `kreislauf up` does not run.

    Raises NotRunning if there is none.
    """
    url = settings.database_url or running_url(settings.data)
    if url is not None:
        yield url
        return
    if not (settings.data.expanduser() / DATABASE_FOLDER).exists():
        raise NotRunning
    with DataFolder(settings.data):
        async with EmbeddedPostgres(settings.data) as postgres:
            yield postgres.url


def require_migrated(database_url: str) -> None:
    """Raises NotMigrated if the database is older than the code."""
    if missing_migrations(database_url):
        raise NotMigrated


async def with_database(settings: Settings, run: Callable[[str], Awaitable[None]]) -> None:
    """Run it with the address of the database."""
    async with database(settings) as url:
        await run(url)
