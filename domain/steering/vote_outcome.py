"""What comes of a count: a vote if there is a quorum, else a recommendation."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from domain.steering.agenda import Alternative
from domain.steering.body import Edition
from domain.steering.body_rules import Tally, is_adopted, seats_needed
from domain.steering.session_context import SessionContext
from domain.steering.session_held_events import RecommendationMade, SeatThatDay, VoteTaken
from domain.steering.vote import Ballot, Manner, Represented, Vote


class Electorate(msgspec.Struct, frozen=True, kw_only=True):
    """Who could vote: the voting seats there, those of them in conflict, and all there are."""

    represented: tuple[Represented, ...]
    conflicted: tuple[str, ...]
    voting_seats: int

    @property
    def eligible(self) -> Mapping[str, str]:
        """The account on each seat that may vote on the item."""
        there = self.represented
        return {r.seat: r.person for r in there if r.seat not in self.conflicted}


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What was put to the vote, when and how, and what was said."""

    number: int
    item: UUID
    alternative: Alternative
    manner: Manner
    at: datetime
    tally: Tally
    ballots: tuple[Ballot, ...]


def outcome_of(
    count: Count, electorate: Electorate, edition: Edition
) -> VoteTaken | RecommendationMade:
    """By these rules, with all it rests on."""
    rules = edition.rules
    there = electorate.represented if rules.conflicted_are_present else electorate.eligible
    vote = Vote(
        number=count.number,
        item=count.item,
        alternative=count.alternative.key,
        text=count.alternative.text,
        manner=count.manner,
        at=count.at,
        tally=count.tally,
        ballots=count.ballots,
        represented=electorate.represented,
        conflicted=electorate.conflicted,
        counted=len(there),
        needed=seats_needed(rules.quorum, electorate.voting_seats),
        voting_seats=electorate.voting_seats,
        edition=edition.edition,
        majority=rules.majority,
        abstentions_count=rules.abstentions_count,
    )
    is_for_it = is_adopted(rules, vote.tally, vote.voting_seats)
    if vote.is_quorate:
        return VoteTaken(vote=vote, adopted=is_for_it)
    return RecommendationMade(vote=vote, in_favour=is_for_it)


def voting_seats(edition: Edition, at: datetime, context: SessionContext) -> tuple[str, ...]:
    """The voting seats of this moment's day that the quorum is a part of."""
    day = context.day_of(at)
    count_vacant = edition.rules.vacant_seats_count
    seats = (seat for seat in context.body.seats_at(day) if seat.votes)
    return tuple(seat.seat for seat in seats if count_vacant or seat.people_on(day))


def seats_that_day(context: SessionContext, at: datetime) -> tuple[SeatThatDay, ...]:
    return tuple(
        SeatThatDay(seat=seat.seat, organisation=seat.organisation, kind=seat.kind)
        for seat in context.body.seats_at(context.day_of(at))
    )
