"""What is said and done to an item: worded anew, discussed, put off; who is in conflict; public."""

from uuid import UUID

import msgspec
from litestar import Controller, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.session_commands import (
    AmendProposal,
    DeclareConflict,
    DeferItem,
    DiscussItem,
    LiftConflict,
    PublishItem,
    ResumeItem,
    WithdrawPublication,
)
from services.api.access import SignedIn
from services.api.agenda import WordingDraft, alternative_of
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because
from services.api.session_bounds import ItemText
from services.api.session_planning import SeatOnly


class ItemDiscussion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the minutes are to say, in place of what was noted before."""

    text: ItemText


class ProceedingsController(Controller):
    """An item while people meet, and whether everybody may read it."""

    path = "/sessions/{session:uuid}/items/{item:uuid}"
    tags = ("Steering",)

    @post("/amendments", operation_id="amendProposal", status_code=200, responses=CHANGING)
    async def amend_proposal(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[WordingDraft],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Word an alternative anew that was not voted on yet, or add one."""
        command = AmendProposal(session=session, item=item, alternative=alternative_of(data))
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @put("/discussion", operation_id="discussItem", status_code=200, responses=CHANGING)
    async def discuss_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[ItemDiscussion],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note what the minutes are to say to the item."""
        command = DiscussItem(session=session, item=item, text=data.text)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/deferral", operation_id="deferItem", status_code=200, responses=CHANGING)
    async def defer_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Put the item off, with a reason, if nothing was adopted on it."""
        command = DeferItem(session=session, item=item, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/resumption", operation_id="resumeItem", status_code=200, responses=CHANGING)
    async def resume_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take up an item that had been put off."""
        command = ResumeItem(session=session, item=item)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/conflicts", operation_id="declareConflict", status_code=200, responses=CHANGING)
    async def declare_conflict(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[SeatOnly],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Declare a conflict of interest: the seat does not vote on this item."""
        command = DeclareConflict(session=session, item=item, seat=data.seat)
        return await clerk.answer(request, command, key=key)

    @post("/conflicts/lifting", operation_id="liftConflict", status_code=200, responses=CHANGING)
    async def lift_conflict(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[SeatOnly],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Lift a conflict of interest that was declared by mistake, before the vote."""
        command = LiftConflict(session=session, item=item, seat=data.seat)
        return await clerk.answer(request, command, key=key)

    @post("/publication", operation_id="publishItem", status_code=200, responses=CHANGING)
    async def publish_item(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let everybody read the item: what was decided on it once the minutes are released."""
        command = PublishItem(session=session, item=item)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/publication/withdrawal",
        operation_id="withdrawPublication",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_publication(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        item: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the item out of what everybody may read, with a reason."""
        command = WithdrawPublication(session=session, item=item, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
