"""What the retention run does to the world: it looks at files and issues the run's commands."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from temporalio import activity


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Look at the next files, those of people after `after`. `at` is the workflow's time."""

    at: datetime
    correlation: str
    after: UUID | None = None


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """How many steps were taken and how many refused; `after`: where to go on, None at the end.

    `again_at` is when the next run is to begin.
    """

    taken: int
    refused: int
    again_at: datetime
    after: UUID | None = None


class RetentionRecord(Protocol):
    """What the run needs from the service."""

    async def look(self, look: Look) -> Looked:
        """Take the next steps for some people. Done twice, it takes each step once."""
        ...


class RetentionActivities:
    """May run more than once: a command's id follows from the person, the step and its version."""

    def __init__(self, record: RetentionRecord) -> None:
        self._record = record

    @activity.defn
    async def look_at_files(self, look: Look) -> Looked:
        return await self._record.look(look)
