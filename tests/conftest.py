"""Fixtures shared by all tests: a real PostgreSQL, a fresh migrated database, a running service."""

import asyncio
import base64
import gc
import logging
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Generator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage

import pytest
import structlog
from hypothesis import HealthCheck
from hypothesis import settings as settings_of_examples

from services.crew import Crew
from services.demo.county import load_county, paderborn
from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.identity.tokens import issue_token
from services.privacy.master import FILE as KEY_FILE
from services.privacy.master import new_key
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings
from tests.support.databases import execute, named, new_database

MIGRATED = "kreislauf_migrated"
COUNTY = "kreislauf_county"

# How long an example takes says more about what else the machine does than about the code.
settings_of_examples.register_profile(
    "any pace", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings_of_examples.load_profile("any pace")

LONGEST = (
    "tests/browser/",
    "tests/processes/",
    "tests/services/api/test_schemathesis",
    "tests/journeys/",
)
"""How the names of the files begin that take longest, by name."""

MEMORY = Path("/dev/shm")  # noqa: S108 (others share it, as they do the usual folder)
ROOM = 4 * 2**30
"""So many bytes of memory are room for what the tests write, which is a fraction of it."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Folders are tested by several processes at once, single files and the long forms by this one.

    There are more of them than cores because much of the time is waited for another process.
    """
    places = [Path(argument.partition("::")[0]) for argument in config.args]
    alone = config.getoption("markexpr") == "long" or all(place.is_file() for place in places)
    return 0 if alone else 1 + (os.cpu_count() or 1)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is there when the tests begin stays to the end: nobody need look for garbage in it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes, so that none of them is still alone at the end."""

    def order(item: pytest.Item) -> int:
        name = item.nodeid.partition("::")[0]
        return next((at for at, long in enumerate(LONGEST) if name.startswith(long)), len(LONGEST))

    items.sort(key=order)


def pytest_configure() -> None:
    """Spare the processes that the tests start what only costs time."""
    # Each would compile all it imports anew: a second for a command of `kreislauf`.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    # What a disk would be asked to keep, for dozens of database servers, nobody needs.
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


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
    with tempfile.TemporaryDirectory(prefix="kreislauf-test-") as name, DataFolder(Path(name)):
        folder = Path(name)
        async with EmbeddedPostgres(folder) as server:
            # Processes are killed here, machines are not: waiting for the disk tests nothing.
            for setting in ("fsync to off", "full_page_writes to off", "max_wal_size to '256MB'"):
                await execute(server.url, f"alter system set {setting}")
            await execute(server.url, "select pg_reload_conf()")
            await execute(server.url, f"create database {MIGRATED}")
            await asyncio.to_thread(migrate, named(server.url, MIGRATED))
            yield server


@pytest.fixture(scope="session")
def master_key() -> bytes:
    """The file with the master key, the same for all tests: they copy what it has wrapped."""
    return base64.b64encode(new_key())


@pytest.fixture(scope="session")
async def loaded(
    postgres: EmbeddedPostgres, master_key: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, str]:
    """A second template, into which the demo county is loaded; the token of each demo person."""
    await execute(postgres.url, f"create database {COUNTY} template {MIGRATED}")
    settings = _settings(tmp_path_factory.mktemp("county"), master_key)
    async with running(settings, named(postgres.url, COUNTY)) as runtime:
        return await load_people(runtime)


@pytest.fixture
def template(request: pytest.FixtureRequest) -> str:
    """What the test's database is a copy of: with the county if the test asks for it."""
    if "county" not in request.fixturenames:
        return MIGRATED
    request.getfixturevalue("loaded")
    return COUNTY


@pytest.fixture
async def database_url(postgres: EmbeddedPostgres, template: str) -> AsyncIterator[str]:
    """A fresh database with all migrations, gone after the test."""
    async with new_database(postgres.url, template) as url:
        yield url


@pytest.fixture
async def empty_database(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    """A fresh database without any migration, gone after the test."""
    async with new_database(postgres.url) as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, master_key: bytes) -> Settings:
    return _settings(tmp_path, master_key)


@pytest.fixture
async def runtime(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    """Store, desk and read models over a fresh database; the log is followed."""
    async with running(settings, database_url) as runtime:
        crew = Crew()
        follow_the_log(runtime, crew)
        yield runtime
        await crew.dismiss()


@pytest.fixture
def county(loaded: Mapping[str, str], runtime: Runtime) -> dict[str, str]:  # noqa: ARG001 (it runs)
    """The demo county is loaded; the token of each demo person by key."""
    return dict(loaded)


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


def _settings(data: Path, master_key: bytes) -> Settings:
    (data / KEY_FILE).write_bytes(master_key)
    return Settings(data=data, poll_milliseconds=200, log_level="warning")
