"""The paths of assessment rounds that `record.py` records, with moments seconds away."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from temporalio.client import WorkflowHandle

from domain.assessments.commands import CancelRound, CloseWindow, ExtendWindow
from domain.assessments.commands_class import ReleaseClass
from domain.assessments.events import (
    CollegesReminded,
    RetestPlan,
    RoundAnnounced,
    RoundCompared,
    RoundReleased,
    WindowOpened,
)
from domain.assessments.figures import PublishFigures, UnsafeFigures
from services.runtime import Runtime
from tests.support.assessments import A, Assessment, B, present_school_year
from tests.support.engines import InterruptedRounds, in_real_time, working

Scenario = Callable[[Assessment, InterruptedRounds], Awaitable[WorkflowHandle[Any, Any]]]
"""What is taken gives the process whose history is kept."""


async def announced(
    this: Assessment, *, closes: int = 6, remind: tuple[int, ...] = (), retest: bool = False
) -> None:
    """A round of the colleges A and B that opens in two seconds, one class of A has submitted."""
    now = (await this.now()).replace(microsecond=0)

    def at(seconds: int) -> timedelta:
        return timedelta(seconds=seconds)

    plan = RetestPlan(opens_at=now + at(closes + 12), closes_at=now + at(closes + 20))
    await this.do(
        this.announcement(
            opens_at=now + at(2),
            closes_at=now + at(closes),
            reminders=tuple(now + at(seconds) for seconds in remind),
            retest=plan if retest else None,
            colleges=(A, B),
        )
    )
    await this.wait_for(WindowOpened)
    await this.register(A, "A1")
    await this.submit(A, "A1", learners=1)


async def round_with_extension(this: Assessment, _: InterruptedRounds) -> WorkflowHandle[Any, Any]:
    """Reminded, extended for one college, escalated twice, released; no retest is planned."""
    await announced(this, remind=(4,))
    await this.wait_for(CollegesReminded)
    later = (await this.now()).replace(microsecond=0) + timedelta(seconds=5)
    await this.do(
        ExtendWindow(round=this.round, closes_at=later, reason="Praktikum", colleges=(B,))
    )
    await this.handle.result()
    return this.handle


async def round_with_retest(this: Assessment, _: InterruptedRounds) -> WorkflowHandle[Any, Any]:
    await announced(this, retest=True)
    await this.handle.result()
    return this.handle


async def unsafe_figures(
    this: Assessment, interrupted: InterruptedRounds
) -> WorkflowHandle[Any, Any]:
    async def refuse() -> None:
        raise UnsafeFigures

    interrupted.before[PublishFigures] = refuse
    await announced(this)
    await this.handle.result()
    return this.handle


async def retest_and_comparison(this: Assessment, _: InterruptedRounds) -> WorkflowHandle[Any, Any]:
    await announced(this, retest=True)
    retest = this.retest
    await retest.wait_for(RoundAnnounced)
    await retest.wait_for(WindowOpened)
    # A note that comes late starts a run that ends at once; the one before is what is kept.
    handle = await retest.present_run()
    await retest.submit(A, "A1", learners=1)
    await retest.wait_for(RoundCompared)
    return handle


async def college_release(this: Assessment, _: InterruptedRounds) -> WorkflowHandle[Any, Any]:
    await announced(this)
    await this.wait_for(RoundReleased)
    return this.college(A)


async def round_cancelled(this: Assessment, _: InterruptedRounds) -> WorkflowHandle[Any, Any]:
    await announced(this, closes=60)
    await this.do(CancelRound(round=this.round, reason="Der Test ist bekannt geworden."))
    await this.handle.result()
    return this.handle


async def release_called_off(
    this: Assessment, interrupted: InterruptedRounds
) -> WorkflowHandle[Any, Any]:
    await announced(this)
    cancelling = CancelRound(round=this.round, reason="Der Test ist bekannt geworden.")
    interrupted.before[ReleaseClass] = partial(this.do, cancelling)
    await this.handle.result()
    return this.handle


async def window_closed_too_early(
    this: Assessment, interrupted: InterruptedRounds
) -> WorkflowHandle[Any, Any]:
    """The window is extended in the moment in which it closes."""
    await announced(this)
    later = (await this.now()).replace(microsecond=0) + timedelta(seconds=9)
    extending = ExtendWindow(round=this.round, closes_at=later, reason="Ferien")
    interrupted.before[CloseWindow] = partial(this.do, extending)
    await this.handle.result()
    return this.handle


SCENARIOS: Mapping[str, Scenario] = {
    scenario.__name__.replace("_", "-"): scenario
    for scenario in (
        round_with_extension,
        round_with_retest,
        unsafe_figures,
        retest_and_comparison,
        college_release,
        round_cancelled,
        release_called_off,
        window_closed_too_early,
    )
}


async def history_of(name: str, runtime: Runtime, settled: float) -> str:
    """Take the path on an engine of its own; what the engine recorded, as JSON."""
    record = InterruptedRounds(runtime.store, runtime.desk)
    async with await in_real_time() as engine, working(engine, runtime, rounds=record):
        # Each in a round of its own, and with classes of its own: the college names them anew.
        this = Assessment(runtime, engine, present_school_year(), name)
        handle = await SCENARIOS[name](this, record)
        await asyncio.sleep(settled)
        return (await handle.fetch_history()).to_json()
