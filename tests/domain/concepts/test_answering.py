from datetime import timedelta

import msgspec
import pytest

from domain.concepts.commands import (
    Respond,
    SectionResponse,
)
from domain.concepts.errors import (
    AnsweredTwice,
    AnswerTooLate,
    NotInvited,
    OtherTextShown,
    PositionMissing,
    RemarkMissing,
    RoundNotOpen,
    SectionNotAsked,
)
from domain.concepts.events import (
    ConceptEvent,
    Position,
    ResponseGiven,
)
from tests.domain.concepts.example import (
    BOTH,
    CLOSES_AT,
    CONCEPT_ID,
    DRAFTED,
    DUE,
    EXTENDED,
    OUTLOOK,
    PROCEDURE,
    SITUATION,
    SUBMITTED,
    TEXTS,
    agreed,
    answered,
    concept,
    consulted,
    invited,
    lapsed,
    objected,
    round_opened,
    shown,
)
from tests.domain.county import CARITAS, CHAMBER, DORA, EMIL, JOBCENTER

SECOND = timedelta(seconds=1)


def respond(
    position: Position | None = None,
    *sections: SectionResponse,
    remark: str = "",
    organisation: str = JOBCENTER,
) -> Respond:
    return Respond(
        concept=CONCEPT_ID,
        round=1,
        organisation=organisation,
        shown=shown(*BOTH),
        position=position,
        remark=remark,
        sections=sections,
    )


@pytest.mark.parametrize("position", [Position.AGREE, Position.ABSTAIN])
def test_one_position_answers_every_section_asked(position: Position) -> None:
    concept.given(*consulted()).when(respond(position), by=DORA).then(answered(JOBCENTER, position))


@pytest.mark.parametrize("position", [Position.OBJECT, Position.AGREE_WITH_REMARKS])
def test_an_objection_or_a_remark_says_what_it_is_about(position: Position) -> None:
    concept.given(*consulted()).when(respond(position, remark="Bitte eine Frist."), by=DORA).then(
        answered(JOBCENTER, position, remark="Bitte eine Frist.")
    )
    concept.given(*consulted()).when(respond(position, remark=" "), by=DORA).then_refused(
        RemarkMissing, section=SITUATION
    )


def test_single_sections_may_be_answered_differently() -> None:
    objection = SectionResponse(section=PROCEDURE, position=Position.OBJECT, remark="Keine Frist.")
    (given,) = (
        concept.given(*consulted()).when(respond(Position.AGREE, objection), by=DORA).decided()
    )
    assert isinstance(given, ResponseGiven)
    assert [(a.section, a.position, a.remark) for a in given.answers] == [
        (SITUATION, Position.AGREE, ""),
        (PROCEDURE, Position.OBJECT, "Keine Frist."),
    ]


def test_every_section_asked_is_answered() -> None:
    only_one = SectionResponse(section=PROCEDURE, position=Position.AGREE)
    concept.given(*consulted()).when(respond(None, only_one), by=DORA).then_refused(
        PositionMissing, section=SITUATION
    )


@pytest.mark.parametrize("section", [OUTLOOK, "weather"])
def test_nothing_else_than_what_is_asked_is_answered(section: str) -> None:
    other = SectionResponse(section=section, position=Position.AGREE)
    concept.given(*consulted()).when(respond(Position.AGREE, other), by=DORA).then_refused(
        SectionNotAsked, organisation=JOBCENTER, section=section
    )


def test_the_same_answer_again_adds_nothing_whoever_gives_it() -> None:
    history = (*consulted(), answered(JOBCENTER))
    concept.given(*history).when(respond(Position.AGREE), by=DORA).then_nothing()
    concept.given(*history).when(respond(Position.AGREE), by=EMIL).then_nothing()


def test_an_organisation_may_change_its_mind_until_the_round_closes() -> None:
    objection = answered(JOBCENTER, Position.OBJECT, remark="Keine Frist.")
    abstention = msgspec.structs.replace(
        answered(JOBCENTER, Position.ABSTAIN), respondent=EMIL.account
    )
    concept.given(*consulted(), objection).when(
        respond(Position.ABSTAIN), by=EMIL, at=CLOSES_AT - SECOND
    ).then(abstention)
    concept.given(*consulted(), objection, abstention).when(
        respond(Position.OBJECT, remark="Keine Frist."), by=DORA
    ).then(objection)


def test_another_remark_is_another_answer() -> None:
    remarked = answered(JOBCENTER, Position.AGREE_WITH_REMARKS, remark="Bitte eine Frist.")
    concept.given(*consulted(), remarked).when(
        respond(Position.AGREE_WITH_REMARKS, remark="Bitte zwei Fristen."), by=DORA
    ).then(answered(JOBCENTER, Position.AGREE_WITH_REMARKS, remark="Bitte zwei Fristen."))


def test_an_answer_between_the_deadline_and_the_close_counts() -> None:
    concept.given(*consulted()).when(respond(Position.AGREE), by=DORA, at=DUE).then(
        answered(JOBCENTER)
    )


def test_an_answer_at_the_close_or_later_is_too_late() -> None:
    for late in (CLOSES_AT, CLOSES_AT + SECOND):
        concept.given(*consulted()).when(respond(Position.AGREE), by=DORA, at=late).then_refused(
            AnswerTooLate, closed_at=CLOSES_AT.isoformat()
        )


@pytest.mark.parametrize("history", [(*DRAFTED, SUBMITTED), agreed(), lapsed(), objected()])
def test_an_answer_without_an_open_round_is_refused(history: tuple[ConceptEvent, ...]) -> None:
    concept.given(*history).when(respond(Position.AGREE), by=DORA).then_refused(
        RoundNotOpen, round=1
    )


def test_only_invited_organisations_answer() -> None:
    concept.given(*consulted()).when(
        respond(Position.AGREE, organisation=CHAMBER), by=DORA
    ).then_refused(NotInvited, organisation=CHAMBER)


def test_an_answer_is_to_the_text_in_consultation_and_to_no_other() -> None:
    old_text = shown(*BOTH, texts={**TEXTS, PROCEDURE: "Früher."})
    answer = msgspec.structs.replace(respond(Position.AGREE), shown=old_text)
    concept.given(*consulted()).when(answer, by=DORA).then_refused(
        OtherTextShown, shown=old_text, current=shown(*BOTH)
    )


def test_an_answer_is_to_all_the_text_an_organisation_is_asked_about() -> None:
    opened = round_opened(invited(JOBCENTER, PROCEDURE, scope=(PROCEDURE,)))
    history = (*DRAFTED, SUBMITTED, opened)
    concept.given(*history).when(respond(Position.AGREE), by=DORA).then_refused(OtherTextShown)
    concept.given(*history).when(
        msgspec.structs.replace(respond(Position.AGREE), shown=shown(PROCEDURE)), by=DORA
    ).then(answered(JOBCENTER, {PROCEDURE: Position.AGREE}))


def test_an_extended_round_takes_answers_until_its_new_end() -> None:
    history = (*consulted(), EXTENDED)
    just_in_time = EXTENDED.closes_at - SECOND
    concept.given(*history).when(respond(Position.AGREE), by=DORA, at=just_in_time).then(
        answered(JOBCENTER)
    )
    concept.given(*history).when(
        respond(Position.AGREE), by=DORA, at=EXTENDED.closes_at
    ).then_refused(AnswerTooLate, closed_at=EXTENDED.closes_at.isoformat())


def test_a_section_is_answered_once_in_an_answer() -> None:
    twice = (
        SectionResponse(section=PROCEDURE, position=Position.OBJECT, remark="Zu spät."),
        SectionResponse(section=PROCEDURE, position=Position.AGREE),
    )
    answer = Respond(
        concept=CONCEPT_ID,
        round=1,
        organisation=CARITAS,
        shown=shown(*BOTH),
        position=Position.AGREE,
        sections=twice,
    )
    concept.given(*consulted()).when(answer).then_refused(AnsweredTwice, section=PROCEDURE)
