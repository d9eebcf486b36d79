"""What a report's process does to the world: it asks for the course and issues commands."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.language_needs.commands import EscalateReport, RemindHolder
from domain.language_needs.course import ReportCourse
from workflows.commissions import Commission, issue


class ReportRecord(Protocol):
    """What the process needs from the service: where a report stands, and commands."""

    async def course(self, report: UUID) -> tuple[ReportCourse, int]:
        """The course, and the log position up to which it is true."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class ReportAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: ReportCourse
    position: int


class ReportStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes about the deadline `due`; `at` is the workflow's time."""

    report: UUID
    at: datetime
    correlation: str
    causation: int
    due: datetime
    level: int


class ReportActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: ReportRecord) -> None:
        self._record = record

    @activity.defn
    async def read_report(self, report: UUID) -> ReportAt:
        course, position = await self._record.course(report)
        return ReportAt(course=course, position=position)

    @activity.defn
    async def remind_holder(self, step: ReportStep) -> None:
        command = RemindHolder(report=step.report, due=step.due)
        await issue(self._record, command, step, _key(step, "remind"))

    @activity.defn
    async def escalate_report(self, step: ReportStep) -> None:
        command = EscalateReport(report=step.report, due=step.due, level=step.level)
        await issue(self._record, command, step, _key(step, f"escalate/{step.level}"))


def _key(step: ReportStep, name: str) -> str:
    """The same day may fall due again, so what led to a step is a part of its key."""
    return f"{name}/{step.due.isoformat()}/{step.causation}"
