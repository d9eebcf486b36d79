"""A proposal of a need review: written, put before the body, and what the body did with it."""

from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.steering.agenda import Alternative
from domain.steering.need_review_events import (
    ProposalDropped,
    ProposalPutForward,
    ProposalResolved,
    ProposalTakenBack,
    ProposalTurnedDown,
    ProposalWritten,
)


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What is proposed. `version` counts from 1."""

    version: int
    title: str
    reasons: str
    alternatives: tuple[Alternative, ...]


class Written(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    wording: Wording


class PutForward(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It is before the body, as this item of this session."""

    wording: Wording
    session: UUID
    item: UUID


class Dropped(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    wording: Wording
    reason: str


class Resolved(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    wording: Wording
    resolution: UUID
    establishes_group: bool


class TurnedDown(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    wording: Wording
    session: UUID
    item: UUID


Proposal: TypeAlias = Written | PutForward | Dropped | Resolved | TurnedDown
ProposalEvent: TypeAlias = (
    ProposalWritten
    | ProposalPutForward
    | ProposalTakenBack
    | ProposalDropped
    | ProposalResolved
    | ProposalTurnedDown
)

STAGES = {
    Written: "written",
    PutForward: "put-forward",
    Dropped: "dropped",
    Resolved: "resolved",
    TurnedDown: "turned-down",
}


def stage_of(proposal: Proposal) -> str:
    """The stage's name as it is stored, sent and shown, such as `put-forward`."""
    return STAGES[type(proposal)]


def evolve(proposal: Proposal | None, event: ProposalEvent) -> Proposal | None:
    """The proposal after the event; None if there is none it could be about."""
    if isinstance(event, ProposalWritten):
        wording = Wording(
            version=event.version,
            title=event.title,
            reasons=event.reasons,
            alternatives=event.alternatives,
        )
        return Written(wording=wording)
    if proposal is None:
        return None
    wording = proposal.wording
    match event:
        case ProposalPutForward(session=session, item=item):
            return PutForward(wording=wording, session=session, item=item)
        case ProposalTakenBack():
            return Written(wording=wording)
        case ProposalDropped(reason=reason):
            return Dropped(wording=wording, reason=reason)
        case ProposalResolved():
            return Resolved(
                wording=wording,
                resolution=event.resolution,
                establishes_group=event.establishes_group,
            )
        case ProposalTurnedDown(session=session, item=item):
            return TurnedDown(wording=wording, session=session, item=item)
        case _:
            assert_never(event)
