"""Looks for courses that several companies could fill together, beside the request."""

from http import HTTPStatus
from uuid import UUID, uuid5

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from domain.kernel import NAMESPACE
from services.api.access import SignedIn
from services.api.course_offers import today
from services.api.decisions import Clerk, IdempotencyKey
from services.api.languages import language_of, said_in
from services.api.pool_search_views import PoolSearchView, known_for, search_view
from services.api.problems import CHANGING, READING, TRY_AGAIN, EdgeProblem
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import require
from services.identity.relations import COORDINATOR
from services.pooling.searches import PoolSearches
from services.settings import Settings


class PoolSuggestionController(Controller):
    """Companies that reach together what none reaches alone; a person decides."""

    path = "/company-reports/pool-suggestions"
    tags = ("Reports",)

    @post("/", operation_id="planPools", status_code=202, responses=CHANGING)
    async def start(
        self,
        request: SignedIn,
        key: IdempotencyKey,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        pool_searches: NamedDependency[PoolSearches],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
    ) -> Response[PoolSearchView]:
        """Look for the courses that serve most of those who wait; `Location` says how far it is.

        Nothing is recorded. Reports that are in a pool already stay out of it. One search at a
        time has its turn, for half a minute at most.
        """
        require(request.user, frozenset({COORDINATOR.role}), clerk.now())
        if pool_searches.is_busy:
            status = HTTPStatus.TOO_MANY_REQUESTS
            raise EdgeProblem(status, "pool-search.too-many", headers=TRY_AGAIN)
        search = uuid5(NAMESPACE, f"pool-search/{request.user.account}/{key}")
        await pool_searches.start(search, request.user.account, today(clerk, settings))
        return await _told(request, pool, store, pool_searches, search, HTTPStatus.ACCEPTED)

    @get("/{search:uuid}", operation_id="readPoolPlan", responses=READING)
    async def read(
        self,
        request: SignedIn,
        search: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        pool_searches: NamedDependency[PoolSearches],
        clerk: NamedDependency[Clerk],
    ) -> Response[PoolSearchView]:
        """How far the search is and what it found, for whoever started it, for a day.

        If it failed, `problem` says why; nothing was changed then either.
        """
        require(request.user, frozenset({COORDINATOR.role}), clerk.now())
        return await _told(request, pool, store, pool_searches, search, HTTPStatus.OK)

    @post(
        "/{search:uuid}/cancellation",
        operation_id="cancelPoolPlan",
        status_code=200,
        responses=CHANGING,
    )
    async def cancel(
        self,
        request: SignedIn,
        search: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        pool_searches: NamedDependency[PoolSearches],
        clerk: NamedDependency[Clerk],
    ) -> Response[PoolSearchView]:
        """End the search; one that has ended stays as it is."""
        require(request.user, frozenset({COORDINATOR.role}), clerk.now())
        await pool_searches.cancel(search, request.user.account)
        return await _told(request, pool, store, pool_searches, search, HTTPStatus.OK)


async def _told(
    request: SignedIn,
    pool: Pool,
    store: EventStore,
    pool_searches: PoolSearches,
    search: UUID,
    status: HTTPStatus,
) -> Response[PoolSearchView]:
    found = await pool_searches.read(search, request.user.account)
    if found is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "operation.unknown")
    language = language_of(request)
    headers = said_in(language)
    if found.state.is_going_on:
        headers["Retry-After"] = "1"
    if status is HTTPStatus.ACCEPTED:
        headers["Location"] = f"/api/v1/company-reports/pool-suggestions/{search}"
    known = None if found.found is None else await known_for(pool, store, found.found)
    return Response(search_view(found, known, language), status_code=status, headers=headers)
