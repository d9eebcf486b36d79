"""Who is there: the session is opened, people sit on seats and leave them, it is closed."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.steering.session_commands import (
    AdmitGuests,
    CloseSession,
    DismissGuests,
    LeaveSeat,
    OpenSession,
    TakeSeat,
)
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch
from services.api.problems import CHANGING
from services.api.session_bounds import MOST_PEOPLE, Account


class SessionOpening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who chairs and who keeps the minutes. `at` is when it was, if it is recorded later."""

    chair: Account
    keeper: Account
    at: bounds.Instant | None = None


class SeatTaking(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The holder of the seat, or a deputy while the holder is away."""

    seat: bounds.Key
    person: Account
    at: bounds.Instant | None = None


class SeatLeaving(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    seat: bounds.Key
    at: bounds.Instant | None = None


class GuestsAdmission(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many people of an organisation that has no seat."""

    organisation: bounds.Key
    people: Annotated[int, msgspec.Meta(ge=1, le=MOST_PEOPLE, examples=[2])] = 1
    at: bounds.Instant | None = None


class GuestsLeaving(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    organisation: bounds.Key
    at: bounds.Instant | None = None


class SessionClosing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`at` is when it was, if it is recorded later."""

    at: bounds.Instant | None = None


class AttendanceController(Controller):
    """People on seats, from one moment to another: they decide whether a vote is valid."""

    path = "/sessions/{session:uuid}"
    tags = ("Steering",)

    @post("/opening", operation_id="openSession", status_code=200, responses=CHANGING)
    async def open_session(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SessionOpening],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Open the session on its day: the agenda is settled, and everybody was invited."""
        command = OpenSession(
            session=session,
            chair=str(data.chair),
            keeper=str(data.keeper),
            at=bounds.checked(data.at, pointer="/at"),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/presences", operation_id="takeSeat", status_code=200, responses=CHANGING)
    async def take_seat(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SeatTaking],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that somebody sits on a seat from now on, or from a moment on."""
        command = TakeSeat(
            session=session,
            seat=data.seat,
            person=str(data.person),
            at=bounds.checked(data.at, pointer="/at"),
        )
        return await clerk.answer(request, command, key=key)

    @post("/presences/ending", operation_id="leaveSeat", status_code=200, responses=CHANGING)
    async def leave_seat(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SeatLeaving],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that whoever sat on a seat has left."""
        at = bounds.checked(data.at, pointer="/at")
        command = LeaveSeat(session=session, seat=data.seat, at=at)
        return await clerk.answer(request, command, key=key)

    @post("/guests", operation_id="admitGuests", status_code=200, responses=CHANGING)
    async def admit_guests(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[GuestsAdmission],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record guests of an organisation that has no seat: they never vote."""
        command = AdmitGuests(
            session=session,
            organisation=data.organisation,
            people=data.people,
            at=bounds.checked(data.at, pointer="/at"),
        )
        return await clerk.answer(request, command, key=key)

    @post("/guests/leaving", operation_id="dismissGuests", status_code=200, responses=CHANGING)
    async def dismiss_guests(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[GuestsLeaving],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record that the guests of an organisation have left."""
        at = bounds.checked(data.at, pointer="/at")
        command = DismissGuests(session=session, organisation=data.organisation, at=at)
        return await clerk.answer(request, command, key=key)

    @post("/closing", operation_id="closeSession", status_code=200, responses=CHANGING)
    async def close_session(
        self,
        request: SignedIn,
        session: FromPath[UUID],
        data: JSONBody[SessionClosing],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Close the session: from then on every vote is final.

        A vote in writing is closed before its time only if everybody has voted.
        """
        command = CloseSession(session=session, at=bounds.checked(data.at, pointer="/at"))
        return await clerk.answer(request, command, key=key, if_match=if_match)
