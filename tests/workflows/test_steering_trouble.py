"""What goes wrong around sessions and mandates: people are faster, notes come twice, outages."""

import asyncio
from datetime import timedelta
from functools import partial

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.steering.agenda_events import AgendaFrozen
from domain.steering.mandate import Commission as ToDo
from domain.steering.mandate import GroupMandate
from domain.steering.minutes_events import MinutesFellOverdue
from domain.steering.resolution_commands import (
    DeclareMandateOverdue,
    ExtendMandate,
    FulfilMandate,
    RemindOfMandate,
)
from domain.steering.resolution_events import (
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateReminded,
    ResolutionPassed,
)
from domain.steering.session_commands import (
    CancelSession,
    FreezeAgenda,
    InviteToSession,
    RemindMembers,
    ScheduleSession,
    session_id,
)
from domain.steering.session_events import (
    ItemsCalledFor,
    MembersReminded,
    SessionCancelled,
    SessionInvited,
    SessionKind,
)
from domain.steering.session_held_events import CircularOpened, SessionClosed
from domain.working_groups.commands import group_id
from domain.working_groups.events import WorkingGroupEstablished
from services.relay.relay import resume
from services.runtime import Runtime
from tests.support.engines import in_real_time, skipping_time, working
from tests.support.sessions import (
    BODY,
    CARITAS,
    CHAMBER,
    SEATS,
    InterruptedMandates,
    InterruptedSessions,
    Steering,
    activities,
    at,
    found,
    proposal,
    status,
)
from tests.support.workflows import to_the_minute
from workflows import steering_session
from workflows.commissions import Commission
from workflows.notes import Note
from workflows.steering_session import SteeringSession

CALLED, REMINDED, INVITED = ItemsCalledFor.TOPIC, MembersReminded.TOPIC, SessionInvited.TOPIC
FROZEN, CLOSED = AgendaFrozen.TOPIC, SessionClosed.TOPIC
PREPARED = [CALLED, REMINDED, REMINDED, FROZEN, INVITED, REMINDED]
ITEM, SURVEY = proposal("Arbeitsgruppe"), proposal("Befragung")
HOUR = timedelta(hours=1)
EVERY_TIME = "limit.historyCount.suggestContinueAsNew=8"
"""So short a history is reached by every run."""


class ForgetfulSessions(InterruptedSessions):
    """The log, whose answer to the first command of each kind is lost."""

    async def commission(self, commission: Commission) -> None:
        kinds = {type(earlier.command) for earlier in self.handed_in}
        await super().commission(commission)
        if type(commission.command) not in kinds:
            raise ConnectionError


class ForgetfulMandates(InterruptedMandates):
    """The same for the follow-up of resolutions."""

    async def commission(self, commission: Commission) -> None:
        kinds = {type(earlier.command) for earlier in self.handed_in}
        await super().commission(commission)
        if type(commission.command) not in kinds:
            raise ConnectionError


async def test_a_step_whose_answer_was_lost_is_taken_again_and_recorded_once(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    await found(runtime)
    steering = Steering(runtime, environment)
    records = ForgetfulSessions(runtime), ForgetfulMandates(runtime)
    async with working(environment, runtime, sessions=records[0], mandates=records[1]):
        session = await steering.met(ITEM)
        mandate = GroupMandate(title="AG", purpose="Sprache", members=(CHAMBER, CARITAS))
        due = (await steering.now()).date() + timedelta(days=60)
        resolution = await steering.resolve(session, 1, mandate, due)
        todo = await steering.resolve(await steering.met(SURVEY, key="2"), 1, ToDo(), due)
        await steering.wait_until(at(due, 18))

    steps = [topic for topic, _ in await steering.dated_steps(session)]
    assert steps == [*PREPARED, MinutesFellOverdue.TOPIC]
    assert len(await steering.events(group_id(resolution), WorkingGroupEstablished)) == 1
    assert len(await steering.events(resolution, MandateFulfilled)) == 1
    (passed,) = await steering.events(todo, ResolutionPassed)
    reminded = await steering.events(todo, MandateReminded)
    assert [event.moment for event in reminded] == [*passed.reminders]
    assert len(await steering.events(todo, MandateFellOverdue)) == 1


async def test_people_who_act_in_the_same_moment_are_not_doubled(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    """The coordinator freezes and invites by hand, just when the process is about to."""
    await found(runtime)
    steering = Steering(runtime, environment)
    record = InterruptedSessions(runtime)
    async with working(environment, runtime, sessions=record):
        session = await steering.prepared(ITEM)
        record.before[FreezeAgenda] = partial(steering.record, FreezeAgenda(session=session))
        record.before[InviteToSession] = partial(steering.do, InviteToSession(session=session))
        starts_at = at((await steering.now()).date() + timedelta(days=60), 14)
        await steering.wait_until(starts_at - HOUR)
        assert len(await steering.events(session, AgendaFrozen)) == 1
        (invited,) = await steering.events(session, SessionInvited)
        assert [topic for topic, _ in await steering.dated_steps(session)][-1] == REMINDED

        other = await steering.prepared(key="2")
        cancelling = CancelSession(session=other, reason="Streik")
        record.before[RemindMembers] = partial(steering.do, cancelling)
        await steering.wait_until(at((await steering.now()).date() + timedelta(days=60), 13))
        assert await status(steering.process_of(other)) is WorkflowExecutionStatus.COMPLETED

    assert len(invited.reminders) == 1
    assert not await steering.events(other, MembersReminded)
    assert len(await steering.events(other, SessionCancelled)) == 1


async def test_a_mandate_that_people_change_in_the_moment_it_is_due_is_held_to_the_change(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    await found(runtime)
    steering = Steering(runtime, environment)
    record = InterruptedMandates(runtime)
    async with working(environment, runtime, mandates=record):
        session = await steering.met(ITEM, SURVEY)
        today = (await steering.now()).date()
        soon, due, later = (today + timedelta(days=days) for days in (30, 75, 120))
        fulfilled = await steering.resolve(session, 2, ToDo(), soon)
        fulfilling = FulfilMandate(resolution=fulfilled, outcome="Erledigt.")
        record.before[RemindOfMandate] = partial(steering.do, fulfilling)
        await steering.wait_until(at(soon, 18) + HOUR)
        extended = await steering.resolve(session, 1, ToDo(), due)
        extending = ExtendMandate(resolution=extended, due=later, reason="Ferien")
        record.before[DeclareMandateOverdue] = partial(steering.record, extending)
        await steering.wait_until(at(later, 18) + HOUR)

    (passed,) = await steering.events(extended, ResolutionPassed)
    (more,) = await steering.events(extended, MandateExtended)
    overdue = await steering.events(extended, MandateFellOverdue)
    assert [event.due for event in overdue] == [at(later, 18)]
    moments = {event.moment for event in await steering.events(extended, MandateReminded)}
    assert moments == {*passed.reminders, *more.reminders}
    assert not await steering.events(fulfilled, MandateReminded)


async def test_notes_that_come_twice_or_late_change_nothing(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    await found(runtime)
    steering = Steering(runtime, environment)
    async with working(environment, runtime):
        session = await steering.prepared(ITEM)
        await steering.rest()
        reads = (await activities(steering.process_of(session)))["read_session"]
        for entry in await runtime.store.load(session):
            await steering.relay.note(entry)
            await steering.relay.note(entry)
        late = Note(position=100_000, topic=SessionCancelled.TOPIC, correlation="")
        await steering.process_of(session).signal(SteeringSession.note, late)
        await asyncio.sleep(0.5)
        assert (await activities(steering.process_of(session)))["read_session"] <= reads + 3
        starts_at = at((await steering.now()).date() + timedelta(days=60), 13)
        await steering.wait_until(starts_at)

    steps = [topic for topic, _ in await steering.dated_steps(session)]
    assert steps == PREPARED


async def test_after_an_outage_only_the_latest_reminders_are_sent_and_the_invitation_is_in_time(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    """The worker is away from before the call until the agenda should have been frozen."""
    await found(runtime)
    steering = Steering(runtime, environment)
    day = (await steering.now()).date() + timedelta(days=60)
    session = session_id(BODY, "1")
    await steering.record(
        ScheduleSession(
            body=BODY,
            key="1",
            title="Sitzung",
            kind=SessionKind.MEETING,
            starts_at=at(day, 14),
        )
    )
    await steering.propose(session, ITEM)
    await steering.pass_time(at(day - timedelta(days=26), 12))
    async with working(environment, runtime):
        await steering.tell()
        back = to_the_minute(await steering.now())
        await steering.wait_until(at(day, 13))

    (call,) = await steering.events(session, ItemsCalledFor)
    (invited,) = await steering.events(session, SessionInvited)
    steps = await steering.dated_steps(session)
    assert steps[0] == (CALLED, back)
    assert call.reminders == ()
    assert [topic for topic, _ in steps] == [CALLED, FROZEN, INVITED, REMINDED]
    assert invited.urgency == ""


async def test_an_engine_that_lost_everything_goes_on_from_the_log(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    """The new engine's clock is ours again, so that the remaining time is longer than before."""
    await found(runtime)
    before = Steering(runtime, environment)
    async with working(environment, runtime):
        session = await before.prepared(ITEM)
        day = (await before.now()).date() + timedelta(days=60)
        await before.wait_until(at(day - timedelta(days=24), 12))
    async with await skipping_time() as anew, working(anew, runtime):
        steering = Steering(runtime, anew)
        assert await resume(steering.relay, runtime.store, runtime.pool) == 1
        await steering.wait_until(at(day, 13))

    steps = [topic for topic, _ in await steering.dated_steps(session)]
    assert steps == PREPARED


async def test_another_worker_and_a_new_run_keep_the_remaining_time_and_take_no_step_twice(
    runtime: Runtime,
) -> None:
    await found(runtime)
    async with await in_real_time(EVERY_TIME) as engine:
        steering = Steering(runtime, engine)
        now = (await steering.now()).replace(microsecond=0)
        moments = [now + timedelta(seconds=n) for n in range(13)]
        session = await steering.schedule("u", moments[1], SessionKind.CIRCULAR)
        await steering.propose(session, ITEM)
        opened = CircularOpened(
            at=now,
            edition=1,
            closes_at=moments[12],
            seats=SEATS,
            reminders=(moments[3],),
            digest="",
        )
        async with working(engine, runtime):
            await steering.note(session, opened)
            await steering.wait_for(session, MembersReminded)
        async with working(engine, runtime):
            await steering.wait_for(session, SessionClosed)
        runs = len(await steering.runs(steering_session.workflow_id(session)))

    assert runs > 1
    steps = [entry for entry in await steering.steps(session) if entry.topic in {REMINDED, CLOSED}]
    expected = [(REMINDED, moments[3]), (CLOSED, moments[12])]
    assert [step.topic for step in steps] == [topic for topic, _ in expected]
    for step, (_, moment) in zip(steps, expected, strict=True):
        assert step.metadata.occurred_at >= moment
