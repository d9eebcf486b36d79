"""A body: its seats and who sits on them when, and the editions of its rules."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

import msgspec

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
    SeatKind,
)
from domain.steering.body_rules import Rules


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """A person on a seat, on both days and between."""

    person: str
    capacity: Capacity
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, since: date, until: date | None) -> bool:
        """Whether it holds on some day of this span."""
        begins = until is None or self.since <= until
        return begins and (self.until is None or since <= self.until)


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation's seat, on both days and between."""

    seat: str
    organisation: str
    kind: SeatKind
    since: date
    until: date | None = None
    appointments: tuple[Appointment, ...] = ()

    @property
    def votes(self) -> bool:
        return self.kind is SeatKind.MEMBER

    def exists_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def holder_on(self, day: date) -> str | None:
        """The account of who holds it; None if it is vacant."""
        held = (a for a in self._on(day) if a.capacity is Capacity.HOLDER)
        return next((a.person for a in held), None)

    def deputies_on(self, day: date) -> tuple[str, ...]:
        return tuple(a.person for a in self._on(day) if a.capacity is Capacity.DEPUTY)

    def people_on(self, day: date) -> tuple[str, ...]:
        return tuple(a.person for a in self._on(day))

    def capacity_of(self, person: str, day: date) -> Capacity | None:
        """As what the person sits on it that day; None: not at all."""
        return next((a.capacity for a in self._on(day) if a.person == person), None)

    def _on(self, day: date) -> tuple[Appointment, ...]:
        exists = self.exists_on(day)
        return tuple(a for a in self.appointments if exists and a.holds_on(day))


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The rules from a day on, until the next edition's day."""

    edition: int
    valid_from: date
    rules: Rules
    basis: str


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is empty while nothing is recorded. `named`: who agrees to be named in public."""

    key: str = ""
    body: UUID | None = None
    title: str = ""
    since: date | None = None
    seats: Mapping[str, Seat] = {}
    editions: tuple[Edition, ...] = ()
    named: frozenset[str] = frozenset()

    def rules_at(self, day: date) -> Edition | None:
        """The edition of the rules that holds on this day; None: there is none yet."""
        in_force = (edition for edition in self.editions if edition.valid_from <= day)
        return max(in_force, key=lambda e: (e.valid_from, e.edition), default=None)

    def seats_at(self, day: date) -> tuple[Seat, ...]:
        """The seats that exist on this day, by their keys."""
        return tuple(seat for _, seat in sorted(self.seats.items()) if seat.exists_on(day))

    def votes_held_by(self, person: str, day: date) -> tuple[str, ...]:
        """The voting seats the person holds on this day, not those they are deputy of."""
        seats = self.seats_at(day)
        return tuple(s.seat for s in seats if s.votes and s.holder_on(day) == person)


def evolve(body: Body, event: BodyEvent) -> Body:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, BodyEstablished):
        return msgspec.structs.replace(
            body, key=event.key, body=event.body, title=event.title, since=event.since
        )
    if not body.key:
        return body
    match event:
        case BodyRenamed():
            return msgspec.structs.replace(body, title=event.title)
        case SeatCreated() | SeatEnded() | PersonAppointed() | AppointmentEnded():
            return msgspec.structs.replace(body, seats=_seats_after(body.seats, event))
        case RulesAdopted():
            edition = Edition(
                edition=event.edition,
                valid_from=event.valid_from,
                rules=event.rules,
                basis=event.basis,
            )
            return msgspec.structs.replace(body, editions=(*body.editions, edition))
        case NamingAllowed():
            return msgspec.structs.replace(body, named=body.named | {event.person})
        case NamingWithdrawn():
            return msgspec.structs.replace(body, named=body.named - {event.person})
        case _:
            assert_never(event)


def _seats_after(
    seats: Mapping[str, Seat], event: SeatCreated | SeatEnded | PersonAppointed | AppointmentEnded
) -> Mapping[str, Seat]:
    if isinstance(event, SeatCreated):
        return {**seats, event.seat: Seat(**msgspec.structs.asdict(event))}
    seat = seats.get(event.seat)
    if seat is None:
        return seats
    match event:
        case SeatEnded():
            seat = msgspec.structs.replace(seat, until=event.until)
        case PersonAppointed():
            appointment = Appointment(
                person=event.person,
                capacity=event.capacity,
                since=event.since,
                until=event.until,
            )
            seat = msgspec.structs.replace(seat, appointments=(*seat.appointments, appointment))
        case AppointmentEnded():
            seat = msgspec.structs.replace(seat, appointments=_ended(seat.appointments, event))
        case _:
            assert_never(event)
    return {**seats, seat.seat: seat}


def _ended(
    appointments: tuple[Appointment, ...], event: AppointmentEnded
) -> tuple[Appointment, ...]:
    """What never took effect is no longer there."""
    ended = (
        msgspec.structs.replace(a, until=event.until)
        if (a.person, a.capacity, a.since) == (event.person, event.capacity, event.since)
        else a
        for a in appointments
    )
    return tuple(a for a in ended if a.until is None or a.since <= a.until)
