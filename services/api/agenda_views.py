"""How the items of an agenda look from outside, and the votes on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel import people
from domain.steering.agenda import AgendaItem, ItemKind, agenda_digest, item_digest
from domain.steering.agenda_events import ItemProposed
from domain.steering.body_rules import Majority, Tally
from domain.steering.minutes import Decided, MinutedVote
from domain.steering.session import Circulating, stage_of
from domain.steering.session_events import SessionKind
from domain.steering.vote import Ballot, Manner, Represented
from services.api.session_reading import SessionAt

Said: TypeAlias = Literal["yes", "no", "abstain"]


class AlternativeView(msgspec.Struct, frozen=True, kw_only=True):
    """One wording of a proposal, put to the vote by itself."""

    key: str
    text: str


class BallotView(msgspec.Struct, frozen=True, kw_only=True):
    """What a seat said, and for it the person. In writing others see it once all are counted."""

    seat: str
    person: str
    choice: Said | None = None


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """An item of the agenda as it is now. `digest` is that of what is voted on or published.

    `organisation` proposed it. `is_own`: the member who reads did, or whom they substitute.
    `conflicts` are the seats that do not vote on it, `note` what the minutes are to say,
    `deferred` why it was put off.
    """

    number: int
    item: UUID
    kind: ItemKind
    title: str
    text: str
    organisation: str
    is_own: bool
    themes: list[UUID]
    about: list[UUID]
    alternatives: list[AlternativeView]
    digest: str
    conflicts: list[str]
    ballots: list[BallotView]
    note: str
    deferred: str
    is_published: bool


class AgendaView(msgspec.Struct, frozen=True, kw_only=True):
    """The agenda by itself. It is settled once its `stage` is no longer `scheduled`."""

    session: UUID
    body: str
    body_title: str
    title: str
    kind: SessionKind
    stage: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str
    items: list[ItemView]
    digest: str
    version: int


class VoteView(msgspec.Struct, frozen=True, kw_only=True):
    """A count with all it rests on. Without a quorum it is a recommendation.

    `counted` of the `voting_seats` made the quorum, `needed` were so many. `edition` of the rules
    decided, by this `majority`. `ballots` only if called by name or in writing.
    """

    number: int
    item: UUID
    alternative: str
    text: str
    decided: Decided
    manner: Manner
    at: datetime
    tally: Tally
    ballots: list[BallotView]
    represented: list[Represented]
    conflicted: list[str]
    counted: int
    needed: int
    voting_seats: int
    is_quorate: bool
    edition: int
    majority: Majority
    abstentions_count: bool


def item_views(at: SessionAt) -> list[ItemView]:
    """The items in their order, as whoever reads them may see them."""
    events = [entry.event for entry in at.found.entries]
    proposals = {event.item.item: event for event in events if isinstance(event, ItemProposed)}
    return [
        _item_view(number, item, at, proposals.get(item.item))
        for number, item in enumerate(at.found.state.record.items, start=1)
    ]


def agenda_view(at: SessionAt) -> AgendaView:
    this = at.found.state
    record = this.record
    return AgendaView(
        session=record.session,
        body=record.body,
        body_title=at.body.title,
        title=record.title,
        kind=record.kind,
        stage=stage_of(this),
        starts_at=record.starts_at,
        ends_at=record.ends_at,
        place=record.place,
        items=item_views(at),
        digest=agenda_digest(record.items),
        version=at.found.version,
    )


def vote_views(counts: Iterable[MinutedVote]) -> list[VoteView]:
    """The votes that stand, in their order."""
    return [_vote_view(count) for count in counts]


def _item_view(
    number: int, item: AgendaItem, at: SessionAt, proposal: ItemProposed | None
) -> ItemView:
    this, record, seats = at.found.state, at.found.state.record, at.seats
    is_running = isinstance(this, Circulating)
    return ItemView(
        number=number,
        item=item.item,
        kind=item.kind,
        title=item.title,
        text=item.text,
        organisation=proposal.organisation if proposal else "",
        is_own=_is_own(proposal, seats),
        themes=list(item.themes),
        about=list(item.about),
        alternatives=[AlternativeView(key=one.key, text=one.text) for one in item.alternatives],
        digest=item_digest(item),
        conflicts=sorted(seat for at, seat in record.conflicts if at == item.item),
        ballots=[
            _ballot_view(ballot, seats, is_running=is_running)
            for ballot in sorted(record.ballots.get(item.item, ()), key=lambda b: b.seat)
        ],
        note=record.notes.get(item.item, ""),
        deferred=record.deferred.get(item.item, ""),
        is_published=item.item in record.published,
    )


def _is_own(proposal: ItemProposed | None, seats: frozenset[str] | None) -> bool:
    if proposal is None or seats is None:
        return False
    return not seats.isdisjoint(people(proposal.proposer, proposal.substitutes))


def _ballot_view(ballot: Ballot, seats: frozenset[str] | None, *, is_running: bool) -> BallotView:
    """Nobody is to vote as others did, so a running vote shows who voted, not how."""
    is_own = seats is not None and ballot.person in seats
    if is_own or not is_running:
        return _shown(ballot)
    return BallotView(seat=ballot.seat, person=ballot.person, choice=None)


def _shown(ballot: Ballot) -> BallotView:
    return BallotView(seat=ballot.seat, person=ballot.person, choice=ballot.choice.value)


def _vote_view(count: MinutedVote) -> VoteView:
    vote = count.vote
    return VoteView(
        number=vote.number,
        item=vote.item,
        alternative=vote.alternative,
        text=vote.text,
        decided=count.decided,
        manner=vote.manner,
        at=vote.at,
        tally=vote.tally,
        ballots=[_shown(ballot) for ballot in vote.ballots],
        represented=list(vote.represented),
        conflicted=list(vote.conflicted),
        counted=vote.counted,
        needed=vote.needed,
        voting_seats=vote.voting_seats,
        is_quorate=vote.is_quorate,
        edition=vote.edition,
        majority=vote.majority,
        abstentions_count=vote.abstentions_count,
    )
