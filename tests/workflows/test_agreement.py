"""The way of a concept from round to round, to its review, its successor, or its end."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowExecutionStatus

from domain.concepts.commands import ReopenConcept, WithdrawConcept
from domain.concepts.concept import Revising, Submitted, Superseded
from domain.concepts.events import (
    ConsultationClosed,
    ConsultationEscalated,
    Outcome,
    Position,
    ReviewFellDue,
)
from tests.support.workflows import CHAMBER, JOBCENTER, ONE_WEEK, Agreement

RUNNING = WorkflowExecutionStatus.RUNNING
COMPLETED = WorkflowExecutionStatus.COMPLETED
CLOSED = ConsultationClosed.TOPIC
ESCALATED = ConsultationEscalated.TOPIC
YEAR = timedelta(days=365)


def withdrawal(concept: Agreement) -> WithdrawConcept:
    return WithdrawConcept(concept=concept.concept, reason="Die Kommune hat sich umentschieden.")


async def test_after_an_objection_the_next_round_is_held_by_the_same_process(
    concept: Agreement,
) -> None:
    first = await concept.consult(ONE_WEEK)
    run = (await concept.handle.describe()).run_id
    await concept.respond(JOBCENTER)
    await concept.respond(CHAMBER, Position.OBJECT)
    await concept.wait_until(first.closes_at)
    assert isinstance(await concept.stage(), Revising)

    await concept.draft("Jetzt mit Frist.")
    second = await concept.consult(ONE_WEEK)
    await concept.agree()
    await concept.wait_until(second.closes_at)

    closed = await concept.events(ConsultationClosed)
    assert [event.outcome for event in closed] == [Outcome.OBJECTED, Outcome.AGREED]
    assert await concept.dated_steps() == [(CLOSED, first.closes_at), (CLOSED, second.closes_at)]
    assert (await concept.handle.describe()).run_id == run


async def test_after_a_round_that_lapsed_another_one_is_held(concept: Agreement) -> None:
    first = await concept.consult(ONE_WEEK)
    await concept.wait_until(first.closes_at)
    assert isinstance(await concept.stage(), Submitted)

    second = await concept.consult(ONE_WEEK)
    await concept.wait_until(second.closes_at)

    assert await concept.dated_steps() == [
        (ESCALATED, first.due),
        (CLOSED, first.closes_at),
        (ESCALATED, second.due),
        (CLOSED, second.closes_at),
    ]


async def test_a_withdrawal_in_the_middle_of_a_round_ends_the_process(concept: Agreement) -> None:
    this = await concept.consult()
    await concept.wait_until(this.reminders[0])
    before = await concept.dated_steps()
    await concept.do(withdrawal(concept))

    await concept.handle.result()
    await concept.wait_until(this.closes_at)
    assert await concept.status() is COMPLETED
    assert await concept.dated_steps() == before


async def test_a_concept_that_is_opened_again_gets_a_process_again(concept: Agreement) -> None:
    await concept.consult()
    await concept.do(withdrawal(concept))
    await concept.handle.result()

    await concept.do(ReopenConcept(concept=concept.concept, reason="Doch."))
    assert await concept.status() is RUNNING
    await concept.draft()
    this = await concept.consult(ONE_WEEK)
    await concept.wait_until(this.closes_at)

    assert this.round == 2
    assert await concept.dated_steps() == [(ESCALATED, this.due), (CLOSED, this.closes_at)]


async def test_the_review_falls_due_once_two_years_after_publication(concept: Agreement) -> None:
    published = await concept.reach_publication()
    await concept.wait_until(published.review_at - timedelta(minutes=2))
    assert await concept.events(ReviewFellDue) == []

    await concept.wait_until(published.review_at + 3 * YEAR)

    assert published.review_at.date() - published.valid_from >= 2 * YEAR
    assert (await concept.dated_steps())[1:] == [(ReviewFellDue.TOPIC, published.review_at)]
    assert await concept.status() is RUNNING


async def test_the_next_edition_supersedes_the_one_before_when_it_is_published(
    concept: Agreement, successor: Agreement
) -> None:
    await concept.reach_publication()
    await successor.open()
    await successor.draft()
    await successor.reach_publication()
    await successor.wait_until(await successor.now())
    await concept.tell()

    assert isinstance(stage := await concept.stage(), Superseded)
    assert stage.successor == successor.concept
    step = (await concept.steps())[-1]
    assert step.metadata.account == f"concept/{successor.concept}"
    await concept.handle.result()
    assert await successor.status() is RUNNING


async def test_a_superseded_concept_is_not_reviewed_any_more(
    concept: Agreement, successor: Agreement
) -> None:
    published = await concept.reach_publication()
    await successor.open()
    await successor.draft()
    await successor.reach_publication()
    await concept.wait_until(published.review_at + YEAR)

    assert await concept.events(ReviewFellDue) == []


@pytest.mark.usefixtures("worker")
async def test_a_concept_whose_predecessor_was_never_opened_becomes_valid_all_the_same(
    successor: Agreement,
) -> None:
    await successor.open()
    await successor.draft()
    published = await successor.reach_publication()
    await successor.wait_until(published.review_at)

    assert (await successor.dated_steps())[-1] == (ReviewFellDue.TOPIC, published.review_at)
    assert (await successor.activities())["supersede_predecessor"] <= 2
