"""Courses that companies fill together: proposed, answered by telephone, changed, dissolved."""

from http import HTTPStatus
from uuid import UUID, uuid5

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.course_pools.commands import (
    AddPoolMember,
    AgreeToPool,
    DeclinePool,
    DissolvePool,
    PoolCommand,
    ProposePool,
    RemovePoolMember,
)
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.details import PoolMember
from domain.course_pools.errors import UnknownPool
from domain.kernel import NAMESPACE
from services.api import bounds
from services.api.access import SignedIn
from services.api.course_pool_bodies import MemberAnswer, PoolProposal, ProposedMember, ToldAnswer
from services.api.course_pool_courses import course_of
from services.api.course_pool_reading import pool_view
from services.api.course_pool_rows import AFTER_ALL, pool_rows, summary_of
from services.api.course_pool_views import CoursePoolSummary, CoursePoolView, StandingOnly
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.languages import language_of, said_in, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import moment_of, replayed, told
from services.api.sections import Because
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.course_pool_readers import require_pool_reader


class CoursePoolController(Controller):
    """What companies fill together; who the others are, they learn once it is formed."""

    path = "/course-pools"
    tags = ("Reports",)

    @get("/", operation_id="listCoursePools", responses=READING)
    async def list_pools(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        standing: StandingOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Response[Page[CoursePoolSummary]]:
        """All pools, those that were proposed last first."""
        require_pool_reader(request.user, clerk.now())
        await reader.caught_up(at_least)
        language = language_of(request)
        rows = await pool_rows(pool, standing, read_cursor(cursor, int, AFTER_ALL), limit + 1)
        items = [summary_of(row, language) for row in rows[:limit]]
        last = rows[limit - 1]["proposed"] if len(rows) > limit else None
        return spoken(Page(items=items, next=write_cursor(last) if last else None), language)

    @post("/", operation_id="proposePool", responses=CHANGING)
    async def propose_pool(
        self,
        request: SignedIn,
        data: JSONBody[PoolProposal],
        key: IdempotencyKey,
        pool: NamedDependency[Pool],
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Ask these companies to fill a course together; none learns yet who the others are.

        A person confirms by this what was suggested, or puts companies together by hand. The pool
        is formed as soon as all who are still in have agreed and are enough.
        """
        command = ProposePool(
            pool=uuid5(NAMESPACE, f"course-pool/{request.user.account}/{key}"),
            course=await course_of(data, pool),
            members=tuple(_member(one) for one in data.members),
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/course-pools/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{pool_id:uuid}", operation_id="readCoursePool", responses=READING)
    async def read_pool(
        self,
        request: SignedIn,
        pool_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[CoursePoolView]:
        """The pool as it is, or as it was at a log position or a moment.

        Who the companies are is said as it is now.
        """
        reads_names = require_pool_reader(request.user, clerk.now())
        unknown, moment = UnknownPool(str(pool_id)), moment_of(position, as_of)
        found = await replayed(store, COURSE_POOL, pool_id, unknown, moment)
        language = language_of(request)
        view = await pool_view(pool, store, found.entries, language, reads_names=reads_names)
        return Response(view, headers={"ETag": etag(found.version), **said_in(language)})

    @post(
        "/{pool_id:uuid}/members",
        operation_id="askPoolMember",
        status_code=200,
        responses=CHANGING,
    )
    async def add_member(
        self,
        request: SignedIn,
        pool_id: FromPath[UUID],
        data: JSONBody[ProposedMember],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Ask one more company, or one anew that declined, as long as the pool is not formed."""
        command = AddPoolMember(pool=pool_id, member=_member(data))
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{pool_id:uuid}/members/{report_id:uuid}/removal",
        operation_id="removePoolMember",
        status_code=200,
        responses=CHANGING,
    )
    async def remove_member(
        self,
        request: SignedIn,
        pool_id: FromPath[UUID],
        report_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take a company out; the pool is formed by that if all others have agreed.

        One that is formed stays so, also with fewer learners than its course needs.
        """
        command = RemovePoolMember(pool=pool_id, report=report_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{pool_id:uuid}/members/{report_id:uuid}/answer",
        operation_id="recordPoolAnswer",
        status_code=200,
        responses=CHANGING,
    )
    async def record_answer(
        self,
        request: SignedIn,
        pool_id: FromPath[UUID],
        report_id: FromPath[UUID],
        data: JSONBody[MemberAnswer],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record what a company said by telephone; a refusal with its reason."""
        return await clerk.answer(request, _answer(pool_id, report_id, data), key=key)

    @post(
        "/{pool_id:uuid}/dissolution",
        operation_id="dissolvePool",
        status_code=200,
        responses=CHANGING,
    )
    async def dissolve_pool(
        self,
        request: SignedIn,
        pool_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give the course up; the companies are told, and may be asked about another."""
        command = DissolvePool(pool=pool_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/{pool_id:uuid}/history", operation_id="readCoursePoolHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        pool_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the pool up to a moment, in order."""
        require_record_reader(request.user, clerk.now())
        unknown, moment = UnknownPool(str(pool_id)), moment_of(position, as_of)
        found = await replayed(store, COURSE_POOL, pool_id, unknown, moment)
        return await told(request, reader, found.entries, cursor, limit)


def _member(proposed: ProposedMember) -> PoolMember:
    return PoolMember(report=proposed.report, learners=proposed.learners)


def _answer(pool: UUID, report: UUID, said: MemberAnswer) -> PoolCommand:
    if said.answer is ToldAnswer.AGREE:
        return AgreeToPool(pool=pool, report=report, by_telephone=True)
    return DeclinePool(pool=pool, report=report, reason=said.reason, by_telephone=True)
