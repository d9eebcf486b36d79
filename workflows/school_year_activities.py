"""What a school year's process does to the world: it asks for the course, counts and closes."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.goals.commands import CloseYear, NoteStandings
from domain.goals.course import YearCourse
from workflows.commissions import Commission, issue


class YearRecord(Protocol):
    """What the process needs from the service: reading where a year stands, and commands."""

    async def course(self, year: UUID, after: datetime) -> tuple[YearCourse, int]:
        """The course after this moment, and the log position up to which it is true."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class YearLook(msgspec.Struct, frozen=True, kw_only=True):
    """Which year, and after which moment the next count is looked for."""

    year: UUID
    after: datetime


class YearAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: YearCourse
    position: int


class YearStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes. `moment` is the planned one; `at` is the workflow's time."""

    school_year: str
    at: datetime
    correlation: str
    causation: int
    moment: datetime


class YearActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: YearRecord) -> None:
        self._record = record

    @activity.defn
    async def read_school_year(self, look: YearLook) -> YearAt:
        course, position = await self._record.course(look.year, look.after)
        return YearAt(course=course, position=position)

    @activity.defn
    async def note_standings(self, step: YearStep) -> None:
        command = NoteStandings(school_year=step.school_year)
        await issue(self._record, command, step, f"count/{step.moment.isoformat()}")

    @activity.defn
    async def close_school_year(self, step: YearStep) -> None:
        command = CloseYear(school_year=step.school_year)
        await issue(self._record, command, step, f"close/{step.moment.isoformat()}")
