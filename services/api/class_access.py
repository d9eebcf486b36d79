"""A class of one's own college, as it stands, and in a round. Nobody else's rows are shown."""

from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

import msgspec

from domain.assessments.class_assessment import (
    ClassAssessment,
    ExistingClass,
    Released,
    Sheet,
    Unknown,
    sheet_of,
)
from domain.assessments.decide_class import CLASS
from domain.assessments.definition import Definition
from domain.assessments.errors import NotInvited, OtherSchoolYear, RoundNotReleased, UnknownRound
from domain.assessments.errors_class import UnknownClass
from domain.assessments.errors_instrument import UnknownVersion
from domain.assessments.results import Result
from domain.assessments.round import Plan, stage_of
from domain.assessments.round import Unknown as NoRound
from domain.kernel import Erased, Role
from services.api.access import SignedIn
from services.api.assessment_access import colleges_of
from services.api.problems import EdgeProblem
from services.desk import Desk
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.identity.authorisation import OutsideOwnArea, require

COLLEGE_ROLE = frozenset({Role.COLLEGE})


class ClassAt(msgspec.Struct, frozen=True, kw_only=True):
    """A class, its version, and the entries it follows from."""

    this: ExistingClass
    version: int
    entries: tuple[LogEntry, ...]


class ClassInRound(msgspec.Struct, frozen=True, kw_only=True):
    """A class with its results in one round, and what they are results of."""

    this: ExistingClass
    version: int
    plan: Plan
    definition: Definition
    stage: str

    @property
    def id(self) -> UUID:
        return self.this.details.training_class

    @property
    def sheet(self) -> Sheet:
        return sheet_of(self.this, self.plan.round)

    @property
    def pseudonyms(self) -> dict[UUID, str]:
        """Of those whose data were not erased."""
        found = self.this.learners.items()
        return {learner: who for learner, who in found if not isinstance(who, Erased)}

    @property
    def recorded(self) -> dict[str, Result]:
        """The results by pseudonym."""
        names = self.pseudonyms
        return {
            names[learner]: standing.result
            for learner, standing in self.sheet.standings.items()
            if learner in names and not isinstance(standing.result, Erased)
        }


class Classes:
    """Loads classes for people of their college."""

    def __init__(self, store: EventStore, desk: Desk) -> None:
        self._store = store
        self._assessments = desk.assessments

    def today(self, at: datetime) -> date:
        """The day it is in the county."""
        return at.astimezone(self._assessments.calendar.zone).date()

    async def load(self, training_class: UUID) -> tuple[ClassAssessment, list[LogEntry]]:
        """The class and its entries, whoever asks; unknown if the id is something else's."""
        entries = [
            entry
            for entry in await self._store.load(training_class)
            if entry.topic.startswith("class-assessment.")
        ]
        this = CLASS.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (these are its topics)
        return this, entries

    async def own(self, request: SignedIn, training_class: UUID, at: datetime) -> ClassAt:
        """A class of the person's college. Raises RoleMissing, or OutsideOwnArea for any other."""
        own = own_colleges(request, at)
        this, entries = await self.load(training_class)
        if isinstance(this, Unknown) or this.details.college not in own:
            # One that does not exist is nobody's: whether there is one is not told.
            raise OutsideOwnArea(", ".join(sorted(own)))
        return ClassAt(this=this, version=len(entries), entries=tuple(entries))

    async def own_in_round(
        self, request: SignedIn, training_class: UUID, round_id: UUID, at: datetime
    ) -> ClassInRound:
        """Likewise with the round. Raises UnknownRound, or why the class has no part in it."""
        found = await self.own(request, training_class, at)
        details = found.this.details
        assessment_round = await self._assessments.assessment_round(round_id)
        if isinstance(assessment_round, NoRound):
            raise UnknownRound(str(round_id))
        plan = assessment_round.plan
        if details.college not in plan.colleges:
            raise NotInvited(details.college)
        if details.school_year != plan.school_year:
            raise OtherSchoolYear(plan.school_year, details.school_year)
        definition = await self._assessments.definition(assessment_round)
        if definition is None:
            raise UnknownVersion(plan.instrument, plan.version)
        return ClassInRound(
            this=found.this,
            version=found.version,
            plan=plan,
            definition=definition,
            stage=stage_of(assessment_round),
        )


def own_colleges(request: SignedIn, at: datetime) -> frozenset[str]:
    """The colleges the person works at. Raises RoleMissing if there is none."""
    require(request.user, COLLEGE_ROLE, at)
    return colleges_of(request.user, at)


def own_college(request: SignedIn, at: datetime, named: str | None) -> str:
    """The college meant: the one named, or the only one the person works at.

    Raises RoleMissing, OutsideOwnArea, or EdgeProblem if it is not clear which one is meant.
    """
    own = own_colleges(request, at)
    if named is not None:
        if named not in own:
            raise OutsideOwnArea(", ".join(sorted(own)))
        return named
    if len(own) > 1:
        raise EdgeProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "college.not-named", parameter="college")
    (college,) = own
    return college


def require_released(found: ClassInRound, round_id: UUID) -> None:
    """Raises RoundNotReleased while the class has not been scored in this round."""
    if not isinstance(sheet_of(found.this, round_id), Released):
        raise RoundNotReleased(found.stage)


def require_class(this: ClassAssessment, training_class: UUID) -> ExistingClass:
    """Raises UnknownClass."""
    if isinstance(this, Unknown):
        raise UnknownClass(str(training_class))
    return this
