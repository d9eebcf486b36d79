"""Who is in a working group and leads it, how often it is to meet, and whether it is public."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.working_groups.commands import (
    HandOverLead,
    JoinGroup,
    LeaveGroup,
    PlanMeetings,
    PublishGroup,
    WithdrawGroupPublication,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because
from services.api.working_group_bodies import Joining, Leaving, MeetingsOfYear, NewLead


class GroupMemberController(Controller):
    """What the coordination arranges for a group."""

    path = "/working-groups/{group_id:uuid}"
    tags = ("Steering",)

    @post("/members", operation_id="joinWorkingGroup", status_code=200, responses=CHANGING)
    async def join_group(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[Joining],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take an organisation into the group from a day on, as a member or a guest."""
        bounds.checked_day(data.since, pointer="/since")
        command = JoinGroup(
            group=group_id,
            organisation=data.organisation,
            part=data.part,
            since=data.since,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key)

    @post(
        "/members/{organisation:str}/departure",
        operation_id="leaveWorkingGroup",
        status_code=200,
        responses=CHANGING,
    )
    async def leave_group(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        organisation: bounds.OrganisationKey,
        data: JSONBody[Leaving],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Have an organisation leave the group after its last day, with a reason."""
        bounds.checked_day(data.until, pointer="/until")
        command = LeaveGroup(
            group=group_id, organisation=organisation, until=data.until, reason=data.reason
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/lead", operation_id="handOverLead", status_code=200, responses=CHANGING)
    async def hand_over_lead(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[NewLead],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Hand the lead over to another organisation, with a reason."""
        command = HandOverLead(group=group_id, lead=data.lead, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/plans", operation_id="planMeetings", status_code=200, responses=CHANGING)
    async def plan_meetings(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[MeetingsOfYear],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Plan how many meetings a school year is to have; the lead is reminded to call them."""
        for index, day in enumerate(data.call_by or ()):
            bounds.checked_day(day, pointer=f"/call_by/{index}")
        command = PlanMeetings(
            group=group_id,
            school_year=data.school_year,
            meetings=data.meetings,
            call_by=data.call_by,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/publication", operation_id="publishWorkingGroup", status_code=200, responses=CHANGING)
    async def publish_group(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let everybody know of the group: its name, its time, and which organisations are in it.

        What they agree on and how they meet stays theirs.
        """
        command = PublishGroup(group=group_id)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/publication/withdrawal",
        operation_id="withdrawWorkingGroupPublication",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_publication(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the group out of what everybody may read, with a reason."""
        command = WithdrawGroupPublication(group=group_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
