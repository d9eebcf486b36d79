"""Fixtures of the services' own tests."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from services.api.decisions import Clerk
from services.eventstore.store import EventStore
from services.runtime import Runtime, running
from services.settings import Settings
from tests.support.office import Office
from tests.support.stack import Stack, serving
from tests.support.steering import MARCH, Clock


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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time at which requests arrive, for a stack that is made after it."""
    clock = Clock(MARCH)
    monkeypatch.setattr("services.api.parts.Clerk", partial(Clerk, now=clock))
    return clock


@pytest.fixture
async def stack(
    runtime: Runtime, settings: Settings, county: dict[str, str]
) -> AsyncIterator[Stack]:
    """A service of the test's own, without Temporal."""
    async with serving(runtime, settings, county) as stack:
        yield stack
