"""Everybody asks for anything about three votes; what is recorded makes sense nevertheless."""

from datetime import UTC, timedelta
from uuid import UUID

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.kernel import Actor, DomainError
from domain.steering.mandate import Commission, Mandate, Notice, RevocationMandate
from domain.steering.minutes import Decided
from domain.steering.resolution import Resolution, Unknown, stage_of
from domain.steering.resolution_commands import (
    AnnulResolution,
    DeclareMandateOverdue,
    ExtendMandate,
    FulfilMandate,
    HandOverMandate,
    PassResolution,
    RecordLetter,
    RemindOfMandate,
    ReopenMandate,
    ReportProgress,
    ResolutionCommand,
    RevokeResolution,
    ShowProgress,
    resolution_id,
)
from domain.steering.resolution_context import ResolutionContext, Voted
from domain.steering.resolution_course import course
from domain.steering.resolution_decide import RESOLUTION
from domain.working_groups.commands import group_id
from domain.working_groups.group import WorkingGroup
from tests.domain.county import ADA, BEN, CARITAS, CLOCK, JOBCENTER, MONDAY, NRW, ORGANISATIONS
from tests.domain.steering.resolution_auditor import ResolutionAuditor
from tests.domain.steering.resolution_example import (
    DECIDED_AT,
    GROUP_MANDATE,
    LETTER_MANDATE,
    NEXT_SESSION,
    SESSION,
    SESSION_OF_OTHERS,
    SESSIONS,
    VOTED,
)
from tests.domain.working_groups.example import ESTABLISHED
from tests.domain.working_groups.example import after as group_after

NUMBERS = (1, 2, 3)
IDS = tuple(resolution_id(SESSION, number) for number in NUMBERS)

people = st.sampled_from([ADA, BEN, CLOCK])
numbers = st.sampled_from(NUMBERS)
ids = st.sampled_from(IDS)
reasons = st.sampled_from(["Darum.", " "])
texts = st.sampled_from(["Eins.", "Zwei.", ""])
days = st.integers(-8, 60).map(lambda n: MONDAY.date() + timedelta(days=n))
BEGIN = MONDAY.astimezone(UTC)
moments = st.timedeltas(timedelta(days=-6), timedelta(days=60)).map(lambda span: BEGIN + span)
owners = st.sampled_from([JOBCENTER, CARITAS, ""])
mandates: st.SearchStrategy[Mandate] = st.one_of(
    st.sampled_from([Commission(), Notice(), GROUP_MANDATE, LETTER_MANDATE]),
    st.builds(RevocationMandate, resolution=ids),
)
passing = st.builds(
    PassResolution,
    session=st.just(SESSION),
    number=numbers,
    mandate=mandates,
    owner=owners,
    due=st.none() | days,
)
anything: st.SearchStrategy[ResolutionCommand] = st.one_of(
    passing,
    st.builds(RemindOfMandate, resolution=ids, moment=st.none() | moments),
    st.builds(ReportProgress, resolution=ids, report=st.integers(0, 3), text=texts),
    st.builds(
        RecordLetter,
        resolution=ids,
        addressee=texts,
        subject_line=st.just("Kurse"),
        text=texts,
        sent_on=days,
    ),
    st.builds(DeclareMandateOverdue, resolution=ids),
    st.builds(ExtendMandate, resolution=ids, due=days, reason=reasons),
    st.builds(HandOverMandate, resolution=ids, owner=owners, reason=reasons),
    st.builds(FulfilMandate, resolution=ids, outcome=texts),
    st.builds(ReopenMandate, resolution=ids, due=days, reason=reasons),
    st.builds(
        ShowProgress,
        resolution=ids,
        session=st.sampled_from([SESSION, NEXT_SESSION, SESSION_OF_OTHERS]),
    ),
    st.builds(RevokeResolution, resolution=ids, revoking=ids),
    st.builds(AnnulResolution, resolution=ids, reason=reasons),
)


def voted(number: int, decided: Decided, counted: int, minutes: int) -> Voted:
    vote = msgspec.structs.replace(
        VOTED.vote,
        number=number,
        counted=counted,
        at=DECIDED_AT + timedelta(minutes=minutes),
    )
    return msgspec.structs.replace(VOTED, vote=vote, decided=decided)


class ResolutionMachine(RuleBasedStateMachine):
    """`anybody_asks_for_anything` is the test; the other rules see to it that things get far."""

    def __init__(self) -> None:
        super().__init__()
        # Not in local time: an hour that comes twice is equal to none in another zone (PEP 495).
        self.now = MONDAY.astimezone(UTC)
        self.votes: dict[UUID, Voted] = {}
        self.resolutions: dict[UUID, Resolution] = dict.fromkeys(IDS, Unknown())
        self.auditors: dict[object, ResolutionAuditor] = {one: ResolutionAuditor() for one in IDS}
        self.groups: set[UUID] = set()
        self.annulled: set[UUID] = set()

    @initialize(
        adopted=st.sampled_from([3, 2, 0]),
        decided=st.sampled_from(Decided),
        counted=st.lists(st.sampled_from([4, 4, 3, 2]), min_size=3, max_size=3),
        minutes=st.lists(st.integers(0, 2), min_size=3, max_size=3),
    )
    def the_session_has_voted(
        self, adopted: int, decided: Decided, counted: list[int], minutes: list[int]
    ) -> None:
        for number, one in zip(NUMBERS, IDS, strict=True):
            outcome = Decided.ADOPTED if number <= adopted else decided
            self.votes[one] = voted(number, outcome, counted[number - 1], minutes[number - 1])

    @rule(command=anything, by=people)
    def anybody_asks_for_anything(self, command: ResolutionCommand, by: Actor) -> None:
        self.issue(command, by)

    @rule(number=numbers, mandate=mandates, within=st.integers(0, 40))
    def something_is_resolved(self, number: int, mandate: Mandate, within: int) -> None:
        if isinstance(mandate, Notice | RevocationMandate):
            self.issue(PassResolution(session=SESSION, number=number, mandate=mandate))
            return
        due = self.now.date() + timedelta(days=within)
        asked = PassResolution(
            session=SESSION, number=number, mandate=mandate, owner=JOBCENTER, due=due
        )
        self.issue(asked)

    @rule(elapsed=st.timedeltas(timedelta(), timedelta(days=9)))
    def time_passes(self, elapsed: timedelta) -> None:
        self.now += elapsed

    @rule(one=ids)
    def a_group_begins(self, one: UUID) -> None:
        self.something_is_resolved(IDS.index(one) + 1, GROUP_MANDATE, 20)
        self.groups.add(one)
        self.issue(FulfilMandate(resolution=one), CLOCK)

    @rule(one=ids)
    def a_vote_is_annulled(self, one: UUID) -> None:
        asked = AnnulResolution(resolution=one, reason="Verzählt")
        self.issue(asked)
        self.votes.pop(one, None)
        self.annulled.add(one)
        self.issue(asked)

    @rule(revoked=ids, revoking=ids)
    def another_vote_revokes(self, revoked: UUID, revoking: UUID) -> None:
        self.something_is_resolved(IDS.index(revoked) + 1, Commission(), 20)
        mandate = RevocationMandate(resolution=revoked)
        number = IDS.index(revoking) + 1
        self.issue(PassResolution(session=SESSION, number=number, mandate=mandate))
        self.issue(RevokeResolution(resolution=revoked, revoking=revoking), CLOCK)

    @rule(one=ids)
    def the_next_moment_comes(self, one: UUID) -> None:
        told = course(self.resolutions[one])
        ahead = [*told.reminders, *([told.due] if told.due else [])]
        self.now = min((moment for moment in ahead if moment > self.now), default=self.now)
        for moment in told.reminders:
            self.issue(RemindOfMandate(resolution=one, moment=moment), CLOCK)
        self.issue(DeclareMandateOverdue(resolution=one), CLOCK)

    @invariant()
    def every_list_of_events_folds_to_the_same_state_from_scratch(self) -> None:
        for one in IDS:
            assert RESOLUTION.replay(self.auditors[one].events) == self.resolutions[one]

    def teardown(self) -> None:
        for one in IDS:
            event(f"ended {stage_of(self.resolutions[one])}")
            stored = [(type(e), msgspec.json.encode(e)) for e in self.auditors[one].events]
            loaded = [msgspec.json.decode(data, type=kind) for kind, data in stored]
            assert RESOLUTION.replay(loaded) == self.resolutions[one]

    def issue(self, command: ResolutionCommand, by: Actor = ADA) -> None:
        one = command.subject
        context = ResolutionContext(
            by=by,
            at=self.now,
            calendar=NRW,
            voted=self.votes.get(one),
            was_annulled=one in self.annulled,
            organisations=ORGANISATIONS | {"": ORGANISATIONS["strangers"]},
            sessions=SESSIONS,
            group=self.group_of(one),
            other=self.other_for(command),
        )
        try:
            events = RESOLUTION.decide(command, self.resolutions[one], context)
        except DomainError:
            return
        for decided in events:
            self.auditors[one].reads(
                decided,
                self.now,
                voted=self.votes.get(one),
                was_annulled=one in self.annulled,
                group_works=one in self.groups,
                others=self.auditors,
            )
            self.resolutions[one] = RESOLUTION.evolve(self.resolutions[one], decided)
        by_hand = isinstance(command, RemindOfMandate) and command.moment is None
        assert by_hand or not self.decides_again(command, context), "a repeated command adds"

    def group_of(self, one: UUID) -> WorkingGroup:
        if one not in self.groups:
            return group_after()
        return group_after(
            msgspec.structs.replace(ESTABLISHED, group=group_id(one), resolution=one)
        )

    def other_for(self, command: ResolutionCommand) -> Resolution:
        match command:
            case RevokeResolution(revoking=other):
                return self.resolutions[other]
            case PassResolution(mandate=RevocationMandate(resolution=other)):
                return self.resolutions[other]
            case _:
                return Unknown()

    def decides_again(self, command: ResolutionCommand, context: ResolutionContext) -> bool:
        state = self.resolutions[command.subject]
        context = msgspec.structs.replace(context, other=self.other_for(command))
        try:
            return bool(RESOLUTION.decide(command, state, context))
        except DomainError:
            return False


TestResolutionMachine = ResolutionMachine.TestCase
TestResolutionMachine.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
