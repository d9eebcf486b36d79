"""Suggests courses for several companies together, and puts a report into one."""

from datetime import date
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.language_needs.commands import LeavePool, PutIntoPool
from domain.pooling.left_over import WhyLeft
from domain.pooling.plan import PlannedCourse, learners_in
from domain.pooling.problem import TimeClass, pool_id
from services.api import bounds
from services.api.access import SignedIn
from services.api.course_offers import today
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import require
from services.identity.relations import COORDINATOR
from services.pool_suggestions import Suggestion, suggested
from services.pooling.asking import Solver
from services.pooling.solution import Certainty
from services.settings import Settings

SECONDS = 10.0
"""The longest somebody waits; a county's reports of a month take less than one."""


class PoolMember(msgspec.Struct, frozen=True, kw_only=True):
    """A group of a report, counted from 0, with so many of its learners."""

    report: UUID
    group: int
    learners: int


class SuggestedPool(msgspec.Struct, frozen=True, kw_only=True):
    """A course that these groups could fill. `place` is a municipality's key, or `online`.

    `shape` is the type of course and the levels it leads from and to. The same companies in the
    same course have the same `pool`, however often it is suggested.
    """

    pool: UUID
    shape: str
    place: str
    time: TimeClass
    starts_on: date
    learners: int
    members: list[PoolMember]


class SuggestedSeats(msgspec.Struct, frozen=True, kw_only=True):
    """Free seats of an offer that the group could take."""

    offer: UUID
    member: PoolMember


class NotPlaced(msgspec.Struct, frozen=True, kw_only=True):
    """A group in no course, and why: `together` of the `needed` learners could sit together."""

    member: PoolMember
    because: WhyLeft
    together: int
    needed: int


class PoolSuggestions(msgspec.Struct, frozen=True, kw_only=True):
    """What would serve most learners. `proof` is `optimal`, or how far it can be from the best.

    `gap_permyriad` is that distance in hundredths of a percent at most.
    """

    proof: Certainty
    gap_permyriad: int
    pools: list[SuggestedPool]
    seats: list[SuggestedSeats]
    not_placed: list[NotPlaced]


class PoolChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pool_id: UUID


class PoolLeaving(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pool_id: UUID
    reason: bounds.Reason


class PoolSuggestionController(Controller):
    """Companies that reach together what none reaches alone; a person decides."""

    path = "/company-reports"
    tags = ("Reports",)

    @post("/pool-suggestions", operation_id="planPools", status_code=200, responses=CHANGING)
    async def suggest(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        solver: NamedDependency[Solver],
        settings: NamedDependency[Settings],
    ) -> PoolSuggestions:
        """Look for the courses that serve most of those who wait. Nothing is recorded.

        It takes ten seconds at most. Reports that are in a pool already stay out of it.
        """
        require(request.user, frozenset({COORDINATOR.role}), clerk.now())
        found = await suggested(pool, store, solver, today(clerk, settings), SECONDS)
        return _view(found)

    @post(
        "/{report_id:uuid}/pool",
        operation_id="placeReportInPool",
        status_code=200,
        responses=CHANGING,
    )
    async def put_into_pool(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[PoolChoice],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Confirm that the report goes into this pool; refused if its company would not share."""
        command = PutIntoPool(report=report_id, pool=data.pool_id)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{report_id:uuid}/pool/leaving",
        operation_id="takeReportOutOfPool",
        status_code=200,
        responses=CHANGING,
    )
    async def leave_pool(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        data: JSONBody[PoolLeaving],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the report out of the pool again."""
        command = LeavePool(report=report_id, pool=data.pool_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)


def _view(found: Suggestion) -> PoolSuggestions:
    solution = found.solution
    return PoolSuggestions(
        proof=solution.proof,
        gap_permyriad=solution.gap_permyriad,
        pools=[_pool(found, course) for course in solution.plan.courses],
        seats=[
            SuggestedSeats(offer=seating.offer, member=_member(found, seating.demand))
            for seating in solution.plan.seatings
        ],
        not_placed=[
            NotPlaced(
                member=_member(found, left.demand),
                because=left.because,
                together=left.learners,
                needed=left.needed,
            )
            for left in found.left
        ],
    )


def _pool(found: Suggestion, course: PlannedCourse) -> SuggestedPool:
    setting, demands = course.setting, found.problem.demands
    return SuggestedPool(
        pool=pool_id(setting, (demands[index].report for index in course.members)),
        shape=setting.shape,
        place=setting.place,
        time=setting.time,
        starts_on=setting.start,
        learners=learners_in(found.problem, course.members),
        members=[_member(found, index) for index in course.members],
    )


def _member(found: Suggestion, index: int) -> PoolMember:
    demand = found.problem.demands[index]
    return PoolMember(report=demand.report, group=demand.group, learners=demand.learners)
