"""Attacks on the county's figures: whatever is combined, no small cell and no learner comes out."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessments.answering import DIMENSIONS, answer
from domain.assessments.auditing import faults
from domain.assessments.definition import Level
from domain.assessments.suppression import (
    LEAST,
    Assessed,
    Counts,
    Figure,
    Path,
    publish,
    tally,
)
from tests.domain.assessments.attacker import (
    Attacker,
    Fact,
    Publisher,
    each_its_own_way,
    naive_way,
    our_way,
    questions,
)

LEVELS = 4
GROUPS: tuple[Path, ...] = (("A", "x"), ("A", "y"), ("B", "x"), ("B", "z"))

SMALL: dict[Path, Counts] = {
    ("A", "x"): (9, 8, 7, 0),
    ("A", "y"): (3, 9, 6, 2),
    ("B", "x"): (6, 7, 8, 1),
    ("B", "z"): (5, 4, 11, 5),
}
"""Two colleges, three trades, four levels: six cells of one to four people."""


def cornered(counts: Mapping[Path, Counts], facts: list[Fact]) -> set[tuple[int, int]]:
    """The bounds of the cells that must have fewer than five people by what was published."""
    if not facts:
        return set()
    attacker = Attacker(counts, LEVELS, facts)
    return {
        (attacker.fewest(cells), most)
        for cells, people in questions(counts).items()
        if people and (most := attacker.most(cells)) < LEAST
    }


def unmasked(counts: Mapping[Path, Counts], facts: list[Fact]) -> list[tuple[Path, int]]:
    """Groups all of whose people are known to be above a level, or all of them not above it.

    The attacker knows the size of every group, as a coordinator does.
    """
    sizes = [
        Fact(frozenset(product([group], range(LEVELS))), sum(levels))
        for group, levels in counts.items()
    ]
    attacker = Attacker(counts, LEVELS, [*facts, *sizes])
    return [
        (group, level)
        for group, levels in counts.items()
        for level in range(LEVELS - 1)
        for below in [list(product([group], range(level + 1)))]
        if sum(levels) and (not attacker.most(below) or attacker.fewest(below) == sum(levels))
    ]


@pytest.mark.parametrize("publisher", [naive_way, each_its_own_way])
def test_hiding_small_counts_alone_or_each_group_by_itself_is_broken(publisher: Publisher) -> None:
    bounds = cornered(SMALL, list(publisher(SMALL)))

    assert {most for fewest, most in bounds if fewest == most} & {1, 2, 3, 4}


def test_a_group_all_on_one_level_is_unmasked_if_large_counts_are_simply_shown() -> None:
    unanimous = {**SMALL, ("A", "x"): (0, 24, 0, 0)}

    assert (("A", "x"), 0) in unmasked(unanimous, list(naive_way(unanimous)))
    assert unmasked(unanimous, list(our_way(unanimous))) == []


def test_the_same_attacker_finds_nothing_in_our_figures() -> None:
    facts = list(our_way(SMALL))

    assert len(facts) > len(SMALL)
    assert cornered(SMALL, facts) == set()
    assert unmasked(SMALL, facts) == []


def tables(most: int) -> st.SearchStrategy[dict[Path, Counts]]:
    levels = st.tuples(*[st.integers(0, most)] * LEVELS)
    return st.fixed_dictionaries(dict.fromkeys(GROUPS, levels))


def attack(counts: dict[Path, Counts]) -> None:
    facts = list(our_way(counts))
    assert cornered(counts, facts) == set()
    if facts:
        assert unmasked(counts, facts) == []


@settings(max_examples=4, deadline=None)
@given(tables(most=9))
def test_no_combination_of_filters_pins_a_small_cell_or_a_learner(
    counts: dict[Path, Counts],
) -> None:
    attack(counts)


@pytest.mark.long
@pytest.mark.timeout(900)
@settings(max_examples=300, deadline=None)
@given(tables(most=9) | tables(most=3) | tables(most=30))
def test_no_combination_of_filters_pins_anything_in_many_tables(
    counts: dict[Path, Counts],
) -> None:
    attack(counts)


def test_who_knows_the_method_and_every_group_s_size_and_tries_all_tables_learns_no_more() -> None:
    """All tables of nine people in two groups on three levels, with three as the least count.

    The attacker sees which figures are *not* shown, too: only tables that give the same figures by
    the same method, from groups of the same sizes, are left.
    """
    groups = [("x",), ("y",)]
    same: defaultdict[object, list[Counts]] = defaultdict(list)
    for table in splits(9, 6):
        counts = {groups[0]: table[:3], groups[1]: table[3:]}
        same[publish(counts, least=3), sum(table[:3])].append(table)

    assert len(same) == 100
    for (_, size), left in same.items():  # type: ignore[misc]
        for cell in range(6):
            seen = {table[cell] for table in left}
            assert len(seen) > 1 or not 0 < seen.pop() < 3
        for below in (1, 2):
            assert {sum(table[:below]) for table in left} not in ({0}, {size}) or size == 0


def splits(people: int, cells: int) -> list[Counts]:
    if cells == 1:
        return [(people,)]
    return [
        (first, *rest) for first in range(people + 1) for rest in splits(people - first, cells - 1)
    ]


# Across time.

PATHS: tuple[Path, ...] = (("A", "p", "x"), ("A", "p", "y"), ("B", "q", "x"))


def learner(number: int, path: Path = PATHS[0], level: Level = Level.A2) -> Assessed:
    return Assessed(UUID(int=number), path, level)


def asked(releases: list[Figure]) -> dict[str, int]:
    """How many people every filter finds."""
    found = {"": answer(releases)}
    for place, dimension in enumerate(DIMENSIONS):
        for key in {path[place] for path in PATHS}:
            found[f"{dimension} {key}"] = answer(releases, **{dimension: key})
    return {name: hit.people for name, hit in found.items() if hit is not None}


COUNTY = [
    learner(number, PATHS[number % 3], list(Level)[(number * 7) % 11]) for number in range(60)
]


def test_figures_counted_anew_after_a_correction_tell_who_was_corrected_from_what_to_what() -> None:
    """The attack that counting people once prevents."""
    corrected = [COUNTY[0]._replace(level=Level.C2), *COUNTY[1:]]
    before, after = tally(COUNTY)[PATHS[0]], tally(corrected)[PATHS[0]]

    assert [b - a for a, b in zip(before, after, strict=True)] == [-1, *[0] * 12, 1]


@pytest.mark.parametrize(
    "now",
    [
        [COUNTY[0]._replace(level=Level.C2), *COUNTY[1:]],
        COUNTY[1:],
        [COUNTY[0]._replace(path=PATHS[1]), *COUNTY[1:]],
        [*COUNTY, *(learner(100 + number) for number in range(LEAST - 1))],
    ],
    ids=["corrected", "erased", "moved", "a few late ones"],
)
def test_what_happens_to_fewer_than_five_people_publishes_nothing(now: list[Assessed]) -> None:
    counted = {person.learner for person in COUNTY}

    assert publish(tally(now, counted)) is None


def test_a_late_class_is_a_release_of_its_own_and_is_added_up() -> None:
    first = publish(tally(COUNTY))
    counted = {person.learner for person in COUNTY}
    late = publish(tally([*COUNTY, *(learner(100 + n) for n in range(7))], counted))
    assert first is not None
    assert late is not None

    assert late.counts == (7,), "all on one level: only their number is told"
    total = answer([first, late])
    assert total is not None
    assert (total.people, total.unplaced) == (67, 7)


changes = st.tuples(
    st.sampled_from(["correct", "erase", "move", "late"]),
    st.integers(0, 90),
    st.sampled_from(PATHS),
    st.sampled_from(Level),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(changes, max_size=40))
def test_from_one_moment_to_the_next_every_filter_changes_by_five_people_or_by_none(
    happened: list[tuple[str, int, Path, Level]],
) -> None:
    people = {person.learner: person for person in COUNTY}
    counted: set[UUID] = set()
    releases: list[Figure] = []
    before: dict[str, int] = {}
    for what, number, path, level in [("late", 0, *COUNTY[0][1:]), *happened]:
        change(people, what, number, path, level)
        figure = publish(tally(people.values(), counted))
        if figure is not None:
            assert faults(figure) == ()
            releases.append(figure)
            counted |= people.keys()
        now = asked(releases)
        changed = {now[name] - before.get(name, 0) for name in now}
        assert all(more == 0 or more >= LEAST for more in changed)
        before = now


def change(people: dict[UUID, Assessed], what: str, number: int, path: Path, level: Level) -> None:
    key = UUID(int=number)
    if what == "erase":
        people.pop(key, None)
    elif what == "late":
        late = learner(1000 + len(people) + number, path, level)
        people[late.learner] = late
    elif key in people:
        kept = people[key]
        people[key] = kept._replace(level=level) if what == "correct" else kept._replace(path=path)
