"""Where database and Temporal are: set from outside, or embedded in the data folder."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import msgspec

from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.embedded.temporal import EmbeddedTemporal
from services.settings import Settings

TEMPORAL_FILE = "temporal.db"


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """`temporal_is_new`: its storage was not there, so open processes are started from the log."""

    database_url: str
    temporal_address: str
    temporal_ui: str | None = None
    temporal_is_new: bool = False


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Places]:
    """Start what is not set from outside, and stop it at the end, Temporal first.

    Raises EmbeddedFailure with the sentence to show.
    """
    async with AsyncExitStack() as stack:
        if settings.database_url is None or settings.temporal_address is None:
            stack.enter_context(DataFolder(settings.data))
        database_url = settings.database_url
        if database_url is None:
            postgres = await stack.enter_async_context(EmbeddedPostgres(settings.data))
            database_url = postgres.url
        if settings.temporal_address is not None:
            yield Places(database_url=database_url, temporal_address=settings.temporal_address)
            return
        is_new = not (settings.data.expanduser() / TEMPORAL_FILE).exists()
        temporal = await stack.enter_async_context(
            EmbeddedTemporal(settings.data, namespace=settings.temporal_namespace)
        )
        yield Places(
            database_url=database_url,
            temporal_address=temporal.address,
            temporal_ui=temporal.ui_address,
            temporal_is_new=is_new,
        )
