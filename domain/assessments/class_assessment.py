"""A class in the language assessment: who is in it, and what stands for each in each round."""

from collections.abc import Mapping
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.assessments.definition import Level
from domain.assessments.events_class import (
    ClassChanged,
    ClassEvent,
    ClassRegistered,
    ClassReleased,
    ClassReopened,
    ClassSubmitted,
    ClassWithdrawn,
    LearnerEnrolled,
    LearnerLeft,
    RecommendationOverridden,
    ResultAssessed,
    ResultCorrected,
    ResultRecorded,
    SecondLookTaken,
)
from domain.assessments.results import Meaning, Result
from domain.kernel import Erased


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What the college says of the class."""

    training_class: UUID
    college: str
    school_year: str
    name: str
    programme: str
    trade: str
    size: int


class SecondLook(msgspec.Struct, frozen=True, kw_only=True):
    """What a teacher decided on a borderline result."""

    level: Level | Erased
    reason: str | Erased


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """What the rule said and what a teacher chose instead."""

    ruled: tuple[str, ...] | Erased
    chosen: tuple[str, ...] | Erased
    reason: str | Erased


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What stands for a learner in a round. `meaning` is None before the release, and of absentees.

    A correction takes away what was said about the result before.
    """

    result: Result | Erased
    meaning: Meaning | Erased | None = None
    second_look: SecondLook | None = None
    override: Override | None = None


Standings: TypeAlias = Mapping[UUID, Standing]
"""By learner, in the order in which their results came."""


class Collecting(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The college enters the results of a round."""

    standings: Standings = {}


class Submitted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The college said that they are complete."""

    standings: Standings


class Released(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """They have been scored, and the college sees what they mean."""

    standings: Standings


Sheet: TypeAlias = Collecting | Submitted | Released
"""The results of the class in one round."""


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Registered(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """`learners` are those in the class with their pseudonyms, `sheets` by round."""

    details: Details
    learners: Mapping[UUID, str | Erased] = {}
    sheets: Mapping[UUID, Sheet] = {}


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It takes no part, unless it is registered again."""

    details: Details
    reason: str
    learners: Mapping[UUID, str | Erased] = {}
    sheets: Mapping[UUID, Sheet] = {}


ExistingClass: TypeAlias = Registered | Withdrawn
ClassAssessment: TypeAlias = Unknown | ExistingClass


def stage_of(this: ClassAssessment | Sheet) -> str:
    """The stage's name as it is stored, sent and shown, such as `registered` or `collecting`."""
    return type(this).__name__.lower()


def sheet_of(this: ClassAssessment, round_: UUID) -> Sheet:
    """The results of the class in a round; an empty one if there are none."""
    return Collecting() if isinstance(this, Unknown) else this.sheets.get(round_, Collecting())


def evolve(this: ClassAssessment, event: ClassEvent) -> ClassAssessment:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, ClassRegistered):
        details = Details(**msgspec.structs.asdict(event))
        if isinstance(this, Unknown):
            return Registered(details=details)
        return Registered(details=details, learners=this.learners, sheets=this.sheets)
    if isinstance(this, Unknown):
        return this
    return _go_on(this, event)


def _go_on(this: ExistingClass, event: ClassEvent) -> ExistingClass:
    match event:
        case ClassChanged(programme=programme, trade=trade, size=size):
            details = msgspec.structs.replace(
                this.details, programme=programme, trade=trade, size=size
            )
            return msgspec.structs.replace(this, details=details)
        case ClassWithdrawn(reason=reason):
            return Withdrawn(
                details=this.details, reason=reason, learners=this.learners, sheets=this.sheets
            )
        case LearnerEnrolled(learner=learner, pseudonym=pseudonym):
            return msgspec.structs.replace(this, learners={**this.learners, learner: pseudonym})
        case LearnerLeft(learner=left):
            learners = {
                learner: pseudonym
                for learner, pseudonym in this.learners.items()
                if learner != left
            }
            return msgspec.structs.replace(this, learners=learners)
        case ClassRegistered():
            return this
        case _:
            sheet = _on_sheet(sheet_of(this, event.round), event)
            return msgspec.structs.replace(this, sheets={**this.sheets, event.round: sheet})


OnSheet: TypeAlias = (
    ResultRecorded
    | ResultCorrected
    | ClassSubmitted
    | ClassReopened
    | ResultAssessed
    | ClassReleased
    | SecondLookTaken
    | RecommendationOverridden
)


def _on_sheet(sheet: Sheet, event: OnSheet) -> Sheet:
    match event:
        case ClassSubmitted():
            return Submitted(standings=sheet.standings)
        case ClassReopened():
            return Collecting(standings=sheet.standings)
        case ClassReleased():
            return Released(standings=sheet.standings)
        case _:
            standing = _changed(sheet.standings.get(event.learner), event)
            if standing is None:
                return sheet
            standings = {**sheet.standings, event.learner: standing}
            return msgspec.structs.replace(sheet, standings=standings)


OfLearner: TypeAlias = (
    ResultRecorded | ResultCorrected | ResultAssessed | SecondLookTaken | RecommendationOverridden
)


def _changed(standing: Standing | None, event: OfLearner) -> Standing | None:
    """What stands for the learner after the event; None if there is nothing it could be about."""
    if isinstance(event, ResultRecorded | ResultCorrected):
        return Standing(result=event.result)
    if standing is None:
        return None
    match event:
        case ResultAssessed(meaning=meaning):
            return msgspec.structs.replace(standing, meaning=meaning)
        case SecondLookTaken(level=level, reason=reason):
            look = SecondLook(level=level, reason=reason)
            return msgspec.structs.replace(standing, second_look=look)
        case RecommendationOverridden(ruled=ruled, chosen=chosen, reason=reason):
            override = Override(ruled=ruled, chosen=chosen, reason=reason)
            return msgspec.structs.replace(standing, override=override)
        case _:
            assert_never(event)
