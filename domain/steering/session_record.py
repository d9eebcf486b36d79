"""What every stage of a session knows: what was planned, who was there, what was counted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

import msgspec

from domain.kernel import people
from domain.steering.agenda import AgendaItem, Alternative
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.minutes import Decided, MinutedVote
from domain.steering.session_events import Occasion, SessionKind
from domain.steering.session_held_events import (
    BallotCast,
    CircularOpened,
    ConflictDeclared,
    ConflictLifted,
    GuestsAdmitted,
    GuestsLeft,
    HeldEvent,
    ItemDeferred,
    ItemDiscussed,
    ItemResumed,
    ProposalAmended,
    RecommendationMade,
    SeatLeft,
    SeatTaken,
    SeatThatDay,
    SessionClosed,
    SessionOpened,
    VoteAnnulled,
    VoteTaken,
)
from domain.steering.vote import Ballot


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """The rules under which it was sent, and by when it was due."""

    edition: int
    due: date
    urgency: str
    reminders: tuple[datetime, ...]


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """A person on a seat; still there if `until` is None. The last moment is not part of it."""

    seat: str
    organisation: str
    kind: SeatKind
    person: str
    capacity: Capacity
    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


class Guests(msgspec.Struct, frozen=True, kw_only=True):
    """People of an organisation without a seat; still there if `until` is None."""

    organisation: str
    people: int
    since: datetime
    until: datetime | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """`reminded` are the planned moments at which reminders went out, by occasion.

    `counts` holds the votes and recommendations that stand, `numbered` how many there ever were.
    `notes` and `deferred` are by item, `ballots` those cast in writing. `writers` are all who
    wrote what the minutes say, and for whom they did. `released` is the version of the minutes
    the body has; 0: none. `published` are the items that everybody may see. `is_reopened`: people
    took the agenda up again since items were called for. `minutes_overdue`: that was noticed.
    """

    session: UUID
    body: str
    key: str
    title: str
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    called_until: datetime | None = None
    call_reminders: tuple[datetime, ...] = ()
    is_reopened: bool = False
    items: tuple[AgendaItem, ...] = ()
    invitation: Invitation | None = None
    reminded: frozenset[tuple[Occasion, datetime]] = frozenset()
    absences: frozenset[str] = frozenset()
    opened_at: datetime | None = None
    chair: str = ""
    keeper: str = ""
    presences: tuple[Presence, ...] = ()
    guests: tuple[Guests, ...] = ()
    conflicts: frozenset[tuple[UUID, str]] = frozenset()
    ballots: Mapping[UUID, tuple[Ballot, ...]] = {}
    counts: tuple[MinutedVote, ...] = ()
    numbered: int = 0
    notes: Mapping[UUID, str] = {}
    deferred: Mapping[UUID, str] = {}
    closed_at: datetime | None = None
    seats: tuple[SeatThatDay, ...] = ()
    remark: str = ""
    writers: frozenset[str] = frozenset()
    versions: int = 0
    released: int = 0
    minutes_overdue: bool = False
    published: frozenset[UUID] = frozenset()

    def item(self, item: UUID) -> AgendaItem | None:
        return next((one for one in self.items if one.item == item), None)

    def counts_on(self, item: UUID) -> tuple[MinutedVote, ...]:
        return tuple(count for count in self.counts if count.vote.item == item)

    def adopted_on(self, item: UUID) -> MinutedVote | None:
        """The valid vote by which an alternative of the item was adopted, if there is one."""
        counts = self.counts_on(item)
        return next((count for count in counts if count.decided is Decided.ADOPTED), None)


def with_item(record: Record, item: AgendaItem) -> Record:
    """With this item in the place of the one with its id."""
    items = tuple(item if one.item == item.item else one for one in record.items)
    return msgspec.structs.replace(record, items=items)


def after_held_event(record: Record, event: HeldEvent) -> Record:  # noqa: C901, PLR0911, PLR0912 (one case for each event)
    match event:
        case SessionOpened():
            return msgspec.structs.replace(
                record,
                opened_at=event.at,
                chair=event.chair,
                keeper=event.keeper,
                writers=record.writers | {event.keeper} - {""},
            )
        case CircularOpened():
            return msgspec.structs.replace(record, opened_at=event.at)
        case SeatTaken() | SeatLeft():
            return msgspec.structs.replace(record, presences=_presences(record, event))
        case GuestsAdmitted() | GuestsLeft():
            return msgspec.structs.replace(record, guests=_guests(record, event))
        case ConflictDeclared():
            conflicts = record.conflicts | {(event.item, event.seat)}
            return msgspec.structs.replace(record, conflicts=conflicts)
        case ConflictLifted():
            conflicts = record.conflicts - {(event.item, event.seat)}
            return msgspec.structs.replace(record, conflicts=conflicts)
        case ProposalAmended():
            return _amended(record, event.item, event.alternative)
        case ItemDiscussed():
            return msgspec.structs.replace(
                record,
                notes={**record.notes, event.item: event.text},
                writers=record.writers | people(event.author, event.substitutes),
            )
        case ItemDeferred():
            return msgspec.structs.replace(
                record, deferred={**record.deferred, event.item: event.reason}
            )
        case ItemResumed():
            deferred = {k: v for k, v in record.deferred.items() if k != event.item}
            return msgspec.structs.replace(record, deferred=deferred)
        case BallotCast():
            others = (b for b in record.ballots.get(event.item, ()) if b.seat != event.seat)
            ballot = Ballot(seat=event.seat, person=event.person, choice=event.choice)
            ballots = {**record.ballots, event.item: (*others, ballot)}
            return msgspec.structs.replace(record, ballots=ballots)
        case VoteTaken() | RecommendationMade() | VoteAnnulled():
            return _counted(record, event)
        case SessionClosed():
            return _closed(record, event)
        case _:
            assert_never(event)


def _presences(record: Record, event: SeatTaken | SeatLeft) -> tuple[Presence, ...]:
    match event:
        case SeatTaken():
            presence = Presence(
                seat=event.seat,
                organisation=event.organisation,
                kind=event.kind,
                person=event.person,
                capacity=event.capacity,
                since=event.at,
            )
            return (*record.presences, presence)
        case SeatLeft(seat=seat, person=person, at=at):
            return tuple(
                msgspec.structs.replace(presence, until=at)
                if presence.until is None and (presence.seat, presence.person) == (seat, person)
                else presence
                for presence in record.presences
            )


def _guests(record: Record, event: GuestsAdmitted | GuestsLeft) -> tuple[Guests, ...]:
    """More of an organisation that is there already: another number from then on."""
    left = tuple(
        msgspec.structs.replace(guests, until=event.at)
        if guests.until is None and guests.organisation == event.organisation
        else guests
        for guests in record.guests
    )
    if isinstance(event, GuestsLeft):
        return left
    came = Guests(organisation=event.organisation, people=event.people, since=event.at)
    return (*left, came)


def _amended(record: Record, item: UUID, alternative: Alternative) -> Record:
    found = record.item(item)
    if found is None:
        return record
    if found.alternative(alternative.key) is None:
        alternatives = (*found.alternatives, alternative)
    else:
        alternatives = tuple(
            alternative if one.key == alternative.key else one for one in found.alternatives
        )
    return with_item(record, msgspec.structs.replace(found, alternatives=alternatives))


def _counted(record: Record, event: VoteTaken | RecommendationMade | VoteAnnulled) -> Record:
    match event:
        case VoteAnnulled(number=number):
            counts = tuple(count for count in record.counts if count.vote.number != number)
            return msgspec.structs.replace(record, counts=counts)
        case VoteTaken(vote=vote, adopted=adopted):
            decided = Decided.ADOPTED if adopted else Decided.REJECTED
        case RecommendationMade(vote=vote, in_favour=in_favour):
            decided = Decided.RECOMMENDED if in_favour else Decided.NOT_RECOMMENDED
    counts = (*record.counts, MinutedVote(vote=vote, decided=decided))
    return msgspec.structs.replace(record, counts=counts, numbered=vote.number)


def _closed(record: Record, event: SessionClosed) -> Record:
    """Who was still there was there until the end."""
    return msgspec.structs.replace(
        record,
        closed_at=event.at,
        seats=event.seats,
        presences=tuple(
            p if p.until is not None else msgspec.structs.replace(p, until=event.at)
            for p in record.presences
        ),
        guests=tuple(
            g if g.until is not None else msgspec.structs.replace(g, until=event.at)
            for g in record.guests
        ),
    )
