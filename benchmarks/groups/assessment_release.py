"""Releasing a round: every class scored, the round released, figures out; half a county and all."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from benchmarks.bench import Bench
from benchmarks.county import (
    LEARNERS,
    PROCESS,
    College,
    County,
    ask,
    county,
    person,
    pseudonym,
    result,
)
from benchmarks.figure import Figure, compared
from domain.assessments.commands import CloseWindow, ReleaseRound
from domain.assessments.commands_class import RecordResults, ReleaseClass, Row, SubmitClass
from domain.assessments.figures import PublishFigures
from domain.kernel import Role
from services.runtime import Runtime

COLLEGES, CLASSES = 245, 40
QUICK_COLLEGES, QUICK_CLASSES = 24, 10
COLLEGES_AT_ONCE = 8
"""As the process does it (workflows/assessment_round)."""


async def measure(bench: Bench) -> Sequence[Figure]:
    colleges = bench.pick(QUICK_COLLEGES, COLLEGES)
    classes = bench.pick(QUICK_CLASSES, CLASSES)
    half = await _measured(bench, colleges, classes // 2)
    whole = await _measured(bench, colleges, classes)
    results = colleges * classes * LEARNERS
    bench.note(f"{results / whole:,.0f} results a second")
    return [
        compared(
            f"releasing a round of {results:,} results",
            "s",
            whole,
            half,
            "half as many",
            goal=("at most", 2.2),
        )
    ]


async def _measured(bench: Bench, colleges: int, classes: int) -> float:
    async with bench.product(await bench.database("ours")) as runtime:
        place = await county(runtime, colleges, classes)
        await _at_once(place, lambda college: _submit(runtime, place, college))
        await ask(runtime, CloseWindow(round=place.round), PROCESS, place.closes_at)
        await runtime.read_models.catch_up()
        start = time.perf_counter()
        await _release(runtime, place)
        seconds = time.perf_counter() - start
        await ask(runtime, PublishFigures(round=place.round), PROCESS, place.closes_at)
        published = time.perf_counter() - start - seconds
        bench.note(f"{colleges * classes:,} classes: {seconds:.1f} s, figures {published:.1f} s")
        return seconds + published


async def _release(runtime: Runtime, place: County) -> None:
    """What the process asks and does, without the engine's time."""
    views = runtime.desk.assessments.views
    await views.catch_up()
    keys = set(await views.pending_colleges(place.round))
    assert keys == {college.key for college in place.colleges}, "all have submitted"

    async def release(college: College) -> None:
        for this in await views.pending_classes(place.round, college.key, None, 1_000):
            command = ReleaseClass(training_class=this, round=place.round)
            await ask(runtime, command, PROCESS, place.closes_at)

    await _at_once(place, release)
    await views.catch_up()
    classes = await views.released_classes(place.round)
    await ask(runtime, ReleaseRound(round=place.round, classes=classes), PROCESS, place.closes_at)


async def _submit(runtime: Runtime, place: County, college: College) -> None:
    staff = person(Role.COLLEGE, college.key)
    for this in college.classes:
        rows = tuple(
            Row(pseudonym=pseudonym(number), result=result(number)) for number in range(LEARNERS)
        )
        recording = RecordResults(training_class=this, round=place.round, rows=rows)
        await ask(runtime, recording, staff)
        await ask(runtime, SubmitClass(training_class=this, round=place.round), staff)


async def _at_once(place: County, work: Callable[[College], Awaitable[None]]) -> None:
    turn = asyncio.Semaphore(COLLEGES_AT_ONCE)

    async def in_turn(college: College) -> None:
        async with turn:
            await work(college)

    await asyncio.gather(*map(in_turn, place.colleges))
