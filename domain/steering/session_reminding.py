"""Reminding members: of the call for items, of the session, of a vote in writing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.steering.session import Circulating, Existing, Frozen, Scheduled
from domain.steering.session_commands import RemindMembers
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import NothingToRemindOf, NotYet
from domain.steering.session_events import MembersReminded, Occasion, SessionEvent
from domain.steering.session_record import Record


def remind(
    command: RemindMembers, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """Once for each planned moment; by hand whenever somebody is still asked for something."""
    planned = _planned_reminders(command.occasion, session)
    if command.moment is None:
        seats = _whom_to_remind(command.occasion, session, context)
        if not seats:
            raise NothingToRemindOf(command.occasion)
        return [MembersReminded(occasion=command.occasion, seats=seats)]
    if context.at < command.moment:
        raise NotYet(command.moment.isoformat())
    is_done = (command.occasion, command.moment) in session.record.reminded
    if is_done or command.moment not in planned:
        return []
    seats = _whom_to_remind(command.occasion, session, context)
    if not seats:
        return []
    return [MembersReminded(occasion=command.occasion, seats=seats, moment=command.moment)]


def _planned_reminders(occasion: Occasion, session: Existing) -> tuple[datetime, ...]:
    match occasion, session:
        case Occasion.CALL, Scheduled(record=record):
            return record.call_reminders
        case Occasion.SESSION, Scheduled(record=record) | Frozen(record=record):
            return record.invitation.reminders if record.invitation else ()
        case Occasion.BALLOT, Circulating(reminders=planned):
            return planned
        case _:
            return ()


def _whom_to_remind(
    occasion: Occasion, session: Existing, context: SessionContext
) -> tuple[str, ...]:
    """The seats from which something is still expected; none if the time is over."""
    record = session.record
    match occasion, session:
        case Occasion.CALL, Scheduled():
            until = record.called_until
            seats = context.body.seats_at(context.today)
            is_on = until is not None and context.at < until
            return tuple(seat.seat for seat in seats) if is_on else ()
        case Occasion.SESSION, Scheduled() | Frozen():
            is_on = record.invitation is not None and context.at < record.starts_at
            seats = context.body.seats_at(context.day_of(record.starts_at))
            return tuple(seat.seat for seat in seats) if is_on else ()
        case Occasion.BALLOT, Circulating():
            return missing_ballots(session) if context.at < session.closes_at else ()
        case _:
            return ()


def missing_ballots(session: Circulating) -> tuple[str, ...]:
    """The seats asked that have not voted on every item, without those that must not."""
    record = session.record
    return tuple(
        seat
        for seat in session.seats
        if any(not _has_voted(record, item.item, seat) for item in record.items)
    )


def _has_voted(record: Record, item: UUID, seat: str) -> bool:
    is_conflicted = (item, seat) in record.conflicts
    return is_conflicted or any(b.seat == seat for b in record.ballots.get(item, ()))
