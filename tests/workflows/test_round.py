"""The timers of one round: reminders, deadline, escalation, grace, closing, and more time."""

from datetime import timedelta

from domain.concepts.commands import CloseConsultation, RemindOrganisations, Schedule
from domain.concepts.events import (
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    OrganisationsReminded,
    Outcome,
    Policy,
)
from tests.support.workflows import CHAMBER, JOBCENTER, TWO_WEEKS, TWO_WEEKS_AND_GRACE, Agreement

REMINDED = OrganisationsReminded.TOPIC
ESCALATED = ConsultationEscalated.TOPIC
CLOSED = ConsultationClosed.TOPIC

FOUR_WEEKS = Schedule(working_days=20)


async def test_a_round_nobody_answers_takes_every_step_once_at_its_moment(
    concept: Agreement,
) -> None:
    this = await concept.consult(TWO_WEEKS_AND_GRACE)
    await concept.wait_until(this.closes_at + timedelta(weeks=4))

    assert await concept.dated_steps() == [
        (REMINDED, this.reminders[0]),
        (REMINDED, this.reminders[1]),
        (ESCALATED, this.due),
        (CLOSED, this.closes_at),
    ]


async def test_before_the_first_reminder_nothing_happens(concept: Agreement) -> None:
    this = await concept.consult()
    await concept.wait_until(this.reminders[0] - timedelta(minutes=2))

    assert await concept.dated_steps() == []


async def test_each_reminder_goes_only_to_those_who_are_missing(concept: Agreement) -> None:
    this = await concept.consult()
    await concept.wait_until(this.reminders[0])
    await concept.respond(JOBCENTER)
    await concept.wait_until(this.reminders[1])

    reminded = await concept.events(OrganisationsReminded)
    assert [event.organisations for event in reminded] == [(CHAMBER, JOBCENTER), (CHAMBER,)]
    assert tuple(event.moment for event in reminded) == this.reminders


async def test_nobody_is_reminded_if_nobody_is_missing(concept: Agreement) -> None:
    this = await concept.consult()
    await concept.agree()
    await concept.wait_until(this.closes_at - timedelta(hours=1))

    assert await concept.dated_steps() == []


async def test_a_reminder_by_hand_does_not_take_the_place_of_a_planned_one(
    concept: Agreement,
) -> None:
    this = await concept.consult()
    await concept.do(RemindOrganisations(concept=concept.concept, round=1))
    await concept.wait_until(this.reminders[0])

    assert await concept.dated_steps() == [(REMINDED, this.reminders[0])]


async def test_who_is_missing_at_the_deadline_is_escalated_and_may_answer_until_the_grace_ends(
    concept: Agreement,
) -> None:
    this = await concept.consult(TWO_WEEKS_AND_GRACE)
    await concept.respond(JOBCENTER)
    await concept.wait_until(this.due)
    await concept.respond(CHAMBER)
    await concept.wait_until(this.closes_at)

    assert [e.missing for e in await concept.events(ConsultationEscalated)] == [(CHAMBER,)]
    (closed,) = await concept.events(ConsultationClosed)
    assert (closed.outcome, closed.missing) == (Outcome.AGREED, ())
    assert (await concept.dated_steps())[-1] == (CLOSED, this.closes_at)


async def test_nobody_is_escalated_if_silence_counts_as_consent(concept: Agreement) -> None:
    this = await concept.consult(TWO_WEEKS_AND_GRACE, Policy(silence_is_consent=True))
    await concept.wait_until(this.closes_at)

    assert await concept.events(ConsultationEscalated) == []
    (closed,) = await concept.events(ConsultationClosed)
    assert closed.outcome is Outcome.AGREED
    assert (await concept.dated_steps())[-1] == (CLOSED, this.closes_at)


async def test_a_round_in_which_all_answered_closes_at_its_deadline_without_escalation(
    concept: Agreement,
) -> None:
    this = await concept.consult(TWO_WEEKS)
    await concept.agree()
    await concept.wait_until(this.due)

    assert await concept.dated_steps() == [(CLOSED, this.due)]
    assert (await concept.events(ConsultationClosed))[0].outcome is Outcome.AGREED


async def test_a_round_the_coordinator_closes_early_is_not_closed_again(
    concept: Agreement,
) -> None:
    this = await concept.consult()
    await concept.agree()
    await concept.do(CloseConsultation(concept=concept.concept, round=1))
    await concept.wait_until(this.closes_at)

    assert await concept.dated_steps() == []
    assert len(await concept.events(ConsultationClosed)) == 1


async def test_an_extension_moves_reminders_deadline_and_closing(concept: Agreement) -> None:
    this = await concept.consult(TWO_WEEKS_AND_GRACE)
    await concept.wait_until(this.reminders[0])
    later = await concept.extend(Schedule(working_days=20, grace_working_days=3))
    await concept.wait_until(later.closes_at)

    assert await concept.dated_steps() == [
        (REMINDED, this.reminders[0]),
        (REMINDED, later.reminders[0]),
        (REMINDED, later.reminders[1]),
        (ESCALATED, later.due),
        (CLOSED, later.closes_at),
    ]


async def test_an_extension_after_the_deadline_begins_anew_and_escalates_again(
    concept: Agreement,
) -> None:
    this = await concept.consult(TWO_WEEKS_AND_GRACE)
    await concept.wait_until(this.due)
    later = await concept.extend(FOUR_WEEKS)
    await concept.wait_until(later.closes_at)

    assert (await concept.dated_steps())[2:] == [
        (ESCALATED, this.due),
        (REMINDED, later.reminders[0]),
        (REMINDED, later.reminders[1]),
        (ESCALATED, later.due),
        (CLOSED, later.closes_at),
    ]


async def test_every_step_names_the_event_that_led_to_it(
    concept: Agreement, successor: Agreement
) -> None:
    opened = await concept.record(concept.consultation(TWO_WEEKS))
    await successor.open()
    await concept.tell()
    (this,) = await concept.events(ConsultationOpened)
    await concept.wait_until(this.reminders[0])
    extended = await concept.record(concept.extension(FOUR_WEEKS))
    await successor.draft()
    await concept.tell()
    (later,) = await concept.events(ConsultationExtended)
    await concept.wait_until(later.reminders[0])

    chains = {entry.position: entry.metadata.correlation for entry in await concept.entries()}
    steps = [step.metadata for step in await concept.steps()]
    assert [step.causation for step in steps] == [opened.last, extended.last]
    assert [step.correlation for step in steps] == [chains[opened.last], chains[extended.last]]
