"""Legal holds over HTTP: while there is one, nothing of the person is erased."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.kernel import NAMESPACE
from domain.privacy.commands import LiftHold, PlaceHold
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.problems import CHANGING


class HoldReason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reason stays readable for ever: it names the matter, not the person."""

    reason: Annotated[bounds.Reason, msgspec.Meta(examples=["Klageverfahren 12 K 3/31"])]


class HoldController(Controller):
    """Holds on what is kept about a person. Several may stand at once."""

    path = "/subjects/{subject:uuid}/holds"
    tags = ("Privacy",)

    @post("/", operation_id="placeHold", responses=CHANGING)
    async def place_hold(
        self,
        request: SignedIn,
        subject: FromPath[UUID],
        data: JSONBody[HoldReason],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let nothing of the person be erased. Sent again with the same key, it is the same hold.

        `Location` is where it is lifted.
        """
        hold = uuid5(NAMESPACE, f"hold/{request.user.account}/{key}")
        command = PlaceHold(person=subject, hold=hold, reason=data.reason)
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/subjects/{subject}/holds/{hold}/lifting"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @post("/{hold:uuid}/lifting", operation_id="liftHold", status_code=200, responses=CHANGING)
    async def lift_hold(
        self,
        request: SignedIn,
        subject: FromPath[UUID],
        hold: FromPath[UUID],
        data: JSONBody[HoldReason],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Lift this hold; others stay in place."""
        command = LiftHold(person=subject, hold=hold, reason=data.reason)
        return decided(await clerk.decide(request, command, key=key))
