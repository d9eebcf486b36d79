"""Everybody asks for anything at any time, and what is recorded makes sense nevertheless."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, timedelta

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    ConceptCommand,
    DeclareReviewDue,
    DraftSection,
    EscalateConsultation,
    ExtendConsultation,
    Invite,
    OpenConsultation,
    PublishConcept,
    RemindOrganisations,
    ReopenConcept,
    Respond,
    Schedule,
    SectionResponse,
    SubmitDraft,
    SupersedeConcept,
)
from domain.concepts.concept import (
    Adopted,
    Agreed,
    Concept,
    Consulting,
    Draft,
    Drafting,
    Published,
    Revising,
    Submitted,
    Unknown,
    Withdrawn,
    stage_of,
)
from domain.concepts.course import Phase, course
from domain.concepts.decide import CONCEPT, ConceptContext
from domain.concepts.events import Policy, Position, Reply
from domain.concepts.framework import FrameworkEdition
from domain.concepts.standing import asked_digest, standing_objections
from domain.kernel import Actor, DomainError
from tests.domain.concepts.asking import (
    OPEN,
    SUCCESSOR,
    anything,
    invited,
    opinions,
    organisations,
    people,
    policies,
    positions,
    replies,
    schedules,
    sections,
    several,
    texts,
)
from tests.domain.concepts.auditor import Auditor
from tests.domain.concepts.example import CONCEPT_ID, SECTIONS
from tests.domain.county import ADA, BEN, CEM, CLOCK, DORA, MONDAY, NRW, ORGANISATIONS, SALZKOTTEN

EDITION = FrameworkEdition(edition="2025", title="Rahmenkonzept 2025", sections=SECTIONS)


def while_it_is(*stages: type[Concept]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return precondition(lambda machine: isinstance(machine.concept, stages))


class ConceptMachine(RuleBasedStateMachine):
    """`anybody_asks_for_anything` is the test; the other rules see to it that things get far."""

    def __init__(self) -> None:
        super().__init__()
        # Not in local time: an hour that comes twice is equal to none in another zone (PEP 495).
        self.now = MONDAY.astimezone(UTC)
        self.concept: Concept = Unknown()
        self.auditor = Auditor()

    @initialize()
    def it_is_opened(self) -> None:
        self.issue(OPEN, ADA)

    @initialize(invites=st.just(()) | invited, policy=policies)
    def it_may_already_be_in_consultation(self, invites: Sequence[Invite], policy: Policy) -> None:
        if invites:
            self.issue(OPEN, ADA)
            self.it_is_completed_and_submitted(more=())
            self.a_round_is_opened(invites, policy, Schedule(working_days=10))

    @rule(command=anything, by=people)
    def anybody_asks_for_anything(self, command: ConceptCommand, by: Actor) -> None:
        self.issue(command, by)

    @rule(elapsed=st.timedeltas(timedelta(), timedelta(days=5)))
    def time_passes(self, elapsed: timedelta) -> None:
        self.now += elapsed

    @while_it_is(Drafting, Revising)
    @rule(section=sections, text=texts, by=people)
    def somebody_writes(self, section: str, text: str, by: Actor) -> None:
        self.write(section, text, by)

    @while_it_is(Drafting, Revising)
    @rule(more=several(replies))
    def it_is_completed_and_submitted(self, more: Sequence[Reply]) -> None:
        for section in SECTIONS:
            if section.required and section.key not in self.draft.digests:
                self.write(section.key, f"Text zu {section.title}", BEN)
        needed = tuple(
            Reply(organisation=organisation, section=section, text="Bedacht.")
            for organisation, section in standing_objections(self.draft)
        )
        # Superfluous replies are refused: then only the needed ones are given.
        self.issue(SubmitDraft(concept=CONCEPT_ID, replies=(*needed, *more)), CEM)
        self.issue(SubmitDraft(concept=CONCEPT_ID, replies=needed), CEM)

    @while_it_is(Submitted)
    @rule(invites=invited, policy=policies, schedule=schedules)
    def a_round_is_opened(
        self, invites: Sequence[Invite], policy: Policy, schedule: Schedule
    ) -> None:
        self.issue(
            OpenConsultation(
                concept=CONCEPT_ID, schedule=schedule, invited=tuple(invites), policy=policy
            ),
            ADA,
        )

    @while_it_is(Consulting)
    @rule(schedule=schedules)
    def the_round_is_extended(self, schedule: Schedule) -> None:
        number = self.draft.rounds
        self.issue(
            ExtendConsultation(
                concept=CONCEPT_ID, round=number, schedule=schedule, reason="Ferien"
            ),
            ADA,
        )

    @while_it_is(Consulting)
    @rule(organisation=organisations, said=st.dictionaries(sections, positions))
    def an_organisation_answers(self, organisation: str, said: Mapping[str, Position]) -> None:
        self.answer(organisation, said)

    @while_it_is(Consulting)
    @rule(said=opinions)
    def everybody_answers(self, said: Mapping[str, Position]) -> None:
        assert isinstance(self.concept, Consulting)
        for organisation, asked in self.concept.round.asked.items():
            self.answer(organisation, dict.fromkeys(asked, said[organisation]))

    @while_it_is(Consulting)
    @rule(by=st.sampled_from([CLOCK, ADA]))
    def the_next_moment_comes(self, by: Actor) -> None:
        expected = course(self.concept)
        assert expected.due is not None
        assert expected.closes_at is not None
        ahead = (*expected.reminders, expected.due, expected.closes_at)
        self.now = min((moment for moment in ahead if moment > self.now), default=self.now)
        number = expected.round
        for moment in expected.reminders:
            self.issue(RemindOrganisations(concept=CONCEPT_ID, round=number, moment=moment), by)
        self.issue(EscalateConsultation(concept=CONCEPT_ID, round=number), by)
        self.issue(CloseConsultation(concept=CONCEPT_ID, round=number), by)

    @while_it_is(Agreed, Adopted, Published)
    @rule(by=people)
    def it_comes_into_force(self, by: Actor) -> None:
        self.issue(AdoptConcept(concept=CONCEPT_ID, resolution="LG 2/2026"), by)
        self.issue(PublishConcept(concept=CONCEPT_ID), by)

    @while_it_is(Published)
    @rule(has_successor=st.booleans())
    def years_go_by(self, has_successor: bool) -> None:
        self.now += timedelta(days=800)
        self.issue(DeclareReviewDue(concept=CONCEPT_ID), CLOCK)
        if has_successor:
            self.issue(SupersedeConcept(concept=CONCEPT_ID, successor=SUCCESSOR), CLOCK)

    @while_it_is(Withdrawn)
    @rule()
    def it_is_taken_up_again(self) -> None:
        self.issue(ReopenConcept(concept=CONCEPT_ID, reason="Doch."), ADA)

    @invariant()
    def every_list_of_events_folds_to_the_same_state_from_scratch(self) -> None:
        assert CONCEPT.replay(self.auditor.events) == self.concept

    @invariant()
    def the_clock_is_told_of_a_round_while_one_is_open(self) -> None:
        told = course(self.concept)
        assert (told.phase is Phase.IN_CONSULTATION) == isinstance(self.concept, Consulting)
        assert told.round == (self.draft.rounds if isinstance(self.concept, Consulting) else 0)

    def teardown(self) -> None:
        event(f"{stage_of(self.concept)} after {self.rounds} rounds")
        stored = [(type(e), msgspec.json.encode(e)) for e in self.auditor.events]
        loaded = [msgspec.json.decode(data, type=kind) for kind, data in stored]
        assert CONCEPT.replay(loaded) == self.concept

    @property
    def draft(self) -> Draft:
        assert not isinstance(self.concept, Unknown)
        return self.concept.draft

    @property
    def rounds(self) -> int:
        return 0 if isinstance(self.concept, Unknown) else self.concept.draft.rounds

    def write(self, section: str, text: str, by: Actor) -> None:
        based_on = len(self.draft.texts.get(section, ()))
        self.issue(
            DraftSection(concept=CONCEPT_ID, section=section, text=text, based_on=based_on), by
        )

    def answer(self, organisation: str, said: Mapping[str, Position]) -> None:
        """`said` about the sections asked, agreement to the others."""
        assert isinstance(self.concept, Consulting)
        asked = self.concept.round.asked.get(organisation, ())
        self.issue(
            Respond(
                concept=CONCEPT_ID,
                round=self.concept.round.number,
                organisation=organisation,
                shown=asked_digest(self.draft, asked),
                position=Position.AGREE,
                sections=tuple(
                    SectionResponse(section=section, position=position, remark="Hm.")
                    for section, position in said.items()
                    if section in asked
                ),
            ),
            DORA,
        )

    def issue(self, command: ConceptCommand, by: Actor) -> None:
        context = ConceptContext(
            by=by,
            at=self.now,
            calendar=NRW,
            edition=EDITION,
            municipality=SALZKOTTEN,
            organisations=ORGANISATIONS,
        )
        try:
            events = CONCEPT.decide(command, self.concept, context)
        except DomainError:
            return
        for decided in events:
            self.auditor.reads(decided, self.now)
            self.concept = CONCEPT.evolve(self.concept, decided)
        by_hand = isinstance(command, RemindOrganisations) and command.moment is None
        assert by_hand or not self.decides_again(command, context), "a repeated command adds"

    def decides_again(self, command: ConceptCommand, context: ConceptContext) -> bool:
        try:
            return bool(CONCEPT.decide(command, self.concept, context))
        except DomainError:
            return False


TestConceptMachine = ConceptMachine.TestCase
TestConceptMachine.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
