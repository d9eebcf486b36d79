"""Voting while people meet: counted or called by name, valid with a quorum only."""

from collections.abc import Sequence
from datetime import datetime

from domain.steering.agenda import Alternative, ItemKind
from domain.steering.agenda_decide import item_of
from domain.steering.body_events import Capacity
from domain.steering.body_rules import Tally
from domain.steering.session import Existing, Open
from domain.steering.session_attendance import moment_in, open_record, seat_on
from domain.steering.session_commands import AnnulVote, CloseSession, TakeVote
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import (
    HolderIsThere,
    NotACircular,
    NotOnSeat,
    OutsideSession,
    SessionReasonMissing,
)
from domain.steering.session_events import SessionEvent
from domain.steering.session_held_events import (
    SessionClosed,
    VoteAnnulled,
)
from domain.steering.session_record import Record
from domain.steering.vote import Ballot, Manner, Represented, tally_of
from domain.steering.vote_errors import (
    AlreadyAdopted,
    AlreadyCounted,
    CountsAndCalls,
    ItemIsDeferred,
    MoreVotesThanSeats,
    NegativeCount,
    NobodyVoted,
    NotAProposal,
    SeatCalledTwice,
    SeatMayNotVote,
    UnknownAlternative,
    UnknownVote,
)
from domain.steering.vote_outcome import (
    Count,
    Electorate,
    outcome_of,
    seats_that_day,
    voting_seats,
)


def take_vote(
    command: TakeVote, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """With a quorum it is a vote, without one a recommendation. The rules of its day decide."""
    record = open_record(session)
    alternative = _alternative(command, record)
    at = moment_in(record, command.at, context)
    edition = context.edition_on(context.day_of(at))
    electorate = _electorate(command, record, at, context)
    ballots = _ballots(command, electorate)
    tally = tally_of(ballots) if ballots else _counted(command, electorate)
    count = Count(
        number=record.numbered + 1,
        item=command.item,
        alternative=alternative,
        manner=command.manner,
        at=at,
        tally=tally,
        ballots=ballots,
    )
    return [outcome_of(count, electorate, edition)]


def _alternative(command: TakeVote, record: Record) -> Alternative:
    """The wording to vote on: of a proposal on which nothing is adopted yet."""
    item = item_of(record, command.item)
    if item.kind is not ItemKind.PROPOSAL:
        raise NotAProposal(str(item.item))
    alternative = item.alternative(command.alternative)
    if alternative is None:
        raise UnknownAlternative(str(item.item), command.alternative)
    if item.item in record.deferred:
        raise ItemIsDeferred(str(item.item))
    if record.adopted_on(item.item) is not None:
        raise AlreadyAdopted(str(item.item))
    for count in record.counts_on(item.item):
        if count.vote.alternative == alternative.key:
            raise AlreadyCounted(count.vote.number)
    return alternative


def _electorate(
    command: TakeVote, record: Record, at: datetime, context: SessionContext
) -> Electorate:
    edition = context.edition_on(context.day_of(at))
    seats = voting_seats(edition, at, context)
    there = sorted(
        (presence.seat, presence.person)
        for presence in record.presences
        if presence.seat in seats and presence.covers(at)
    )
    for seat, person in there:
        _check_entitled(seat, person, record, at, context)
    return Electorate(
        represented=tuple(Represented(seat=seat, person=person) for seat, person in there),
        conflicted=tuple(seat for seat, _ in there if (command.item, seat) in record.conflicts),
        voting_seats=len(seats),
    )


def _check_entitled(
    key: str, person: str, record: Record, at: datetime, context: SessionContext
) -> None:
    """Still so if the body has changed since they sat down: on the seat, and in nobody's way."""
    seat, day = seat_on(key, at, context), context.day_of(at)
    capacity = seat.capacity_of(person, day)
    if capacity is None:
        raise NotOnSeat(key, person)
    holder = seat.holder_on(day)
    there = {presence.person for presence in record.presences if presence.covers(at)}
    if capacity is Capacity.DEPUTY and holder in there:
        raise HolderIsThere(key)


def _ballots(command: TakeVote, electorate: Electorate) -> tuple[Ballot, ...]:
    """Called by name, each seat once, and the person on it answers."""
    if command.manner is Manner.CIRCULAR:
        raise NotACircular
    is_called = command.manner is Manner.ROLL_CALL
    if bool(command.answers) != is_called or (is_called and _sum(command)):
        raise CountsAndCalls
    called: dict[str, Ballot] = {}
    for answer in command.answers:
        if answer.seat in called:
            raise SeatCalledTwice(answer.seat)
        person = electorate.eligible.get(answer.seat)
        if person is None:
            raise SeatMayNotVote(answer.seat)
        called[answer.seat] = Ballot(seat=answer.seat, person=person, choice=answer.choice)
    return tuple(called.values())


def _counted(command: TakeVote, electorate: Electorate) -> Tally:
    tally = Tally(yes=command.yes, no=command.no, abstain=command.abstain)
    if min(tally.yes, tally.no, tally.abstain) < 0:
        raise NegativeCount
    if not tally.given:
        raise NobodyVoted
    if tally.given > len(electorate.eligible):
        raise MoreVotesThanSeats(tally.given, len(electorate.eligible))
    return tally


def _sum(command: TakeVote) -> int:
    return abs(command.yes) + abs(command.no) + abs(command.abstain)


def annul_vote(command: AnnulVote, session: Existing) -> Sequence[SessionEvent]:
    """While people still meet: it was recorded otherwise than it was taken."""
    record = open_record(session)
    if not command.reason.strip():
        raise SessionReasonMissing
    if all(count.vote.number != command.number for count in record.counts):
        raise UnknownVote(command.number)
    return [VoteAnnulled(number=command.number, reason=command.reason)]


def close_meeting(
    command: CloseSession, session: Open, context: SessionContext
) -> Sequence[SessionEvent]:
    """Not before the last thing that happened. From then on every vote is final."""
    record = session.record
    at = moment_in(record, command.at, context)
    if any(at < moment for moment in _moments(record)):
        raise OutsideSession(at.isoformat())
    return [SessionClosed(at=at, seats=seats_that_day(context, at))]


def _moments(record: Record) -> Sequence[datetime]:
    return [
        *(count.vote.at for count in record.counts),
        *(presence.until or presence.since for presence in record.presences),
        *(guests.until or guests.since for guests in record.guests),
    ]
