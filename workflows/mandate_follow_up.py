"""The follow-up of a resolution: what follows from it, and reminders until its mandate is done."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeAlias
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.steering.resolution_course import Phase, ResolutionCourse
    from workflows.following import PAUSE_AFTER_REFUSAL, FollowsTheLog
    from workflows.mandate_activities import MandateActivities, MandateStep
    from workflows.refusals import is_refusal

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)

Activity: TypeAlias = Callable[[MandateActivities, MandateStep], Awaitable[None]]


class MandateStart(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told.
    """

    resolution: UUID
    noted: int = 0
    correlation: str = ""


def workflow_id(resolution: UUID) -> str:
    """One process for each resolution."""
    return f"resolution/{resolution}"


@workflow.defn(name="MandateFollowUp")
class MandateFollowUp(FollowsTheLog):
    """Waits for what people do and for time to pass; what is decided is in the log alone.

    The relay notes every event that changes the course or may fulfil the mandate. So it can begin
    at any point: started again from nothing, it goes on where the log is.
    """

    @workflow.init
    def __init__(self, start: MandateStart) -> None:
        super().__init__(start.noted, start.correlation)
        self._resolution = start.resolution

    @workflow.run
    async def run(self, _: MandateStart) -> None:
        while (course := await self._read_course()).phase is not Phase.ENDED:
            if await self._take(MandateActivities.carry_out):
                await self._follow_up(course)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())
        await self._take(MandateActivities.carry_out)

    async def _follow_up(self, course: ResolutionCourse) -> None:
        """Remind, note that it is overdue, and wait: it ends when people or the body end it."""
        if course.due is not None:
            for reminder, following in pairwise((*course.reminders, course.due)):
                if await self._news_before(reminder):
                    return
                # After an outage only the latest reminder is still worth sending.
                if workflow.now() < following and not await self._take(
                    MandateActivities.remind_of_mandate, reminder
                ):
                    return
            if await self._news_before(course.due):
                return
            if not await self._take(MandateActivities.declare_mandate_overdue, course.due):
                return
        await self._news()

    async def _read_course(self) -> ResolutionCourse:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            read = await workflow.execute_activity_method(
                MandateActivities.read_mandate, self._resolution, **ACTIVITY
            )
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(read.position, noted)
            if not self._has_news():
                return read.course

    async def _take(self, step: Activity, moment: datetime | None = None) -> bool:
        """Take a step; False if the domain refused, because people were faster.

        The course is then out of date, but not read again at once: a refusal that stays must
        not keep the engine busy.
        """
        try:
            await workflow.execute_activity_method(
                step,
                MandateStep(
                    resolution=self._resolution,
                    at=workflow.now(),
                    correlation=self._correlation,
                    causation=self._noted,
                    moment=moment,
                ),
                **ACTIVITY,
            )
        except ActivityError as error:
            if not is_refusal(error):
                raise
            await self._news_before(workflow.now() + PAUSE_AFTER_REFUSAL)
            return False
        return True

    def _as_it_stands(self) -> MandateStart:
        return MandateStart(
            resolution=self._resolution, noted=self._noted, correlation=self._correlation
        )
