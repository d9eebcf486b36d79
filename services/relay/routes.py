"""Which events which process waits for."""

from domain.concepts.events import (
    ConceptOpened,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    ConsultationClosed,
    ConsultationExtended,
    ConsultationOpened,
)
from services.eventstore.record import LogEntry
from workflows import concept_agreement

CONCEPT_TOPICS = tuple(
    event.TOPIC
    for event in (
        ConceptOpened,
        ConsultationOpened,
        ConsultationExtended,
        ConsultationClosed,
        ConceptPublished,
        ConceptSuperseded,
        ConceptWithdrawn,
        ConceptReopened,
    )
)
"""Only what changes the course of time. Answers do not: who is missing is asked when it matters."""


def workflow_id(entry: LogEntry) -> str:
    """The process that waits for this event."""
    return concept_agreement.workflow_id(entry.originator_id)
