"""What a need review decides: how it begins and ends, and dispatch to what lies between."""

import re
from collections.abc import Sequence
from typing import assert_never

from domain.assessments.wording import first_year
from domain.kernel import Aggregate
from domain.steering import need_review_evidence as evidence
from domain.steering import need_review_proposing as proposing
from domain.steering.mandate import ReviewMandate
from domain.steering.need_review import (
    Abandoned,
    Closed,
    Examined,
    Existing,
    NeedReview,
    Open,
    Unknown,
    evolve,
    stage_of,
)
from domain.steering.need_review_commands import (
    AbandonNeedReview,
    CloseNeedReview,
    CorrectEvidence,
    DropProposal,
    NeedReviewCommand,
    NoteRejection,
    NoteResolution,
    OpenNeedReview,
    OpenReviewByResolution,
    PutProposalForward,
    RecordEvidence,
    TakeProposalBack,
    WithdrawEvidence,
    WriteProposal,
)
from domain.steering.need_review_context import NeedReviewContext
from domain.steering.need_review_errors import (
    MalformedReviewKey,
    NothingResolved,
    ProposalsOpen,
    ReviewAlreadyOpened,
    ReviewIsMandated,
    ReviewNotMandated,
    ReviewOver,
    ReviewReasonMissing,
    ReviewTextMissing,
    UnknownReview,
)
from domain.steering.need_review_events import (
    NeedOutcome,
    NeedReviewAbandoned,
    NeedReviewClosed,
    NeedReviewEvent,
    NeedReviewOpened,
)
from domain.steering.need_review_proposal import PutForward, Resolved, Written
from domain.steering.resolution import Annulled, InForce, Revoked

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def decide(
    command: NeedReviewCommand, review: NeedReview, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    if isinstance(command, OpenNeedReview):
        return open_review(command, review)
    if isinstance(command, OpenReviewByResolution):
        return open_by_resolution(command, review, context)
    if isinstance(review, Unknown):
        raise UnknownReview(str(command.review))
    if isinstance(command, CloseNeedReview):
        return close_review(command, review)
    if isinstance(command, AbandonNeedReview):
        return abandon_review(command, review, context)
    if not isinstance(review, Open):
        raise ReviewOver(stage_of(review))
    return _while_it_is_open(command, review.examined, context)


def _while_it_is_open(  # noqa: C901, PLR0911 (one case for each command)
    command: NeedReviewCommand, examined: Examined, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    match command:
        case RecordEvidence():
            return evidence.record_evidence(command, examined, context)
        case CorrectEvidence():
            return evidence.correct_evidence(command, examined, context)
        case WithdrawEvidence():
            return evidence.withdraw_evidence(command, examined)
        case WriteProposal():
            return proposing.write_proposal(command, examined)
        case PutProposalForward():
            return proposing.put_forward(command, examined, context)
        case TakeProposalBack():
            return proposing.take_back(command, examined, context)
        case DropProposal():
            return proposing.drop_proposal(command, examined)
        case NoteResolution():
            return proposing.note_resolution(command, examined, context)
        case NoteRejection():
            return proposing.note_rejection(command, examined, context)
        case OpenNeedReview() | OpenReviewByResolution() | CloseNeedReview() | AbandonNeedReview():
            return []
        case _:
            assert_never(command)


def open_review(command: OpenNeedReview, review: NeedReview) -> Sequence[NeedReviewEvent]:
    """By the coordination, once under its key."""
    if not KEY.fullmatch(command.key):
        raise MalformedReviewKey(command.key)
    first_year(command.school_year)
    if not command.question.strip():
        raise ReviewTextMissing
    if not isinstance(review, Unknown):
        examined = review.examined
        if (examined.question, examined.fields) == (command.question, command.fields):
            return []
        raise ReviewAlreadyOpened(command.school_year, command.key)
    return [
        NeedReviewOpened(
            review=command.subject,
            question=command.question,
            fields=command.fields,
            school_year=command.school_year,
            key=command.key,
        )
    ]


def open_by_resolution(
    command: OpenReviewByResolution, review: NeedReview, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    """As a resolution in force says."""
    if not isinstance(review, Unknown):
        return []
    resolution = context.resolution
    if not isinstance(resolution, InForce):
        raise ReviewNotMandated(str(command.resolution))
    mandate = resolution.passed.mandate
    if not isinstance(mandate, ReviewMandate):
        raise ReviewNotMandated(str(command.resolution))
    return [
        NeedReviewOpened(
            review=command.subject,
            question=mandate.question,
            fields=mandate.fields,
            resolution=command.resolution,
        )
    ]


def close_review(command: CloseNeedReview, review: Existing) -> Sequence[NeedReviewEvent]:
    """Decided by one resolution or more; the outcome is what they say."""
    if isinstance(review, Closed):
        return []
    if not isinstance(review, Open):
        raise ReviewOver(stage_of(review))
    proposals = review.examined.proposals
    still_open = [n for n, one in proposals.items() if isinstance(one, Written | PutForward)]
    if still_open:
        raise ProposalsOpen(", ".join(map(str, still_open)))
    resolved = [one for one in proposals.values() if isinstance(one, Resolved)]
    if not resolved:
        raise NothingResolved
    is_needed = any(one.establishes_group for one in resolved)
    return [
        NeedReviewClosed(
            review=review.examined.review,
            outcome=NeedOutcome.GROUP_NEEDED if is_needed else NeedOutcome.NO_GROUP_NEEDED,
            resolutions=tuple(one.resolution for one in resolved),
            summary=command.summary,
        )
    ]


def abandon_review(
    command: AbandonNeedReview, review: Existing, context: NeedReviewContext
) -> Sequence[NeedReviewEvent]:
    """One that the body asked for only if its resolution no longer holds."""
    if not command.reason.strip():
        raise ReviewReasonMissing
    if isinstance(review, Abandoned):
        return []
    if not isinstance(review, Open):
        raise ReviewOver(stage_of(review))
    mandated_by = review.examined.resolution
    is_over = isinstance(context.resolution, Revoked | Annulled)
    if mandated_by is not None and not is_over:
        raise ReviewIsMandated(str(mandated_by))
    return [NeedReviewAbandoned(review=review.examined.review, reason=command.reason)]


NEED_REVIEW: Aggregate[NeedReviewCommand, NeedReviewEvent, NeedReview, NeedReviewContext] = (
    Aggregate("need-review", initial=Unknown(), evolve=evolve, decide=decide)
)
"""Whether a county-wide working group is needed."""
