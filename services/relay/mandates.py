"""What the follow-up of a resolution waits for."""

from collections.abc import Sequence
from uuid import UUID

from domain.concepts.events import ConceptAdopted
from domain.steering.need_review_events import NeedReviewClosed
from domain.steering.resolution import Annulled, Revoked
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_events import (
    LetterSent,
    MandateExtended,
    MandateFulfilled,
    MandateReopened,
    ResolutionAnnulled,
    ResolutionPassed,
    ResolutionRevoked,
)
from domain.working_groups.events import WorkingGroupDissolved, WorkingGroupEstablished
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.relay.process import Process, events
from services.steering_log import resolutions_asking_for
from workflows.mandate_follow_up import MandateStart, workflow_id

MANDATE_TOPICS = tuple(
    event.TOPIC
    for event in (
        ResolutionPassed,
        LetterSent,
        MandateExtended,
        MandateFulfilled,
        MandateReopened,
        ResolutionRevoked,
        ResolutionAnnulled,
    )
)
"""What changes when it is to act, or may fulfil the mandate."""

RESULTS = (WorkingGroupEstablished, WorkingGroupDissolved, ConceptAdopted, NeedReviewClosed)
"""What mandates ask for. People may be faster than the process."""


def _start(resolution: UUID) -> MandateStart:
    return MandateStart(resolution=resolution)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    """What it asks nothing more of may still have to be carried out, which is done once."""
    return isinstance(RESOLUTION.replay(events(entries)), Annulled | Revoked)


async def _that_asked_for_it(
    store: EventStore, entry: LogEntry, connection: Connection | None
) -> Sequence[UUID]:
    return await resolutions_asking_for(store, entry.originator_id, connection)


MANDATES = Process(
    "MandateFollowUp",
    MANDATE_TOPICS,
    workflow_id,
    _start,
    _has_ended,
    others={event.TOPIC: _that_asked_for_it for event in RESULTS},
)
