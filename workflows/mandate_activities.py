"""What a mandate's process does to the world: it asks for the course and issues commands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.kernel import Command
from domain.steering.resolution_commands import (
    DeclareMandateOverdue,
    FulfilMandate,
    RemindOfMandate,
)
from domain.steering.resolution_course import ResolutionCourse
from workflows.commissions import Commission, issue, issue_each


class MandateRecord(Protocol):
    """What the process needs from the service: where a resolution stands, and commands."""

    async def course(self, resolution: UUID) -> tuple[ResolutionCourse, int]:
        """The course, and the log position up to which it is true."""
        ...

    async def to_carry_out(self, resolution: UUID) -> Sequence[Command]:
        """What follows from the resolution without anybody's judgement and is not done yet."""
        ...

    async def is_done(self, resolution: UUID) -> bool:
        """Whether its mandate is open, and what it asks for is there to be seen.

        Not if people opened the mandate again: then they say when it is fulfilled.
        """
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class MandateCourseAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: ResolutionCourse
    position: int


class MandateStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes. `moment` is the planned one; `at` is the workflow's time."""

    resolution: UUID
    at: datetime
    correlation: str
    causation: int
    moment: datetime | None = None


class MandateActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: MandateRecord) -> None:
        self._record = record

    @activity.defn
    async def read_mandate(self, resolution: UUID) -> MandateCourseAt:
        course, position = await self._record.course(resolution)
        return MandateCourseAt(course=course, position=position)

    @activity.defn
    async def carry_out(self, step: MandateStep) -> None:
        """Do what follows, and say that it is fulfilled once what it asks for is there.

        What is refused now is tried again when something has happened.
        """
        following = await self._record.to_carry_out(step.resolution)
        await issue_each(self._record, following, step, _key(step, "carry-out"))
        if await self._record.is_done(step.resolution):
            fulfilled = FulfilMandate(resolution=step.resolution)
            await issue_each(self._record, [fulfilled], step, _key(step, "fulfil"))

    @activity.defn
    async def remind_of_mandate(self, step: MandateStep) -> None:
        assert step.moment is not None, "a planned reminder has its moment"
        command = RemindOfMandate(resolution=step.resolution, moment=step.moment)
        await issue(self._record, command, step, _key(step, "remind"))

    @activity.defn
    async def declare_mandate_overdue(self, step: MandateStep) -> None:
        command = DeclareMandateOverdue(resolution=step.resolution)
        await issue(self._record, command, step, _key(step, "overdue"))


def _key(step: MandateStep, name: str) -> str:
    """A mandate may be extended or opened again, so what led to a step is a part of its key."""
    moment = step.moment.isoformat() if step.moment else ""
    return f"{name}/{moment}/{step.causation}"
