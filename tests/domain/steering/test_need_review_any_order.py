"""Everybody asks a need review for anything, in any order."""

from collections.abc import Sequence
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import DomainError, stream_id
from domain.steering.mandate import GroupMandate, Notice
from domain.steering.minutes import Decided
from domain.steering.need_review import Closed, NeedReview, Open
from domain.steering.need_review_commands import (
    AbandonNeedReview,
    CloseNeedReview,
    CorrectEvidence,
    DropProposal,
    NeedReviewCommand,
    NoteRejection,
    NoteResolution,
    PutProposalForward,
    RecordEvidence,
    TakeProposalBack,
    WithdrawEvidence,
    WriteProposal,
)
from domain.steering.need_review_context import Count, NeedReviewContext
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_events import NeedOutcome, NeedReviewEvent
from domain.steering.need_review_proposal import PutForward, Resolved, TurnedDown, Written
from domain.steering.resolution import InForce, Resolution
from domain.steering.resolution_events import ResolutionAnnulled
from tests.domain.county import ADA, CHAMBER, MONDAY, NRW
from tests.domain.steering.need_review_example import (
    ALTERNATIVES,
    EVIDENCE,
    LANGUAGE,
    OPENED,
    REVIEW_ID,
    WORK,
)
from tests.domain.steering.resolution_example import (
    GROUP_MANDATE,
    ITEM,
    NEXT_SESSION,
    RESOLUTION_ID,
    SESSION,
    VOTED,
    after,
    passed,
)

ANNULLED = ResolutionAnnulled(resolution=RESOLUTION_ID, reason="Verzählt")
RESOLUTIONS: list[Resolution] = [
    after(),
    after(passed(GROUP_MANDATE)),
    after(passed(Notice())),
    after(passed(GROUP_MANDATE, session=NEXT_SESSION)),
    after(passed(GROUP_MANDATE), ANNULLED),
]

_review = st.just(REVIEW_ID)
numbers = st.integers(1, 2)
reasons = st.sampled_from(["Darum.", " "])
days = st.sampled_from([date(2026, 1, 20), date(2026, 4, 1)])
found = {
    "review": _review,
    "meeting": numbers,
    "held_on": days,
    "fields": st.just((WORK, LANGUAGE)),
    "attended": st.just((CHAMBER,)),
    "evidence": st.sampled_from([EVIDENCE, ()]),
    "summary": st.just(""),
}
about = {"review": _review, "proposal": numbers}
anything: st.SearchStrategy[NeedReviewCommand] = st.one_of(
    st.builds(RecordEvidence, **found),
    st.builds(CorrectEvidence, **found, reason=reasons),
    st.builds(WithdrawEvidence, review=_review, meeting=numbers, reason=reasons),
    st.builds(
        WriteProposal,
        **about,
        title=st.sampled_from(["Eins", "Zwei"]),
        reasons=st.just(""),
        alternatives=st.just(ALTERNATIVES),
        based_on=st.integers(0, 2),
    ),
    st.builds(
        PutProposalForward,
        **about,
        session=st.sampled_from([SESSION, NEXT_SESSION]),
        item=st.sampled_from([ITEM, stream_id("item", "other")]),
    ),
    st.builds(TakeProposalBack, **about, reason=reasons),
    st.builds(DropProposal, **about, reason=reasons),
    st.builds(NoteResolution, **about, resolution=st.just(RESOLUTION_ID)),
    st.builds(NoteRejection, **about),
    st.builds(CloseNeedReview, review=_review),
    st.builds(AbandonNeedReview, review=_review, reason=reasons),
)
counts = st.lists(
    st.builds(Count, alternative=st.just("group"), decided=st.sampled_from(Decided)), max_size=2
).map(tuple)
contexts = st.builds(
    NeedReviewContext,
    by=st.just(ADA),
    at=st.just(MONDAY),
    calendar=st.just(NRW),
    resolution=st.sampled_from(RESOLUTIONS),
    item=st.sampled_from([VOTED.item, None]),
    counts=counts,
    is_closed=st.booleans(),
)


@given(asked=st.lists(st.tuples(anything, contexts), max_size=60))
def test_what_a_review_came_to_is_what_the_body_resolved(
    asked: Sequence[tuple[NeedReviewCommand, NeedReviewContext]],
) -> None:
    events: list[NeedReviewEvent] = [OPENED]
    for command, context in asked:
        before = NEED_REVIEW.replay(events)
        try:
            decided = NEED_REVIEW.decide(command, before, context)
        except DomainError:
            continue
        assert isinstance(before, Open) or not decided, "a review that is over went on"
        events += decided
        state = NEED_REVIEW.replay(events)
        check_evidence(state)
        check_decisions(before, state, context)
        assert not decides_again(command, state, context)
    stored = [(type(e), msgspec.json.encode(e)) for e in events]
    loaded = [msgspec.json.decode(data, type=kind) for kind, data in stored]
    assert NEED_REVIEW.replay(loaded) == NEED_REVIEW.replay(events)


def check_evidence(state: NeedReview) -> None:
    """Nothing is before the body, or was, that rests on no meeting."""
    if not isinstance(state, Open | Closed):
        return
    went = [p for p in state.examined.proposals.values() if isinstance(p, PutForward | Resolved)]
    assert not went or state.examined.meetings_held


def check_decisions(before: NeedReview, state: NeedReview, context: NeedReviewContext) -> None:
    if isinstance(before, Open) and isinstance(state, Open):
        for number, proposal in state.examined.proposals.items():
            was = before.examined.proposals.get(number)
            if isinstance(proposal, Resolved) and was != proposal:
                assert isinstance(was, PutForward)
                assert isinstance(context.resolution, InForce)
                by = context.resolution.passed
                assert (by.session, by.item) == (was.session, was.item)
                assert proposal.establishes_group == isinstance(by.mandate, GroupMandate)
            if isinstance(proposal, TurnedDown) and was != proposal:
                assert {count.decided for count in context.counts} == {Decided.REJECTED}
    if isinstance(state, Closed):
        proposals = state.examined.proposals.values()
        assert not any(isinstance(p, Written | PutForward) for p in proposals)
        resolved = [p for p in proposals if isinstance(p, Resolved)]
        assert resolved
        needed = any(p.establishes_group for p in resolved)
        assert (state.outcome is NeedOutcome.GROUP_NEEDED) == needed


def decides_again(
    command: NeedReviewCommand, state: NeedReview, context: NeedReviewContext
) -> bool:
    try:
        return bool(NEED_REVIEW.decide(command, state, context))
    except DomainError:
        return False
