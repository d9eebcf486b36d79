"""The agreement on a concept: reminders, deadlines, escalation and review, from opening to end."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.concepts.course import Course, Phase
    from workflows.concept_activities import ConceptActivities, Step
    from workflows.following import PAUSE_AFTER_REFUSAL, FollowsTheLog
    from workflows.refusals import is_refusal

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)


Activity: TypeAlias = Callable[[ConceptActivities, Step], Awaitable[None]]


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told.
    """

    concept: UUID
    noted: int = 0
    correlation: str = ""


def workflow_id(concept: UUID) -> str:
    """One process for each concept."""
    return f"concept/{concept}"


@workflow.defn(name="ConceptAgreement")
class ConceptAgreement(FollowsTheLog):
    """Waits for what people do and for time to pass; what is decided is in the log alone.

    The relay notes every event that changes the course; the process then reads the course anew.
    So it can begin at any point: started again from nothing, it goes on where the log is.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start.noted, start.correlation)
        self._concept = start.concept

    @workflow.run
    async def run(self, _: Start) -> None:
        while (course := await self._read_course()).phase is not Phase.ENDED:
            match course.phase:
                case Phase.WITH_PEOPLE:
                    await self._news()
                case Phase.IN_CONSULTATION:
                    await self._hold_round(course)
                case Phase.VALID:
                    await self._keep_valid(course)
                case _:
                    assert_never(course.phase)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())

    async def _hold_round(self, course: Course) -> None:
        assert course.due is not None, "a round in progress has a deadline"
        assert course.closes_at is not None, "and a moment at which it closes"
        for reminder, following in pairwise((*course.reminders, course.due)):
            if await self._news_before(reminder):
                return
            # After an outage only the latest reminder is still worth sending.
            if workflow.now() < following and not await self._take(
                ConceptActivities.remind_organisations, course, reminder
            ):
                return
        if await self._news_before(course.due):
            return
        if not await self._take(ConceptActivities.escalate_consultation, course, course.due):
            return
        if await self._news_before(course.closes_at):
            return
        await self._take(ConceptActivities.close_consultation, course, course.closes_at)

    async def _keep_valid(self, course: Course) -> None:
        if course.predecessor is not None:
            # One that was never opened refuses for ever; this one is valid all the same.
            await self._take(ConceptActivities.supersede_predecessor, course, None)
        if course.review_at is None or await self._news_before(course.review_at):
            await self._news()
            return
        await self._take(ConceptActivities.declare_review_due, course, course.review_at)

    async def _read_course(self) -> Course:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            read = await workflow.execute_activity_method(
                ConceptActivities.read_course, self._concept, **ACTIVITY
            )
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(read.position, noted)
            if not self._has_news():
                return read.course

    async def _take(self, step: Activity, course: Course, moment: datetime | None) -> bool:
        """Take a step; False if the domain refused, because people were faster.

        The course is then out of date, but not read again at once: a refusal that stays must
        not keep the engine busy.
        """
        try:
            await workflow.execute_activity_method(
                step,
                Step(
                    concept=self._concept,
                    at=workflow.now(),
                    correlation=self._correlation,
                    causation=self._noted,
                    round=course.round,
                    moment=moment,
                    predecessor=course.predecessor,
                ),
                **ACTIVITY,
            )
        except ActivityError as error:
            if not is_refusal(error):
                raise
            await self._news_before(workflow.now() + PAUSE_AFTER_REFUSAL)
            return False
        return True

    def _as_it_stands(self) -> Start:
        return Start(concept=self._concept, noted=self._noted, correlation=self._correlation)
