"""Scoring: a gap, a part, the whole, and whether scores can be as they are said to be."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from unicodedata import normalize

import msgspec

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
from domain.kernel import DomainError


class GapScore(StrEnum):
    """How a gap was filled, in the letters of `PartScore.gaps`."""

    EXACT = "e"
    RECOGNISED = "r"
    WRONG = "w"
    OMITTED = "o"


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Points over the parts that count; `maximum` is that of the whole test."""

    exact: int
    recognition: int
    maximum: int


def score_gap(answer: str, gap: Gap) -> GapScore:
    """Exact if it is right letter for letter, recognised if the word is, omitted if nothing is.

    Space around an answer, runs of spaces in it and the composition of Unicode make no difference.
    Capitals do: they are part of German spelling, so that an accepted answer in other capitals
    is recognised, not exact.
    """
    given = _plain(answer)
    if not given:
        return GapScore.OMITTED
    if given in map(_plain, gap.accepted):
        return GapScore.EXACT
    known = (_plain(word).casefold() for word in (*gap.accepted, *gap.recognised))
    return GapScore.RECOGNISED if given.casefold() in known else GapScore.WRONG


def score_part(part: Part, answers: Sequence[str]) -> PartScore:
    """The score of a text from the answers to its gaps, in order; those left out are omitted."""
    filled = (*answers, *[""] * len(part.gaps))
    scores = [score_gap(answer, gap) for answer, gap in zip(filled, part.gaps, strict=False)]
    exact = scores.count(GapScore.EXACT)
    return PartScore(
        part=part.key,
        exact=exact,
        recognition=exact + scores.count(GapScore.RECOGNISED),
        omitted=scores.count(GapScore.OMITTED),
        gaps="".join(scores),
    )


def totals(result: Result, definition: Definition) -> Totals:
    """The sums over the parts that count. Parts without a score add nothing."""
    counted = {part.key for part in definition.counted}
    scores = [score for score in result.scores if score.part in counted]
    return Totals(
        exact=sum(score.exact for score in scores),
        recognition=sum(score.recognition for score in scores),
        maximum=definition.maximum,
    )


def in_order(result: Result, definition: Definition) -> Result:
    """The same result as it is kept: scores in the order of the parts, accommodations sorted."""
    place = {part.key: number for number, part in enumerate(definition.parts)}
    scores = sorted(result.scores, key=lambda score: place.get(score.part, len(place)))
    return msgspec.structs.replace(
        result, scores=tuple(scores), accommodation=tuple(sorted(set(result.accommodation)))
    )


def check_scores(result: Result, definition: Definition) -> None:
    """Raise the first of `faults`, if there is any."""
    for fault in faults(result, definition):
        raise fault


def faults(result: Result, definition: Definition) -> Iterator[DomainError]:
    """Everything that the scores of a result cannot be.

    Who was absent has none. Who broke it off has those of some parts, everybody else those of all
    that count; parts on trial may be left out. `0 <= exact <= recognition <= maximum` of a part,
    in subtests both are the same, and of what is left at most all was omitted.
    """
    if result.attendance is Attendance.ABSENT:
        if result.scores:
            yield AbsentWithScores()
        return
    parts = {part.key: part for part in definition.parts}
    scored: set[str] = set()
    for score in result.scores:
        if score.part not in parts:
            yield UnknownPart(score.part)
            continue
        if score.part in scored:
            yield PartScoredTwice(score.part)
        scored.add(score.part)
        yield from _faults_of(score, parts[score.part], definition.kind)
    if result.attendance is Attendance.PRESENT:
        missing = (part for part in definition.parts if part.key not in scored)
        yield from (PartNotScored(part.key) for part in missing if not part.pilot)


def _faults_of(score: PartScore, part: Part, kind: Kind) -> Iterable[DomainError]:
    if not 0 <= score.exact <= part.maximum:
        return [ScoreOutOfRange(part.key, score.exact, part.maximum)]
    if not 0 <= score.recognition <= part.maximum:
        return [ScoreOutOfRange(part.key, score.recognition, part.maximum)]
    if score.exact > score.recognition:
        return [ExactAboveRecognition(part.key, score.exact, score.recognition)]
    if kind is Kind.SUBTESTS and score.exact < score.recognition:
        return [RecognitionInSubtest(part.key, score.exact, score.recognition)]
    if not 0 <= score.omitted <= part.maximum - score.recognition:
        return [OmittedOutOfRange(part.key, score.omitted, part.maximum - score.recognition)]
    return _faults_of_gaps(score, part, kind) if score.gaps else []


def _faults_of_gaps(score: PartScore, part: Part, kind: Kind) -> Iterable[DomainError]:
    is_known = set(score.gaps) <= set(GapScore)
    if kind is Kind.SUBTESTS or len(score.gaps) != part.maximum or not is_known:
        return [MalformedGaps(part.key, part.maximum)]
    exact = score.gaps.count(GapScore.EXACT)
    recognition = exact + score.gaps.count(GapScore.RECOGNISED)
    omitted = score.gaps.count(GapScore.OMITTED)
    if (exact, recognition, omitted) != (score.exact, score.recognition, score.omitted):
        return [GapsDisagree(part.key, exact, recognition, omitted)]
    return []


def _plain(answer: str) -> str:
    return " ".join(normalize("NFC", answer).split())
