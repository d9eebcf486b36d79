"""What the clock is told: the moments to come, and nothing personal."""

import msgspec
import pytest

from domain.concepts.concept import stage_of
from domain.concepts.course import Course, Phase, course
from domain.concepts.events import (
    ConceptEvent,
    ConceptSuperseded,
    ConceptWithdrawn,
    ConsultationEscalated,
    OrganisationsReminded,
    ReviewFellDue,
)
from tests.domain.concepts.example import (
    CLOSES_AT,
    CONCEPT_ID,
    DRAFTED,
    DUE,
    EXTENDED,
    FIVE_DAYS_BEFORE,
    OPENED,
    PUBLISHED,
    SUBMITTED,
    TWO_DAYS_BEFORE,
    adopted,
    after,
    agreed,
    answered,
    consulted,
    lapsed,
    objected,
    published,
)
from tests.domain.county import CARITAS, JOBCENTER

IN_CONSULTATION = Course(
    phase=Phase.IN_CONSULTATION,
    round=1,
    reminders=(FIVE_DAYS_BEFORE, TWO_DAYS_BEFORE),
    due=DUE,
    closes_at=CLOSES_AT,
)


@pytest.mark.parametrize(
    "history",
    [(OPENED,), DRAFTED, (*DRAFTED, SUBMITTED), objected(), lapsed(), agreed(), adopted()],
)
def test_a_concept_outside_a_round_waits_for_people(history: tuple[ConceptEvent, ...]) -> None:
    assert course(after(*history)) == Course(phase=Phase.WITH_PEOPLE)


def test_a_round_has_its_reminders_its_deadline_and_its_end() -> None:
    assert course(after(*consulted())) == IN_CONSULTATION


def test_a_reminder_that_was_sent_is_no_longer_to_come() -> None:
    planned = OrganisationsReminded(round=1, organisations=(CARITAS,), moment=FIVE_DAYS_BEFORE)
    by_hand = OrganisationsReminded(round=1, organisations=(CARITAS,))
    assert course(after(*consulted(), by_hand)) == IN_CONSULTATION
    assert course(after(*consulted(), planned)).reminders == (TWO_DAYS_BEFORE,)


def test_an_extension_moves_every_moment() -> None:
    assert course(after(*consulted(), EXTENDED)) == Course(
        phase=Phase.IN_CONSULTATION,
        round=1,
        reminders=EXTENDED.reminders,
        due=EXTENDED.due,
        closes_at=EXTENDED.closes_at,
    )


def test_answers_and_escalations_move_nothing() -> None:
    escalated = ConsultationEscalated(round=1, missing=(JOBCENTER,))
    assert course(after(*consulted(), answered(CARITAS), escalated)) == IN_CONSULTATION


def test_a_valid_concept_waits_for_its_review() -> None:
    assert course(after(*published())) == Course(phase=Phase.VALID, review_at=PUBLISHED.review_at)
    assert course(after(*published(), ReviewFellDue())) == Course(phase=Phase.VALID)


def test_a_valid_concept_names_the_one_it_supersedes() -> None:
    opened = msgspec.structs.replace(OPENED, predecessor=CONCEPT_ID)
    assert course(after(opened, PUBLISHED)).predecessor == CONCEPT_ID
    assert course(after(opened)).predecessor is None


def test_nothing_comes_after_the_end() -> None:
    for end in (ConceptSuperseded(successor=CONCEPT_ID), ConceptWithdrawn(reason="Ende.")):
        assert course(after(*published(), end)) == Course(phase=Phase.ENDED)
        assert course(after(*consulted(), end)) == Course(phase=Phase.ENDED)
    assert course(after()) == Course(phase=Phase.ENDED)


def test_every_stage_has_a_name() -> None:
    names = {
        "unknown": (),
        "drafting": DRAFTED,
        "submitted": lapsed(),
        "consulting": consulted(),
        "revising": objected(),
        "agreed": agreed(),
        "adopted": adopted(),
        "published": published(),
        "superseded": (*published(), ConceptSuperseded(successor=CONCEPT_ID)),
        "withdrawn": (OPENED, ConceptWithdrawn(reason="Ende.")),
    }
    assert {name: stage_of(after(*history)) for name, history in names.items()} == {
        name: name for name in names
    }
