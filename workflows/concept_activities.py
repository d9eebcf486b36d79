"""What the concept's process does to the world: it asks for the course and issues commands."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.concepts.commands import (
    CloseConsultation,
    ConceptCommand,
    DeclareReviewDue,
    EscalateConsultation,
    RemindOrganisations,
    SupersedeConcept,
)
from domain.concepts.course import Course
from workflows.commissions import Commission, command_id, own_id


class ConceptRecord(Protocol):
    """What the process needs from the service: reading where a concept stands, and commands."""

    async def course(self, concept: UUID) -> tuple[Course, int]:
        """The course, and the log position up to which it is true."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class CourseAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: Course
    position: int


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes. `at` is the workflow's time, the same on every attempt."""

    concept: UUID
    at: datetime
    correlation: str
    causation: int
    round: int = 0
    moment: datetime | None = None
    predecessor: UUID | None = None


class ConceptActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: ConceptRecord) -> None:
        self._record = record

    @activity.defn
    async def read_course(self, concept: UUID) -> CourseAt:
        course, position = await self._record.course(concept)
        return CourseAt(course=course, position=position)

    @activity.defn
    async def remind_organisations(self, step: Step) -> None:
        assert step.moment is not None, "a planned reminder has its moment"
        command = RemindOrganisations(concept=step.concept, round=step.round, moment=step.moment)
        await self._issue(command, step, f"remind/{step.round}/{step.moment.isoformat()}")

    @activity.defn
    async def escalate_consultation(self, step: Step) -> None:
        command = EscalateConsultation(concept=step.concept, round=step.round)
        await self._issue(command, step, f"escalate/{step.round}/{step.moment}")

    @activity.defn
    async def close_consultation(self, step: Step) -> None:
        command = CloseConsultation(concept=step.concept, round=step.round)
        await self._issue(command, step, f"close/{step.round}/{step.moment}")

    @activity.defn
    async def declare_review_due(self, step: Step) -> None:
        command = DeclareReviewDue(concept=step.concept)
        await self._issue(command, step, f"review/{step.moment}")

    @activity.defn
    async def supersede_predecessor(self, step: Step) -> None:
        assert step.predecessor is not None, "only a concept with a predecessor supersedes it"
        command = SupersedeConcept(concept=step.predecessor, successor=step.concept)
        await self._issue(command, step, "supersede")

    async def _issue(self, command: ConceptCommand, step: Step, key: str) -> None:
        workflow_id = own_id()
        await self._record.commission(
            Commission(
                command=command,
                command_id=command_id(workflow_id, key),
                workflow_id=workflow_id,
                at=step.at,
                correlation=step.correlation,
                causation=step.causation,
            )
        )
