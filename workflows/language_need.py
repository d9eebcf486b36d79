"""A company's report: whoever holds it is reminded in time, and what is overdue climbs."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.course_pools.following import Move
    from domain.language_needs.course import Phase, ReportCourse
    from workflows.following import PAUSE_AFTER_REFUSAL, FollowsTheLog
    from workflows.language_need_activities import (
        PoolStep,
        ReportActivities,
        ReportAt,
        ReportStep,
    )
    from workflows.refusals import is_refusal

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)

Activity: TypeAlias = Callable[[ReportActivities, ReportStep], Awaitable[None]]


class ReportStart(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told.
    """

    report: UUID
    noted: int = 0
    correlation: str = ""


def workflow_id(report: UUID) -> str:
    """One process for each report."""
    return f"company-report/{report}"


@workflow.defn(name="LanguageNeed")
class LanguageNeed(FollowsTheLog):
    """Waits for what people do and for time to pass; who holds the report is in the log alone.

    The relay notes every event by which people hand it on, and those of the pools it is in. So it
    can begin at any point: started again from nothing, it goes on where the log is.
    """

    @workflow.init
    def __init__(self, start: ReportStart) -> None:
        super().__init__(start.noted, start.correlation)
        self._report = start.report

    @workflow.run
    async def run(self, _: ReportStart) -> None:
        while (now := await self._read()).course.phase is not Phase.ENDED:
            await self._follow_pools(now.moves)
            await self._see_to(now.course)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())
        await self._follow_pools(now.moves)

    async def _see_to(self, course: ReportCourse) -> None:
        """Remind whoever holds it, or have it climb; then what comes next is read anew."""
        assert course.climbs_at is not None, "somebody holds it until a moment"
        # After an outage a reminder of what is overdue by now is not worth sending.
        if course.remind_at is not None and workflow.now() < course.climbs_at:
            if not await self._news_before(course.remind_at):
                await self._take(ReportActivities.remind_holder, course)
            return
        if not await self._news_before(course.climbs_at):
            await self._take(ReportActivities.escalate_report, course)

    async def _read(self) -> ReportAt:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            read = await workflow.execute_activity_method(
                ReportActivities.read_report, self._report, **ACTIVITY
            )
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(read.position, noted)
            if not self._has_news():
                return read

    async def _follow_pools(self, moves: Sequence[Move]) -> None:
        """Be in the pool that names it and in no other; be in none if it does not fit any more.

        What is refused is seen again when the log has gone on.
        """
        if not moves:
            return
        await workflow.execute_activity_method(
            ReportActivities.follow_pools,
            PoolStep(
                report=self._report,
                at=workflow.now(),
                correlation=self._correlation,
                causation=self._noted,
                moves=tuple(moves),
            ),
            **ACTIVITY,
        )

    async def _take(self, step: Activity, course: ReportCourse) -> None:
        """Take a step. The domain refuses if people were faster.

        The course is then out of date, but not read again at once: a refusal that stays must
        not keep the engine busy.
        """
        assert course.due is not None, "a step is about a deadline"
        try:
            await workflow.execute_activity_method(
                step,
                ReportStep(
                    report=self._report,
                    at=workflow.now(),
                    correlation=self._correlation,
                    causation=self._noted,
                    due=course.due,
                    level=course.level,
                ),
                **ACTIVITY,
            )
        except ActivityError as error:
            if not is_refusal(error):
                raise
            await self._news_before(workflow.now() + PAUSE_AFTER_REFUSAL)

    def _as_it_stands(self) -> ReportStart:
        return ReportStart(report=self._report, noted=self._noted, correlation=self._correlation)
