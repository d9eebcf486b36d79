"""The report of a school year: its statements with their figures, its prose, and on paper."""

from typing import Annotated, TypeAlias

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Response

from domain.annual_report.commands import KeepReport, ResetProse, WriteProse
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, etag
from services.api.goal_bounds import YearInPath, year_of_path
from services.api.goal_views import Behind, behind
from services.api.languages import language_of, said_in, spoken
from services.api.pages import Page
from services.api.papers import as_document, as_pdf, head_of
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import told
from services.eventstore.database import Pool
from services.eventstore.store import EventStore, Moment
from services.history import HistoryEntry, background_of, history
from services.identity.authorisation import require_record_reader
from services.identity.goal_readers import require_goal_reader
from services.papers.annual_report import LANGUAGE, report_paper
from services.papers.paper import Paper
from services.papers.pdf import PDF
from services.papers.word import WORD
from services.report.composing import Reports
from services.report.report import Report, positions_of
from services.settings import Settings
from services.texts.names import NAMELESS

StatementKey: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=500,
        pattern=bounds.NO_NUL,
        description=(
            "A statement of the report; `remark:<section>` is a paragraph at the end of a"
            " section, and `remark:introduction` one before all of them."
        ),
        examples=["steering-sessions/sessions"],
    ),
]
ProseText: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=10_000,
        pattern=bounds.NO_NUL,
        description="The words, with a placeholder in braces for each figure.",
        examples=["Die Lenkungsgruppe kam {sessions:times} zusammen."],
    ),
]


class ProseDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement in words of one's own."""

    statement: StatementKey
    text: ProseText


class ProseToReset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement that shall be said from the log again."""

    statement: StatementKey


class AnnualReportController(Controller):
    """The year in one text: the words can be changed, the figures are those of the log."""

    path = "/school-years/{school_year:str}"
    tags = ("Steering",)

    @get("/report", operation_id="readReport", responses=READING)
    async def read_report(
        self,
        request: SignedIn,
        school_year: YearInPath,
        reports: NamedDependency[Reports],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Report]:
        """The year in one text, in German: aims, how far they were reached, what else, what next.

        Generated from the log, with the prose that people wrote, now or as it was known at a log
        position or a moment.
        """
        require_goal_reader(request.user, clerk.now())
        moment = Moment(position=position, recorded_by=bounds.checked(as_of, parameter="as_of"))
        report = await reports.report(year_of_path(school_year), moment)
        return Response(report, headers={"ETag": etag(report.version), **said_in("de")})

    @get("/report.pdf", operation_id="exportReport", media_type=PDF, responses=READING)
    async def export_report(
        self,
        request: SignedIn,
        school_year: YearInPath,
        reports: NamedDependency[Reports],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
        position: bounds.Position = None,
    ) -> Response[bytes]:
        """The report as PDF/A, now or as it was at a log position."""
        require_goal_reader(request.user, clerk.now())
        return await as_pdf(await _paper(request, school_year, position, reports, settings, pool))

    @get("/report.docx", operation_id="exportReportDocument", media_type=WORD, responses=READING)
    async def export_report_document(
        self,
        request: SignedIn,
        school_year: YearInPath,
        reports: NamedDependency[Reports],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        pool: NamedDependency[Pool],
        position: bounds.Position = None,
    ) -> Response[bytes]:
        """The report as a document to go on writing in (DOCX), now or as it was at a position."""
        require_goal_reader(request.user, clerk.now())
        paper = await _paper(request, school_year, position, reports, settings, pool)
        return await as_document(paper)

    @put("/report/prose", operation_id="changeProse", responses=CHANGING)
    async def write_prose(
        self,
        request: SignedIn,
        school_year: YearInPath,
        data: JSONBody[ProseDraft],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Say a statement otherwise; its figures have to be in it, as placeholders."""
        command = WriteProse(
            school_year=year_of_path(school_year), statement=data.statement, text=data.text
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/report/prose/removal", operation_id="removeProse", status_code=200, responses=CHANGING)
    async def reset_prose(
        self,
        request: SignedIn,
        school_year: YearInPath,
        data: JSONBody[ProseToReset],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let a statement be said from the log again."""
        command = ResetProse(school_year=year_of_path(school_year), statement=data.statement)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/report/states", operation_id="recordReportState", status_code=200, responses=CHANGING)
    async def keep_report(
        self,
        request: SignedIn,
        school_year: YearInPath,
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record which text is given out: later changes can be told from it."""
        command = KeepReport(school_year=year_of_path(school_year))
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/report/entries", operation_id="listReportEntries", responses=READING)
    async def list_report_entries(
        self,
        request: SignedIn,
        school_year: YearInPath,
        reports: NamedDependency[Reports],
        reader: NamedDependency[Reader],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
    ) -> Response[list[Behind]]:
        """What happened that the report rests on, in the order of the log."""
        require_goal_reader(request.user, clerk.now())
        report = await reports.report(year_of_path(school_year), Moment(position=position))
        entries = await store.at(positions_of(report))
        background = await background_of(store, entries)
        language = language_of(request)
        sentences = history(entries, language, await reader.names(background), background)
        found = [behind(entry, one.sentence) for entry, one in zip(entries, sentences, strict=True)]
        return spoken(found, language)

    @get("/report/history", operation_id="readReportHistory", responses=READING)
    async def read_report_history(
        self,
        request: SignedIn,
        school_year: YearInPath,
        reports: NamedDependency[Reports],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[HistoryEntry]]:
        """What was written and given out, in order."""
        require_record_reader(request.user, clerk.now())
        entries = await reports.entries(year_of_path(school_year))
        return await told(request, reader, entries, cursor, limit)


async def _paper(
    request: SignedIn,
    school_year: str,
    position: int | None,
    reports: Reports,
    settings: Settings,
    pool: Pool,
) -> Paper:
    report = await reports.report(year_of_path(school_year), Moment(position=position))
    head = await head_of(request, NAMELESS, settings, pool)
    return report_paper(report, msgspec.structs.replace(head, language=LANGUAGE))
