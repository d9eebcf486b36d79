"""The paths of the process of a company's report that are recorded, on moments seconds apart."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from domain.course_pools.events import PoolMemberRemoved
from domain.language_needs.commands import EscalateReport, WithdrawReport
from domain.language_needs.events import Escalated, HolderReminded
from domain.language_needs.events_end import WithdrawalReason
from services.runtime import Runtime
from tests.support.engines import in_real_time, working
from tests.support.report_years import HastyReports, Report, prepare_partners
from tests.support.shared_courses import SharedCourse, wait_in

Scenario = Callable[[Report, HastyReports], Awaitable[object]]

EVERY_TIME = "limit.historyCount.suggestContinueAsNew=12"
"""So short a history is reached by every run."""


async def language_need(report: Report, _: HastyReports) -> None:
    """It lies about and climbs, is handed on, and climbs again until it is withdrawn."""
    await report.wait_for(Escalated, 2)
    await report.do(report.acknowledgement())
    await report.wait_for(HolderReminded, 2)
    await report.do(report.triage())
    await report.do(report.referral())
    await report.wait_for(Escalated, 3)
    await _withdrawn(report)


async def language_need_in_new_runs(report: Report, _: HastyReports) -> None:
    """On an engine that soon asks for a new run."""
    await report.wait_for(Escalated, 4)
    await _withdrawn(report)


async def report_acknowledged_too_late(report: Report, record: HastyReports) -> None:
    """Somebody acknowledges it in the moment in which it climbs."""
    record.before[EscalateReport] = partial(report.do, report.acknowledgement())
    await report.wait_for(Escalated)
    await _withdrawn(report)


async def report_in_a_pool(report: Report, _: HastyReports) -> None:
    """It follows the pool it is put into, and is taken out as it is withdrawn."""
    other = Report(report.runtime, report.environment, len(SCENARIOS))
    await other.submit()
    for one in (report, other):
        await one.do(one.acknowledgement())
    shared = SharedCourse(report, other)
    await shared.propose()
    await wait_in(report, shared.pool)
    await shared.decline(report)
    await wait_in(report, None)
    await shared.agree(report)
    await wait_in(report, shared.pool)
    await _withdrawn(report)
    await shared.wait_for(PoolMemberRemoved)


async def _withdrawn(report: Report) -> None:
    reason = WithdrawalReason.NO_LONGER_NEEDED
    await report.do(WithdrawReport(report=report.report, reason=reason), report.company)
    await report.handle.result()


SCENARIOS: Mapping[str, Scenario] = {
    scenario.__name__.replace("_", "-"): scenario
    for scenario in (
        language_need,
        language_need_in_new_runs,
        report_acknowledged_too_late,
        report_in_a_pool,
    )
}


async def report_histories(name: str, runtime: Runtime, settled: float) -> Sequence[str]:
    """Take the path on an engine of its own; what the engine recorded of each run, as JSON."""
    await prepare_partners(runtime)
    settings = (EVERY_TIME,) if name.endswith("in-new-runs") else ()
    record = HastyReports(runtime)
    async with await in_real_time(*settings) as engine, working(engine, runtime, reports=record):
        report = Report(runtime, engine, list(SCENARIOS).index(name))
        await report.submit()
        await report.tell()
        await SCENARIOS[name](report, record)
        await asyncio.sleep(settled)
        return [(await run.fetch_history()).to_json() for run in await report.runs()]
