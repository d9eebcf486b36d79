"""Votes: counted, called by name or in writing. Valid with a quorum, else a recommendation."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.session_commands import AnnulVote, Answer, CastBallot, OpenCircular, TakeVote
from domain.steering.vote import Choice, Manner
from services.api import bounds
from services.api.access import SignedIn
from services.api.agenda_views import Said
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because
from services.api.session_bounds import MOST_SEATS, Count, Reminders, VoteNumber


class SeatAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a seat said when it was called."""

    seat: bounds.Key
    choice: Said


class NewVote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either how many said what, or, called by name, what each seat said.

    `alternative` is the key of the wording. `at` is when it was, if it is recorded later.
    """

    item: UUID
    alternative: bounds.Key
    manner: Manner = Manner.COUNTED
    yes: Count = 0
    no: Count = 0
    abstain: Count = 0
    answers: Annotated[tuple[SeatAnswer, ...], msgspec.Meta(max_length=MOST_SEATS)] = ()
    at: bounds.Instant | None = None


class CircularOpening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    remind_working_days_before: Reminders = (2,)


class NewBallot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ballot in writing. `shown` is the digest of the item as the person had it before them."""

    item: UUID
    seat: bounds.Key
    choice: Said
    shown: bounds.Digest


class VoteController(Controller):
    """How the body decides. The rules of the day of a vote decide whether it is valid."""

    path = "/sessions/{session:uuid}"
    tags = ("Steering",)

    @post("/votes", operation_id="takeVote", status_code=200, responses=CHANGING)
    async def take_vote(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[NewVote],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record a vote on one wording of a proposal, with who was there.

        It is valid with a quorum; without one the same count is a recommendation.
        """
        command = TakeVote(
            session=session,
            item=data.item,
            alternative=data.alternative,
            manner=data.manner,
            yes=data.yes,
            no=data.no,
            abstain=data.abstain,
            answers=tuple(Answer(seat=one.seat, choice=Choice(one.choice)) for one in data.answers),
            at=bounds.checked(data.at, pointer="/at"),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/votes/{number:int}/annulment",
        operation_id="annulVote",
        status_code=200,
        responses=CHANGING,
    )
    async def annul_vote(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        number: VoteNumber,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Annul a vote that was recorded otherwise than it was taken, while people still meet."""
        command = AnnulVote(session=session, number=number, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/circular", operation_id="openCircular", status_code=200, responses=CHANGING)
    async def open_circular(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[CircularOpening],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Ask the voting seats of today to vote in writing, if the rules of today allow it."""
        command = OpenCircular(
            session=session, remind_working_days_before=data.remind_working_days_before
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/ballots", operation_id="castBallot", status_code=200, responses=CHANGING)
    async def cast_ballot(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[NewBallot],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Vote in writing for the seat one sits on. A later ballot takes the place of this one."""
        command = CastBallot(
            session=session,
            item=data.item,
            seat=data.seat,
            choice=Choice(data.choice),
            shown=data.shown,
        )
        return await clerk.answer(request, command, key=key)
