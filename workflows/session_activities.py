"""What a session's process does to the world: it asks for the course and issues commands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.kernel import Command
from domain.steering.session_commands import (
    CallForItems,
    CloseSession,
    DeclareMinutesOverdue,
    FreezeAgenda,
    InviteToSession,
    RemindMembers,
)
from domain.steering.session_course import Course
from domain.steering.session_events import Occasion
from workflows.commissions import Commission, issue, issue_each


class SessionRecord(Protocol):
    """What the process needs from the service: where a session stands, and commands."""

    async def course(self, session: UUID, at: datetime) -> tuple[Course, int]:
        """The course at this moment, and the log position up to which it is true."""
        ...

    async def to_show(self, session: UUID) -> Sequence[Command]:
        """What is to be noted so that the body sees what became of its earlier resolutions."""
        ...

    async def to_follow_up(self, session: UUID) -> Sequence[Command]:
        """What is to be noted of the themes and proposals that this session was about."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class SessionCourseAt(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: Course
    position: int


class AskForSession(msgspec.Struct, frozen=True, kw_only=True):
    """The session, and the workflow's time: which rules hold depends on the day."""

    session: UUID
    at: datetime


class SessionStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step the process takes. `moment` is the planned one; `at` is the workflow's time.

    `occasion` is what members are reminded of, `until` how long items are called for.
    """

    session: UUID
    at: datetime
    correlation: str
    causation: int
    moment: datetime | None = None
    occasion: Occasion | None = None
    until: datetime | None = None


class SessionActivities:
    """Every method may run more than once: the command id follows from workflow and step."""

    def __init__(self, record: SessionRecord) -> None:
        self._record = record

    @activity.defn
    async def read_session(self, asked: AskForSession) -> SessionCourseAt:
        course, position = await self._record.course(asked.session, asked.at)
        return SessionCourseAt(course=course, position=position)

    @activity.defn
    async def call_for_items(self, step: SessionStep) -> None:
        assert step.until is not None, "items are called for until a moment"
        await self._issue(CallForItems(session=step.session, until=step.until), step, "call")

    @activity.defn
    async def freeze_agenda(self, step: SessionStep) -> None:
        await self._issue(FreezeAgenda(session=step.session), step, "freeze")

    @activity.defn
    async def invite_to_session(self, step: SessionStep) -> None:
        await self._issue(InviteToSession(session=step.session), step, "invite")

    @activity.defn
    async def remind_members(self, step: SessionStep) -> None:
        assert step.occasion is not None, "members are reminded of something"
        command = RemindMembers(session=step.session, occasion=step.occasion, moment=step.moment)
        await self._issue(command, step, f"remind/{step.occasion}")

    @activity.defn
    async def close_voting(self, step: SessionStep) -> None:
        await self._issue(CloseSession(session=step.session), step, "close")

    @activity.defn
    async def declare_minutes_overdue(self, step: SessionStep) -> None:
        await self._issue(DeclareMinutesOverdue(session=step.session), step, "minutes")

    @activity.defn
    async def show_resolutions(self, step: SessionStep) -> None:
        """Note for every resolution in question what had become of it by this session."""
        commands = await self._record.to_show(step.session)
        await issue_each(self._record, commands, step, _key(step, "show"))

    @activity.defn
    async def follow_up_session(self, step: SessionStep) -> None:
        """Note in themes and need reviews that this session discussed or decided them."""
        commands = await self._record.to_follow_up(step.session)
        await issue_each(self._record, commands, step, _key(step, "follow-up"))

    async def _issue(self, command: Command, step: SessionStep, name: str) -> None:
        await issue(self._record, command, step, _key(step, name))


def _key(step: SessionStep, name: str) -> str:
    """A session may be moved and moved back, so what led to a step is a part of its key."""
    moment = step.moment.isoformat() if step.moment else ""
    return f"{name}/{moment}/{step.causation}"
