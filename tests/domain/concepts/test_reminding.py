from datetime import datetime, timedelta

from domain.concepts.commands import (
    EscalateConsultation,
    RemindOrganisations,
)
from domain.concepts.errors import (
    RoundNotOpen,
    TooEarly,
)
from domain.concepts.events import (
    ConsultationEscalated,
    OrganisationsReminded,
    Policy,
    Position,
)
from tests.domain.concepts.example import (
    BOTH,
    CLOSES_AT,
    CONCEPT_ID,
    DRAFTED,
    DUE,
    EXTENDED,
    FIVE_DAYS_BEFORE,
    TWO_DAYS_BEFORE,
    agreed,
    answered,
    concept,
    consulted,
    invited,
    lapsed,
    round_opened,
)
from tests.domain.county import CARITAS, CLOCK, JOBCENTER

SECOND = timedelta(seconds=1)
ESCALATE = EscalateConsultation(concept=CONCEPT_ID, round=1)


def remind(moment: datetime | None = None, number: int = 1) -> RemindOrganisations:
    return RemindOrganisations(concept=CONCEPT_ID, round=number, moment=moment)


def test_those_who_have_not_answered_are_reminded_at_the_planned_moment() -> None:
    concept.given(*consulted(), answered(CARITAS)).when(
        remind(FIVE_DAYS_BEFORE), by=CLOCK, at=FIVE_DAYS_BEFORE
    ).then(OrganisationsReminded(round=1, organisations=(JOBCENTER,), moment=FIVE_DAYS_BEFORE))


def test_a_planned_reminder_is_sent_once() -> None:
    sent = OrganisationsReminded(
        round=1, organisations=(CARITAS, JOBCENTER), moment=FIVE_DAYS_BEFORE
    )
    history = (*consulted(), sent)
    concept.given(*history).when(remind(FIVE_DAYS_BEFORE), at=TWO_DAYS_BEFORE).then_nothing()
    concept.given(*history).when(remind(TWO_DAYS_BEFORE), at=TWO_DAYS_BEFORE).then(
        OrganisationsReminded(round=1, organisations=(CARITAS, JOBCENTER), moment=TWO_DAYS_BEFORE)
    )


def test_a_planned_reminder_is_not_sent_before_its_time() -> None:
    concept.given(*consulted()).when(
        remind(FIVE_DAYS_BEFORE), at=FIVE_DAYS_BEFORE - SECOND
    ).then_refused(TooEarly, due=FIVE_DAYS_BEFORE.isoformat())


def test_a_reminder_that_an_extension_moved_is_not_sent() -> None:
    concept.given(*consulted(), EXTENDED).when(
        remind(FIVE_DAYS_BEFORE), by=CLOCK, at=FIVE_DAYS_BEFORE
    ).then_nothing()


def test_a_person_may_remind_by_hand_as_often_as_needed() -> None:
    reminded = OrganisationsReminded(round=1, organisations=(CARITAS, JOBCENTER))
    concept.given(*consulted()).when(remind()).then(reminded)
    concept.given(*consulted(), reminded).when(remind()).then(reminded)


def test_nobody_is_reminded_when_everybody_has_answered() -> None:
    everybody = (answered(CARITAS), answered(JOBCENTER, Position.ABSTAIN))
    concept.given(*consulted(), *everybody).when(remind()).then_nothing()
    concept.given(*consulted(), *everybody).when(
        remind(FIVE_DAYS_BEFORE), at=FIVE_DAYS_BEFORE
    ).then_nothing()


def test_nobody_is_reminded_of_a_round_that_takes_no_more_answers() -> None:
    concept.given(*consulted()).when(remind(), at=CLOSES_AT).then_nothing()
    for history in (consulted(), agreed(), DRAFTED):
        concept.given(*history).when(remind(TWO_DAYS_BEFORE), at=CLOSES_AT).then_nothing()


def test_who_reminds_by_hand_is_told_that_the_round_is_not_open() -> None:
    for history in (agreed(), DRAFTED):
        concept.given(*history).when(remind()).then_refused(RoundNotOpen, round=1)
    concept.given(*consulted()).when(remind(number=2)).then_refused(RoundNotOpen, round=2)


def test_the_missing_are_escalated_at_the_deadline() -> None:
    concept.given(*consulted(), answered(CARITAS)).when(ESCALATE, by=CLOCK, at=DUE).then(
        ConsultationEscalated(round=1, missing=(JOBCENTER,))
    )


def test_nobody_is_escalated_before_the_deadline() -> None:
    concept.given(*consulted()).when(ESCALATE, at=DUE - SECOND).then_refused(
        TooEarly, due=DUE.isoformat()
    )


def test_a_round_is_escalated_once_for_each_deadline() -> None:
    escalated = ConsultationEscalated(round=1, missing=(CARITAS, JOBCENTER))
    concept.given(*consulted(), escalated).when(ESCALATE, at=DUE).then_nothing()
    history = (*consulted(), escalated, EXTENDED)
    concept.given(*history).when(ESCALATE, at=DUE).then_refused(
        TooEarly, due=EXTENDED.due.isoformat()
    )
    concept.given(*history).when(ESCALATE, at=EXTENDED.due).then(escalated)


def test_silence_that_counts_as_consent_is_no_trouble() -> None:
    history = consulted(Policy(silence_is_consent=True))
    concept.given(*history).when(ESCALATE, at=DUE).then_nothing()


def test_nobody_is_escalated_when_nobody_is_missing_or_no_round_is_open() -> None:
    everybody = (answered(CARITAS), answered(JOBCENTER))
    concept.given(*consulted(), *everybody).when(ESCALATE, at=DUE).then_nothing()
    concept.given(*agreed()).when(ESCALATE, at=DUE).then_nothing()
    concept.given(*lapsed()).when(ESCALATE, at=DUE).then_nothing()


def test_an_earlier_round_is_not_escalated_in_a_later_one() -> None:
    second = round_opened(invited(CARITAS, *BOTH), invited(JOBCENTER, *BOTH), number=2)
    concept.given(*lapsed(), second).when(ESCALATE, by=CLOCK, at=DUE).then_nothing()
    concept.given(*lapsed(), second).when(remind(FIVE_DAYS_BEFORE), at=DUE).then_nothing()
