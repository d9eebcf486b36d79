"""The parts run apart: each may be killed in a round, and nothing is lost or doubled."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.embedded.temporal import EmbeddedTemporal
from services.runtime import running
from services.settings import Settings
from tests.conftest import load_people
from tests.support.databases import new_database
from tests.support.http import Person, from_now, recorded
from tests.support.processes import House, Outcome, Started, house, run

REMINDED = "concept.organisations-reminded"
CLOSED = "concept.consultation-closed"
ANSWERED = "concept.response-given"
ORGANISATIONS = {
    "jobcenter": "jobcenter",
    "agentur": "agentur",
    "auslaenderbehoerde": "auslaenderbehoerde-kreis",
}
LATE = timedelta(seconds=15)
"""A killed worker's tasks are given to another one after ten seconds."""


class Parts:
    """`kreislauf serve` and `kreislauf work` against servers of their own."""

    def __init__(
        self, home: House, database_url: str, temporal: EmbeddedTemporal, tokens: dict[str, str]
    ) -> None:
        self._home = home
        self._tokens = tokens
        self.municipalities: Iterator[str] = iter(())
        self._client = httpx.AsyncClient()
        self.temporal = temporal
        self.variables = {
            "KREISLAUF_DATABASE_URL": database_url,
            "KREISLAUF_TEMPORAL_ADDRESS": temporal.address,
            "KREISLAUF_DATA": str(home.data),
            "KREISLAUF_PORT": "0",
            "KREISLAUF_POLL_MILLISECONDS": "200",
        }
        self.serving = self._start("serve")
        self.working = self._start("work")

    def __getattr__(self, name: str) -> Person:
        """`parts.revision` is the person with this key of the demo county."""
        return Person(self._client, self._tokens[name])

    async def ready(self) -> None:
        """Wait for both; the address is in the log."""
        await self.working.says('"event": ?"worker runs"')
        await self._find_address()
        places = await self.koordination.read("/municipalities")
        self.municipalities = iter([p["ags"] for p in places if p["county_is_employer"]])

    async def serve_again(self) -> None:
        self.serving = self._start("serve")
        await self._find_address()

    async def work_again(self) -> None:
        self.working = self._start("work")
        await self.working.says('"event": ?"worker runs"')

    async def command(self, *arguments: str) -> Outcome:
        return await run(*arguments, variables=self.variables)

    async def health(self) -> Any:
        return (await self._client.get("/health/ready")).json()

    async def opened(self) -> str:
        """A concept in a municipality that has none."""
        body = {"municipality": next(self.municipalities), "edition": "2025"}
        return recorded(await self.koordination.post("/concepts", body))["id"]

    async def consulting(self, *, remind: float, close: float) -> str:
        """A concept whose organisations are asked; reminder and end are so many seconds away."""
        concept = await self.opened()
        view = await self.koordination.read(f"/concepts/{concept}")
        for section in view["sections"]:
            await self.koordination.write(concept, section["key"], "Ein Text.")
        await self.koordination.change(concept, "submission", {})
        timing = {"due": from_now(close), "remind_at": [from_now(remind)]}
        invited = [{"organisation": key} for key in ORGANISATIONS.values()]
        body = {"timing": timing, "invited": invited}
        await self.koordination.change(concept, "consultations", body)
        return concept

    async def agree(self, concept: str, person: str) -> httpx.Response:
        key = ORGANISATIONS[person]
        return await getattr(self, person).answer(concept, 1, key, {"position": "agree"})

    async def record(self, concept: str, topic: str) -> list[Any]:
        """The entries of the topic in the concept's history."""
        entries = await self.revision.all_pages(f"/concepts/{concept}/history", limit=100)
        return [entry for entry in entries if entry["topic"] == topic]

    async def until(self, concept: str, topic: str, *, seconds: float = 40) -> Any:
        """Wait for the topic in the history; the one entry."""
        async with asyncio.timeout(seconds):
            while not (found := await self.record(concept, topic)):  # noqa: ASYNC110 (over HTTP)
                await asyncio.sleep(0.1)
        assert len(found) == 1
        return found[0]

    def lose_temporals_storage(self) -> None:
        for file in self._home.data.glob("temporal.db*"):
            file.unlink()

    async def leave(self) -> None:
        await self._client.aclose()

    async def _find_address(self) -> None:
        said = await self.serving.says(r'"address": ?"(http://127\.0\.0\.1:\d+)"')
        await self._client.aclose()
        self._client = httpx.AsyncClient(base_url=said[1], timeout=30, trust_env=False)

    def _start(self, command: str) -> Started:
        return self._home.start(command, variables=self.variables)


@pytest.fixture(scope="module")
async def parts(postgres: EmbeddedPostgres) -> AsyncIterator[Parts]:
    """Database and Temporal are there, `serve` and `work` run against them."""
    async with new_database(postgres.url) as url, house() as home:
        migrated = await run("migrate", variables={"KREISLAUF_DATABASE_URL": url})
        assert migrated.code == 0, migrated.err
        async with running(Settings(data=home.data), url) as runtime:
            tokens = await load_people(runtime)
        with DataFolder(home.data):
            async with EmbeddedTemporal(home.data, port=0, ui_port=0) as temporal:
                parts = Parts(home, url, temporal, tokens)
                await parts.ready()
                yield parts
                await parts.leave()


async def test_they_start_apart_and_find_each_other(parts: Parts) -> None:
    assert (await parts.health())["degraded"] is False
    assert (await parts.command("migrate")).out.startswith("Nothing to do")


async def test_a_worker_killed_in_a_round_reminds_and_closes_once_when_it_is_back(
    parts: Parts,
) -> None:
    later = await parts.consulting(remind=6, close=22)
    sooner = await parts.consulting(remind=2, close=7)
    await parts.until(sooner, REMINDED)
    assert await parts.record(later, REMINDED) == []
    parts.working.kill()
    await parts.work_again()
    for concept in (sooner, later):
        closed = await parts.until(concept, CLOSED)
        [reminded] = await parts.record(concept, REMINDED)
        planned = datetime.fromisoformat(reminded["event"]["moment"])
        assert planned <= _when(reminded) < _when(closed)


async def test_requests_repeated_after_the_service_was_killed_count_once(parts: Parts) -> None:
    concept = await parts.consulting(remind=100, close=200)
    bodies = [{"municipality": next(parts.municipalities), "edition": "2025"} for _ in range(3)]
    answered: dict[str, Any] = {}

    async def ask(name: str) -> None:
        if name in ORGANISATIONS:
            response = await parts.agree(concept, name)
        else:
            response = await parts.koordination.post("/concepts", bodies[int(name)], key=name)
        answered[name] = recorded(response)

    async def ask_and_lose(name: str) -> None:
        with suppress(httpx.TransportError):
            await ask(name)

    names = [*ORGANISATIONS, "0", "1", "2"]
    asking = [asyncio.create_task(ask_and_lose(name)) for name in names]
    await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
    parts.serving.kill()
    await asyncio.gather(*asking)
    before = dict(answered)
    await parts.serve_again()
    for name in names:
        await ask(name)

    kept = {name: answer for name, answer in before.items() if name not in ORGANISATIONS}
    assert {name: answered[name] for name in kept} == kept
    given = await parts.record(concept, ANSWERED)
    assert Counter(entry["organisation"] for entry in given) == Counter(ORGANISATIONS.values())
    for name in ("0", "1", "2"):
        assert len(await parts.record(answered[name]["id"], "concept.opened")) == 1


async def test_without_temporal_answers_are_recorded_and_the_process_goes_on_when_it_is_back(
    parts: Parts,
) -> None:
    concept = await parts.consulting(remind=2, close=6)
    await parts.temporal.stop()
    assert recorded(await parts.agree(concept, "jobcenter"))["recorded"] is True
    health = await parts.health()
    assert (health["ready"], health["degraded"]) == (True, True)
    assert [part["name"] for part in health["parts"] if not part["ok"]] == ["temporal"]
    await asyncio.sleep(3)
    assert await parts.record(concept, REMINDED) == []
    await parts.temporal.start()
    await parts.until(concept, CLOSED)
    assert len(await parts.record(concept, REMINDED)) <= 1
    assert len(await parts.record(concept, ANSWERED)) == 1
    assert (await parts.health())["degraded"] is False


async def test_after_the_loss_of_temporals_storage_open_processes_go_on_in_time(
    parts: Parts,
) -> None:
    concept = await parts.consulting(remind=2, close=11)
    await parts.until(concept, REMINDED)
    await parts.temporal.stop()
    parts.lose_temporals_storage()
    await parts.temporal.start()
    resumed = await parts.command("resume")
    assert resumed.out.endswith("processes go on.\n"), resumed.err
    opened = (await parts.record(concept, "concept.consultation-opened"))[0]
    due = datetime.fromisoformat(opened["event"]["closes_at"])
    assert due <= _when(await parts.until(concept, CLOSED)) < due + LATE
    assert len(await parts.record(concept, REMINDED)) == 1


async def test_asked_to_end_they_finish_and_end(parts: Parts) -> None:
    parts.serving.terminate()
    parts.working.interrupt()
    assert [await parts.serving.ends(), await parts.working.ends()] == [0, 0]
    assert "Traceback" not in parts.serving.output + parts.working.output


async def test_what_keeps_a_part_from_starting_is_said_in_a_sentence(
    postgres: EmbeddedPostgres,
) -> None:
    async with new_database(postgres.url) as empty:
        database = {"KREISLAUF_DATABASE_URL": empty}
        temporal = {"KREISLAUF_TEMPORAL_ADDRESS": "127.0.0.1:9"}
        refused = await asyncio.gather(
            run("serve"),
            run("work", variables=database),
            run("serve", variables={**database, **temporal}),
            run("work", variables={"KREISLAUF_PORT": "eighty"}),
        )
    sentences = (
        "KREISLAUF_DATABASE_URL is not set.",
        "KREISLAUF_TEMPORAL_ADDRESS is not set.",
        "Run `kreislauf migrate` first.",
        "KREISLAUF_PORT is 'eighty'; it must be",
    )
    for outcome, sentence in zip(refused, sentences, strict=True):
        assert (outcome.code, outcome.out) == (1, "")
        assert sentence in outcome.err
        assert "Traceback" not in outcome.err


def _when(entry: Any) -> datetime:
    return datetime.fromisoformat(entry["occurred_at"])
