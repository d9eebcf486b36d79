"""A service that answers, in the middle of its work: for everything that changes nothing in it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import pytest

from services.crew import Crew
from services.embedded.postgres import EmbeddedPostgres
from services.runtime import follow_the_log, running
from services.settings import Settings
from tests.conftest import COUNTY
from tests.support.databases import new_database
from tests.support.http import Json, recorded
from tests.support.stack import Stack, serving
from tests.support.writing import invite, submit_draft

BODY_LIMIT = 300_000


@dataclass(frozen=True)
class Scene:
    """A county at work: one concept in consultation, one in drafting.

    The Jobcenter has agreed, the Agentur has been asked, the Ausländerbehörde has not.
    """

    stack: Stack
    consulting: str
    drafting: str

    @property
    def round(self) -> str:
        return f"/concepts/{self.consulting}/consultations/1"

    async def version(self, concept: str) -> int:
        view: Json = await self.stack.koordination.read(f"/concepts/{concept}")
        return view["version"]


@pytest.fixture(scope="session")
async def scene(
    postgres: EmbeddedPostgres,
    loaded: Mapping[str, str],
    master_key: bytes,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Scene]:
    """Shared by tests of refusals and of reading: nothing in it changes."""
    settings = Settings(
        data=tmp_path_factory.mktemp("scene"),
        master_key=master_key.decode(),
        log_level="warning",
        max_body_bytes=BODY_LIMIT,
    )
    crew = Crew()
    async with new_database(postgres.url, COUNTY) as url, running(settings, url) as runtime:
        follow_the_log(runtime, crew)
        async with serving(runtime, settings, loaded) as stack:
            yield await _at_work(stack)
        await crew.dismiss()


async def _at_work(stack: Stack) -> Scene:
    coordinator = stack.koordination
    opened = recorded(
        await coordinator.post("/concepts", {"municipality": "05774020", "edition": "2025"})
    )
    consulting = opened["id"]
    await submit_draft(stack.fallmanagement, consulting)
    invited = [{"organisation": "jobcenter"}, {"organisation": "agentur"}]
    await invite(coordinator, consulting, invited, seconds=3600)
    agreed = await stack.jobcenter.answer(consulting, 1, "jobcenter", {"position": "agree"})
    recorded(agreed)
    opened = recorded(
        await coordinator.post("/concepts", {"municipality": "05774028", "edition": "2025"})
    )
    await coordinator.write(opened["id"], "zielgruppe", "Für alle in Lichtenau.")
    await stack.runtime.read_models.reached(await stack.head())
    return Scene(stack=stack, consulting=consulting, drafting=opened["id"])
