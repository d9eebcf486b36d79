"""Folding a body or a session never refuses: what was recorded did happen, in whatever order."""

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import Aggregate, Event
from domain.steering.body import Body
from domain.steering.body_decide import BODY
from domain.steering.body_events import BodyEvent
from domain.steering.session import Session, Unknown, stage_of
from domain.steering.session_course import course
from domain.steering.session_decide import SESSION
from domain.steering.session_events import SessionEvent
from tests.domain.county import MONDAY, NRW
from tests.domain.steering.body_example import ESTABLISHED, group
from tests.domain.steering.session_example import HELD, SCHEDULED
from tests.domain.strategies import any_of

KINDS: dict[Aggregate[Any, Any, Any, Any], tuple[type[Event], ...]] = {
    BODY: get_args(BodyEvent),
    SESSION: get_args(SessionEvent),
}
session_events: st.SearchStrategy[SessionEvent] = st.one_of(*map(any_of, get_args(SessionEvent)))


@pytest.mark.parametrize("aggregate", KINDS, ids=lambda aggregate: aggregate.name)
@given(data=st.data())
def test_any_sequence_of_events_folds(
    aggregate: Aggregate[Any, Any, Any, Any], data: st.DataObject
) -> None:
    first = ESTABLISHED if aggregate is BODY else SCHEDULED
    events = data.draw(st.lists(st.one_of(*map(any_of, KINDS[aggregate])), max_size=8))
    state = aggregate.replay([first, *events])
    kept = Body if aggregate is BODY else Session
    assert msgspec.json.decode(msgspec.json.encode(state), type=kept) == state


@given(events=st.lists(session_events, max_size=8))
def test_every_session_that_was_scheduled_has_a_stage_and_a_course(
    events: list[SessionEvent],
) -> None:
    session = SESSION.replay([SCHEDULED, *events])
    assert not isinstance(session, Unknown)
    assert stage_of(session)
    assert course(session, group(), NRW, MONDAY.date()).phase


def test_what_happens_to_nothing_leaves_it_unknown() -> None:
    assert SESSION.replay(HELD[1:]) == Unknown()
    assert BODY.replay([]) == Body()
