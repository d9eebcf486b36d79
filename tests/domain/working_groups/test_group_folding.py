"""Folding never refuses, in whatever order things were recorded."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from domain.working_groups.course import course
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.events import WorkingGroupEvent
from domain.working_groups.group import Unknown, stage_of
from tests.domain.strategies import any_of
from tests.domain.working_groups.example import ESTABLISHED

events_of_groups: st.SearchStrategy[WorkingGroupEvent] = st.one_of(
    *map(any_of, get_args(WorkingGroupEvent))
)


@given(events=st.lists(events_of_groups, max_size=8))
def test_every_group_that_was_established_has_a_stage_and_a_course(
    events: list[WorkingGroupEvent],
) -> None:
    state = WORKING_GROUP.replay([ESTABLISHED, *events])
    assert not isinstance(state, Unknown)
    assert stage_of(state)
    assert course(state).phase


@given(event=events_of_groups.filter(lambda event: event.TOPIC != ESTABLISHED.TOPIC))
def test_what_happens_to_a_group_that_was_never_established_leaves_it_unknown(
    event: WorkingGroupEvent,
) -> None:
    assert WORKING_GROUP.replay([event]) == Unknown()
