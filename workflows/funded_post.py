"""A funded post: its coordination is reminded before funding ends and before proofs are due."""

from datetime import timedelta
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.posts.course import Phase, PostCourse
    from workflows.following import PAUSE_AFTER_REFUSAL, FollowsTheLog
    from workflows.funded_post_activities import (
        PostActivities,
        PostLook,
        PostReminding,
    )
    from workflows.refusals import is_refusal

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(minutes=1),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)


class PostStart(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told.
    """

    post: UUID
    noted: int = 0
    correlation: str = ""


def workflow_id(post: UUID) -> str:
    """One process for each post."""
    return f"funded-post/{post}"


@workflow.defn(name="FundedPostCare")
class FundedPostCare(FollowsTheLog):
    """Waits for the moments of reminding; which were given is in the log alone.

    The relay notes that a period was granted, a proof became due or was handed in, or that the
    post ended; the process then reads the course anew. Started again from nothing, it goes on.
    """

    @workflow.init
    def __init__(self, start: PostStart) -> None:
        super().__init__(start.noted, start.correlation)
        self._post = start.post

    @workflow.run
    async def run(self, _: PostStart) -> None:
        while (course := await self._read_course()).phase is not Phase.ENDED:
            await self._remind(course)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())

    async def _remind(self, course: PostCourse) -> None:
        """At the next moment, or never if there is none: until something is recorded."""
        if course.remind_at is None:
            await self._news()
            return
        if await self._news_before(course.remind_at):
            return
        assert course.what is not None, "a moment is one of something"
        assert course.due is not None, "that is due some day"
        assert course.lead is not None, "so long before"
        try:
            await workflow.execute_activity_method(
                PostActivities.remind_of_post,
                PostReminding(
                    post=self._post,
                    what=course.what,
                    due=course.due,
                    lead=course.lead,
                    at=workflow.now(),
                    correlation=self._correlation,
                    causation=self._noted,
                ),
                **ACTIVITY,
            )
        except ActivityError as error:
            if not is_refusal(error):
                raise
            # A refusal that stays must not keep the engine busy.
            await self._news_before(workflow.now() + PAUSE_AFTER_REFUSAL)

    async def _read_course(self) -> PostCourse:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            seen = await workflow.execute_activity_method(
                PostActivities.read_post,
                PostLook(post=self._post, now=workflow.now()),
                **ACTIVITY,
            )
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(seen.position, noted)
            if not self._has_news():
                return seen.course

    def _as_it_stands(self) -> PostStart:
        return PostStart(post=self._post, noted=self._noted, correlation=self._correlation)
