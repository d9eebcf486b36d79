"""What results mean, as a college sees it: learner by learner, and the class as a whole."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Annotated
from uuid import UUID

import msgspec

from domain.assessments.assessing import standing_level
from domain.assessments.class_assessment import Override, SecondLook, Standing, sheet_of
from domain.assessments.definition import Definition, Level
from domain.assessments.meaning import recommendation
from domain.assessments.results import Meaning, Result
from domain.kernel import Erased
from services.api.bounds import Key, Reason
from services.api.class_access import ClassInRound
from services.catalogues.catalogue import Catalogues
from services.texts import Language
from services.texts.outcomes import outcome

PERCENT = 100


class SecondLookEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a teacher decided on a borderline result, and why."""

    level: Level
    reason: Reason


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The measures a teacher chose instead of those the rule recommends, and why."""

    measures: Annotated[tuple[Key, ...], msgspec.Meta(max_length=20)]
    reason: Reason


class SupportMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """A support measure in words."""

    key: str
    name: str


class LearnerMeaning(msgspec.Struct, frozen=True, kw_only=True):
    """What a learner's result means. `level` is that of the second look, if there was one.

    `recommended` follows from the rules at this level, `chosen` is what a teacher decided.
    """

    learner: UUID
    pseudonym: str | Erased
    meaning: Meaning | Erased | None
    level: Level | None
    second_look: SecondLook | None = None
    recommended: list[SupportMeasure]
    override: Override | None = None
    chosen: list[SupportMeasure]


class LevelCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many learners of the class are at a level."""

    level: Level
    learners: int


class PartMean(msgspec.Struct, frozen=True, kw_only=True):
    """How well the class did in a part, in percent of its points; null if nobody took it."""

    part: str
    title: str
    exact: float | None
    recognition: float | None


class ClassMeaning(msgspec.Struct, frozen=True, kw_only=True):
    """The class as a whole, then its learners: those first who need a teacher's second look.

    `exact` and `recognition` are means in percent of the points; what lies between them is known
    but not yet mastered. `parts` are strengths, the best first.
    """

    training_class: UUID
    round: UUID
    note: str
    cut_scores: str
    assessed: int
    borderline: int
    distribution: list[LevelCount]
    exact: float | None
    recognition: float | None
    parts: list[PartMean]
    learners: list[LearnerMeaning]
    version: int


class LearnerChange(msgspec.Struct, frozen=True, kw_only=True):
    """A learner in both tests: points and levels, and the difference of the exact scores."""

    learner: UUID
    pseudonym: str | Erased
    first_exact: int
    first_recognition: int
    first_level: Level
    retest_exact: int
    retest_recognition: int
    retest_level: Level
    change: int


class ClassChange(msgspec.Struct, frozen=True, kw_only=True):
    """From the first test to the retest: only learners who took both are compared."""

    training_class: UUID
    first: UUID
    retest: UUID
    compared: int
    higher: int
    same: int
    lower: int
    mean_change: float | None
    learners: list[LearnerChange]


def class_meaning(found: ClassInRound, known: Catalogues, language: Language) -> ClassMeaning:
    """The view of a class that was released."""
    standings = found.sheet.standings
    meanings = _meanings(standings)
    levels = Counter(standing_level(standings[who], said) for who, said in meanings.items())
    learners = [
        _learner(who, name, standings.get(who), found, known, language)
        for who, name in found.this.learners.items()
        if who in standings
    ]
    cut_scores = found.definition.cut_scores.version
    return ClassMeaning(
        training_class=found.id,
        round=found.plan.round,
        note=outcome("meaning.never-a-certificate", language, cut_scores=cut_scores),
        cut_scores=cut_scores,
        assessed=len(meanings),
        borderline=sum(_is_waiting(learner) for learner in learners),
        distribution=[
            LevelCount(level=level, learners=levels[level]) for level in Level if level in levels
        ],
        exact=_mean(said.exact * PERCENT / said.maximum for said in meanings.values()),
        recognition=_mean(said.recognition * PERCENT / said.maximum for said in meanings.values()),
        parts=_parts(found.definition, [standing.result for standing in standings.values()]),
        learners=sorted(learners, key=lambda learner: not _is_waiting(learner)),
        version=found.version,
    )


def class_change(found: ClassInRound, first: UUID, retest: UUID) -> ClassChange:
    """The change from the first round to the retest, both of them released."""
    before, after = (sheet_of(found.this, one).standings for one in (first, retest))
    first_meanings, meanings = _meanings(before), _meanings(after)
    learners = [
        _change(who, name, (before[who], first_meanings[who]), (after[who], meanings[who]))
        for who, name in found.this.learners.items()
        if who in first_meanings and who in meanings
    ]
    steps = [one.retest_level.rank - one.first_level.rank for one in learners]
    return ClassChange(
        training_class=found.id,
        first=first,
        retest=retest,
        compared=len(learners),
        higher=sum(step > 0 for step in steps),
        same=sum(step == 0 for step in steps),
        lower=sum(step < 0 for step in steps),
        mean_change=_mean(one.change for one in learners),
        learners=learners,
    )


def _learner(
    who: UUID,
    name: str | Erased,
    standing: Standing | None,
    found: ClassInRound,
    known: Catalogues,
    language: Language,
) -> LearnerMeaning:
    said = standing.meaning if standing else None
    details = found.this.details
    level, advised = None, tuple[str, ...]()
    if standing is not None and isinstance(said, Meaning):
        level = standing_level(standing, said)
        advised = recommendation(
            found.definition, said, level, programme=details.programme, trade=details.trade
        ).measures
    override = standing.override if standing else None
    chosen = override.chosen if override is not None else advised
    return LearnerMeaning(
        learner=who,
        pseudonym=name,
        meaning=said,
        level=level,
        second_look=standing.second_look if standing else None,
        recommended=_measures(advised, known, language),
        override=override,
        chosen=[] if isinstance(chosen, Erased) else _measures(chosen, known, language),
    )


def _change(
    who: UUID,
    name: str | Erased,
    first: tuple[Standing, Meaning],
    retest: tuple[Standing, Meaning],
) -> LearnerChange:
    (_, before), (_, after) = first, retest
    return LearnerChange(
        learner=who,
        pseudonym=name,
        first_exact=before.exact,
        first_recognition=before.recognition,
        first_level=standing_level(*first),
        retest_exact=after.exact,
        retest_recognition=after.recognition,
        retest_level=standing_level(*retest),
        change=after.exact - before.exact,
    )


def _meanings(standings: Mapping[UUID, Standing]) -> dict[UUID, Meaning]:
    return {
        who: standing.meaning
        for who, standing in standings.items()
        if isinstance(standing.meaning, Meaning)
    }


def _is_waiting(learner: LearnerMeaning) -> bool:
    """A borderline result that no teacher has looked at yet."""
    said = learner.meaning
    return isinstance(said, Meaning) and said.borderline and learner.second_look is None


def _parts(definition: Definition, results: Sequence[Result | Erased]) -> list[PartMean]:
    taken = [score for result in results if isinstance(result, Result) for score in result.scores]
    parts = [
        PartMean(
            part=part.key,
            title=part.title,
            exact=_mean(s.exact * PERCENT / part.maximum for s in taken if s.part == part.key),
            recognition=_mean(
                s.recognition * PERCENT / part.maximum for s in taken if s.part == part.key
            ),
        )
        for part in definition.counted
    ]
    return sorted(parts, key=lambda part: -(part.exact or 0))


def _measures(keys: Iterable[str], known: Catalogues, language: Language) -> list[SupportMeasure]:
    return [SupportMeasure(key=key, name=_name(key, known, language)) for key in keys]


def _name(key: str, known: Catalogues, language: Language) -> str:
    measure = known.measures.get(key)
    if measure is None:
        return key
    return measure.de if language == "de" else measure.en


def _mean(values: Iterable[float]) -> float | None:
    """Rounded to a tenth; None of none."""
    found = list(values)
    return round(fmean(found), 1) if found else None
