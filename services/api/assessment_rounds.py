"""Assessment rounds: announced, followed, extended, closed; how far each college is."""

from http import HTTPStatus
from uuid import UUID

from asyncpg import Record
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.assessments.commands import CancelRound, CloseWindow, ExtendWindow, RemindColleges
from domain.assessments.decide_round import ROUND
from domain.assessments.errors import UnknownRound
from domain.assessments.events import Sitting
from domain.assessments.round import Existing, Unknown
from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_access import colleges_seen
from services.api.assessment_bounds import YearOnly
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.round_progress import CollegeProgress, progress
from services.api.round_views import (
    Announcement,
    AssessmentRoundView,
    RoundSummary,
    WindowExtension,
    announcement,
    round_view,
)
from services.api.sections import Because
from services.desk import Desk
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.history import HistoryEntry, history
from services.identity.authorisation import require_record_reader
from services.unreleased import Unreleased

LISTED = """
    select * from assessment_round
    where (school_year, key) > ($1, $2) and ($3::text is null or school_year = $3)
        and ($4::text[] is null or exists (
            select from round_college where round = assessment_round.id and college = any($4)
        ))
    order by school_year, key limit $5
"""


class AssessmentRoundController(Controller):
    """The uniform language assessment of a school year, first test or retest."""

    path = "/rounds"
    tags = ("Assessments",)

    @get("/", operation_id="listRounds", responses=READING)
    async def list_rounds(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        school_year: YearOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[RoundSummary]:
        """All rounds by school year and key. Colleges see those they take part in."""
        seen = colleges_seen(request.user, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, tuple[str, str], ("", ""))
        rows = await pool.fetch(LISTED, *after, school_year, seen, limit + 1)
        items = [_summary(row) for row in rows[:limit]]
        last = items[-1] if len(rows) > limit else None
        return Page(items=items, next=write_cursor((last.school_year, last.key)) if last else None)

    @post("/", operation_id="announceRound", responses=CHANGING)
    async def announce_round(
        self,
        request: SignedIn,
        data: JSONBody[Announcement],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Announce a round: which instrument, which colleges, when its window opens and closes.

        The process then opens the window, reminds, closes, scores and releases by itself.
        """
        receipt = await clerk.decide(request, announcement(data), key=key)
        location = f"/api/v1/rounds/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{round_id:uuid}", operation_id="readRound", responses=READING)
    async def read_round(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> Response[AssessmentRoundView]:
        """One round as it stands."""
        seen = colleges_seen(request.user, clerk.now())
        this, entries = await round_at(store, round_id)
        if seen is not None and seen.isdisjoint(this.plan.colleges):
            raise UnknownRound(str(round_id))
        view = round_view(this, len(entries), seen, clerk.now())
        return Response(view, headers={"ETag": etag(len(entries))})

    @post(
        "/{round_id:uuid}/reminders",
        operation_id="remindColleges",
        status_code=200,
        responses=CHANGING,
    )
    async def remind_colleges(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Remind by hand the colleges with missing classes, beside the planned reminders."""
        return decided(await clerk.decide(request, RemindColleges(round=round_id), key=key))

    @post(
        "/{round_id:uuid}/extensions",
        operation_id="extendWindow",
        status_code=200,
        responses=CHANGING,
    )
    async def extend_window(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        data: JSONBody[WindowExtension],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give more time with a reason: to some colleges, or to all."""
        bounds.checked(data.closes_at, pointer="/closes_at")
        command = ExtendWindow(
            round=round_id, closes_at=data.closes_at, reason=data.reason, colleges=data.colleges
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{round_id:uuid}/closing",
        operation_id="closeWindow",
        status_code=200,
        responses=CHANGING,
    )
    async def close_window(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Close the window before its time, once all classes are there."""
        return await clerk.answer(request, CloseWindow(round=round_id), key=key, if_match=if_match)

    @post(
        "/{round_id:uuid}/cancellation",
        operation_id="cancelRound",
        status_code=200,
        responses=CHANGING,
    )
    async def cancel_round(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Call the round off, with a reason."""
        command = CancelRound(round=round_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/{round_id:uuid}/colleges", operation_id="listColleges", responses=READING)
    async def list_colleges(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        desk: NamedDependency[Desk],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        at_least: bounds.AtLeast = None,
    ) -> Response[list[CollegeProgress]]:
        """How far each college is, which of its classes are missing, which cannot be released.

        Nothing about learners. Colleges see themselves.
        """
        seen, language = colleges_seen(request.user, clerk.now()), language_of(request)
        await reader.caught_up(at_least)
        this, _ = await round_at(store, round_id)
        colleges = [key for key in this.plan.colleges if seen is None or key in seen]
        if not colleges:
            raise UnknownRound(str(round_id))
        waiting = await Unreleased(pool, store, desk.assessments).of(this, colleges, clerk.now())
        return spoken(await progress(pool, this, colleges, waiting, language), language)

    @get("/{round_id:uuid}/history", operation_id="readRoundHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the round, in order."""
        require_record_reader(request.user, clerk.now())
        after = read_cursor(cursor, int, 0)
        _, entries = await round_at(store, round_id)
        left = [entry for entry in entries if entry.position > after]
        language = language_of(request)
        told = history(left[:limit], language, await reader.names(left[:limit]))
        more = len(left) > limit
        return spoken(
            Page(items=told, next=write_cursor(told[-1].position) if more else None), language
        )


async def round_at(store: EventStore, round_id: UUID) -> tuple[Existing, list[LogEntry]]:
    """The round and the entries it follows from. Raises UnknownRound."""
    entries = await store.load(round_id)
    # Another aggregate's stream is no round either.
    events = [entry.event for entry in entries if entry.topic.startswith("assessment-round.")]
    this = ROUND.replay(events)  # pyright: ignore[reportArgumentType]  (these are its topics)
    if isinstance(this, Unknown):
        raise UnknownRound(str(round_id))
    return this, entries


def _summary(row: Record) -> RoundSummary:
    return RoundSummary(
        id=row["id"],
        key=row["key"],
        title=row["title"],
        school_year=row["school_year"],
        instrument=row["instrument"],
        instrument_version=row["instrument_version"],
        sitting=Sitting(row["sitting"]),
        stage=row["state"],
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        first=row["first"],
        retest=row["scheduled"],
        released_at=row["released_position"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )
