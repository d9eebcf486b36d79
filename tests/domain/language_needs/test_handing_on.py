"""A report is handed on: every hand-over names who holds it, and until when."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.course_offers.decide import COURSE_OFFER
from domain.directory.errors import UnknownOrganisation
from domain.kernel import Erased, stream_id
from domain.language_needs.commands import (
    AnswerCompany,
    AnswerQuestion,
    AnswerReferral,
    AskCompany,
    LeavePool,
    ProposeOffer,
    PutIntoPool,
    RecallReferral,
)
from domain.language_needs.errors import NamesSomebody, TextMissing
from domain.language_needs.errors_processing import (
    AlreadyEnded,
    AlreadyReferred,
    AnswerIncomplete,
    DueOutOfRange,
    InAnotherPool,
    NoConsent,
    NotACoordinator,
    NotAtThisStage,
    NotReferredTo,
    OfferNotOpen,
    PoolingNotWanted,
)
from domain.language_needs.events import (
    AnswerKind,
    CompanyAnswered,
    OfferProposed,
    Priority,
    QuestionAnswered,
    ReferralAnswered,
    ReferralOutcome,
    ReferralRecalled,
    ReportLeftPool,
    ReportPutIntoPool,
    ReportTriaged,
)
from domain.language_needs.holder import Holder, HolderKind, Task
from domain.language_needs.report import Asked, Held, Referred, Triaged, holder_of, stage_of
from tests.domain.county import CARITAS, DORA, JOBCENTER, MONDAY, STRANGERS, berlin
from tests.domain.course_offers.example import ENTERED, OFFER_ID
from tests.domain.language_needs.example import (
    ACKNOWLEDGE,
    ACKNOWLEDGED,
    ANSWER,
    ANSWERED,
    ASKED,
    CLOSED,
    COMPANY,
    CONTACT_PERSON,
    NEED,
    PARTNER,
    REFER,
    REFERRED,
    REPORT_ID,
    SUBMITTED,
    TRIAGE,
    TRIAGED,
    UNTIL_RUNNING,
    UNTIL_TRIAGED,
    after,
    ours,
    report,
)

LATER = MONDAY + timedelta(days=1)
ASK = AskCompany(report=REPORT_ID, question=str(ASKED.question))
POOL, OTHER_POOL = stream_id("pool", "a"), stream_id("pool", "b")
POOLED = ReportPutIntoPool(report=REPORT_ID, pool=POOL)
OFFERED = COURSE_OFFER.replay((ENTERED,))


def test_the_company_hears_within_a_working_day_who_sees_to_its_report() -> None:
    report.given(SUBMITTED).when(ACKNOWLEDGE).then(ACKNOWLEDGED)
    report.given(SUBMITTED, ACKNOWLEDGED).when(ACKNOWLEDGE, at=LATER).then_nothing()


def test_whoever_is_named_to_the_company_works_for_the_coordination() -> None:
    stranger = report.given(SUBMITTED).knowing(is_coordinator=False)
    stranger.when(ACKNOWLEDGE).then_refused(NotACoordinator)


def test_somebody_else_may_take_it_over_without_gaining_time() -> None:
    other = msgspec.structs.replace(ACKNOWLEDGE, contact_person="other", message="Vertretung")
    (taken,) = report.given(SUBMITTED, ACKNOWLEDGED).when(other, at=LATER).decided()
    holder = holder_of(after(SUBMITTED, ACKNOWLEDGED, taken))
    assert holder == msgspec.structs.replace(ACKNOWLEDGED.holder, account="other")


def test_triage_says_how_urgent_it_is_and_who_may_help() -> None:
    report.given(SUBMITTED).when(TRIAGE).then_refused(NotAtThisStage, stage="received")
    report.given(SUBMITTED, ACKNOWLEDGED).when(TRIAGE).then(TRIAGED)
    report.given(*UNTIL_TRIAGED).when(TRIAGE, at=LATER).then_nothing()
    strange = msgspec.structs.replace(TRIAGE, routes=(STRANGERS,))
    report.given(SUBMITTED, ACKNOWLEDGED).when(strange).then_refused(UnknownOrganisation)


def test_triage_said_anew_gains_no_time() -> None:
    urgent = msgspec.structs.replace(TRIAGE, priority=Priority.URGENT)
    (said,) = report.given(*UNTIL_TRIAGED).when(urgent, at=LATER).decided()
    assert isinstance(said, ReportTriaged)
    assert said.holder == TRIAGED.holder


def test_a_partner_holds_what_the_company_agreed_to_pass_on() -> None:
    report.given(*UNTIL_TRIAGED).when(REFER).then(REFERRED)
    report.given(*UNTIL_TRIAGED, REFERRED).when(REFER, at=LATER).then_nothing()
    elsewhere = msgspec.structs.replace(REFER, organisation=CARITAS)
    report.given(*UNTIL_TRIAGED).when(elsewhere).then_refused(NoConsent, organisation=CARITAS)


def test_one_partner_holds_it_at_a_time() -> None:
    agreed = msgspec.structs.replace(NEED, consent=(CARITAS, JOBCENTER))
    both = (msgspec.structs.replace(SUBMITTED, need=agreed), ACKNOWLEDGED, TRIAGED, REFERRED)
    elsewhere = msgspec.structs.replace(REFER, organisation=CARITAS)
    report.given(*both).when(elsewhere).then_refused(AlreadyReferred, organisation=JOBCENTER)


def test_a_partner_is_not_asked_about_somebody_by_name() -> None:
    about = msgspec.structs.replace(REFER, question="Ist Herr Demir berechtigt?")
    report.given(*UNTIL_TRIAGED).when(about).then_refused(NamesSomebody)


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 5, 2)])
def test_a_partner_has_neither_no_time_nor_for_ever(day: date) -> None:
    dated = msgspec.structs.replace(REFER, due=day)
    report.given(*UNTIL_TRIAGED).when(dated).then_refused(
        DueOutOfRange, due=day.isoformat(), last="2026-05-01", field="due"
    )


def test_a_partner_may_be_given_another_date() -> None:
    dated = msgspec.structs.replace(REFER, due=date(2026, 3, 6))
    holder = msgspec.structs.replace(PARTNER, due=berlin(2026, 3, 6, 18))
    report.given(*UNTIL_TRIAGED).when(dated).then(msgspec.structs.replace(REFERRED, holder=holder))


@pytest.mark.parametrize("outcome", ReferralOutcome)
def test_whatever_a_partner_answers_the_coordination_holds_it_again(
    outcome: ReferralOutcome,
) -> None:
    command = AnswerReferral(
        report=REPORT_ID, organisation=JOBCENTER, answer=outcome, text="Wir prüfen."
    )
    answered = ReferralAnswered(
        report=REPORT_ID,
        organisation=JOBCENTER,
        answer=outcome,
        text="Wir prüfen.",
        holder=ours(Task.PLACE, 10, at=LATER),
    )
    given = report.given(*UNTIL_TRIAGED, REFERRED)
    given.when(command, by=DORA, at=LATER).then(answered)
    state = after(*UNTIL_TRIAGED, REFERRED, answered)
    assert isinstance(state, Triaged)
    assert state.record.referrals[-1].answer is outcome


def test_only_the_partner_that_holds_it_answers() -> None:
    command = AnswerReferral(
        report=REPORT_ID, organisation=CARITAS, answer=ReferralOutcome.ACCEPTED
    )
    report.given(*UNTIL_TRIAGED, REFERRED).when(command).then_refused(NotReferredTo)
    theirs = msgspec.structs.replace(command, organisation=JOBCENTER)
    report.given(*UNTIL_TRIAGED).when(theirs).then_refused(NotReferredTo)


def test_a_referral_is_taken_back_with_a_reason() -> None:
    command = RecallReferral(report=REPORT_ID, reason="Keine Antwort.")
    recalled = ReferralRecalled(
        report=REPORT_ID,
        organisation=JOBCENTER,
        reason="Keine Antwort.",
        holder=ours(Task.PLACE, 10, at=LATER),
    )
    report.given(*UNTIL_TRIAGED, REFERRED).when(command, at=LATER).then(recalled)
    state = after(*UNTIL_TRIAGED, REFERRED, recalled)
    assert isinstance(state, Triaged)
    assert not state.record.referrals[-1].is_open
    report.given(*UNTIL_TRIAGED).when(command).then_refused(NotAtThisStage)


def test_a_question_is_the_companys_turn_and_its_answer_goes_on_where_it_stood() -> None:
    report.given(*UNTIL_TRIAGED).when(ASK).then(ASKED)
    report.given(*UNTIL_TRIAGED, ASKED).when(ASK, at=LATER).then_nothing()
    for events, what, days in (
        (UNTIL_TRIAGED, Task.PLACE, 10),
        ((SUBMITTED, ACKNOWLEDGED), Task.TRIAGE, 3),
    ):
        state = after(*events, ASKED)
        assert isinstance(state, Asked)
        assert state.holder.kind is HolderKind.COMPANY
        command = AnswerQuestion(report=REPORT_ID, text="Ja, für zwölf.")
        answered = QuestionAnswered(
            report=REPORT_ID, text="Ja, für zwölf.", holder=ours(what, days, at=LATER)
        )
        report.given(*events, ASKED).when(command, by=COMPANY, at=LATER).then(answered)
        state = after(*events, ASKED, answered)
        assert isinstance(state, Held)
        assert state.record.questions[-1].answer == "Ja, für zwölf."
    report.given(SUBMITTED).when(ASK).then_refused(NotAtThisStage)


def test_an_answer_to_a_question_names_nobody() -> None:
    command = AnswerQuestion(report=REPORT_ID, text="Frau Yildiz und Herr Demir")
    report.given(*UNTIL_TRIAGED, ASKED).when(command, by=COMPANY).then_refused(NamesSomebody)
    silent = AnswerQuestion(report=REPORT_ID, text=" ")
    report.given(*UNTIL_TRIAGED, ASKED).when(silent, by=COMPANY).then_refused(TextMissing)


def test_an_offer_is_proposed_once_and_only_an_open_one() -> None:
    command = ProposeOffer(report=REPORT_ID, offer=OFFER_ID, reasons=("level", "seats"))
    proposed = OfferProposed(report=REPORT_ID, offer=OFFER_ID, reasons=("level", "seats"))
    report.given(*UNTIL_TRIAGED).when(command).then_refused(OfferNotOpen)
    report.given(*UNTIL_TRIAGED).knowing(offer=OFFERED).when(command).then(proposed)
    report.given(*UNTIL_TRIAGED, proposed).when(command).then_nothing()


def test_a_report_is_in_one_pool_at_a_time_and_only_if_its_company_would_share() -> None:
    command = PutIntoPool(report=REPORT_ID, pool=POOL)
    report.given(*UNTIL_TRIAGED).when(command).then(POOLED)
    report.given(*UNTIL_TRIAGED, POOLED).when(command).then_nothing()
    other = PutIntoPool(report=REPORT_ID, pool=OTHER_POOL)
    report.given(*UNTIL_TRIAGED, POOLED).when(other).then_refused(InAnotherPool, pool=str(POOL))
    alone = msgspec.structs.replace(SUBMITTED, need=msgspec.structs.replace(NEED, pooling=False))
    report.given(alone, ACKNOWLEDGED, TRIAGED).when(command).then_refused(PoolingNotWanted)


def test_a_pool_is_left_also_once_the_report_has_ended() -> None:
    command = LeavePool(report=REPORT_ID, pool=POOL, reason="Zu weit.")
    left = ReportLeftPool(report=REPORT_ID, pool=POOL, reason="Zu weit.")
    report.given(*UNTIL_TRIAGED, POOLED).when(command).then(left)
    report.given(*UNTIL_TRIAGED, POOLED, CLOSED).when(command).then(left)
    report.given(*UNTIL_TRIAGED, POOLED, left).when(command).then_nothing()


def test_the_company_is_told_what_there_is_and_if_there_is_nothing_why() -> None:
    report.given(*UNTIL_TRIAGED).when(ANSWER).then(ANSWERED)
    report.given(*UNTIL_TRIAGED, ANSWERED).when(ANSWER, at=LATER).then_nothing()
    offer = msgspec.structs.replace(ANSWER, kind=AnswerKind.OFFER, offer=OFFER_ID)
    (told,) = report.given(*UNTIL_TRIAGED, ANSWERED).knowing(offer=OFFERED).when(offer).decided()
    assert isinstance(told, CompanyAnswered)
    assert told.offer == OFFER_ID
    report.given(*UNTIL_TRIAGED).when(offer).then_refused(OfferNotOpen)


@pytest.mark.parametrize(
    "command",
    [
        msgspec.structs.replace(ANSWER, kind=AnswerKind.OFFER),
        msgspec.structs.replace(ANSWER, kind=AnswerKind.POOL),
        msgspec.structs.replace(ANSWER, kind=AnswerKind.POOL, pool=POOL),
        msgspec.structs.replace(ANSWER, kind=AnswerKind.REFERRED),
        msgspec.structs.replace(ANSWER, offer=OFFER_ID),
    ],
)
def test_an_answer_is_about_what_it_says(command: AnswerCompany) -> None:
    report.given(*UNTIL_TRIAGED).when(command).then_refused(AnswerIncomplete)


def test_an_answer_about_a_pool_names_the_one_the_report_is_in() -> None:
    pool = msgspec.structs.replace(ANSWER, kind=AnswerKind.POOL, pool=POOL)
    assert report.given(*UNTIL_TRIAGED, POOLED).when(pool).decided()


def test_nothing_is_answered_before_triage_or_while_somebody_else_holds_it() -> None:
    for events in ((SUBMITTED,), (*UNTIL_TRIAGED, REFERRED), (*UNTIL_TRIAGED, ASKED)):
        report.given(*events).when(ANSWER).then_refused(NotAtThisStage)
    report.given(SUBMITTED, CLOSED).when(ANSWER).then_refused(AlreadyEnded)
    report.given(*UNTIL_RUNNING, CLOSED).when(REFER).then_refused(AlreadyEnded)


def test_a_report_that_is_referred_is_held_by_its_partner_alone() -> None:
    state = after(*UNTIL_TRIAGED, REFERRED)
    assert isinstance(state, Referred)
    assert stage_of(state) == "referred"
    assert state.holder == Holder(
        kind=HolderKind.PARTNER,
        what=Task.REFERRAL,
        since=MONDAY,
        due=berlin(2026, 3, 16, 18),
        organisation=JOBCENTER,
    )
    assert not isinstance(state.record.contact, Erased)
    assert state.record.contact_person == CONTACT_PERSON
