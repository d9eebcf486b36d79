"""Folding never refuses: what was recorded did happen, in whatever order."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.annual_report.decide import ANNUAL_REPORT
from domain.annual_report.events import ReportEvent
from domain.assessments.college import COLLEGE
from domain.assessments.decide_class import CLASS
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.decide_round import ROUND
from domain.assessments.events import InstrumentEvent, RoundEvent
from domain.assessments.events_class import ClassEvent, CollegeEvent, RowsSeen
from domain.assessments.look import LOOK
from domain.chronicle.entry import CHRONICLE, EntryDocumented
from domain.concepts.concept import Unknown, stage_of
from domain.concepts.course import course
from domain.concepts.decide import CONCEPT
from domain.concepts.events import ConceptEvent, FrameworkEditionPublished
from domain.concepts.framework import FRAMEWORK
from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.events import CourseOfferEvent
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.events import PoolEvent
from domain.directory.account import ACCOUNT
from domain.directory.events import AccountEvent, MunicipalityEvent, OrganisationEvent
from domain.directory.municipality import MUNICIPALITY
from domain.directory.organisation import ORGANISATION
from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.findings.events import FindingEvent
from domain.findings.events_theme import ThemeEvent
from domain.goals.decide import SCHOOL_YEAR
from domain.goals.events import YearEvent
from domain.kernel import Aggregate, Event
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import ReportEvent as CompanyReportEvent
from domain.language_needs.look import CONTACT_LOOK, ContactSeen
from domain.posts.decide import POST
from domain.posts.events import PostEvent
from domain.steering.body_decide import BODY
from domain.steering.body_events import BodyEvent
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_events import NeedReviewEvent
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_events import ResolutionEvent
from domain.steering.session_decide import SESSION
from domain.steering.session_events import SessionEvent
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.events import WorkingGroupEvent
from tests.domain.concepts.example import OPENED
from tests.domain.strategies import any_of

AGGREGATES: dict[Aggregate[Any, Any, Any, Any], tuple[type[Event], ...]] = {
    CONCEPT: get_args(ConceptEvent),
    FRAMEWORK: (FrameworkEditionPublished,),
    MUNICIPALITY: get_args(MunicipalityEvent),
    ORGANISATION: get_args(OrganisationEvent),
    ACCOUNT: get_args(AccountEvent),
    CHRONICLE: (EntryDocumented,),
    INSTRUMENT: get_args(InstrumentEvent),
    ROUND: get_args(RoundEvent),
    CLASS: get_args(ClassEvent),
    COLLEGE: get_args(CollegeEvent),
    LOOK: (RowsSeen,),
    BODY: get_args(BodyEvent),
    SESSION: get_args(SessionEvent),
    FINDING: get_args(FindingEvent),
    THEME: get_args(ThemeEvent),
    SCHOOL_YEAR: get_args(YearEvent),
    COURSE_OFFER: get_args(CourseOfferEvent),
    COURSE_POOL: get_args(PoolEvent),
    COMPANY_REPORT: get_args(CompanyReportEvent),
    CONTACT_LOOK: (ContactSeen,),
    POST: get_args(PostEvent),
    ANNUAL_REPORT: get_args(ReportEvent),
    RESOLUTION: get_args(ResolutionEvent),
    NEED_REVIEW: get_args(NeedReviewEvent),
    WORKING_GROUP: get_args(WorkingGroupEvent),
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
