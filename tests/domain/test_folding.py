"""Folding never refuses: what was recorded did happen, in whatever order."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.chronicle.entry import CHRONICLE, EntryDocumented
from domain.concepts.concept import Unknown, stage_of
from domain.concepts.course import course
from domain.concepts.decide import CONCEPT
from domain.concepts.events import ConceptEvent, FrameworkEditionPublished
from domain.concepts.framework import FRAMEWORK
from domain.directory.account import ACCOUNT
from domain.directory.events import AccountEvent, MunicipalityEvent, OrganisationEvent
from domain.directory.municipality import MUNICIPALITY
from domain.directory.organisation import ORGANISATION
from domain.kernel import Aggregate, Event
from tests.domain.concepts.example import OPENED
from tests.domain.strategies import any_of

AGGREGATES: dict[Aggregate[Any, Any, Any, Any], tuple[type[Event], ...]] = {
    CONCEPT: get_args(ConceptEvent),
    FRAMEWORK: (FrameworkEditionPublished,),
    MUNICIPALITY: get_args(MunicipalityEvent),
    ORGANISATION: get_args(OrganisationEvent),
    ACCOUNT: get_args(AccountEvent),
    CHRONICLE: (EntryDocumented,),
}

concept_events: st.SearchStrategy[ConceptEvent] = st.one_of(*map(any_of, get_args(ConceptEvent)))


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda aggregate: aggregate.name)
@given(data=st.data())
def test_any_sequence_of_events_folds(
    aggregate: Aggregate[Any, Any, Any, Any], data: st.DataObject
) -> None:
    events = data.draw(st.lists(st.one_of(*map(any_of, AGGREGATES[aggregate])), max_size=8))
    state = aggregate.initial
    for event in events:
        state = aggregate.evolve(state, event)
    assert aggregate.replay(events) == state


@given(events=st.lists(concept_events, max_size=8))
def test_every_concept_that_was_opened_has_a_stage_and_a_course(
    events: list[ConceptEvent],
) -> None:
    concept = CONCEPT.replay([OPENED, *events])
    assert not isinstance(concept, Unknown)
    assert stage_of(concept)
    assert course(concept).phase


@given(event=concept_events.filter(lambda event: event.TOPIC != OPENED.TOPIC))
def test_what_happens_to_a_concept_that_was_never_opened_leaves_it_unknown(
    event: ConceptEvent,
) -> None:
    assert CONCEPT.replay([event]) == Unknown()
