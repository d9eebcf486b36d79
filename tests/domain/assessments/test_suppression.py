import random
from collections.abc import Iterator
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments.answering import answer
from domain.assessments.auditing import coarsened, faults
from domain.assessments.definition import Level
from domain.assessments.suppression import (
    LEAST,
    MAIN_CUTS,
    Assessed,
    Counts,
    Figure,
    Path,
    blocks,
    publish,
    tally,
)

# Levels, from the lowest: one number for each of the fourteen.
MIXED: Counts = (0, 2, 1, 5, 9, 12, 8, 14, 11, 6, 7, 3, 2, 0)
LOW: Counts = (1, 7, 4, 6, 5, 2, 1, 3, 1, 0, 0, 0, 0, 0)
HIGH: Counts = (0, 0, 0, 0, 1, 0, 2, 6, 9, 7, 8, 5, 2, 1)
SAME: Counts = (0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
FEW: Counts = (0, 0, 0, 0, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0)


def published(counts: dict[Path, Counts]) -> Figure:
    figure = publish(counts)
    assert figure is not None
    assert faults(figure) == ()
    return figure


def tree(figure: Figure) -> Iterator[Figure]:
    yield figure
    for part in figure.parts:
        yield from tree(part)


def test_fewer_than_five_people_are_not_published_at_all() -> None:
    assert publish({}) is None
    assert publish({("A",): FEW}) is None
    assert publish({("A",): tuple(map(sum, zip(FEW, FEW, strict=True)))}) is not None


def test_neighbouring_levels_are_joined_until_each_block_has_five_people() -> None:
    figure = published({("A",): MIXED})

    assert figure.counts == (8, 9, 12, 8, 14, 11, 6, 12)
    assert [list(Level)[cut].value for cut in figure.cuts] == [
        "A1/A2",
        "A2",
        "A2+",
        "A2/B1",
        "B1",
        "B1+",
        "B1/B2",
    ]


def test_half_levels_are_given_up_before_main_levels() -> None:
    figure = published({("A",): HIGH, ("B",): LOW})

    assert [set(part.cuts) <= MAIN_CUTS for part in figure.parts] == [True, True]


def test_people_who_are_all_on_one_level_are_only_counted() -> None:
    figure = published({("A",): (0, 0, 30, *[0] * 11)})

    assert (figure.cuts, figure.counts) == ((), (30,))


def test_a_small_group_takes_a_sibling_with_it_into_a_pool() -> None:
    figure = published({("A",): MIXED, ("B",): HIGH, ("C",): FEW})

    pools = [part for part in figure.parts if part.members]
    assert [pool.members for pool in pools] == [("B", "C")]
    assert pools[0].people == sum(HIGH) + sum(FEW)
    assert pools[0].parts == (), "B alone would tell what C has"


def test_a_pool_is_divided_over_wider_blocks_where_that_is_safe() -> None:
    figure = published({("A",): MIXED, ("B",): LOW, ("C",): HIGH, ("D",): MIXED, ("E",): SAME})

    cuts = {part.path: len(part.cuts) for part in tree(figure) if not part.members}
    assert cuts == {(): 11, ("A",): 3, ("D",): 3, ("B",): 1, ("C",): 0, ("E",): 0}


def test_the_same_counts_in_another_order_give_the_same_figures() -> None:
    counts = {("A",): MIXED, ("B",): LOW, ("C",): HIGH, ("D",): FEW}
    assert publish(dict(reversed(counts.items()))) == publish(counts)


def test_figures_are_stored_and_read_as_they_are() -> None:
    figure = published({("A", "p"): MIXED, ("A", "q"): LOW, ("B", "p"): HIGH})
    assert msgspec.json.decode(msgspec.json.encode(figure), type=Figure) == figure


counties = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("pq"), st.sampled_from("xyz")),
    st.tuples(*[st.integers(0, 6)] * len(Level)),
    max_size=18,
)


@given(counties, st.integers(2, 12))
def test_every_tree_keeps_the_rules(counts: dict[Path, Counts], least: int) -> None:
    figure = publish(counts, least=least)
    people = sum(map(sum, counts.values()))
    assert (figure is None) == (people < least)
    if figure is not None:
        assert faults(figure, least=least) == ()
        assert figure.people == people


@given(counties)
def test_every_figure_is_true(counts: dict[Path, Counts]) -> None:
    figure = publish(counts)
    for part in tree(figure) if figure else ():
        depth = len(part.path)
        own = [
            levels
            for path, levels in counts.items()
            if path[:depth] == part.path and (not part.members or path[depth] in part.members)
        ]
        assert part.counts == blocks(tuple(map(sum, zip(*own, strict=True))), part.cuts)


SOUND = Figure(
    path=(),
    cuts=(6,),
    counts=(12, 20),
    parts=(
        Figure(path=("A",), cuts=(6,), counts=(6, 10)),
        Figure(path=(), members=("B", "C"), cuts=(6,), counts=(6, 10)),
    ),
)


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ([Figure(path=("A",), cuts=(6,), counts=(4, 10))], "fewer than 5"),
        ([Figure(path=("A",), cuts=(), counts=(16,))], "different blocks"),
        ([Figure(path=("A",), cuts=(6,), counts=(7, 10))], "not the whole"),
        ([Figure(path=("B",), cuts=(6,), counts=(6, 10))], "missing or twice"),
        ([Figure(path=("A",), cuts=(6,), counts=(16,))], "do not belong to their cuts"),
    ],
)
def test_the_audit_names_the_rule_that_is_broken(parts: list[Figure], fault: str) -> None:
    broken = msgspec.structs.replace(SOUND, parts=(*parts, SOUND.parts[1]))

    assert faults(SOUND) == ()
    assert any(fault in found for found in faults(broken))


def test_the_audit_finds_parts_with_finer_blocks_than_the_whole() -> None:
    finer = Figure(path=("A",), cuts=(3, 6), counts=(6, 6, 20))
    broken = msgspec.structs.replace(SOUND, parts=(finer,))

    assert faults(broken) == ("everybody: the parts have finer blocks than the whole",)


def test_blocks_are_joined_as_asked() -> None:
    figure = published({("A",): MIXED})
    assert coarsened(figure, (3, 6)) == (8, 29, 43)
    assert coarsened(figure, ()) == (80,)


# What is answered.


COUNTY: dict[Path, Counts] = {
    ("A", "p", "x"): MIXED,
    ("A", "p", "y"): FEW,
    ("A", "q", "z"): HIGH,
    ("B", "p", "x"): LOW,
    ("B", "q", "z"): HIGH,
}


def test_a_college_is_answered_with_its_own_figure() -> None:
    college = answer([published(COUNTY)], college="B")
    assert college is not None
    assert (college.people, college.whole, college.unplaced) == (sum(LOW) + sum(HIGH), True, 0)


def test_a_trade_is_added_up_over_colleges_and_says_if_it_may_not_be_all() -> None:
    trade = answer([published(COUNTY)], trade="x")
    assert trade is not None
    assert trade.people == sum(LOW), "in college A, x is in a pool with the four of y"
    assert not trade.whole


def test_nothing_is_said_of_a_group_that_is_only_in_a_pool_or_does_not_exist() -> None:
    figure = published(COUNTY)
    assert answer([figure], college="A", trade="y") is None
    assert answer([figure], college="Z") is None


def test_people_between_two_levels_are_told_if_blocks_end_there() -> None:
    everybody = answer([published({("A",): MIXED})])
    assert everybody is not None
    assert everybody.between(Level.A1_MINUS, Level.A1_A2) == 8
    assert everybody.between(Level.B1, Level.C2) == 14 + 11 + 6 + 12
    assert everybody.between(Level.A1, Level.A1_A2) is None
    assert everybody.between(Level.C2, Level.A1) is None


def test_groups_with_wider_blocks_than_most_are_counted_apart() -> None:
    counts: dict[Path, Counts] = {
        ("A", "p"): MIXED,
        ("B", "q"): LOW,
        ("C", "q"): HIGH,
        ("D", "p"): MIXED,
        ("E", "p"): SAME,
    }
    programme = answer([published(counts)], programme="p")
    assert programme is not None
    assert programme.people == 169
    assert (programme.unplaced, programme.cuts) == (9, (3, 6, 9))


def test_people_are_tallied_by_group_and_level_once() -> None:
    people = [Assessed(UUID(int=n), ("A",), Level.B1 if n else Level.C2) for n in range(4)]

    counts = tally(people, {UUID(int=3)})

    assert counts == {("A",): (0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1)}


def test_a_county_of_realistic_classes_keeps_most_of_its_detail() -> None:
    """13 colleges, 40 trades each, classes of about 25 (drawn with a fixed seed)."""
    draw = random.Random(1)
    counts: dict[Path, Counts] = {}
    for college in range(13):
        for trade in range(40):
            levels = [0] * len(Level)
            for _ in range(max(1, round(draw.gauss(25, 8)))):
                levels[min(13, max(0, round(draw.gauss(7, 2.2))))] += 1
            counts[f"c{college}", f"p{trade // 5}", f"t{trade}"] = tuple(levels)

    figures = list(tree(published(counts)))

    shown = [figure for figure in figures if not figure.members]
    trades = [figure for figure in shown if len(figure.path) == 3]
    assert len(trades) >= 0.95 * len(counts)
    assert sum(bool(figure.cuts) for figure in trades) >= 0.6 * len(counts)
    assert all(len(figure.cuts) >= 5 for figure in shown if len(figure.path) == 1)
    assert min(min(figure.counts) for figure in figures) >= LEAST
