"""What a report's process does to the world: it asks where it stands and issues commands."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.course_pools.following import Move, command_of
from domain.language_needs.commands import EscalateReport, RemindHolder
from domain.language_needs.course import ReportCourse
from workflows.commissions import Commission, issue, issue_each


class ReportRecord(Protocol):
    """What the process needs from the service: where a report stands, and commands."""

    async def course(self, report: UUID) -> tuple[ReportCourse, int]:
        """The course, and the log position up to which it is true."""
        ...

    async def moves(self, report: UUID) -> tuple[Move, ...]:
        """What is left to do between the report and the pools it is in, or is not any more."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class ReportAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course, and what is to be done about pools, as it was at a log position."""

    course: ReportCourse
    position: int
    moves: tuple[Move, ...] = ()


class ReportStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes about the deadline `due`; `at` is the workflow's time."""

    report: UUID
    at: datetime
    correlation: str
    causation: int
    due: datetime
    level: int


class PoolStep(msgspec.Struct, frozen=True, kw_only=True):
    """The report follows its pool, or the pool its report; `at` is the workflow's time."""

    report: UUID
    at: datetime
    correlation: str
    causation: int
    moves: tuple[Move, ...]


class ReportActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: ReportRecord) -> None:
        self._record = record

    @activity.defn
    async def read_report(self, report: UUID) -> ReportAt:
        course, position = await self._record.course(report)
        moves = await self._record.moves(report)
        return ReportAt(course=course, position=position, moves=moves)

    @activity.defn
    async def follow_pools(self, step: PoolStep) -> None:
        for move in step.moves:
            key = f"pool/{move.pool}/{step.causation}"
            await issue_each(self._record, [command_of(move, step.report)], step, key)

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
