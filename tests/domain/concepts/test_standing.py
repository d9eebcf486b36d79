"""Second rounds: who is asked again, whose agreements stand, what became of the objections."""

import msgspec
import pytest

from domain.concepts.commands import Invite, OpenConsultation, Respond, Schedule, SubmitDraft
from domain.concepts.concept import Submitted
from domain.concepts.errors import (
    AnswersStand,
    NothingToAsk,
    NothingToReplyTo,
    ObjectionUnanswered,
)
from domain.concepts.events import (
    ConceptEvent,
    ConsultationOpened,
    DecidedBy,
    DraftReturned,
    DraftSubmitted,
    ObjectionEffect,
    Outcome,
    Policy,
    Position,
    Reply,
)
from domain.concepts.standing import standing_answer
from tests.domain.concepts.example import (
    BOTH,
    CONCEPT_ID,
    OUTLOOK,
    PROCEDURE,
    SITUATION,
    SUBMITTED,
    TEXTS,
    after,
    answered,
    closed,
    concept,
    consulted,
    drafted,
    invited,
    lapsed,
    objected,
    round_opened,
    shown,
)
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER

REVISED = {**TEXTS, PROCEDURE: "Das Case Management lädt binnen zwei Wochen ein."}
SUBMITTED_REVISED = DraftSubmitted(digest=shown(*BOTH, texts=REVISED))
REVISION = (drafted(PROCEDURE, REVISED[PROCEDURE], version=2), SUBMITTED_REVISED)

REPLY = Reply(organisation=JOBCENTER, section=PROCEDURE, text="Die Frist steht im Gesetz.")
REPLIED = DraftSubmitted(digest=SUBMITTED.digest, replies=(REPLY,))
RETURNED = DraftReturned(reason="Bitte noch einmal lesen.")


def submit(*replies: Reply) -> SubmitDraft:
    return SubmitDraft(concept=CONCEPT_ID, replies=replies)


def open_round(*invites: Invite) -> OpenConsultation:
    schedule = Schedule(working_days=10, grace_working_days=3)
    return OpenConsultation(concept=CONCEPT_ID, schedule=schedule, invited=invites)


def second_round_after(*events: ConceptEvent) -> dict[str, tuple[str, ...]]:
    """Who is asked what when the second round is opened without naming anybody."""
    (opened,) = concept.given(*events).when(open_round()).decided()
    return {i.organisation: i.asked for i in getattr(opened, "invitations", ())}


def test_only_the_sections_that_changed_are_asked_again() -> None:
    concept.given(*objected(), *REVISION).when(open_round()).then(
        round_opened(
            invited(CARITAS, PROCEDURE), invited(JOBCENTER, PROCEDURE), number=2, texts=REVISED
        )
    )


def test_an_objection_that_was_replied_to_is_put_to_that_organisation_alone() -> None:
    concept.given(*objected(), REPLIED).when(open_round()).then(
        round_opened(invited(CARITAS), invited(JOBCENTER, PROCEDURE), number=2)
    )


def test_an_organisation_whose_answers_stand_has_nothing_to_answer() -> None:
    second = round_opened(invited(CARITAS), invited(JOBCENTER, PROCEDURE), number=2)
    answer = Respond(
        concept=CONCEPT_ID, round=2, organisation=CARITAS, shown=shown(), position=Position.AGREE
    )
    concept.given(*objected(), REPLIED, second).when(answer).then_refused(
        AnswersStand, organisation=CARITAS
    )


def test_a_reply_to_an_agreement_does_not_ask_for_it_again() -> None:
    kind_words = Reply(organisation=CARITAS, section=PROCEDURE, text="Danke.")
    replied = DraftSubmitted(digest=SUBMITTED.digest, replies=(REPLY, kind_words))
    assert second_round_after(*objected(), replied) == {CARITAS: (), JOBCENTER: (PROCEDURE,)}


@pytest.mark.parametrize(
    "position", [Position.AGREE, Position.AGREE_WITH_REMARKS, Position.ABSTAIN]
)
def test_every_answer_but_an_objection_stands_while_the_text_stands(position: Position) -> None:
    one_answer = answered(CARITAS, position, remark="Gut so.")
    ended = closed(Outcome.LAPSED, missing=(JOBCENTER,))
    assert second_round_after(*consulted(), one_answer, ended) == {CARITAS: (), JOBCENTER: BOTH}


def test_a_noted_objection_stands_too() -> None:
    history = (
        *consulted(Policy(quorum_percent=100, objection=ObjectionEffect.NOTED)),
        answered(CARITAS, Position.OBJECT, remark="Zu lang."),
        closed(Outcome.LAPSED, object=1, missing=(JOBCENTER,)),
    )
    assert second_round_after(*history) == {CARITAS: (), JOBCENTER: BOTH}


def test_whoever_was_silent_is_asked_again_about_everything() -> None:
    assert second_round_after(*lapsed()) == {CARITAS: BOTH, JOBCENTER: BOTH}


def test_an_agreement_to_an_earlier_text_stands_again_when_that_text_is_back() -> None:
    back = drafted(PROCEDURE, version=3)
    history = (*objected(), *REVISION, RETURNED, back, REPLIED)
    assert second_round_after(*history) == {CARITAS: (), JOBCENTER: (PROCEDURE,)}


def test_a_change_by_one_character_is_a_change() -> None:
    texts = {**TEXTS, SITUATION: TEXTS[SITUATION] + " "}
    edited = drafted(SITUATION, texts[SITUATION], version=2)
    submitted = DraftSubmitted(digest=shown(*BOTH, texts=texts), replies=(REPLY,))
    assert second_round_after(*objected(), edited, submitted) == {
        CARITAS: (SITUATION,),
        JOBCENTER: BOTH,
    }


def test_a_section_written_later_is_asked_of_everybody_concerned_with_it() -> None:
    outlook = drafted(OUTLOOK, "Weiter so.")
    assert second_round_after(*objected(), outlook, REPLIED) == {
        CARITAS: (OUTLOOK,),
        JOBCENTER: (PROCEDURE, OUTLOOK),
    }


def test_an_organisation_invited_later_is_asked_about_everything() -> None:
    concept.given(*objected(), REPLIED).when(open_round(Invite(organisation=CHAMBER))).then(
        round_opened(
            invited(CARITAS),
            invited(CHAMBER, *BOTH),
            invited(JOBCENTER, PROCEDURE),
            number=2,
        )
    )


def test_a_scope_never_shrinks_so_that_no_objection_is_put_aside() -> None:
    situation_only = Invite(organisation=JOBCENTER, sections=(SITUATION,))
    concept.given(*lapsed()).when(open_round(situation_only)).then(
        round_opened(invited(CARITAS, *BOTH), invited(JOBCENTER, *BOTH), number=2)
    )


def test_a_later_round_goes_by_the_rule_of_the_one_before() -> None:
    rule = Policy(quorum_percent=100, decided_by=DecidedBy.STEERING_GROUP)
    ended = closed(Outcome.LAPSED, missing=(CARITAS, JOBCENTER))
    (opened,) = concept.given(*consulted(rule), ended).when(open_round()).decided()
    assert isinstance(opened, ConsultationOpened)
    assert opened.policy == rule


def test_everybody_can_be_asked_anew() -> None:
    abstentions = (answered(CARITAS, Position.ABSTAIN), answered(JOBCENTER, Position.ABSTAIN))
    ended = closed(Outcome.LAPSED, abstain=2)
    anew = msgspec.structs.replace(open_round(), anew=True)
    concept.given(*consulted(), *abstentions, ended).when(anew).then(
        round_opened(invited(CARITAS, *BOTH), invited(JOBCENTER, *BOTH), number=2)
    )


def test_a_round_is_not_opened_when_everybody_has_answered_to_the_text_as_it_is() -> None:
    abstentions = (answered(CARITAS, Position.ABSTAIN), answered(JOBCENTER, Position.ABSTAIN))
    ended = closed(Outcome.LAPSED, abstain=2)
    concept.given(*consulted(), *abstentions, ended).when(open_round()).then_refused(NothingToAsk)


def test_an_objection_is_answered_by_another_text() -> None:
    concept.given(*objected(), REVISION[0]).when(submit()).then(SUBMITTED_REVISED)


def test_an_objection_is_answered_by_a_reply() -> None:
    concept.given(*objected()).when(submit(REPLY)).then(REPLIED)


def test_an_objection_is_not_passed_over() -> None:
    concept.given(*objected()).when(submit()).then_refused(
        ObjectionUnanswered, organisation=JOBCENTER, section=PROCEDURE
    )


def test_a_reply_is_to_an_objection_that_stands() -> None:
    for organisation, section in ((JOBCENTER, SITUATION), (CARITAS, PROCEDURE)):
        reply = Reply(organisation=organisation, section=section, text="Danke.")
        concept.given(*objected()).when(submit(REPLY, reply)).then_refused(
            NothingToReplyTo, organisation=organisation, section=section
        )


def test_a_change_of_another_section_does_not_answer_an_objection() -> None:
    edited = drafted(SITUATION, "Anders.", version=2)
    concept.given(*objected(), edited).when(submit()).then_refused(ObjectionUnanswered)


def test_every_objection_needs_its_own_answer() -> None:
    history = (
        *consulted(),
        answered(CARITAS, Position.OBJECT, remark="Zu lang."),
        answered(JOBCENTER, {**dict.fromkeys(BOTH, Position.AGREE), PROCEDURE: Position.OBJECT}),
        closed(Outcome.OBJECTED, object=2),
        REVISION[0],
    )
    concept.given(*history).when(submit()).then_refused(
        ObjectionUnanswered, organisation=CARITAS, section=SITUATION
    )


def test_a_noted_objection_needs_no_reply() -> None:
    history = (
        *consulted(Policy(quorum_percent=100, objection=ObjectionEffect.NOTED)),
        answered(CARITAS, Position.OBJECT, remark="Zu lang."),
        closed(Outcome.LAPSED, object=1, missing=(JOBCENTER,)),
        RETURNED,
    )
    concept.given(*history).when(submit()).then(SUBMITTED)


def test_a_reply_holds_when_the_draft_is_returned_and_submitted_again() -> None:
    concept.given(*objected(), REPLIED, RETURNED).when(submit()).then(SUBMITTED)


def test_an_objection_raised_again_needs_a_reply_again() -> None:
    again = (
        *objected(),
        REPLIED,
        round_opened(invited(CARITAS), invited(JOBCENTER, PROCEDURE), number=2),
        answered(JOBCENTER, {PROCEDURE: Position.OBJECT}, number=2, remark="Steht dort nicht."),
        closed(Outcome.OBJECTED, number=2, agree=1, object=1),
    )
    concept.given(*again).when(submit()).then_refused(
        ObjectionUnanswered, organisation=JOBCENTER, section=PROCEDURE
    )
    concept.given(*again).when(submit(REPLY)).then(REPLIED)


def test_only_the_latest_answer_of_an_organisation_stands() -> None:
    state = after(
        *consulted(),
        answered(CARITAS, Position.ABSTAIN),
        answered(CARITAS, Position.AGREE),
        closed(Outcome.LAPSED, agree=1, missing=(JOBCENTER,)),
    )
    assert isinstance(state, Submitted)
    answer = standing_answer(state.draft, CARITAS, SITUATION)
    assert answer is not None
    assert answer.position is Position.AGREE
    assert standing_answer(state.draft, JOBCENTER, SITUATION) is None
