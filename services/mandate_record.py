"""What the follow-up of a resolution needs, fulfilled by the store and the desk."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

from domain.concepts.commands import AdoptConcept
from domain.concepts.concept import Adopted, Agreed, Published, Superseded
from domain.concepts.decide import CONCEPT
from domain.concepts.events import ConsultationClosed
from domain.findings.commands_theme import AttachResolution
from domain.findings.decide_theme import THEME
from domain.findings.theme import Merged
from domain.findings.theme import Unknown as NoTheme
from domain.kernel import Command
from domain.steering.mandate import (
    AdoptionMandate,
    Commission,
    DissolutionMandate,
    GroupMandate,
    MinistryMandate,
    Notice,
    ReviewMandate,
    RevocationMandate,
)
from domain.steering.need_review import Closed
from domain.steering.need_review import Open as OpenReview
from domain.steering.need_review import Unknown as NoReview
from domain.steering.need_review_commands import NoteResolution, OpenReviewByResolution, review_of
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_proposal import PutForward
from domain.steering.resolution import InForce, Open, Passed, Resolution, Revoked
from domain.steering.resolution_commands import RevokeResolution
from domain.steering.resolution_course import ResolutionCourse, course
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_events import MandateReopened
from domain.working_groups.commands import DissolveGroup, EstablishGroup, group_id
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.group import Dissolved, Working
from domain.working_groups.group import Unknown as NoGroup
from services.commissions import hand_in
from services.contexts.streams import Streams
from services.desk import Desk
from services.eventstore.store import EventStore
from services.steering_log import proposals_put_to
from workflows import commissions


class LoggedMandates:
    """Reads courses from the log and takes the process's commands through the same door."""

    def __init__(self, store: EventStore, desk: Desk) -> None:
        self._store = store
        self._streams = Streams(store)
        self._desk = desk

    async def course(self, resolution: UUID) -> tuple[ResolutionCourse, int]:
        # The head is read first: what comes after it is noted again, never missed.
        head = await self._store.head()
        return course(await self._resolution(resolution)), head

    async def to_carry_out(self, resolution: UUID) -> Sequence[Command]:
        state = await self._resolution(resolution)
        if not isinstance(state, InForce):
            return []
        passed = state.passed
        return [
            *await self._for_themes(passed),
            *await self._for_proposals(passed),
            *await self._for_mandate(passed),
        ]

    async def is_done(self, resolution: UUID) -> bool:
        state = await self._resolution(resolution)
        if not isinstance(state, Open):
            return False
        entries = await self._store.load(resolution)
        if any(entry.topic == MandateReopened.TOPIC for entry in entries):
            return False
        return await self._is_there(state.passed)

    async def commission(self, commission: commissions.Commission) -> None:
        await hand_in(self._desk, commission)

    async def _for_themes(self, passed: Passed) -> Sequence[Command]:
        attaching: list[Command] = []
        for theme in passed.themes:
            state = await self._streams.state(THEME, theme)
            is_missing = not isinstance(state, NoTheme | Merged)
            if is_missing and passed.resolution not in state.matter.resolutions:
                attaching.append(AttachResolution(theme=theme, resolution=passed.resolution))
        return attaching

    async def _for_proposals(self, passed: Passed) -> Sequence[Command]:
        """The need review whose proposal it took up is told."""
        noting: list[Command] = []
        for put in await proposals_put_to(self._store, passed.session):
            review = await self._streams.state(NEED_REVIEW, put.review)
            if put.item != passed.item or not isinstance(review, OpenReview):
                continue
            if isinstance(review.examined.proposals.get(put.proposal), PutForward):
                noting.append(
                    NoteResolution(
                        review=put.review, proposal=put.proposal, resolution=passed.resolution
                    )
                )
        return noting

    async def _for_mandate(self, passed: Passed) -> Sequence[Command]:
        resolution = passed.resolution
        match passed.mandate:
            case GroupMandate():
                group = await self._streams.state(WORKING_GROUP, group_id(resolution))
                is_to_do = isinstance(group, NoGroup)
                return [EstablishGroup(resolution=resolution)] if is_to_do else []
            case DissolutionMandate(group=dissolved):
                group = await self._streams.state(WORKING_GROUP, dissolved)
                is_to_do = isinstance(group, Working)
                return [DissolveGroup(group=dissolved, resolution=resolution)] if is_to_do else []
            case AdoptionMandate(concept=concept):
                return await self._for_concept(concept, passed)
            case ReviewMandate():
                review = await self._streams.state(NEED_REVIEW, review_of(resolution))
                is_to_do = isinstance(review, NoReview)
                return [OpenReviewByResolution(resolution=resolution)] if is_to_do else []
            case RevocationMandate(resolution=revoked):
                is_to_do = not isinstance(await self._resolution(revoked), Revoked)
                return (
                    [RevokeResolution(resolution=revoked, revoking=resolution)] if is_to_do else []
                )
            case MinistryMandate() | Commission() | Notice():
                return []
            case _:
                assert_never(passed.mandate)

    async def _for_concept(self, concept: UUID, passed: Passed) -> Sequence[Command]:
        """Only what was agreed when the body voted: another text would have to come before it."""
        if not isinstance(await self._streams.state(CONCEPT, concept), Agreed):
            return []
        closings = await self._store.of_topics([concept], [ConsultationClosed.TOPIC])
        if closings and closings[-1].metadata.occurred_at > passed.decided_at:
            return []
        return [AdoptConcept(concept=concept, resolution=passed.reference or passed.title)]

    async def _is_there(self, passed: Passed) -> bool:
        """What the mandate asks for, as far as it leaves something to see."""
        match passed.mandate:
            case GroupMandate():
                group = await self._streams.state(WORKING_GROUP, group_id(passed.resolution))
                return not isinstance(group, NoGroup)
            case DissolutionMandate(group=dissolved):
                group = await self._streams.state(WORKING_GROUP, dissolved)
                return isinstance(group, Dissolved)
            case AdoptionMandate(concept=concept):
                state = await self._streams.state(CONCEPT, concept)
                return isinstance(state, Adopted | Published | Superseded)
            case ReviewMandate():
                review = await self._streams.state(NEED_REVIEW, review_of(passed.resolution))
                return isinstance(review, Closed)
            case MinistryMandate():
                return bool(passed.letters)
            case Commission() | RevocationMandate() | Notice():
                return False
            case _:
                assert_never(passed.mandate)

    async def _resolution(self, resolution: UUID) -> Resolution:
        return await self._streams.state(RESOLUTION, resolution)
