import statistics
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import date
from math import isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments.definition import (
    Cut,
    CutScores,
    Definition,
    Kind,
    Level,
    Norms,
    Part,
)
from domain.assessments.results import Attendance, PartScore, Result
from domain.assessments.statistics import (
    CHUNK,
    Concern,
    InstrumentStatistics,
    instrument_statistics,
)


def instrument(*parts: Part, kind: Kind = Kind.SUBTESTS) -> Definition:
    return Definition(
        kind=kind,
        parts=parts,
        cut_scores=CutScores(
            version="1",
            author="AG",
            method="Bookmark",
            set_on=date(2026, 1, 1),
            cuts=(Cut(level=Level.A1, at_least=0),),
        ),
        norms=Norms(reliability=840, deviation=1000, people=100, source="Erprobung"),
    )


def scored(row: Sequence[int], keys: Sequence[str]) -> Result:
    pairs = zip(keys, row, strict=True)
    return Result(scores=tuple(PartScore(part=k, exact=p, recognition=p) for k, p in pairs))


def analysed(
    rows: Sequence[Sequence[int]], keys: Sequence[str], maximum: int, pilot: str = ""
) -> InstrumentStatistics:
    parts = [Part(key=key, title=key, maximum=maximum, pilot=key == pilot) for key in keys]
    return instrument_statistics(instrument(*parts), [("c", scored(row, keys)) for row in rows])


# A published example: seven ratings of thirty departments, from 0 to 100 (Chatterjee and Price,
# Regression Analysis by Example; the data set `attitude` of R).
# https://github.com/vincentarelbundock/Rdatasets, csv/datasets/attitude.csv

ITEMS = ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")
ATTITUDE = [
    (43, 51, 30, 39, 61, 92, 45),
    (63, 64, 51, 54, 63, 73, 47),
    (71, 70, 68, 69, 76, 86, 48),
    (61, 63, 45, 47, 54, 84, 35),
    (81, 78, 56, 66, 71, 83, 47),
    (43, 55, 49, 44, 54, 49, 34),
    (58, 67, 42, 56, 66, 68, 35),
    (71, 75, 50, 55, 70, 66, 41),
    (72, 82, 72, 67, 71, 83, 31),
    (67, 61, 45, 47, 62, 80, 41),
    (64, 53, 53, 58, 58, 67, 34),
    (67, 60, 47, 39, 59, 74, 41),
    (69, 62, 57, 42, 55, 63, 25),
    (68, 83, 83, 45, 59, 77, 35),
    (77, 77, 54, 72, 79, 77, 46),
    (81, 90, 50, 72, 60, 54, 36),
    (74, 85, 64, 69, 79, 79, 63),
    (65, 60, 65, 75, 55, 80, 60),
    (65, 70, 46, 57, 75, 85, 46),
    (50, 58, 68, 54, 64, 78, 52),
    (50, 40, 33, 34, 43, 64, 33),
    (64, 61, 52, 62, 66, 80, 41),
    (53, 66, 52, 50, 63, 80, 37),
    (40, 37, 42, 58, 50, 57, 49),
    (63, 54, 42, 48, 66, 75, 33),
    (66, 77, 66, 63, 88, 76, 72),
    (78, 75, 58, 74, 80, 78, 49),
    (48, 57, 44, 45, 51, 83, 38),
    (85, 85, 71, 71, 77, 74, 55),
    (82, 82, 39, 59, 64, 78, 39),
]

CORRELATIONS = [
    (1, 0.8254176, 0.4261169, 0.6236782, 0.5901390, 0.1564392, 0.1550863),
    (0.8254176, 1, 0.5582882, 0.5967358, 0.6691975, 0.1877143, 0.2245796),
    (0.4261169, 0.5582882, 1, 0.4933310, 0.4454779, 0.1472331, 0.3432934),
    (0.6236782, 0.5967358, 0.4933310, 1, 0.6403144, 0.1159652, 0.5316198),
    (0.5901390, 0.6691975, 0.4454779, 0.6403144, 1, 0.3768830, 0.5741862),
    (0.1564392, 0.1877143, 0.1472331, 0.1159652, 0.3768830, 1, 0.2833432),
    (0.1550863, 0.2245796, 0.3432934, 0.5316198, 0.5741862, 0.2833432, 1),
]
"""As R's `cor(attitude)` prints them."""


def test_alpha_is_that_published_for_a_known_data_set() -> None:
    """Raw alpha 0.843, score variance 3334.9, as R's psych::alpha(attitude) gives them."""
    scale = analysed(ATTITUDE, ITEMS, 100).exact

    assert scale.alpha is not None
    assert scale.deviation is not None
    assert round(scale.alpha, 3) == 0.843
    assert round(scale.deviation**2, 1) == 3334.9
    assert scale.error == pytest.approx(scale.deviation * sqrt(1 - scale.alpha))


@pytest.mark.parametrize(
    ("left_out", "alpha"),
    [*zip(ITEMS, (0.810, 0.797, 0.828, 0.803, 0.795, 0.864, 0.840), strict=True)],
)
def test_a_pilot_does_not_count_so_alpha_is_that_published_without_it(
    left_out: str, alpha: float
) -> None:
    """The column alpha.drop of psych::alpha(attitude)."""
    scale = analysed(ATTITUDE, ITEMS, 100, pilot=left_out).exact

    assert scale.alpha is not None
    assert round(scale.alpha, 3) == alpha


def test_discrimination_follows_from_the_published_correlations() -> None:
    """The correlation with the sum of the others, from their correlations and deviations."""
    deviations = np.std(np.array(ATTITUDE), axis=0, ddof=1)
    covariances = np.array(CORRELATIONS) * np.outer(deviations, deviations)

    for column, text in enumerate(analysed(ATTITUDE, ITEMS, 100).texts):
        others = [other for other in range(len(ITEMS)) if other != column]
        rest = covariances[np.ix_(others, others)].sum()
        expected = covariances[column, others].sum() / (deviations[column] * sqrt(rest))
        assert text.exact.discrimination == pytest.approx(expected, abs=1e-6)


# Another: ten questions, fifteen people; alpha and its interval as pingouin.cronbach_alpha gives
# them (https://pingouin-stats.org/generated/pingouin.cronbach_alpha.html).

QUESTIONS = """
3241451432 5463512555 7355643365 2433222663 6565444675
1234252352 4353521243 2443722465 6555165232 5464353172
4352532341 4232534234 5562332445 6554221465 4355313234
"""


def test_the_interval_of_alpha_is_that_published_for_another_data_set() -> None:
    rows = [[int(points) for points in row] for row in QUESTIONS.split()]

    scale = analysed(rows, "abcdefghij", 7).exact

    assert scale.alpha == pytest.approx(0.5917188485995826, abs=1e-15)
    assert scale.lowest_alpha is not None
    assert scale.highest_alpha is not None
    assert (round(scale.lowest_alpha, 3), round(scale.highest_alpha, 3)) == (0.195, 0.84)


# C-tests: gaps, texts, a pilot.

TEST = instrument(
    Part(key="t1", title="Eins", maximum=3),
    Part(key="t2", title="Zwei", maximum=3),
    Part(key="p", title="Erprobung", maximum=2, pilot=True),
    kind=Kind.C_TEST,
)


def sat(*gaps: str, attendance: Attendance = Attendance.PRESENT) -> Result:
    """A result from its letters for each part, in order."""
    parts = zip(TEST.parts, gaps, strict=False)
    return Result(
        attendance=attendance,
        scores=tuple(
            PartScore(
                part=part.key,
                exact=letters.count("e"),
                recognition=letters.count("e") + letters.count("r"),
                gaps=letters,
            )
            for part, letters in parts
        ),
    )


def test_difficulty_is_the_share_right_exact_and_recognised() -> None:
    found = instrument_statistics(TEST, [("a", sat("eer", "eww", "er")), ("b", sat("ewo", "rrr"))])

    first, second, pilot = found.texts
    assert (first.exact.difficulty, first.recognition.difficulty) == (3 / 6, 4 / 6)
    assert (second.exact.difficulty, second.recognition.difficulty) == (1 / 6, 4 / 6)
    assert [gap.difficulty for gap in first.gaps_exact] == [1, 0.5, 0]
    assert [gap.difficulty for gap in first.gaps_recognition] == [1, 0.5, 0.5]
    assert (pilot.pilot, pilot.exact.difficulty, pilot.learners_with_gaps) == (True, 0.5, 1)
    assert (found.exact.mean, found.recognition.mean) == (2, 4)


def test_only_who_was_present_to_the_end_and_did_all_that_counts_is_counted() -> None:
    found = instrument_statistics(
        TEST,
        [
            ("a", sat("eer", "eww", "er")),
            ("b", sat("eee", "eee", attendance=Attendance.ABORTED)),
            ("c", Result(attendance=Attendance.ABSENT)),
            ("d", sat("eee")),
        ],
    )

    assert (found.learners, found.classes, found.left_out) == (1, 1, 1)


def test_texts_are_analysed_without_gaps_if_nobody_has_them() -> None:
    points = Result(
        scores=(
            PartScore(part="t1", exact=1, recognition=2),
            PartScore(part="t2", exact=3, recognition=3),
        )
    )

    text = instrument_statistics(TEST, [("a", points)]).texts[0]

    assert text.exact.difficulty == 1 / 3
    assert (text.gaps_exact, text.learners_with_gaps) == ((), 0)


def test_what_is_not_defined_is_none() -> None:
    nobody = instrument_statistics(TEST, [])
    assert nobody.exact.mean is None
    assert nobody.texts[0].exact.difficulty is None

    alike = instrument_statistics(TEST, [("a", sat("eew", "eww"))] * 3)
    assert (alike.exact.deviation, alike.exact.alpha, alike.exact.error) == (0, None, None)
    assert alike.texts[0].exact.discrimination is None

    one_text = analysed([(1,), (2,), (3,)], ["only"], 3)
    assert (one_text.exact.deviation, one_text.exact.alpha) == (1, None)
    assert one_text.texts[0].exact.discrimination is None


def test_few_learners_few_classes_and_texts_out_of_range_are_said() -> None:
    rows = [(9, 1, 5)] * 99
    assert analysed(rows, ("easy", "hard", "fair"), 10).concerns == (
        Concern(code="few-learners"),
        Concern(code="few-classes"),
        Concern(code="too-easy", part="easy"),
        Concern(code="too-hard", part="hard"),
    )

    enough = [(str(number % 20), sat("eww", "eew")) for number in range(100)]
    assert instrument_statistics(TEST, enough).concerns == ()


# Against a plain reference.

letters = st.text("erwo", min_size=3, max_size=3)


@given(st.lists(st.tuples(letters, letters), min_size=2, max_size=30))
def test_all_figures_agree_with_a_plain_reference(learners: list[tuple[str, str]]) -> None:
    found = instrument_statistics(TEST, [("a", sat(*gaps)) for gaps in learners])

    for right, scale, text in (
        ("e", found.exact, found.texts[0].exact),
        ("er", found.recognition, found.texts[0].recognition),
    ):
        points = [[sum(letter in right for letter in gaps) for gaps in own] for own in learners]
        score = [sum(own) for own in points]
        assert scale.deviation == pytest.approx(statistics.stdev(score), abs=1e-12)
        assert text.discrimination == correlated([a for a, _ in points], [b for _, b in points])
        assert scale.alpha == alpha_of(points)
    first = [int(gaps[0][0] == "e") for gaps in learners]
    rest = [
        sum(letter == "e" for text in own for letter in text) - gap
        for own, gap in zip(learners, first, strict=True)
    ]
    assert found.texts[0].gaps_exact[0].discrimination == correlated(first, rest)


def correlated(first: list[int], second: list[int]) -> object:
    if len(set(first)) == 1 or len(set(second)) == 1:
        return None
    return pytest.approx(statistics.correlation(first, second), abs=1e-9)


def alpha_of(points: list[list[int]]) -> object:
    covariances = np.cov(np.array(points).T)
    if isclose(covariances.sum(), 0, abs_tol=1e-12):
        return None
    return pytest.approx(2 * (1 - np.trace(covariances) / covariances.sum()), abs=1e-9)


def many(count: int) -> Iterator[tuple[str, Result]]:
    kinds = [sat("eew", "rww", "ee"), sat("ewo", "eer", "ew"), sat("eee", "eee", "rw")]
    for number in range(count):
        yield str(number % 50), kinds[number % 3]


def test_chunks_make_no_difference_and_no_learner_is_kept() -> None:
    once = instrument_statistics(TEST, many(3))
    tracemalloc.start()
    often = instrument_statistics(TEST, many(3 * CHUNK))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert often.learners == 3 * CHUNK
    assert often.exact.alpha == once.exact.alpha
    assert [text.exact for text in often.texts] == [text.exact for text in once.texts]
    assert peak < 1000 * CHUNK, "bytes for one chunk's learners, not three"
