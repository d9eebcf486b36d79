"""What the process of an assessment round waits for."""

from collections.abc import Sequence
from uuid import UUID

from domain.assessments.course import Phase, course
from domain.assessments.decide_round import ROUND
from domain.assessments.events import RoundAnnounced, RoundCancelled, WindowClosed, WindowExtended
from services.eventstore.record import LogEntry
from services.relay.process import Process, events
from workflows.assessment_round import RoundStart, workflow_id

ROUND_TOPICS = tuple(
    event.TOPIC for event in (RoundAnnounced, WindowExtended, WindowClosed, RoundCancelled)
)
"""What people may do to a round. Results and submissions do not change when it is to act."""


def _start(assessment_round: UUID) -> RoundStart:
    return RoundStart(round=assessment_round)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    """How a round ends depends on what was planned."""
    return course(ROUND.replay(events(entries))).phase is Phase.ENDED


ROUNDS = Process("AssessmentRound", ROUND_TOPICS, workflow_id, _start, _has_ended)
