"""Working groups: established by a resolution, listed, read, reported on, dissolved."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Response

from domain.working_groups.commands import DissolveGroup, EstablishGroup, ReportBack
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.errors import UnknownGroup
from domain.working_groups.group import Existing, Unknown, WorkingGroup
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.group_views import (
    GroupSummary,
    ReportSession,
    WorkingGroupView,
    group_summary,
    group_view,
    report_session,
)
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.reading import Reader
from services.api.replaying import At, moment_of, replayed, told
from services.api.working_group_bodies import Establishment, GroupEnd, GroupReport
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.group_readers import groups_seen, may_read_group
from services.settings import Settings

LISTED = """
    select this.*,
        (select min(starts_at) from group_meeting
            where working_group = this.id and stage = 'called' and starts_at > $1) as next_meeting,
        (select count(*) from group_agreement
            where working_group = this.id and stage = 'open') as open_agreements,
        (select count(*) from group_agreement
            where working_group = this.id and stage = 'open' and is_overdue) as overdue_agreements
    from working_group as this
    where (title, id::text) > ($2, $3)
        and ($4::text is null or stage = $4) and ($5::text is null or body = $5)
        and ($6::text[] is null or lead = any($6) or exists (
            select from group_membership where working_group = this.id and organisation = any($6)
                and (group_membership.until is null
                    or group_membership.since <= group_membership.until)))
    order by title, id::text limit $7
"""

SESSIONS = """
    select id, title, stage, starts_at from steering_session
    where body = $1 and stage <> 'cancelled' order by starts_at desc, id limit $2
"""
MOST_SESSIONS = 50

Stage = Annotated[
    str | None,
    QueryParameter(pattern="^(working|dissolved)$", required=False, description="Only this stage."),
]
Body = Annotated[
    str | None,
    QueryParameter(
        name="body",
        pattern=bounds.KEY,
        required=False,
        description="Established by this body, by its key.",
    ),
]


class WorkingGroupController(Controller):
    """The working groups of the county, each from its resolution to its end."""

    path = "/working-groups"
    tags = ("Steering",)

    @get("/", operation_id="listWorkingGroups", responses=READING)
    async def list_working_groups(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        stage: Stage = None,
        of_body: Body = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[GroupSummary]:
        """All working groups by title. Members see those their organisation is or was in."""
        seen = groups_seen(request.user, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, tuple[str, str], ("", ""))
        rows = await pool.fetch(LISTED, clerk.now(), *after, stage, of_body, seen, limit + 1)
        items = [group_summary(row) for row in rows[:limit]]
        last = items[-1] if len(rows) > limit else None
        return Page(items=items, next=write_cursor((last.title, str(last.id))) if last else None)

    @post("/", operation_id="establishWorkingGroup", responses=CHANGING)
    async def establish_group(
        self,
        request: SignedIn,
        data: JSONBody[Establishment],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Establish the working group that a resolution asks for, with its members and guests."""
        bounds.checked_day(data.since, pointer="/since")
        command = EstablishGroup(resolution=data.resolution, since=data.since)
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/working-groups/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{group_id:uuid}", operation_id="readWorkingGroup", responses=READING)
    async def read_group(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[WorkingGroupView]:
        """One group as it is, or as it was at a log position or a moment."""
        found = await group_at(store, group_id)
        _check_may_read(request, found, clerk)
        if position is not None or as_of is not None:
            unknown = UnknownGroup(str(group_id))
            moment = moment_of(position, as_of)
            found = _existing(await replayed(store, WORKING_GROUP, group_id, unknown, moment))
        zone = ZoneInfo(settings.time_zone)
        view = group_view(found.state, found.version, found.position, zone)
        return Response(view, headers={"ETag": etag(found.version)})

    @get("/{group_id:uuid}/history", operation_id="readWorkingGroupHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the group, in order."""
        require_record_reader(request.user, clerk.now())
        found = await group_at(store, group_id)
        return await told(request, reader, found.entries, cursor, limit)

    @get("/{group_id:uuid}/sessions", operation_id="listReportSessions", responses=READING)
    async def list_report_sessions(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> list[ReportSession]:
        """The latest sessions of its body, to which it may report: its members see no others."""
        found = await group_at(store, group_id)
        _check_may_read(request, found, clerk)
        rows = await pool.fetch(SESSIONS, found.state.record.body, MOST_SESSIONS)
        return [report_session(row) for row in rows]

    @post(
        "/{group_id:uuid}/reports", operation_id="reportBack", status_code=200, responses=CHANGING
    )
    async def report_back(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[GroupReport],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Report back to a session of the body that established the group."""
        command = ReportBack(
            group=group_id, report=data.report, session=data.session, text=data.text
        )
        return await clerk.answer(request, command, key=key)

    @post(
        "/{group_id:uuid}/dissolution",
        operation_id="dissolveWorkingGroup",
        status_code=200,
        responses=CHANGING,
    )
    async def dissolve_group(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[GroupEnd],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Dissolve the group as a resolution of its body says. What is still open lapses."""
        command = DissolveGroup(group=group_id, resolution=data.resolution)
        return await clerk.answer(request, command, key=key, if_match=if_match)


async def group_at(store: EventStore, group: UUID) -> At[Existing]:
    """The group as it is now. Raises UnknownGroup."""
    return _existing(await replayed(store, WORKING_GROUP, group, UnknownGroup(str(group))))


def _check_may_read(request: SignedIn, found: At[Existing], clerk: Clerk) -> None:
    if not may_read_group(groups_seen(request.user, clerk.now()), found.state.record):
        raise EdgeProblem(HTTPStatus.FORBIDDEN, "working-group.may-not-read")


def _existing(found: At[WorkingGroup]) -> At[Existing]:
    assert not isinstance(found.state, Unknown), "what is unknown is refused before"
    return At(state=found.state, entries=found.entries)
