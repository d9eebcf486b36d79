"""The minutes: drafted, approved by a second person, released; and what of it is public."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

import msgspec

from domain.calendar import Calendar
from domain.kernel import Actor
from domain.steering.agenda import item_digest
from domain.steering.agenda_decide import item_of
from domain.steering.agenda_errors import AgendaNotPublic, ItemNotPublished
from domain.steering.body import Body
from domain.steering.minutes import ItemNote, minutes_digest
from domain.steering.minutes_drafting import draft
from domain.steering.minutes_errors import (
    CorrectionNeedsReason,
    MinutesNotApproved,
    MinutesNotDrafted,
    NotedTwice,
    NotHeld,
    OtherMinutesShown,
    OtherVersion,
    WriterMayNotApprove,
)
from domain.steering.minutes_events import (
    ItemPublished,
    MinutesApproved,
    MinutesDrafted,
    MinutesFellOverdue,
    MinutesReleased,
    MinutesReturned,
    PublicationWithdrawn,
)
from domain.steering.session import (
    Approved,
    Cancelled,
    Drafted,
    Existing,
    Held,
    Released,
    Scheduled,
    stage_of,
)
from domain.steering.session_commands import (
    ApproveMinutes,
    DeclareMinutesOverdue,
    DraftMinutes,
    MinutesCommand,
    PublishItem,
    ReleaseMinutes,
    ReturnMinutes,
    WithdrawPublication,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import NotYet, SessionReasonMissing
from domain.steering.session_events import SessionEvent
from domain.steering.session_record import Record
from domain.steering.session_schedule import end_of


def decide_minutes(
    command: MinutesCommand, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    match command:
        case DraftMinutes():
            return _draft(command, session, context.by)
        case ReturnMinutes():
            return _return(command, session)
        case ApproveMinutes():
            return _approve(command, session, context.by)
        case ReleaseMinutes():
            return _release(command, session)
        case DeclareMinutesOverdue():
            return _declare_overdue(session, context)
        case PublishItem():
            return _publish(command, session)
        case WithdrawPublication():
            return _withdraw(command, session)
        case _:
            assert_never(command)


def _draft(command: DraftMinutes, session: Existing, by: Actor) -> Sequence[SessionEvent]:
    """The next version. An approval of an earlier one does not hold for it."""
    record = session.record
    opened_at, closed_at = record.opened_at, record.closed_at
    is_held = isinstance(session, Held | Drafted | Approved | Released)
    if not is_held or opened_at is None or closed_at is None:
        raise NotHeld(stage_of(session))
    minutes = draft(_worded(record, command), opened_at, closed_at)
    if isinstance(session, Drafted | Approved | Released) and session.minutes == minutes:
        return []
    if record.released and not command.reason.strip():
        raise CorrectionNeedsReason
    return [
        MinutesDrafted(
            version=record.versions + 1,
            minutes=minutes,
            digest=minutes_digest(minutes),
            author=by.account,
            substitutes=by.substitutes,
            reason=command.reason,
        )
    ]


def _worded(record: Record, command: DraftMinutes) -> Record:
    """With the words of the command in place of those there were."""
    words: dict[object, ItemNote] = {}
    for note in command.notes:
        if item_of(record, note.item).item in words:
            raise NotedTwice(str(note.item))
        words[note.item] = note
    notes = {**record.notes, **{note.item: note.text for note in words.values()}}
    remark = record.remark if command.remark is None else command.remark
    return msgspec.structs.replace(record, notes=notes, remark=remark)


def _return(command: ReturnMinutes, session: Existing) -> Sequence[SessionEvent]:
    drafted = _drafted(session, command.version)
    if not command.reason.strip():
        raise SessionReasonMissing
    return [MinutesReturned(version=drafted.version, reason=command.reason)]


def _approve(command: ApproveMinutes, session: Existing, by: Actor) -> Sequence[SessionEvent]:
    """Four eyes: by somebody who wrote none of it, nor for whom or by whom it was written."""
    drafted = _drafted(session, command.version)
    if command.digest != drafted.digest:
        raise OtherMinutesShown(command.digest, drafted.digest)
    if not by.people.isdisjoint(drafted.record.writers):
        raise WriterMayNotApprove
    return [
        MinutesApproved(
            version=drafted.version,
            digest=drafted.digest,
            approver=by.account,
            substitutes=by.substitutes,
        )
    ]


def _drafted(session: Existing, version: int) -> Drafted:
    if not isinstance(session, Drafted):
        raise MinutesNotDrafted(stage_of(session))
    if session.version != version:
        raise OtherVersion(version, session.version)
    return session


def _release(command: ReleaseMinutes, session: Existing) -> Sequence[SessionEvent]:
    if isinstance(session, Released) and session.version == command.version:
        return []
    if not isinstance(session, Approved):
        raise MinutesNotApproved(stage_of(session))
    if session.version != command.version:
        raise OtherVersion(command.version, session.version)
    return [MinutesReleased(version=session.version)]


def minutes_due(session: Existing, body: Body, calendar: Calendar) -> datetime | None:
    """When the first minutes are to be released, by the rules of the day of the session.

    None: the rules do not say, or there is nothing to wait for (any more).
    """
    record = session.record
    is_waited_for = isinstance(session, Held | Drafted | Approved) and not record.released
    if not is_waited_for or record.minutes_overdue or record.closed_at is None:
        return None
    edition = body.rules_at(record.closed_at.astimezone(calendar.zone).date())
    if edition is None or edition.rules.minutes is None:
        return None
    return end_of(edition.rules.minutes, record.closed_at, calendar)


def _declare_overdue(session: Existing, context: SessionContext) -> Sequence[SessionEvent]:
    due = minutes_due(session, context.body, context.calendar)
    if due is None:
        return []
    if context.at < due:
        raise NotYet(due.isoformat())
    return [MinutesFellOverdue(due=due)]


def _publish(command: PublishItem, session: Existing) -> Sequence[SessionEvent]:
    """One item, as it is. It can be withdrawn from the public at any time."""
    record = session.record
    item = item_of(record, command.item)
    if isinstance(session, Scheduled | Cancelled):
        raise AgendaNotPublic(stage_of(session))
    if item.item in record.published:
        return []
    return [ItemPublished(item=item.item, digest=item_digest(item))]


def _withdraw(command: WithdrawPublication, session: Existing) -> Sequence[SessionEvent]:
    if command.item not in session.record.published:
        raise ItemNotPublished(str(command.item))
    if not command.reason.strip():
        raise SessionReasonMissing
    return [PublicationWithdrawn(item=command.item, reason=command.reason)]
