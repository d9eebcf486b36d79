"""What a body decides: who has a seat, who sits on it, and by which rules it goes."""

import re
from collections.abc import Sequence
from datetime import date
from typing import assert_never

import msgspec

from domain.directory.errors import UnknownAccount, UnknownOrganisation
from domain.directory.organisation import Organisation
from domain.kernel import Actor, Aggregate
from domain.steering.body import Appointment, Body, Seat, evolve
from domain.steering.body_commands import (
    AdoptRules,
    AllowNaming,
    AppointPerson,
    BodyCommand,
    CreateSeat,
    EndAppointment,
    EndSeat,
    EstablishBody,
    RenameBody,
    WithdrawNaming,
)
from domain.steering.body_context import BodyContext
from domain.steering.body_errors import (
    AlreadyAppointed,
    BasisMissing,
    BodyAlreadyEstablished,
    BodyReasonMissing,
    BodyTitleMissing,
    ConsentIsPersonal,
    EndNotEarlier,
    EndsBeforeItBegins,
    HoldsAnotherVote,
    MalformedBodyKey,
    NotOnBody,
    OutsideSeat,
    RulesInThePast,
    RulesOutOfOrder,
    SeatAlreadyExists,
    SeatHasHolder,
    UnknownAppointment,
    UnknownBody,
    UnknownSeat,
    UnsoundRules,
)
from domain.steering.body_events import (
    AppointmentEnded,
    BodyEstablished,
    BodyEvent,
    BodyRenamed,
    Capacity,
    NamingAllowed,
    NamingWithdrawn,
    PersonAppointed,
    RulesAdopted,
    SeatCreated,
    SeatEnded,
)
from domain.steering.body_rules import are_sound

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def decide(command: BodyCommand, body: Body, context: BodyContext) -> Sequence[BodyEvent]:
    if isinstance(command, EstablishBody):
        return _establish(command, body)
    if not body.key:
        raise UnknownBody(command.body)
    match command:
        case RenameBody():
            return _rename(command, body)
        case CreateSeat():
            return _create_seat(command, body, context)
        case EndSeat():
            return _end_seat(command, body)
        case AppointPerson():
            return _appoint(command, body, context)
        case EndAppointment():
            return _end_appointment(command, body)
        case AdoptRules():
            return _adopt_rules(command, body, context.today)
        case AllowNaming() | WithdrawNaming():
            return _change_naming(command, body, context.by)
        case _:
            assert_never(command)


def _establish(command: EstablishBody, body: Body) -> Sequence[BodyEvent]:
    _check_key(command.body)
    _check_title(command.title)
    if body.key:
        if (body.title, body.since) == (command.title, command.since):
            return []
        raise BodyAlreadyEstablished(body.key)
    return [
        BodyEstablished(
            body=command.subject, key=command.body, title=command.title, since=command.since
        )
    ]


def _rename(command: RenameBody, body: Body) -> Sequence[BodyEvent]:
    _check_title(command.title)
    return [] if body.title == command.title else [BodyRenamed(title=command.title)]


def _create_seat(command: CreateSeat, body: Body, context: BodyContext) -> Sequence[BodyEvent]:
    _check_key(command.seat)
    _check_span(command.since, command.until)
    seat = body.seats.get(command.seat)
    if seat is not None:
        asked = (command.organisation, command.kind, command.since, command.until)
        if (seat.organisation, seat.kind, seat.since, seat.until) == asked:
            return []
        raise SeatAlreadyExists(command.seat)
    if not context.organisations.get(command.organisation, Organisation()).key:
        raise UnknownOrganisation(command.organisation)
    return [
        SeatCreated(
            seat=command.seat,
            organisation=command.organisation,
            kind=command.kind,
            since=command.since,
            until=command.until,
        )
    ]


def _end_seat(command: EndSeat, body: Body) -> Sequence[BodyEvent]:
    seat = _seat(body, command.seat)
    if not command.reason.strip():
        raise BodyReasonMissing
    if not _is_earlier(command.until, seat.until):
        return []
    return [SeatEnded(seat=seat.seat, until=command.until, reason=command.reason)]


def _appoint(command: AppointPerson, body: Body, context: BodyContext) -> Sequence[BodyEvent]:
    """One holder at a time, nobody twice on a seat, and one voting seat for a person."""
    seat = _seat(body, command.seat)
    _check_span(command.since, command.until)
    appointment = Appointment(
        person=command.person,
        capacity=command.capacity,
        since=command.since,
        until=command.until,
    )
    if appointment in seat.appointments:
        return []
    if command.person not in context.people:
        raise UnknownAccount(command.person)
    is_over = seat.until is not None and (command.until is None or seat.until < command.until)
    if command.since < seat.since or is_over:
        raise OutsideSeat(seat.seat)
    _check_seat_is_free(appointment, seat)
    if seat.votes and command.capacity is Capacity.HOLDER:
        _check_no_other_vote(appointment, seat, body)
    return [
        PersonAppointed(
            seat=seat.seat,
            person=command.person,
            capacity=command.capacity,
            since=command.since,
            until=command.until,
        )
    ]


def _check_seat_is_free(appointment: Appointment, seat: Seat) -> None:
    for other in seat.appointments:
        if not other.meets(appointment.since, appointment.until):
            continue
        if other.person == appointment.person:
            raise AlreadyAppointed(seat.seat)
        if Capacity.DEPUTY not in {other.capacity, appointment.capacity}:
            raise SeatHasHolder(seat.seat)


def _check_no_other_vote(appointment: Appointment, seat: Seat, body: Body) -> None:
    others = (other for other in body.seats.values() if other.votes and other.seat != seat.seat)
    for other in others:
        for held in other.appointments:
            if held.person != appointment.person or held.capacity is Capacity.DEPUTY:
                continue
            days = _days_of(held, other)
            if days is not None and days.meets(appointment.since, appointment.until):
                raise HoldsAnotherVote(other.seat)


def _days_of(held: Appointment, seat: Seat) -> Appointment | None:
    """The appointment as long as its seat exists; None if the seat ended before it began."""
    until = min((day for day in (held.until, seat.until) if day is not None), default=None)
    if until is not None and until < held.since:
        return None
    return msgspec.structs.replace(held, until=until)


def _end_appointment(command: EndAppointment, body: Body) -> Sequence[BodyEvent]:
    seat = _seat(body, command.seat)
    asked = (command.person, command.capacity, command.since)
    held = (a for a in seat.appointments if (a.person, a.capacity, a.since) == asked)
    appointment = next(held, None)
    if appointment is None:
        raise UnknownAppointment(seat.seat, command.since.isoformat())
    if not _is_earlier(command.until, appointment.until):
        return []
    return [
        AppointmentEnded(
            seat=seat.seat,
            person=command.person,
            capacity=command.capacity,
            since=command.since,
            until=command.until,
        )
    ]


def _is_earlier(until: date, before: date | None) -> bool:
    """Whether this last day is news. Raises EndNotEarlier if it were a longer time."""
    if before is not None and until > before:
        raise EndNotEarlier(before.isoformat())
    return until != before


def _adopt_rules(command: AdoptRules, body: Body, today: date) -> Sequence[BodyEvent]:
    """From a day on. What is already decided keeps the edition it was decided under."""
    if not are_sound(command.rules):
        raise UnsoundRules
    if not command.basis.strip():
        raise BasisMissing
    last = body.editions[-1] if body.editions else None
    if last is not None:
        asked = (command.valid_from, command.rules, command.basis)
        if (last.valid_from, last.rules, last.basis) == asked:
            return []
        if command.valid_from < today:
            raise RulesInThePast(command.valid_from.isoformat())
        if command.valid_from < last.valid_from:
            raise RulesOutOfOrder(command.valid_from.isoformat(), last.edition)
    return [
        RulesAdopted(
            edition=len(body.editions) + 1,
            valid_from=command.valid_from,
            rules=command.rules,
            basis=command.basis,
            resolution=command.resolution,
        )
    ]


def _change_naming(
    command: AllowNaming | WithdrawNaming, body: Body, by: Actor
) -> Sequence[BodyEvent]:
    if by.substitutes:
        raise ConsentIsPersonal
    is_named = by.account in body.named
    if isinstance(command, WithdrawNaming):
        return [NamingWithdrawn(person=by.account)] if is_named else []
    seats = body.seats.values()
    if not any(a.person == by.account for seat in seats for a in seat.appointments):
        raise NotOnBody
    return [] if is_named else [NamingAllowed(person=by.account)]


def _seat(body: Body, key: str) -> Seat:
    seat = body.seats.get(key)
    if seat is None:
        raise UnknownSeat(key)
    return seat


def _check_key(key: str) -> None:
    if not KEY.fullmatch(key):
        raise MalformedBodyKey(key)


def _check_title(title: str) -> None:
    if not title.strip():
        raise BodyTitleMissing


def _check_span(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise EndsBeforeItBegins(since.isoformat(), until.isoformat())


BODY: Aggregate[BodyCommand, BodyEvent, Body, BodyContext] = Aggregate(
    "body", initial=Body(), evolve=evolve, decide=decide
)
