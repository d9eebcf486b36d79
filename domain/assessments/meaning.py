"""What a result means: a band of levels with its uncertainty, and what is recommended by rule."""

from collections.abc import Iterable
from math import isqrt

import msgspec

from domain.assessments.definition import Cut, Definition, Level, Norms, Rule
from domain.assessments.results import Attendance, Meaning, Result
from domain.assessments.scoring import Totals, totals

HUNDRED = 100


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that apply, and their measures in the rules' order, each once."""

    rules: tuple[str, ...]
    measures: tuple[str, ...]


def meaning(
    result: Result, definition: Definition, *, programme: str, trade: str
) -> Meaning | None:
    """What the result says by this version; None if no part that counts was taken.

    The band reaches one standard error of measurement below and above the score. Whoever broke
    the test off showed at least their score: upwards it reaches as far as what they left out,
    parts and gaps, could have led, and a teacher looks at it in any case.
    """
    taken = {score.part: score for score in result.scores}
    if not any(part.key in taken for part in definition.counted):
        return None
    sums = totals(result, definition)
    is_aborted = result.attendance is Attendance.ABORTED
    left_out = sum(
        taken[part.key].omitted if part.key in taken else part.maximum
        for part in definition.counted
        if is_aborted
    )
    error = standard_error(definition.norms)
    level, lowest, highest = (
        level_at(definition.cut_scores.cuts, hundredths)
        for hundredths in (
            sums.exact * HUNDRED,
            sums.exact * HUNDRED - error,
            min((sums.exact + left_out) * HUNDRED + error, sums.maximum * HUNDRED),
        )
    )
    advice = recommendation(definition, sums, level, programme=programme, trade=trade)
    return Meaning(
        exact=sums.exact,
        recognition=sums.recognition,
        maximum=sums.maximum,
        level=level,
        lowest=lowest,
        highest=highest,
        error=error,
        cut_scores=definition.cut_scores.version,
        borderline=lowest is not highest or is_aborted,
        rules=advice.rules,
        measures=advice.measures,
    )


def standard_error(norms: Norms) -> int:
    """The standard error of measurement in hundredths of a point, rounded half up.

    SEM = SD · sqrt(1 - reliability), classical test theory: Lord and Novick, Statistical Theories
    of Mental Test Scores, 1968. In whole numbers, so that it is the same everywhere.
    """
    fourfold = 4 * norms.deviation**2 * (1000 - norms.reliability) // 1000
    return (isqrt(fourfold) + 1) // 2


def level_at(cuts: Iterable[Cut], hundredths: int) -> Level:
    """The level of the last cut not above this score; below all of them, that of the first."""
    first, *others = cuts
    level = first.level
    for cut in others:
        if cut.at_least * HUNDRED <= hundredths:
            level = cut.level
    return level


def recommendation(
    definition: Definition, sums: Totals | Meaning, level: Level, *, programme: str, trade: str
) -> Recommendation:
    """What the rules recommend at this level, be it the score's or that of a second look."""
    rules = [rule for rule in definition.rules if _applies(rule, sums, level, programme, trade)]
    measures = dict.fromkeys(measure for rule in rules for measure in rule.measures)
    return Recommendation(rules=tuple(rule.key for rule in rules), measures=tuple(measures))


def _applies(rule: Rule, sums: Totals | Meaning, level: Level, programme: str, trade: str) -> bool:
    return (
        rule.lowest.rank <= level.rank <= rule.highest.rank
        and (sums.recognition - sums.exact) * HUNDRED >= rule.difference * sums.maximum
        and (not rule.programmes or programme in rule.programmes)
        and (not rule.trades or trade in rule.trades)
    )
