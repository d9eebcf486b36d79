from datetime import timedelta

import pytest

from domain.concepts.commands import (
    ExtendConsultation,
    Invite,
    OpenConsultation,
    Schedule,
)
from domain.concepts.errors import (
    DeadlineInThePast,
    DeadlineNotLater,
    InvitedTwice,
    NobodyInvited,
    NothingToAsk,
    NotSubmitted,
    QuorumOutOfRange,
    ReasonMissing,
    RoundNotOpen,
    UnknownSection,
)
from domain.concepts.events import (
    ConsultationExtended,
    Policy,
)
from domain.directory.errors import UnknownOrganisation
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
    agreed,
    concept,
    consulted,
    invited,
    objected,
    published,
    round_opened,
)
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER, STRANGERS, berlin

SECOND = timedelta(seconds=1)
WEDNESDAY = berlin(2026, 3, 4, 15)
TWO_WEEKS = Schedule(working_days=10, grace_working_days=3)


def open_round(
    *invites: Invite, schedule: Schedule = TWO_WEEKS, policy: Policy | None = None
) -> OpenConsultation:
    return OpenConsultation(
        concept=CONCEPT_ID, schedule=schedule, invited=invites, policy=policy or Policy()
    )


def extend(schedule: Schedule, number: int = 1, reason: str = "Ferien") -> ExtendConsultation:
    return ExtendConsultation(concept=CONCEPT_ID, round=number, schedule=schedule, reason=reason)


def test_a_round_asks_every_invited_organisation_about_every_section_with_text() -> None:
    concept.given(*DRAFTED, SUBMITTED).when(
        open_round(Invite(organisation=JOBCENTER), Invite(organisation=CARITAS))
    ).then(round_opened(invited(CARITAS, *BOTH), invited(JOBCENTER, *BOTH)))


def test_an_organisation_may_be_asked_about_single_sections() -> None:
    concept.given(*DRAFTED, SUBMITTED).when(
        open_round(
            Invite(organisation=JOBCENTER, sections=(PROCEDURE, OUTLOOK)),
            Invite(organisation=CARITAS),
        )
    ).then(
        round_opened(
            invited(CARITAS, *BOTH), invited(JOBCENTER, PROCEDURE, scope=(PROCEDURE, OUTLOOK))
        )
    )


def test_an_organisation_is_asked_about_a_section_once_even_if_it_is_named_twice() -> None:
    twice = Invite(organisation=JOBCENTER, sections=(PROCEDURE, SITUATION, PROCEDURE))
    concept.given(*DRAFTED, SUBMITTED).when(open_round(twice)).then(
        round_opened(invited(JOBCENTER, *BOTH, scope=BOTH))
    )


def test_a_round_keeps_the_policy_it_was_opened_with() -> None:
    policy = Policy(quorum_percent=100, silence_is_consent=True)
    concept.given(*DRAFTED, SUBMITTED).when(
        open_round(Invite(organisation=CARITAS), policy=policy)
    ).then(round_opened(invited(CARITAS, *BOTH), policy=policy))


def test_only_a_submitted_draft_goes_into_consultation() -> None:
    opening = open_round(Invite(organisation=CARITAS))
    concept.given(*DRAFTED).when(opening).then_refused(NotSubmitted, stage="drafting")
    concept.given(*objected()).when(opening).then_refused(NotSubmitted, stage="revising")
    concept.given(*published()).when(opening).then_refused(NotSubmitted, stage="published")


def test_there_is_one_round_at_a_time() -> None:
    concept.given(*consulted()).when(open_round(Invite(organisation=CHAMBER))).then_refused(
        NotSubmitted, stage="consulting"
    )


def test_a_first_round_invites_somebody() -> None:
    concept.given(*DRAFTED, SUBMITTED).when(open_round()).then_refused(NobodyInvited)


def test_nobody_is_invited_twice() -> None:
    twice = (Invite(organisation=CARITAS), Invite(organisation=CARITAS, sections=(SITUATION,)))
    concept.given(*DRAFTED, SUBMITTED).when(open_round(*twice)).then_refused(
        InvitedTwice, organisation=CARITAS
    )


def test_only_organisations_of_the_directory_are_invited() -> None:
    concept.given(*DRAFTED, SUBMITTED).when(
        open_round(Invite(organisation=STRANGERS))
    ).then_refused(UnknownOrganisation, organisation=STRANGERS)


def test_only_sections_of_the_concept_are_asked() -> None:
    weather = Invite(organisation=CARITAS, sections=("weather",))
    concept.given(*DRAFTED, SUBMITTED).when(open_round(weather)).then_refused(
        UnknownSection, section="weather"
    )


def test_a_round_in_which_nobody_has_anything_to_read_is_not_opened() -> None:
    outlook = Invite(organisation=CARITAS, sections=(OUTLOOK,))
    concept.given(*DRAFTED, SUBMITTED).when(open_round(outlook)).then_refused(NothingToAsk)


@pytest.mark.parametrize("quorum", [-1, 101])
def test_a_quorum_is_a_share(quorum: int) -> None:
    opening = open_round(Invite(organisation=CARITAS), policy=Policy(quorum_percent=quorum))
    concept.given(*DRAFTED, SUBMITTED).when(opening).then_refused(
        QuorumOutOfRange, quorum_percent=quorum
    )


@pytest.mark.parametrize("quorum", [0, 100])
def test_a_quorum_may_be_nobody_or_everybody(quorum: int) -> None:
    policy = Policy(quorum_percent=quorum)
    concept.given(*DRAFTED, SUBMITTED).when(
        open_round(Invite(organisation=CARITAS), policy=policy)
    ).then(round_opened(invited(CARITAS, *BOTH), policy=policy))


def test_a_round_is_opened_with_a_deadline_ahead() -> None:
    yesterday = Schedule(due=berlin(2026, 3, 1))
    concept.given(*DRAFTED, SUBMITTED).when(
        open_round(Invite(organisation=CARITAS), schedule=yesterday)
    ).then_refused(DeadlineInThePast)


def test_an_extension_gives_a_later_deadline_with_its_reminders_and_its_reason() -> None:
    concept.given(*consulted()).when(extend(Schedule(working_days=13)), at=WEDNESDAY).then(EXTENDED)


def test_a_round_is_extended_after_its_deadline_while_it_takes_answers() -> None:
    in_time = concept.given(*consulted()).when(extend(Schedule(working_days=5)), at=DUE)
    assert len(in_time.decided()) == 1
    concept.given(*consulted()).when(
        extend(Schedule(working_days=5)), at=CLOSES_AT - SECOND
    ).decided()


def test_a_round_that_takes_no_more_answers_is_not_extended() -> None:
    concept.given(*consulted()).when(extend(Schedule(working_days=5)), at=CLOSES_AT).then_refused(
        RoundNotOpen, round=1
    )
    concept.given(*agreed()).when(extend(Schedule(working_days=5))).then_refused(RoundNotOpen)
    concept.given(*consulted()).when(extend(Schedule(working_days=13), number=2)).then_refused(
        RoundNotOpen, round=2
    )


def test_an_extension_gives_more_time_and_never_less() -> None:
    for due in (DUE, DUE - SECOND):
        concept.given(*consulted()).when(extend(Schedule(due=due))).then_refused(
            DeadlineNotLater, due=due.isoformat()
        )


def test_an_extension_never_takes_back_the_time_in_which_the_missing_may_answer() -> None:
    hour_later = Schedule(due=DUE + timedelta(hours=1))
    concept.given(*consulted()).when(extend(hour_later)).then_refused(DeadlineNotLater)
    same_end = Schedule(due=DUE + timedelta(hours=1), closes_at=CLOSES_AT)
    (extended,) = concept.given(*consulted()).when(extend(same_end)).decided()
    assert isinstance(extended, ConsultationExtended)
    assert extended.closes_at == CLOSES_AT


def test_an_extension_has_a_reason() -> None:
    concept.given(*consulted()).when(extend(Schedule(working_days=13), reason=" ")).then_refused(
        ReasonMissing
    )
