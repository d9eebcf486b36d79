"""What follows once a company has its answer: the course, how it went, and how the report ends."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.directory.municipality import normal_ags
from domain.language_needs.commands import (
    CloseReport,
    NoteAfterEnd,
    NoteAfterStart,
    NoteUnmetNeed,
    RecordStart,
    ReopenReport,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.company_report_bodies import (
    AfterEnd,
    AfterStart,
    CourseStart,
    ReportClosing,
    UnmetNeed,
)
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because


class CompanyReportCourseController(Controller):
    """How a report goes on after its answer."""

    path = "/company-reports/{report_id:uuid}"
    tags = ("Reports",)

    @post("/start", operation_id="recordCourseStart", status_code=200, responses=CHANGING)
    async def start(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[CourseStart],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that a course starts with learners of the company: both are asked about later."""
        bounds.checked_day(data.starts_on, pointer="/starts_on")
        bounds.checked_day(data.ends_on, pointer="/ends_on")
        command = RecordStart(
            report=report_id,
            starts_on=data.starts_on,
            ends_on=data.ends_on,
            participants=data.participants,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/follow-ups/start", operation_id="followUpStart", status_code=200, responses=CHANGING)
    async def note_after_start(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[AfterStart],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note what the company says some days after the start."""
        command = NoteAfterStart(report=report_id, participants=data.participants, text=data.text)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/follow-ups/end", operation_id="followUpEnd", status_code=200, responses=CHANGING)
    async def note_after_end(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[AfterEnd],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note how many stayed until the end, and passed."""
        command = NoteAfterEnd(
            report=report_id,
            participants=data.participants,
            passed=data.passed,
            text=data.text,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/closing", operation_id="closeReport", status_code=200, responses=CHANGING)
    async def close(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[ReportClosing],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Close the report with what became of it. Nobody holds it any more."""
        command = CloseReport(
            report=report_id, outcome=data.outcome, learners=data.learners, note=data.note
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/reopening", operation_id="reopenReport", status_code=200, responses=CHANGING)
    async def reopen(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take a closed report up again, with a reason."""
        command = ReopenReport(report=report_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/unmet-need", operation_id="noteUnmetNeed", status_code=200, responses=CHANGING)
    async def note_unmet_need(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[UnmetNeed],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note the theme or the finding by which the steering sees what could not be met."""
        command = NoteUnmetNeed(
            report=report_id,
            municipality=normal_ags(data.municipality),
            theme=data.theme,
            finding=data.finding,
        )
        return await clerk.answer(request, command, key=key)
