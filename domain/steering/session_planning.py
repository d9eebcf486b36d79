"""Planning a session: scheduled, moved, cancelled, called and invited to, reminded of."""

import re
from collections.abc import Sequence
from datetime import datetime

from domain.steering.body_errors import UnknownBody
from domain.steering.session import (
    Cancelled,
    Circulating,
    Existing,
    Frozen,
    Scheduled,
    Session,
    Unknown,
    stage_of,
)
from domain.steering.session_commands import (
    CallForItems,
    CancelSession,
    MoveSession,
    ScheduleSession,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import (
    CallNotInTime,
    MalformedSessionKey,
    NotBeingPlanned,
    SessionAlreadyScheduled,
    SessionEndsBeforeItBegins,
    SessionInThePast,
    SessionReasonMissing,
    SessionTitleMissing,
)
from domain.steering.session_events import (
    ItemsCalledFor,
    SessionCancelled,
    SessionEvent,
    SessionMoved,
    SessionScheduled,
)
from domain.steering.session_schedule import reminders, whole_second

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def schedule_session(
    command: ScheduleSession, session: Session, context: SessionContext
) -> Sequence[SessionEvent]:
    """Once under its key, for a moment to come."""
    if not KEY.fullmatch(command.key):
        raise MalformedSessionKey(command.key)
    if not command.title.strip():
        raise SessionTitleMissing
    scheduled = SessionScheduled(
        session=command.subject,
        body=command.body,
        key=command.key,
        title=command.title,
        kind=command.kind,
        starts_at=whole_second(command.starts_at),
        ends_at=None if command.ends_at is None else whole_second(command.ends_at),
        place=command.place,
    )
    if not isinstance(session, Unknown):
        this = session.record
        asked = (scheduled.title, scheduled.kind, scheduled.starts_at, scheduled.ends_at)
        is_same = (this.title, this.kind, this.starts_at, this.ends_at) == asked
        if is_same and this.place == scheduled.place:
            return []
        raise SessionAlreadyScheduled(command.body, command.key)
    if not context.body.key:
        raise UnknownBody(command.body)
    _check_times(scheduled.starts_at, scheduled.ends_at, context.at)
    return [scheduled]


def move_session(
    command: MoveSession, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    record = _planned(session).record
    check_reason(command.reason)
    starts_at = whole_second(command.starts_at)
    ends_at = None if command.ends_at is None else whole_second(command.ends_at)
    if (record.starts_at, record.ends_at, record.place) == (starts_at, ends_at, command.place):
        return []
    _check_times(starts_at, ends_at, context.at)
    is_same_day = context.day_of(starts_at) == context.day_of(record.starts_at)
    return [
        SessionMoved(
            starts_at=starts_at,
            ends_at=ends_at,
            place=command.place,
            invitation_stands=is_same_day and record.invitation is not None,
            reason=command.reason,
        )
    ]


def cancel_session(command: CancelSession, session: Existing) -> Sequence[SessionEvent]:
    """Before people meet; a vote in writing also while it runs."""
    check_reason(command.reason)
    if isinstance(session, Cancelled):
        return []
    if not isinstance(session, Scheduled | Frozen | Circulating):
        raise NotBeingPlanned(stage_of(session))
    return [SessionCancelled(reason=command.reason)]


def call_for_items(
    command: CallForItems, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """Until a moment; later items are still taken while the agenda is not frozen."""
    if not isinstance(session, Scheduled):
        raise NotBeingPlanned(stage_of(session))
    until = whole_second(command.until)
    if not context.at < until < session.record.starts_at:
        raise CallNotInTime(until.isoformat())
    if session.record.called_until == until:
        return []
    moments = reminders(context.calendar, command.remind_working_days_before, context.at, until)
    return [ItemsCalledFor(until=until, reminders=moments)]


def _planned(session: Existing) -> Scheduled | Frozen:
    if not isinstance(session, Scheduled | Frozen):
        raise NotBeingPlanned(stage_of(session))
    return session


def _check_times(starts_at: datetime, ends_at: datetime | None, at: datetime) -> None:
    if starts_at <= at:
        raise SessionInThePast(starts_at.isoformat())
    if ends_at is not None and ends_at <= starts_at:
        raise SessionEndsBeforeItBegins(starts_at.isoformat(), ends_at.isoformat())


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise SessionReasonMissing
