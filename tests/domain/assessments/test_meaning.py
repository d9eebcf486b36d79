from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments.definition import Cut, Definition, Level, Norms
from domain.assessments.meaning import (
    Recommendation,
    level_at,
    meaning,
    recommendation,
    standard_error,
)
from domain.assessments.results import Attendance, Meaning, PartScore, Result
from domain.assessments.scoring import Totals
from tests.domain.assessments.example import (
    ABSENT,
    BORDERLINE,
    BORDERLINE_MEANING,
    CLEAR,
    CLEAR_MEANING,
    DEFINITION,
    TRIAL,
    WOOD,
    WORK,
    result,
)


def mean(taken: Result, definition: Definition = DEFINITION) -> Meaning:
    found = meaning(taken, definition, programme="A01", trade="10-10004")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("reliability", "deviation", "error"),
    [
        # 5.00 points and 0.84: 5 * sqrt(0.16) = 5 * 0.4 = 2 points
        (840, 500, 200),
        # 15.00 and 0.91: 15 * sqrt(0.09) = 15 * 0.3 = 4.5
        (910, 1500, 450),
        # 18.60 and 0.84: 18.6 * 0.4 = 7.44
        (840, 1860, 744),
        # 10.00 and 0.75: 10 * sqrt(0.25) = 5
        (750, 1000, 500),
        # 7.31 and 0.87: 7.31 * sqrt(0.13) = 7.31 * 0.360555 = 2.63566
        (870, 731, 264),
        # 0.01 and 0.75: 0.005 is rounded up
        (750, 1, 1),
        (1000, 500, 0),
        (0, 500, 500),
    ],
)
def test_the_standard_error_is_worked_out_by_hand(
    reliability: int, deviation: int, error: int
) -> None:
    norms = Norms(reliability=reliability, deviation=deviation, people=1, source="")
    assert standard_error(norms) == error


@given(reliability=st.integers(0, 1000), deviation=st.integers(0, 100_000))
def test_the_standard_error_is_that_of_the_formula(reliability: int, deviation: int) -> None:
    norms = Norms(reliability=reliability, deviation=deviation, people=1, source="")
    formula = deviation * sqrt(1 - reliability / 1000)
    assert standard_error(norms) == pytest.approx(formula, abs=0.501)


def test_a_clear_result_has_one_level_within_its_error() -> None:
    assert mean(CLEAR) == CLEAR_MEANING


def test_a_result_near_a_cut_is_borderline_and_has_both_levels() -> None:
    assert mean(BORDERLINE) == BORDERLINE_MEANING


@pytest.mark.parametrize(
    ("score", "level", "lowest", "highest"),
    [
        (0, Level.A1, Level.A1, Level.A1),
        (9, Level.A1, Level.A1, Level.A1),
        (10, Level.A1, Level.A1, Level.A2),
        (12, Level.A2, Level.A1, Level.A2),
        (13, Level.A2, Level.A1, Level.A2),
        (14, Level.A2, Level.A2, Level.A2),
        (17, Level.A2, Level.A2, Level.A2),
        (18, Level.A2, Level.A2, Level.B1),
        (31, Level.B2, Level.B1, Level.B2),
        (40, Level.B2, Level.B2, Level.B2),
    ],
)
def test_the_band_reaches_two_points_to_each_side(
    score: int, level: Level, lowest: Level, highest: Level
) -> None:
    found = mean(result(min(score, 20), max(score - 20, 0)))
    assert (found.level, found.lowest, found.highest) == (level, lowest, highest)
    assert found.borderline == (lowest is not highest)


def test_whoever_was_absent_or_did_nothing_that_counts_has_no_meaning() -> None:
    nothing = Result(attendance=Attendance.ABORTED)
    trial = Result(
        attendance=Attendance.ABORTED, scores=(PartScore(part=TRIAL, exact=9, recognition=9),)
    )
    for taken in (ABSENT, nothing, trial):
        assert meaning(taken, DEFINITION, programme="A01", trade="10-10004") is None


def test_whoever_broke_off_may_have_reached_as_much_as_the_parts_left_out_hold() -> None:
    half = Result(
        attendance=Attendance.ABORTED, scores=(PartScore(part=WOOD, exact=15, recognition=15),)
    )
    found = mean(half)
    assert (found.exact, found.maximum) == (15, 40)
    assert (found.level, found.lowest, found.highest) == (Level.A2, Level.A2, Level.B2)
    assert found.borderline


def test_whoever_broke_off_within_a_text_may_have_known_what_they_left_out_of_it() -> None:
    def with_omitted(attendance: Attendance) -> Result:
        scores = (
            PartScore(part=WOOD, exact=12, recognition=12),
            PartScore(part=WORK, exact=4, recognition=4, omitted=3),
        )
        return Result(attendance=attendance, scores=scores)

    assert mean(with_omitted(Attendance.PRESENT)).highest is Level.A2
    assert mean(with_omitted(Attendance.ABORTED)).highest is Level.B1


def test_whoever_broke_off_gets_a_second_look_even_at_a_clear_score() -> None:
    found = mean(result(12, 12, attendance=Attendance.ABORTED))
    assert (found.lowest, found.highest, found.borderline) == (Level.B1, Level.B1, True)


def advise(
    exact: int, recognition: int, level: Level, programme: str = "A01", trade: str = "10-10004"
) -> Recommendation:
    sums = Totals(exact=exact, recognition=recognition, maximum=40)
    return recommendation(DEFINITION, sums, level, programme=programme, trade=trade)


def test_every_rule_that_applies_adds_its_measures_in_order_and_none_twice() -> None:
    assert advise(10, 18, Level.A2) == Recommendation(
        rules=("low", "form"), measures=("course", "coaching", "spelling")
    )


def test_a_difference_is_a_share_of_the_maximum() -> None:
    """20 percent of 40 points are 8."""
    assert advise(22, 30, Level.B1).rules == ("form", "trade")
    assert advise(23, 30, Level.B1).rules == ("trade",)


def test_a_rule_for_a_trade_is_for_no_other() -> None:
    assert advise(24, 24, Level.B1, trade="10-10005").rules == ()
    assert advise(24, 24, Level.B1, programme="A04").rules == ()


def test_above_all_rules_nothing_is_recommended() -> None:
    assert advise(38, 39, Level.B2) == Recommendation(rules=(), measures=())


levels = st.lists(st.sampled_from(Level), min_size=1, unique=True).map(
    lambda chosen: sorted(chosen, key=lambda level: level.rank)
)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Cut, ...]:
    """Cut scores as the checks ask for: from 0 on, strictly upwards, at most 40."""
    chosen = draw(levels)
    size = len(chosen) - 1
    points = sorted(draw(st.lists(st.integers(1, 40), min_size=size, max_size=size, unique=True)))
    return tuple(
        Cut(level=level, at_least=at_least)
        for level, at_least in zip(chosen, (0, *points), strict=True)
    )


@given(
    cuts=cuts(),
    reliability=st.integers(0, 1000),
    scores=st.lists(st.integers(0, 40), min_size=2, max_size=10).map(sorted),
)
def test_a_band_holds_its_level_and_never_falls_while_the_score_rises(
    cuts: tuple[Cut, ...], reliability: int, scores: Sequence[int]
) -> None:
    definition = msgspec.structs.replace(
        DEFINITION,
        cut_scores=msgspec.structs.replace(DEFINITION.cut_scores, cuts=cuts),
        norms=msgspec.structs.replace(DEFINITION.norms, reliability=reliability),
    )
    bands = [mean(result(min(s, 20), max(s - 20, 0)), definition) for s in scores]
    for band in bands:
        assert band.lowest.rank <= band.level.rank <= band.highest.rank
        assert band.level is level_at(cuts, band.exact * 100)
    for lower, higher in pairwise(bands):
        assert lower.level.rank <= higher.level.rank
        assert lower.lowest.rank <= higher.lowest.rank
        assert lower.highest.rank <= higher.highest.rank


def test_a_level_is_ranked_as_in_the_catalogue() -> None:
    assert [level.value for level in sorted(Level, key=lambda level: level.rank)] == [
        "A1-", "A1", "A1+", "A1/A2", "A2", "A2+", "A2/B1",
        "B1", "B1+", "B1/B2", "B2", "B2/C1", "C1", "C2",
    ]  # fmt: skip
