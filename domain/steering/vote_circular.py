"""Voting in writing: each seat by itself until the time is over. Silence is never consent."""

from collections.abc import Sequence
from datetime import datetime

from domain.steering.agenda import AgendaItem, agenda_digest, item_digest
from domain.steering.agenda_decide import item_of
from domain.steering.body import Seat
from domain.steering.body_events import Capacity
from domain.steering.session import Circulating, Existing, Frozen, stage_of
from domain.steering.session_attendance import seat_on
from domain.steering.session_commands import CastBallot, OpenCircular
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import (
    AgendaNotFrozen,
    NobodyToInvite,
    NotACircular,
    NotOnSeat,
    NotYet,
    OwnSeatFirst,
)
from domain.steering.session_events import SessionEvent, SessionKind
from domain.steering.session_held_events import BallotCast, CircularOpened, SessionClosed
from domain.steering.session_record import Record
from domain.steering.session_reminding import missing_ballots
from domain.steering.session_schedule import end_of, reminders
from domain.steering.vote import Ballot, Manner, Represented, tally_of
from domain.steering.vote_errors import (
    BallotIsPersonal,
    BallotTooLate,
    HolderIsNotAway,
    NoCircularVotes,
    NotCirculating,
    OtherItemShown,
    SeatHasVoted,
    SeatMayNotVote,
    StillVoting,
    VotedForAnotherSeat,
)
from domain.steering.vote_outcome import (
    Count,
    Electorate,
    outcome_of,
    seats_that_day,
    voting_seats,
)


def open_circular(
    command: OpenCircular, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """Ask the voting seats of today, if the rules of today know votes in writing."""
    record = session.record
    if record.kind is not SessionKind.CIRCULAR:
        raise NotACircular
    if isinstance(session, Circulating):
        return []
    if not isinstance(session, Frozen):
        raise AgendaNotFrozen(stage_of(session))
    if context.at < record.starts_at:
        raise NotYet(record.starts_at.isoformat())
    edition = context.edition_on(context.today)
    if edition.rules.circular is None:
        raise NoCircularVotes(edition.edition)
    if not any(
        s.votes and s.people_on(context.today) for s in context.body.seats_at(context.today)
    ):
        raise NobodyToInvite(context.today.isoformat())
    closes_at = end_of(edition.rules.circular, context.at, context.calendar)
    return [
        CircularOpened(
            at=context.at,
            edition=edition.edition,
            closes_at=closes_at,
            seats=voting_seats(edition, context.at, context),
            reminders=reminders(
                context.calendar, command.remind_working_days_before, context.at, closes_at
            ),
            digest=agenda_digest(record.items),
        )
    ]


def cast_ballot(
    command: CastBallot, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """By the holder, or by a deputy if the holder said that they will not and has not."""
    if not isinstance(session, Circulating):
        raise NotCirculating(stage_of(session))
    if context.at >= session.closes_at:
        raise BallotTooLate(session.closes_at.isoformat())
    record = session.record
    current = item_digest(item_of(record, command.item))
    if command.shown != current:
        raise OtherItemShown(command.shown, current)
    _check_may_vote(command, session, context)
    by = context.by.account
    earlier = _ballot_of(record, command)
    if earlier is not None and (earlier.person, earlier.choice) == (by, command.choice):
        return []
    return [
        BallotCast(
            item=command.item,
            seat=command.seat,
            person=by,
            choice=command.choice,
            shown=command.shown,
        )
    ]


def _check_may_vote(command: CastBallot, session: Circulating, context: SessionContext) -> None:
    record, by = session.record, context.by
    if by.substitutes:
        raise BallotIsPersonal
    seat = seat_on(command.seat, context.at, context)
    is_asked = seat.votes and seat.seat in session.seats
    if not is_asked or (command.item, seat.seat) in record.conflicts:
        raise SeatMayNotVote(seat.seat)
    capacity = seat.capacity_of(by.account, context.today)
    if capacity is None:
        raise NotOnSeat(seat.seat, by.account)
    for held in context.body.votes_held_by(by.account, context.today):
        if held != seat.seat:
            raise OwnSeatFirst(held)
    for ballot in record.ballots.get(command.item, ()):
        if ballot.person == by.account and ballot.seat != seat.seat:
            raise VotedForAnotherSeat(ballot.seat)
    if capacity is Capacity.DEPUTY:
        _check_holder_is_away(seat, command, record, context)


def _check_holder_is_away(
    seat: Seat, command: CastBallot, record: Record, context: SessionContext
) -> None:
    holder = seat.holder_on(context.today)
    earlier = _ballot_of(record, command)
    has_voted = earlier is not None and earlier.person == holder
    if holder is not None and (has_voted or seat.seat not in record.absences):
        raise HolderIsNotAway(seat.seat)
    if earlier is not None and earlier.person != context.by.account:
        raise SeatHasVoted(seat.seat)


def _ballot_of(record: Record, command: CastBallot) -> Ballot | None:
    ballots = record.ballots.get(command.item, ())
    return next((ballot for ballot in ballots if ballot.seat == command.seat), None)


def close_circular(session: Circulating, context: SessionContext) -> Sequence[SessionEvent]:
    """At its end, or before if everybody has voted. Only ballots that were cast are counted."""
    if context.at < session.closes_at and missing_ballots(session):
        raise StillVoting(session.closes_at.isoformat())
    at = min(context.at, session.closes_at)
    items = session.record.items
    first = session.record.numbered + 1
    return [
        *(
            _count(number, item, session, at, context)
            for number, item in enumerate(items, start=first)
        ),
        SessionClosed(at=at, seats=seats_that_day(context, at)),
    ]


def _count(
    number: int, item: AgendaItem, session: Circulating, at: datetime, context: SessionContext
) -> SessionEvent:
    """Of the seats that were asked, also those that have ended since."""
    record = session.record
    edition = context.edition_on(context.day_of(at))
    ballots = tuple(sorted(record.ballots.get(item.item, ()), key=lambda ballot: ballot.seat))
    electorate = Electorate(
        represented=tuple(Represented(seat=b.seat, person=b.person) for b in ballots),
        conflicted=tuple(s for s in session.seats if (item.item, s) in record.conflicts),
        voting_seats=len(session.seats),
    )
    (alternative,) = item.alternatives
    count = Count(
        number=number,
        item=item.item,
        alternative=alternative,
        manner=Manner.CIRCULAR,
        at=at,
        tally=tally_of(ballots),
        ballots=ballots,
    )
    return outcome_of(count, electorate, edition)
