"""Whether a session is quorate at a moment, by the rules of its day."""

from datetime import date, datetime

import msgspec

from domain.steering.body import Body
from domain.steering.body_rules import seats_needed
from domain.steering.session import Existing, Open


class QuorumView(msgspec.Struct, frozen=True, kw_only=True):
    """`represented` of the `voting_seats` are there, `needed` are so many, by this `edition`.

    Conflicts of interest are left out: they are about single items.
    """

    represented: list[str]
    needed: int
    voting_seats: int
    edition: int
    is_quorate: bool


def quorum_view(this: Existing, body: Body, day: date, moment: datetime) -> QuorumView | None:
    """None while nobody meets, or without rules."""
    edition = body.rules_at(day)
    if not isinstance(this, Open) or edition is None:
        return None
    rules = edition.rules
    seats = {
        seat.seat
        for seat in body.seats_at(day)
        if seat.votes and (rules.vacant_seats_count or seat.people_on(day))
    }
    there = {presence.seat for presence in this.record.presences if presence.covers(moment)}
    represented = sorted(seats & there)
    needed = seats_needed(rules.quorum, len(seats))
    return QuorumView(
        represented=represented,
        needed=needed,
        voting_seats=len(seats),
        edition=edition.edition,
        is_quorate=len(represented) >= needed,
    )
