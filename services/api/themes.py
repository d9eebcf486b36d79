"""Themes: opened, written, listed, and read as they were at any moment."""

from http import HTTPStatus
from uuid import UUID, uuid5

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.findings.commands_theme import NameSource, OpenTheme, SummariseTheme
from domain.findings.decide_theme import THEME
from domain.findings.errors_theme import UnknownTheme
from domain.kernel import NAMESPACE
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    etag,
    version_of,
)
from services.api.findings_texts import TEXT_HANDLERS
from services.api.pages import LARGEST, Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import moment_of, replayed, told
from services.api.theme_requests import (
    SessionOnly,
    SummaryDraft,
    ThemeOpening,
    ThemeSource,
    ThemeStageOnly,
    section_of,
    source_of,
)
from services.api.theme_views import (
    SummaryView,
    ThemeSummary,
    ThemeView,
    theme_summary,
    theme_view,
)
from services.api.themes_reading import theme_at
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.finding_readers import themes_seen
from services.projections.findings import GOES_ON

LISTED = f"""
    with {GOES_ON},
    bundled as (
        select going_on.id as theme, finding.municipality, finding.band
        from finding join going_on on going_on.start = finding.theme
    )
    select theme.*, array(select band from bundled where bundled.theme = theme.id) as bands
    from theme
    where opened < $1 and ($2::text is null or stage = $2)
        and ($3::uuid is null or session = $3 or $3 = any(discussed_in))
        and ($4::text[] is null or presented or exists (
            select from bundled where bundled.theme = theme.id and municipality = any($4)
        ))
    order by opened desc limit $5
"""  # noqa: S608 (our own words)


class ThemeController(Controller):
    """What findings are bundled into, for the bodies that decide."""

    path = "/themes"
    tags = ("Steering",)
    exception_handlers = TEXT_HANDLERS

    @get("/", operation_id="listThemes", responses=READING)
    async def list_themes(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        stage: ThemeStageOnly = None,
        session: SessionOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[ThemeSummary]:
        """All themes the person may read, the latest first.

        Case managers and members of the steering group read what was on an agenda; case managers
        also what a finding of their municipality is in.
        """
        seen = themes_seen(request.user, clerk.now())
        await reader.caught_up(at_least)
        before = read_cursor(cursor, int, LARGEST - 1)
        rows = await pool.fetch(LISTED, before, stage, session, seen.municipalities, limit + 1)
        items = [theme_summary(row, seen) for row in rows[:limit]]
        more = len(rows) > limit
        return Page(items=items, next=write_cursor(rows[limit - 1]["opened"]) if more else None)

    @post("/", operation_id="openTheme", responses=CHANGING)
    async def open_theme(
        self,
        request: SignedIn,
        data: JSONBody[ThemeOpening],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Open a theme. Findings are taken into it one by one."""
        own = str(uuid5(NAMESPACE, f"theme/{request.user.account}/{key}"))
        command = OpenTheme(
            key=data.key or own,
            title=data.title,
            sources=tuple(source_of(source) for source in data.sources),
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/themes/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{theme_id:uuid}", operation_id="readTheme", responses=READING)
    async def read_theme(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[ThemeView]:
        """The theme with what belongs to it, as it is or as it was at a position or a moment."""
        seen = themes_seen(request.user, clerk.now())
        found = await theme_at(store, theme_id, seen, moment_of(position, as_of))
        view = theme_view(found.theme, found.entries, found.bundle, seen)
        return Response(view, headers={"ETag": etag(len(found.entries))})

    @post(
        "/{theme_id:uuid}/sources", operation_id="nameSource", status_code=200, responses=CHANGING
    )
    async def name_source(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[ThemeSource],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Name one more place the theme comes from, beside its findings."""
        command = NameSource(theme=theme_id, source=source_of(data))
        return decided(await clerk.decide(request, command, key=key))

    @get("/{theme_id:uuid}/summary", operation_id="readSummary", responses=READING)
    async def read_summary(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> Response[SummaryView]:
        """What the body reads. Its ETag is its version, for whoever writes the next one."""
        seen = themes_seen(request.user, clerk.now())
        matter = (await theme_at(store, theme_id, seen)).theme.matter
        view = SummaryView(
            version=matter.version, title=matter.title, sections=list(matter.sections)
        )
        return Response(view, headers={"ETag": etag(matter.version)})

    @put("/{theme_id:uuid}/summary", operation_id="summariseTheme", responses=CHANGING)
    async def write_summary(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        data: JSONBody[SummaryDraft],
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Save the whole summary on top of the version that was seen: `"0"` if there was none."""
        command = SummariseTheme(
            theme=theme_id,
            title=data.title,
            sections=tuple(section_of(section) for section in data.sections),
            based_on=version_of(if_match),
        )
        return decided(await clerk.decide(request, command))

    @get("/{theme_id:uuid}/history", operation_id="readThemeHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        theme_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the theme up to a moment, in order."""
        require_record_reader(request.user, clerk.now())
        unknown = UnknownTheme(str(theme_id))
        found = await replayed(store, THEME, theme_id, unknown, moment_of(position, as_of))
        return await told(request, reader, found.entries, cursor, limit)
