"""What goes wrong around a group's process: people are faster, notes come twice, outages."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.working_groups.commands import (
    DeclareAgreementOverdue,
    ExtendAgreement,
    FulfilAgreement,
    RemindOfAgreement,
)
from domain.working_groups.events import (
    AgreementFellOverdue,
    AgreementMade,
    AgreementReminded,
    CallingReminded,
    WorkingGroupDissolved,
)
from services.relay.relay import resume
from services.relay.working_groups import GROUP_TOPICS
from services.runtime import Runtime
from tests.support.assessments import in_school_year, school_year_after
from tests.support.engines import in_real_time, skipping_time, working
from tests.support.groups import CHAMBER, GroupCycle, InterruptedGroups, established
from tests.support.workflows import to_the_minute
from workflows.commissions import Commission
from workflows.notes import Note
from workflows.working_group_cycle import WorkingGroupCycle

CALLING = CallingReminded.TOPIC
REMINDED = AgreementReminded.TOPIC
OVERDUE = AgreementFellOverdue.TOPIC
RUNNING = WorkflowExecutionStatus.RUNNING
HOUR = timedelta(hours=1)
LATE = timedelta(seconds=3)
EVERY_TIME = "limit.historyCount.suggestContinueAsNew=8"
"""So short a history is reached by every run."""


class Forgetful(InterruptedGroups):
    """The log, whose answer to each command is lost the first time."""

    async def commission(self, commission: Commission) -> None:
        is_first = not self.count(type(commission.command))  # pyright: ignore[reportArgumentType]  (all are about a group)
        await super().commission(commission)
        if is_first:
            raise ConnectionError


@pytest.fixture
async def group(runtime: Runtime, environment: WorkflowEnvironment) -> GroupCycle:
    """A group that has just been established; nobody has told the engine, and no worker runs."""
    return await established(runtime, environment)


@pytest.fixture
async def interrupted(group: GroupCycle) -> AsyncIterator[InterruptedGroups]:
    """A worker runs, and people may be faster than it."""
    record = InterruptedGroups(group.runtime.store, group.runtime.desk)
    async with working(group.environment, group.runtime, groups=record):
        yield record


def on(now: datetime, month: int, day: int) -> date:
    return in_school_year(school_year_after(now), month, day).date()


async def agreed(group: GroupCycle) -> AgreementMade:
    """Something was agreed in a first meeting, due in a while."""
    await group.hold(1)
    return await group.agree(1, 1, on(await group.now(), 10, 30))


def extension(group: GroupCycle, due: date) -> ExtendAgreement:
    return ExtendAgreement(group=group.group, agreement=1, due=due, reason="Ferien")


async def test_an_agreement_extended_in_the_moment_it_falls_overdue_is_held_to_its_new_day(
    interrupted: InterruptedGroups, group: GroupCycle
) -> None:
    this = await agreed(group)
    await group.tell()
    extending = extension(group, (this.due + timedelta(days=30)).date())
    interrupted.before[DeclareAgreementOverdue] = partial(group.record, extending)
    await group.wait_until(this.due + HOUR)
    later = await group.extended()
    await group.wait_until(later.due)

    assert await group.dated_steps() == [
        *((REMINDED, moment) for moment in this.reminders),
        *((REMINDED, moment) for moment in later.reminders),
        (OVERDUE, later.due),
    ]
    assert interrupted.count(DeclareAgreementOverdue) == 2


async def test_an_agreement_fulfilled_in_the_moment_of_its_reminder_is_not_reminded_of(
    interrupted: InterruptedGroups, group: GroupCycle
) -> None:
    this = await agreed(group)
    await group.tell()
    fulfilling = FulfilAgreement(group=group.group, agreement=1, outcome="Sie läuft.")
    interrupted.before[RemindOfAgreement] = partial(group.do, fulfilling)
    await group.wait_until(this.due + HOUR)

    assert await group.dated_steps() == []
    assert interrupted.count(RemindOfAgreement) == 1


async def test_a_step_whose_answer_was_lost_is_taken_again_and_recorded_once(
    group: GroupCycle,
) -> None:
    record = Forgetful(group.runtime.store, group.runtime.desk)
    async with working(group.environment, group.runtime, groups=record):
        this = await agreed(group)
        await group.tell()
        await group.wait_until(this.due)

    assert record.count(DeclareAgreementOverdue) == 2
    assert await group.dated_steps() == [
        *((REMINDED, moment) for moment in this.reminders),
        (OVERDUE, this.due),
    ]


async def test_notes_that_come_twice_and_out_of_order_change_nothing(
    interrupted: InterruptedGroups, group: GroupCycle
) -> None:
    this = await agreed(group)
    await group.tell()
    await group.wait_until(this.reminders[0])
    reads = (await group.activities())["read_working_group"]
    for entry in reversed(await group.entries()):
        if entry.topic in GROUP_TOPICS:
            await group.relay.note(entry)
            await group.relay.note(entry)
    note = Note(position=100_000, topic=WorkingGroupDissolved.TOPIC, correlation="")
    await group.handle.signal(WorkingGroupCycle.note, note)
    await asyncio.sleep(0.5)

    assert (await group.activities())["read_working_group"] <= reads + 3
    await group.wait_until(this.due)
    assert await group.dated_steps() == [
        *((REMINDED, moment) for moment in this.reminders),
        (OVERDUE, this.due),
    ]
    assert interrupted.count(RemindOfAgreement) == len(this.reminders)


async def test_after_an_outage_only_the_latest_reminders_are_sent(group: GroupCycle) -> None:
    now = await group.now()
    year = school_year_after(now)
    this = await agreed(group)
    calls = await group.plan(year, 3, on(now, 9, 7), on(now, 9, 28), on(now, 12, 1))
    await group.wait_until(this.reminders[1] + HOUR)
    async with working(group.environment, group.runtime):
        await group.tell()
        back = to_the_minute(await group.now())
        await group.wait_until(back)
        # News make the process read its course anew: what was overtaken does not come back.
        later = school_year_after(in_school_year(year, 8, 1))
        await group.plan(later, 1, in_school_year(later, 12, 1).date())
        await group.tell()
        await group.wait_until(in_school_year(year, 12, 15))

    told = await group.dated_steps()
    assert sorted(told[:2]) == sorted([(CALLING, back), (REMINDED, back)])
    assert told[2:] == [(OVERDUE, this.due), (CALLING, calls[2])]
    assert [event.moment for event in await group.events(AgreementReminded)] == [this.reminders[1]]
    assert [event.moment for event in await group.events(CallingReminded)] == list(calls[1:])


async def test_an_engine_that_lost_everything_goes_on_from_the_log(
    interrupted: InterruptedGroups, group: GroupCycle
) -> None:
    """The new engine's clock is ours again, so that the remaining time is longer than before."""
    assert interrupted.handed_in == []
    this = await agreed(group)
    await group.tell()
    await group.wait_until(this.reminders[0])
    runtime = group.runtime
    async with await skipping_time() as anew, working(anew, runtime):
        resumed = GroupCycle(runtime, anew, group.group)
        assert await resume(resumed.relay, runtime.store, runtime.pool)
        await resumed.wait_until(this.due)
        assert await resumed.status() is RUNNING
        await resumed.dissolve()
        await resumed.handle.result()

    assert await group.dated_steps() == [
        *((REMINDED, moment) for moment in this.reminders),
        (OVERDUE, this.due),
    ]


async def test_a_new_run_keeps_the_remaining_time_and_takes_no_step_twice(
    runtime: Runtime,
) -> None:
    async with await in_real_time(EVERY_TIME) as environment, working(environment, runtime):
        group = await established(runtime, environment)
        await group.hold(1)
        now = (await group.now()).replace(microsecond=0)
        at = [now + timedelta(seconds=n) for n in range(8)]
        made = [
            AgreementMade(
                group=group.group,
                agreement=number,
                meeting=1,
                text="Eine Erhebung beginnt.",
                owner=CHAMBER,
                due=due,
                reminders=reminders,
            )
            for number, due, reminders in (
                (1, at[6], (at[3], at[5])),
                (2, at[7], (at[4],)),
            )
        ]
        await group.note(*made)
        await group.wait_for(AgreementFellOverdue, 2)
        runs = len(await group.runs())

    assert runs > 1
    steps = await group.steps()
    expected = [
        (REMINDED, at[3]),
        (REMINDED, at[4]),
        (REMINDED, at[5]),
        (OVERDUE, at[6]),
        (OVERDUE, at[7]),
    ]
    assert [step.topic for step in steps] == [topic for topic, _ in expected]
    for step, (_, moment) in zip(steps, expected, strict=True):
        assert timedelta(0) <= step.metadata.occurred_at - moment < LATE
