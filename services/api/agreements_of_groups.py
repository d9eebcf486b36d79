"""The agreements of a working group: made, extended, fulfilled, and what came of them."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.working_groups.commands import (
    DropAgreement,
    ExtendAgreement,
    FulfilAgreement,
    LinkConsequence,
    MakeAgreement,
    RemindOfAgreement,
    ReopenAgreement,
    UnlinkConsequence,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.sections import Because
from services.api.working_group_bodies import (
    AgreementDrop,
    AgreementOutcome,
    ConsequenceLink,
    NewAgreement,
    NewDay,
)


class AgreementController(Controller):
    """Agreements are counted from 1 in their group."""

    path = "/working-groups/{group_id:uuid}/agreements"
    tags = ("Steering",)

    @post("/", operation_id="makeAgreement", status_code=200, responses=CHANGING)
    async def make_agreement(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        data: JSONBody[NewAgreement],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Make an agreement in a meeting that was held: which organisation does what until when."""
        bounds.checked_day(data.due, pointer="/due")
        command = MakeAgreement(
            group=group_id,
            agreement=data.agreement,
            meeting=data.meeting,
            text=data.text,
            owner=data.owner,
            due=data.due,
            remind_working_days_before=data.remind_working_days_before,
        )
        return await clerk.answer(request, command, key=key)

    @post(
        "/{number:int}/reminders",
        operation_id="remindOfAgreement",
        status_code=200,
        responses=CHANGING,
    )
    async def remind_of_agreement(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Remind its owner by hand, beside the planned reminders."""
        command = RemindOfAgreement(group=group_id, agreement=number)
        return await clerk.answer(request, command, key=key)

    @post(
        "/{number:int}/extensions",
        operation_id="extendAgreement",
        status_code=200,
        responses=CHANGING,
    )
    async def extend_agreement(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[NewDay],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give more time, with a reason."""
        bounds.checked_day(data.due, pointer="/due")
        command = ExtendAgreement(
            group=group_id,
            agreement=number,
            due=data.due,
            reason=data.reason,
            remind_working_days_before=data.remind_working_days_before,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{number:int}/fulfilment",
        operation_id="fulfilAgreement",
        status_code=200,
        responses=CHANGING,
    )
    async def fulfil_agreement(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[AgreementOutcome],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Fulfil it and say what became of it: the coordination, the lead, or its owner."""
        command = FulfilAgreement(group=group_id, agreement=number, outcome=data.outcome)
        return await clerk.answer(request, command, key=key)

    @post(
        "/{number:int}/reopening",
        operation_id="reopenAgreement",
        status_code=200,
        responses=CHANGING,
    )
    async def reopen_agreement(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[NewDay],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take back that it was fulfilled; it is due anew."""
        bounds.checked_day(data.due, pointer="/due")
        command = ReopenAgreement(
            group=group_id,
            agreement=number,
            due=data.due,
            reason=data.reason,
            remind_working_days_before=data.remind_working_days_before,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{number:int}/dropping", operation_id="dropAgreement", status_code=200, responses=CHANGING
    )
    async def drop_agreement(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[AgreementDrop],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let go of it in a meeting, with a reason."""
        command = DropAgreement(
            group=group_id, agreement=number, meeting=data.meeting, reason=data.reason
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{number:int}/consequences",
        operation_id="linkConsequence",
        status_code=200,
        responses=CHANGING,
    )
    async def link_consequence(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        data: JSONBody[ConsequenceLink],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Link what came of it, such as a round of the language assessment."""
        command = LinkConsequence(
            group=group_id, agreement=number, kind=data.kind, consequence=data.consequence
        )
        return await clerk.answer(request, command, key=key)

    @post(
        "/{number:int}/consequences/{consequence:uuid}/removal",
        operation_id="unlinkConsequence",
        status_code=200,
        responses=CHANGING,
    )
    async def unlink_consequence(
        self,
        request: SignedIn,
        group_id: FromPath[UUID],
        number: bounds.RoundNumber,
        consequence: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Remove a link that was made by mistake, with a reason."""
        command = UnlinkConsequence(
            group=group_id, agreement=number, consequence=consequence, reason=data.reason
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)
