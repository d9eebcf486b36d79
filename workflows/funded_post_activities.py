"""What a post's process does to the world: it asks for the course, and reminds."""

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity

from domain.posts.commands import RemindOfPost
from domain.posts.course import PostCourse
from domain.posts.terms import Lead, Matter
from workflows.commissions import Commission, issue


class PostRecord(Protocol):
    """What the process needs from the service: reading where a post stands, and commands."""

    async def course(self, post: UUID, now: datetime) -> tuple[PostCourse, int]:
        """The course at this moment, and the log position up to which it is true."""
        ...

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class PostLook(msgspec.Struct, frozen=True, kw_only=True):
    """Which post, and the moment at which it is looked at."""

    post: UUID
    now: datetime


class PostSeen(msgspec.Struct, frozen=True, kw_only=True):
    """The course as it was at a log position."""

    course: PostCourse
    position: int


class PostReminding(msgspec.Struct, frozen=True, kw_only=True):
    """Of what and of which day is reminded; `at` is the workflow's time."""

    post: UUID
    what: Matter
    due: date
    lead: Lead
    at: datetime
    correlation: str
    causation: int


class PostActivities:
    """Every method may run more than once: the command id follows from workflow and reminder."""

    def __init__(self, record: PostRecord) -> None:
        self._record = record

    @activity.defn
    async def read_post(self, look: PostLook) -> PostSeen:
        course, position = await self._record.course(look.post, look.now)
        return PostSeen(course=course, position=position)

    @activity.defn
    async def remind_of_post(self, step: PostReminding) -> None:
        command = RemindOfPost(post=step.post, what=step.what, due=step.due, lead=step.lead)
        key = f"remind/{step.what}/{step.due.isoformat()}/{step.lead}"
        await issue(self._record, command, step, key)
