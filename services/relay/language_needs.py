"""What the process of a company's report waits for."""

from collections.abc import Sequence
from typing import get_args
from uuid import UUID

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
from services.eventstore.record import LogEntry
from services.relay.process import Process, events
from workflows.language_need import ReportStart, workflow_id

OWN = (HolderReminded, Escalated)
"""What it has recorded itself it knows."""

BESIDE = (OfferProposed, ReportPutIntoPool, ReportLeftPool, UnmetNeedNoted)
"""What leaves the report with whoever holds it."""

REPORT_TOPICS = tuple(
    event.TOPIC for event in get_args(ReportEvent) if event not in (*OWN, *BESIDE)
)
"""What hands a report on or ends it."""


def _start(report: UUID) -> ReportStart:
    return ReportStart(report=report)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    return isinstance(COMPANY_REPORT.replay(events(entries)), Closed | Withdrawn)


LANGUAGE_NEEDS = Process("LanguageNeed", REPORT_TOPICS, workflow_id, _start, _has_ended)
