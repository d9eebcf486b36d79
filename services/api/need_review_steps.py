"""The course of a need review: evidence meetings, and proposals put before the body."""

from uuid import UUID

from litestar import Controller, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.need_review_commands import (
    CorrectEvidence,
    DropProposal,
    NoteRejection,
    NoteResolution,
    PutProposalForward,
    RecordEvidence,
    TakeProposalBack,
    WithdrawEvidence,
    WriteProposal,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    version_of,
)
from services.api.need_review_bodies import (
    EvidenceCorrection,
    EvidenceMeetingDraft,
    MeetingInPath,
    ProposalInPath,
    PuttingForward,
    ReviewProposal,
    TakenUp,
    alternatives_of,
    evidence_of,
)
from services.api.problems import CHANGING
from services.api.sections import Because


class EvidenceController(Controller):
    """What is found out."""

    path = "/need-reviews/{review_id:uuid}/meetings"
    tags = ("Steering",)

    @post("/", operation_id="recordEvidence", status_code=200, responses=CHANGING)
    async def record_evidence(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        data: JSONBody[EvidenceMeetingDraft],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record an evidence meeting: who was there, and what was found in which field."""
        bounds.checked_day(data.held_on, pointer="/held_on")
        command = RecordEvidence(
            review=review_id,
            meeting=data.meeting,
            held_on=data.held_on,
            fields=data.fields,
            attended=data.attended,
            evidence=evidence_of(data),
            summary=data.summary,
        )
        return await clerk.answer(request, command, key=key)

    @post(
        "/{meeting:int}/correction",
        operation_id="correctEvidence",
        status_code=200,
        responses=CHANGING,
    )
    async def correct_evidence(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        meeting: MeetingInPath,
        data: JSONBody[EvidenceCorrection],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Correct what was recorded of a meeting, with a reason."""
        bounds.checked_day(data.held_on, pointer="/held_on")
        command = CorrectEvidence(
            review=review_id,
            meeting=meeting,
            held_on=data.held_on,
            fields=data.fields,
            attended=data.attended,
            evidence=evidence_of(data),
            summary=data.summary,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{meeting:int}/withdrawal",
        operation_id="withdrawEvidence",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_evidence(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        meeting: MeetingInPath,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Withdraw a meeting that was recorded by mistake."""
        command = WithdrawEvidence(review=review_id, meeting=meeting, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)


class ReviewProposalController(Controller):
    """What is proposed, and what the body did with it."""

    path = "/need-reviews/{review_id:uuid}/proposals/{proposal:int}"
    tags = ("Steering",)

    @put("/", operation_id="draftProposal", responses=CHANGING)
    async def write_proposal(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        proposal: ProposalInPath,
        data: JSONBody[ReviewProposal],
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Save a new version of a proposal; `If-Match` names the version it is based on, or 0."""
        command = WriteProposal(
            review=review_id,
            proposal=proposal,
            title=data.title,
            reasons=data.reasons,
            alternatives=alternatives_of(data),
            based_on=version_of(if_match),
        )
        return decided(await clerk.decide(request, command))

    @post("/submission", operation_id="submitProposal", status_code=200, responses=CHANGING)
    async def put_forward(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        proposal: ProposalInPath,
        data: JSONBody[PuttingForward],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Put the proposal before the body, as an item of a session."""
        command = PutProposalForward(
            review=review_id, proposal=proposal, session=data.session, item=data.item
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/return", operation_id="returnProposal", status_code=200, responses=CHANGING)
    async def take_back(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        proposal: ProposalInPath,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the proposal back to write it anew: it was deferred, or its vote was void."""
        command = TakeProposalBack(review=review_id, proposal=proposal, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/dropping", operation_id="dropProposal", status_code=200, responses=CHANGING)
    async def drop_proposal(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        proposal: ProposalInPath,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Drop a proposal that is not before the body, with a reason."""
        command = DropProposal(review=review_id, proposal=proposal, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/resolution",
        operation_id="recordProposalResolution",
        status_code=200,
        responses=CHANGING,
    )
    async def note_resolution(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        proposal: ProposalInPath,
        data: JSONBody[TakenUp],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note that the body took the proposal up by this resolution."""
        command = NoteResolution(review=review_id, proposal=proposal, resolution=data.resolution)
        return await clerk.answer(request, command, key=key)

    @post(
        "/rejection",
        operation_id="recordProposalRejection",
        status_code=200,
        responses=CHANGING,
    )
    async def note_rejection(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        proposal: ProposalInPath,
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note that the body voted on the proposal and adopted no wording of it."""
        command = NoteRejection(review=review_id, proposal=proposal)
        return await clerk.answer(request, command, key=key)
