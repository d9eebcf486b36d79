"""A running service: the store, the desk and the read models over one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg
import msgspec

from services.calendar import HolidayCalendar
from services.crew import Crew
from services.desk import Desk
from services.eventstore.catalogue import EVENTS
from services.eventstore.following import Bell
from services.eventstore.record import EventMapper
from services.eventstore.store import EventStore, Pool
from services.projections.concepts import Concepts
from services.projections.directory import Directory
from services.projections.record import Trail
from services.projections.runner import ProjectionRunner, ReadModels
from services.settings import Settings

PATIENCE = 5.0
"""So many seconds a reader waits for the read models."""


class Runtime(msgspec.Struct, frozen=True, kw_only=True):
    """What every process of the service is made of."""

    pool: Pool
    store: EventStore
    desk: Desk
    bell: Bell
    read_models: ReadModels


@asynccontextmanager
async def running(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    """Connect to the database. Raises OSError or asyncpg.PostgresError if it is not there."""
    pool = await asyncpg.create_pool(
        database_url,
        min_size=1,
        max_size=settings.database_pool_size,
        server_settings={"application_name": "kreislauf", "timezone": "UTC"},
    )
    async with pool:
        store = EventStore(pool, EventMapper(EVENTS))
        bell = Bell(database_url, timedelta(milliseconds=settings.poll_milliseconds))
        runners = [ProjectionRunner(pool, store, p) for p in (Directory(), Concepts(), Trail())]
        yield Runtime(
            pool=pool,
            store=store,
            desk=Desk(store, HolidayCalendar(settings.holidays, settings.time_zone)),
            bell=bell,
            read_models=ReadModels(runners, bell, PATIENCE),
        )


def follow_the_log(runtime: Runtime, crew: Crew) -> None:
    """Keep listening and keep the read models up to date, in the background."""
    crew.start(runtime.bell.listen(), "bell")
    crew.start(runtime.read_models.run(), "read models")
