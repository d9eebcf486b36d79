"""What the agreement on a concept waits for."""

from collections.abc import Sequence
from uuid import UUID

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
from services.relay.process import Process
from workflows.concept_agreement import Start, workflow_id

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


def _start(concept: UUID) -> Start:
    return Start(concept=concept)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    *_, last = (entry.topic for entry in entries if entry.topic in CONCEPT_TOPICS)
    return last in {ConceptSuperseded.TOPIC, ConceptWithdrawn.TOPIC}


CONCEPTS = Process("ConceptAgreement", CONCEPT_TOPICS, workflow_id, _start, _has_ended)
