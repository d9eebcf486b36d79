"""What a working group's process does to the world: it asks for the course and issues commands."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.working_groups.commands import (
    DeclareAgreementOverdue,
    RemindOfAgreement,
    RemindToCall,
)
from domain.working_groups.course import GroupCourse
from workflows.commissions import Commission, issue


class GroupRecord(Protocol):
    """What the process needs from the service: reading where a group stands, and commands."""

    async def course(self, group: UUID) -> tuple[GroupCourse, int]:
        """The course, and the log position up to which it is true."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class GroupAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: GroupCourse
    position: int


class GroupStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes. `moment` is the planned one; `at` is the workflow's time.

    With a `school_year` it is about the group's plan, with an `agreement` about that one.
    """

    group: UUID
    at: datetime
    correlation: str
    causation: int
    moment: datetime
    school_year: str = ""
    agreement: int = 0


class GroupActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: GroupRecord) -> None:
        self._record = record

    @activity.defn
    async def read_working_group(self, group: UUID) -> GroupAt:
        course, position = await self._record.course(group)
        return GroupAt(course=course, position=position)

    @activity.defn
    async def remind_to_call(self, step: GroupStep) -> None:
        command = RemindToCall(group=step.group, school_year=step.school_year, moment=step.moment)
        await issue(
            self._record, command, step, f"call/{step.school_year}/{step.moment.isoformat()}"
        )

    @activity.defn
    async def remind_of_agreement(self, step: GroupStep) -> None:
        command = RemindOfAgreement(group=step.group, agreement=step.agreement, moment=step.moment)
        await issue(
            self._record, command, step, f"remind/{step.agreement}/{step.moment.isoformat()}"
        )

    @activity.defn
    async def declare_agreement_overdue(self, step: GroupStep) -> None:
        command = DeclareAgreementOverdue(group=step.group, agreement=step.agreement)
        await issue(
            self._record, command, step, f"overdue/{step.agreement}/{step.moment.isoformat()}"
        )
