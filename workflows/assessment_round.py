"""An assessment round over a school year: window, reminders, release, retest, comparison."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise, zip_longest
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ChildWorkflowError

with workflow.unsafe.imports_passed_through():
    from domain.assessments.course import Phase, RoundCourse
    from domain.assessments.figures import UnsafeFigures
    from workflows.assessment_activities import RoundActivities, RoundStep
    from workflows.college_release import CollegeRelease, CollegeStart
    from workflows.following import PAUSE_AFTER_REFUSAL, FollowsTheLog
    from workflows.refusals import is_refusal

PAUSE_WITH_CLASSES_LEFT = timedelta(minutes=10)
"""A class that cannot be released holds the round up, but must not keep the engine busy."""

COLLEGES_AT_ONCE = 8
"""Releasing is work for the database: more at once only wait for each other."""

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)
CATCHING_UP = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(minutes=10),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)
"""For what reads the views: after a release of a whole state they may be behind."""

PUBLISHING = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(minutes=10),
    retry_policy=RetryPolicy(
        maximum_interval=timedelta(minutes=1), non_retryable_error_types=[UnsafeFigures.__name__]
    ),
)
"""Figures that the audit finds unsafe are so every time."""

Activity: TypeAlias = Callable[[RoundActivities, RoundStep], Awaitable[None]]


class RoundStart(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told.
    """

    round: UUID
    noted: int = 0
    correlation: str = ""


def workflow_id(assessment_round: UUID) -> str:
    """One process for each round."""
    return f"assessment-round/{assessment_round}"


def college_workflow_id(assessment_round: UUID, college: str) -> str:
    """One for each college while its classes are released."""
    return f"{workflow_id(assessment_round)}/college/{college}"


@workflow.defn(name="AssessmentRound")
class AssessmentRound(FollowsTheLog):
    """Waits for moments and for what people do; what is decided is in the log alone.

    The relay notes every event that changes the course; the process then reads the course anew.
    So it can begin at any point: started again from nothing, it goes on where the log is.
    """

    @workflow.init
    def __init__(self, start: RoundStart) -> None:
        super().__init__(start.noted, start.correlation)
        self._round = start.round

    @workflow.run
    async def run(self, _: RoundStart) -> None:
        while (course := await self._read_course()).phase is not Phase.ENDED:
            match course.phase:
                case Phase.ANNOUNCED:
                    await self._open(course)
                case Phase.OPEN:
                    await self._hold_window(course)
                case Phase.CLOSED:
                    await self._release()
                case Phase.RELEASED:
                    if await self._follow_up(course):
                        return
                case _:
                    assert_never(course.phase)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())

    async def _open(self, course: RoundCourse) -> None:
        assert course.opens_at is not None, "an announced round has its window"
        if not await self._news_before(course.opens_at):
            await self._take(RoundActivities.open_window, course.opens_at)

    async def _hold_window(self, course: RoundCourse) -> None:
        """Remind; escalate at each end of a window (a college may have more time); close.

        Whether somebody was late the course says once it is read again: until then closing is
        refused if there are days of grace.
        """
        assert course.closes_at is not None, "an open round is closed some time"
        first, *later = course.ends
        for reminder, following in pairwise((*course.reminders, first)):
            if await self._news_before(reminder):
                return
            # After an outage only the latest reminder is still worth sending.
            if workflow.now() < following and not await self._take(
                RoundActivities.remind_colleges, reminder
            ):
                return
        for end, following in zip_longest(course.ends, later):
            if await self._news_before(end):
                return
            if (following is None or workflow.now() < following) and not await self._take(
                RoundActivities.escalate_round, end
            ):
                return
        if not await self._news_before(course.closes_at):
            await self._take(RoundActivities.close_window, course.closes_at)

    async def _release(self) -> None:
        if await self._release_colleges() and await self._take(RoundActivities.release_round):
            await self._publish_figures()

    async def _publish_figures(self) -> None:
        """Let the county see its figures. What goes wrong holds nothing up: people can, later."""
        try:
            await workflow.execute_activity_method(
                RoundActivities.publish_figures, self._step(), **PUBLISHING
            )
        except ActivityError as error:
            # Of the error itself only its kind has entered Temporal, which may be said.
            workflow.logger.error("figures not published: %s", error.cause)

    async def _follow_up(self, course: RoundCourse) -> bool:
        """Announce the retest if it is not too late, or set this one against its first test.

        False if refused.
        """
        if course.retest is not None:
            return await self._take(RoundActivities.announce_retest, retest=course.retest)
        return await self._take(RoundActivities.compare_rounds)

    async def _release_colleges(self) -> bool:
        """Release the classes of each college by a process of its own; True if none is left."""
        waiting = [*await self._pending_colleges()]
        under_way: list[asyncio.Task[None]] = []
        goes_on = True
        while (waiting and goes_on) or under_way:
            starting = COLLEGES_AT_ONCE - len(under_way) if goes_on else 0
            under_way += map(self._start_college, waiting[:starting])
            del waiting[:starting]
            await workflow.wait_condition(partial(self._is_stirred, under_way))
            if self._has_news():
                await self._call_off(under_way)
                return False
            under_way = [task for task in under_way if not task.done()]
            goes_on = not workflow.info().is_continue_as_new_suggested()
        if goes_on and await self._pending_colleges():
            await self._news_before(workflow.now() + PAUSE_WITH_CLASSES_LEFT)
            return False
        return goes_on

    async def _pending_colleges(self) -> Sequence[str]:
        return await workflow.execute_activity_method(
            RoundActivities.pending_colleges, self._round, **CATCHING_UP
        )

    def _start_college(self, college: str) -> asyncio.Task[None]:
        return asyncio.create_task(self._release_college(college))

    async def _release_college(self, college: str) -> None:
        start = CollegeStart(
            round=self._round,
            college=college,
            at=workflow.now(),
            correlation=self._correlation,
            causation=self._noted,
        )
        try:
            await workflow.execute_child_workflow(
                CollegeRelease.run, start, id=college_workflow_id(self._round, college)
            )
        except ChildWorkflowError:
            # Called off, or ended by an operator: what is left is asked for again.
            workflow.logger.warning("a college's release has ended early")

    async def _call_off(self, under_way: Sequence[asyncio.Task[None]]) -> None:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _read_course(self) -> RoundCourse:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            read = await workflow.execute_activity_method(
                RoundActivities.read_round, self._round, **ACTIVITY
            )
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(read.position, noted)
            if not self._has_news():
                return read.course

    async def _take(
        self, step: Activity, moment: datetime | None = None, retest: UUID | None = None
    ) -> bool:
        """Take a step; False if the domain refused, because people were faster.

        The course is then out of date, but not read again at once: a refusal that stays must
        not keep the engine busy.
        """
        try:
            await workflow.execute_activity_method(step, self._step(moment, retest), **CATCHING_UP)
        except ActivityError as error:
            if not is_refusal(error):
                raise
            await self._news_before(workflow.now() + PAUSE_AFTER_REFUSAL)
            return False
        return True

    def _step(self, moment: datetime | None = None, retest: UUID | None = None) -> RoundStep:
        return RoundStep(
            round=self._round,
            at=workflow.now(),
            correlation=self._correlation,
            causation=self._noted,
            moment=moment,
            retest=retest,
        )

    def _as_it_stands(self) -> RoundStart:
        return RoundStart(round=self._round, noted=self._noted, correlation=self._correlation)

    def _is_stirred(self, under_way: Sequence[asyncio.Task[None]]) -> bool:
        return self._has_news() or any(task.done() for task in under_way)
