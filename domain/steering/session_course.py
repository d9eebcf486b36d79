"""What a clock has to know of a session: its phase and the moments to come."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import assert_never

import msgspec

from domain.calendar import Calendar
from domain.steering.body import Body
from domain.steering.minutes_decide import minutes_due
from domain.steering.session import (
    Approved,
    Cancelled,
    Circulating,
    Drafted,
    Frozen,
    Held,
    Open,
    Released,
    Scheduled,
    Session,
    Unknown,
)
from domain.steering.session_events import Occasion, SessionKind
from domain.steering.session_record import Record
from domain.steering.session_schedule import (
    end_of_work,
    invite_at,
    last_day_before,
    start_of_work,
    working_day_until,
)


class Phase(StrEnum):
    """What the process waits for."""

    PLANNED = "planned"
    MEETING = "meeting"
    IN_WRITING = "in-writing"
    MINUTES = "minutes"
    ENDED = "ended"


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Ids and moments only. The reminders are those not sent yet.

    `invite_by` is the last day on which to invite without urgency, by the rules that hold between
    `today` and the session; None once everybody is invited, for a vote in writing, or without
    rules. The process invites at `invite_at`, earlier. It calls for items at `call_at`, to be
    proposed until `items_until`, and freezes the agenda at `freeze_at`; what people took in hand
    themselves (they called, they opened a frozen agenda again) it leaves to them. From
    `rules_change_at` on other rules hold.
    """

    phase: Phase
    kind: SessionKind = SessionKind.MEETING
    call_at: datetime | None = None
    items_until: datetime | None = None
    call_reminders: tuple[datetime, ...] = ()
    called_until: datetime | None = None
    freeze_at: datetime | None = None
    is_frozen: bool = False
    invite_by: date | None = None
    invite_at: datetime | None = None
    session_reminders: tuple[datetime, ...] = ()
    starts_at: datetime | None = None
    rules_change_at: datetime | None = None
    ballot_reminders: tuple[datetime, ...] = ()
    closes_at: datetime | None = None
    minutes_due: datetime | None = None


def course(session: Session, body: Body, calendar: Calendar, today: date) -> Course:
    """The course of a session from where it stands now."""
    match session:
        case Scheduled() | Frozen():
            return _planned(session, body, calendar, today)
        case Circulating(record=record):
            return Course(
                phase=Phase.IN_WRITING,
                kind=record.kind,
                ballot_reminders=_not_sent(record, Occasion.BALLOT, session.reminders),
                closes_at=session.closes_at,
            )
        case Open(record=record):
            return Course(phase=Phase.MEETING, kind=record.kind)
        case Held(record=record) | Drafted(record=record) | Approved(record=record):
            due = minutes_due(session, body, calendar)
            return Course(phase=Phase.MINUTES, kind=record.kind, minutes_due=due)
        case Released(record=record) | Cancelled(record=record):
            return Course(phase=Phase.ENDED, kind=record.kind)
        case Unknown():
            return Course(phase=Phase.ENDED)
        case _:
            assert_never(session)


def _planned(session: Scheduled | Frozen, body: Body, calendar: Calendar, today: date) -> Course:
    record = session.record
    invitation = record.invitation
    is_frozen = isinstance(session, Frozen)
    call_at, items_until = _call(session, body, calendar, today)
    invite_by = _invite_by(record, body, calendar, today)
    return Course(
        phase=Phase.PLANNED,
        kind=record.kind,
        call_at=call_at,
        items_until=items_until,
        call_reminders=() if is_frozen else _not_sent(record, Occasion.CALL, record.call_reminders),
        called_until=record.called_until,
        freeze_at=None if is_frozen or record.is_reopened else record.called_until,
        is_frozen=is_frozen,
        invite_by=invite_by,
        invite_at=invite_by and invite_at(invite_by, calendar),
        session_reminders=_not_sent(record, Occasion.SESSION, invitation.reminders)
        if invitation
        else (),
        starts_at=record.starts_at,
        rules_change_at=_rules_change_at(record, body, calendar, today),
    )


def _rules_change_at(
    record: Record, body: Body, calendar: Calendar, today: date
) -> datetime | None:
    """The beginning of the day on which the next edition takes effect, before the session."""
    day = record.starts_at.astimezone(calendar.zone).date()
    coming = (e.valid_from for e in body.editions if today < e.valid_from <= day)
    first = min(coming, default=None)
    return first and datetime.combine(first, time(), calendar.zone)


def _call(
    session: Scheduled | Frozen, body: Body, calendar: Calendar, today: date
) -> tuple[datetime | None, datetime | None]:
    """When to call for items, and until when they are taken; (None, None): people see to it."""
    record = session.record
    is_done = record.called_until is not None or isinstance(session, Frozen) or record.is_reopened
    edition = body.rules_at(today)
    if is_done or edition is None or record.kind is SessionKind.CIRCULAR:
        return None, None
    call, agenda = edition.rules.call, edition.rules.agenda
    if call is None or agenda is None:
        return None, None
    day = record.starts_at.astimezone(calendar.zone).date()
    first = working_day_until(last_day_before(call, day, calendar), calendar)
    last = working_day_until(last_day_before(agenda, day, calendar), calendar)
    return start_of_work(first, calendar), end_of_work(last, calendar)


def _invite_by(record: Record, body: Body, calendar: Calendar, today: date) -> date | None:
    """The earliest of what rules want that will hold: whoever invites by then is in time."""
    day = record.starts_at.astimezone(calendar.zone).date()
    is_done = record.invitation is not None or record.kind is SessionKind.CIRCULAR
    current = body.rules_at(today)
    if is_done or current is None:
        return None
    coming = (edition for edition in body.editions if today < edition.valid_from <= day)
    return min(
        last_day_before(edition.rules.invitation, day, calendar) for edition in (current, *coming)
    )


def _not_sent(
    record: Record, occasion: Occasion, planned: tuple[datetime, ...]
) -> tuple[datetime, ...]:
    return tuple(moment for moment in planned if (occasion, moment) not in record.reminded)
