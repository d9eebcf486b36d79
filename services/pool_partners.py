"""Who the others in a shared course are: said to nobody before all of them have agreed.

The one place that lets companies know of each other, for pages and mails alike.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.course_pools.pool import Existing, Formed, is_in, taking_part
from domain.kernel import Erased
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.report import Unknown, Withdrawn
from services.eventstore.store import EventStore


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """A company that shares the course; without a name once that was erased.

    `municipality` is its AGS, empty outside the county.
    """

    name: str
    municipality: str
    learners: int


async def partners_of(store: EventStore, pool: Existing, report: UUID) -> Sequence[Partner]:
    """The others, for the company of this report; nobody unless it is in and all have agreed."""
    if not isinstance(pool, Formed) or not is_in(pool, report):
        return ()
    others = [member for member in taking_part(pool) if member.report != report]
    found = [await _partner(store, member.report, member.learners) for member in others]
    return [partner for partner in found if partner is not None]


async def _partner(store: EventStore, report: UUID, learners: int) -> Partner | None:
    """None if it has withdrawn, and its process has not taken it out of the pool yet."""
    entries = await store.load(report)
    state = COMPANY_REPORT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if isinstance(state, Unknown | Withdrawn):
        return None
    record = state.record
    name = record.company_name
    return Partner(
        name="" if isinstance(name, Erased) else name,
        municipality=record.company.municipality,
        learners=learners,
    )
