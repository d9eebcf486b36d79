"""Planning a session: moved, called off, called for, invited to, reminded of; who will not come."""

from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.session_commands import (
    AnnounceAbsence,
    CallForItems,
    CancelSession,
    InviteToSession,
    MoveSession,
    RemindMembers,
    WithdrawAbsence,
)
from domain.steering.session_events import Occasion
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because
from services.api.session_bounds import Place, Reminders, Urgency


class SessionMove(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On another day everybody has to be invited again."""

    starts_at: bounds.Instant
    ends_at: bounds.Instant | None = None
    place: Place = ""
    reason: bounds.Reason


class ItemCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    until: bounds.Instant
    remind_working_days_before: Reminders = (5, 2)


class SessionInvitation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    urgency: Urgency = ""
    remind_working_days_before: Reminders = (2,)


class MemberReminder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of what: to propose items, to come, or to vote in writing."""

    occasion: Occasion


class SeatOnly(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seat of the body."""

    seat: bounds.Key


class SessionPlanningController(Controller):
    """What happens to a session until people meet or vote."""

    path = "/sessions/{session:uuid}"
    tags = ("Steering",)

    @post("/move", operation_id="moveSession", status_code=200, responses=CHANGING)
    async def move_session(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SessionMove],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Move the session to another time or place, with a reason."""
        bounds.checked(data.starts_at, pointer="/starts_at")
        bounds.checked(data.ends_at, pointer="/ends_at")
        command = MoveSession(
            session=session,
            starts_at=data.starts_at,
            ends_at=data.ends_at,
            place=data.place,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/cancellation", operation_id="cancelSession", status_code=200, responses=CHANGING)
    async def cancel_session(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Call the session off, with a reason: before people meet, or while a vote is running."""
        command = CancelSession(session=session, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/call", operation_id="callForItems", status_code=200, responses=CHANGING)
    async def call_for_items(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[ItemCall],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Call for agenda items until a moment. The process reminds by itself."""
        bounds.checked(data.until, pointer="/until")
        command = CallForItems(
            session=session,
            until=data.until,
            remind_working_days_before=data.remind_working_days_before,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/invitation", operation_id="inviteToSession", status_code=200, responses=CHANGING)
    async def invite_to_session(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SessionInvitation],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Invite everybody on a seat that day, with the agenda as it is now.

        By the rules of today it is in time, or a matter of urgency that says why.
        """
        command = InviteToSession(
            session=session,
            urgency=data.urgency,
            remind_working_days_before=data.remind_working_days_before,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/reminders", operation_id="remindMembers", status_code=200, responses=CHANGING)
    async def remind_members(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[MemberReminder],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Remind by hand, beside the planned reminders."""
        command = RemindMembers(session=session, occasion=data.occasion)
        return await clerk.answer(request, command, key=key)

    @post("/absences", operation_id="announceAbsence", status_code=200, responses=CHANGING)
    async def announce_absence(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SeatOnly],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Announce that the holder of a seat will not come, or not vote: a deputy may instead.

        Members do so for their own seat, the coordination for everybody.
        """
        command = AnnounceAbsence(session=session, seat=data.seat)
        return await clerk.answer(request, command, key=key)

    @post(
        "/absences/withdrawal",
        operation_id="withdrawAbsence",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_absence(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SeatOnly],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take an announced absence back: the holder comes or votes after all."""
        command = WithdrawAbsence(session=session, seat=data.seat)
        return await clerk.answer(request, command, key=key)
