"""Whatever somebody may ask of the concept, sensible or not."""

from datetime import timedelta
from typing import TypeVar

from hypothesis import strategies as st

from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    ConceptCommand,
    DeclareReviewDue,
    DraftSection,
    EscalateConsultation,
    ExtendConsultation,
    Invite,
    OpenConcept,
    OpenConsultation,
    PublishConcept,
    RemindOrganisations,
    ReopenConcept,
    Respond,
    ReturnDraft,
    Schedule,
    SectionResponse,
    SubmitDraft,
    SupersedeConcept,
    WithdrawConcept,
    concept_id,
)
from domain.concepts.events import DecidedBy, ObjectionEffect, Policy, Position, Reply
from domain.kernel import Actor, Role
from tests.domain.concepts.example import CONCEPT_ID, EVERYTHING
from tests.domain.county import (
    ADA,
    BEN,
    CARITAS,
    CEM,
    CHAMBER,
    CLOCK,
    DORA,
    JOBCENTER,
    MONDAY,
    SALZKOTTEN,
    STRANGERS,
)

T = TypeVar("T")

OPEN = OpenConcept(municipality=SALZKOTTEN.ags, edition="2025")
SUCCESSOR = concept_id(SALZKOTTEN.ags, "2027")
OTHER_CLOCK = Actor(account="concept/borchen", role=Role.PROCESS)


def several(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, max_size=3).map(tuple)


people = st.sampled_from([ADA, BEN, CEM, DORA, CLOCK, OTHER_CLOCK])
organisations = st.sampled_from([CARITAS, CHAMBER, JOBCENTER])
sections = st.sampled_from(EVERYTHING)
texts = st.sampled_from(["eins", "zwei", "drei", "", " "])
reasons = st.sampled_from(["Darum.", "Doch.", " "])
positions = st.sampled_from(Position)
moments = st.timedeltas(timedelta(days=-1), timedelta(days=20)).map(lambda span: MONDAY + span)

policies = st.builds(
    Policy,
    quorum_percent=st.integers(0, 100),
    objection=st.sampled_from(ObjectionEffect),
    silence_is_consent=st.booleans(),
    decided_by=st.sampled_from(DecidedBy),
)
replies = st.builds(Reply, organisation=organisations, section=sections, text=st.just("Bedacht."))
responses = st.builds(SectionResponse, section=sections, position=positions, remark=reasons)
invites = st.builds(Invite, organisation=organisations, sections=several(sections))
invited = st.lists(invites, min_size=1, max_size=3, unique_by=lambda invite: invite.organisation)
opinions = st.fixed_dictionaries(dict.fromkeys((CARITAS, CHAMBER, JOBCENTER), positions))
schedules = st.builds(
    Schedule, working_days=st.integers(1, 8), grace_working_days=st.integers(0, 3)
) | st.builds(Schedule, due=moments, closes_at=st.none() | moments)

_concept = st.just(CONCEPT_ID)
_rounds = st.integers(0, 4)

anything: st.SearchStrategy[ConceptCommand] = st.one_of(
    st.just(OPEN),
    st.builds(
        DraftSection,
        concept=_concept,
        section=sections | st.just("weather"),
        text=texts,
        based_on=st.integers(0, 4),
    ),
    st.builds(SubmitDraft, concept=_concept, replies=several(replies)),
    st.builds(ReturnDraft, concept=_concept, reason=reasons),
    st.builds(
        OpenConsultation,
        concept=_concept,
        schedule=schedules,
        invited=several(invites | st.just(Invite(organisation=STRANGERS))),
        policy=policies,
    ),
    st.builds(
        ExtendConsultation, concept=_concept, round=_rounds, schedule=schedules, reason=reasons
    ),
    st.builds(
        Respond,
        concept=_concept,
        round=_rounds,
        organisation=organisations,
        shown=st.just("another text"),
        position=positions,
        sections=several(responses),
    ),
    st.builds(RemindOrganisations, concept=_concept, round=_rounds, moment=st.none() | moments),
    st.builds(EscalateConsultation, concept=_concept, round=_rounds),
    st.builds(CloseConsultation, concept=_concept, round=_rounds),
    st.builds(AdoptConcept, concept=_concept, resolution=st.none() | reasons),
    st.builds(PublishConcept, concept=_concept, review_at=st.none() | moments),
    st.builds(DeclareReviewDue, concept=_concept),
    st.builds(SupersedeConcept, concept=_concept, successor=st.just(SUCCESSOR)),
    st.builds(WithdrawConcept, concept=_concept, reason=reasons),
    st.builds(ReopenConcept, concept=_concept, reason=reasons),
)
