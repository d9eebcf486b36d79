"""A need review: its stages, and how they follow from what happened."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.steering import need_review_proposal
from domain.steering.need_review_events import (
    Evidence,
    EvidenceMeetingCorrected,
    EvidenceMeetingHeld,
    EvidenceMeetingWithdrawn,
    NeedOutcome,
    NeedReviewAbandoned,
    NeedReviewClosed,
    NeedReviewEvent,
    NeedReviewOpened,
    ProposalDropped,
    ProposalPutForward,
    ProposalResolved,
    ProposalTakenBack,
    ProposalTurnedDown,
    ProposalWritten,
)
from domain.steering.need_review_proposal import Proposal


class EvidenceMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded of it now. `withdrawn` says why it does not count, if so."""

    held_on: date
    fields: tuple[str, ...]
    attended: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    summary: str = ""
    withdrawn: str = ""


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows. `meetings` and `proposals` by their numbers, from 1 on."""

    review: UUID
    question: str
    fields: tuple[str, ...]
    resolution: UUID | None = None
    school_year: str = ""
    key: str = ""
    meetings: Mapping[int, EvidenceMeeting] = {}
    proposals: Mapping[int, Proposal] = {}

    @property
    def meetings_held(self) -> int:
        return sum(not meeting.withdrawn for meeting in self.meetings.values())


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Open(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    examined: Examined


class Closed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    examined: Examined
    outcome: NeedOutcome
    resolutions: tuple[UUID, ...]
    summary: str = ""


class Abandoned(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    examined: Examined
    reason: str


Existing: TypeAlias = Open | Closed | Abandoned
NeedReview: TypeAlias = Unknown | Existing


def stage_of(review: NeedReview) -> str:
    """The stage's name as it is stored, sent and shown, such as `open` or `closed`."""
    return type(review).__name__.lower()


def evolve(review: NeedReview, event: NeedReviewEvent) -> NeedReview:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, NeedReviewOpened):
        return Open(examined=Examined(**msgspec.structs.asdict(event)))
    if isinstance(review, Unknown):
        return review
    match event:
        case NeedReviewClosed():
            return Closed(
                examined=review.examined,
                outcome=event.outcome,
                resolutions=event.resolutions,
                summary=event.summary,
            )
        case NeedReviewAbandoned(reason=reason):
            return Abandoned(examined=review.examined, reason=reason)
        case EvidenceMeetingHeld() | EvidenceMeetingCorrected() | EvidenceMeetingWithdrawn():
            return msgspec.structs.replace(review, examined=_with_meeting(review.examined, event))
        case (
            ProposalWritten()
            | ProposalPutForward()
            | ProposalTakenBack()
            | ProposalDropped()
            | ProposalResolved()
            | ProposalTurnedDown()
        ):
            proposals = review.examined.proposals
            proposal = need_review_proposal.evolve(proposals.get(event.proposal), event)
            if proposal is None:
                return review
            proposals = {**proposals, event.proposal: proposal}
            examined = msgspec.structs.replace(review.examined, proposals=proposals)
            return msgspec.structs.replace(review, examined=examined)
        case _:
            assert_never(event)


def _with_meeting(
    examined: Examined,
    event: EvidenceMeetingHeld | EvidenceMeetingCorrected | EvidenceMeetingWithdrawn,
) -> Examined:
    if isinstance(event, EvidenceMeetingWithdrawn):
        before = examined.meetings.get(event.meeting)
        if before is None:
            return examined
        meeting = msgspec.structs.replace(before, withdrawn=event.reason)
    else:
        meeting = EvidenceMeeting(
            held_on=event.held_on,
            fields=event.fields,
            attended=event.attended,
            evidence=event.evidence,
            summary=event.summary,
        )
    meetings = {**examined.meetings, event.meeting: meeting}
    return msgspec.structs.replace(examined, meetings=meetings)
