"""The rules of a body, which are data, and what follows from them for a vote."""

from enum import StrEnum
from typing import TypeAlias, assert_never

import msgspec


class Share(msgspec.Struct, frozen=True, kw_only=True, tag="share"):
    """So many `parts` `of` the voting seats, e.g. 1 of 2. `exceeded`: more than that."""

    parts: int
    of: int
    exceeded: bool = False


class Number(msgspec.Struct, frozen=True, kw_only=True, tag="number"):
    """So many voting seats, however many there are."""

    seats: int


Quorum: TypeAlias = Share | Number
"""How many voting seats must be represented for a vote to be valid."""


class Majority(StrEnum):
    """When a proposal is adopted. A tie never adopts, and neither does a vote without a yes."""

    SIMPLE = "simple"
    """More than half of the votes cast."""
    ABSOLUTE = "absolute"
    """More than half of all voting seats, also of those that are not represented."""
    TWO_THIRDS = "two-thirds"
    """At least two thirds of the votes cast."""
    CONSENSUS = "consensus"
    """Nobody is against it."""


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """So many days, or working days. The day it begins on is not counted itself (§ 187 BGB)."""

    days: int
    working: bool = False


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a body goes by.

    Invitations go out at the latest so many days before the day of the session; without an
    urgent period they cannot be late. `circular` is how long a vote in writing runs; None: there
    is none. `abstentions_count`: an abstention is a vote cast, so it is as good as a no.
    `conflicted_are_present`: who has a conflict of interest does not vote but counts for the
    quorum. `vacant_seats_count`: voting seats without a person are among those of the quorum.
    `sessions_a_school_year` is what the body means to hold; 0: it does not say. Items are called
    for so many days before the session (`call`) and taken until so many before it (`agenda`);
    without both, people call when they like. `minutes`: so long after it they are released.
    """

    quorum: Quorum
    majority: Majority
    invitation: Period
    urgent_invitation: Period | None = None
    circular: Period | None = None
    abstentions_count: bool = False
    conflicted_are_present: bool = False
    vacant_seats_count: bool = True
    sessions_a_school_year: int = 0
    call: Period | None = None
    agenda: Period | None = None
    minutes: Period | None = None


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many voting seats said what."""

    yes: int
    no: int
    abstain: int = 0

    @property
    def given(self) -> int:
        return self.yes + self.no + self.abstain


def seats_needed(quorum: Quorum, voting_seats: int) -> int:
    """How many of so many voting seats make a vote valid: at least one."""
    match quorum:
        case Number(seats=seats):
            return max(1, seats)
        case Share(exceeded=True):
            return quorum.parts * voting_seats // quorum.of + 1
        case Share():
            return max(1, -(-quorum.parts * voting_seats // quorum.of))
        case _:
            assert_never(quorum)


def is_adopted(rules: Rules, tally: Tally, voting_seats: int) -> bool:
    """Whether so many votes adopt a proposal. Whether they are enough is the quorum's matter."""
    cast = tally.yes + tally.no + (tally.abstain if rules.abstentions_count else 0)
    if not tally.yes:
        return False
    match rules.majority:
        case Majority.SIMPLE:
            return 2 * tally.yes > cast
        case Majority.ABSOLUTE:
            return 2 * tally.yes > voting_seats
        case Majority.TWO_THIRDS:
            return 3 * tally.yes >= 2 * cast
        case Majority.CONSENSUS:
            return tally.yes == cast
        case _:
            assert_never(rules.majority)


def are_sound(rules: Rules) -> bool:
    """Whether they can be met: no quorum out of reach by itself, no period of less than no days."""
    match rules.quorum:
        case Number(seats=seats):
            is_quorum = seats > 0
        case Share(parts=parts, of=of, exceeded=exceeded):
            is_quorum = 0 < parts <= of - exceeded
        case _:
            assert_never(rules.quorum)
    before = (rules.invitation, rules.urgent_invitation, rules.call, rules.agenda)
    lasting = (rules.circular, rules.minutes)
    return (
        is_quorum
        and all(period is None or period.days >= 0 for period in before)
        and all(period is None or period.days > 0 for period in lasting)
        and rules.sessions_a_school_year >= 0
    )
