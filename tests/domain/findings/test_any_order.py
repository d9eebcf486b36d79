"""Folding never refuses: what was recorded did happen, in whatever order."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.findings.events import FindingEvent
from domain.findings.events_theme import ThemeEvent
from domain.kernel import Aggregate, Event
from tests.domain.findings.example import OPENED, REPORTED
from tests.domain.strategies import any_of

AGGREGATES: dict[Aggregate[Any, Any, Any, Any], tuple[type[Event], ...]] = {
    FINDING: get_args(FindingEvent),
    THEME: get_args(ThemeEvent),
}
FIRST: dict[str, Event] = {"finding": REPORTED, "theme": OPENED}
every_aggregate = pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda one: one.name)


@every_aggregate
@given(data=st.data())
def test_any_sequence_of_events_folds(
    aggregate: Aggregate[Any, Any, Any, Any], data: st.DataObject
) -> None:
    kinds = AGGREGATES[aggregate]
    events = data.draw(st.lists(st.one_of(*map(any_of, kinds)), max_size=8))
    assert aggregate.replay([FIRST[aggregate.name], *events]) != aggregate.initial


@every_aggregate
@given(data=st.data())
def test_what_happens_to_what_never_began_leaves_it_unknown(
    aggregate: Aggregate[Any, Any, Any, Any], data: st.DataObject
) -> None:
    kinds = [kind for kind in AGGREGATES[aggregate] if kind is not type(FIRST[aggregate.name])]
    events = data.draw(st.lists(st.one_of(*map(any_of, kinds)), max_size=3))
    assert aggregate.replay(events) == aggregate.initial
