"""The cycle of a working group: reminders to meet and of agreements, until it is dissolved."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeAlias
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.working_groups.course import AgreementCourse, Call, GroupCourse, Phase
    from workflows.following import PAUSE_AFTER_REFUSAL, FollowsTheLog
    from workflows.group_activities import GroupActivities, GroupStep
    from workflows.refusals import is_refusal

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)

Activity: TypeAlias = Callable[[GroupActivities, GroupStep], Awaitable[None]]


class GroupStart(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told. By `called`
    all was done that was planned about calling meetings.
    """

    group: UUID
    noted: int = 0
    correlation: str = ""
    called: datetime | None = None


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A step and its moment; once `following` has come it is not worth taking any more.

    It is about an agreement or, without one, about calling the next meeting.
    """

    moment: datetime
    step: Activity
    agreement: int = 0
    school_year: str = ""
    following: datetime | None = None


def workflow_id(group: UUID) -> str:
    """One process for each working group."""
    return f"working-group/{group}"


@workflow.defn(name="WorkingGroupCycle")
class WorkingGroupCycle(FollowsTheLog):
    """Waits for moments and for what people do; what is decided is in the log alone.

    The relay notes every event that changes the course; the process then reads the course anew.
    So it can begin at any point: started again from nothing, it goes on where the log is.
    """

    @workflow.init
    def __init__(self, start: GroupStart) -> None:
        super().__init__(start.noted, start.correlation)
        self._group = start.group
        self._called = start.called

    @workflow.run
    async def run(self, _: GroupStart) -> None:
        while (course := await self._read_course()).phase is not Phase.ENDED:
            await self._keep_time(course)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())

    async def _keep_time(self, course: GroupCourse) -> None:
        """Take each step at its moment, until the log goes on.

        If enough meetings were called nothing is recorded; the course would name the moment again.
        """
        for planned in _timetable(course, self._called):
            if await self._news_before(planned.moment):
                return
            is_overtaken = planned.following is not None and planned.following <= workflow.now()
            if not is_overtaken and not await self._take(planned):
                return
            if not planned.agreement:
                self._called = planned.moment
            if workflow.info().is_continue_as_new_suggested():
                return
        await self._news()

    async def _read_course(self) -> GroupCourse:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            read = await workflow.execute_activity_method(
                GroupActivities.read_working_group, self._group, **ACTIVITY
            )
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(read.position, noted)
            if not self._has_news():
                return read.course

    async def _take(self, planned: Planned) -> bool:
        """Take a step; False if the domain refused, because people were faster.

        The course is then out of date, but not read again at once: a refusal that stays must
        not keep the engine busy.
        """
        try:
            await workflow.execute_activity_method(
                planned.step,
                GroupStep(
                    group=self._group,
                    at=workflow.now(),
                    correlation=self._correlation,
                    causation=self._noted,
                    moment=planned.moment,
                    school_year=planned.school_year,
                    agreement=planned.agreement,
                ),
                **ACTIVITY,
            )
        except ActivityError as error:
            if not is_refusal(error):
                raise
            await self._news_before(workflow.now() + PAUSE_AFTER_REFUSAL)
            return False
        return True

    def _as_it_stands(self) -> GroupStart:
        return GroupStart(
            group=self._group,
            noted=self._noted,
            correlation=self._correlation,
            called=self._called,
        )


def _timetable(course: GroupCourse, called: datetime | None) -> Sequence[Planned]:
    """All steps to come in their order; of those at one moment, meetings first."""
    calls = [call for call in course.calls if called is None or call.moment > called]
    steps = [*_calling(calls)]
    for agreement in course.agreements:
        steps += _following_up(agreement)
    return sorted(steps, key=lambda planned: (planned.moment, planned.agreement))


def _calling(calls: Sequence[Call]) -> Sequence[Planned]:
    return [
        Planned(
            moment=call.moment,
            step=GroupActivities.remind_to_call,
            school_year=call.school_year,
            following=later and later.moment,
        )
        for call, later in pairwise((*calls, None))
        if call is not None
    ]


def _following_up(agreement: AgreementCourse) -> Sequence[Planned]:
    assert agreement.due is not None, "an agreement that is followed up is due some time"
    number, due = agreement.agreement, agreement.due
    reminders = [
        Planned(
            moment=reminder,
            step=GroupActivities.remind_of_agreement,
            agreement=number,
            following=following,
        )
        for reminder, following in pairwise((*agreement.reminders, due))
    ]
    overdue = GroupActivities.declare_agreement_overdue
    return [*reminders, Planned(moment=due, step=overdue, agreement=number)]
