"""A worker is killed in the middle of a release: another one releases the rest, each class once."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.assessments.commands import CloseWindow, class_id
from domain.assessments.events import RoundReleased, WindowOpened
from domain.assessments.events_class import ClassReleased, ResultAssessed
from services.embedded.folder import DataFolder
from services.embedded.temporal import EmbeddedTemporal
from services.privacy.master import key_file
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.assessments import A, Assessment, B, prepare_colleges, present_school_year
from tests.support.engine import until
from tests.support.processes import House, Started
from workflows.college_release import MISSED

LEARNERS = 2
CLASSES = [(college, f"{college}-{number}") for college in (A, B) for number in range(12)]
DAWDLE = """
    create function dawdle() returns trigger language plpgsql as $$
        begin perform pg_sleep(0.1); return new; end
    $$
"""
SLOWLY = f"""
    create trigger dawdle after insert on event for each row
        when (new.topic = '{ClassReleased.TOPIC}') execute function dawdle()
"""
"""A tenth of a second for each class: so the worker is killed while it releases."""

RESTARTED = timedelta(seconds=20)
"""What Temporal and a worker that starts need beside."""


class Workers:
    """`kreislauf work` over the test's database, and an engine of its own."""

    def __init__(self, home: House, variables: dict[str, str]) -> None:
        self._home = home
        self._variables = variables

    async def start(self) -> Started:
        worker = self._home.start("work", variables=self._variables)
        await worker.says('"event": ?"worker runs"')
        return worker


@pytest.fixture
async def temporal(home: House) -> AsyncIterator[EmbeddedTemporal]:
    with DataFolder(home.data):
        async with EmbeddedTemporal(home.data, port=0, ui_port=0) as temporal:
            yield temporal


@pytest.fixture
def workers(
    home: House, database_url: str, temporal: EmbeddedTemporal, settings: Settings
) -> Workers:
    return Workers(
        home,
        {
            "KREISLAUF_DATABASE_URL": database_url,
            "KREISLAUF_TEMPORAL_ADDRESS": temporal.address,
            "KREISLAUF_MASTER_KEY_FILE": str(key_file(settings)),
        },
    )


@pytest.fixture
async def assessment(
    runtime: Runtime, settings: Settings, temporal: EmbeddedTemporal
) -> Assessment:
    """A round that opens in a moment; its colleges take their time to be released."""
    await prepare_colleges(runtime)
    for statement in (DAWDLE, SLOWLY):
        await runtime.pool.execute(statement)
    client = await connect(settings, temporal.address)
    environment = WorkflowEnvironment.from_client(client)
    this = Assessment(runtime, environment, present_school_year())
    now = datetime.now(UTC).replace(microsecond=0)
    opens_at, closes_at = now + timedelta(seconds=2), now + timedelta(hours=1)
    await this.record(
        this.announcement(opens_at=opens_at, closes_at=closes_at, colleges=sorted({A, B}))
    )
    return this


@pytest.mark.long
async def test_a_worker_killed_in_a_release_is_followed_by_one_that_releases_the_rest(
    assessment: Assessment, workers: Workers
) -> None:
    killed = await workers.start()
    await until(lambda: _has(assessment, WindowOpened))
    for college, name in CLASSES:
        await assessment.register(college, name)
        await assessment.submit(college, name, LEARNERS)
    await assessment.record(CloseWindow(round=assessment.round))
    await until(lambda: _releases(assessment, at_least=5))
    killed.kill()
    killed_at = datetime.now(UTC)
    assert await assessment.released() < len(CLASSES)

    await workers.start()
    await until(lambda: _has(assessment, RoundReleased))
    assert datetime.now(UTC) - killed_at < MISSED + RESTARTED
    assert [event.classes for event in await assessment.events(RoundReleased)] == [len(CLASSES)]
    assert await _recorded(assessment) == {
        class_id(college, assessment.school_year, name): {
            ResultAssessed.TOPIC: LEARNERS,
            ClassReleased.TOPIC: 1,
        }
        for college, name in CLASSES
    }
    await until(lambda: _counts(assessment, LEARNERS * len(CLASSES)))


async def _has(assessment: Assessment, kind: type[WindowOpened | RoundReleased]) -> bool:
    return bool(await assessment.events(kind))


async def _releases(assessment: Assessment, at_least: int) -> bool:
    return await assessment.released() >= at_least


async def _counts(assessment: Assessment, people: int) -> bool:
    return await assessment.figures() == [people]


async def _recorded(assessment: Assessment) -> dict[object, Counter[str]]:
    """How often what a release records was recorded of each class."""
    rows = await assessment.runtime.pool.fetch(
        "select originator_id, topic from event where topic = any($1)",
        [ClassReleased.TOPIC, ResultAssessed.TOPIC],
    )
    found: dict[object, Counter[str]] = {}
    for row in rows:
        found.setdefault(row["originator_id"], Counter())[row["topic"]] += 1
    return found
