"""A Temporal for the tests that leave it running, and one for each test that does not."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from temporalio.client import Client

from services.embedded.temporal import EmbeddedTemporal
from services.relay.relay import Relay
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.office import Office
from tests.support.stack import temporal_in


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The tests share an engine, so each has a task queue of its own."""
    return msgspec.structs.replace(settings, task_queue=f"test-{uuid4()}")


@pytest.fixture(scope="module")
async def temporal(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedTemporal]:
    async with temporal_in(tmp_path_factory.mktemp("temporal")) as temporal:
        yield temporal


@pytest.fixture
async def client(settings: Settings, temporal: EmbeddedTemporal) -> Client:
    return await connect(settings, temporal.address, lazy=False)


@pytest.fixture
def relay(unfollowed: Runtime, settings: Settings, client: Client) -> Relay:
    return Relay(unfollowed.pool, unfollowed.store, client, settings.task_queue)


@pytest.fixture
def data() -> Iterator[Path]:
    """The folder of a Temporal that a test stops, or whose storage it deletes."""
    folder = Path(tempfile.mkdtemp(prefix="kreislauf-test-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
async def office(unfollowed: Runtime) -> Office:
    """A small county in the present, with an edition that no other test has."""
    office = Office.of_today(unfollowed.desk)
    await office.set_up()
    return office
