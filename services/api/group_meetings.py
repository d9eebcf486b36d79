"""The meetings of a working group: called, moved, cancelled, and recorded once they were held."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    MoveMeeting,
    RecordMeeting,
    WithdrawMeeting,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because
from services.api.working_group_bodies import (
    MeetingCall,
    MeetingCorrection,
    MeetingMove,
    MeetingRecord,
)


class GroupMeetingController(Controller):
    """Its lead and the coordination see to the meetings, which are counted from 1."""

    path = "/working-groups/{group_id:uuid}/meetings"
    tags = ("Steering",)

    @post("/", operation_id="callMeeting", status_code=200, responses=CHANGING)
    async def call_meeting(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[MeetingCall],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Call the next meeting: when, where, and what for."""
        bounds.checked(data.starts_at, pointer="/starts_at")
        command = CallMeeting(
            group=group_id,
            meeting=data.meeting,
            starts_at=data.starts_at,
            place=data.place,
            purpose=data.purpose,
        )
        return await clerk.answer(request, command, key=key)

    @post("/{number:int}/moves", operation_id="moveMeeting", status_code=200, responses=CHANGING)
    async def move_meeting(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[MeetingMove],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Move a meeting to another time or place, with a reason."""
        bounds.checked(data.starts_at, pointer="/starts_at")
        command = MoveMeeting(
            group=group_id,
            meeting=number,
            starts_at=data.starts_at,
            reason=data.reason,
            place=data.place,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{number:int}/cancellation",
        operation_id="cancelMeeting",
        status_code=200,
        responses=CHANGING,
    )
    async def cancel_meeting(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Call a meeting off, with a reason."""
        command = CancelMeeting(group=group_id, meeting=number, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/{number:int}/record", operation_id="recordMeeting", status_code=200, responses=CHANGING)
    async def record_meeting(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[MeetingRecord],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that a meeting was held, and who was there; it need not have been called."""
        bounds.checked(data.held_at, pointer="/held_at")
        command = RecordMeeting(
            group=group_id,
            meeting=number,
            held_at=data.held_at,
            attended=data.attended,
            summary=data.summary,
        )
        return await clerk.answer(request, command, key=key)

    @post(
        "/{number:int}/corrections",
        operation_id="correctMeeting",
        status_code=200,
        responses=CHANGING,
    )
    async def correct_meeting(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[MeetingCorrection],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Correct what was recorded of a meeting, with a reason."""
        bounds.checked(data.held_at, pointer="/held_at")
        command = CorrectMeeting(
            group=group_id,
            meeting=number,
            held_at=data.held_at,
            attended=data.attended,
            summary=data.summary,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{number:int}/withdrawal",
        operation_id="withdrawMeeting",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_meeting(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take back that a meeting was held, with a reason; not if something was agreed in it."""
        command = WithdrawMeeting(group=group_id, meeting=number, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
