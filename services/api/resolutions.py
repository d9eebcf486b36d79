"""Resolutions: passed from a vote, listed, and read as they were at any moment."""

from datetime import date, datetime, time
from http import HTTPStatus
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Response

from domain.steering.need_review_commands import OpenReviewByResolution
from domain.steering.resolution import Existing, Unknown
from domain.steering.resolution_commands import PassResolution
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_errors import UnknownResolution
from domain.steering.resolution_events import Standing
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided, etag
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.reading import Reader
from services.api.replaying import At, moment_of, replayed, told
from services.api.resolution_bodies import ResolutionPassing, days, mandate_of
from services.api.resolution_views import (
    ResolutionSummary,
    ResolutionView,
    resolution_summary,
    resolution_view,
)
from services.eventstore.database import Pool
from services.eventstore.store import NOW, EventStore, Moment
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.mandate_readers import may_read_resolution, organisations_seen
from services.settings import Settings

LISTED = """
    select * from resolution
    where ($1::bigint = 0 or (decided_at, place) < (
            select decided_at, place from resolution where place = $1
        ))
        and ($2::text is null or body = $2) and ($3::text is null or owner = $3)
        and ($4::text is null or standing = $4)
        and ($5::timestamptz is null or standing in ('open', 'overdue') and due <= $5)
        and ($6::uuid is null or session = $6)
        and ($7::text[] is null or owner = any($7) or named && $7)
    order by decided_at desc, place desc limit $8
"""

OfBody = Annotated[
    str | None,
    QueryParameter(name="body", pattern=bounds.KEY, required=False, description="Of this body."),
]
Owner = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.KEY, required=False, description="This organisation sees to them."
    ),
]
HasBecome = Annotated[
    str | None,
    QueryParameter(
        pattern="^(" + "|".join(Standing) + ")$",
        required=False,
        description="Only those of which this has become.",
    ),
]
OfSession = Annotated[
    UUID | None, QueryParameter(required=False, description="Passed by this session.")
]
DueBy = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="Only what is still to be done by this day.",
        examples=[Example(value="2026-06-30")],
    ),
]


class ResolutionController(Controller):
    """What the body resolved, and what has become of it."""

    path = "/resolutions"
    tags = ("Steering",)

    @get("/", operation_id="listResolutions", responses=READING)
    async def list_resolutions(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        of_body: OfBody = None,
        owner: Owner = None,
        standing: HasBecome = None,
        due_by: DueBy = None,
        session: OfSession = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[ResolutionSummary]:
        """The latest resolutions first. Members see what concerns their organisation."""
        seen = organisations_seen(request.user, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, int, 0)
        until = due_by and datetime.combine(due_by, time.max, ZoneInfo(settings.time_zone))
        until = bounds.checked(until, parameter="due_by")
        rows = await pool.fetch(
            LISTED, after, of_body, owner, standing, until, session, seen, limit + 1
        )
        shown = rows[:limit]
        return Page(
            items=[resolution_summary(row) for row in shown],
            next=write_cursor(shown[-1]["place"]) if len(rows) > limit else None,
        )

    @post("/", operation_id="passResolution", responses=CHANGING)
    async def pass_resolution(
        self,
        request: SignedIn,
        data: JSONBody[ResolutionPassing],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record what a vote resolved: its mandate, who sees to it, and until when."""
        command = PassResolution(
            session=data.session,
            number=data.number,
            mandate=mandate_of(data.mandate),
            owner=data.owner or "",
            due=bounds.checked_day(data.due, pointer="/due"),
            remind_working_days_before=days(data.remind_working_days_before),
            reference=data.reference,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/resolutions/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{resolution_id:uuid}", operation_id="readResolution", responses=READING)
    async def read_resolution(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[ResolutionView]:
        """One resolution as it is, or as it was at a log position or a moment."""
        found = await resolution_read(request, store, clerk, resolution_id)
        if (moment := moment_of(position, as_of)) != NOW:
            found = await resolution_at(store, resolution_id, moment)
        return Response(resolution_view(found), headers={"ETag": etag(found.version)})

    @get("/{resolution_id:uuid}/history", operation_id="readResolutionHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the resolution, in order."""
        require_record_reader(request.user, clerk.now())
        found = await resolution_at(store, resolution_id)
        return await told(request, reader, found.entries, cursor, limit)

    @post(
        "/{resolution_id:uuid}/need-review",
        operation_id="openReviewByResolution",
        responses=CHANGING,
    )
    async def open_review(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Open the need review that the resolution asks for, with its question and fields."""
        command = OpenReviewByResolution(resolution=resolution_id)
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/need-reviews/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)


async def resolution_read(
    request: SignedIn, store: EventStore, clerk: Clerk, resolution: UUID
) -> At[Existing]:
    """As it is now. Raises UnknownResolution, and EdgeProblem if it is not for whoever asks."""
    found = await resolution_at(store, resolution)
    if not may_read_resolution(request.user, found.state.passed, clerk.now()):
        raise EdgeProblem(HTTPStatus.FORBIDDEN, "resolution.may-not-read")
    return found


async def resolution_at(store: EventStore, resolution: UUID, moment: Moment = NOW) -> At[Existing]:
    """Raises UnknownResolution."""
    unknown = UnknownResolution(str(resolution))
    found = await replayed(store, RESOLUTION, resolution, unknown, moment)
    assert not isinstance(found.state, Unknown), "what is unknown is refused before"
    return At(state=found.state, entries=found.entries)
