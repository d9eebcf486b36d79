"""The goals of a school year over its months: counted, warned of once, and closed for good."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.goals.commands import ChangeGoal, CloseYear, NoteStandings, ReopenYear
from domain.goals.events import GoalSet, Standing, StandingNoted, YearClosed, YearReopened
from services.relay.relay import resume
from services.runtime import Runtime
from tests.support.assessments import in_school_year, school_year_after
from tests.support.engines import in_real_time, skipping_time, working
from tests.support.years import (
    MEETINGS,
    SESSIONS,
    InterruptedYears,
    Year,
    hasty,
    interrupted,
)
from workflows.commissions import Commission
from workflows.notes import Note
from workflows.school_year import SchoolYear

AT_RISK, ON_COURSE, OUT_OF_REACH, REACHED, MISSED = (
    Standing.AT_RISK,
    Standing.ON_COURSE,
    Standing.OUT_OF_REACH,
    Standing.REACHED,
    Standing.MISSED,
)
COMPLETED = WorkflowExecutionStatus.COMPLETED
NOVEMBER, DECEMBER, MAY, JULY, AUGUST, SEPTEMBER = 3, 4, 9, 11, 12, 13
"""Which count of the year is in that month; the first one is in August, as is the last but one."""
EVERY_TIME = "limit.historyCount.suggestContinueAsNew=8"
"""So short a history is reached by every run."""


class Forgetful(InterruptedYears):
    """The log, whose answer to each kind of command is lost the first time."""

    async def commission(self, commission: Commission) -> None:
        is_first = not self.count(type(commission.command))  # pyright: ignore[reportArgumentType]  (all are about a year)
        await super().commission(commission)
        if is_first:
            raise ConnectionError


@pytest.fixture
async def year(runtime: Runtime, environment: WorkflowEnvironment) -> Year:
    """The next school year, with a goal; nobody has told the engine, and no worker runs."""
    now = await environment.get_current_time()
    this = Year(runtime, environment, school_year_after(now))
    await this.aim(SESSIONS)
    return this


@pytest.fixture
async def counted(year: Year) -> AsyncIterator[Year]:
    """With its process."""
    async with working(year.environment, year.runtime):
        await year.tell()
        yield year


async def test_a_year_is_counted_each_month_and_what_changed_is_noted_once(counted: Year) -> None:
    moments = counted.counts(14)
    await counted.wait_until(moments[NOVEMBER])
    session = await counted.log.schedule(counted.on(12, 10))
    await counted.wait_until(counted.on(12, 10))
    await counted.log.hold(session, counted.on(12, 10))
    await counted.wait_until(moments[SEPTEMBER])
    await counted.handle.result()

    assert await counted.noted() == [
        (AT_RISK, moments[NOVEMBER]),
        (ON_COURSE, moments[DECEMBER]),
        (AT_RISK, moments[MAY]),
        (OUT_OF_REACH, moments[JULY]),
        (MISSED, moments[AUGUST]),
    ]
    [closed] = await counted.events(YearClosed)
    assert [(figure.required, figure.actual) for figure in closed.figures] == [(2, 1)]
    assert (await counted.steps())[-1].metadata.occurred_at >= moments[SEPTEMBER]
    activities = await counted.activities()
    assert activities["note_standings"] == len(moments), "one for each month"
    assert activities["close_school_year"] == 1


async def test_two_years_run_side_by_side_and_each_counts_its_own(
    counted: Year, environment: WorkflowEnvironment
) -> None:
    following = Year(
        counted.runtime,
        environment,
        school_year_after(in_school_year(counted.school_year, 8, 1)),
    )
    await following.aim(MEETINGS)
    await following.tell()
    for month in (11, 5):
        await counted.log.held(counted.on(month, 6))
    await following.wait_until(following.counts(14)[SEPTEMBER])
    await following.handle.result()

    assert await counted.noted() == [(REACHED, counted.counts(1)[0])]
    assert [standing for standing, _ in await following.noted()] == [AT_RISK, MISSED]
    for this in (counted, following):
        assert len(await this.events(YearClosed)) == 1


async def test_a_year_carried_over_is_closed_at_the_next_count_and_so_is_one_opened_again(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    over = Year(runtime, environment, "2024/25")
    await over.aim(SESSIONS, source="Bericht 2024/25")
    await over.log.held(datetime.fromisoformat("2024-11-26T14:00:00+01:00"))
    async with working(environment, runtime):
        await over.tell()
        await over.aim(MEETINGS, goal="meetings", source="Bericht 2024/25")
        await over.wait_until(await over.now() + timedelta(days=40))
        assert await over.status() is COMPLETED
        [closed] = await over.events(YearClosed)
        assert [figure.actual for figure in closed.figures] == [1, 0]
        await over.log.held(datetime.fromisoformat("2025-05-06T14:00:00+02:00"))
        await over.do(ReopenYear(school_year="2024/25", reason="Eine Sitzung fehlte."))
        await over.wait_until(await over.now() + timedelta(days=40))
        assert await over.status() is COMPLETED
    assert [
        [figure.actual for figure in closed.figures] for closed in await over.events(YearClosed)
    ] == [[1, 0], [2, 0]]


async def test_a_year_that_people_closed_in_the_very_moment_is_not_closed_again(
    year: Year,
) -> None:
    record = interrupted(year.runtime)
    record.before[CloseYear] = partial(year.record, CloseYear(school_year=year.school_year))
    async with working(year.environment, year.runtime, years=record):
        await year.tell()
        await year.wait_until(year.counts(14)[SEPTEMBER])
        await year.handle.result()
    assert len(await year.events(YearClosed)) == 1
    assert record.count(CloseYear) == 1


async def test_a_step_whose_answer_was_lost_is_taken_again_and_recorded_once(year: Year) -> None:
    record = Forgetful(year.runtime.store, year.runtime.desk, year.runtime.calendar)
    async with working(year.environment, year.runtime, years=record):
        await year.tell()
        await year.wait_until(year.counts(14)[SEPTEMBER])
        await year.handle.result()
    assert record.count(CloseYear) == 2
    assert len(await year.events(YearClosed)) == 1
    assert [standing for standing, _ in await year.noted()] == [AT_RISK, OUT_OF_REACH, MISSED]


async def test_notes_that_come_twice_and_out_of_order_change_nothing(counted: Year) -> None:
    await counted.wait_until(counted.counts(14)[NOVEMBER])
    reads = (await counted.activities())["read_school_year"]
    for entry in reversed(await counted.entries()):
        if entry.topic == GoalSet.TOPIC:
            await counted.relay.note(entry)
            await counted.relay.note(entry)
    note = Note(position=100_000, topic=YearReopened.TOPIC, correlation="")
    await counted.handle.signal(SchoolYear.note, note)
    await asyncio.sleep(0.5)
    assert (await counted.activities())["read_school_year"] <= reads + 3
    await counted.wait_until(counted.counts(14)[DECEMBER])
    assert [standing for standing, _ in await counted.noted()] == [AT_RISK]


async def test_a_process_that_was_lost_goes_on_with_the_next_count(
    runtime: Runtime, environment: WorkflowEnvironment, year: Year
) -> None:
    async with working(environment, runtime):
        await year.tell()
        await year.wait_until(year.counts(14)[NOVEMBER])
    async with await skipping_time() as anew, working(anew, runtime):
        again = Year(runtime, anew, year.school_year)
        # The new engine's clock begins at the present: the year is still to come there.
        assert await resume(again.relay, runtime.store, runtime.pool) == 1
        changing = ChangeGoal(
            school_year=year.school_year,
            goal="steering",
            text="Es wurde zweimal getagt.",
            targets=(SESSIONS, MEETINGS),
            reason="Die Treffen gehören dazu.",
        )
        await again.record(changing)
        await again.wait_until(again.counts(14)[SEPTEMBER])
        await again.handle.result()
    closed = await again.events(YearClosed)
    assert [len(one.figures) for one in closed] == [2]


async def test_new_runs_of_the_process_count_on_and_close_once(runtime: Runtime) -> None:
    async with await in_real_time(EVERY_TIME) as engine:
        now = await engine.get_current_time()
        year = Year(runtime, engine, school_year_after(now))
        over = Year(runtime, engine, "2024/25")
        record = hasty(runtime)
        record.counts = 5
        async with working(engine, runtime, years=record):
            await over.aim(SESSIONS, source="Bericht 2024/25")
            await over.tell()
            await over.wait_for(YearClosed)
            await over.handle.result()
        assert len(await over.runs()) > 1
        assert record.count(NoteStandings) == 5
        assert [event.standing for event in await over.events(StandingNoted)] == [MISSED]
        assert await year.entries() == []
