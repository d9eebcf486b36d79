"""How a second round ends: what was said before counts, too."""

from domain.concepts.commands import CloseConsultation, Invite, OpenConsultation, Schedule
from domain.concepts.errors import TooEarly
from domain.concepts.events import (
    ConceptEvent,
    DraftSubmitted,
    ObjectionEffect,
    Outcome,
    Policy,
    Position,
    Reply,
)
from tests.domain.concepts.example import (
    BOTH,
    CLOSES_AT,
    CONCEPT_ID,
    PROCEDURE,
    SITUATION,
    SUBMITTED,
    TEXTS,
    answered,
    closed,
    concept,
    consulted,
    drafted,
    invited,
    lapsed,
    objected,
    round_opened,
)
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER

SECOND_ROUND = round_opened(invited(CARITAS), invited(JOBCENTER, PROCEDURE), number=2)
CLOSE_SECOND = CloseConsultation(concept=CONCEPT_ID, round=2)


def second_round(*events: ConceptEvent) -> tuple[ConceptEvent, ...]:
    reply = Reply(organisation=JOBCENTER, section=PROCEDURE, text="Steht im Gesetz.")
    replied = DraftSubmitted(digest=SUBMITTED.digest, replies=(reply,))
    return (*objected(), replied, SECOND_ROUND, *events)


def test_a_second_round_counts_the_agreements_that_stand() -> None:
    convinced = answered(JOBCENTER, {PROCEDURE: Position.AGREE}, number=2)
    concept.given(*second_round(convinced)).when(CLOSE_SECOND).then(
        closed(Outcome.AGREED, number=2, agree=2)
    )


def test_an_objection_that_was_replied_to_and_not_raised_again_is_silence() -> None:
    concept.given(*second_round()).when(CLOSE_SECOND).then_refused(TooEarly)
    concept.given(*second_round()).when(CLOSE_SECOND, at=CLOSES_AT).then(
        closed(Outcome.AGREED, number=2, agree=1, missing=(JOBCENTER,))
    )


def test_an_objection_raised_again_leads_to_another_revision() -> None:
    unconvinced = answered(JOBCENTER, {PROCEDURE: Position.OBJECT}, number=2, remark="Nein.")
    concept.given(*second_round(unconvinced)).when(CLOSE_SECOND).then(
        closed(Outcome.OBJECTED, number=2, agree=1, object=1)
    )


def test_an_objection_that_stands_counts_even_if_a_new_text_is_not_answered() -> None:
    texts = {**TEXTS, SITUATION: "Neu."}
    history = (
        *consulted(Policy(quorum_percent=100, objection=ObjectionEffect.NOTED)),
        answered(CARITAS, Position.OBJECT, remark="Zu lang."),
        closed(Outcome.LAPSED, object=1, missing=(JOBCENTER,)),
        drafted(SITUATION, "Neu.", version=2),
        round_opened(invited(CARITAS, SITUATION), invited(JOBCENTER, *BOTH), number=2, texts=texts),
        answered(JOBCENTER, number=2, texts=texts),
    )
    concept.given(*history).when(CLOSE_SECOND, at=CLOSES_AT).then(
        closed(Outcome.OBJECTED, number=2, agree=1, object=1)
    )


def test_a_lapsed_round_is_followed_by_another_and_not_by_adoption() -> None:
    again = OpenConsultation(
        concept=CONCEPT_ID,
        schedule=Schedule(working_days=10, grace_working_days=3),
        invited=(Invite(organisation=CHAMBER),),
    )
    three = (invited(organisation, *BOTH) for organisation in (CARITAS, CHAMBER, JOBCENTER))
    concept.given(*lapsed()).when(again).then(round_opened(*three, number=2))
