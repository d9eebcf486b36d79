"""What the process of a company's report waits for."""

from collections.abc import Sequence
from typing import get_args
from uuid import UUID

from domain.course_pools.events import (
    PoolAgreed,
    PoolDeclined,
    PoolDissolved,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)
from domain.course_pools.pool import taking_part
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import (
    Escalated,
    HolderReminded,
    OfferProposed,
    ReportEvent,
    ReportLeftPool,
    ReportPutIntoPool,
)
from domain.language_needs.events_end import UnmetNeedNoted
from domain.language_needs.report import Closed, Withdrawn
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.pool_log import pools
from services.relay.process import Process, events
from workflows.language_need import ReportStart, workflow_id

OWN = (HolderReminded, Escalated)
"""What it has recorded itself it knows."""

BESIDE = (OfferProposed, ReportPutIntoPool, ReportLeftPool, UnmetNeedNoted)
"""What leaves the report with whoever holds it."""

WHO_IS_IN = (
    PoolProposed,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolAgreed,
    PoolDeclined,
    PoolDissolved,
)
"""What a report follows. That a pool is formed leaves everybody in it."""

REPORT_TOPICS = tuple(
    event.TOPIC for event in get_args(ReportEvent) if event not in (*OWN, *BESIDE)
)
"""What hands a report on or ends it."""


def _start(report: UUID) -> ReportStart:
    return ReportStart(report=report)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    return isinstance(COMPANY_REPORT.replay(events(entries)), Closed | Withdrawn)


async def _in_the_pool(
    store: EventStore, entry: LogEntry, connection: Connection | None
) -> Sequence[UUID]:
    """The reports that join or leave their pool by this event."""
    match entry.event:
        case PoolProposed(members=members):
            return [member.report for member in members]
        case PoolMemberAdded() | PoolMemberRemoved() | PoolAgreed() | PoolDeclined() as event:
            return [event.report]
        case _:
            found = await pools(store, connection)
            return [
                member.report
                for pool in found
                if pool.pool == entry.originator_id
                for member in taking_part(pool)
            ]


LANGUAGE_NEEDS = Process(
    "LanguageNeed",
    REPORT_TOPICS,
    workflow_id,
    _start,
    _has_ended,
    others={event.TOPIC: _in_the_pool for event in WHO_IS_IN},
)
