"""A vote as it is recorded: who could vote, what they said, and which rule decided."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.steering.body_rules import Majority, Tally


class Choice(StrEnum):
    """What a seat says to a proposal."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Manner(StrEnum):
    """How was voted: counted by hands, counted from a ballot box, called by name, in writing."""

    COUNTED = "counted"
    SECRET = "secret"  # noqa: S105 (not a password)
    ROLL_CALL = "roll-call"
    CIRCULAR = "circular"


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """What a seat said, and the account that said it for the seat."""

    seat: str
    person: str
    choice: Choice


class Represented(msgspec.Struct, frozen=True, kw_only=True):
    """A voting seat that was there, and the account that sat on it."""

    seat: str
    person: str


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    """A count with all it rests on.

    `number` counts the votes of the session from 1; `text` is the wording put to the vote.
    `ballots` only if called by name or in writing. `represented` are the voting seats that were
    there, or that sent a ballot; `conflicted` those that must not vote on this item. `counted`
    seats made the quorum, of which so many were `needed`, of `voting_seats` in all. `edition` of
    the body's rules decided.
    """

    number: int
    item: UUID
    alternative: str
    text: str
    manner: Manner
    at: datetime
    tally: Tally
    ballots: tuple[Ballot, ...]
    represented: tuple[Represented, ...]
    conflicted: tuple[str, ...]
    counted: int
    needed: int
    voting_seats: int
    edition: int
    majority: Majority
    abstentions_count: bool

    @property
    def is_quorate(self) -> bool:
        return self.counted >= self.needed


def tally_of(ballots: tuple[Ballot, ...]) -> Tally:
    said = [ballot.choice for ballot in ballots]
    return Tally(
        yes=said.count(Choice.YES), no=said.count(Choice.NO), abstain=said.count(Choice.ABSTAIN)
    )
