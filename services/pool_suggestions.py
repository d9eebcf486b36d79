"""Which reports could be put together into courses, as the solver suggests it."""

from datetime import date
from uuid import UUID

import msgspec

from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.record import Record
from domain.language_needs.report import Triaged
from domain.pooling.demands import problem_of
from domain.pooling.left_over import LeftOver, left_over
from domain.pooling.problem import Problem
from services.catalogues.course_types import course_types
from services.catalogues.places import distances
from services.course_offer_reading import Wanted, offer_in_row, offers_on
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.pooling.asking import Solver
from services.pooling.solution import Solution

WAITING = """
    select id from company_report where stage = 'triaged' and pool is null
    order by submitted_at, id limit $1
"""
MOST = 2_000
"""Reports looked at together, the oldest first."""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    problem: Problem
    solution: Solution
    left: list[LeftOver]


async def suggested(
    pool: Pool, store: EventStore, solver: Solver, today: date, seconds: float
) -> Suggestion:
    """For the reports an answer is looked for that are in no pool; nothing is recorded.

    Raises SolverFailed and TimeoutError.
    """
    rows = await pool.fetch(WAITING, MOST)
    records = [record for row in rows if (record := await _record(store, row["id"])) is not None]
    offers = [
        offer_in_row(row)
        for row in await offers_on(pool, today, Wanted(starts_from=today))
        if row["stage"] == "offered"
    ]
    problem = problem_of(records, offers, course_types().types.values(), distances(), today)
    solution = await solver.ask(problem, seconds)
    return Suggestion(problem=problem, solution=solution, left=left_over(problem, solution.plan))


async def _record(store: EventStore, report: UUID) -> Record | None:
    """The report, if it still waits for an answer in no pool."""
    entries = await store.load(report)
    state = COMPANY_REPORT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]
    return state.record if isinstance(state, Triaged) and state.record.pool is None else None
