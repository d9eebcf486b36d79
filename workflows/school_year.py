"""A school year's goals: counted each month, warned of when at risk, and closed after its end."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.goals.course import Phase, YearCourse
    from workflows.following import PAUSE_AFTER_REFUSAL, FollowsTheLog
    from workflows.refusals import is_refusal
    from workflows.school_year_activities import YearActivities, YearLook, YearStep

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(minutes=1),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)

Activity: TypeAlias = Callable[[YearActivities, YearStep], Awaitable[None]]


class YearStart(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told; it counted
    last at `counted`.
    """

    year: UUID
    noted: int = 0
    correlation: str = ""
    counted: datetime | None = None


def workflow_id(year: UUID) -> str:
    """One process for each school year."""
    return f"school-year/{year}"


@workflow.defn(name="SchoolYear")
class SchoolYear(FollowsTheLog):
    """Waits for the moments of counting; what is counted and decided is in the log alone.

    The relay notes that the year got a goal or was opened again; the process then reads the
    course anew. So it can begin at any point: started again from nothing, it goes on with the
    next count. One that was slept through is not made up for: the next one tells the same.
    """

    @workflow.init
    def __init__(self, start: YearStart) -> None:
        super().__init__(start.noted, start.correlation)
        self._year = start.year
        self._counted = start.counted or workflow.now()

    @workflow.run
    async def run(self, _: YearStart) -> None:
        while (course := await self._read_course()).phase is not Phase.ENDED:
            await self._count(course)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())

    async def _count(self, course: YearCourse) -> None:
        """Count at the next moment; the last time is also the end of the year."""
        assert course.counted_at is not None, "a running year is counted some time"
        if await self._news_before(course.counted_at):
            return
        if not await self._take(YearActivities.note_standings, course):
            return
        if course.is_over and not await self._take(YearActivities.close_school_year, course):
            return
        self._counted = workflow.now()

    async def _read_course(self) -> YearCourse:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            read = await workflow.execute_activity_method(
                YearActivities.read_school_year,
                YearLook(year=self._year, after=self._counted),
                **ACTIVITY,
            )
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(read.position, noted)
            if not self._has_news():
                return read.course

    async def _take(self, step: Activity, course: YearCourse) -> bool:
        """Take a step; False if the domain refused, because people were faster.

        The course is then out of date, but not read again at once: a refusal that stays must
        not keep the engine busy.
        """
        assert course.counted_at is not None, "a step is taken at its moment"
        try:
            await workflow.execute_activity_method(
                step,
                YearStep(
                    school_year=course.school_year,
                    at=workflow.now(),
                    correlation=self._correlation,
                    causation=self._noted,
                    moment=course.counted_at,
                ),
                **ACTIVITY,
            )
        except ActivityError as error:
            if not is_refusal(error):
                raise
            await self._news_before(workflow.now() + PAUSE_AFTER_REFUSAL)
            return False
        return True

    def _as_it_stands(self) -> YearStart:
        return YearStart(
            year=self._year,
            noted=self._noted,
            correlation=self._correlation,
            counted=self._counted,
        )
