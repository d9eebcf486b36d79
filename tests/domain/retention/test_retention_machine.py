"""Everybody asks for anything at any time, and nothing is erased that should not be."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.kernel import Actor, DomainError
from domain.privacy.commands import LiftHold, PlaceHold, SubjectCommand
from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased
from domain.retention.case import stage_of
from domain.retention.classes import Erasing, PersonFile, RetentionClass
from domain.retention.commands import (
    ConfirmErasure,
    OfferToArchive,
    PostponeErasure,
    ProposeErasure,
    RecordArchiveAnswer,
    RetentionCommand,
    WithdrawProposal,
)
from domain.retention.decide import FILE, FileContext
from domain.retention.events import (
    ArchiveAnswer,
    ArchiveAnswered,
    ArchiveOffered,
    ErasureConfirmed,
    ErasurePostponed,
    ErasureProposed,
    ProposalWithdrawn,
)
from domain.retention.file import File, FileEvent
from domain.retention.run import next_step
from tests.domain.county import ADA, BERLIN, berlin
from tests.domain.retention.example import ADMIN, DORA, RETAINED, RUN

BEGIN = berlin(2026, 3, 2, 10)
HOLDS = [UUID(int=number) for number in range(3)]

days = st.dates(date(2026, 1, 1), date(2040, 12, 31))
classes = st.builds(
    msgspec.structs.replace,
    st.just(RETAINED),
    years=st.integers(0, 3),
    offer_to_archive=st.booleans(),
    silence_is_declined=st.booleans(),
    erasing=st.sampled_from(Erasing),
)
steps: st.SearchStrategy[RetentionCommand | SubjectCommand] = st.one_of(
    st.just(ProposeErasure(person=DORA)),
    st.just(OfferToArchive(person=DORA)),
    st.builds(RecordArchiveAnswer, person=st.just(DORA), answer=st.sampled_from(ArchiveAnswer)),
    st.just(ConfirmErasure(person=DORA)),
    st.builds(PostponeErasure, person=st.just(DORA), until=days, reason=st.just("Prüfung")),
    st.just(WithdrawProposal(person=DORA, reason="Nein")),
)
held = st.sampled_from(HOLDS)


class RetentionMachine(RuleBasedStateMachine):
    """The log is checked as an auditor would: from the events and the facts of each moment."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.file = File()
        self.events: list[FileEvent] = []
        self.kept = PersonFile(retention_class="accounts", closed_on=None)
        self.retained = RETAINED

    @initialize(retained=classes, steps=st.integers(0, 4))
    def it_begins(self, retained: RetentionClass, steps: int) -> None:
        """With nothing, or after so many steps on the way."""
        self.retained = retained
        if steps:
            self.the_file_is_closed(0)
            self.the_period_passes()
            self.people_do_what_is_due(steps - 1)

    @rule(retained=classes)
    def the_plan_changes(self, retained: RetentionClass) -> None:
        self.retained = retained

    @rule(back=st.integers(0, 400))
    def the_file_is_closed(self, back: int) -> None:
        if self.kept.closed_on is not None:
            return
        closed_on = (self.now - timedelta(days=back)).date()
        self.kept = msgspec.structs.replace(self.kept, closed_on=closed_on)

    @rule(again=st.integers(0, 5))
    def the_file_is_opened_again(self, again: int) -> None:
        if again:  # rarely: nothing follows until it is closed
            return
        self.kept = msgspec.structs.replace(self.kept, closed_on=None)

    @rule()
    def the_period_passes(self) -> None:
        due = self.context(RUN).due
        if due is not None:
            self.now = max(self.now, datetime(due.year, 1, 1, 3, tzinfo=BERLIN))

    @rule(elapsed=st.integers(1, 500))
    def time_passes(self, elapsed: int) -> None:
        self.now += timedelta(days=elapsed)

    @rule(command=steps, by=st.sampled_from([ADA, ADMIN, RUN]))
    def anybody_asks_for_anything(self, command: RetentionCommand, by: Actor) -> None:
        self.issue(command, by)

    @rule(steps=st.integers(1, 3))
    def people_do_what_is_due(self, steps: int) -> None:
        for command in (
            ProposeErasure(person=DORA),
            OfferToArchive(person=DORA),
            RecordArchiveAnswer(person=DORA, answer=ArchiveAnswer.DECLINES),
        )[:steps]:
            self.issue(command, ADA)

    @rule(until=days, nearer=st.booleans())
    def it_is_postponed(self, until: date, *, nearer: bool) -> None:
        until = (self.now + timedelta(days=30)).date() if nearer else until
        self.issue(PostponeErasure(person=DORA, until=until, reason="Prüfung"), ADA)

    @rule(by=st.sampled_from([ADMIN, RUN]))
    def it_is_confirmed(self, by: Actor) -> None:
        self.issue(ConfirmErasure(person=DORA), by)

    @rule()
    def the_run_comes_by(self) -> None:
        taken = 0
        while (step := next_step(DORA, self.file, self.context(RUN))) is not None:
            assert self.issue(step, RUN), f"the run was refused {step}"
            taken += 1
            assert taken < 5, "the run never ends"

    @rule(hold=held)
    def a_hold_is_placed(self, hold: UUID) -> None:
        self.issue(PlaceHold(person=DORA, hold=hold, reason="Klage"), ADMIN)

    @rule(hold=held)
    def a_hold_is_lifted(self, hold: UUID) -> None:
        self.issue(LiftHold(person=DORA, hold=hold, reason="Urteil"), ADMIN)

    @invariant()
    def the_events_fold_to_the_same_state_from_scratch(self) -> None:
        assert FILE.replay(self.events) == self.file

    def teardown(self) -> None:
        event(f"{stage_of(self.file.case)}, erased {self.file.subject.is_erased}")
        stored = [(type(e), msgspec.json.encode(e)) for e in self.events]
        assert [msgspec.json.decode(data, type=kind) for kind, data in stored] == self.events

    def issue(self, command: RetentionCommand | SubjectCommand, by: Actor) -> bool:
        """Whether something was recorded; what was is checked against what had happened."""
        context = self.context(by)
        try:
            decided = FILE.decide(command, self.file, context)
        except DomainError:
            return False
        for happened in decided:
            if isinstance(happened, SubjectErased):
                self.audit(self.events, by)
            self.events.append(happened)
            self.file = FILE.evolve(self.file, happened)
        assert not self.decides_again(command, context), "a repeated command adds"
        return bool(decided)

    def audit(self, before: Sequence[FileEvent], by: Actor) -> None:
        """Nothing is erased early, under a hold, unasked where the archive is to be asked."""
        placed = [e.hold for e in before if isinstance(e, HoldPlaced)]
        lifted = [e.hold for e in before if isinstance(e, HoldLifted)]
        assert set(placed) <= set(lifted)
        begun = max(i for i, e in enumerate(before) if isinstance(e, ErasureProposed))
        proposal, since = before[begun], before[begun + 1 :]
        assert isinstance(proposal, ErasureProposed)
        assert not [e for e in since if isinstance(e, ProposalWithdrawn)]
        today = self.now.astimezone(BERLIN).date()
        assert self.kept.closed_on is not None
        for years in (proposal.retention_class.years, self.retained.years):
            assert today.year > self.kept.closed_on.year + years
        put_off = [e.until for e in since if isinstance(e, ErasurePostponed)]
        assert not put_off or put_off[-1] <= today
        if proposal.retention_class.offer_to_archive:
            self.audit_archive(proposal, since)
        confirmed = since[-1]
        assert isinstance(confirmed, ErasureConfirmed)
        is_automatic = proposal.retention_class.erasing is Erasing.AUTOMATIC
        assert is_automatic or (by != RUN and not confirmed.is_automatic)

    def audit_archive(self, proposal: ErasureProposed, since: Sequence[FileEvent]) -> None:
        offers = [e for e in since if isinstance(e, ArchiveOffered)]
        answers = [e for e in since if isinstance(e, ArchiveAnswered)]
        assert offers
        assert answers
        if answers[-1].answer is ArchiveAnswer.SILENT:
            assert proposal.retention_class.silence_is_declined
            assert offers[-1].answer_due <= self.now

    def decides_again(
        self, command: RetentionCommand | SubjectCommand, context: FileContext
    ) -> bool:
        try:
            return bool(FILE.decide(command, self.file, context))
        except DomainError:
            return False

    def context(self, by: Actor) -> FileContext:
        return FileContext(
            by=by,
            at=self.now,
            zone=BERLIN,
            kept=self.kept,
            retained=self.retained,
            is_known=True,
        )


TestRetentionMachine = RetentionMachine.TestCase
TestRetentionMachine.settings = settings(max_examples=300, stateful_step_count=20, deadline=None)
