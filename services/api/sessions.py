"""Sessions: scheduled, listed, and read as they were at any moment."""

from datetime import datetime, time, timedelta
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from asyncpg import Record
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.goals.year import first_day, last_day
from domain.steering.session_commands import ScheduleSession
from domain.steering.session_events import SessionKind
from services.api import bounds
from services.api.access import SignedIn
from services.api.body_reading import BodyReader
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided, etag
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import moment_of, told
from services.api.session_bounds import BodyOnly, Place, StageOnly, Title, YearOnly
from services.api.session_reading import SessionReader
from services.api.session_views import SessionSummary, SessionView, people_in, session_view
from services.desk import Desk
from services.eventstore.database import Pool
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.body_readers import seats_of
from services.settings import Settings

LISTED = """
    select session.*, coalesce(body.title, session.body) as body_title
    from steering_session session left join body on body.key = session.body
    where ($1::bigint = 0 or (starts_at, scheduled_position) < (
            select starts_at, scheduled_position from steering_session
            where scheduled_position = $1
        ))
        and ($2::text is null or session.body = $2) and ($3::text is null or stage = $3)
        and ($4::timestamptz is null or starts_at >= $4 and starts_at < $5)
        and ($6::text[] is null or exists (
            select from body_seat seat join body_appointment held using (body, seat)
            cross join (
                values ($7::date), ((starts_at at time zone $8)::date)
            ) as present (day)
            where seat.body = body.id and held.person = any($6)
                and seat.since <= day and (seat.until is null or seat.until >= day)
                and held.since <= day and (held.until is null or held.until >= day)
        ))
    order by starts_at desc, scheduled_position desc limit $9
"""


class NewSession(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session of a body under a key of its own, such as `2026-27-1`.

    Members meet, or vote in writing (`circular`), which begins at `starts_at` at the earliest.
    """

    body: bounds.Key
    key: bounds.Key
    title: Title
    kind: SessionKind
    starts_at: bounds.Instant
    ends_at: bounds.Instant | None = None
    place: Place = ""


class SessionController(Controller):
    """What a body meets for, from the plan to the minutes."""

    path = "/sessions"
    tags = ("Steering",)

    @get("/", operation_id="listSessions", responses=READING)
    async def list_sessions(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        bodies: NamedDependency[BodyReader],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        of_body: BodyOnly = None,
        school_year: YearOnly = None,
        stage: StageOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[SessionSummary]:
        """The latest sessions first. Members see those of bodies on which they sit or sat then."""
        seats = seats_of(request.user, clerk.now())
        since, until = _year(school_year, ZoneInfo(settings.time_zone))
        await reader.caught_up(at_least)
        rows = await pool.fetch(
            LISTED,
            read_cursor(cursor, int, 0),
            of_body,
            stage,
            since,
            until,
            seats,
            bodies.today,
            settings.time_zone,
            limit + 1,
        )
        shown = rows[:limit]
        return Page(
            items=[_summary(row) for row in shown],
            next=write_cursor(shown[-1]["scheduled_position"]) if len(rows) > limit else None,
        )

    @post("/", operation_id="scheduleSession", responses=CHANGING)
    async def schedule_session(
        self,
        request: SignedIn,
        data: JSONBody[NewSession],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Schedule a session of a body. The agenda is collected from then on."""
        bounds.checked(data.starts_at, pointer="/starts_at")
        bounds.checked(data.ends_at, pointer="/ends_at")
        command = ScheduleSession(
            body=data.body,
            key=data.key,
            title=data.title,
            kind=data.kind,
            starts_at=data.starts_at,
            ends_at=data.ends_at,
            place=data.place,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/sessions/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{session:uuid}", operation_id="readSession", responses=READING)
    async def read_session(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        reader: NamedDependency[Reader],
        bodies: NamedDependency[BodyReader],
        session_reader: NamedDependency[SessionReader],
        clerk: NamedDependency[Clerk],
        desk: NamedDependency[Desk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[SessionView]:
        """One session: its agenda, who is there, whether it is quorate, how was voted.

        As it is, or as it was at a log position or a moment.
        """
        at = await session_reader.session(request, session, moment_of(position, as_of))
        calendar = desk.assessments.calendar
        moment = as_of or clerk.now()
        if position is not None:
            moment = at.found.entries[-1].metadata.occurred_at
        day = bodies.day_of(at.found.state.record.starts_at)
        people = await reader.people(people_in(at.found.state, at.body, day))
        view = session_view(at, people, calendar, moment)
        return Response(view, headers={"ETag": etag(at.found.version)})

    @get("/{session:uuid}/history", operation_id="readSessionHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        reader: NamedDependency[Reader],
        session_reader: NamedDependency[SessionReader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the session, in order."""
        require_record_reader(request.user, clerk.now())
        at = await session_reader.session(request, session)
        return await told(request, reader, at.found.entries, cursor, limit)


def _year(school_year: str | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """When it begins, and when it is over. Raises MalformedSchoolYear."""
    if school_year is None:
        return None, None
    after = last_day(school_year) + timedelta(days=1)
    since = datetime.combine(first_day(school_year), time.min, zone)
    return since, datetime.combine(after, time.min, zone)


def _summary(row: Record) -> SessionSummary:
    return SessionSummary(**{name: row[name] for name in SessionSummary.__struct_fields__})
