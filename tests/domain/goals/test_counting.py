from collections.abc import Sequence
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.goals.counting import Occurrence, attainment
from domain.goals.events import Target
from domain.goals.year import Goal
from tests.domain.goals.example import (
    CONCEPT,
    CONCEPTS,
    EMPLOYED,
    FRAMEWORK,
    NOTHING,
    SESSION,
    SESSIONS,
    THEME,
    TOPICS,
    YEAR,
    counted,
    occurrence,
)

STEERING = Goal(key="steering-sessions", text="Sie hat getagt.", targets=(SESSIONS, TOPICS))
ALL_CONCEPTS = Goal(
    key="concepts", text="Überall ein Konzept.", targets=(CONCEPTS,), told=(FRAMEWORK,)
)
GROUPS = {EMPLOYED: frozenset({"05774016", "05774036"})}


def test_a_goal_is_reached_if_each_of_its_targets_is() -> None:
    sessions = [occurrence(SESSION, 4), occurrence(SESSION, 9)]
    half = attainment(STEERING, YEAR, [*sessions, occurrence(THEME, 5, "x")], NOTHING)
    assert half.figures == (
        counted("sessions", 2, 4, 9),
        counted("topics-from-findings", 2, 5),
    )
    assert not half.is_reached
    themes = [occurrence(THEME, 5, "x"), occurrence(THEME, 10, "y")]
    assert attainment(STEERING, YEAR, [*sessions, *themes], NOTHING).is_reached


def test_more_than_was_asked_for_is_counted_and_reaches_it() -> None:
    many = [occurrence(SESSION, position) for position in (8, 3, 5)]
    figure = attainment(STEERING, YEAR, many, NOTHING).figures[0]
    assert (figure.actual, figure.positions, figure.is_reached) == (3, (3, 5, 8), True)


def test_a_theme_that_was_discussed_twice_is_one_theme_from_its_first_discussion_on() -> None:
    twice = [occurrence(THEME, 9, "x"), occurrence(THEME, 5, "x")]
    assert attainment(STEERING, YEAR, twice, NOTHING).figures[1].positions == (5,)


def test_only_the_school_year_counts() -> None:
    others = [occurrence(SESSION, 1, school_year="2024/25"), occurrence(SESSION, 2)]
    assert attainment(STEERING, YEAR, others, NOTHING).figures[0].positions == (2,)


def test_only_what_is_counted_counts() -> None:
    others = [occurrence(CONCEPT, 1), occurrence(FRAMEWORK, 2)]
    assert attainment(STEERING, YEAR, others, NOTHING).figures[0].actual == 0


def test_what_came_after_its_day_does_not_count() -> None:
    early = msgspec.structs.replace(SESSIONS, due=date(2025, 12, 31))
    goal = msgspec.structs.replace(STEERING, targets=(early,))
    on_time, late = (
        msgspec.structs.replace(occurrence(SESSION, position), on=day)
        for position, day in ((4, date(2025, 12, 31)), (9, date(2026, 1, 1)))
    )
    assert attainment(goal, YEAR, [on_time, late], NOTHING).figures[0].positions == (4,)
    assert attainment(STEERING, YEAR, [on_time, late], NOTHING).figures[0].positions == (4, 9)


def test_one_for_each_of_a_group_needs_all_of_them_and_names_those_missing() -> None:
    here = occurrence(CONCEPT, 7, "05774036")
    elsewhere = occurrence(CONCEPT, 8, "05774032")
    reached = attainment(ALL_CONCEPTS, YEAR, [here, elsewhere], GROUPS)
    assert reached.figures == (counted("concepts", 2, 7, missing=("05774016",), goal="concepts"),)
    assert not reached.is_reached
    there = occurrence(CONCEPT, 9, "05774016")
    assert attainment(ALL_CONCEPTS, YEAR, [here, elsewhere, there], GROUPS).is_reached


def test_of_nobody_nothing_is_reached() -> None:
    for groups in (NOTHING, {EMPLOYED: frozenset[str]()}):
        assert not attainment(ALL_CONCEPTS, YEAR, [], groups).is_reached


def test_what_is_told_with_a_goal_does_not_count_for_it() -> None:
    told = attainment(ALL_CONCEPTS, YEAR, [occurrence(FRAMEWORK, 3)], GROUPS)
    assert told.told == {FRAMEWORK: (3,)}
    assert told.figures[0].actual == 0


OCCURRENCES = st.lists(
    st.builds(
        Occurrence,
        kind=st.sampled_from([SESSION, THEME, CONCEPT]),
        school_year=st.sampled_from([YEAR, "2024/25"]),
        position=st.integers(1, 50),
        about=st.sampled_from(["", "", "05774016", "05774036", "x"]),
    ),
    max_size=12,
    unique_by=lambda one: one.position,
)


@given(occurrences=OCCURRENCES, data=st.data())
def test_a_figure_is_what_it_rests_on_in_whatever_order_it_is_counted(
    occurrences: Sequence[Occurrence], data: st.DataObject
) -> None:
    by_position = {one.position: one for one in occurrences}
    goal = msgspec.structs.replace(STEERING, targets=(SESSIONS, TOPICS, CONCEPTS))
    reached = attainment(goal, YEAR, occurrences, GROUPS)
    for figure, target in zip(reached.figures, goal.targets, strict=True):
        assert figure.actual == len(figure.positions) == len(set(figure.positions))
        rests_on = [by_position[position] for position in figure.positions]
        assert all((one.kind, one.school_year) == (target.counts, YEAR) for one in rests_on)
        named = [one.about for one in rests_on if one.about]
        assert len(named) == len(set(named)), "counted twice"
    shuffled = data.draw(st.permutations(occurrences))
    assert attainment(goal, YEAR, shuffled, GROUPS) == reached


@given(occurrences=OCCURRENCES, more=OCCURRENCES)
def test_what_happens_further_never_takes_anything_away(
    occurrences: Sequence[Occurrence], more: Sequence[Occurrence]
) -> None:
    later = [msgspec.structs.replace(one, position=one.position + 100) for one in more]
    target = Target(key="concepts", counts=CONCEPT, each_of=EMPLOYED)
    goal = msgspec.structs.replace(STEERING, targets=(SESSIONS, target))
    before = attainment(goal, YEAR, occurrences, GROUPS)
    after = attainment(goal, YEAR, [*occurrences, *later], GROUPS)
    for earlier, figure in zip(before.figures, after.figures, strict=True):
        assert set(earlier.positions) <= set(figure.positions)
