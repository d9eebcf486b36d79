"""Fixtures shared by all tests: a real PostgreSQL, a fresh migrated database, a running service."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import asyncpg
import pytest
import structlog

from services.crew import Crew
from services.demo.county import load_county, paderborn
from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.identity.tokens import issue_token
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings

TEMPLATE = "kreislauf_template"


@pytest.fixture(autouse=True, scope="session")
def quiet_log() -> None:
    """What the service logs is tested where it is the subject; elsewhere it hides failures."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_is_heard() -> None:
    """A run in the background begins with SIGINT ignored, and all it starts would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
async def postgres() -> AsyncIterator[EmbeddedPostgres]:
    """One PostgreSQL server for the whole run, with a migrated template to copy from.

    Not in pytest's own folder: as root, a second run beside this one would close it to the server.
    """
    with TemporaryDirectory(prefix="kreislauf-test-") as name, DataFolder(Path(name)):
        folder = Path(name)
        async with EmbeddedPostgres(folder) as server:
            # Processes are killed here, machines are not: waiting for the disk tests nothing.
            await _execute(server.url, "alter system set fsync to off")
            await _execute(server.url, "select pg_reload_conf()")
            await _execute(server.url, f"create database {TEMPLATE}")
            await asyncio.to_thread(migrate, _named(server.url, TEMPLATE))
            yield server


@pytest.fixture
async def database_url(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    """A fresh database with all migrations, gone after the test."""
    name = f"test_{uuid4().hex}"
    await _execute(postgres.url, f"create database {name} template {TEMPLATE}")
    yield _named(postgres.url, name)
    await _execute(postgres.url, f"drop database {name} with (force)")


@pytest.fixture
async def empty_database(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    """A fresh database without any migration, gone after the test."""
    name = f"test_{uuid4().hex}"
    await _execute(postgres.url, f"create database {name}")
    yield _named(postgres.url, name)
    await _execute(postgres.url, f"drop database {name} with (force)")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, poll_milliseconds=200, log_level="warning")


@pytest.fixture
async def runtime(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    """Store, desk and read models over a fresh database; the log is followed."""
    async with running(settings, database_url) as runtime:
        crew = Crew()
        follow_the_log(runtime, crew)
        yield runtime
        await crew.dismiss()


@pytest.fixture
async def county(runtime: Runtime) -> dict[str, str]:
    """The demo county is loaded; the token of each demo person by key."""
    return await load_people(runtime)


async def load_people(runtime: Runtime) -> dict[str, str]:
    """Load the demo county and make a token for each of its people."""
    demo = paderborn()
    async for _ in load_county(runtime.desk, demo):
        pass
    now = datetime.now(UTC)
    tokens = {
        person.key: await issue_token(runtime.desk, person.account, "test", days=None, at=now)
        for person in demo.people.items
    }
    await runtime.read_models.catch_up()
    return tokens


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _named(url: str, database: str) -> str:
    """The same server, another database."""
    before, _, query = url.partition("?")
    return f"{before.rpartition('/')[0]}/{database}?{query}"
