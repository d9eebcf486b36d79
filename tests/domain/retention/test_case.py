from datetime import date, timedelta

import msgspec
import pytest

from domain.kernel import Actor
from domain.privacy.commands import EraseSubject, LiftHold, PlaceHold
from domain.privacy.errors import SubjectIsErased, UnderLegalHold, UnknownHold, UnknownSubject
from domain.privacy.events import SubjectErased
from domain.retention.classes import Erasing, PersonFile
from domain.retention.commands import (
    ConfirmErasure,
    OfferToArchive,
    PostponeErasure,
    ProposeErasure,
    RecordArchiveAnswer,
    RetentionCommand,
    WithdrawProposal,
)
from domain.retention.errors import (
    ArchiveMayAnswer,
    ArchiveNotAsked,
    NeedsConfirmation,
    NoProposal,
    NotDue,
    NothingToOffer,
    Postponed,
    PostponedIntoThePast,
    SilenceIsNoAnswer,
    UnknownFile,
)
from domain.retention.events import (
    ArchiveAnswer,
    ErasurePostponed,
    ErasureProposed,
    ProposalWithdrawn,
)
from tests.domain.county import ADA, berlin
from tests.domain.retention.example import (
    ADMIN,
    ANSWER_DUE,
    CONFIRMED,
    DECLINED,
    DORA,
    DUE,
    ERASED,
    HELD,
    HOLD,
    KEPT,
    LATER,
    LIFTED,
    OFFERED,
    PROPOSED,
    RETAINED,
    RUN,
    THEN,
    file,
)

PROPOSE = ProposeErasure(person=DORA)
OFFER = OfferToArchive(person=DORA, digest="ab", reference="Az. 7")
DECLINE = RecordArchiveAnswer(person=DORA, answer=ArchiveAnswer.DECLINES, reference="Az. 8")
SILENT = RecordArchiveAnswer(person=DORA, answer=ArchiveAnswer.SILENT)
CONFIRM = ConfirmErasure(person=DORA)
WITHDRAW = WithdrawProposal(person=DORA, reason="Wird noch gebraucht.")
POSTPONE = PostponeErasure(person=DORA, until=date(2032, 6, 1), reason="Prüfung läuft")
REOPENED = PersonFile(retention_class="accounts", closed_on=None)


def proposed(**changes: object) -> ErasureProposed:
    """Proposed under a class that differs in this."""
    retained = msgspec.structs.replace(RETAINED, **changes)
    return msgspec.structs.replace(PROPOSED, retention_class=retained)


def test_the_erasure_is_proposed_when_the_period_is_over() -> None:
    file.given().when(PROPOSE, by=RUN).then(PROPOSED)
    file.given(PROPOSED).when(PROPOSE, by=RUN).then_nothing()


def test_nothing_is_proposed_a_moment_too_early() -> None:
    early = berlin(2031, 12, 31, 23, 59, 59)
    file.given().when(PROPOSE, at=early).then_refused(NotDue, due="2032-01-01")


def test_an_open_file_is_not_proposed() -> None:
    file.given().knowing(kept=REOPENED).when(PROPOSE).then_refused(NotDue, due="")


def test_nothing_is_proposed_for_whom_nobody_knows() -> None:
    file.given().knowing(kept=None).when(PROPOSE).then_refused(UnknownFile, person=str(DORA))


def test_the_archive_is_offered_the_file_and_has_its_period() -> None:
    file.given(PROPOSED).when(OFFER).then(OFFERED)
    file.given(PROPOSED, OFFERED).when(OFFER).then_nothing()


def test_nothing_is_offered_that_was_not_proposed() -> None:
    file.given().when(OFFER).then_refused(NoProposal, stage="not-proposed")


def test_the_archive_is_not_offered_what_its_class_does_not_offer() -> None:
    file.given(proposed(offer_to_archive=False)).when(OFFER).then_refused(NothingToOffer)


def test_the_archive_answers_what_it_was_offered() -> None:
    file.given(PROPOSED, OFFERED).when(DECLINE).then(DECLINED)
    file.given(PROPOSED, OFFERED, DECLINED).when(DECLINE).then_nothing()
    file.given(PROPOSED).when(DECLINE).then_refused(ArchiveNotAsked)


def test_the_archive_may_change_its_answer_until_the_file_is_erased() -> None:
    takes = msgspec.structs.replace(DECLINED, answer=ArchiveAnswer.TAKES_OVER)
    late = msgspec.structs.replace(DECLINE, answer=ArchiveAnswer.TAKES_OVER)
    file.given(PROPOSED, OFFERED, DECLINED).when(late).then(takes)


def test_silence_counts_as_declined_only_if_the_class_says_so() -> None:
    says_so = proposed(silence_is_declined=True)
    silent = msgspec.structs.replace(DECLINED, answer=ArchiveAnswer.SILENT, reference="")
    file.given(says_so, OFFERED).when(SILENT, by=RUN, at=ANSWER_DUE).then(silent)
    file.given(PROPOSED, OFFERED).when(SILENT, by=RUN, at=LATER).then_refused(SilenceIsNoAnswer)


def test_silence_counts_only_after_the_archive_s_period() -> None:
    says_so = proposed(silence_is_declined=True)
    early = ANSWER_DUE - timedelta(microseconds=1)
    file.given(says_so, OFFERED).when(SILENT, by=RUN, at=early).then_refused(
        ArchiveMayAnswer, answer_due=ANSWER_DUE.isoformat()
    )


def test_a_confirmed_erasure_is_recorded_with_class_and_rule_as_its_reason() -> None:
    file.given(PROPOSED, OFFERED, DECLINED).when(CONFIRM).then(CONFIRMED, ERASED)
    file.given(PROPOSED, OFFERED, DECLINED, CONFIRMED, ERASED).when(CONFIRM).then_nothing()


def test_nothing_is_erased_before_the_archive_was_asked_and_has_answered() -> None:
    file.given(PROPOSED).when(CONFIRM).then_refused(ArchiveNotAsked)
    file.given(PROPOSED, OFFERED).when(CONFIRM, at=LATER).then_refused(ArchiveMayAnswer)


def test_a_class_without_an_offer_is_confirmed_at_once() -> None:
    file.given(proposed(offer_to_archive=False)).when(CONFIRM).then(CONFIRMED, ERASED)


def test_the_run_erases_by_itself_only_where_the_class_says_so() -> None:
    automatic = proposed(offer_to_archive=False, erasing=Erasing.AUTOMATIC)
    by_itself = msgspec.structs.replace(CONFIRMED, is_automatic=True)
    file.given(automatic).when(CONFIRM, by=RUN).then(by_itself, ERASED)
    file.given(proposed(offer_to_archive=False)).when(CONFIRM, by=RUN).then_refused(
        NeedsConfirmation
    )


@pytest.mark.parametrize("step", [OFFER, CONFIRM])
def test_a_file_that_is_open_again_goes_no_further(step: RetentionCommand) -> None:
    open_again = file.given(PROPOSED).knowing(kept=REOPENED)
    open_again.when(step).then_refused(NotDue, due="")


def test_a_file_that_was_closed_anew_waits_for_its_new_period() -> None:
    anew = PersonFile(retention_class="accounts", closed_on=date(2031, 5, 1))
    file.given(PROPOSED, OFFERED, DECLINED).knowing(kept=anew).when(CONFIRM).then_refused(
        NotDue, due="2037-01-01"
    )


def test_a_longer_period_in_the_plan_counts_for_what_is_proposed_already() -> None:
    longer = msgspec.structs.replace(RETAINED, years=10)
    file.given(PROPOSED, OFFERED, DECLINED).knowing(retained=longer).when(CONFIRM).then_refused(
        NotDue, due="2037-01-01"
    )


def test_a_shorter_period_in_the_plan_does_not() -> None:
    shorter = msgspec.structs.replace(RETAINED, years=1)
    case = file.given(PROPOSED, OFFERED, DECLINED).knowing(retained=shorter)
    case.when(CONFIRM, at=berlin(2030, 1, 1)).then_refused(NotDue, due=str(DUE))


def test_a_postponed_case_waits_for_its_day() -> None:
    postponed = ErasurePostponed(subject=DORA, until=POSTPONE.until, reason=POSTPONE.reason)
    file.given(PROPOSED).when(POSTPONE).then(postponed)
    file.given(PROPOSED, postponed).when(POSTPONE).then_nothing()
    file.given(PROPOSED, postponed).when(OFFER, at=LATER).then_refused(Postponed)
    file.given(PROPOSED, postponed).when(OFFER, at=berlin(2032, 6, 1)).decided()


def test_a_postponement_is_taken_back_by_a_nearer_day() -> None:
    postponed = ErasurePostponed(subject=DORA, until=POSTPONE.until, reason=POSTPONE.reason)
    today = msgspec.structs.replace(postponed, until=DUE, reason="Doch schon")
    taking_back = PostponeErasure(person=DORA, until=DUE, reason="Doch schon")
    file.given(PROPOSED, postponed).when(taking_back).then(today)
    file.given(PROPOSED, postponed, today).when(OFFER).then(OFFERED)


def test_nothing_is_postponed_into_the_past() -> None:
    yesterday = PostponeErasure(person=DORA, until=date(2031, 12, 31), reason="")
    file.given(PROPOSED).when(yesterday).then_refused(PostponedIntoThePast, until="2031-12-31")


def test_a_withdrawn_proposal_goes_no_further_and_may_be_made_again() -> None:
    withdrawn = ProposalWithdrawn(subject=DORA, reason=WITHDRAW.reason)
    file.given(PROPOSED).when(WITHDRAW).then(withdrawn)
    file.given(PROPOSED, withdrawn).when(WITHDRAW).then_nothing()
    file.given(PROPOSED, withdrawn).when(CONFIRM).then_refused(NoProposal, stage="withdrawn")
    file.given(PROPOSED, withdrawn).when(PROPOSE).then(PROPOSED)


def test_the_run_withdraws_only_what_is_no_longer_due() -> None:
    withdrawn = ProposalWithdrawn(subject=DORA, reason="", is_not_due=True)
    by_itself = WithdrawProposal(person=DORA)
    file.given(PROPOSED).knowing(kept=REOPENED).when(by_itself, by=RUN).then(withdrawn)
    file.given(PROPOSED).when(by_itself, by=RUN).then_nothing()


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ((), PROPOSE),
        ((PROPOSED,), OFFER),
        ((PROPOSED, OFFERED), DECLINE),
        ((PROPOSED, OFFERED, DECLINED), CONFIRM),
        ((PROPOSED, OFFERED, DECLINED), EraseSubject(person=DORA, reason="Art. 17 DSGVO")),
    ],
)
def test_a_hold_stops_every_step_until_it_is_lifted(
    given: tuple[ErasureProposed, ...], step: RetentionCommand
) -> None:
    file.given(*given, HELD).when(step).then_refused(UnderLegalHold, holds="Klage 12 K 3/31")
    assert file.given(*given, HELD, LIFTED).when(step).decided()


@pytest.mark.parametrize("step", [WITHDRAW, POSTPONE])
def test_a_hold_does_not_stop_what_keeps_the_file(step: RetentionCommand) -> None:
    assert file.given(PROPOSED, HELD).when(step).decided()


def test_each_hold_is_lifted_on_its_own() -> None:
    another = msgspec.structs.replace(HELD, hold=DORA, reason="Rechnungsprüfung")
    placing = PlaceHold(person=DORA, hold=HOLD, reason=HELD.reason)
    lifting = LiftHold(person=DORA, hold=HOLD, reason=LIFTED.reason)
    file.given().when(placing).then(HELD)
    file.given(HELD).when(placing).then_nothing()
    file.given(HELD).when(lifting).then(LIFTED)
    file.given(HELD, LIFTED).when(lifting).then_nothing()
    file.given().when(lifting).then_refused(UnknownHold, hold=str(HOLD))
    file.given(HELD, another, LIFTED).when(PROPOSE).then_refused(
        UnderLegalHold, holds="Rechnungsprüfung"
    )


def test_somebody_may_be_erased_outside_the_plan_and_then_the_case_is_over() -> None:
    asked_for = EraseSubject(person=DORA, reason="Art. 17 DSGVO")
    erased = SubjectErased(subject=DORA, reason="Art. 17 DSGVO")
    file.given(PROPOSED).when(asked_for).then(erased)
    file.given(PROPOSED, erased).when(asked_for).then_nothing()
    for step in (PROPOSE, OFFER, DECLINE, WITHDRAW, POSTPONE):
        file.given(PROPOSED, erased).when(step).then_refused(SubjectIsErased)


def test_whoever_is_unknown_is_not_erased() -> None:
    nobody = file.given(PROPOSED, OFFERED, DECLINED).knowing(is_known=False)
    nobody.when(CONFIRM).then_refused(UnknownSubject, person=str(DORA))


@pytest.mark.parametrize("by", [ADA, ADMIN])
def test_who_asks_makes_no_difference_to_a_proposal(by: Actor) -> None:
    file.given().when(PROPOSE, by=by, at=THEN).then(PROPOSED)
    assert KEPT.closed_on == PROPOSED.closed_on
