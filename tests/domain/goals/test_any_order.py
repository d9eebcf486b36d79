"""Folding never refuses: what was recorded did happen, in whatever order."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from domain.goals.decide import SCHOOL_YEAR
from domain.goals.events import YearEvent
from domain.goals.year import Closed, Running, Unknown
from tests.domain.goals.example import STEERING_SET
from tests.domain.strategies import any_of

year_events: st.SearchStrategy[YearEvent] = st.one_of(*map(any_of, get_args(YearEvent)))


@given(events=st.lists(year_events, max_size=8))
def test_any_sequence_of_events_folds(events: list[YearEvent]) -> None:
    assert isinstance(SCHOOL_YEAR.replay([STEERING_SET, *events]), Running | Closed)


@given(event=year_events.filter(lambda event: event.TOPIC != STEERING_SET.TOPIC))
def test_what_happens_to_a_year_without_goals_leaves_it_unknown(event: YearEvent) -> None:
    assert SCHOOL_YEAR.replay([event]) == Unknown()
