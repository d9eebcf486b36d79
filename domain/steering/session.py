"""A session: its stages, and how they follow from what happened."""

from datetime import datetime
from typing import TypeAlias, assert_never

import msgspec

from domain.kernel import people
from domain.steering.agenda_events import (
    AgendaEvent,
    AgendaFrozen,
    AgendaOrdered,
    AgendaReopened,
    ItemProposed,
    ItemRevised,
    ItemWithdrawn,
)
from domain.steering.minutes import Minutes
from domain.steering.minutes_events import (
    ItemPublished,
    MinutesApproved,
    MinutesDrafted,
    MinutesEvent,
    MinutesFellOverdue,
    MinutesReleased,
    MinutesReturned,
    PublicationWithdrawn,
)
from domain.steering.session_events import (
    AbsenceAnnounced,
    AbsenceWithdrawn,
    ItemsCalledFor,
    MembersReminded,
    PlanningEvent,
    SessionCancelled,
    SessionEvent,
    SessionInvited,
    SessionMoved,
    SessionScheduled,
)
from domain.steering.session_held_events import (
    CircularOpened,
    HeldEvent,
    SessionClosed,
    SessionOpened,
)
from domain.steering.session_record import (
    Invitation,
    Record,
    after_held_event,
    with_item,
)


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Scheduled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The agenda is being collected."""

    record: Record


class Frozen(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The agenda is what it is."""

    record: Record


class Open(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """People are meeting."""

    record: Record


class Circulating(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A vote in writing is running. `seats` were asked; `edition` allowed it."""

    record: Record
    closes_at: datetime
    reminders: tuple[datetime, ...]
    seats: tuple[str, ...]
    edition: int


class Held(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Over; the minutes are to be drafted, for the first time or anew."""

    record: Record


class Drafted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The minutes wait for a second person."""

    record: Record
    version: int
    minutes: Minutes
    digest: str


class Approved(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record
    version: int
    minutes: Minutes
    digest: str


class Released(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The body has its minutes."""

    record: Record
    version: int
    minutes: Minutes
    digest: str


class Cancelled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record
    reason: str


Existing: TypeAlias = (
    Scheduled | Frozen | Open | Circulating | Held | Drafted | Approved | Released | Cancelled
)
Session: TypeAlias = Unknown | Existing


def stage_of(session: Session) -> str:
    """The stage's name as it is stored, sent and shown, such as `scheduled` or `held`."""
    return type(session).__name__.lower()


def evolve(session: Session, event: SessionEvent) -> Session:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, SessionScheduled):
        return Scheduled(record=Record(**msgspec.structs.asdict(event)))
    if isinstance(session, Unknown):
        return session
    if isinstance(event, PlanningEvent):
        return _plan(session, event)
    if isinstance(event, AgendaEvent):
        return _set_agenda(session, event)
    if isinstance(event, HeldEvent):
        return _hold(session, event)
    return _write(session, event)


def _plan(session: Existing, event: PlanningEvent) -> Existing:
    record = session.record
    match event:
        case SessionCancelled():
            return Cancelled(record=record, reason=event.reason)
        case SessionMoved():
            record = msgspec.structs.replace(
                record,
                starts_at=event.starts_at,
                ends_at=event.ends_at,
                place=event.place,
                invitation=record.invitation if event.invitation_stands else None,
                absences=record.absences if event.invitation_stands else frozenset(),
            )
        case ItemsCalledFor():
            record = msgspec.structs.replace(
                record,
                called_until=event.until,
                call_reminders=event.reminders,
                is_reopened=False,
            )
        case SessionInvited():
            invitation = Invitation(
                edition=event.edition,
                due=event.due,
                urgency=event.urgency,
                reminders=event.reminders,
            )
            record = msgspec.structs.replace(record, invitation=invitation)
        case MembersReminded(moment=None):
            pass
        case MembersReminded(moment=moment):
            reminded = record.reminded | {(event.occasion, moment)}
            record = msgspec.structs.replace(record, reminded=reminded)
        case AbsenceAnnounced():
            record = msgspec.structs.replace(record, absences=record.absences | {event.seat})
        case AbsenceWithdrawn():
            record = msgspec.structs.replace(record, absences=record.absences - {event.seat})
        case _:
            assert_never(event)
    return msgspec.structs.replace(session, record=record)


def _set_agenda(session: Existing, event: AgendaEvent) -> Existing:
    record = session.record
    match event:
        case ItemProposed():
            record = msgspec.structs.replace(record, items=(*record.items, event.item))
        case ItemRevised():
            record = with_item(record, event.item)
        case ItemWithdrawn():
            items = tuple(item for item in record.items if item.item != event.item)
            record = msgspec.structs.replace(record, items=items)
        case AgendaOrdered():
            place = {item: number for number, item in enumerate(event.items)}
            items = sorted(record.items, key=lambda item: place.get(item.item, len(place)))
            record = msgspec.structs.replace(record, items=tuple(items))
        case AgendaFrozen():
            return Frozen(record=record)
        case AgendaReopened():
            return Scheduled(record=msgspec.structs.replace(record, is_reopened=True))
        case _:
            assert_never(event)
    return msgspec.structs.replace(session, record=record)


def _hold(session: Existing, event: HeldEvent) -> Existing:
    record = after_held_event(session.record, event)
    match event:
        case SessionOpened():
            return Open(record=record)
        case CircularOpened():
            return Circulating(
                record=record,
                closes_at=event.closes_at,
                reminders=event.reminders,
                seats=event.seats,
                edition=event.edition,
            )
        case SessionClosed():
            return Held(record=record)
        case _:
            return msgspec.structs.replace(session, record=record)


def _write(session: Existing, event: MinutesEvent) -> Existing:
    record = session.record
    match event:
        case MinutesDrafted():
            record = msgspec.structs.replace(
                record,
                versions=event.version,
                notes={item.item: item.text for item in event.minutes.items if item.text},
                remark=event.minutes.remark,
                writers=record.writers | people(event.author, event.substitutes),
            )
            return Drafted(
                record=record, version=event.version, minutes=event.minutes, digest=event.digest
            )
        case MinutesReturned():
            return Held(record=record)
        case MinutesApproved():
            return _with_minutes(session, Approved)
        case MinutesReleased():
            record = msgspec.structs.replace(record, released=event.version)
            return _with_minutes(msgspec.structs.replace(session, record=record), Released)
        case MinutesFellOverdue():
            record = msgspec.structs.replace(record, minutes_overdue=True)
        case ItemPublished():
            record = msgspec.structs.replace(record, published=record.published | {event.item})
        case PublicationWithdrawn():
            record = msgspec.structs.replace(record, published=record.published - {event.item})
        case _:
            assert_never(event)
    return msgspec.structs.replace(session, record=record)


def _with_minutes(session: Existing, stage: type[Approved | Released]) -> Existing:
    if not isinstance(session, Drafted | Approved | Released):
        return session
    return stage(
        record=session.record,
        version=session.version,
        minutes=session.minutes,
        digest=session.digest,
    )
