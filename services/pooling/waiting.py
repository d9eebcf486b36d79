"""Who waits for a course and what is offered, as the question the solver is asked."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

from domain.course_offers.offer import Offered
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import Priority
from domain.language_needs.report import Triaged
from domain.pooling.demands import Waiting
from services.course_offer_reading import Wanted, offer_in_row, offers_on
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.pooling.suggestion import Question

WAITING = """
    select id from company_report as report
    where stage = 'triaged' and report.pool is null and not exists (
        select from course_pool_member as member join course_pool on course_pool.id = member.pool
        where member.report = report.id and member.standing in ('asked', 'agreed')
            and course_pool.standing <> 'dissolved'
    )
    order by submitted_at, id limit $1
"""
MOST = 2_000
"""Reports looked at together, the oldest first."""


async def question_of(pool: Pool, store: EventStore, day: date, seconds: float) -> Question:
    """All reports an answer is looked for that are in no pool, and the offers of the day.

    Nobody's name and no contact goes into it.
    """
    reports = [row["id"] for row in await pool.fetch(WAITING, MOST)]
    offers = [offer_in_row(row) for row in await offers_on(pool, day, Wanted(starts_from=day))]
    return Question(
        waiting=tuple([waiting async for waiting in _waiting(store, reports)]),
        offers=tuple(offer for offer in offers if isinstance(offer, Offered)),
        day=day,
        seconds=seconds,
    )


async def _waiting(store: EventStore, reports: list[UUID]) -> AsyncIterator[Waiting]:
    """Those that still wait in no pool, as the log has them."""
    for report in reports:
        entries = await store.load(report)
        state = COMPANY_REPORT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]
        if isinstance(state, Triaged) and state.record.pool is None:
            record = state.record
            yield Waiting(
                report=report,
                need=record.need,
                home=record.need.place.municipality or record.company.municipality,
                is_urgent=record.priority is Priority.URGENT,
            )
