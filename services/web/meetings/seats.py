"""The seats of a body on the day of a session: whose they are, who may sit there, who does."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from domain.steering.body_events import Capacity, SeatKind
from services.api.body_views import BodyView
from services.api.session_views import PresenceView, SessionView


class SeatPlace(msgspec.Struct, frozen=True, kw_only=True):
    """`presence` is who sits there now; `earlier` who did before. `is_absent`: so announced."""

    seat: str
    organisation: str
    name: str
    kind: SeatKind
    holder: str | None
    deputies: Sequence[str]
    is_absent: bool
    presence: PresenceView | None
    earlier: Sequence[PresenceView]

    @property
    def votes(self) -> bool:
        return self.kind is SeatKind.MEMBER

    @property
    def sitting(self) -> Sequence[str]:
        """Who may sit there, the holder first."""
        return [*filter(None, (self.holder,)), *self.deputies]

    @property
    def takers(self) -> Sequence[str]:
        """Who may sit down there now: the holder also in place of a deputy."""
        if self.presence is None:
            return self.sitting
        is_held = self.presence.capacity is Capacity.HOLDER or self.holder is None
        return () if is_held else [self.holder or ""]


def seat_places(
    session: SessionView, body: BodyView | None, organisations: Mapping[str, str]
) -> list[SeatPlace]:
    """The seats of that day: those with a vote first, then by name."""
    there = [seat for seat in body.seats if seat.exists] if body else []
    several = Counter(seat.organisation for seat in there)
    places: list[SeatPlace] = []
    for seat in there:
        name = organisations.get(seat.organisation, seat.organisation)
        presences = [one for one in session.presences if one.seat == seat.seat]
        places.append(
            SeatPlace(
                seat=seat.seat,
                organisation=seat.organisation,
                name=f"{name} ({seat.seat})" if several[seat.organisation] > 1 else name,
                kind=seat.kind,
                holder=seat.holder,
                deputies=seat.deputies,
                is_absent=seat.seat in session.absences,
                presence=next((one for one in presences if one.until is None), None),
                earlier=[one for one in presences if one.until is not None],
            )
        )
    return sorted(places, key=lambda place: (not place.votes, place.name))
