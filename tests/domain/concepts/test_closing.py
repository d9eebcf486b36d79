from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.concepts.commands import CloseConsultation
from domain.concepts.concept import Agreed, Consulting, Revising, Submitted
from domain.concepts.errors import RoundNotOpen, TooEarly
from domain.concepts.events import (
    ConsultationClosed,
    DraftSubmitted,
    ObjectionEffect,
    Outcome,
    Policy,
    Position,
    Reply,
)
from domain.concepts.standing import result_of_round
from tests.domain.concepts.example import (
    BOTH,
    CLOSES_AT,
    CONCEPT_ID,
    DRAFTED,
    DUE,
    OUTLOOK,
    PROCEDURE,
    SITUATION,
    SUBMITTED,
    adopted,
    after,
    agreed,
    answered,
    closed,
    concept,
    consulted,
    invited,
    lapsed,
    objected,
    round_opened,
)
from tests.domain.county import CARITAS, CHAMBER, CLOCK, JOBCENTER, MONDAY

CLOSE = CloseConsultation(concept=CONCEPT_ID, round=1)
SILENCE_IS_CONSENT = Policy(silence_is_consent=True)
OBJECTIONS_ARE_NOTED = Policy(objection=ObjectionEffect.NOTED)


def quorum(percent: int) -> Policy:
    return Policy(quorum_percent=percent)


def test_a_round_closes_at_its_end() -> None:
    concept.given(*consulted(), answered(CARITAS)).when(CLOSE, by=CLOCK, at=CLOSES_AT).then(
        closed(Outcome.AGREED, agree=1, missing=(JOBCENTER,))
    )


def test_a_round_does_not_close_before_its_end_while_somebody_may_still_answer() -> None:
    for early in (MONDAY, DUE):
        concept.given(*consulted(), answered(CARITAS)).when(CLOSE, at=early).then_refused(
            TooEarly, due=CLOSES_AT.isoformat()
        )


def test_a_round_may_close_before_its_end_when_everybody_has_answered() -> None:
    concept.given(*consulted(), answered(CARITAS), answered(JOBCENTER)).when(CLOSE).then(
        closed(Outcome.AGREED, agree=2)
    )


def test_closing_again_adds_nothing() -> None:
    for history in (agreed(), objected(), lapsed(), adopted()):
        concept.given(*history).when(CLOSE, at=CLOSES_AT).then_nothing()


def test_closing_an_earlier_round_again_adds_nothing_to_the_later_one() -> None:
    second = round_opened(invited(CARITAS, *BOTH), invited(JOBCENTER, *BOTH), number=2)
    concept.given(*lapsed(), second).when(CLOSE, at=CLOSES_AT).then_nothing()


def test_a_round_that_was_never_opened_is_not_closed() -> None:
    concept.given(*DRAFTED, SUBMITTED).when(CLOSE).then_refused(RoundNotOpen, round=1)
    second = CloseConsultation(concept=CONCEPT_ID, round=2)
    concept.given(*consulted()).when(second, at=CLOSES_AT).then_refused(RoundNotOpen, round=2)
    concept.given(*lapsed()).when(second).then_refused(RoundNotOpen, round=2)


@pytest.mark.parametrize(
    ("outcome", "stage"),
    [(Outcome.AGREED, Agreed), (Outcome.OBJECTED, Revising), (Outcome.LAPSED, Submitted)],
)
def test_the_outcome_decides_what_comes_next(outcome: Outcome, stage: type) -> None:
    assert isinstance(after(*consulted(), closed(outcome)), stage)


@pytest.mark.parametrize(
    ("percent", "outcome"),
    [(0, Outcome.AGREED), (50, Outcome.AGREED), (51, Outcome.LAPSED), (100, Outcome.LAPSED)],
)
def test_a_round_below_its_quorum_lapses(percent: int, outcome: Outcome) -> None:
    concept.given(*consulted(quorum(percent)), answered(CARITAS)).when(CLOSE, at=CLOSES_AT).then(
        closed(outcome, agree=1, missing=(JOBCENTER,))
    )


@pytest.mark.parametrize(
    ("percent", "outcome"), [(66, Outcome.AGREED), (67, Outcome.LAPSED), (33, Outcome.AGREED)]
)
def test_a_quorum_is_exact(percent: int, outcome: Outcome) -> None:
    three = (invited(organisation, *BOTH) for organisation in (CARITAS, CHAMBER, JOBCENTER))
    history = (*DRAFTED, SUBMITTED, round_opened(*three, policy=quorum(percent)))
    concept.given(*history, answered(CARITAS), answered(CHAMBER)).when(CLOSE, at=CLOSES_AT).then(
        closed(outcome, agree=2, missing=(JOBCENTER,))
    )


def test_a_round_in_which_nobody_says_anything_lapses_whatever_its_quorum() -> None:
    concept.given(*consulted(quorum(0))).when(CLOSE, at=CLOSES_AT).then(
        closed(Outcome.LAPSED, missing=(CARITAS, JOBCENTER))
    )


def test_silence_counts_as_consent_only_if_the_round_says_so() -> None:
    silent = (CARITAS, JOBCENTER)
    concept.given(*consulted(SILENCE_IS_CONSENT)).when(CLOSE, at=CLOSES_AT).then(
        closed(Outcome.AGREED, missing=silent)
    )
    concept.given(*consulted()).when(CLOSE, at=CLOSES_AT).then(
        closed(Outcome.LAPSED, missing=silent)
    )


def test_silence_is_not_written_down_as_an_agreement() -> None:
    concept.given(*consulted(SILENCE_IS_CONSENT), answered(CARITAS)).when(CLOSE, at=CLOSES_AT).then(
        closed(Outcome.AGREED, agree=1, missing=(JOBCENTER,))
    )


def test_silence_does_not_outweigh_an_objection() -> None:
    objection = answered(JOBCENTER, Position.OBJECT, remark="Zu lang.")
    concept.given(*consulted(SILENCE_IS_CONSENT), objection).when(CLOSE, at=CLOSES_AT).then(
        closed(Outcome.OBJECTED, object=1, missing=(CARITAS,))
    )


def test_one_objection_leads_to_a_revision_even_below_the_quorum() -> None:
    objection = answered(JOBCENTER, Position.OBJECT, remark="Zu lang.")
    concept.given(*consulted(quorum(100)), objection).when(CLOSE, at=CLOSES_AT).then(
        closed(Outcome.OBJECTED, object=1, missing=(CARITAS,))
    )


def test_an_objection_is_only_noted_if_the_round_says_so() -> None:
    objection = answered(JOBCENTER, Position.OBJECT, remark="Zu lang.")
    concept.given(*consulted(OBJECTIONS_ARE_NOTED), answered(CARITAS), objection).when(CLOSE).then(
        closed(Outcome.AGREED, agree=1, object=1)
    )


def test_noted_objections_alone_are_no_consent() -> None:
    objections = (answered(key, Position.OBJECT, remark="Nein.") for key in (CARITAS, JOBCENTER))
    concept.given(*consulted(OBJECTIONS_ARE_NOTED), *objections).when(CLOSE).then(
        closed(Outcome.LAPSED, object=2)
    )


def test_an_objection_to_one_section_is_an_objection() -> None:
    mixed = answered(JOBCENTER, {SITUATION: Position.AGREE, PROCEDURE: Position.OBJECT}, remark="?")
    concept.given(*consulted(), answered(CARITAS), mixed).when(CLOSE).then(
        closed(Outcome.OBJECTED, agree=1, object=1)
    )


def test_an_organisation_counts_once_with_the_strongest_of_its_positions() -> None:
    remarks = {SITUATION: Position.AGREE_WITH_REMARKS, PROCEDURE: Position.ABSTAIN}
    agreement = {SITUATION: Position.ABSTAIN, PROCEDURE: Position.AGREE}
    concept.given(
        *consulted(), answered(CARITAS, remarks, remark="Gut."), answered(JOBCENTER, agreement)
    ).when(CLOSE).then(closed(Outcome.AGREED, agree_with_remarks=1, agree=1))


def test_an_agreement_with_remarks_is_an_agreement() -> None:
    remarked = answered(CARITAS, Position.AGREE_WITH_REMARKS, remark="Gut.")
    concept.given(*consulted(), remarked).when(CLOSE, at=CLOSES_AT).then(
        closed(Outcome.AGREED, agree_with_remarks=1, missing=(JOBCENTER,))
    )


def test_an_abstention_counts_for_the_quorum() -> None:
    concept.given(
        *consulted(quorum(100)), answered(CARITAS), answered(JOBCENTER, Position.ABSTAIN)
    ).when(CLOSE).then(closed(Outcome.AGREED, agree=1, abstain=1))


def test_abstentions_alone_are_no_consent() -> None:
    abstentions = (answered(key, Position.ABSTAIN) for key in (CARITAS, JOBCENTER))
    concept.given(*consulted(quorum(0)), *abstentions).when(CLOSE).then(
        closed(Outcome.LAPSED, abstain=2)
    )


def test_an_organisation_counts_with_the_last_of_its_answers() -> None:
    objection = answered(JOBCENTER, Position.OBJECT, remark="Zu lang.")
    concept.given(*consulted(), answered(CARITAS), objection, answered(JOBCENTER)).when(CLOSE).then(
        closed(Outcome.AGREED, agree=2)
    )


def test_an_organisation_that_had_nothing_to_read_is_neither_missing_nor_silent() -> None:
    history = (
        *DRAFTED,
        SUBMITTED,
        round_opened(
            invited(CARITAS, *BOTH),
            invited(CHAMBER, scope=(OUTLOOK,)),
            policy=Policy(quorum_percent=100, silence_is_consent=True),
        ),
    )
    concept.given(*history, answered(CARITAS, Position.ABSTAIN)).when(CLOSE).then(
        closed(Outcome.LAPSED, abstain=1)
    )


SIX = "abcdef"
policies = st.builds(Policy, quorum_percent=st.integers(0, 100))


def result(said: Mapping[str, Position], policy: Policy) -> Outcome:
    """The outcome when six organisations were asked and these have answered."""
    six = round_opened(*(invited(organisation, *BOTH) for organisation in SIX), policy=policy)
    answers = (answered(organisation, position) for organisation, position in said.items())
    state = after(*DRAFTED, SUBMITTED, six, *answers)
    assert isinstance(state, Consulting)
    return result_of_round(state.draft).outcome


@given(
    said=st.dictionaries(st.sampled_from(SIX), st.sampled_from(Position)),
    policy=policies,
    late=st.sampled_from(SIX),
)
def test_one_more_agreement_never_undoes_an_agreement(
    said: dict[str, Position], policy: Policy, late: str
) -> None:
    if result(said, policy) is Outcome.AGREED:
        assert result({**said, late: Position.AGREE}, policy) is Outcome.AGREED


@given(said=st.dictionaries(st.sampled_from(SIX), st.sampled_from(Position)), policy=policies)
def test_a_round_agrees_with_its_quorum_and_a_consent_and_without_an_objection(
    said: dict[str, Position], policy: Policy
) -> None:
    silent = (len(SIX) - len(said)) * policy.silence_is_consent
    consents = sum(p in {Position.AGREE, Position.AGREE_WITH_REMARKS} for p in said.values())
    is_stopped = policy.objection is ObjectionEffect.REVISION and Position.OBJECT in said.values()
    is_quorate = (len(said) + silent) / len(SIX) >= policy.quorum_percent / 100
    is_agreed = is_quorate and consents + silent > 0 and not is_stopped
    assert (result(said, policy) is Outcome.AGREED) == is_agreed


def test_who_objected_and_was_replied_to_does_not_consent_by_silence() -> None:
    silence = Policy(quorum_percent=100, silence_is_consent=True)
    reply = Reply(organisation=JOBCENTER, section=PROCEDURE, text="Die Frist steht im Gesetz.")
    replied = DraftSubmitted(digest=SUBMITTED.digest, replies=(reply,))
    second = round_opened(invited(CARITAS), invited(JOBCENTER, PROCEDURE), number=2, policy=silence)
    close = CloseConsultation(concept=CONCEPT_ID, round=2)
    (ended,) = concept.given(*objected(), replied, second).when(close, at=CLOSES_AT).decided()
    assert isinstance(ended, ConsultationClosed)
    assert ended.outcome is Outcome.LAPSED
    assert ended.missing == (JOBCENTER,)
