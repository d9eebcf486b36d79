"""The release of a round on the engine that runs in production: stopped, called off, renewed."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.assessments.commands import CancelRound, CloseWindow
from domain.assessments.commands_class import ReleaseClass
from domain.assessments.events import RoundReleased, WindowClosed
from services.assessment_record import LoggedRounds
from services.runtime import Runtime
from tests.support.assessments import A, Assessment, B, C, present_school_year
from tests.support.engines import in_real_time, working
from workflows.commissions import Commission

CANCELED = WorkflowExecutionStatus.CANCELED
EVERY_TIME = "limit.historyCount.suggestContinueAsNew=8"
"""So short a history is reached by every run."""


class Stuck(LoggedRounds):
    """The log, at which the worker gets stuck after so many classes."""

    def __init__(self, runtime: Runtime, after: int) -> None:
        super().__init__(runtime.store, runtime.desk)
        self._left = after
        self._turn = asyncio.Lock()
        self.is_stuck = asyncio.Event()

    async def commission(self, commission: Commission) -> None:
        if not isinstance(commission.command, ReleaseClass):
            await super().commission(commission)
            return
        async with self._turn:  # one after the other: once it is stuck, those before are recorded
            if not self._left:
                self.is_stuck.set()
                await asyncio.Event().wait()
            self._left -= 1
            await super().commission(commission)


@pytest.fixture
async def engine() -> AsyncIterator[WorkflowEnvironment]:
    async with await in_real_time() as engine:
        yield engine


async def submitted(runtime: Runtime, engine: WorkflowEnvironment, *classes: str) -> Assessment:
    """A round whose window is open; these classes (`A1`: the first of A) have submitted."""
    this = Assessment(runtime, engine, present_school_year())
    colleges = {name: {"A": A, "B": B, "C": C}[name[0]] for name in classes}
    await this.open_at_once(*sorted(set(colleges.values())))
    for name, college in colleges.items():
        await this.register(college, name)
        await this.submit(college, name, learners=1)
    return this


async def test_a_round_cancelled_in_its_release_ends_with_the_processes_of_its_colleges(
    colleges: Runtime, engine: WorkflowEnvironment
) -> None:
    # Of two classes at least one is left to A then, however the two colleges take turns.
    stuck = Stuck(colleges, after=1)
    async with working(engine, colleges, rounds=stuck):
        this = await submitted(colleges, engine, "A1", "A2", "B1")
        await this.do(CloseWindow(round=this.round))
        await asyncio.wait_for(stuck.is_stuck.wait(), 20)
        await this.do(CancelRound(round=this.round, reason="Der Test ist bekannt geworden."))
        await this.handle.result()
        assert (await this.college(A).describe()).status is CANCELED

    assert len(await this.events(WindowClosed)) == 1
    assert await this.events(RoundReleased) == []
    assert await this.released() == 1


async def test_a_worker_stopped_in_a_release_is_followed_by_one_that_releases_the_rest(
    colleges: Runtime, engine: WorkflowEnvironment
) -> None:
    """What it does not finish in time is cut off, and nothing is released twice."""
    stuck = Stuck(colleges, after=2)
    async with working(engine, colleges, rounds=stuck):
        this = await submitted(colleges, engine, "A1", "A2", "A3", "A4")
        await this.do(CloseWindow(round=this.round))
        await asyncio.wait_for(stuck.is_stuck.wait(), 20)
    assert await this.released() == 2
    async with working(engine, colleges):
        await this.handle.result()

    assert await this.released() == 4
    assert (await this.events(RoundReleased))[0].classes == 4


async def test_a_release_in_new_runs_releases_each_class_once(colleges: Runtime) -> None:
    async with await in_real_time(EVERY_TIME) as engine, working(engine, colleges):
        this = await submitted(colleges, engine, "A1", "B1", "C1")
        await this.do(CloseWindow(round=this.round))
        await this.wait_for(RoundReleased)
        await this.handle.result()
        runs = len(await this.runs())

    assert runs > 1
    assert await this.released() == 3
    assert [event.classes for event in await this.events(RoundReleased)] == [3]
