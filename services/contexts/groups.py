"""What decisions of a working group look at: its resolution, organisations, sessions, results."""

from collections.abc import Mapping
from typing import Any, get_args
from uuid import UUID

import msgspec

from domain.assessments.decide_round import ROUND
from domain.calendar import Calendar
from domain.concepts.decide import CONCEPT
from domain.findings.decide_theme import THEME
from domain.kernel import Aggregate, Context
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.session import Unknown as NoSession
from domain.steering.session_decide import SESSION
from domain.working_groups.commands import (
    DissolveGroup,
    EstablishGroup,
    HandOverLead,
    JoinGroup,
    LinkConsequence,
    ReportBack,
    WorkingGroupCommand,
)
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.events import ConsequenceKind
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore

CONSEQUENCES: Mapping[ConsequenceKind, Aggregate[Any, Any, Any, Any]] = {
    ConsequenceKind.ASSESSMENT_ROUND: ROUND,
    ConsequenceKind.CONCEPT: CONCEPT,
    ConsequenceKind.NEED_REVIEW: NEED_REVIEW,
    ConsequenceKind.THEME: THEME,
}
"""What each kind of consequence is; it exists once something was recorded of it."""


class WorkingGroups(Contexts):
    """The commands about working groups."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(WorkingGroupCommand), (WORKING_GROUP, self._context))

    async def _context(self, command: WorkingGroupCommand, context: Context) -> Context:
        basis = WorkingGroupContext(at=context.at, by=context.by, calendar=self._calendar)
        match command:
            case EstablishGroup(resolution=resolution) | DissolveGroup(resolution=resolution):
                passed = await self._streams.state(RESOLUTION, resolution)
                return msgspec.structs.replace(basis, resolution=passed)
            case JoinGroup(organisation=organisation) | HandOverLead(lead=organisation):
                named = await self._streams.organisations([organisation])
                return msgspec.structs.replace(basis, organisations=named)
            case LinkConsequence(kind=kind, consequence=consequence):
                there = await self._existing(kind, consequence)
                return msgspec.structs.replace(basis, consequences=there)
            case ReportBack(session=session):
                bodies = await self._bodies_of(session)
                return msgspec.structs.replace(basis, sessions=bodies)
            case _:
                return basis

    async def _existing(self, kind: ConsequenceKind, consequence: UUID) -> frozenset[UUID]:
        aggregate = CONSEQUENCES[kind]
        state = await self._streams.state(aggregate, consequence)
        return frozenset() if state == aggregate.initial else frozenset({consequence})

    async def _bodies_of(self, session: UUID) -> Mapping[UUID, str]:
        """The key of its body, if there is such a session."""
        state = await self._streams.state(SESSION, session)
        return {} if isinstance(state, NoSession) else {session: state.record.body}
