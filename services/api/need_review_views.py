"""How a need review looks from outside: its question, what was found, what became of proposals."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from domain.steering.agenda import Alternative
from domain.steering.need_review import Abandoned, Closed, EvidenceMeeting, Existing, stage_of
from domain.steering.need_review_events import Evidence, NeedOutcome
from domain.steering.need_review_proposal import (
    Dropped,
    Proposal,
    PutForward,
    Resolved,
    TurnedDown,
)
from domain.steering.need_review_proposal import stage_of as stage_of_proposal
from services.api.replaying import At
from services.eventstore.record import LogEntry


class NeedReviewSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `meetings` are the evidence meetings that count."""

    id: UUID
    question: str
    fields: list[str]
    resolution: UUID | None
    school_year: str
    key: str
    stage: str
    outcome: NeedOutcome | None
    meetings: int
    opened_at: datetime
    version: int
    position: int
    changed_at: datetime


class EvidenceMeetingView(msgspec.Struct, frozen=True, kw_only=True):
    """`withdrawn` says why it does not count, if so; `position` is its last place in the log."""

    number: int
    held_on: date
    fields: list[str]
    attended: list[str]
    evidence: list[Evidence]
    summary: str
    withdrawn: str
    position: int


class ReviewProposalView(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal: its latest wording, and where it is or was before the body."""

    number: int
    stage: str
    version: int
    title: str
    reasons: str
    alternatives: list[Alternative]
    session: UUID | None
    item: UUID | None
    resolution: UUID | None
    establishes_group: bool
    dropped_because: str
    position: int


class NeedReviewView(msgspec.Struct, frozen=True, kw_only=True):
    """A need review at a moment. `resolution` asked for it, `resolutions` decided it."""

    id: UUID
    question: str
    fields: list[str]
    resolution: UUID | None
    school_year: str
    key: str
    stage: str
    meetings: list[EvidenceMeetingView]
    proposals: list[ReviewProposalView]
    outcome: NeedOutcome | None
    resolutions: list[UUID]
    summary: str
    abandoned_because: str
    version: int
    position: int
    changed_at: datetime


def need_review_summary(row: Record) -> NeedReviewSummary:
    return NeedReviewSummary(
        id=row["id"],
        question=row["question"],
        fields=row["fields"],
        resolution=row["resolution"],
        school_year=row["school_year"],
        key=row["key"],
        stage=row["stage"],
        outcome=NeedOutcome(row["outcome"]) if row["outcome"] else None,
        meetings=row["meetings"],
        opened_at=row["opened_at"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )


def need_review_view(found: At[Existing]) -> NeedReviewView:
    """The review as it follows from these entries."""
    this, examined = found.state, found.state.examined
    meetings = _positions(found.entries, "meeting")
    proposals = _positions(found.entries, "proposal")
    closed = this if isinstance(this, Closed) else None
    return NeedReviewView(
        id=examined.review,
        question=examined.question,
        fields=list(examined.fields),
        resolution=examined.resolution,
        school_year=examined.school_year,
        key=examined.key,
        stage=stage_of(this),
        meetings=[
            _meeting(number, meeting, meetings[number])
            for number, meeting in examined.meetings.items()
        ],
        proposals=[
            _proposal(number, proposal, proposals[number])
            for number, proposal in examined.proposals.items()
        ],
        outcome=closed.outcome if closed else None,
        resolutions=list(closed.resolutions) if closed else [],
        summary=closed.summary if closed else "",
        abandoned_because=this.reason if isinstance(this, Abandoned) else "",
        version=found.version,
        position=found.position,
        changed_at=found.entries[-1].recorded_at,
    )


def _positions(entries: Sequence[LogEntry], of: str) -> Mapping[int, int]:
    """The last place in the log at which something happened to each meeting or proposal."""
    return {
        number: entry.position
        for entry in entries
        if (number := getattr(entry.event, of, None)) is not None
    }


def _meeting(number: int, meeting: EvidenceMeeting, position: int) -> EvidenceMeetingView:
    return EvidenceMeetingView(
        number=number,
        held_on=meeting.held_on,
        fields=list(meeting.fields),
        attended=list(meeting.attended),
        evidence=list(meeting.evidence),
        summary=meeting.summary,
        withdrawn=meeting.withdrawn,
        position=position,
    )


def _proposal(number: int, proposal: Proposal, position: int) -> ReviewProposalView:
    wording = proposal.wording
    before = proposal if isinstance(proposal, PutForward | TurnedDown) else None
    resolved = proposal if isinstance(proposal, Resolved) else None
    return ReviewProposalView(
        number=number,
        stage=stage_of_proposal(proposal),
        version=wording.version,
        title=wording.title,
        reasons=wording.reasons,
        alternatives=list(wording.alternatives),
        session=before.session if before else None,
        item=before.item if before else None,
        resolution=resolved.resolution if resolved else None,
        establishes_group=resolved.establishes_group if resolved else False,
        dropped_because=proposal.reason if isinstance(proposal, Dropped) else "",
        position=position,
    )
