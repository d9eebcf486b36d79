"""How well an instrument measured in a round: classical item analysis, whole counts only added up.

Learners come one after the other and are added up in chunks (`moments`), in memory that does not
grow with them: sums of whole numbers, exact (245,000 learners times a hundred points squared is
2.5e9). A figure that is not defined (no variance, one text only, nobody) is None.

A mean tells a sum: whoever shows these figures outside the colleges computes them once, from those
whom the county's release counts, and stores them; anew after one correction, they would tell it.

Sources: the formulas are those of classical test theory (Lienert and Raatz, Testaufbau und
Testanalyse; Cronbach, Psychometrika 16, 1951; the interval for alpha: Feldt, Psychometrika 30,
1965). Gaps of one text depend on each other, so alpha is taken over texts, not gaps (R3.3).
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from math import sqrt

import msgspec
import numpy as np
from scipy.special import fdtri

from domain.assessments.definition import Definition, Part
from domain.assessments.moments import Moments, Whole
from domain.assessments.results import Attendance, PartScore, Result

FEWEST_LEARNERS = 100
FEWEST_CLASSES = 20
"""A trial wants a hundred people, or twenty classes, of those the test is for:
http://c-test.de/deutsch/index.php?lang=de&content=konstruktion&section=ctest (R3.3)."""

HARDEST, EASIEST = 0.2, 0.8
"""A share right outside says little about most of those tested; a convention of item analysis:
https://wiki.llz.uni-halle.de/Itemanalyse. (A C-test's 95 % is for a trial with native speakers.)"""

CONFIDENCE = 0.95
CHUNK = 4096
"""Learners added up at once: with 200 gaps, arrays of some megabytes."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A gap or a text. `difficulty`: the share of its points reached (0 all wrong, 1 all right).

    `discrimination`: its correlation with the score of everything else that counts.
    """

    difficulty: float | None
    discrimination: float | None


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """The score over the texts that count, in points. Deviation and error are those of a sample.

    `alpha` with its interval of confidence: Cronbach's, over the texts. `error` is the standard
    error of measurement, deviation times the root of one minus alpha.
    """

    mean: float | None
    deviation: float | None
    alpha: float | None
    lowest_alpha: float | None
    highest_alpha: float | None
    error: float | None


class TextStatistics(msgspec.Struct, frozen=True, kw_only=True):
    """A text or subtest; a pilot is set against the score, in which it does not count.

    Gaps are known for `learners_with_gaps` only; nothing is said of gaps if for nobody.
    """

    part: str
    pilot: bool
    exact: Item
    recognition: Item
    gaps_exact: tuple[Item, ...] = ()
    gaps_recognition: tuple[Item, ...] = ()
    learners_with_gaps: int = 0


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """`code`: `few-learners`, `few-classes`, `too-hard`, `too-easy`; the last two name a text."""

    code: str
    part: str = ""


class InstrumentStatistics(msgspec.Struct, frozen=True, kw_only=True):
    """`left_out` were present, but lack the score of a part that counts."""

    learners: int
    classes: int
    left_out: int
    exact: Scale
    recognition: Scale
    texts: tuple[TextStatistics, ...]
    concerns: tuple[Concern, ...]


def instrument_statistics(
    definition: Definition, sittings: Iterable[tuple[str, Result]]
) -> InstrumentStatistics:
    """The statistics of one round. `sittings`: for each learner, the class and the result.

    Counts who was present to the end and has a score for every part that counts.
    """
    counted = {part.key for part in definition.counted}
    exact, recognition = _Sums(definition, "e"), _Sums(definition, "er")
    classes: set[str] = set()
    left_out = 0
    present = ((key, r) for key, r in sittings if r.attendance is Attendance.PRESENT)
    while chunk := list(islice(present, CHUNK)):
        scored = [(key, {score.part: score for score in result.scores}) for key, result in chunk]
        complete = [(key, scores) for key, scores in scored if counted <= scores.keys()]
        left_out += len(chunk) - len(complete)
        classes.update(key for key, _ in complete)
        exact.add([scores for _, scores in complete])
        recognition.add([scores for _, scores in complete])
    texts = tuple(_text(part, exact, recognition) for part in definition.parts)
    return InstrumentStatistics(
        learners=exact.score.people,
        classes=len(classes),
        left_out=left_out,
        exact=exact.scale(),
        recognition=recognition.scale(),
        texts=texts,
        concerns=tuple(_concerns(exact.score.people, len(classes), texts)),
    )


def _text(part: Part, exact: "_Sums", recognition: "_Sums") -> TextStatistics:
    return TextStatistics(
        part=part.key,
        pilot=part.pilot,
        exact=exact.text(part),
        recognition=recognition.text(part),
        gaps_exact=exact.gaps_of(part),
        gaps_recognition=recognition.gaps_of(part),
        learners_with_gaps=exact.gaps[part.key].people,
    )


def _concerns(learners: int, classes: int, texts: Sequence[TextStatistics]) -> Iterator[Concern]:
    if learners < FEWEST_LEARNERS:
        yield Concern(code="few-learners")
    if classes < FEWEST_CLASSES:
        yield Concern(code="few-classes")
    for text in texts:
        share = text.exact.difficulty
        if share is not None and not HARDEST <= share <= EASIEST:
            yield Concern(code="too-hard" if share < HARDEST else "too-easy", part=text.part)


class _Sums:
    """All that is added up of the exact or of the recognition scores.

    `right`: the letters of `PartScore.gaps` that count as right (`e`, or `e` and `r`).
    """

    def __init__(self, definition: Definition, right: str) -> None:
        self._definition = definition
        self._right = np.frombuffer(right.encode(), np.uint8)
        self.score = Moments()
        self.texts = {part.key: Moments(1) for part in definition.parts}
        self.gaps = {part.key: Moments(part.maximum) for part in definition.parts}

    def add(self, learners: Sequence[dict[str, PartScore]]) -> None:
        """Add learners with a score for every part that counts, by the key of the part."""
        if not learners:
            return
        counted = [part.key for part in self._definition.counted]
        score = np.array(
            [sum(self._points(own[key]) for key in counted) for own in learners], np.int64
        )
        self.score.add(np.empty((len(learners), 0), np.int64), score)
        for part in self._definition.parts:
            have = [place for place, own in enumerate(learners) if part.key in own]
            points = [[self._points(learners[place][part.key])] for place in have]
            if have:
                self.texts[part.key].add(np.array(points, np.int64), score[have])
            self._add_gaps(part, learners, score)

    def _add_gaps(self, part: Part, learners: Sequence[dict[str, PartScore]], score: Whole) -> None:
        gaps = [own[part.key].gaps if part.key in own else "" for own in learners]
        have = [place for place, letters in enumerate(gaps) if len(letters) == part.maximum]
        if have and part.maximum:
            letters = np.frombuffer("".join(gaps[place] for place in have).encode(), np.uint8)
            right = np.isin(letters, self._right).astype(np.int64)
            self.gaps[part.key].add(right.reshape(len(have), part.maximum), score[have])

    def _points(self, score: PartScore) -> int:
        return score.exact if self._right.size == 1 else score.recognition

    def text(self, part: Part) -> Item:
        return _item(self.texts[part.key], 0, part.maximum, within=not part.pilot)

    def gaps_of(self, part: Part) -> tuple[Item, ...]:
        sums = self.gaps[part.key]
        if not sums.people:
            return ()
        return tuple(_item(sums, gap, 1, within=not part.pilot) for gap in range(part.maximum))

    def scale(self) -> Scale:
        alpha = self._alpha()
        deviation = self.score.deviation
        lowest, highest = self._interval(alpha)
        return Scale(
            mean=self.score.mean,
            deviation=deviation,
            alpha=None if alpha is None else float(alpha),
            lowest_alpha=lowest,
            highest_alpha=highest,
            error=None if alpha is None or deviation is None else deviation * sqrt(1 - alpha),
        )

    def _alpha(self) -> Fraction | None:
        """With k texts: k / (k - 1) * (1 - sum of their variances / variance of the score)."""
        texts = [self.texts[part.key] for part in self._definition.counted]
        k = len(texts)
        if k < 2 or not self.score.spread:  # noqa: PLR2004 - one text has nothing to agree with
            return None
        parts = sum(text.spread_of(0) for text in texts)
        return Fraction(k, k - 1) * (1 - Fraction(parts, self.score.spread))

    def _interval(self, alpha: Fraction | None) -> tuple[float | None, float | None]:
        """Feldt's: one minus alpha is spread around its true value like F."""
        if alpha is None:
            return None, None
        free = self.score.people - 1
        freedom = free, free * (len(self._definition.counted) - 1)
        tail = (1 - CONFIDENCE) / 2
        return (
            1 - float(1 - alpha) * float(fdtri(*freedom, 1 - tail)),
            1 - float(1 - alpha) * float(fdtri(*freedom, tail)),
        )


def _item(sums: Moments, column: int, maximum: int, *, within: bool) -> Item:
    return Item(
        difficulty=sums.share(column, maximum),
        discrimination=sums.correlation(column, within=within),
    )
