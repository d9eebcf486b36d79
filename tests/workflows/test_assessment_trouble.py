"""What goes wrong around a round: it is cancelled, a worker dies, notes come twice, all is lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.assessments.commands import (
    AnnounceRound,
    CancelRound,
    CloseWindow,
    ExtendWindow,
    RemindColleges,
)
from domain.assessments.commands_class import ReleaseClass
from domain.assessments.errors import UnknownRound
from domain.assessments.events import (
    CollegesReminded,
    RetestPlan,
    RetestScheduled,
    RoundAnnounced,
    RoundEscalated,
    RoundReleased,
    Sitting,
    WindowClosed,
    WindowOpened,
)
from services.relay.relay import resume
from services.relay.rounds import ROUND_TOPICS
from tests.support.assessments import A, Assessment, B, in_school_year
from tests.support.engines import InterruptedRounds, skipping_time, working
from tests.support.workflows import to_the_minute
from workflows.assessment_activities import CLASSES_AT_A_TIME
from workflows.assessment_round import AssessmentRound
from workflows.commissions import Commission
from workflows.notes import Note

OPENED = WindowOpened.TOPIC
REMINDED = CollegesReminded.TOPIC
ESCALATED = RoundEscalated.TOPIC
CLOSED = WindowClosed.TOPIC
RELEASED = RoundReleased.TOPIC
RUNNING = WorkflowExecutionStatus.RUNNING
COMPLETED = WorkflowExecutionStatus.COMPLETED
HOUR = timedelta(hours=1)


class Moments:
    """A window in September with three reminders."""

    def __init__(self, assessment: Assessment) -> None:
        self.opens_at, *reminders, self.closes_at = (
            in_school_year(assessment.school_year, 9, day) for day in (1, 8, 15, 22, 29)
        )
        self.reminders: Sequence[datetime] = reminders

    def plan(self, assessment: Assessment, retest: RetestPlan | None = None) -> AnnounceRound:
        return assessment.announcement(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            reminders=self.reminders,
            retest=retest,
        )


def retest_plan(assessment: Assessment) -> RetestPlan:
    opens_at, closes_at = (in_school_year(assessment.school_year, 5, day) for day in (2, 29))
    return RetestPlan(opens_at=opens_at, closes_at=closes_at)


def cancelling(assessment: Assessment) -> CancelRound:
    return CancelRound(round=assessment.round, reason="Der Test ist bekannt geworden.")


class Refusing(InterruptedRounds):
    """The log, which refuses to release one class."""

    refused: UUID | None = None

    async def commission(self, commission: Commission) -> None:
        command = commission.command
        if isinstance(command, ReleaseClass) and command.training_class == self.refused:
            self.handed_in.append(commission)
            raise UnknownRound(str(command.round))
        await super().commission(commission)


@pytest.fixture
async def interrupted(
    unheard: Assessment, environment: WorkflowEnvironment
) -> AsyncIterator[InterruptedRounds]:
    record = InterruptedRounds(unheard.runtime.store, unheard.runtime.desk)
    async with working(environment, unheard.runtime, rounds=record):
        yield record


async def in_the_window(assessment: Assessment, classes: int = 2) -> Moments:
    """The window is open, and so many classes of A have submitted."""
    moments = Moments(assessment)
    await assessment.do(moments.plan(assessment))
    await assessment.wait_until(moments.opens_at)
    for number in range(classes):
        name = f"A{number}"
        await assessment.register(A, name)
        await assessment.submit(A, name, learners=1)
    return moments


async def test_a_round_cancelled_before_it_opens_never_opens(assessment: Assessment) -> None:
    moments = Moments(assessment)
    await assessment.do(moments.plan(assessment))
    await assessment.do(cancelling(assessment))
    await assessment.handle.result()
    await assessment.wait_until(moments.closes_at)

    assert await assessment.dated_steps() == []


async def test_a_round_cancelled_in_its_window_ends_and_releases_nothing(
    assessment: Assessment,
) -> None:
    moments = await in_the_window(assessment)
    await assessment.do(cancelling(assessment))
    await assessment.handle.result()
    await assessment.wait_until(moments.closes_at + HOUR)

    assert await assessment.dated_steps() == [(OPENED, moments.opens_at)]
    assert await assessment.released() == 0


async def test_more_classes_than_one_activity_takes_are_all_released(
    assessment: Assessment,
) -> None:
    count = 2 * CLASSES_AT_A_TIME + 1
    moments = await in_the_window(assessment, classes=count)
    await assessment.wait_until(moments.closes_at + HOUR)

    assert await assessment.released() == count
    assert (await assessment.events(RoundReleased))[0].classes == count


async def test_a_class_that_is_refused_holds_the_release_up_and_keeps_nobody_busy(
    unheard: Assessment, environment: WorkflowEnvironment
) -> None:
    record = Refusing(unheard.runtime.store, unheard.runtime.desk)
    async with working(environment, unheard.runtime, rounds=record):
        moments = await in_the_window(unheard)
        record.refused = await unheard.register(B, "B1")
        await unheard.submit(B, "B1")
        await unheard.wait_until(moments.closes_at + HOUR)
        assert await unheard.released() == 2
        assert await unheard.events(RoundReleased) == []
        assert record.count(ReleaseClass) < 2 + 10, "about one in ten minutes"
        record.refused = None
        await unheard.wait_until(moments.closes_at + 2 * HOUR)

    assert (await unheard.events(RoundReleased))[0].classes == 3


async def test_notes_that_come_twice_and_out_of_order_change_nothing(
    assessment: Assessment,
) -> None:
    moments = await in_the_window(assessment)
    await assessment.wait_until(moments.reminders[0])
    steps, reads = await assessment.dated_steps(), (await assessment.activities())["read_round"]
    for entry in reversed(await assessment.entries()):
        if entry.topic in ROUND_TOPICS:
            await assessment.relay.note(entry)
            await assessment.relay.note(entry)
    await assessment.wait_until(await assessment.now())

    assert await assessment.dated_steps() == steps
    assert (await assessment.activities())["read_round"] <= reads + 1


async def test_a_late_note_to_a_process_that_has_ended_starts_nothing(
    assessment: Assessment,
) -> None:
    moments = await in_the_window(assessment)
    await assessment.wait_until(moments.closes_at + HOUR)
    await assessment.handle.result()
    steps = await assessment.dated_steps()
    await assessment.relay.note((await assessment.entries())[0])
    await assessment.handle.result()

    assert await assessment.dated_steps() == steps
    assert steps[-1] == (RELEASED, moments.closes_at)


async def test_a_note_from_beyond_the_end_of_a_restored_log_keeps_nobody_busy(
    assessment: Assessment,
) -> None:
    moments = await in_the_window(assessment)
    note = Note(position=100_000, topic=WindowClosed.TOPIC, correlation="")
    await assessment.handle.signal(AssessmentRound.note, note)
    await asyncio.sleep(0.5)

    assert (await assessment.activities())["read_round"] < 6
    await assessment.wait_until(moments.closes_at + HOUR)
    assert (await assessment.dated_steps())[-1] == (RELEASED, moments.closes_at)


async def test_after_an_outage_only_the_latest_reminder_is_sent(
    unheard: Assessment, environment: WorkflowEnvironment
) -> None:
    moments = Moments(unheard)
    await unheard.record(moments.plan(unheard))
    await unheard.wait_until(moments.reminders[1] + 5 * HOUR)
    async with working(environment, unheard.runtime):
        await unheard.tell()
        back = to_the_minute(await unheard.now())
        await unheard.wait_until(moments.closes_at + HOUR)

    assert await unheard.dated_steps() == [
        (OPENED, back),
        (REMINDED, back),
        (REMINDED, moments.reminders[2]),
        (ESCALATED, moments.closes_at),
        (CLOSED, moments.closes_at),
        (RELEASED, moments.closes_at),
    ]
    reminded = await unheard.events(CollegesReminded)
    assert [event.moment for event in reminded] == list(moments.reminders[1:])


async def test_a_reminder_by_hand_does_not_take_the_place_of_a_planned_one(
    assessment: Assessment,
) -> None:
    moments = await in_the_window(assessment)
    await assessment.do(RemindColleges(round=assessment.round))
    await assessment.wait_until(moments.reminders[0])

    assert await assessment.dated_steps() == [
        (OPENED, moments.opens_at),
        (REMINDED, moments.reminders[0]),
    ]


async def test_a_window_extended_for_all_moves_escalation_and_closing(
    assessment: Assessment,
) -> None:
    moments = await in_the_window(assessment)
    later = moments.closes_at + timedelta(days=7)
    extending = ExtendWindow(round=assessment.round, closes_at=later, reason="Ferien")
    await assessment.do(extending)
    await assessment.wait_until(later + HOUR)

    assert (await assessment.dated_steps())[-3:] == [
        (ESCALATED, later),
        (CLOSED, later),
        (RELEASED, later),
    ]


async def test_a_window_extended_in_the_moment_of_its_closing_is_held_to_its_new_end(
    interrupted: InterruptedRounds, unheard: Assessment
) -> None:
    moments = await in_the_window(unheard)
    later = moments.closes_at + timedelta(days=7)
    extending = ExtendWindow(round=unheard.round, closes_at=later, reason="Ferien")
    interrupted.before[CloseWindow] = partial(unheard.do, extending)
    await unheard.wait_until(later + HOUR)

    assert (await unheard.dated_steps())[-4:] == [
        (ESCALATED, moments.closes_at),
        (ESCALATED, later),
        (CLOSED, later),
        (RELEASED, later),
    ]
    assert interrupted.count(CloseWindow) == 2


async def test_a_window_the_coordinator_closes_early_is_released_at_once(
    assessment: Assessment,
) -> None:
    moments = Moments(assessment)
    await assessment.do(
        assessment.announcement(
            opens_at=moments.opens_at, closes_at=moments.closes_at, colleges=(A,)
        )
    )
    await assessment.wait_until(moments.opens_at)
    await assessment.register(A, "A1")
    await assessment.submit(A, "A1")
    await assessment.do(CloseWindow(round=assessment.round))
    early = to_the_minute(await assessment.now())
    await assessment.handle.result()

    assert await assessment.dated_steps() == [(OPENED, moments.opens_at), (RELEASED, early)]


async def test_a_round_without_any_result_has_no_retest(assessment: Assessment) -> None:
    moments = Moments(assessment)
    await assessment.do(moments.plan(assessment, retest_plan(assessment)))
    await assessment.wait_until(moments.closes_at + HOUR)
    await assessment.handle.result()

    assert await assessment.events(RetestScheduled) == []
    assert await assessment.retest.entries() == []


async def test_a_retest_that_a_person_has_announced_already_is_taken_as_the_planned_one(
    interrupted: InterruptedRounds, unheard: Assessment
) -> None:
    moments = Moments(unheard)
    plan = retest_plan(unheard)
    await unheard.do(moments.plan(unheard, plan))
    await unheard.wait_until(moments.opens_at)
    await unheard.register(A, "A1")
    await unheard.submit(A, "A1")
    by_hand = unheard.retest.announcement(
        opens_at=plan.opens_at, closes_at=plan.closes_at, colleges=(A,)
    )

    async def announce() -> None:
        retest = {"sitting": Sitting.RETEST, "first": unheard.round}
        await unheard.record(msgspec.structs.replace(by_hand, **retest))

    interrupted.before[AnnounceRound] = announce
    await unheard.wait_until(moments.closes_at + HOUR)
    await unheard.handle.result()

    assert len(await unheard.retest.events(RoundAnnounced)) == 1
    assert [event.retest for event in await unheard.events(RetestScheduled)] == [
        unheard.retest.round
    ]


async def test_an_engine_that_lost_everything_goes_on_from_the_log(
    assessment: Assessment,
) -> None:
    """The new engine's clock is ours again, so that the remaining time is longer than before."""
    moments = await in_the_window(assessment)
    await assessment.wait_until(moments.reminders[0])
    runtime = assessment.runtime
    async with await skipping_time() as anew, working(anew, runtime):
        resumed = Assessment(runtime, anew, assessment.school_year)
        assert await resume(resumed.relay, runtime.store, runtime.pool) == 1
        await resumed.wait_until(moments.closes_at + HOUR)
        await resumed.handle.result()
        assert await resume(resumed.relay, runtime.store, runtime.pool) == 0

    assert await assessment.dated_steps() == [
        (OPENED, moments.opens_at),
        *((REMINDED, moment) for moment in moments.reminders),
        (ESCALATED, moments.closes_at),
        (CLOSED, moments.closes_at),
        (RELEASED, moments.closes_at),
    ]


async def test_a_process_resumed_while_it_runs_takes_no_step_twice(
    assessment: Assessment,
) -> None:
    moments = await in_the_window(assessment)
    await assessment.wait_until(moments.reminders[2])
    await resume(assessment.relay, assessment.runtime.store, assessment.runtime.pool)
    await assessment.wait_until(moments.closes_at + HOUR)

    assert [topic for topic, _ in await assessment.dated_steps()] == [
        OPENED,
        REMINDED,
        REMINDED,
        REMINDED,
        ESCALATED,
        CLOSED,
        RELEASED,
    ]
