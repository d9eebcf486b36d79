"""The seats of a body, and who sits on them from when to when."""

from http import HTTPStatus

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Response

from domain.steering.body_commands import AppointPerson, CreateSeat, EndAppointment, EndSeat
from services.api import bounds
from services.api.access import SignedIn
from services.api.body_bounds import AppointmentEnding, NewAppointment, NewSeat, SeatEnding
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided
from services.api.problems import CHANGING
from services.api.session_bounds import BodyKey, SeatKey


class SeatController(Controller):
    """Seats belong to organisations; people sit on them for a time."""

    path = "/bodies/{body_key:str}/seats"
    tags = ("Steering",)

    @post("/", operation_id="createSeat", responses=CHANGING)
    async def create_seat(
        self,
        request: SignedIn,
        body_key: BodyKey,
        data: JSONBody[NewSeat],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Create a seat of an organisation, with a vote, with a voice, or as a guest."""
        bounds.checked_day(data.since, pointer="/since")
        bounds.checked_day(data.until, pointer="/until")
        command = CreateSeat(
            body=body_key,
            seat=data.seat,
            organisation=data.organisation,
            kind=data.kind,
            since=data.since,
            until=data.until,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/bodies/{body_key}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @post("/{seat:str}/ending", operation_id="endSeat", status_code=200, responses=CHANGING)
    async def end_seat(
        self,
        request: SignedIn,
        body_key: BodyKey,
        seat: SeatKey,
        data: JSONBody[SeatEnding],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """End a seat on a day, with a reason: earlier than planned, never later."""
        bounds.checked_day(data.until, pointer="/until")
        command = EndSeat(body=body_key, seat=seat, until=data.until, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post("/{seat:str}/appointments", operation_id="appointPerson", responses=CHANGING)
    async def appoint_person(
        self,
        request: SignedIn,
        body_key: BodyKey,
        seat: SeatKey,
        data: JSONBody[NewAppointment],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Appoint a person to the seat: its holder, or a deputy who acts while the holder is away.

        A seat has one holder at a time, and a person holds one seat with a vote.
        """
        bounds.checked_day(data.since, pointer="/since")
        bounds.checked_day(data.until, pointer="/until")
        command = AppointPerson(
            body=body_key,
            seat=seat,
            person=str(data.person),
            capacity=data.capacity,
            since=data.since,
            until=data.until,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/bodies/{body_key}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @post(
        "/{seat:str}/appointments/ending",
        operation_id="endAppointment",
        status_code=200,
        responses=CHANGING,
    )
    async def end_appointment(
        self,
        request: SignedIn,
        body_key: BodyKey,
        seat: SeatKey,
        data: JSONBody[AppointmentEnding],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """End an appointment on a day: earlier than planned, never later."""
        bounds.checked_day(data.since, pointer="/since")
        bounds.checked_day(data.until, pointer="/until")
        command = EndAppointment(
            body=body_key,
            seat=seat,
            person=str(data.person),
            capacity=data.capacity,
            since=data.since,
            until=data.until,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)
