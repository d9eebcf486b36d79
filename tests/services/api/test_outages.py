"""Without its database the service says so and comes back; without Temporal it goes on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest

from services.crew import Crew
from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.processes import sealer_of
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings
from tests.conftest import load_people
from tests.support.http import Json, recorded, refused
from tests.support.stack import Stack, serving, temporal_in

DELBRUECK = {"municipality": "05774020", "edition": "2025"}


@dataclass(frozen=True)
class Alone:
    """A service over a PostgreSQL of its own, which a test may stop."""

    stack: Stack
    postgres: EmbeddedPostgres
    runtime: Runtime


@pytest.fixture
async def alone(settings: Settings, tmp_path: Path) -> AsyncIterator[Alone]:
    with DataFolder(tmp_path):
        async with EmbeddedPostgres(tmp_path) as postgres:
            await asyncio.to_thread(migrate, postgres.url)
            crew = Crew()
            async with running(settings, postgres.url) as runtime:
                follow_the_log(runtime, crew)
                async with serving(runtime, settings, await load_people(runtime)) as stack:
                    yield Alone(stack, postgres, runtime)
                await crew.dismiss()


async def test_a_view_with_a_defect_is_told_and_decisions_go_on(alone: Alone) -> None:
    stack = alone.stack
    await alone.runtime.pool.execute("alter table concept add constraint broken check (false)")
    decision = recorded(await stack.koordination.post("/concepts", DELBRUECK))
    told = f"concepts is stuck at log position {decision['position']} (CheckViolationError)"
    async with asyncio.timeout(10):
        while True:
            health = (await stack.http.get("/health/ready")).json()
            if part(health, "read models")["trouble"] == told:
                break
            await asyncio.sleep(0.05)
    assert health["ready"]
    assert health["degraded"]
    await alone.runtime.pool.execute("alter table concept drop constraint broken")
    listed = await stack.koordination.read("/concepts", at_least=decision["position"])
    assert len(listed["items"]) == 1, "it goes on by itself"


async def test_without_its_database_the_service_asks_to_try_again_and_recovers(
    alone: Alone,
) -> None:
    stack = alone.stack
    before = await stack.head()
    await alone.postgres.stop()

    for response in (
        await stack.koordination.post("/concepts", DELBRUECK, key="opening"),
        await stack.koordination.ask("GET", "/concepts"),
    ):
        refused(response, HTTPStatus.SERVICE_UNAVAILABLE, "service.unavailable")
        assert int(response.headers["retry-after"]) > 0
    health = await stack.http.get("/health/ready")
    assert health.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert not health.json()["ready"]
    assert "no answer" in part(health.json(), "database")["trouble"]
    assert (await stack.http.get("/health/live")).status_code == HTTPStatus.OK

    await alone.postgres.start()

    decision = await retried(stack, key="opening")
    assert decision["position"] == before + 1
    again = recorded(await stack.koordination.post("/concepts", DELBRUECK, key="opening"))
    assert again == decision
    concept = f"/concepts/{decision['id']}"
    assert (await stack.koordination.read(concept))["stage"] == "drafting"
    listed = await stack.koordination.read("/concepts", at_least=decision["position"])
    assert len(listed["items"]) == 1, "the read models follow again"
    assert (await stack.http.get("/health/ready")).json()["ready"]


async def test_a_database_without_migrations_says_what_to_run(
    settings: Settings, tmp_path: Path
) -> None:
    with DataFolder(tmp_path):
        async with (
            EmbeddedPostgres(tmp_path) as postgres,
            running(settings, postgres.url) as runtime,
            serving(runtime, settings, {}) as stack,
        ):
            health = await stack.http.get("/health/ready")
    assert health.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "kreislauf migrate" in part(health.json(), "database")["trouble"]


async def test_without_temporal_decisions_are_recorded_and_health_is_degraded(
    runtime: Runtime, settings: Settings, county: dict[str, str], tmp_path: Path
) -> None:
    await sealer_of(runtime, settings).seal(at_once=True)  # the county was recorded long ago
    async with (
        temporal_in(tmp_path) as temporal,
        serving(runtime, settings, county, temporal.address) as stack,
    ):
        health = (await stack.http.get("/health/ready")).json()
        assert (health["ready"], health["degraded"]) == (True, False)
        names = {part["name"] for part in health["parts"]}
        assert names == {"database", "temporal", "read models", "ledger"}

        await temporal.stop()

        response = await stack.http.get("/health/ready")
        assert response.status_code == HTTPStatus.OK
        assert (response.json()["ready"], response.json()["degraded"]) == (True, True)
        missing = [p["name"] for p in response.json()["parts"] if not p["ok"]]
        assert missing == ["temporal"]
        recorded(await stack.koordination.post("/concepts", DELBRUECK))


async def retried(stack: Stack, key: str) -> Json:
    """Do as one is told: send the request again, unchanged, until it is taken."""
    async with asyncio.timeout(20):
        while True:
            response = await stack.koordination.post("/concepts", DELBRUECK, key=key)
            if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
                return recorded(response)
            await asyncio.sleep(float(response.headers["retry-after"]) / 10)


def part(health: Json, name: str) -> Json:
    return next(found for found in health["parts"] if found["name"] == name)
