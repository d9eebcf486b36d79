"""The daily run keeps its time, makes up what it missed, and begins anew where the log is."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from temporalio.client import WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.testing import WorkflowEnvironment

from services.runtime import Runtime
from tests.support.engines import TASK_QUEUE, working
from tests.support.retention import left_long_ago, topics
from workflows.retention_activities import Look, Looked
from workflows.retention_run import WORKFLOW_ID, RetentionRun

DAY = timedelta(days=1)
PAGES = [UUID(int=number) for number in range(1, 3)]


class Diary:
    """A record that notes when it was asked to look, in pages, and wants the next one a day on."""

    def __init__(self) -> None:
        self.looks: list[Look] = []
        self.late: list[timedelta] = []

    async def look(self, look: Look) -> Looked:
        self.looks.append(look)
        pages = [page for page in PAGES if look.after is None or page > look.after]
        late = self.late.pop() if self.late and not pages else timedelta()
        again_at = look.at + DAY - late
        return Looked(taken=0, refused=0, again_at=again_at, after=pages[0] if pages else None)

    @property
    def moments(self) -> list[datetime]:
        """When a run began."""
        return [look.at for look in self.looks if look.after is None]


async def start(environment: WorkflowEnvironment) -> WorkflowHandle[RetentionRun, None]:
    return await environment.client.start_workflow(
        RetentionRun.run,
        id=WORKFLOW_ID,
        task_queue=TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )


async def begun(environment: WorkflowEnvironment, diary: Diary) -> None:
    """The run has looked at everything once: the clock is not skipped before."""
    await start(environment)
    await until(lambda: bool(diary.looks) and diary.looks[-1].after == PAGES[-1])


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 (the worker has no event for it)
            await asyncio.sleep(0.05)


@pytest.fixture
def diary() -> Diary:
    return Diary()


async def test_the_run_looks_at_all_pages_every_day(
    environment: WorkflowEnvironment, runtime: Runtime, diary: Diary
) -> None:
    async with working(environment, runtime, retention=diary):
        await begun(environment, diary)
        await environment.sleep(3 * DAY + timedelta(hours=1))
        await until(lambda: len(diary.looks) == 4 * (len(PAGES) + 1))

    first = diary.moments[0]
    assert [(moment - first).days for moment in diary.moments] == [0, 1, 2, 3]
    run_of_the_first_day = [look for look in diary.looks if look.at == first]
    assert [look.after for look in run_of_the_first_day] == [None, *PAGES]
    assert len({look.correlation for look in run_of_the_first_day}) == 1


async def test_a_run_that_ended_after_the_next_was_to_begin_is_followed_by_it_at_once(
    environment: WorkflowEnvironment, runtime: Runtime, diary: Diary
) -> None:
    """As after days without a worker or a database: what fell due meanwhile is seen today."""
    diary.late = [5 * DAY]
    async with working(environment, runtime, retention=diary):
        await begun(environment, diary)
        async with asyncio.timeout(60):
            while len(diary.moments) < 2:
                await environment.sleep(timedelta(minutes=1))

    first, made_up = diary.moments[:2]
    assert made_up - first < timedelta(hours=1)


async def test_the_run_is_started_once(
    environment: WorkflowEnvironment, runtime: Runtime, diary: Diary
) -> None:
    async with working(environment, runtime, retention=diary):
        first, second = [await start(environment) for _ in range(2)]
        await begun(environment, diary)
        await environment.sleep(timedelta(hours=1))

    assert first.first_execution_run_id == second.first_execution_run_id
    assert len(diary.moments) == 1


async def test_the_run_proposes_what_is_due_on_the_real_log(
    environment: WorkflowEnvironment, runtime: Runtime
) -> None:
    person = await left_long_ago(runtime, f"Person {uuid4()}")
    async with working(environment, runtime):
        await start(environment)
        await environment.sleep(2 * DAY)
        async with asyncio.timeout(60):
            while not await topics(runtime, person):  # noqa: ASYNC110 (the log has no event for it)
                await asyncio.sleep(0.05)

    assert await topics(runtime, person) == ["retention.erasure-proposed"]
