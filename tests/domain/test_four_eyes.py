"""Four eyes are those of two people: an absent person and whoever acts for them are one."""

from collections.abc import Sequence
from itertools import product

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from domain.assessments.commands import ApproveVersion, DraftVersion
from domain.assessments.context import InstrumentContext
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.errors_instrument import AuthorMayNotApprove
from domain.assessments.events import InstrumentEvent, VersionApproved
from domain.assessments.instrument import definition_digest
from domain.concepts.commands import AdoptConcept, DraftSection
from domain.concepts.decide import CONCEPT, ConceptContext
from domain.concepts.errors import AuthorMayNotAdopt
from domain.concepts.events import ConceptAdopted, ConceptEvent
from domain.kernel import Actor, Role
from tests.domain.assessments import example as instruments
from tests.domain.concepts import example as concepts
from tests.domain.county import MONDAY, NRW

PEOPLE = ("ada", "ben", "cem", "dora")
ACTORS = [
    Actor(account=who, role=Role.COORDINATOR, substitutes=absent)
    for who, absent in product(PEOPLE, ("", *PEOPLE))
    if who != absent
]
actors = st.sampled_from(ACTORS)
authors = st.lists(actors, min_size=1, max_size=3)

ADA, ADA_FOR_BEN, BEN, BEN_FOR_ADA, CEM_FOR_BEN = (
    Actor(account=who, role=Role.COORDINATOR, substitutes=absent)
    for who, absent in (("ada", ""), ("ada", "ben"), ("ben", ""), ("ben", "ada"), ("cem", "ben"))
)


def test_a_substitute_and_the_absent_person_are_the_people_who_act() -> None:
    assert ADA.people == {"ada"}
    assert ADA_FOR_BEN.people == BEN_FOR_ADA.people == {"ada", "ben"}


@given(authors, actors)
@example([BEN], ADA_FOR_BEN)
@example([ADA_FOR_BEN], BEN)
@example([ADA_FOR_BEN], ADA)
@example([ADA_FOR_BEN], CEM_FOR_BEN)
@example([ADA], BEN)
def test_a_concept_is_adopted_by_nobody_who_wrote_nor_stands_for_an_author(
    wrote: Sequence[Actor], adopts: Actor
) -> None:
    """Nor for whom it was written: it is refused exactly if the two have somebody in common."""
    events: list[ConceptEvent] = [concepts.OPENED]
    for version, author in enumerate(wrote):
        text = f"Fassung {version}"
        drafting = DraftSection(
            concept=concepts.CONCEPT_ID, section=concepts.SITUATION, text=text, based_on=version
        )
        events += CONCEPT.decide(drafting, CONCEPT.replay(events), _concept_context(author))
    events += concepts.agreed()[3:]
    adopting = AdoptConcept(concept=concepts.CONCEPT_ID)
    try:
        decided = CONCEPT.decide(adopting, CONCEPT.replay(events), _concept_context(adopts))
    except AuthorMayNotAdopt:
        assert _in_common(wrote, adopts)
    else:
        assert [type(event) for event in decided] == [ConceptAdopted]
        assert not _in_common(wrote, adopts)


@given(authors, actors)
@example([BEN], ADA_FOR_BEN)
@example([ADA_FOR_BEN], BEN)
@example([ADA_FOR_BEN], ADA)
@example([ADA_FOR_BEN], CEM_FOR_BEN)
@example([ADA], BEN)
def test_an_instrument_is_approved_by_nobody_who_wrote_nor_stands_for_an_author(
    wrote: Sequence[Actor], approves: Actor
) -> None:
    events: list[InstrumentEvent] = [instruments.REGISTERED]
    definition = instruments.DEFINITION
    for version, author in enumerate(wrote):
        norms = msgspec.structs.replace(instruments.DEFINITION.norms, people=100 + version)
        definition = msgspec.structs.replace(definition, norms=norms)
        drafting = DraftVersion(
            instrument=instruments.INSTRUMENT_KEY, version=1, definition=definition
        )
        context = _instrument_context(author)
        events += INSTRUMENT.decide(drafting, INSTRUMENT.replay(events), context)
    events.append(instruments.SUBMITTED)
    approving = ApproveVersion(
        instrument=instruments.INSTRUMENT_KEY,
        version=1,
        digest=definition_digest(definition),
    )
    context = _instrument_context(approves)
    try:
        decided = INSTRUMENT.decide(approving, INSTRUMENT.replay(events), context)
    except AuthorMayNotApprove:
        assert _in_common(wrote, approves)
    else:
        assert [type(event) for event in decided] == [VersionApproved]
        assert not _in_common(wrote, approves)


def _in_common(some: Sequence[Actor], other: Actor) -> bool:
    """Written a second time, by hand: whose hands or whose name were in it."""
    names = {name for actor in some for name in (actor.account, actor.substitutes)}
    return bool(names & {other.account, other.substitutes} - {""})


def _concept_context(by: Actor) -> ConceptContext:
    return ConceptContext(at=MONDAY, by=by, calendar=NRW)


def _instrument_context(by: Actor) -> InstrumentContext:
    return InstrumentContext(
        at=MONDAY,
        by=by,
        measures=instruments.MEASURES,
        programmes=frozenset({"A01"}),
        trades=frozenset({"10-10004"}),
    )
