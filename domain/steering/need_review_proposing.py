"""Proposals are written and put before the body, which takes them up or turns them down."""

from collections.abc import Sequence

from domain.steering.agenda import Alternative, ItemKind
from domain.steering.mandate import GroupMandate
from domain.steering.minutes import Decided
from domain.steering.need_review import Examined
from domain.steering.need_review_commands import (
    DropProposal,
    NoteRejection,
    NoteResolution,
    PutProposalForward,
    TakeProposalBack,
    WriteProposal,
)
from domain.steering.need_review_context import NeedReviewContext
from domain.steering.need_review_errors import (
    AdoptedByBody,
    MalformedAlternatives,
    NothingExamined,
    NotOnTheAgenda,
    NotTurnedDown,
    ProposalChanged,
    ProposalNotNext,
    ProposalNotPutForward,
    ProposalNotWritten,
    ResolutionOfSomethingElse,
    ReviewReasonMissing,
    ReviewTextMissing,
    UnknownProposal,
)
from domain.steering.need_review_events import (
    NeedReviewEvent,
    ProposalDropped,
    ProposalPutForward,
    ProposalResolved,
    ProposalTakenBack,
    ProposalTurnedDown,
    ProposalWritten,
)
from domain.steering.need_review_proposal import (
    Dropped,
    Proposal,
    PutForward,
    Resolved,
    TurnedDown,
    Wording,
    Written,
    stage_of,
)
from domain.steering.resolution import Annulled, InForce


def write_proposal(command: WriteProposal, examined: Examined) -> Sequence[NeedReviewEvent]:
    """The next proposal, or another version of one. The same again is no new version."""
    this = examined.proposals.get(command.proposal)
    following = len(examined.proposals) + 1
    if this is None and command.proposal != following:
        raise ProposalNotNext(command.proposal, following)
    if not command.title.strip():
        raise ReviewTextMissing
    _check_alternatives(command.proposal, command.alternatives)
    if this is not None and not isinstance(this, Written):
        raise ProposalNotWritten(command.proposal, stage_of(this))
    current = 0 if this is None else this.wording.version
    wording = Wording(
        version=current,
        title=command.title,
        reasons=command.reasons,
        alternatives=command.alternatives,
    )
    if this is not None and this.wording == wording:
        return []
    if command.based_on != current:
        raise ProposalChanged(command.proposal, command.based_on, current)
    return [
        ProposalWritten(
            review=examined.review,
            proposal=command.proposal,
            version=current + 1,
            title=command.title,
            reasons=command.reasons,
            alternatives=command.alternatives,
        )
    ]


def _check_alternatives(proposal: int, alternatives: Sequence[Alternative]) -> None:
    keys = {one.key for one in alternatives}
    are_complete = all(one.key.strip() and one.text.strip() for one in alternatives)
    if not alternatives or len(keys) != len(alternatives) or not are_complete:
        raise MalformedAlternatives(proposal)


def put_forward(
    command: PutProposalForward, examined: Examined, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    """As an item to be voted on, once something was found out."""
    this = _proposal(command.proposal, examined)
    if isinstance(this, PutForward) and (this.session, this.item) == (
        command.session,
        command.item,
    ):
        return []
    if not isinstance(this, Written):
        raise ProposalNotWritten(command.proposal, stage_of(this))
    if not examined.meetings_held:
        raise NothingExamined
    if context.item is None or context.item.kind is not ItemKind.PROPOSAL:
        raise NotOnTheAgenda(str(command.session), str(command.item))
    return [
        ProposalPutForward(
            review=examined.review,
            proposal=command.proposal,
            version=this.wording.version,
            session=command.session,
            item=command.item,
        )
    ]


def take_back(
    command: TakeProposalBack, examined: Examined, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    """Deferred, or only recommended on, or its vote was annulled after it had been resolved."""
    this = _proposal(command.proposal, examined)
    _check_reason(command.reason)
    if isinstance(this, Written):
        return []
    is_void = isinstance(this, Resolved) and isinstance(context.resolution, Annulled)
    if not isinstance(this, PutForward) and not is_void:
        raise ProposalNotPutForward(command.proposal, stage_of(this))
    if any(count.decided is Decided.ADOPTED for count in context.counts):
        raise AdoptedByBody(command.proposal)
    return [
        ProposalTakenBack(review=examined.review, proposal=command.proposal, reason=command.reason)
    ]


def drop_proposal(command: DropProposal, examined: Examined) -> Sequence[NeedReviewEvent]:
    """Only one that is not before the body."""
    this = _proposal(command.proposal, examined)
    _check_reason(command.reason)
    if isinstance(this, Dropped):
        return []
    if not isinstance(this, Written):
        raise ProposalNotWritten(command.proposal, stage_of(this))
    return [
        ProposalDropped(review=examined.review, proposal=command.proposal, reason=command.reason)
    ]


def note_resolution(
    command: NoteResolution, examined: Examined, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    """The resolution is of the very item of the session that the proposal is."""
    this = _proposal(command.proposal, examined)
    if isinstance(this, Resolved) and this.resolution == command.resolution:
        return []
    if not isinstance(this, PutForward):
        raise ProposalNotPutForward(command.proposal, stage_of(this))
    resolution = context.resolution
    if not isinstance(resolution, InForce):
        raise ResolutionOfSomethingElse(command.proposal, str(command.resolution))
    passed = resolution.passed
    if (passed.session, passed.item) != (this.session, this.item):
        raise ResolutionOfSomethingElse(command.proposal, str(command.resolution))
    return [
        ProposalResolved(
            review=examined.review,
            proposal=command.proposal,
            resolution=command.resolution,
            establishes_group=isinstance(passed.mandate, GroupMandate),
        )
    ]


def note_rejection(
    command: NoteRejection, examined: Examined, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    """The session is over, it voted with a quorum on every wording put, and adopted none."""
    this = _proposal(command.proposal, examined)
    if isinstance(this, TurnedDown):
        return []
    if not isinstance(this, PutForward):
        raise ProposalNotPutForward(command.proposal, stage_of(this))
    decided = {count.decided for count in context.counts}
    if not context.is_closed or decided != {Decided.REJECTED}:
        raise NotTurnedDown(command.proposal)
    return [
        ProposalTurnedDown(
            review=examined.review,
            proposal=command.proposal,
            session=this.session,
            item=this.item,
        )
    ]


def _proposal(number: int, examined: Examined) -> Proposal:
    this = examined.proposals.get(number)
    if this is None:
        raise UnknownProposal(number)
    return this


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReviewReasonMissing
