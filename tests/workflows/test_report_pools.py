"""Reports follow the pool they are in, and pools let go the reports that do not fit any more."""

from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec
import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.course_pools.commands import DissolvePool, RemovePoolMember
from domain.course_pools.events import PoolFormed, PoolMemberRemoved
from domain.course_pools.following import REASONS, Parting
from domain.course_pools.pool import Formed, Proposed, is_below_minimum
from domain.language_needs.commands import (
    AnswerCompany,
    ChangeReport,
    CloseReport,
    NoteAfterEnd,
    PutIntoPool,
    RecordStart,
    WithdrawReport,
)
from domain.language_needs.events import AnswerKind, ReportLeftPool, ReportPutIntoPool
from domain.language_needs.events_end import Outcome, WithdrawalReason
from services.relay.relay import resume
from services.runtime import Runtime
from tests.support.engines import skipping_time, working
from tests.support.report_years import (
    CONTACT,
    FIRM,
    NEED,
    InterruptedReports,
    Report,
    prepare_partners,
)
from tests.support.shared_courses import LEARNERS, SharedCourse, wait_in

COMPLETED = WorkflowExecutionStatus.COMPLETED


@pytest.fixture
async def reports(runtime: Runtime, environment: WorkflowEnvironment) -> list[Report]:
    """Three companies whose reports are acknowledged and triaged; no worker runs."""
    await prepare_partners(runtime)
    found = [Report(runtime, environment, number) for number in range(3)]
    for report in found:
        await report.submit()
        await report.record(report.acknowledgement())
        await report.record(report.triage())
    return found


@pytest.fixture
async def seen_to(reports: list[Report]) -> AsyncIterator[list[Report]]:
    """With their processes."""
    async with working(reports[0].environment, reports[0].runtime):
        await reports[0].tell()
        yield reports


async def test_reports_are_in_the_pool_that_is_proposed_and_in_none_once_it_is_dissolved(
    seen_to: list[Report],
) -> None:
    one, other, third = seen_to
    shared = SharedCourse(one, other)
    await shared.propose()
    for report in (one, other):
        await wait_in(report, shared.pool)
    assert await third.pool() is None
    await one.do(DissolvePool(pool=shared.pool, reason="Der Raum fehlt."))
    for report in (one, other):
        await wait_in(report, None)


async def test_who_declines_leaves_and_comes_back_by_agreeing(seen_to: list[Report]) -> None:
    one, other, _ = seen_to
    shared = SharedCourse(one, other)
    await shared.propose()
    await wait_in(one, shared.pool)
    await shared.decline(one)
    await wait_in(one, None)
    await shared.agree(one)
    await wait_in(one, shared.pool)
    await one.do(RemovePoolMember(pool=shared.pool, report=one.report, reason="Zu weit."))
    await wait_in(one, None)
    await wait_in(other, shared.pool)


async def test_a_withdrawn_report_is_taken_out_and_the_others_form_the_pool_without_it(
    seen_to: list[Report],
) -> None:
    one, other, third = seen_to
    shared = SharedCourse(one, other, third)
    await shared.propose()
    await wait_in(third, shared.pool)
    await shared.agree(one, other)
    assert isinstance(await shared.state(), Proposed)
    withdrawal = WithdrawReport(report=third.report, reason=WithdrawalReason.OTHER)
    await third.do(withdrawal, third.company)
    await shared.wait_for(PoolFormed)
    assert [(gone.report, gone.reason) for gone in await shared.events(PoolMemberRemoved)] == [
        (third.report, REASONS[Parting.WITHDRAWN])
    ]
    (formed,) = await shared.events(PoolFormed)
    assert [member.report for member in formed.members] == [one.report, other.report]
    await wait_in(third, None)
    await third.handle.result()
    assert await third.status() is COMPLETED


async def test_a_company_that_has_just_withdrawn_is_disclosed_to_nobody(
    reports: list[Report],
) -> None:
    """The others agree before its process has heard of it."""
    one, other, third = reports
    shared = SharedCourse(one, other, third)
    async with working(one.environment, one.runtime):
        await shared.propose()
        await wait_in(third, shared.pool)
        await shared.agree(third, one)
        withdrawal = WithdrawReport(report=third.report, reason=WithdrawalReason.OTHER)
        await third.record(withdrawal, third.company)
        await shared.agree(other)
        await shared.wait_for(PoolFormed)
    (formed,) = await shared.events(PoolFormed)
    assert third.report not in [member.report for member in formed.members]


async def test_a_report_with_too_few_learners_is_let_go(seen_to: list[Report]) -> None:
    one, other, _ = seen_to
    shared = SharedCourse(one, other)
    await shared.propose()
    await shared.agree(one, other)
    assert isinstance(await shared.state(), Formed)
    await wait_in(one, shared.pool)
    fewer = tuple(msgspec.structs.replace(group, number=LEARNERS - 1) for group in NEED.groups)
    change = ChangeReport(
        report=one.report,
        company=FIRM,
        contact=CONTACT,
        need=msgspec.structs.replace(NEED, groups=fewer),
    )
    await one.do(change, one.company)
    await wait_in(one, None)
    (removed,) = await shared.events(PoolMemberRemoved)
    assert (removed.report, removed.reason) == (one.report, REASONS[Parting.FEWER_LEARNERS])
    state = await shared.state()
    assert isinstance(state, Formed)
    assert is_below_minimum(state)


async def test_a_report_put_into_two_pools_at_once_stays_in_the_first(
    seen_to: list[Report],
) -> None:
    one, other, third = seen_to
    first, second = SharedCourse(one, other), SharedCourse(one, third)
    await one.record(await first.proposal())
    await second.propose_at_once()
    await one.tell()
    await wait_in(one, first.pool)
    await second.wait_for(PoolMemberRemoved)
    (removed,) = await second.events(PoolMemberRemoved)
    assert (removed.report, removed.reason) == (one.report, REASONS[Parting.IN_ANOTHER])
    await wait_in(third, second.pool)
    assert await first.events(PoolMemberRemoved) == []


async def test_who_shares_the_course_stays_until_it_was_held(seen_to: list[Report]) -> None:
    one, other, _ = seen_to
    shared = SharedCourse(one, other)
    await shared.propose()
    await wait_in(one, shared.pool)
    await shared.agree(one, other)
    starts = (await one.now()).date()
    told = AnswerCompany(
        report=one.report, kind=AnswerKind.POOL, text="Der Kurs beginnt.", pool=shared.pool
    )
    start = RecordStart(report=one.report, starts_on=starts, ends_on=starts, participants=LEARNERS)
    for command in (
        told,
        start,
        NoteAfterEnd(report=one.report, participants=LEARNERS),
        CloseReport(report=one.report, outcome=Outcome.COURSE_HELD, learners=LEARNERS),
    ):
        await one.do(command)
    await one.handle.result()
    assert await one.pool() == shared.pool
    assert await shared.events(PoolMemberRemoved) == []


async def test_what_is_told_twice_or_answered_twice_is_done_once(reports: list[Report]) -> None:
    one, other, _ = reports
    shared = SharedCourse(one, other)
    record = InterruptedReports(one.runtime)
    async with working(one.environment, one.runtime, reports=record):
        await shared.propose()
        await wait_in(one, shared.pool)
        await wait_in(other, shared.pool)
        for entry in (*await shared.entries(), *await shared.entries()):
            await one.relay.note(entry)
        await one.wait_until(await one.now() + timedelta(hours=1))
    assert len(await one.events(ReportPutIntoPool)) == 1
    assert await one.events(ReportLeftPool) == []
    assert record.count(PutIntoPool) == 2


async def test_processes_that_were_lost_follow_what_happened_meanwhile(
    reports: list[Report],
) -> None:
    one, other, _ = reports
    runtime = one.runtime
    shared = SharedCourse(one, other)
    await one.record(await shared.proposal())
    async with await skipping_time() as anew, working(anew, runtime):
        again = Report(runtime, anew, 0)
        assert await resume(again.relay, runtime.store, runtime.pool) == 3
        await wait_in(again, shared.pool)
        await wait_in(other, shared.pool)
