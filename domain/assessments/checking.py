"""Whether a definition of an instrument makes sense."""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import TypeVar

from domain.assessments.definition import CutScores, Definition, Kind, Norms, Part, Rule
from domain.assessments.errors_instrument import (
    CutAboveMaximum,
    CutScoresWithoutSource,
    CutsNotFromZero,
    CutsNotUpward,
    DifferenceOutOfRange,
    GapsDoNotFit,
    GapWithoutAnswer,
    MaximumNotPositive,
    NoCountedPart,
    NormsOutOfRange,
    NotCatalogued,
    PartTwice,
    RuleTwice,
    RuleUpsideDown,
    RuleWithoutMeasure,
    SubtestWithGaps,
    TextDoesNotFit,
)
from domain.assessments.wording import check_key

GAP = re.compile(r"\{(\d+)\}")
THOUSAND = 1000
WHOLE = 100

T = TypeVar("T")


def check_definition(definition: Definition) -> None:
    """Raises what is wrong first: parts, cut scores, norms, rules, in this order."""
    _check_parts(definition)
    _check_cuts(definition.cut_scores, definition.maximum)
    _check_norms(definition.norms)
    _check_rules(definition.rules)


def check_catalogued(
    rules: Iterable[Rule],
    *,
    measures: Collection[str],
    programmes: Collection[str],
    trades: Collection[str],
) -> None:
    """Raises NotCatalogued for what a rule names and the catalogues do not have."""
    for rule in rules:
        named = (
            *((key, measures) for key in rule.measures),
            *((key, programmes) for key in rule.programmes),
            *((key, trades) for key in rule.trades),
        )
        for key, known in named:
            if key not in known:
                raise NotCatalogued(rule.key, key)


def _check_parts(definition: Definition) -> None:
    if twice := _first_repeated(part.key for part in definition.parts):
        raise PartTwice(twice)
    if not definition.counted:
        raise NoCountedPart
    for part in definition.parts:
        check_key(part.key)
        if part.maximum <= 0:
            raise MaximumNotPositive(part.key, part.maximum)
        if part.gaps:
            _check_gaps(part, definition.kind)


def _check_gaps(part: Part, kind: Kind) -> None:
    if kind is Kind.SUBTESTS:
        raise SubtestWithGaps(part.key)
    if len(part.gaps) != part.maximum:
        raise GapsDoNotFit(part.key, len(part.gaps), part.maximum)
    for number, gap in enumerate(part.gaps, start=1):
        if not gap.accepted or not all(answer.strip() for answer in gap.accepted):
            raise GapWithoutAnswer(part.key, number)
    marks = [int(number) for number in GAP.findall(part.text)]
    if part.text and marks != list(range(1, part.maximum + 1)):
        raise TextDoesNotFit(part.key)


def _check_cuts(scores: CutScores, maximum: int) -> None:
    if not all(text.strip() for text in (scores.version, scores.author, scores.method)):
        raise CutScoresWithoutSource
    if not scores.cuts or scores.cuts[0].at_least != 0:
        raise CutsNotFromZero
    for before, cut in pairwise(scores.cuts):
        if cut.at_least <= before.at_least or cut.level.rank <= before.level.rank:
            raise CutsNotUpward(cut.level)
        if cut.at_least > maximum:
            raise CutAboveMaximum(cut.level, cut.at_least, maximum)


def _check_norms(norms: Norms) -> None:
    if not 0 <= norms.reliability <= THOUSAND or norms.deviation < 0 or norms.people < 0:
        raise NormsOutOfRange


def _check_rules(rules: Collection[Rule]) -> None:
    if twice := _first_repeated(rule.key for rule in rules):
        raise RuleTwice(twice)
    for rule in rules:
        check_key(rule.key)
        if rule.lowest.rank > rule.highest.rank:
            raise RuleUpsideDown(rule.key)
        if not rule.measures:
            raise RuleWithoutMeasure(rule.key)
        if not 0 <= rule.difference <= WHOLE:
            raise DifferenceOutOfRange(rule.key, rule.difference)


def _first_repeated(keys: Iterable[T]) -> T | None:
    seen: set[T] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None
