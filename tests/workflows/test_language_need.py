"""A year of companies' reports: every deadline and reminder counted, and none of them forgotten."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import cycle
from typing import NamedTuple, TypeAlias

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.calendar import working_days_after
from domain.kernel import Command
from domain.language_needs.commands import (
    AnswerCompany,
    AnswerQuestion,
    AnswerReferral,
    AskCompany,
    ChangeReport,
    CloseReport,
    EscalateReport,
    NoteAfterEnd,
    NoteAfterStart,
    RecallReferral,
    RecordStart,
    RemindHolder,
    ReopenReport,
    WithdrawReport,
)
from domain.language_needs.events import (
    AnswerKind,
    Escalated,
    HolderReminded,
    ReferralOutcome,
    ReportSubmitted,
)
from domain.language_needs.events_end import Outcome, WithdrawalReason
from services.identity.principal import Principal
from services.relay.relay import resume
from services.runtime import Runtime
from tests.support.engines import in_real_time, skipping_time, working
from tests.support.report_years import (
    AGENCY,
    CONTACT,
    COORDINATOR,
    FIRM,
    NEED,
    HastyReports,
    InterruptedReports,
    Report,
    Step,
    prepare_partners,
)
from workflows.commissions import Commission
from workflows.language_need import LanguageNeed
from workflows.notes import Note

COMPLETED, RUNNING = WorkflowExecutionStatus.COMPLETED, WorkflowExecutionStatus.RUNNING
EVERY_TIME = "limit.historyCount.suggestContinueAsNew=12"
"""So short a history is reached by every run."""

MORNING, END = 9, 18
"""Reminders go out at the start of work; what is overdue climbs at its end."""

On: TypeAlias = Callable[[int, int], datetime]
"""The hour of the day so many working days after the report came in."""


class Deed(NamedTuple):
    """What somebody does with a report, and when."""

    at: datetime
    report: Report
    command: Command
    by: Principal


class Story(NamedTuple):
    """What people do with one report, and what its process is expected to do by itself."""

    deeds: Sequence[Deed]
    steps: Sequence[Step]


def held_course(report: Report, on: On) -> Story:
    """Everybody is in time; only the two moments of asking how it goes are reminded of."""
    this = report.report
    starts, ends = on(20, 8).date(), on(40, 8).date()
    start = RecordStart(report=this, starts_on=starts, ends_on=ends, participants=4)
    answer = AnswerReferral(
        report=this, organisation=AGENCY, answer=ReferralOutcome.ACCEPTED, text="Ja."
    )
    told = AnswerCompany(report=this, kind=AnswerKind.REFERRED, text="Ein Kurs ab Montag.")
    done = CloseReport(report=this, outcome=Outcome.COURSE_HELD, learners=4)
    return Story(
        deeds=[
            *_received(report, on(0, 15), on(1, 8)),
            _deed(on(2, 9), report, report.referral()),
            _deed(on(9, 9), report, answer),
            _deed(on(12, 9), report, told),
            _deed(on(15, 9), report, start),
            _deed(on(29, 10), report, NoteAfterStart(report=this, participants=4)),
            _deed(on(49, 10), report, NoteAfterEnd(report=this, participants=4, passed=3)),
            _deed(on(52, 10), report, done),
        ],
        steps=[("follow-up-start", 0, on(28, MORNING)), ("follow-up-end", 0, on(48, MORNING))],
    )


def lay_about(report: Report, on: On) -> Story:
    """Nobody acknowledges it, and then nobody triages it, until the company has had enough."""
    withdrawal = WithdrawReport(report=report.report, reason=WithdrawalReason.SOLVED_OTHERWISE)
    return Story(
        deeds=[
            _deed(on(8, 9), report, report.acknowledgement()),
            _deed(on(12, 9), report, withdrawal, report.company),
        ],
        steps=[
            ("acknowledge", 0, on(1, MORNING)),
            ("acknowledge", 1, on(1, END)),
            ("acknowledge", 2, on(4, END)),
            ("acknowledge", 3, on(7, END)),
            ("triage", 0, on(9, MORNING)),
            ("triage", 1, on(11, END)),
        ],
    )


def silent_partner(report: Report, on: On) -> Story:
    """The partner does not answer, nor does the company at first, and nothing is found."""
    this = report.report
    told = AnswerCompany(report=this, kind=AnswerKind.NONE, text="Es gibt keinen Kurs.")
    answer = AnswerQuestion(report=this, text="Am Nachmittag.")
    return Story(
        deeds=[
            *_received(report, on(0, 12), on(0, 14)),
            _deed(on(1, 9), report, report.referral()),
            _deed(on(15, 9), report, RecallReferral(report=this, reason="Keine Antwort.")),
            _deed(on(16, 9), report, AskCompany(report=this, question="Wann passt es?")),
            _deed(on(22, 9), report, answer, report.company),
            _deed(on(23, 9), report, told),
            _deed(on(42, 9), report, CloseReport(report=this, outcome=Outcome.NO_OFFER)),
        ],
        steps=[
            ("referral", 0, on(9, MORNING)),
            ("referral", 1, on(11, END)),
            ("referral", 2, on(14, END)),
            ("question", 0, on(19, MORNING)),
            ("question", 1, on(21, END)),
            ("conclude", 0, on(41, MORNING)),
        ],
    )


def changed(report: Report, on: On) -> Story:
    """A change calls the referral off before its deadline, and the report is triaged anew."""
    this = report.report
    change = ChangeReport(report=this, company=FIRM, contact=CONTACT, need=NEED, remark="Neu.")
    withdrawal = WithdrawReport(report=this, reason=WithdrawalReason.NO_LONGER_NEEDED)
    return Story(
        deeds=[
            *_received(report, on(0, 12), on(0, 14)),
            _deed(on(1, 9), report, report.referral()),
            _deed(on(10, 10), report, change, report.company),
            _deed(on(12, 9), report, report.triage()),
            _deed(on(13, 9), report, withdrawal, report.company),
        ],
        steps=[("referral", 0, on(9, MORNING)), ("triage", 0, on(11, MORNING))],
    )


STORIES = (held_course, lay_about, silent_partner, changed)


class Forgetful(InterruptedReports):
    """The log, whose answer to each kind of command is lost the first time."""

    async def commission(self, commission: Commission) -> None:
        is_first = not self.count(type(commission.command))  # pyright: ignore[reportArgumentType]  (all are about a report)
        await super().commission(commission)
        if is_first:
            raise ConnectionError


@pytest.fixture
async def partners(runtime: Runtime) -> Runtime:
    await prepare_partners(runtime)
    return runtime


@pytest.fixture
async def report(partners: Runtime, environment: WorkflowEnvironment) -> Report:
    """Confirmed by its company on a morning; nobody has told the engine, and no worker runs."""
    this = Report(partners, environment, 1)
    await this.wait_until(_days_from(this, (await this.now()).date())(1, 10))
    await this.submit()
    return this


@pytest.fixture
async def seen_to(report: Report) -> AsyncIterator[Report]:
    """With its process."""
    async with working(report.environment, report.runtime):
        await report.tell()
        yield report


async def test_in_a_year_of_reports_every_deadline_and_reminder_is_met_once(
    partners: Runtime, environment: WorkflowEnvironment
) -> None:
    """One each month, and all of them end. In the middle everything is told again."""
    begins = (await environment.get_current_time()).date() + timedelta(days=14)
    reports = [Report(partners, environment, number) for number in range(12)]
    stories: dict[str, Story] = {}
    deeds: list[Deed] = []
    for month, (report, story) in enumerate(zip(reports, cycle(STORIES), strict=False)):
        on = _days_from(report, begins + timedelta(days=30 * month))
        stories[report.reference] = told = story(report, on)
        confirmation = report.submission(on(0, 10))
        deeds += [_deed(on(0, 10), report, confirmation, report.company), *told.deeds]
    async with working(environment, partners):
        for number, deed in enumerate(sorted(deeds, key=lambda deed: deed.at)):
            await deed.report.wait_until(deed.at)
            await deed.report.do(deed.command, deed.by)
            if number == len(deeds) // 2:
                await resume(deed.report.relay, partners.store, partners.pool)
        for report in reports:
            await report.handle.result()

    expected = {report.reference: stories[report.reference].steps for report in reports}
    assert {report.reference: await report.steps() for report in reports} == expected
    counted = [step for report in reports for step in await report.steps()]
    assert len([level for _, level, _ in counted if level == 0]) == 3 * (2 + 2 + 3 + 2)
    assert len([level for _, level, _ in counted if level]) == 3 * (4 + 3)
    assert await resume(reports[0].relay, partners.store, partners.pool) == 0


async def test_a_report_that_was_closed_and_is_opened_again_is_seen_to_again(
    seen_to: Report,
) -> None:
    this = seen_to.report
    await seen_to.do(seen_to.acknowledgement())
    await seen_to.do(CloseReport(report=this, outcome=Outcome.NO_LONGER_NEEDED))
    await seen_to.handle.result()
    await seen_to.do(ReopenReport(report=this, reason="Es gibt doch einen Kurs."))
    assert await seen_to.status() is RUNNING
    on = _days_from(seen_to, (await seen_to.now()).date())
    await seen_to.wait_until(on(6, END))
    assert [(task, level) for task, level, _ in await seen_to.steps()] == [
        ("triage", 0),
        ("triage", 1),
        ("triage", 2),
    ]


async def test_what_people_do_in_the_very_moment_is_not_overdue(report: Report) -> None:
    record = InterruptedReports(report.runtime)
    record.before[EscalateReport] = partial(report.record, report.acknowledgement())
    async with working(report.environment, report.runtime, reports=record):
        await report.tell()
        on = _days_from(report, (await report.now()).date())
        await report.wait_until(on(1, END))
        await report.tell()
        await report.wait_until(on(2, END))
    assert await report.events(Escalated) == []
    assert record.count(EscalateReport) == 1
    assert [event.what for event in await report.events(HolderReminded)] == [
        "acknowledge",
        "triage",
    ]


async def test_a_step_whose_answer_was_lost_is_taken_again_and_recorded_once(
    report: Report,
) -> None:
    record = Forgetful(report.runtime)
    async with working(report.environment, report.runtime, reports=record):
        await report.tell()
        on = _days_from(report, (await report.now()).date())
        await report.wait_until(on(1, END))
    assert record.count(RemindHolder) == record.count(EscalateReport) == 2
    assert [level for _, level, _ in await report.steps()] == [0, 1]


async def test_notes_that_come_twice_and_out_of_order_change_nothing(seen_to: Report) -> None:
    on = _days_from(seen_to, (await seen_to.now()).date())
    await seen_to.wait_until(on(1, MORNING))
    reads = (await seen_to.activities())["read_report"]
    for entry in await seen_to.entries():
        if entry.topic == ReportSubmitted.TOPIC:
            await seen_to.relay.note(entry)
            await seen_to.relay.note(entry)
    note = Note(position=100_000, topic=ReportSubmitted.TOPIC, correlation="")
    await seen_to.handle.signal(LanguageNeed.note, note)
    await asyncio.sleep(0.5)
    assert (await seen_to.activities())["read_report"] <= reads + 3
    await seen_to.wait_until(on(1, END))
    assert [level for _, level, _ in await seen_to.steps()] == [0, 1]


async def test_a_process_that_was_lost_goes_on_climbing_where_it_was(report: Report) -> None:
    on = _days_from(report, (await report.now()).date())
    async with working(report.environment, report.runtime):
        await report.tell()
        await report.wait_until(on(1, END))
    runtime = report.runtime
    async with await skipping_time() as anew, working(anew, runtime):
        again = Report(runtime, anew, 1)
        # The new engine's clock begins at the present: what is overdue is still to come there.
        assert await resume(again.relay, runtime.store, runtime.pool) == 1
        await again.wait_until(on(4, END))
        await again.do(again.acknowledgement())
        await again.do(WithdrawReport(report=again.report, reason=WithdrawalReason.OTHER))
        await again.handle.result()
        assert await again.status() is COMPLETED
    assert await report.steps() == [
        ("acknowledge", 0, on(1, MORNING)),
        ("acknowledge", 1, on(1, END)),
        ("acknowledge", 2, on(4, END)),
    ]


async def test_new_runs_of_the_process_climb_on_and_remind_once(partners: Runtime) -> None:
    async with await in_real_time(EVERY_TIME) as engine:
        report = Report(partners, engine, 1)
        record = HastyReports(partners)
        async with working(engine, partners, reports=record):
            await report.submit()
            await report.tell()
            await report.wait_for(Escalated, 4)
            await report.do(
                WithdrawReport(report=report.report, reason=WithdrawalReason.BY_MISTAKE),
                report.company,
            )
            await report.handle.result()
        assert len(await report.runs()) > 1
        levels = [level for _, level, _ in await report.steps()]
        assert levels == list(range(len(levels)))


def _received(report: Report, acknowledged: datetime, triaged: datetime) -> list[Deed]:
    return [
        _deed(acknowledged, report, report.acknowledgement()),
        _deed(triaged, report, report.triage()),
    ]


def _deed(at: datetime, report: Report, command: Command, by: Principal = COORDINATOR) -> Deed:
    return Deed(at, report, command, by)


def _days_from(report: Report, day: date) -> On:
    """Counted from this day, or from the next working day if nobody works on it."""
    calendar = report.runtime.calendar
    first = working_days_after(calendar, day - timedelta(days=1), 1)

    def on(days: int, hour: int) -> datetime:
        return datetime.combine(
            working_days_after(calendar, first, days), time(hour), calendar.zone
        )

    return on
