"""Fixtures of the command line's tests, shared by all of them: they leave each other alone."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from services.crew import Crew
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings
from tests.conftest import load_people
from tests.support.databases import new_database
from tests.support.http import recorded
from tests.support.processes import Outcome, run
from tests.support.stack import Stack, serving

Command = Callable[..., Awaitable[Outcome]]

MASTER_KEY = base64.b64encode(bytes(32)).decode()
SALZKOTTEN = "05774036"


@pytest.fixture(scope="package")
async def database_url(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    async with new_database(postgres.url) as url:
        await asyncio.to_thread(migrate, url)
        yield url


@pytest.fixture(scope="package")
def settings() -> Settings:
    return Settings(
        data=Path("/nowhere"),
        master_key=MASTER_KEY,
        log_level="warning",
    )


@pytest.fixture(scope="package")
async def runtime(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    async with running(settings, database_url) as runtime:
        crew = Crew()
        follow_the_log(runtime, crew)
        yield runtime
        await crew.dismiss()


@pytest.fixture(scope="package")
async def stack(runtime: Runtime, settings: Settings) -> AsyncIterator[Stack]:
    """The demo county answers over HTTP."""
    async with serving(runtime, settings, await load_people(runtime)) as stack:
        yield stack


@pytest.fixture(scope="package")
async def concept(stack: Stack) -> str:
    """Salzkotten's concept: drafted, submitted, and the Jobcenter has agreed."""
    body = {"municipality": SALZKOTTEN, "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", body))["id"]
    for section in (await stack.koordination.read(f"/concepts/{concept}"))["sections"]:
        await stack.koordination.write(concept, section["key"], "Ein Text.")
    await stack.koordination.change(concept, "submission", {})
    round_ = {"timing": {"working_days": 15}, "invited": [{"organisation": "jobcenter"}]}
    await stack.koordination.change(concept, "consultations", round_)
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
    return concept


@pytest.fixture(scope="package")
def variables(database_url: str) -> dict[str, str]:
    return {"KREISLAUF_DATABASE_URL": database_url, "KREISLAUF_MASTER_KEY": MASTER_KEY}


@pytest.fixture(scope="package")
def kreislauf(variables: dict[str, str]) -> Command:
    """A command of its own on the test's database: `await kreislauf("token", "list")`."""

    async def command(*arguments: str) -> Outcome:
        return await run(*arguments, variables=variables)

    return command
