"""Findings: reported by case managers, corrected, withdrawn, and taken into themes."""

from http import HTTPStatus
from uuid import UUID, uuid5

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.directory.municipality import normal_ags
from domain.findings.clients import looks_like_a_client
from domain.findings.commands import (
    CorrectFinding,
    ReleaseFromTheme,
    ReportFinding,
    TakeIntoTheme,
    WithdrawFinding,
)
from domain.findings.decide_finding import FINDING
from domain.findings.errors import UnknownFinding
from domain.findings.finding import Unknown
from domain.kernel import NAMESPACE
from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_bounds import YearOnly
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.finding_views import (
    Bundling,
    FieldOnly,
    FindingCorrection,
    FindingReport,
    FindingSummary,
    FindingView,
    FoundPlace,
    KindOnly,
    MunicipalityOnly,
    StageOnly,
    TextToCheck,
    ThemeOnly,
    finding_summaries,
    finding_view,
)
from services.api.findings_texts import TEXT_HANDLERS, false_alarms
from services.api.languages import language_of, spoken
from services.api.pages import LARGEST, Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import moment_of, replayed, told
from services.api.sections import Because
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import HistoryEntry
from services.identity.authorisation import require, require_record_reader
from services.identity.finding_readers import (
    WRITES_FINDINGS,
    findings_seen,
    require_finding_reader,
)
from services.projections.findings import GOES_ON
from services.texts import word

LISTED = f"""
    with {GOES_ON}
    select finding.*, going_on.id as root, theme.title as theme_title,
        coalesce(municipality.name, finding.municipality) as municipality_name
    from finding
        left join municipality on ags = finding.municipality
        left join going_on on going_on.start = finding.theme
        left join theme on theme.id = going_on.id
    where reported < $1 and ($2::text[] is null or finding.municipality = any($2))
        and ($3::text is null or finding.municipality = $3)
        and ($4::text is null or finding.field = $4) and ($5::text is null or finding.kind = $5)
        and ($6::text is null or finding.stage = $6)
        and ($7::text is null or school_year = $7)
        and ($8::uuid is null or going_on.id = $8 or finding.theme = $8)
    order by reported desc limit $9
"""  # noqa: S608 (our own words)


class FindingController(Controller):
    """What case managers see of the supply system: gaps and potentials, never a client."""

    path = "/findings"
    tags = ("Steering",)
    exception_handlers = TEXT_HANDLERS

    @get("/", operation_id="listFindings", responses=READING)
    async def list_findings(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        municipality: MunicipalityOnly = None,
        field: FieldOnly = None,
        kind: KindOnly = None,
        stage: StageOnly = None,
        school_year: YearOnly = None,
        theme: ThemeOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[FindingSummary]:
        """All findings the person may read, the latest first. Case managers read their own area."""
        seen = findings_seen(request.user, clerk.now())
        await reader.caught_up(at_least)
        before = read_cursor(cursor, int, LARGEST - 1)
        rows = await pool.fetch(
            LISTED,
            before,
            seen.municipalities,
            normal_ags(municipality) if municipality else None,
            field,
            kind,
            stage,
            school_year,
            theme,
            limit + 1,
        )
        items = await finding_summaries(store, rows[:limit])
        more = len(rows) > limit
        return Page(items=items, next=write_cursor(rows[limit - 1]["reported"]) if more else None)

    @post("/", operation_id="reportFinding", responses=CHANGING)
    async def report_finding(
        self,
        request: SignedIn,
        data: JSONBody[FindingReport],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Report a gap or a potential of the supply system.

        What looks like a client is refused, each place with what it looks like. Write it
        otherwise, or mark the place as a false alarm: that is recorded.
        """
        command = ReportFinding(
            municipality=normal_ags(data.municipality),
            key=_key_of(request, key),
            kind=data.kind,
            field=data.field,
            school_year=data.school_year,
            band=data.band,
            description=data.description,
            false_alarms=false_alarms(data.false_alarms),
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/findings/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @post("/checks", operation_id="checkText", status_code=200, responses=CHANGING)
    async def check_text(
        self, request: SignedIn, data: JSONBody[TextToCheck], clerk: NamedDependency[Clerk]
    ) -> Response[list[FoundPlace]]:
        """Which places of a text look like a client, before it is sent. Nothing is recorded."""
        require(request.user, WRITES_FINDINGS, clerk.now())
        language = language_of(request)
        places = [
            FoundPlace(
                sign=place.sign,
                start=place.start,
                end=place.end,
                name=word(place.sign, language, of="sign"),
            )
            for place in looks_like_a_client(data.text)
        ]
        return spoken(places, language)

    @get("/{finding_id:uuid}", operation_id="readFinding", responses=READING)
    async def read_finding(
        self,
        request: SignedIn,
        finding_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[FindingView]:
        """The finding as it is, or as it was at a log position or a moment."""
        unknown = UnknownFinding(str(finding_id))
        found = await replayed(store, FINDING, finding_id, unknown, moment_of(position, as_of))
        finding = found.state
        assert not isinstance(finding, Unknown), "what is unknown was refused"
        require_finding_reader(request.user, finding.report, clerk.now())
        view = finding_view(finding, found.entries)
        return Response(view, headers={"ETag": etag(found.version)})

    @post(
        "/{finding_id:uuid}/correction",
        operation_id="correctFinding",
        status_code=200,
        responses=CHANGING,
    )
    async def correct_finding(
        self,
        request: SignedIn,
        finding_id: FromPath[UUID],
        data: JSONBody[FindingCorrection],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Say anew what was seen, with the reason. Only who knows the cases changes their band."""
        command = CorrectFinding(
            finding=finding_id,
            kind=data.kind,
            field=data.field,
            school_year=data.school_year,
            band=data.band,
            description=data.description,
            reason=data.reason,
            false_alarms=false_alarms(data.false_alarms),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{finding_id:uuid}/withdrawal",
        operation_id="withdrawFinding",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_finding(
        self,
        request: SignedIn,
        finding_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the finding back: it counts no more, also not in a theme."""
        command = WithdrawFinding(finding=finding_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{finding_id:uuid}/theme",
        operation_id="takeIntoTheme",
        status_code=200,
        responses=CHANGING,
    )
    async def take_into_theme(
        self,
        request: SignedIn,
        finding_id: FromPath[UUID],
        data: JSONBody[Bundling],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the finding into a theme that is being worked on. It is in one at a time."""
        command = TakeIntoTheme(finding=finding_id, theme=data.theme)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{finding_id:uuid}/release",
        operation_id="releaseFromTheme",
        status_code=200,
        responses=CHANGING,
    )
    async def release_from_theme(
        self,
        request: SignedIn,
        finding_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the finding out of its theme, unless a session is about to discuss that."""
        command = ReleaseFromTheme(finding=finding_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/{finding_id:uuid}/history", operation_id="readFindingHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        finding_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the finding up to a moment, in order."""
        require_record_reader(request.user, clerk.now())
        unknown = UnknownFinding(str(finding_id))
        found = await replayed(store, FINDING, finding_id, unknown, moment_of(position, as_of))
        return await told(request, reader, found.entries, cursor, limit)


def _key_of(request: SignedIn, key: str) -> str:
    """The same for a request that is sent again."""
    return str(uuid5(NAMESPACE, f"finding/{request.user.account}/{key}"))
