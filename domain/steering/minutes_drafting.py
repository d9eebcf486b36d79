"""Minutes from what was recorded, with nothing added but the words people gave an item."""

from datetime import datetime

from domain.steering.body_events import SeatKind
from domain.steering.minutes import (
    Absent,
    Attended,
    GuestsAttended,
    MinutedItem,
    Minutes,
)
from domain.steering.session_events import SessionKind
from domain.steering.session_record import Record


def draft(record: Record, opened_at: datetime, closed_at: datetime) -> Minutes:
    """The minutes of a session that was held between these moments."""
    return Minutes(
        body=record.body,
        title=record.title,
        place=record.place,
        opened_at=opened_at,
        closed_at=closed_at,
        chair=record.chair,
        keeper=record.keeper,
        urgency=record.invitation.urgency if record.invitation else "",
        attended=_attended(record, closed_at),
        guests=tuple(
            GuestsAttended(
                organisation=guests.organisation,
                people=guests.people,
                since=guests.since,
                until=guests.until or closed_at,
            )
            for guests in record.guests
        ),
        absent=_absent(record),
        items=_items(record),
        remark=record.remark,
    )


def _attended(record: Record, closed_at: datetime) -> tuple[Attended, ...]:
    return tuple(
        Attended(
            seat=presence.seat,
            organisation=presence.organisation,
            kind=presence.kind,
            person=presence.person,
            capacity=presence.capacity,
            since=presence.since,
            until=presence.until or closed_at,
        )
        for presence in sorted(record.presences, key=lambda p: (p.seat, p.since))
    )


def _absent(record: Record) -> tuple[Absent, ...]:
    """Seats that nobody sat on; in writing, voting seats without any ballot."""
    sat = {presence.seat for presence in record.presences}
    voted = {ballot.seat for ballots in record.ballots.values() for ballot in ballots}
    is_written = record.kind is SessionKind.CIRCULAR
    return tuple(
        Absent(
            seat=seat.seat,
            organisation=seat.organisation,
            kind=seat.kind,
            was_announced=seat.seat in record.absences,
        )
        for seat in record.seats
        if seat.seat not in sat | voted and (seat.kind is SeatKind.MEMBER or not is_written)
    )


def _items(record: Record) -> tuple[MinutedItem, ...]:
    return tuple(
        MinutedItem(
            number=number,
            item=item.item,
            kind=item.kind,
            title=item.title,
            text=record.notes.get(item.item, ""),
            deferred=record.deferred.get(item.item, ""),
            votes=record.counts_on(item.item),
        )
        for number, item in enumerate(record.items, start=1)
    )
