"""What the rules say about numbers: when there is a quorum, and when a majority."""

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.steering.body_rules import (
    Majority,
    Number,
    Period,
    Share,
    Tally,
    are_sound,
    is_adopted,
    seats_needed,
)
from tests.domain.steering.body_example import RULES

counts = st.integers(0, 12)
tallies = st.builds(Tally, yes=counts, no=counts, abstain=counts)
shares = st.builds(Share, parts=st.integers(1, 9), of=st.integers(9, 12), exceeded=st.booleans())


def adopts(majority: Majority, tally: Tally, seats: int = 9, *, counted: bool = False) -> bool:
    rules = msgspec.structs.replace(RULES, majority=majority, abstentions_count=counted)
    return is_adopted(rules, tally, seats)


@pytest.mark.parametrize(
    ("quorum", "seats", "needed"),
    [
        (Share(parts=1, of=2), 8, 4),
        (Share(parts=1, of=2), 9, 5),
        (Share(parts=1, of=2, exceeded=True), 8, 5),
        (Share(parts=1, of=2, exceeded=True), 9, 5),
        (Share(parts=2, of=3), 9, 6),
        (Share(parts=2, of=3), 10, 7),
        (Share(parts=1, of=1), 7, 7),
        (Share(parts=1, of=2), 0, 1),
        (Number(seats=5), 9, 5),
        (Number(seats=5), 3, 5),
    ],
)
def test_a_quorum_is_a_part_of_the_voting_seats_or_a_number(
    quorum: Share | Number, seats: int, needed: int
) -> None:
    assert seats_needed(quorum, seats) == needed


@given(share=shares, seats=st.integers(1, 60))
def test_a_share_is_reached_with_that_many_seats_and_not_with_one_less(
    share: Share, seats: int
) -> None:
    whole = Fraction(share.parts * seats, share.of)
    needed = seats_needed(share, seats)
    enough = needed > whole if share.exceeded else needed >= whole
    one_less = needed - 1 > whole if share.exceeded else needed - 1 >= whole
    assert enough
    assert not one_less


def test_a_tie_adopts_nothing() -> None:
    for majority in Majority:
        assert not adopts(majority, Tally(yes=4, no=4))


def test_a_simple_majority_is_more_yes_than_no() -> None:
    assert adopts(Majority.SIMPLE, Tally(yes=2, no=1, abstain=6))
    assert not adopts(Majority.SIMPLE, Tally(yes=1, no=2))


def test_abstentions_that_count_work_against_a_proposal() -> None:
    assert not adopts(Majority.SIMPLE, Tally(yes=2, no=1, abstain=1), counted=True)
    assert adopts(Majority.SIMPLE, Tally(yes=3, no=1, abstain=1), counted=True)
    assert not adopts(Majority.TWO_THIRDS, Tally(yes=3, no=1, abstain=1), counted=True)
    assert not adopts(Majority.CONSENSUS, Tally(yes=3, no=0, abstain=1), counted=True)


def test_an_absolute_majority_is_one_of_all_seats() -> None:
    assert adopts(Majority.ABSOLUTE, Tally(yes=5, no=0), seats=9)
    assert not adopts(Majority.ABSOLUTE, Tally(yes=4, no=0), seats=9)
    assert not adopts(Majority.ABSOLUTE, Tally(yes=5, no=0), seats=10)


def test_two_thirds_are_enough_when_they_are_reached() -> None:
    assert adopts(Majority.TWO_THIRDS, Tally(yes=4, no=2))
    assert not adopts(Majority.TWO_THIRDS, Tally(yes=3, no=2))


def test_one_no_is_no_consensus() -> None:
    assert adopts(Majority.CONSENSUS, Tally(yes=1, no=0, abstain=8))
    assert not adopts(Majority.CONSENSUS, Tally(yes=8, no=1))


@given(tally=tallies, majority=st.sampled_from(Majority), counted=st.booleans())
def test_nothing_is_adopted_without_a_yes_and_more_of_them_never_undo_it(
    tally: Tally, majority: Majority, counted: bool
) -> None:
    assert not adopts(majority, msgspec.structs.replace(tally, yes=0), counted=counted)
    if adopts(majority, tally, counted=counted):
        more = msgspec.structs.replace(tally, yes=tally.yes + 1)
        assert adopts(majority, more, counted=counted)


@given(tally=tallies, majority=st.sampled_from(Majority), counted=st.booleans())
def test_what_is_adopted_has_more_yes_than_no(
    tally: Tally, majority: Majority, counted: bool
) -> None:
    seats = tally.given
    assert not adopts(majority, tally, seats, counted=counted) or tally.yes > tally.no


def test_an_invitation_may_go_out_on_the_day_itself() -> None:
    assert are_sound(msgspec.structs.replace(RULES, invitation=Period(days=0)))
    assert are_sound(msgspec.structs.replace(RULES, urgent_invitation=Period(days=0)))
    assert are_sound(msgspec.structs.replace(RULES, sessions_a_school_year=0))
    assert are_sound(msgspec.structs.replace(RULES, call=Period(days=0), agenda=Period(days=0)))


@pytest.mark.parametrize(
    "unsound",
    [
        {"quorum": Number(seats=0)},
        {"quorum": Share(parts=0, of=2)},
        {"quorum": Share(parts=3, of=2)},
        {"quorum": Share(parts=2, of=2, exceeded=True)},
        {"quorum": Share(parts=1, of=0)},
        {"invitation": Period(days=-1)},
        {"urgent_invitation": Period(days=-1)},
        {"circular": Period(days=0)},
        {"call": Period(days=-1)},
        {"agenda": Period(days=-1)},
        {"minutes": Period(days=0)},
        {"sessions_a_school_year": -1},
    ],
)
def test_rules_that_cannot_be_met_are_unsound(unsound: dict[str, object]) -> None:
    assert are_sound(RULES)
    assert not are_sound(msgspec.structs.replace(RULES, **unsound))
