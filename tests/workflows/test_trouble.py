"""What goes wrong around a process: people are faster, notes come twice, somebody was away."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.concepts.commands import (
    CloseConsultation,
    EscalateConsultation,
    RemindOrganisations,
    ReopenConcept,
    Schedule,
    WithdrawConcept,
)
from domain.concepts.course import Phase
from domain.concepts.events import (
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    OrganisationsReminded,
)
from services.relay.concepts import CONCEPT_TOPICS
from services.relay.relay import resume
from services.runtime import Runtime
from tests.support.engines import Interrupted, skipping_time, working
from tests.support.workflows import TWO_WEEKS_AND_GRACE, Agreement, to_the_minute
from workflows.concept_activities import Commission
from workflows.concept_agreement import ConceptAgreement
from workflows.notes import Note

REMINDED = OrganisationsReminded.TOPIC
ESCALATED = ConsultationEscalated.TOPIC
CLOSED = ConsultationClosed.TOPIC

RUNNING = WorkflowExecutionStatus.RUNNING
THREE_REMINDERS = Schedule(
    working_days=15, grace_working_days=3, remind_working_days_before=(10, 6, 2)
)
SIX_DAYS_MORE = Schedule(working_days=6)


class Behind(Interrupted):
    """The log, to which the process seems half an hour too early."""

    async def commission(self, commission: Commission) -> None:
        earlier = commission.at - timedelta(minutes=30)
        await super().commission(msgspec.structs.replace(commission, at=earlier))


class Forgetful(Interrupted):
    """The log, whose answer to each command is lost the first time."""

    async def commission(self, commission: Commission) -> None:
        is_first = not self.count(type(commission.command))
        await super().commission(commission)
        if is_first:
            raise ConnectionError


@pytest.fixture
async def interrupted(
    prepared: Runtime, environment: WorkflowEnvironment
) -> AsyncIterator[Interrupted]:
    record = Interrupted(prepared.store, prepared.desk)
    async with working(environment, prepared, record):
        yield record


async def test_a_round_extended_in_the_moment_of_its_closing_is_held_to_its_new_end(
    interrupted: Interrupted, untold: Agreement
) -> None:
    this = await untold.consult()
    just_before = this.closes_at - timedelta(seconds=1)
    extending = partial(untold.do, untold.extension(SIX_DAYS_MORE), at=just_before)
    interrupted.before[CloseConsultation] = extending
    await untold.wait_until(this.closes_at)
    (later,) = await untold.events(ConsultationExtended)
    assert await untold.status() is RUNNING
    await untold.wait_until(later.closes_at)

    assert (await untold.dated_steps())[-2:] == [
        (ESCALATED, later.due),
        (CLOSED, later.closes_at),
    ]
    assert interrupted.count(CloseConsultation) == 2


async def test_a_refused_step_is_understood_from_the_log_even_if_its_note_does_not_come(
    interrupted: Interrupted, untold: Agreement
) -> None:
    this = await untold.consult(TWO_WEEKS_AND_GRACE)
    untold_extension = partial(untold.record, untold.extension(SIX_DAYS_MORE))
    interrupted.before[EscalateConsultation] = untold_extension
    await untold.wait_until(this.due)
    (later,) = await untold.events(ConsultationExtended)
    await untold.wait_until(later.closes_at)

    assert (await untold.dated_steps())[2:] == [
        (REMINDED, later.reminders[0]),
        (REMINDED, later.reminders[1]),
        (ESCALATED, later.due),
        (CLOSED, later.closes_at),
    ]


async def test_a_refusal_that_stays_keeps_nobody_busy(
    untold: Agreement, prepared: Runtime, environment: WorkflowEnvironment
) -> None:
    record = Behind(prepared.store, prepared.desk)
    async with working(environment, prepared, record):
        this = await untold.consult()
        await untold.wait_until(this.closes_at + timedelta(hours=2))
        assert await untold.status() is RUNNING

    assert [topic for topic, _ in await untold.dated_steps()] == [
        REMINDED,
        REMINDED,
        ESCALATED,
        CLOSED,
    ]
    for kind in (RemindOrganisations, EscalateConsultation, CloseConsultation):
        assert record.count(kind) <= 70, "about one a minute"


async def test_a_step_whose_answer_was_lost_is_taken_again_and_recorded_once(
    untold: Agreement, prepared: Runtime, environment: WorkflowEnvironment
) -> None:
    record = Forgetful(prepared.store, prepared.desk)
    async with working(environment, prepared, record):
        this = await untold.consult(TWO_WEEKS_AND_GRACE)
        await untold.wait_until(this.closes_at)

    assert [record.count(kind) for kind in (EscalateConsultation, CloseConsultation)] == [2, 2]
    assert await untold.dated_steps() == [
        (REMINDED, this.reminders[0]),
        (REMINDED, this.reminders[1]),
        (ESCALATED, this.due),
        (CLOSED, this.closes_at),
    ]


async def test_a_concept_reopened_while_its_process_is_ending_keeps_it(
    interrupted: Interrupted, untold: Agreement
) -> None:
    reopening = ReopenConcept(concept=untold.concept, reason="Doch.")
    interrupted.after[Phase.ENDED] = partial(untold.do, reopening)
    await untold.do(WithdrawConcept(concept=untold.concept, reason="Nicht mehr."))
    await untold.wait_until(await untold.now())

    assert interrupted.after == {}
    assert await untold.status() is RUNNING


async def test_notes_that_come_twice_and_out_of_order_change_nothing(
    concept: Agreement,
) -> None:
    this = await concept.consult(TWO_WEEKS_AND_GRACE)
    await concept.wait_until(this.due)
    later = await concept.extend(SIX_DAYS_MORE)
    steps, reads = await concept.dated_steps(), (await concept.activities())["read_course"]

    for entry in reversed(await concept.entries()):
        if entry.event.TOPIC in CONCEPT_TOPICS:
            await concept.relay.note(entry)
            await concept.relay.note(entry)
    await concept.wait_until(await concept.now())
    assert await concept.dated_steps() == steps
    assert (await concept.activities())["read_course"] <= reads + 1

    await concept.wait_until(later.closes_at)
    assert (await concept.dated_steps())[len(steps) :] == [
        (REMINDED, later.reminders[0]),
        (REMINDED, later.reminders[1]),
        (ESCALATED, later.due),
        (CLOSED, later.closes_at),
    ]


async def test_a_late_note_to_a_process_that_has_ended_starts_nothing(
    concept: Agreement,
) -> None:
    await concept.consult()
    await concept.do(WithdrawConcept(concept=concept.concept, reason="Nicht mehr."))
    await concept.handle.result()
    (opened,) = [e for e in await concept.entries() if isinstance(e.event, ConsultationOpened)]
    await concept.relay.note(opened)

    await concept.handle.result()
    assert await concept.dated_steps() == []


async def test_a_note_from_beyond_the_end_of_a_restored_log_keeps_nobody_busy(
    concept: Agreement,
) -> None:
    this = await concept.consult()
    note = Note(position=10_000, topic=ConsultationClosed.TOPIC, correlation="")
    await concept.handle.signal(ConceptAgreement.note, note)
    await asyncio.sleep(0.5)

    assert (await concept.activities())["read_course"] < 6
    await concept.wait_until(this.closes_at)
    assert (await concept.dated_steps())[-1] == (CLOSED, this.closes_at)


async def test_after_an_outage_only_the_latest_reminder_is_sent(
    untold: Agreement, prepared: Runtime, environment: WorkflowEnvironment
) -> None:
    await untold.record(untold.consultation(THREE_REMINDERS))
    (this,) = await untold.events(ConsultationOpened)
    await untold.wait_until(this.reminders[1] + timedelta(hours=5))
    async with working(environment, prepared):
        await untold.tell()
        back = to_the_minute(await untold.now())
        await untold.wait_until(this.closes_at)

    assert await untold.dated_steps() == [
        (REMINDED, back),
        (REMINDED, this.reminders[2]),
        (ESCALATED, this.due),
        (CLOSED, this.closes_at),
    ]
    reminded = await untold.events(OrganisationsReminded)
    assert [event.moment for event in reminded] == list(this.reminders[1:])


async def test_an_outage_over_the_deadline_escalates_at_once_and_leaves_the_grace(
    untold: Agreement, prepared: Runtime, environment: WorkflowEnvironment
) -> None:
    await untold.record(untold.consultation(THREE_REMINDERS))
    (this,) = await untold.events(ConsultationOpened)
    await untold.wait_until(this.due + timedelta(hours=5))
    async with working(environment, prepared):
        await untold.tell()
        back = to_the_minute(await untold.now())
        await untold.wait_until(this.closes_at)

    assert await untold.dated_steps() == [(ESCALATED, back), (CLOSED, this.closes_at)]


async def test_an_outage_over_the_end_of_a_round_closes_it_at_once(
    untold: Agreement, prepared: Runtime, environment: WorkflowEnvironment
) -> None:
    await untold.record(untold.consultation(THREE_REMINDERS))
    (this,) = await untold.events(ConsultationOpened)
    await untold.wait_until(this.closes_at + timedelta(hours=5))
    async with working(environment, prepared):
        await untold.tell()
        back = to_the_minute(await untold.now())
        await untold.wait_until(await untold.now())

    assert await untold.dated_steps() == [(ESCALATED, back), (CLOSED, back)]


async def test_an_engine_that_lost_everything_goes_on_from_the_log(
    concept: Agreement, prepared: Runtime
) -> None:
    """The new engine's clock is ours again, so that the remaining time is longer than before."""
    this = await concept.consult(TWO_WEEKS_AND_GRACE)
    await concept.wait_until(this.reminders[0])

    async with await skipping_time() as anew, working(anew, prepared):
        resumed = Agreement(prepared, anew)
        assert await resume(resumed.relay, prepared.store, prepared.pool) == 1
        await resumed.wait_until(this.closes_at)

        assert await resumed.dated_steps() == [
            (REMINDED, this.reminders[0]),
            (REMINDED, this.reminders[1]),
            (ESCALATED, this.due),
            (CLOSED, this.closes_at),
        ]


async def test_a_process_resumed_while_it_runs_takes_no_step_twice(
    concept: Agreement, prepared: Runtime
) -> None:
    this = await concept.consult(TWO_WEEKS_AND_GRACE)
    await concept.wait_until(this.due)
    await resume(concept.relay, prepared.store, prepared.pool)
    await concept.wait_until(this.closes_at)

    assert await concept.dated_steps() == [
        (REMINDED, this.reminders[0]),
        (REMINDED, this.reminders[1]),
        (ESCALATED, this.due),
        (CLOSED, this.closes_at),
    ]
