"""The seats of a body as its pages show them: what they are called, and who sits there when."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from domain.kernel import Erased
from domain.steering.body_events import Capacity, SeatKind
from services.api.body_views import AppointmentView, BodyView, SeatView
from services.texts.seats import seat_names


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """A person on a seat, on both days and between. `value` tells it from others of the seat."""

    person: str
    name: str | Erased
    capacity: Capacity
    since: date
    until: date | None
    value: str

    def is_over(self, day: date) -> bool:
        return self.until is not None and self.until < day

    def holds(self, day: date) -> bool:
        return self.since <= day and not self.is_over(day)


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A seat on a day: who holds it then, and everybody who ever sat on it."""

    key: str
    name: str
    organisation: str
    kind: SeatKind
    since: date
    until: date | None
    exists: bool
    sittings: Sequence[Sitting]
    day: date

    @property
    def holder(self) -> Sitting | None:
        present = (one for one in self.present if one.capacity is Capacity.HOLDER)
        return next(present, None)

    @property
    def deputies(self) -> Sequence[Sitting]:
        return [one for one in self.present if one.capacity is Capacity.DEPUTY]

    @property
    def present(self) -> Sequence[Sitting]:
        """Those who sit on it that day."""
        return [one for one in self.sittings if self.exists and one.holds(self.day)]

    @property
    def not_over(self) -> Sequence[Sitting]:
        """Those who sit on it, and those who will."""
        return [one for one in self.sittings if not self.is_over and not one.is_over(self.day)]

    @property
    def over(self) -> Sequence[Sitting]:
        """Those who no longer do."""
        kept = self.not_over
        return [one for one in self.sittings if one not in kept]

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until < self.day


def seats_of(body: BodyView, organisations: Mapping[str, str]) -> list[Seat]:
    """Those with a vote first, then by what they are called."""
    names = seat_names({seat.seat: seat.organisation for seat in body.seats}, organisations)
    seats = [_seat(seat, names[seat.seat], body) for seat in body.seats]
    order = list(SeatKind)
    return sorted(seats, key=lambda seat: (order.index(seat.kind), seat.name, seat.key))


def _seat(seat: SeatView, name: str, body: BodyView) -> Seat:
    sittings = [_sitting(held, body.people) for held in seat.appointments]
    return Seat(
        key=seat.seat,
        name=name,
        organisation=seat.organisation,
        kind=seat.kind,
        since=seat.since,
        until=seat.until,
        exists=seat.exists,
        sittings=sorted(sittings, key=lambda one: (one.since, one.capacity), reverse=True),
        day=body.day,
    )


def _sitting(held: AppointmentView, people: Mapping[str, str | Erased]) -> Sitting:
    return Sitting(
        person=held.person,
        name=people.get(held.person, held.person),
        capacity=held.capacity,
        since=held.since,
        until=held.until,
        value=f"{held.person}/{held.capacity}/{held.since}",
    )
