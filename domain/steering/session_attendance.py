"""Who is there: the session is opened, people sit on seats and leave them, guests listen."""

from collections.abc import Sequence
from datetime import datetime

from domain.directory.errors import UnknownAccount, UnknownOrganisation
from domain.directory.organisation import Organisation
from domain.steering.body import Seat
from domain.steering.body_errors import UnknownSeat
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.session import Existing, Frozen, Open, stage_of
from domain.steering.session_commands import (
    AdmitGuests,
    DismissGuests,
    LeaveSeat,
    OpenSession,
    TakeSeat,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import (
    AgendaNotFrozen,
    HasASeat,
    HolderIsThere,
    MomentToCome,
    NoGuests,
    NotAMeeting,
    NotInvited,
    NotOnSeat,
    NotOpen,
    OtherDay,
    OutsideSession,
    OwnSeatFirst,
    RepresentsAnotherSeat,
    SeatIsEmpty,
    SeatIsTaken,
    VoteRestsOnIt,
)
from domain.steering.session_events import SessionEvent, SessionKind
from domain.steering.session_held_events import (
    GuestsAdmitted,
    GuestsLeft,
    SeatLeft,
    SeatTaken,
    SessionOpened,
)
from domain.steering.session_record import Presence, Record


def open_session(
    command: OpenSession, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """On its day, with an agenda that is frozen and an invitation that stands."""
    if session.record.kind is not SessionKind.MEETING:
        raise NotAMeeting
    if not isinstance(session, Frozen):
        raise AgendaNotFrozen(stage_of(session))
    if session.record.invitation is None:
        raise NotInvited
    for person in (command.chair, command.keeper):
        if person not in context.people:
            raise UnknownAccount(person)
    at = _moment(command.at, context)
    day = context.day_of(session.record.starts_at)
    if context.day_of(at) != day:
        raise OtherDay(day.isoformat())
    context.edition_on(day)
    return [SessionOpened(at=at, chair=command.chair, keeper=command.keeper)]


def take_seat(
    command: TakeSeat, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """The holder, or a deputy while the holder is away. Who comes as holder takes over."""
    record = open_record(session)
    at = moment_in(record, command.at, context)
    seat = seat_on(command.seat, at, context)
    capacity = seat.capacity_of(command.person, context.day_of(at))
    if capacity is None:
        raise NotOnSeat(command.seat, command.person)
    sitting = _sitting(record, seat.seat)
    if sitting is not None and sitting.person == command.person:
        return []
    _check_after_last(record, seat.seat, at)
    if seat.votes:
        _check_no_vote_since(record, at)
    _check_person_is_free(command.person, seat, at, record, context)
    if capacity is Capacity.DEPUTY:
        _check_holder_is_away(seat, at, record, context)
    taken = SeatTaken(
        seat=seat.seat,
        organisation=seat.organisation,
        kind=seat.kind,
        person=command.person,
        capacity=capacity,
        at=at,
    )
    if sitting is None:
        return [taken]
    if capacity is Capacity.DEPUTY or sitting.capacity is Capacity.HOLDER:
        raise SeatIsTaken(seat.seat)
    return [SeatLeft(seat=seat.seat, person=sitting.person, at=at), taken]


def leave_seat(
    command: LeaveSeat, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    record = open_record(session)
    at = moment_in(record, command.at, context)
    sitting = _sitting(record, command.seat)
    if sitting is None:
        raise SeatIsEmpty(command.seat)
    _check_after_last(record, command.seat, at)
    if sitting.kind is SeatKind.MEMBER:
        _check_no_vote_since(record, at)
    return [SeatLeft(seat=command.seat, person=sitting.person, at=at)]


def admit_guests(
    command: AdmitGuests, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """From an organisation that has no seat that day."""
    record = open_record(session)
    at = moment_in(record, command.at, context)
    key = command.organisation
    if not context.organisations.get(key, Organisation()).key:
        raise UnknownOrganisation(key)
    if command.people < 1:
        raise NoGuests(key)
    if any(seat.organisation == key for seat in context.body.seats_at(context.day_of(at))):
        raise HasASeat(key)
    there = [guests for guests in record.guests if guests.organisation == key]
    if any(guests.until is None and guests.people == command.people for guests in there):
        return []
    if any(at < (guests.until or guests.since) for guests in there):
        raise OutsideSession(at.isoformat())
    return [GuestsAdmitted(organisation=key, people=command.people, at=at)]


def dismiss_guests(
    command: DismissGuests, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    record = open_record(session)
    at = moment_in(record, command.at, context)
    there = (g for g in record.guests if g.organisation == command.organisation)
    sitting = next((guests for guests in there if guests.until is None), None)
    if sitting is None:
        return []
    if at < sitting.since:
        raise OutsideSession(at.isoformat())
    return [GuestsLeft(organisation=command.organisation, at=at)]


def open_record(session: Existing) -> Record:
    """The record of a session in which people are meeting. Raises NotOpen."""
    if not isinstance(session, Open):
        raise NotOpen(stage_of(session))
    return session.record


def moment_in(record: Record, at: datetime | None, context: SessionContext) -> datetime:
    """The moment meant: now, or one that was named and lies since the session was opened."""
    moment = _moment(at, context)
    if record.opened_at is None or moment < record.opened_at:
        raise OutsideSession(moment.isoformat())
    return moment


def seat_on(key: str, at: datetime, context: SessionContext) -> Seat:
    """The body's seat, if it exists on this moment's day. Raises UnknownSeat."""
    seat = context.body.seats.get(key)
    if seat is None or not seat.exists_on(context.day_of(at)):
        raise UnknownSeat(key)
    return seat


def _moment(at: datetime | None, context: SessionContext) -> datetime:
    moment = context.at if at is None else at
    if moment > context.at:
        raise MomentToCome(moment.isoformat())
    return moment


def _sitting(record: Record, seat: str) -> Presence | None:
    there = (p for p in record.presences if p.seat == seat and p.until is None)
    return next(there, None)


def _check_after_last(record: Record, seat: str, at: datetime) -> None:
    """What happens on a seat is recorded in its order."""
    if any(p.seat == seat and at < (p.until or p.since) for p in record.presences):
        raise OutsideSession(at.isoformat())


def _check_no_vote_since(record: Record, at: datetime) -> None:
    for count in record.counts:
        if at <= count.vote.at:
            raise VoteRestsOnIt(count.vote.number)


def _check_person_is_free(
    person: str, seat: Seat, at: datetime, record: Record, context: SessionContext
) -> None:
    for held in context.body.votes_held_by(person, context.day_of(at)):
        if held != seat.seat:
            raise OwnSeatFirst(held)
    for presence in record.presences:
        is_elsewhere = presence.person == person and presence.seat != seat.seat
        if is_elsewhere and (presence.until is None or at < presence.until):
            raise RepresentsAnotherSeat(presence.seat)


def _check_holder_is_away(
    seat: Seat, at: datetime, record: Record, context: SessionContext
) -> None:
    holder = seat.holder_on(context.day_of(at))
    if holder is None:
        return
    for presence in record.presences:
        if presence.person == holder and (presence.until is None or at < presence.until):
            raise HolderIsThere(seat.seat)
