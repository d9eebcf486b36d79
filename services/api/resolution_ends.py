"""A mandate is fulfilled or taken up again, a resolution shown once more, revoked, annulled."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.resolution_commands import (
    AnnulResolution,
    FulfilMandate,
    ReopenMandate,
    RevokeResolution,
    ShowProgress,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.follow_up_views import FollowUpItem, follow_up_item
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import At
from services.api.resolution_bodies import (
    DueAnew,
    MandateFulfilment,
    ProgressShowing,
    ResolutionRevocation,
    days,
)
from services.api.sections import Because
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.follow_up import follow_up
from services.identity.authorisation import require
from services.identity.mandate_readers import READS_EVERY_RESOLUTION


class ResolutionEndController(Controller):
    """How a resolution ends, and what the next session sees of it."""

    path = "/resolutions/{resolution_id:uuid}"
    tags = ("Steering",)

    @post("/fulfilment", operation_id="fulfilMandate", status_code=200, responses=CHANGING)
    async def fulfil_mandate(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[MandateFulfilment],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Say that the mandate is fulfilled: what it asked for is there to be seen."""
        command = FulfilMandate(resolution=resolution_id, outcome=data.outcome)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/reopening", operation_id="reopenMandate", status_code=200, responses=CHANGING)
    async def reopen_mandate(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[DueAnew],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the mandate up again: it was not fulfilled after all."""
        bounds.checked_day(data.due, pointer="/due")
        command = ReopenMandate(
            resolution=resolution_id,
            due=data.due,
            reason=data.reason,
            remind_working_days_before=days(data.remind_working_days_before),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/showings", operation_id="showProgress", status_code=200, responses=CHANGING)
    async def show_progress(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[ProgressShowing],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that a later session was shown what has become of it."""
        command = ShowProgress(resolution=resolution_id, session=data.session)
        return await clerk.answer(request, command, key=key)

    @post("/revocation", operation_id="revokeResolution", status_code=200, responses=CHANGING)
    async def revoke_resolution(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[ResolutionRevocation],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Put an end to it as a later resolution of the same body says."""
        command = RevokeResolution(resolution=resolution_id, revoking=data.revoking)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/annulment", operation_id="annulResolution", status_code=200, responses=CHANGING)
    async def annul_resolution(
        self,
        request: SignedIn,
        resolution_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Annul it together with its vote, which the session has annulled."""
        command = AnnulResolution(resolution=resolution_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)


@get(
    "/sessions/{session:uuid}/follow-up",
    operation_id="listFollowUp",
    tags=["Steering"],
    responses=READING,
)
async def list_follow_up(
    request: SignedIn,
    session: FromPath[UUID],
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    reader: NamedDependency[Reader],
    clerk: NamedDependency[Clerk],
    at_least: bounds.AtLeast = None,
) -> list[FollowUpItem]:
    """What has become of the body's resolutions, as this session is to be shown it.

    Those still open, those that ended since a session last saw them, and what this one was shown.
    """
    require(request.user, READS_EVERY_RESOLUTION, clerk.now())
    await reader.caught_up(at_least)
    return [
        follow_up_item(At(state=state, entries=entries), session)
        for state, entries in await follow_up(pool, store, session)
    ]
