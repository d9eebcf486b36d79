"""A played county in the whole service, and a browser before it."""

import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from domain.concepts.commands import concept_id
from domain.retention.commands import OfferToArchive, RecordArchiveAnswer
from domain.retention.events import ArchiveAnswer
from services.demo.play import EDITION
from services.embedded.postgres import EmbeddedPostgres
from services.settings import Settings
from tests.conftest import COUNTY
from tests.support.browser import chromium
from tests.support.course_lists import offered
from tests.support.databases import new_database
from tests.support.findings import steered
from tests.support.goals import aimed_at
from tests.support.http import recorded
from tests.support.mandates import examined, resolved
from tests.support.own_class import own_class
from tests.support.passwords import quickly_checked
from tests.support.playing import played_county
from tests.support.retention import hand_in, left_long_ago, run
from tests.support.stack import Stack
from tests.support.steering import Sitting
from tests.support.writing import invite, submit_draft

BUEREN, SALZKOTTEN = "05774016", "05774036"
STANDING_IN = ("koordination", "fachgruppe")
"""Who is away, and who acts instead."""


@pytest.fixture(autouse=True, scope="package")
def quick_passwords() -> Iterator[None]:
    with quickly_checked():
        yield


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
async def played(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be played)
    postgres: EmbeddedPostgres,
    loaded: Mapping[str, str],
    master_key: bytes,
) -> AsyncIterator[Stack]:
    """The county in which a concept and an assessment were played through; for looking at."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(
            data=Path(name),
            master_key=master_key.decode(),
            log_level="warning",
        )
        async with (
            new_database(postgres.url, COUNTY) as url,
            played_county(settings, url, loaded) as stack,
        ):
            await _still_at_work(stack)
            await _called(stack)
            yield stack


async def _called(stack: Stack) -> None:
    """A session to come, for which `lenkung`, who holds a seat, has proposed an item."""
    next_month = datetime.now(UTC) + timedelta(days=30)
    sitting = await Sitting.scheduled(stack, "2026-27-1", next_month)
    await sitting.proposed("Sprache im Betrieb", "Der Kreis prüft es.", by=stack.lenkung)
    await stack.runtime.read_models.reached(await stack.head())


async def _still_at_work(stack: Stack) -> None:
    """What goes on beside the plays, such as a draft, a round, a mandate, an absence."""
    coordinator = stack.koordination
    for municipality in (BUEREN, SALZKOTTEN):
        await submit_draft(coordinator, str(concept_id(municipality, EDITION)))
    invited = [{"organisation": "jobcenter"}, {"organisation": "agentur"}]
    salzkotten = str(concept_id(SALZKOTTEN, EDITION))
    await invite(coordinator, salzkotten, invited, seconds=3600, grace=3600)
    await own_class(stack)
    await steered(stack)
    await resolved(stack)
    await examined(stack)
    await aimed_at(stack)
    await offered(stack)
    people = {key: (await stack.people[key].read("/me"))["account"] for key in STANDING_IN}
    absent, substitute = (people[key] for key in STANDING_IN)
    now = datetime.now(UTC)
    body = {
        "substitute": substitute,
        "roles": ["coordinator"],
        "since": now.isoformat(),
        "until": (now + timedelta(days=7)).isoformat(),
        "reason": "Urlaub",
    }
    recorded(await stack.verwaltung.post(f"/accounts/{absent}/substitutions", body))
    gone = await left_long_ago(stack.runtime)
    await run(stack.runtime)
    await hand_in(stack.runtime, OfferToArchive(person=gone), now)
    declining = RecordArchiveAnswer(person=gone, answer=ArchiveAnswer.DECLINES)
    await hand_in(stack.runtime, declining, now)
    await stack.runtime.read_models.reached(await stack.head())
