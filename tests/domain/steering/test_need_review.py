from collections.abc import Sequence

import msgspec
import pytest

from domain.assessments.errors import MalformedSchoolYear
from domain.steering.mandate import Commission
from domain.steering.need_review import Abandoned, Closed
from domain.steering.need_review_commands import (
    AbandonNeedReview,
    CloseNeedReview,
    CorrectEvidence,
    DropProposal,
    NeedReviewCommand,
    NoteRejection,
    NoteResolution,
    OpenNeedReview,
    OpenReviewByResolution,
    PutProposalForward,
    RecordEvidence,
    TakeProposalBack,
    WithdrawEvidence,
    WriteProposal,
)
from domain.steering.need_review_errors import (
    MalformedReviewKey,
    NothingResolved,
    ProposalsOpen,
    ReviewAlreadyOpened,
    ReviewIsMandated,
    ReviewNotMandated,
    ReviewOver,
    ReviewReasonMissing,
    ReviewTextMissing,
    UnknownReview,
)
from domain.steering.need_review_events import (
    NeedOutcome,
    NeedReviewAbandoned,
    NeedReviewClosed,
    NeedReviewEvent,
    ProposalDropped,
    ProposalTurnedDown,
)
from domain.steering.resolution_events import (
    ResolutionAnnulled,
    ResolutionEvent,
    ResolutionRevoked,
)
from tests.domain.county import CHAMBER, CLOCK
from tests.domain.steering.need_review_example import (
    ALTERNATIVES,
    BEFORE_THE_BODY,
    EVIDENCE,
    LANGUAGE,
    MANDATE,
    MANDATED,
    MANDATING,
    OPENED,
    QUESTION,
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
    EARLIER_SESSION,
    ITEM,
    RESOLUTION_ID,
    SESSION,
    passed,
)
from tests.domain.steering.resolution_example import after as resolution_after

OPEN = OpenNeedReview(
    school_year="2025/26", key="arbeitsgruppe", question=QUESTION, fields=(WORK, LANGUAGE)
)
BY_RESOLUTION = OpenReviewByResolution(resolution=MANDATING)
RESOLVED_EARLIER = passed(MANDATE, session=EARLIER_SESSION)
REVOKED = ResolutionRevoked(resolution=MANDATING, revoking=RESOLUTION_ID)
ANNULLED = ResolutionAnnulled(resolution=MANDATING, reason="Verzählt")
CLOSE = CloseNeedReview(review=REVIEW_ID, summary="Zwei Bereiche geprüft.")
ABANDON = AbandonNeedReview(review=REVIEW_ID, reason="Erledigt")
ABANDONED = NeedReviewAbandoned(review=REVIEW_ID, reason="Erledigt")
DROPPED = ProposalDropped(review=REVIEW_ID, proposal=2, reason="Überholt")
TURNED_DOWN = ProposalTurnedDown(review=REVIEW_ID, proposal=2, session=SESSION, item=ITEM)


def closed(outcome: NeedOutcome) -> NeedReviewClosed:
    return NeedReviewClosed(
        review=REVIEW_ID,
        outcome=outcome,
        resolutions=(RESOLUTION_ID,),
        summary="Zwei Bereiche geprüft.",
    )


def test_the_coordination_opens_a_review_once_under_its_key() -> None:
    review.when(OPEN).then(OPENED)
    review.given(OPENED).when(OPEN).then_nothing()
    other = msgspec.structs.replace(OPEN, question="Etwas anderes?")
    review.given(OPENED).when(other).then_refused(
        ReviewAlreadyOpened, school_year="2025/26", key="arbeitsgruppe"
    )


def test_a_review_has_a_question_a_school_year_and_a_key() -> None:
    review.when(msgspec.structs.replace(OPEN, question=" ")).then_refused(ReviewTextMissing)
    review.when(msgspec.structs.replace(OPEN, key="Große AG")).then_refused(MalformedReviewKey)
    review.when(msgspec.structs.replace(OPEN, school_year="2025/27")).then_refused(
        MalformedSchoolYear
    )


def test_a_resolution_opens_the_review_it_asks_for() -> None:
    knowing = review.knowing(resolution=resolution_after(RESOLVED_EARLIER))
    knowing.when(BY_RESOLUTION, by=CLOCK).then(MANDATED)
    knowing.given(MANDATED).when(BY_RESOLUTION).then_nothing()


@pytest.mark.parametrize(
    "history",
    [
        (),
        (passed(Commission(), session=EARLIER_SESSION),),
        (RESOLVED_EARLIER, REVOKED),
        (RESOLVED_EARLIER, ANNULLED),
    ],
    ids=["unknown", "says-otherwise", "revoked", "void"],
)
def test_no_other_resolution_opens_one(history: Sequence[ResolutionEvent]) -> None:
    review.knowing(resolution=resolution_after(*history)).when(BY_RESOLUTION).then_refused(
        ReviewNotMandated, resolution=str(MANDATING)
    )


@pytest.mark.parametrize(
    ("establishes_group", "outcome"),
    [(True, NeedOutcome.GROUP_NEEDED), (False, NeedOutcome.NO_GROUP_NEEDED)],
)
def test_the_outcome_is_what_was_resolved(*, establishes_group: bool, outcome: NeedOutcome) -> None:
    history = (*BEFORE_THE_BODY, resolved(establishes_group=establishes_group))
    review.given(*history).when(CLOSE).then(closed(outcome))
    state = after(*history, closed(outcome))
    assert isinstance(state, Closed)
    assert state.outcome is outcome


def test_one_group_among_several_resolutions_means_that_one_is_needed() -> None:
    history = (
        *BEFORE_THE_BODY,
        resolved(establishes_group=False),
        written(2),
        put_forward(2),
        resolved(2),
    )
    both = msgspec.structs.replace(
        closed(NeedOutcome.GROUP_NEEDED), resolutions=(RESOLUTION_ID, RESOLUTION_ID)
    )
    review.given(*history).when(CLOSE).then(both)


def test_every_proposal_is_decided_or_dropped_before_a_review_is_closed() -> None:
    review.given(*BEFORE_THE_BODY, written(2)).when(CLOSE).then_refused(
        ProposalsOpen, proposals="1, 2"
    )
    decided = (*BEFORE_THE_BODY, resolved(), written(2))
    review.given(*decided).when(CLOSE).then_refused(ProposalsOpen, proposals="2")
    for ended in (DROPPED, TURNED_DOWN):
        review.given(*decided, ended).when(CLOSE).then(closed(NeedOutcome.GROUP_NEEDED))


def test_a_review_is_decided_by_a_resolution_also_if_nothing_is_needed() -> None:
    review.given(OPENED, found()).when(CLOSE).then_refused(NothingResolved)
    turned_down = msgspec.structs.replace(TURNED_DOWN, proposal=1)
    review.given(*BEFORE_THE_BODY, turned_down).when(CLOSE).then_refused(NothingResolved)


def test_a_review_is_closed_once() -> None:
    history = (*BEFORE_THE_BODY, resolved(), closed(NeedOutcome.GROUP_NEEDED))
    review.given(*history).when(CLOSE).then_nothing()
    review.given(*BEFORE_THE_BODY, resolved(), ABANDONED).when(CLOSE).then_refused(
        ReviewOver, stage="abandoned"
    )


def test_what_the_coordination_opened_it_abandons_with_a_reason() -> None:
    review.given(*BEFORE_THE_BODY).when(ABANDON).then(ABANDONED)
    review.given(OPENED, ABANDONED).when(ABANDON).then_nothing()
    assert isinstance(after(OPENED, ABANDONED), Abandoned)
    silent = msgspec.structs.replace(ABANDON, reason=" ")
    review.given(OPENED).when(silent).then_refused(ReviewReasonMissing)
    history = (*BEFORE_THE_BODY, resolved(), closed(NeedOutcome.GROUP_NEEDED))
    review.given(*history).when(ABANDON).then_refused(ReviewOver, stage="closed")


def test_what_the_body_asked_for_is_abandoned_only_if_that_no_longer_holds() -> None:
    abandon = msgspec.structs.replace(ABANDON, review=MANDATED.review)
    given = review.given(MANDATED)
    for history in ((), (RESOLVED_EARLIER,)):
        given.knowing(resolution=resolution_after(*history)).when(abandon).then_refused(
            ReviewIsMandated, resolution=str(MANDATING)
        )
    for end in (REVOKED, ANNULLED):
        ended = resolution_after(RESOLVED_EARLIER, end)
        given.knowing(resolution=ended).when(abandon).then(
            msgspec.structs.replace(ABANDONED, review=MANDATED.review)
        )


WHILE_OPEN: list[NeedReviewCommand] = [
    RecordEvidence(
        review=REVIEW_ID,
        meeting=2,
        held_on=found().held_on,
        fields=(WORK,),
        attended=(CHAMBER,),
        evidence=(),
    ),
    CorrectEvidence(
        review=REVIEW_ID,
        meeting=1,
        held_on=found().held_on,
        fields=(WORK, LANGUAGE),
        attended=(CHAMBER,),
        evidence=EVIDENCE,
        summary="",
        reason="Irrtum",
    ),
    WithdrawEvidence(review=REVIEW_ID, meeting=1, reason="Irrtum"),
    WriteProposal(
        review=REVIEW_ID,
        proposal=2,
        title="Neu",
        reasons="",
        alternatives=ALTERNATIVES,
        based_on=0,
    ),
    PutProposalForward(review=REVIEW_ID, proposal=1, session=SESSION, item=ITEM),
    TakeProposalBack(review=REVIEW_ID, proposal=1, reason="Vertagt"),
    DropProposal(review=REVIEW_ID, proposal=1, reason="Überholt"),
    NoteResolution(review=REVIEW_ID, proposal=1, resolution=RESOLUTION_ID),
    NoteRejection(review=REVIEW_ID, proposal=1),
]


@pytest.mark.parametrize("command", WHILE_OPEN, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize(
    ("end", "stage"),
    [(closed(NeedOutcome.GROUP_NEEDED), "closed"), (ABANDONED, "abandoned")],
    ids=["closed", "abandoned"],
)
def test_a_review_that_is_over_does_not_go_on(
    command: NeedReviewCommand, end: NeedReviewEvent, stage: str
) -> None:
    review.given(*BEFORE_THE_BODY, end).when(command).then_refused(ReviewOver, stage=stage)


@pytest.mark.parametrize(
    "command", [*WHILE_OPEN, CLOSE, ABANDON], ids=lambda command: type(command).__name__
)
def test_what_was_never_opened_is_unknown(command: NeedReviewCommand) -> None:
    review.when(command).then_refused(UnknownReview, review=str(REVIEW_ID))
