"""Inviting to a session, and who will not come."""

from collections.abc import Sequence
from datetime import date

from domain.calendar import Calendar
from domain.steering.agenda import agenda_digest
from domain.steering.body import Seat
from domain.steering.body_errors import UnknownSeat
from domain.steering.body_rules import Rules
from domain.steering.session import Circulating, Existing, Frozen, Scheduled, stage_of
from domain.steering.session_commands import (
    AnnounceAbsence,
    InviteToSession,
    WithdrawAbsence,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import (
    DeputyMayNotAnnounce,
    InvitationTooLate,
    NobodyToInvite,
    NotAMeeting,
    NotBeingPlanned,
    SeatIsVacant,
    SessionInThePast,
    UrgencyMissing,
)
from domain.steering.session_events import (
    AbsenceAnnounced,
    AbsenceWithdrawn,
    Invitee,
    SessionEvent,
    SessionInvited,
    SessionKind,
)
from domain.steering.session_schedule import last_day_before, reminders


def invite(
    command: InviteToSession, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """Everybody on a seat that day, in time under the rules of today, or as a matter of urgency."""
    if not isinstance(session, Scheduled | Frozen):
        raise NotBeingPlanned(stage_of(session))
    record = session.record
    if record.kind is not SessionKind.MEETING:
        raise NotAMeeting
    if record.invitation is not None:
        return []
    if record.starts_at <= context.at:
        raise SessionInThePast(record.starts_at.isoformat())
    day = context.day_of(record.starts_at)
    invitees = _invitees(context.body.seats_at(day), day)
    due = _invitation_due(command.urgency, day, context)
    return [
        SessionInvited(
            invitees=invitees,
            edition=context.edition_on(context.today).edition,
            due=due,
            urgency=command.urgency if due < context.today else "",
            digest=agenda_digest(record.items),
            is_final=isinstance(session, Frozen),
            reminders=reminders(
                context.calendar,
                command.remind_working_days_before,
                context.at,
                record.starts_at,
            ),
        )
    ]


def _invitees(seats: Sequence[Seat], day: date) -> tuple[Invitee, ...]:
    people = {seat.seat: seat.people_on(day) for seat in seats}
    if not any(seat.votes and people[seat.seat] for seat in seats):
        raise NobodyToInvite(day.isoformat())
    return tuple(
        Invitee(seat=seat.seat, organisation=seat.organisation, people=people[seat.seat])
        for seat in seats
        if people[seat.seat]
    )


def last_urgent_day(rules: Rules, day: date, calendar: Calendar) -> date | None:
    """Until when people can be invited to a session on this day with a reason; None if never."""
    period = rules.urgent_invitation
    return None if period is None else last_day_before(period, day, calendar)


def _invitation_due(urgency: str, day: date, context: SessionContext) -> date:
    """The last day on which to invite without urgency. Refuses if today is too late."""
    rules = context.edition_on(context.today).rules
    due = last_day_before(rules.invitation, day, context.calendar)
    if context.today <= due:
        return due
    last = last_urgent_day(rules, day, context.calendar)
    if last is None or context.today > last:
        raise InvitationTooLate((last or due).isoformat())
    if not urgency.strip():
        raise UrgencyMissing(due.isoformat())
    return due


def announce_absence(
    command: AnnounceAbsence, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """By the holder or for them, but never by a deputy, who could then vote at will."""
    seat = _expected_seat(command.seat, session, context)
    day = _day_in_question(session, context)
    if seat.holder_on(day) is None:
        raise SeatIsVacant(seat.seat)
    if not context.by.people.isdisjoint(seat.deputies_on(day)):
        raise DeputyMayNotAnnounce(seat.seat)
    if seat.seat in session.record.absences:
        return []
    return [AbsenceAnnounced(seat=seat.seat)]


def withdraw_absence(
    command: WithdrawAbsence, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    seat = _expected_seat(command.seat, session, context)
    if seat.seat not in session.record.absences:
        return []
    return [AbsenceWithdrawn(seat=seat.seat)]


def _expected_seat(key: str, session: Existing, context: SessionContext) -> Seat:
    if not isinstance(session, Scheduled | Frozen | Circulating):
        raise NotBeingPlanned(stage_of(session))
    seat = context.body.seats.get(key)
    if seat is None or not seat.exists_on(_day_in_question(session, context)):
        raise UnknownSeat(key)
    return seat


def _day_in_question(session: Existing, context: SessionContext) -> date:
    """The day on which people will meet, or on which they vote in writing."""
    is_running = isinstance(session, Circulating)
    return context.today if is_running else context.day_of(session.record.starts_at)
