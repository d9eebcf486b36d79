"""Companies' reports for those who process them: listed, read, entered by telephone, changed."""

from http import HTTPStatus
from uuid import UUID, uuid5

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.directory.municipality import normal_ags
from domain.kernel import NAMESPACE
from domain.language_needs.commands import ChangeReport, SubmitReport, WithdrawReport
from domain.language_needs.errors import UnknownReport
from domain.language_needs.events import Channel
from domain.language_needs.reference import BITS, reference_of, report_id
from services.api import bounds
from services.api.access import SignedIn
from services.api.company_intake_bodies import ReportContent
from services.api.company_intake_checks import checked_content
from services.api.company_report_bodies import ReportWithdrawal, TelephoneReport
from services.api.company_report_reading import referred_to, report_view, seen_by
from services.api.company_report_rows import FIRST, ROWS, Place, place_of, report_summaries
from services.api.company_report_views import (
    CompanyReportSummary,
    CompanyReportView,
    FromMunicipality,
    HolderOnly,
    OpenOnly,
    PartnerOnly,
    StageOnly,
    TradeOnly,
)
from services.api.contact_looks import note_contact_look
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.languages import language_of
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import moment_of, told
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.report_readers import reports_seen, require_report_reader

NAMES = "select key, name from organisation"


class CompanyReportController(Controller):
    """What companies report that they need German courses for."""

    path = "/company-reports"
    tags = ("Reports",)

    @get("/", operation_id="listCompanyReports", responses=READING)
    async def list_reports(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        stage: StageOnly = None,
        holder: HolderOnly = None,
        organisation: PartnerOnly = None,
        municipality: FromMunicipality = None,
        trade: TradeOnly = None,
        is_open: OpenOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[CompanyReportSummary]:
        """All reports the person may read, what is due first. Partners read what they hold or held.

        Who the company is, is null for whoever may not know.
        """
        now = clerk.now()
        seen = reports_seen(request.user, now)
        await reader.caught_up(at_least)
        after = read_cursor(cursor, Place, FIRST)
        rows = await pool.fetch(
            ROWS,
            *after,
            seen.organisations,
            stage,
            holder,
            organisation,
            normal_ags(municipality) if municipality else None,
            trade,
            is_open,
            limit + 1,
        )
        items = await report_summaries(store, rows[:limit], seen, now)
        more = len(rows) > limit
        return Page(items=items, next=write_cursor(place_of(rows[limit - 1])) if more else None)

    @post("/", operation_id="enterCompanyReport", responses=CHANGING)
    async def enter_report(
        self,
        request: SignedIn,
        data: JSONBody[TelephoneReport],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Enter what a company told by telephone; it agreed to that and to whom it is passed on."""
        content = checked_content(data.content, language_of(request), "/content")
        reference = _reference_of(request, key)
        command = SubmitReport(
            report=report_id(reference),
            reference=reference,
            channel=Channel.TELEPHONE,
            company=content.company,
            contact=content.contact,
            need=content.need,
            remark=content.remark,
            language=data.language,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/company-reports/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{report_id:uuid}", operation_id="readCompanyReport", responses=READING)
    async def read_report(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[CompanyReportView]:
        """The report as it is, or as it was at a log position or a moment.

        Who may read it is decided by how it is now. A look at its contact is recorded.
        """
        now = clerk.now()
        reports_seen(request.user, now)
        names = {row["key"]: row["name"] for row in await pool.fetch(NAMES)}
        moment = moment_of(position, as_of)
        view = report_view(await store.load(report_id, moment), now, names)
        present = report_view(await store.load(report_id), now, names)
        if view is None or present is None:
            raise UnknownReport(str(report_id))
        seen = require_report_reader(request.user, referred_to(present), now)
        shown = seen_by(view, seen, present)
        await note_contact_look(request, clerk, shown)
        return Response(shown, headers={"ETag": etag(view.version)})

    @put("/{report_id:uuid}", operation_id="changeCompanyReport", responses=CHANGING)
    async def change_report(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[ReportContent],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Write the whole report anew, as the company told it; it goes back to the triage."""
        content = checked_content(data, language_of(request), "")
        command = ChangeReport(
            report=report_id,
            company=content.company,
            contact=content.contact,
            need=content.need,
            remark=content.remark,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{report_id:uuid}/withdrawal",
        operation_id="withdrawCompanyReport",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_report(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[ReportWithdrawal],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Withdraw it in the name of the company: nobody holds it any more."""
        command = WithdrawReport(report=report_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/{report_id:uuid}/history", operation_id="readCompanyReportHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the report up to a moment, in order, without whose it is."""
        require_record_reader(request.user, clerk.now())
        entries = await store.load(report_id, moment_of(position, as_of))
        if report_view(entries, clerk.now(), {}) is None:
            raise UnknownReport(str(report_id))
        return await told(request, reader, entries, cursor, limit)


def _reference_of(request: SignedIn, key: str) -> str:
    """The same for a request that is sent again."""
    drawn = uuid5(NAMESPACE, f"company-report/{request.user.account}/{key}").int
    return reference_of(drawn % 2**BITS)
