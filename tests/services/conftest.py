"""Fixtures of the services' own tests."""

from collections.abc import AsyncIterator

import pytest

from services.eventstore.store import EventStore
from services.runtime import Runtime, running
from services.settings import Settings
from tests.support.office import Office


@pytest.fixture
async def unfollowed(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    """Store, desk and read models over a fresh database; nobody follows the log."""
    async with running(settings, database_url) as runtime:
        yield runtime


@pytest.fixture
def store(unfollowed: Runtime) -> EventStore:
    return unfollowed.store


@pytest.fixture
async def office(unfollowed: Runtime) -> Office:
    """A small county at the desk."""
    office = Office(unfollowed.desk)
    await office.set_up()
    return office
