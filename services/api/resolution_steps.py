"""A mandate is followed up: its owner reminded, progress reported, letters, more time, an owner."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.resolution_commands import (
    ExtendMandate,
    HandOverMandate,
    RecordLetter,
    RemindOfMandate,
    ReportProgress,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.resolution_bodies import DueAnew, MandateOwner, MandateProgress, SentLetter, days


class ResolutionStepController(Controller):
    """What happens to a mandate while it is open."""

    path = "/resolutions/{resolution_id:uuid}"
    tags = ("Steering",)

    @post("/reminders", operation_id="remindOwner", status_code=200, responses=CHANGING)
    async def remind_owner(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Remind the owner by hand, beside the planned reminders."""
        return await clerk.answer(request, RemindOfMandate(resolution=resolution_id), key=key)

    @post("/reports", operation_id="recordProgress", status_code=200, responses=CHANGING)
    async def record_progress(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[MandateProgress],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Report on the progress: the coordination, or who sees to the mandate."""
        command = ReportProgress(resolution=resolution_id, report=data.report, text=data.text)
        return await clerk.answer(request, command, key=key)

    @post("/letters", operation_id="recordLetter", status_code=200, responses=CHANGING)
    async def record_letter(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[SentLetter],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record the letter to the ministry as it went out."""
        bounds.checked_day(data.sent_on, pointer="/sent_on")
        command = RecordLetter(
            resolution=resolution_id,
            addressee=data.addressee,
            subject_line=data.subject_line,
            text=data.text,
            sent_on=data.sent_on,
            reference=data.reference,
        )
        return await clerk.answer(request, command, key=key)

    @post("/extensions", operation_id="extendMandate", status_code=200, responses=CHANGING)
    async def extend_mandate(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[DueAnew],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give more time, with a reason."""
        bounds.checked_day(data.due, pointer="/due")
        command = ExtendMandate(
            resolution=resolution_id,
            due=data.due,
            reason=data.reason,
            remind_working_days_before=days(data.remind_working_days_before),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/owner", operation_id="changeMandateOwner", status_code=200, responses=CHANGING)
    async def change_owner(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[MandateOwner],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Hand the mandate over to another organisation, with a reason."""
        command = HandOverMandate(resolution=resolution_id, owner=data.owner, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)
