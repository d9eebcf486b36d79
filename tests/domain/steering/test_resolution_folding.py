"""Folding never refuses, in whatever order things were recorded."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from domain.steering.need_review import Unknown as NoReview
from domain.steering.need_review import stage_of as stage_of_review
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_events import NeedReviewEvent
from domain.steering.resolution import Unknown, stage_of
from domain.steering.resolution_course import course
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_events import ResolutionEvent
from domain.steering.resolution_standing import what_became_of
from tests.domain.steering.need_review_example import OPENED
from tests.domain.steering.resolution_example import COMMISSIONED
from tests.domain.strategies import any_of

resolution_events: st.SearchStrategy[ResolutionEvent] = st.one_of(
    *map(any_of, get_args(ResolutionEvent))
)
review_events: st.SearchStrategy[NeedReviewEvent] = st.one_of(
    *map(any_of, get_args(NeedReviewEvent))
)


@given(events=st.lists(resolution_events, max_size=8))
def test_every_resolution_that_was_passed_has_a_stage_a_course_and_an_account(
    events: list[ResolutionEvent],
) -> None:
    assert isinstance(RESOLUTION.replay(events), Unknown) or events
    state = RESOLUTION.replay([COMMISSIONED, *events])
    assert not isinstance(state, Unknown)
    assert stage_of(state)
    assert course(state).phase
    assert what_became_of(state).standing


@given(event=resolution_events.filter(lambda event: event.TOPIC != COMMISSIONED.TOPIC))
def test_what_happens_to_a_resolution_that_was_never_passed_leaves_it_unknown(
    event: ResolutionEvent,
) -> None:
    assert RESOLUTION.replay([event]) == Unknown()


@given(events=st.lists(review_events, max_size=8))
def test_every_review_that_was_opened_has_a_stage(events: list[NeedReviewEvent]) -> None:
    state = NEED_REVIEW.replay([OPENED, *events])
    assert not isinstance(state, NoReview)
    assert stage_of_review(state)


@given(event=review_events.filter(lambda event: event.TOPIC != OPENED.TOPIC))
def test_what_happens_to_a_review_that_was_never_opened_leaves_it_unknown(
    event: NeedReviewEvent,
) -> None:
    assert NEED_REVIEW.replay([event]) == NoReview()
