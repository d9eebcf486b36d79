"""How far the file of a person is on its way to erasure: one stage after the other."""

from datetime import date, datetime
from typing import TypeAlias, assert_never

import msgspec

from domain.retention.classes import RetentionClass
from domain.retention.events import (
    ArchiveAnswer,
    ArchiveAnswered,
    ArchiveOffered,
    ErasureConfirmed,
    ErasurePostponed,
    ErasureProposed,
    ProposalWithdrawn,
    RetentionEvent,
)

STAGES = (
    "not-proposed",
    "proposed",
    "offered",
    "answered",
    "confirmed",
    "withdrawn",
    "erased",
)
"""What people call the stages of a file; erased outside the plan too."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What was proposed, by the class as it was then."""

    retained: RetentionClass
    closed_on: date
    due: date
    postponed_until: date | None = None


class NotProposed(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing is proposed. After a withdrawal, `withdrawn_for` is the closing it was about."""

    withdrawn_for: date | None = None


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    proposal: Proposal


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """The archive may answer until `answer_due`."""

    proposal: Proposal
    answer_due: datetime


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    proposal: Proposal
    answer: ArchiveAnswer


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """The erasure is recorded in the same decision."""

    proposal: Proposal


Open: TypeAlias = Proposed | Offered | Answered
Case: TypeAlias = NotProposed | Open | Confirmed


def evolve(case: Case, event: RetentionEvent) -> Case:
    if isinstance(event, ErasureProposed):
        proposal = Proposal(
            retained=event.retention_class, closed_on=event.closed_on, due=event.due
        )
        return Proposed(proposal=proposal)
    if isinstance(case, NotProposed):
        return case
    match event:
        case ArchiveOffered():
            return Offered(proposal=case.proposal, answer_due=event.answer_due)
        case ArchiveAnswered():
            return Answered(proposal=case.proposal, answer=event.answer)
        case ErasurePostponed():
            postponed = msgspec.structs.replace(case.proposal, postponed_until=event.until)
            return msgspec.structs.replace(case, proposal=postponed)
        case ProposalWithdrawn():
            closed_on = case.proposal.closed_on
            return NotProposed(withdrawn_for=None if event.is_not_due else closed_on)
        case ErasureConfirmed():
            return Confirmed(proposal=case.proposal)
        case _:
            assert_never(event)


def stage_of(case: Case) -> str:
    """The code word of the stage, e.g. `offered`."""
    match case:
        case NotProposed(withdrawn_for=closed_on):
            return "not-proposed" if closed_on is None else "withdrawn"
        case Proposed():
            return "proposed"
        case Offered():
            return "offered"
        case Answered():
            return "answered"
        case Confirmed():
            return "confirmed"
        case _:
            assert_never(case)
