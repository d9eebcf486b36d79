from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments.definition import Definition, Gap, Kind, Part
from domain.assessments.errors_class import (
    AbsentWithScores,
    ExactAboveRecognition,
    GapsDisagree,
    MalformedGaps,
    OmittedOutOfRange,
    PartNotScored,
    PartScoredTwice,
    RecognitionInSubtest,
    ScoreOutOfRange,
    UnknownPart,
)
from domain.assessments.results import Attendance, PartScore, Result
from domain.assessments.scoring import (
    GapScore,
    Totals,
    check_scores,
    faults,
    in_order,
    score_gap,
    score_part,
    totals,
)
from domain.kernel import DomainError
from tests.domain.assessments.example import ABSENT, DEFINITION, TRIAL, WOOD, WORK, result

GREEN = Gap(accepted=("ün", "oß"), recognised=("uen",))
UNKNOWN = PartScore(part="x", exact=0, recognition=0)
SUBTESTS = msgspec.structs.replace(DEFINITION, kind=Kind.SUBTESTS)


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("ün", GapScore.EXACT),
        ("oß", GapScore.EXACT),
        ("  ün\u00a0", GapScore.EXACT),
        ("u\u0308n", GapScore.EXACT),
        ("ÜN", GapScore.RECOGNISED),
        ("OSS", GapScore.RECOGNISED),
        ("uen", GapScore.RECOGNISED),
        ("Uen", GapScore.RECOGNISED),
        ("au", GapScore.WRONG),
        ("", GapScore.OMITTED),
        (" \t", GapScore.OMITTED),
    ],
)
def test_a_gap_is_exact_recognised_wrong_or_omitted(answer: str, score: GapScore) -> None:
    assert score_gap(answer, GREEN) is score


def test_a_text_is_scored_gap_by_gap_and_what_was_not_reached_is_omitted() -> None:
    part = Part(key=WOOD, title="Der Wald", maximum=4, gaps=(GREEN,) * 4)
    assert score_part(part, ("ün", "uen", "xx")) == PartScore(
        part=WOOD, exact=1, recognition=2, omitted=1, gaps="erwo"
    )


def test_a_text_on_trial_does_not_count() -> None:
    trial = PartScore(part=TRIAL, exact=9, recognition=10)
    taken = result(12, 10, more=3)
    assert totals(taken, DEFINITION) == Totals(exact=22, recognition=28, maximum=40)
    with_trial = msgspec.structs.replace(taken, scores=(*taken.scores, trial))
    assert totals(with_trial, DEFINITION) == totals(taken, DEFINITION)


def test_a_result_is_kept_in_the_order_of_the_instrument() -> None:
    mixed = Result(
        scores=tuple(reversed(result(1, 2).scores)),
        accommodation=("large-print", "extra-time", "extra-time"),
    )
    kept = in_order(mixed, DEFINITION)
    assert [score.part for score in kept.scores] == [WOOD, WORK]
    assert kept.accommodation == ("extra-time", "large-print")
    assert in_order(kept, DEFINITION) == kept


def scored(*scores: PartScore, attendance: Attendance = Attendance.PRESENT) -> Result:
    return Result(scores=scores, attendance=attendance)


def wood(exact: int, recognition: int, *, omitted: int = 0, gaps: str = "") -> Result:
    """A result whose first text is in question."""
    first = PartScore(part=WOOD, exact=exact, recognition=recognition, omitted=omitted, gaps=gaps)
    return scored(first, PartScore(part=WORK, exact=0, recognition=0))


@pytest.mark.parametrize(
    "taken",
    [
        result(0, 20),
        ABSENT,
        scored(attendance=Attendance.ABORTED),
        scored(PartScore(part=WORK, exact=2, recognition=3), attendance=Attendance.ABORTED),
        wood(10, 15, omitted=5),
        wood(2, 5, omitted=9, gaps="e" * 2 + "r" * 3 + "w" * 6 + "o" * 9),
    ],
)
def test_scores_that_can_be(taken: Result) -> None:
    check_scores(taken, DEFINITION)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (scored(*result(1, 1).scores, attendance=Attendance.ABSENT), AbsentWithScores()),
        (scored(*result(1, 1).scores, UNKNOWN), UnknownPart("x")),
        (scored(*result(1, 1).scores, result(1, 1).scores[0]), PartScoredTwice(WOOD)),
        (scored(result(1, 1).scores[0]), PartNotScored(WORK)),
        (wood(-1, 5), ScoreOutOfRange(WOOD, -1, 20)),
        (wood(5, 21), ScoreOutOfRange(WOOD, 21, 20)),
        (wood(6, 5), ExactAboveRecognition(WOOD, 6, 5)),
        (wood(5, 15, omitted=6), OmittedOutOfRange(WOOD, 6, 5)),
        (wood(5, 15, omitted=-1), OmittedOutOfRange(WOOD, -1, 5)),
        (wood(1, 1, gaps="e"), MalformedGaps(WOOD, 20)),
        (wood(1, 1, gaps="E" + "w" * 19), MalformedGaps(WOOD, 20)),
        (wood(2, 2, gaps="er" + "w" * 18), GapsDisagree(WOOD, 1, 2, 0)),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_scores_that_cannot_be(taken: Result, expected: DomainError) -> None:
    with pytest.raises(type(expected)) as refusal:
        check_scores(taken, DEFINITION)
    assert refusal.value.facts == expected.facts


def test_a_subtest_has_one_score_and_no_gaps() -> None:
    check_scores(result(3, 4), SUBTESTS)
    with pytest.raises(RecognitionInSubtest):
        check_scores(result(3, 4, more=1), SUBTESTS)
    with pytest.raises(MalformedGaps):
        check_scores(wood(20, 20, gaps="e" * 20), SUBTESTS)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    taken = scored(PartScore(part=WOOD, exact=7, recognition=6), UNKNOWN)
    assert [type(fault) for fault in faults(taken, DEFINITION)] == [
        ExactAboveRecognition,
        UnknownPart,
        PartNotScored,
    ]


answers = st.lists(st.sampled_from(["ün", "uen", "xx", "", "oß", "OSS"]), max_size=25)


def sheet(filled: Sequence[Iterable[str]]) -> tuple[Definition, Result]:
    """A definition of texts with 20 gaps, and the result of these answers."""
    parts = tuple(
        Part(key=f"t{number}", title="Text", maximum=20, gaps=(GREEN,) * 20)
        for number in range(len(filled))
    )
    definition = msgspec.structs.replace(DEFINITION, parts=parts)
    scores = tuple(score_part(part, list(f)) for part, f in zip(parts, filled, strict=True))
    return definition, Result(taken_on=date(2026, 9, 14), scores=scores)


@given(filled=st.lists(answers, min_size=1, max_size=4))
def test_what_is_scored_from_answers_can_be_and_exact_is_at_most_recognition(
    filled: Sequence[Sequence[str]],
) -> None:
    definition, taken = sheet(filled)
    check_scores(taken, definition)
    sums = totals(taken, definition)
    assert 0 <= sums.exact <= sums.recognition <= sums.maximum
    assert all(score.exact <= score.recognition for score in taken.scores)
