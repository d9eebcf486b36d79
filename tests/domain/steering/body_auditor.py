"""An auditor of a body: keeps a list of who sat where, and finds what the rules forbid.

Knows nothing of the aggregate: a second opinion.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.steering.body_events import (
    AppointmentEnded,
    BodyEvent,
    Capacity,
    PersonAppointed,
    RulesAdopted,
    SeatCreated,
    SeatEnded,
    SeatKind,
)
from domain.steering.body_rules import Rules
from tests.domain.county import BERLIN

FOREVER = date.max


@dataclass
class Term:
    """A person on a seat from a first to a last day."""

    seat: str
    person: str
    capacity: Capacity
    first: date
    last: date


@dataclass
class BodyAuditor:
    """`reads` every event with its moment, and asserts."""

    kinds: dict[str, SeatKind] = field(default_factory=dict[str, SeatKind])
    spans: dict[str, tuple[date, date]] = field(default_factory=dict[str, tuple[date, date]])
    terms: list[Term] = field(default_factory=list[Term])
    rules: list[RulesAdopted] = field(default_factory=list[RulesAdopted])

    def reads(self, event: BodyEvent, at: datetime) -> None:
        match event:
            case SeatCreated():
                assert event.seat not in self.kinds, "two seats under one key"
                self.kinds[event.seat] = event.kind
                self.spans[event.seat] = (event.since, event.until or FOREVER)
            case SeatEnded():
                first, last = self.spans[event.seat]
                assert event.until < last, "a seat became longer"
                self.spans[event.seat] = (first, event.until)
            case PersonAppointed():
                last = event.until or FOREVER
                self.terms.append(Term(event.seat, event.person, event.capacity, event.since, last))
            case AppointmentEnded():
                self._ends(event)
            case RulesAdopted():
                is_late = event.valid_from < at.astimezone(BERLIN).date()
                assert not (self.rules and is_late), "rules of the past were changed"
                assert event.edition == len(self.rules) + 1
                self.rules.append(event)
            case _:
                pass
        self._looks_at(event, at)

    def rules_on(self, day: date) -> tuple[int, Rules]:
        """The last edition adopted of those whose day had come."""
        in_force = [one for one in self.rules if one.valid_from <= day]
        latest = max(one.valid_from for one in in_force)
        adopted = [one for one in in_force if one.valid_from == latest][-1]
        return adopted.edition, adopted.rules

    def sitting(self, seat: str, day: date, capacity: Capacity) -> list[str]:
        """Who sat on the seat that day in this capacity."""
        first, last = self.spans[seat]
        if not first <= day <= last:
            return []
        return [
            term.person
            for term in self.terms
            if term.seat == seat and term.capacity is capacity and term.first <= day <= term.last
        ]

    def voting(self, day: date) -> list[str]:
        """The voting seats of that day."""
        return [
            seat
            for seat, (first, last) in self.spans.items()
            if self.kinds[seat] is SeatKind.MEMBER and first <= day <= last
        ]

    def _ends(self, event: AppointmentEnded) -> None:
        key = (event.seat, event.person, event.capacity, event.since)
        (term,) = [t for t in self.terms if (t.seat, t.person, t.capacity, t.first) == key]
        assert event.until < term.last, "an appointment became longer"
        term.last = event.until
        self.terms = [t for t in self.terms if t.first <= t.last]

    def _looks_at(self, event: BodyEvent, at: datetime) -> None:
        """On the days that something begins or ends, and today."""
        days = {at.astimezone(BERLIN).date(), *(term.first for term in self.terms)}
        days |= {term.last for term in self.terms}
        for day in days:
            held: list[str] = []
            for seat in self.spans:
                holders = self.sitting(seat, day, Capacity.HOLDER)
                deputies = self.sitting(seat, day, Capacity.DEPUTY)
                assert len(holders) <= 1, f"two holders after {event}"
                together = [*holders, *deputies]
                assert len(together) == len(set(together)), f"twice on a seat after {event}"
                held += holders if self.kinds[seat] is SeatKind.MEMBER else []
            assert len(held) == len(set(held)), f"somebody holds two votes after {event}"
