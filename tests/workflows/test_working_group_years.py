"""A working group over two school years, with every reminder counted."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.working_groups.commands import ExtendAgreement, FulfilAgreement
from domain.working_groups.events import (
    AgreementFellOverdue,
    AgreementReminded,
    CallingReminded,
)
from services.runtime import Runtime
from tests.support.assessments import in_school_year, school_year_after
from tests.support.engines import working
from tests.support.groups import GroupCycle, established

CALLING = CallingReminded.TOPIC
REMINDED = AgreementReminded.TOPIC
OVERDUE = AgreementFellOverdue.TOPIC
COMPLETED = WorkflowExecutionStatus.COMPLETED


@pytest.fixture
async def group(runtime: Runtime, environment: WorkflowEnvironment) -> AsyncIterator[GroupCycle]:
    """A group that has just been established, with its process."""
    this = await established(runtime, environment)
    async with working(environment, runtime):
        await this.tell()
        yield this


class Years:
    """Two school years, the first one that is still to come and the one after it."""

    def __init__(self, now: datetime) -> None:
        self.first = school_year_after(now)
        self.second = school_year_after(in_school_year(self.first, 8, 1))

    def on(self, school_year: str, month: int, day: int) -> date:
        return in_school_year(school_year, month, day).date()


async def test_two_school_years_have_every_reminder_once_and_end_with_the_group(
    group: GroupCycle,
) -> None:
    years = Years(await group.now())
    autumn, winter, spring = await group.plan(
        years.first, 3, *(years.on(years.first, month, 14) for month in (10, 1, 4))
    )
    later = await group.plan(
        years.second, 2, *(years.on(years.second, month, 14) for month in (11, 3))
    )
    await group.tell()

    await group.wait_until(in_school_year(years.first, 9, 15))
    await group.call(1, autumn - timedelta(days=7))
    await group.wait_until(autumn - timedelta(days=7))
    await group.hold(1)
    kept = await group.agree(1, 1, years.on(years.first, 11, 30))
    broken = await group.agree(2, 1, years.on(years.first, 12, 15))
    await group.tell()
    await group.wait_until(kept.reminders[0])
    await group.do(FulfilAgreement(group=group.group, agreement=1, outcome="Sie läuft."))
    await group.wait_until(winter)
    await group.call(2, winter + timedelta(days=14))
    extending = ExtendAgreement(
        group=group.group,
        agreement=2,
        due=years.on(years.first, 2, 26),
        reason="Es fehlte ein Raum.",
    )
    await group.do(extending)
    extended = await group.extended()
    await group.wait_until(extended.reminders[1])
    await group.do(FulfilAgreement(group=group.group, agreement=2, outcome="Er steht."))
    await group.wait_until(in_school_year(years.second, 6, 30))
    await group.dissolve()
    await group.handle.result()

    assert await group.status() is COMPLETED
    assert await group.dated_steps() == [
        (REMINDED, kept.reminders[0]),
        *((REMINDED, moment) for moment in broken.reminders),
        (OVERDUE, broken.due),
        (CALLING, winter),
        *((REMINDED, moment) for moment in extended.reminders),
        (CALLING, spring),
        *((CALLING, moment) for moment in later),
    ]
    calling = await group.events(CallingReminded)
    assert [(event.school_year, event.meetings, event.planned) for event in calling] == [
        (years.first, 1, 3),
        (years.first, 2, 3),
        (years.second, 0, 2),
        (years.second, 0, 2),
    ]
    activities = await group.activities()
    assert activities["remind_to_call"] == 5, "one for each moment, also when enough were called"
    assert activities["remind_of_agreement"] == 1 + 2 + 2
    assert activities["declare_agreement_overdue"] == 1


async def test_a_new_plan_takes_the_place_of_the_one_before(group: GroupCycle) -> None:
    years = Years(await group.now())
    (replaced,) = await group.plan(years.first, 1, years.on(years.first, 10, 14))
    await group.tell()
    moments = await group.plan(
        years.first, 2, *(years.on(years.first, month, 3) for month in (11, 2))
    )
    await group.tell()
    await group.wait_until(in_school_year(years.first, 7, 30))

    assert replaced < moments[0]
    assert await group.dated_steps() == [(CALLING, moment) for moment in moments]


async def test_after_its_dissolution_nobody_is_reminded(group: GroupCycle) -> None:
    years = Years(await group.now())
    await group.hold(1)
    agreed = await group.agree(1, 1, years.on(years.first, 9, 30))
    await group.plan(years.first, 2, years.on(years.first, 9, 1), years.on(years.first, 3, 1))
    await group.tell()
    await group.wait_until(agreed.reminders[0])
    before = await group.dated_steps()
    assert len(before) == 2
    await group.dissolve()
    await group.handle.result()
    await group.wait_until(in_school_year(years.first, 7, 1))

    assert await group.dated_steps() == before
