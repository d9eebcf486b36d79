"""What decisions about a need review look at: resolutions, and votes on its proposals."""

from typing import get_args
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.kernel import Context
from domain.steering.need_review import Examined, Unknown
from domain.steering.need_review_commands import (
    AbandonNeedReview,
    NeedReviewCommand,
    NoteRejection,
    NoteResolution,
    OpenReviewByResolution,
    PutProposalForward,
    TakeProposalBack,
)
from domain.steering.need_review_context import NeedReviewContext
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_proposal import PutForward, Resolved
from domain.steering.resolution import Resolution
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_vote import counts_on
from domain.steering.session import Approved, Drafted, Held, Released, Session
from domain.steering.session import Unknown as NoSession
from domain.steering.session_decide import SESSION
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore


class ReviewContexts(Contexts):
    """Loads the resolutions and sessions that a review's commands name or rest on."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(NeedReviewCommand), (NEED_REVIEW, self._context))

    async def _context(self, command: NeedReviewCommand, context: Context) -> Context:
        basis = NeedReviewContext(at=context.at, by=context.by, calendar=self._calendar)
        match command:
            case OpenReviewByResolution(resolution=resolution):
                return await self._with_resolution(basis, resolution)
            case NoteResolution(resolution=resolution):
                return await self._with_resolution(basis, resolution)
            case PutProposalForward(session=session, item=item):
                there = await self._session(session)
                on_it = None if isinstance(there, NoSession) else there.record.item(item)
                return msgspec.structs.replace(basis, item=on_it)
            case TakeProposalBack() | NoteRejection():
                return await self._with_proposal(basis, command)
            case AbandonNeedReview(review=review):
                examined = await self._examined(review)
                return await self._with_resolution(basis, examined and examined.resolution)
            case _:
                return basis

    async def _with_proposal(
        self, basis: NeedReviewContext, command: TakeProposalBack | NoteRejection
    ) -> NeedReviewContext:
        """With what the body did with it.

        Of one that was resolved only the resolution: if it was void, later votes are on it anew.
        """
        examined = await self._examined(command.review)
        proposal = examined and examined.proposals.get(command.proposal)
        if isinstance(proposal, Resolved):
            return await self._with_resolution(basis, proposal.resolution)
        if not isinstance(proposal, PutForward):
            return basis
        session = await self._session(proposal.session)
        return msgspec.structs.replace(
            basis,
            counts=counts_on(session, proposal.item),
            is_closed=isinstance(session, Held | Drafted | Approved | Released),
        )

    async def _with_resolution(
        self, basis: NeedReviewContext, stream: UUID | None
    ) -> NeedReviewContext:
        if stream is None:
            return basis
        resolution: Resolution = await self._streams.state(RESOLUTION, stream)
        return msgspec.structs.replace(basis, resolution=resolution)

    async def _examined(self, stream: UUID) -> Examined | None:
        review = await self._streams.state(NEED_REVIEW, stream)
        return None if isinstance(review, Unknown) else review.examined

    async def _session(self, stream: UUID) -> Session:
        return await self._streams.state(SESSION, stream)
