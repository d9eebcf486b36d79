"""The minutes: drafted from what was recorded, approved by a second person, released."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.minutes import ItemNote
from domain.steering.session_commands import (
    ApproveMinutes,
    DraftMinutes,
    ReleaseMinutes,
    ReturnMinutes,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, etag
from services.api.minutes_views import MinutesView, minutes_view, people_in_minutes
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.reading import Reader
from services.api.replaying import moment_of
from services.api.sections import Because
from services.api.session_bounds import MOST_ITEMS, ItemText, MinutesVersion, WhichVersion
from services.api.session_reading import SessionReader


class NoteDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the minutes say to an item, in place of what was noted in the session."""

    item: UUID
    text: ItemText


class MinutesDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is not named stays as it was noted. `reason`: why minutes that have gone out change."""

    notes: Annotated[tuple[NoteDraft, ...], msgspec.Meta(max_length=MOST_ITEMS)] = ()
    remark: ItemText | None = None
    reason: bounds.Remark = ""


class MinutesApproval(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`digest` is that of what the approver read."""

    digest: bounds.Digest


class MinutesController(Controller):
    """Nobody types who was there or how was voted: the minutes say what was recorded."""

    path = "/sessions/{session:uuid}/minutes"
    tags = ("Steering",)

    @get("/", operation_id="readMinutes", responses=READING)
    async def read_minutes(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        reader: NamedDependency[Reader],
        session_reader: NamedDependency[SessionReader],
        version: WhichVersion = None,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[MinutesView]:
        """The minutes: the latest version, or one of the earlier ones."""
        at = await session_reader.session(request, session, moment_of(position, as_of))
        entries = at.found.entries
        people = await reader.people(people_in_minutes(entries))
        view = minutes_view(entries, version, people)
        if view is None:
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "session.unknown-minutes")
        return Response(view, headers={"ETag": etag(at.found.version)})

    @post("/", operation_id="draftMinutes", status_code=200, responses=CHANGING)
    async def draft_minutes(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[MinutesDraft],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Draft the next version from what was recorded, with the words people give the items."""
        command = DraftMinutes(
            session=session,
            notes=tuple(ItemNote(item=note.item, text=note.text) for note in data.notes),
            remark=data.remark,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{version:int}/return", operation_id="returnMinutes", status_code=200, responses=CHANGING
    )
    async def return_minutes(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        version: MinutesVersion,
        data: JSONBody[Because],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give the draft back, with a reason."""
        command = ReturnMinutes(session=session, version=version, reason=data.reason)
        return await clerk.answer(request, command, key=key)

    @post(
        "/{version:int}/approval",
        operation_id="approveMinutes",
        status_code=200,
        responses=CHANGING,
    )
    async def approve_minutes(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        version: MinutesVersion,
        data: JSONBody[MinutesApproval],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Approve what one has read: a second person, who wrote none of it."""
        command = ApproveMinutes(session=session, version=version, digest=data.digest)
        return await clerk.answer(request, command, key=key)

    @post(
        "/{version:int}/release",
        operation_id="releaseMinutes",
        status_code=200,
        responses=CHANGING,
    )
    async def release_minutes(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        version: MinutesVersion,
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Release the approved minutes to the body."""
        command = ReleaseMinutes(session=session, version=version)
        return await clerk.answer(request, command, key=key)
