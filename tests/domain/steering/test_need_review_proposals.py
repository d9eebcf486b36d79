from datetime import date
from typing import Any

import msgspec
import pytest

from domain.kernel import stream_id
from domain.steering.agenda import Alternative, ItemKind
from domain.steering.mandate import Notice
from domain.steering.minutes import Decided
from domain.steering.need_review import Open
from domain.steering.need_review_commands import (
    CorrectEvidence,
    DropProposal,
    NoteRejection,
    NoteResolution,
    PutProposalForward,
    RecordEvidence,
    TakeProposalBack,
    WithdrawEvidence,
    WriteProposal,
)
from domain.steering.need_review_context import Count
from domain.steering.need_review_errors import (
    AdoptedByBody,
    EvidenceAlreadyRecorded,
    EvidenceIsUsed,
    EvidenceMeetingNotNext,
    EvidenceWithdrawn,
    FieldMissing,
    MalformedAlternatives,
    MeetingInTheFuture,
    NobodyAttended,
    NotAFieldOfMeeting,
    NothingExamined,
    NotOnTheAgenda,
    NotTurnedDown,
    ProposalChanged,
    ProposalNotNext,
    ProposalNotPutForward,
    ProposalNotWritten,
    ResolutionOfSomethingElse,
    ReviewReasonMissing,
    ReviewTextMissing,
    UnknownEvidenceMeeting,
    UnknownProposal,
)
from domain.steering.need_review_events import (
    Evidence,
    EvidenceKind,
    EvidenceMeetingCorrected,
    EvidenceMeetingWithdrawn,
    ProposalDropped,
    ProposalTakenBack,
    ProposalTurnedDown,
)
from domain.steering.resolution_events import ResolutionAnnulled, ResolutionRevoked
from tests.domain.county import CHAMBER, JOBCENTER
from tests.domain.steering.need_review_example import (
    ALTERNATIVES,
    BEFORE_THE_BODY,
    EVIDENCE,
    LANGUAGE,
    OPENED,
    REVIEW_ID,
    WORK,
    after,
    found,
    put_forward,
    resolved,
    review,
    written,
)
from tests.domain.steering.resolution_example import (
    GROUP_MANDATE,
    ITEM,
    NEXT_SESSION,
    RESOLUTION_ID,
    SESSION,
    VOTED,
    passed,
)
from tests.domain.steering.resolution_example import after as resolution_after

RECORD = RecordEvidence(
    review=REVIEW_ID,
    meeting=1,
    held_on=date(2026, 1, 20),
    fields=(WORK, LANGUAGE),
    attended=(JOBCENTER, CHAMBER, JOBCENTER),
    evidence=EVIDENCE,
)
CORRECT = CorrectEvidence(
    review=REVIEW_ID,
    meeting=1,
    held_on=date(2026, 1, 21),
    fields=(LANGUAGE,),
    attended=(CHAMBER,),
    evidence=EVIDENCE[:1],
    summary="",
    reason="Verwechselt",
)
CORRECTED = EvidenceMeetingCorrected(
    review=REVIEW_ID,
    meeting=1,
    held_on=date(2026, 1, 21),
    fields=(LANGUAGE,),
    attended=(CHAMBER,),
    evidence=EVIDENCE[:1],
    summary="",
    reason="Verwechselt",
)
WITHDRAW = WithdrawEvidence(review=REVIEW_ID, meeting=1, reason="Fiel aus")
WITHDRAWN = EvidenceMeetingWithdrawn(review=REVIEW_ID, meeting=1, reason="Fiel aus")
WRITE = WriteProposal(
    review=REVIEW_ID,
    proposal=1,
    title="Fachsprache",
    reasons="Die Zahlen steigen.",
    alternatives=ALTERNATIVES,
    based_on=0,
)
FORWARD = PutProposalForward(review=REVIEW_ID, proposal=1, session=SESSION, item=ITEM)
BACK = TakeProposalBack(review=REVIEW_ID, proposal=1, reason="Vertagt")
TAKEN_BACK = ProposalTakenBack(review=REVIEW_ID, proposal=1, reason="Vertagt")
DROP = DropProposal(review=REVIEW_ID, proposal=1, reason="Überholt")
DROPPED = ProposalDropped(review=REVIEW_ID, proposal=1, reason="Überholt")
NOTE = NoteResolution(review=REVIEW_ID, proposal=1, resolution=RESOLUTION_ID)
REJECTED = NoteRejection(review=REVIEW_ID, proposal=1)
TURNED_DOWN = ProposalTurnedDown(review=REVIEW_ID, proposal=1, session=SESSION, item=ITEM)
IN_FORCE = resolution_after(passed(GROUP_MANDATE))
ANNULLED = ResolutionAnnulled(resolution=RESOLUTION_ID, reason="Verzählt")


def counted(*decided: Decided) -> tuple[Count, ...]:
    return tuple(Count(alternative="group", decided=one) for one in decided)


def test_what_was_found_in_a_meeting_is_recorded_with_who_was_there() -> None:
    review.given(OPENED).when(RECORD).then(found())
    review.given(OPENED, found()).when(RECORD).then_nothing()
    other = msgspec.structs.replace(RECORD, summary="Mehr.")
    review.given(OPENED, found()).when(other).then_refused(EvidenceAlreadyRecorded, meeting=1)
    second = msgspec.structs.replace(RECORD, meeting=2)
    review.given(OPENED).when(second).then_refused(EvidenceMeetingNotNext, meeting=2, following=1)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"held_on": date(2026, 3, 3)}, MeetingInTheFuture),
        ({"fields": ()}, FieldMissing),
        ({"attended": ()}, NobodyAttended),
        ({"fields": (LANGUAGE,)}, NotAFieldOfMeeting),
        (
            {"evidence": (Evidence(kind=EvidenceKind.OFFER, field=WORK, text=" "),)},
            ReviewTextMissing,
        ),
    ],
)
def test_a_record_says_what_was_found_where(change: dict[str, Any], error: Any) -> None:
    review.given(OPENED).when(msgspec.structs.replace(RECORD, **change)).then_refused(error)


def test_a_record_is_corrected_or_withdrawn_with_a_reason() -> None:
    review.given(OPENED, found()).when(CORRECT).then(CORRECTED)
    review.given(OPENED, found(), CORRECTED).when(CORRECT).then_nothing()
    review.given(OPENED, found()).when(WITHDRAW).then(WITHDRAWN)
    review.given(OPENED, found(), WITHDRAWN).when(WITHDRAW).then_nothing()
    review.given(OPENED, found(), WITHDRAWN).when(CORRECT).then_refused(EvidenceWithdrawn)
    for command in (CORRECT, WITHDRAW):
        review.given(OPENED).when(command).then_refused(UnknownEvidenceMeeting, meeting=1)
        silent = msgspec.structs.replace(command, reason=" ")
        review.given(OPENED, found()).when(silent).then_refused(ReviewReasonMissing)


def test_what_is_before_the_body_rests_on_a_meeting() -> None:
    review.given(*BEFORE_THE_BODY).when(WITHDRAW).then_refused(EvidenceIsUsed, meeting=1)
    review.given(OPENED, found(), written()).when(WITHDRAW).then(WITHDRAWN)
    review.given(*BEFORE_THE_BODY, found(2)).when(WITHDRAW).then(WITHDRAWN)
    without = (OPENED, found(), WITHDRAWN, written())
    knowing = review.knowing(item=VOTED.item)
    knowing.given(*without).when(FORWARD).then_refused(NothingExamined)


def test_a_proposal_is_written_in_versions_that_nobody_writes_over_unseen() -> None:
    review.given(OPENED).when(WRITE).then(written())
    review.given(OPENED, written()).when(WRITE).then_nothing()
    other = msgspec.structs.replace(WRITE, reasons="Mehr.")
    review.given(OPENED, written()).when(other).then_refused(
        ProposalChanged, proposal=1, based_on=0, current=1
    )
    based = msgspec.structs.replace(other, based_on=1)
    second = msgspec.structs.replace(written(version=2), reasons="Mehr.")
    review.given(OPENED, written()).when(based).then(second)
    far = msgspec.structs.replace(WRITE, proposal=3)
    review.given(OPENED, written()).when(far).then_refused(ProposalNotNext, proposal=3, following=2)


@pytest.mark.parametrize(
    "alternatives",
    [
        (),
        (Alternative(key="a", text="Ja."), Alternative(key="a", text="Nein.")),
        (Alternative(key="a", text=" "),),
        (Alternative(key="", text="Ja."),),
    ],
)
def test_a_proposal_has_a_wording_or_several_different_ones(
    alternatives: tuple[Alternative, ...],
) -> None:
    asked = msgspec.structs.replace(WRITE, alternatives=alternatives)
    review.given(OPENED).when(asked).then_refused(MalformedAlternatives, proposal=1)
    review.given(OPENED).when(msgspec.structs.replace(WRITE, title="")).then_refused(
        ReviewTextMissing
    )


def test_a_proposal_is_put_forward_as_an_item_to_be_voted_on() -> None:
    knowing = review.knowing(item=VOTED.item)
    knowing.given(OPENED, found(), written()).when(FORWARD).then(put_forward())
    knowing.given(*BEFORE_THE_BODY).when(FORWARD).then_nothing()
    elsewhere = msgspec.structs.replace(FORWARD, session=NEXT_SESSION)
    knowing.given(*BEFORE_THE_BODY).when(elsewhere).then_refused(
        ProposalNotWritten, proposal=1, stage="put-forward"
    )
    report = msgspec.structs.replace(VOTED.item, kind=ItemKind.REPORT)
    for item in (None, report):
        review.knowing(item=item).given(OPENED, found(), written()).when(FORWARD).then_refused(
            NotOnTheAgenda, session=str(SESSION), item=str(ITEM)
        )


def test_what_is_before_the_body_is_not_changed_or_dropped() -> None:
    changed = msgspec.structs.replace(WRITE, reasons="Mehr.", based_on=1)
    for command in (changed, DROP):
        review.given(*BEFORE_THE_BODY).when(command).then_refused(
            ProposalNotWritten, proposal=1, stage="put-forward"
        )
    review.given(*BEFORE_THE_BODY, TAKEN_BACK).when(DROP).then(DROPPED)
    review.given(OPENED, written(), DROPPED).when(DROP).then_nothing()


def test_a_proposal_deferred_or_only_recommended_on_is_taken_back() -> None:
    given = review.given(*BEFORE_THE_BODY)
    given.when(BACK).then(TAKEN_BACK)
    given.knowing(counts=counted(Decided.RECOMMENDED)).when(BACK).then(TAKEN_BACK)
    adopted = counted(Decided.REJECTED, Decided.ADOPTED)
    given.knowing(counts=adopted).when(BACK).then_refused(AdoptedByBody, proposal=1)
    review.given(OPENED, written()).when(BACK).then_nothing()
    silent = msgspec.structs.replace(BACK, reason="")
    given.when(silent).then_refused(ReviewReasonMissing)


def test_what_was_resolved_is_taken_back_only_if_the_resolution_was_void() -> None:
    history = (*BEFORE_THE_BODY, resolved())
    review.knowing(resolution=IN_FORCE).given(*history).when(BACK).then_refused(
        ProposalNotPutForward, proposal=1, stage="resolved"
    )
    void = resolution_after(passed(GROUP_MANDATE), ANNULLED)
    review.knowing(resolution=void).given(*history).when(BACK).then(TAKEN_BACK)


def test_a_proposal_is_decided_by_the_resolution_of_its_own_item() -> None:
    knowing = review.knowing(resolution=IN_FORCE)
    knowing.given(*BEFORE_THE_BODY).when(NOTE).then(resolved())
    knowing.given(*BEFORE_THE_BODY, resolved()).when(NOTE).then_nothing()
    noted = resolution_after(passed(Notice()))
    review.knowing(resolution=noted).given(*BEFORE_THE_BODY).when(NOTE).then(
        resolved(establishes_group=False)
    )
    knowing.given(OPENED, found(), written()).when(NOTE).then_refused(
        ProposalNotPutForward, proposal=1, stage="written"
    )


def test_no_other_resolution_decides_it() -> None:
    other_item = msgspec.structs.replace(passed(GROUP_MANDATE), item=stream_id("item", "other"))
    revoked = ResolutionRevoked(resolution=RESOLUTION_ID, revoking=stream_id("resolution", "x"))
    for history in (
        (),
        (passed(GROUP_MANDATE, session=NEXT_SESSION),),
        (other_item,),
        (passed(GROUP_MANDATE), ANNULLED),
        (passed(GROUP_MANDATE), revoked),
    ):
        review.knowing(resolution=resolution_after(*history)).given(*BEFORE_THE_BODY).when(
            NOTE
        ).then_refused(ResolutionOfSomethingElse, proposal=1, resolution=str(RESOLUTION_ID))


def test_a_proposal_is_turned_down_by_valid_votes_that_adopted_no_wording_of_it() -> None:
    rejected = counted(Decided.REJECTED, Decided.REJECTED)
    knowing = review.knowing(counts=rejected, is_closed=True)
    knowing.given(*BEFORE_THE_BODY).when(REJECTED).then(TURNED_DOWN)
    knowing.given(*BEFORE_THE_BODY, TURNED_DOWN).when(REJECTED).then_nothing()
    knowing.given(OPENED, written()).when(REJECTED).then_refused(ProposalNotPutForward)


@pytest.mark.parametrize(
    ("decided", "is_closed"),
    [
        ((), True),
        ((Decided.REJECTED,), False),
        ((Decided.REJECTED, Decided.ADOPTED), True),
        ((Decided.NOT_RECOMMENDED,), True),
        ((Decided.REJECTED, Decided.RECOMMENDED), True),
    ],
)
def test_it_is_not_turned_down_otherwise(decided: tuple[Decided, ...], *, is_closed: bool) -> None:
    review.knowing(counts=counted(*decided), is_closed=is_closed).given(*BEFORE_THE_BODY).when(
        REJECTED
    ).then_refused(NotTurnedDown, proposal=1)


def test_what_was_never_proposed_is_unknown() -> None:
    for command in (FORWARD, BACK, DROP, NOTE, REJECTED):
        review.given(OPENED, found()).when(command).then_refused(UnknownProposal, proposal=1)


def test_meetings_that_were_withdrawn_do_not_count() -> None:
    state = after(OPENED, found(), found(2), WITHDRAWN)
    assert isinstance(state, Open)
    assert state.examined.meetings_held == 1
