"""A session of a body: call for items, agenda, invitation, reminders, minutes, follow-up."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple, TypeAlias, assert_never
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.steering.session_course import Course, Phase
    from domain.steering.session_events import Occasion
    from workflows.following import FollowsTheLog
    from workflows.refusals import is_refusal
    from workflows.session_activities import AskForSession, SessionActivities, SessionStep

UNTIL_TRIED_AGAIN = timedelta(days=1)
"""What is refused needs people, such as seats that nobody holds."""

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)

Activity: TypeAlias = Callable[[SessionActivities, SessionStep], Awaitable[None]]


class SessionStart(msgspec.Struct, frozen=True, kw_only=True):
    """A process begins, or goes on in a new run, from what is in the log.

    `noted` and `correlation` are those of the last note that the run before was told. `has_shown`:
    the session was shown what became of earlier resolutions.
    """

    session: UUID
    noted: int = 0
    correlation: str = ""
    has_shown: bool = False


class Planned(NamedTuple):
    """A step and its moment."""

    moment: datetime
    step: Activity
    occasion: Occasion | None = None
    until: datetime | None = None


def workflow_id(session: UUID) -> str:
    """One process for each session."""
    return f"session/{session}"


@workflow.defn(name="SteeringSession")
class SteeringSession(FollowsTheLog):
    """Waits for what people do and for time to pass; what is decided is in the log alone.

    The relay notes every event that changes the course; the process then reads the course anew,
    as it does after each step of its own. So it can begin at any point: started again from
    nothing, it goes on where the log is.
    """

    @workflow.init
    def __init__(self, start: SessionStart) -> None:
        super().__init__(start.noted, start.correlation)
        self._session = start.session
        self._has_shown = start.has_shown
        self._refused: dict[Planned, datetime] = {}
        self._taken: set[Planned] = set()

    @workflow.run
    async def run(self, _: SessionStart) -> None:
        while (course := await self._read_course()).phase is not Phase.ENDED:
            match course.phase:
                case Phase.PLANNED:
                    steps = _preparations(course, workflow.now())
                    await self._take_first(steps, until=course.rules_change_at)
                case Phase.IN_WRITING:
                    await self._take_first(_ballots(course, workflow.now()))
                case Phase.MEETING:
                    await self._show_resolutions()
                    await self._news()
                case Phase.MINUTES:
                    await self._show_resolutions()
                    await self._take_first(_minutes(course))
                case _:
                    assert_never(course.phase)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._as_it_stands())
        await self._take(Planned(workflow.now(), SessionActivities.follow_up_session))

    async def _show_resolutions(self) -> None:
        """At its beginning, or afterwards if all was recorded later."""
        if not self._has_shown:
            await self._take(Planned(workflow.now(), SessionActivities.show_resolutions))
            self._has_shown = True

    async def _take_first(self, steps: Sequence[Planned], until: datetime | None = None) -> None:
        """Wait for the first of these and take it, unless the log goes on or `until` comes first.

        What was taken without effect, as nobody was to be reminded, is not taken again, nor is
        freezing, for which people get more time; what else was refused has to wait.
        """
        left = (planned for planned in steps if planned not in self._taken)
        first = min(left, key=self._when, default=None)
        if first is None or (until is not None and until < self._when(first)):
            await (self._news() if until is None else self._news_before(until))
        elif not await self._news_before(self._when(first)):
            is_taken = await self._take(first)
            if is_taken or first.step is SessionActivities.freeze_agenda:
                self._taken.add(first)
            else:
                self._refused[first] = workflow.now()

    def _when(self, planned: Planned) -> datetime:
        refused = self._refused.get(planned)
        return planned.moment if refused is None else refused + UNTIL_TRIED_AGAIN

    async def _read_course(self) -> Course:
        """Where the log is, with all that was noted while it was read."""
        while True:
            noted = self._noted
            asked = AskForSession(session=self._session, at=workflow.now())
            read = await workflow.execute_activity_method(
                SessionActivities.read_session, asked, **ACTIVITY
            )
            if noted > self._read_at:
                # What was refused, or had no effect, may be possible now.
                self._refused.clear()
                self._taken.clear()
            # A note from beyond the log's end (it was restored from a backup) is not waited for.
            self._read_at = max(read.position, noted)
            if not self._has_news():
                return read.course

    async def _take(self, planned: Planned) -> bool:
        """Take a step; False if refused: people were faster, or have to do something first."""
        try:
            await workflow.execute_activity_method(
                planned.step,
                SessionStep(
                    session=self._session,
                    at=workflow.now(),
                    correlation=self._correlation,
                    causation=self._noted,
                    moment=planned.moment,
                    occasion=planned.occasion,
                    until=planned.until,
                ),
                **ACTIVITY,
            )
        except ActivityError as error:
            if not is_refusal(error):
                raise
            return False
        return True

    def _as_it_stands(self) -> SessionStart:
        return SessionStart(
            session=self._session,
            noted=self._noted,
            correlation=self._correlation,
            has_shown=self._has_shown,
        )


def _preparations(course: Course, now: datetime) -> Sequence[Planned]:
    """What is to be done before people meet. Once the session has begun it is for people to say."""
    starts_at = course.starts_at
    assert starts_at is not None, "a planned session begins some time"
    steps: list[Planned] = []
    if course.call_at is not None and course.items_until is not None and now < course.items_until:
        call = SessionActivities.call_for_items
        steps.append(Planned(course.call_at, call, until=course.items_until))
    if course.called_until is not None:
        steps += _reminders(Occasion.CALL, course.call_reminders, course.called_until, now)
    steps += _freezing(course)
    if course.invite_at is not None:
        steps.append(Planned(course.invite_at, SessionActivities.invite_to_session))
    steps += _reminders(Occasion.SESSION, course.session_reminders, starts_at, now)
    return [planned for planned in steps if now < starts_at and planned.moment < starts_at]


def _freezing(course: Course) -> Iterator[Planned]:
    """When the time for items is over; an agenda that was empty then, before people are invited."""
    if course.freeze_at is None:
        return
    yield Planned(course.freeze_at, SessionActivities.freeze_agenda)
    if course.invite_at is not None and course.freeze_at < course.invite_at:
        yield Planned(course.invite_at, SessionActivities.freeze_agenda)


def _ballots(course: Course, now: datetime) -> Sequence[Planned]:
    assert course.closes_at is not None, "a vote in writing has an end"
    reminders = _reminders(Occasion.BALLOT, course.ballot_reminders, course.closes_at, now)
    return [*reminders, Planned(course.closes_at, SessionActivities.close_voting)]


def _minutes(course: Course) -> Sequence[Planned]:
    if course.minutes_due is None:
        return []
    return [Planned(course.minutes_due, SessionActivities.declare_minutes_overdue)]


def _reminders(
    occasion: Occasion, moments: Sequence[datetime], end: datetime, now: datetime
) -> Iterator[Planned]:
    """After an outage only the latest reminder is still worth sending."""
    for moment, following in pairwise((*moments, end)):
        if now < following:
            yield Planned(moment, SessionActivities.remind_members, occasion)
