"""What decisions about a resolution look at: its vote, and what its mandate is about."""

from collections.abc import Mapping
from typing import assert_never, get_args
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.concepts.concept import Concept
from domain.concepts.decide import CONCEPT
from domain.kernel import Context
from domain.steering.mandate import (
    AdoptionMandate,
    Commission,
    DissolutionMandate,
    GroupMandate,
    Mandate,
    MinistryMandate,
    Notice,
    ReviewMandate,
    RevocationMandate,
)
from domain.steering.need_review import NeedReview
from domain.steering.need_review_commands import review_of
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.resolution import Resolution, Unknown
from domain.steering.resolution_commands import (
    AnnulResolution,
    FulfilMandate,
    HandOverMandate,
    PassResolution,
    ResolutionCommand,
    RevokeResolution,
    ShowProgress,
)
from domain.steering.resolution_context import ResolutionContext, SessionOfBody
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_vote import voted_in, was_annulled
from domain.steering.session import Session
from domain.steering.session import Unknown as NoSession
from domain.steering.session_decide import SESSION
from domain.working_groups.commands import group_id
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.group import WorkingGroup
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore


class MandateContexts(Contexts):
    """Loads sessions, and the groups, concepts, reviews and resolutions a mandate leads to."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(ResolutionCommand), (RESOLUTION, self._context))

    async def _context(self, command: ResolutionCommand, context: Context) -> Context:
        basis = ResolutionContext(at=context.at, by=context.by, calendar=self._calendar)
        match command:
            case PassResolution():
                return await self._passing(command, basis)
            case HandOverMandate(owner=owner):
                organisations = await self._streams.organisations((owner,))
                return msgspec.structs.replace(basis, organisations=organisations)
            case FulfilMandate(resolution=resolution):
                return await self._fulfilling(resolution, basis)
            case ShowProgress(session=session):
                sessions = await self._sessions(session)
                return msgspec.structs.replace(basis, sessions=sessions)
            case RevokeResolution(revoking=revoking):
                return msgspec.structs.replace(basis, other=await self._resolution(revoking))
            case AnnulResolution(resolution=resolution):
                return await self._annulling(resolution, basis)
            case _:
                return basis

    async def _passing(
        self, command: PassResolution, basis: ResolutionContext
    ) -> ResolutionContext:
        session = await self._session(command.session)
        mandate = command.mandate
        named = {command.owner} - {""}
        if isinstance(mandate, GroupMandate):
            named |= {*mandate.members, *mandate.guests}
        about = await self._about(mandate, basis)
        return msgspec.structs.replace(
            about,
            voted=voted_in(session, command.number),
            was_annulled=was_annulled(session, command.number),
            organisations=await self._streams.organisations(sorted(named)),
        )

    async def _about(self, mandate: Mandate, basis: ResolutionContext) -> ResolutionContext:
        """With what is to be there before the mandate is given."""
        match mandate:
            case DissolutionMandate(group=group):
                return msgspec.structs.replace(basis, group=await self._group(group))
            case AdoptionMandate(concept=concept):
                return msgspec.structs.replace(basis, concept=await self._concept(concept))
            case RevocationMandate(resolution=resolution):
                return msgspec.structs.replace(basis, other=await self._resolution(resolution))
            case GroupMandate() | ReviewMandate() | MinistryMandate() | Commission() | Notice():
                return basis
            case _:
                assert_never(mandate)

    async def _fulfilling(self, stream: UUID, basis: ResolutionContext) -> ResolutionContext:
        """With what the mandate was to lead to."""
        resolution = await self._resolution(stream)
        if isinstance(resolution, Unknown):
            return basis
        match resolution.passed.mandate:
            case GroupMandate():
                return msgspec.structs.replace(basis, group=await self._group(group_id(stream)))
            case ReviewMandate():
                review = await self._review(review_of(stream))
                return msgspec.structs.replace(basis, review=review)
            case mandate:
                return await self._about(mandate, basis)

    async def _annulling(self, stream: UUID, basis: ResolutionContext) -> ResolutionContext:
        resolution = await self._resolution(stream)
        if isinstance(resolution, Unknown):
            return basis
        passed = resolution.passed
        session = await self._session(passed.session)
        return msgspec.structs.replace(basis, was_annulled=was_annulled(session, passed.number))

    async def _sessions(self, stream: UUID) -> Mapping[UUID, SessionOfBody]:
        session = await self._session(stream)
        if isinstance(session, NoSession):
            return {}
        record = session.record
        return {stream: SessionOfBody(body=record.body, starts_at=record.starts_at)}

    async def _session(self, stream: UUID) -> Session:
        return await self._streams.state(SESSION, stream)

    async def _resolution(self, stream: UUID) -> Resolution:
        return await self._streams.state(RESOLUTION, stream)

    async def _group(self, stream: UUID) -> WorkingGroup:
        return await self._streams.state(WORKING_GROUP, stream)

    async def _concept(self, stream: UUID) -> Concept:
        return await self._streams.state(CONCEPT, stream)

    async def _review(self, stream: UUID) -> NeedReview:
        return await self._streams.state(NEED_REVIEW, stream)
