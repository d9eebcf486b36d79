"""Everybody asks a working group for anything at any time; no rule is got around."""

from datetime import UTC, date, timedelta

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.assessments.commands import round_id
from domain.kernel import Actor, DomainError
from domain.steering.resolution import Resolution
from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    DeclareAgreementOverdue,
    DissolveGroup,
    DropAgreement,
    EstablishGroup,
    ExtendAgreement,
    FulfilAgreement,
    HandOverLead,
    JoinGroup,
    LeaveGroup,
    LinkConsequence,
    MakeAgreement,
    MoveMeeting,
    PlanMeetings,
    PublishGroup,
    RecordMeeting,
    RemindOfAgreement,
    RemindToCall,
    ReopenAgreement,
    ReportBack,
    UnlinkConsequence,
    WithdrawGroupPublication,
    WithdrawMeeting,
    WorkingGroupCommand,
)
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.course import Phase, course
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.events import ConsequenceKind, Part
from domain.working_groups.group import Unknown, Working, WorkingGroup, stage_of
from domain.working_groups.membership import part_on
from tests.domain.county import (
    ADA,
    BEN,
    BERLIN,
    CARITAS,
    CHAMBER,
    CLOCK,
    JOBCENTER,
    MONDAY,
    NRW,
    ORGANISATIONS,
    STRANGERS,
)
from tests.domain.steering.resolution_example import (
    BODY,
    NEXT_SESSION,
    RESOLUTION_ID,
    SESSION_OF_OTHERS,
)
from tests.domain.working_groups.auditor import GroupAuditor
from tests.domain.working_groups.example import DISSOLUTION, DISSOLVING, GROUP_ID, MANDATED

SCHOOL_YEAR = "2025/26"
ROUND = round_id("2026/27", "sprachstand")

_group = st.just(GROUP_ID)
people = st.sampled_from([ADA, BEN, CLOCK])
organisations = st.sampled_from([CARITAS, CHAMBER, JOBCENTER])
anybody = organisations | st.just(STRANGERS)
reasons = st.sampled_from(["Darum.", " "])
texts = st.sampled_from(["Eins.", "Zwei.", ""])
numbers = st.integers(0, 4)
days = st.integers(-8, 60).map(lambda n: MONDAY.date() + timedelta(days=n))
# Not in local time: an hour that comes twice is equal to none in another zone (PEP 495).
BEGIN = MONDAY.astimezone(UTC)
moments = st.timedeltas(timedelta(days=-6), timedelta(days=60)).map(lambda span: BEGIN + span)
attendance = st.lists(organisations, min_size=1, max_size=3, unique=True).map(tuple)

anything: st.SearchStrategy[WorkingGroupCommand] = st.one_of(
    st.builds(EstablishGroup, resolution=st.just(RESOLUTION_ID), since=st.none() | days),
    st.builds(
        JoinGroup,
        group=_group,
        organisation=anybody,
        part=st.sampled_from(Part),
        since=days,
    ),
    st.builds(LeaveGroup, group=_group, organisation=anybody, until=days, reason=reasons),
    st.builds(HandOverLead, group=_group, lead=anybody, reason=reasons),
    st.builds(
        PlanMeetings,
        group=_group,
        school_year=st.just(SCHOOL_YEAR),
        meetings=numbers,
        call_by=st.none() | st.lists(days, max_size=3).map(tuple),
    ),
    st.builds(RemindToCall, group=_group, school_year=st.just(SCHOOL_YEAR), moment=moments),
    st.builds(CallMeeting, group=_group, meeting=numbers, starts_at=moments),
    st.builds(MoveMeeting, group=_group, meeting=numbers, starts_at=moments, reason=reasons),
    st.builds(CancelMeeting, group=_group, meeting=numbers, reason=reasons),
    st.builds(
        RecordMeeting,
        group=_group,
        meeting=numbers,
        held_at=moments,
        attended=st.lists(anybody, max_size=3).map(tuple),
    ),
    st.builds(
        CorrectMeeting,
        group=_group,
        meeting=numbers,
        held_at=moments,
        attended=attendance,
        summary=texts,
        reason=reasons,
    ),
    st.builds(WithdrawMeeting, group=_group, meeting=numbers, reason=reasons),
    st.builds(
        MakeAgreement,
        group=_group,
        agreement=numbers,
        meeting=numbers,
        text=texts,
        owner=anybody,
        due=days,
    ),
    st.builds(RemindOfAgreement, group=_group, agreement=numbers, moment=st.none() | moments),
    st.builds(DeclareAgreementOverdue, group=_group, agreement=numbers),
    st.builds(ExtendAgreement, group=_group, agreement=numbers, due=days, reason=reasons),
    st.builds(FulfilAgreement, group=_group, agreement=numbers, outcome=texts),
    st.builds(ReopenAgreement, group=_group, agreement=numbers, due=days, reason=reasons),
    st.builds(DropAgreement, group=_group, agreement=numbers, meeting=numbers, reason=reasons),
    st.builds(
        LinkConsequence,
        group=_group,
        agreement=numbers,
        kind=st.sampled_from(ConsequenceKind),
        consequence=st.sampled_from([ROUND, RESOLUTION_ID]),
    ),
    st.builds(
        UnlinkConsequence,
        group=_group,
        agreement=numbers,
        consequence=st.just(ROUND),
        reason=reasons,
    ),
    st.builds(
        ReportBack,
        group=_group,
        report=numbers,
        session=st.sampled_from([NEXT_SESSION, SESSION_OF_OTHERS]),
        text=texts,
    ),
    st.builds(PublishGroup, group=_group),
    st.builds(WithdrawGroupPublication, group=_group, reason=reasons),
)

works = precondition(lambda machine: isinstance(machine.group, Working))


class GroupMachine(RuleBasedStateMachine):
    """`anybody_asks_for_anything` is the test; the other rules see to it that things get far."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.group: WorkingGroup = Unknown()
        self.auditor = GroupAuditor()

    @initialize()
    def it_is_established(self) -> None:
        self.issue(EstablishGroup(resolution=RESOLUTION_ID), CLOCK)

    @initialize(has_begun=st.booleans(), meetings=st.integers(1, 4))
    def it_may_already_be_at_work(self, has_begun: bool, meetings: int) -> None:
        if has_begun:
            self.it_is_established()
            self.now += timedelta(days=1)
            self.issue(PlanMeetings(group=GROUP_ID, school_year=SCHOOL_YEAR, meetings=meetings))
            self.they_meet(0, (CARITAS, CHAMBER))
            self.they_agree_on_something(CHAMBER, 20, 1)

    @rule(command=anything, by=people)
    def anybody_asks_for_anything(self, command: WorkingGroupCommand, by: Actor) -> None:
        self.issue(command, by)

    @rule(elapsed=st.timedeltas(timedelta(), timedelta(days=9)))
    def time_passes(self, elapsed: timedelta) -> None:
        self.now += elapsed

    @works
    @rule(organisation=organisations, part=st.sampled_from(Part), until=days)
    def somebody_comes_or_goes(self, organisation: str, part: Part, until: date) -> None:
        self.issue(LeaveGroup(group=GROUP_ID, organisation=organisation, until=until, reason="Neu"))
        since = until + timedelta(days=1)
        self.issue(JoinGroup(group=GROUP_ID, organisation=organisation, part=part, since=since))

    @works
    @rule(ago=st.integers(0, 5), invited=attendance)
    def they_meet(self, ago: int, invited: tuple[str, ...]) -> None:
        held_at = self.now - timedelta(days=ago)
        day = held_at.astimezone(BERLIN).date()
        memberships = self.working.record.memberships
        attended = tuple(one for one in invited if part_on(memberships, one, day) is not None)
        self.issue(
            RecordMeeting(
                group=GROUP_ID,
                meeting=len(self.working.record.meetings) + 1,
                held_at=held_at,
                attended=attended,
            )
        )

    @works
    @rule(owner=anybody, within=st.integers(0, 30), meeting=st.integers(1, 3))
    def they_agree_on_something(self, owner: str, within: int, meeting: int) -> None:
        self.issue(
            MakeAgreement(
                group=GROUP_ID,
                agreement=len(self.working.record.agreements) + 1,
                meeting=meeting,
                text="Ja.",
                owner=owner,
                due=self.now.date() + timedelta(days=within),
            )
        )

    @works
    @rule(number=st.integers(1, 2), meeting=st.integers(1, 4), is_done=st.booleans())
    def something_comes_of_it(self, number: int, meeting: int, is_done: bool) -> None:
        if is_done:
            self.issue(FulfilAgreement(group=GROUP_ID, agreement=number, outcome="Erledigt."))
        else:
            asked = DropAgreement(
                group=GROUP_ID, agreement=number, meeting=meeting, reason="Überholt"
            )
            self.issue(asked)

    @works
    @rule(number=st.integers(1, 2), within=st.integers(1, 40))
    def something_takes_longer(self, number: int, within: int) -> None:
        due = self.now.date() + timedelta(days=within)
        self.issue(ExtendAgreement(group=GROUP_ID, agreement=number, due=due, reason="Ferien"))
        self.issue(ReopenAgreement(group=GROUP_ID, agreement=number, due=due, reason="Doch nicht"))

    @works
    @rule(meeting=st.integers(1, 4), ago=st.integers(0, 8), there=attendance)
    def something_was_recorded_wrongly(
        self, meeting: int, ago: int, there: tuple[str, ...]
    ) -> None:
        asked = CorrectMeeting(
            group=GROUP_ID,
            meeting=meeting,
            held_at=self.now - timedelta(days=ago),
            attended=there,
            summary="",
            reason="Irrtum",
        )
        self.issue(asked)

    @works
    @rule()
    def the_next_moment_comes(self) -> None:
        told = course(self.group)
        assert told.phase is Phase.WORKING
        ahead = [call.moment for call in told.calls]
        for one in told.agreements:
            ahead += [*one.reminders, *([one.due] if one.due else [])]
        self.now = min((moment for moment in ahead if moment > self.now), default=self.now)
        for call in told.calls:
            moment, year = call.moment, call.school_year
            self.issue(RemindToCall(group=GROUP_ID, school_year=year, moment=moment), CLOCK)
        for one in told.agreements:
            number = one.agreement
            for moment in one.reminders:
                asked = RemindOfAgreement(group=GROUP_ID, agreement=number, moment=moment)
                self.issue(asked, CLOCK)
            self.issue(DeclareAgreementOverdue(group=GROUP_ID, agreement=number), CLOCK)

    @works
    @precondition(lambda machine: len(machine.auditor.events) > 20)
    @rule()
    def it_is_dissolved(self) -> None:
        self.issue(DissolveGroup(group=GROUP_ID, resolution=DISSOLVING), resolution=DISSOLUTION)
        assert not isinstance(self.group, Working)

    @invariant()
    def every_list_of_events_folds_to_the_same_state_from_scratch(self) -> None:
        assert WORKING_GROUP.replay(self.auditor.events) == self.group

    def teardown(self) -> None:
        event(f"{stage_of(self.group)} with meetings: {bool(self.auditor.held)}")
        event(f"agreements: {bool(self.auditor.owners)}, ended: {bool(self.auditor.ended)}")
        stored = [(type(e), msgspec.json.encode(e)) for e in self.auditor.events]
        loaded = [msgspec.json.decode(data, type=kind) for kind, data in stored]
        assert WORKING_GROUP.replay(loaded) == self.group

    @property
    def working(self) -> Working:
        assert isinstance(self.group, Working)
        return self.group

    def issue(
        self, command: WorkingGroupCommand, by: Actor = ADA, resolution: Resolution = MANDATED
    ) -> None:
        context = WorkingGroupContext(
            by=by,
            at=self.now,
            calendar=NRW,
            resolution=resolution,
            organisations=ORGANISATIONS,
            sessions={NEXT_SESSION: BODY, SESSION_OF_OTHERS: "beirat"},
            consequences=frozenset({ROUND}),
        )
        try:
            events = WORKING_GROUP.decide(command, self.group, context)
        except DomainError:
            return
        for decided in events:
            self.auditor.reads(decided, self.now)
            self.group = WORKING_GROUP.evolve(self.group, decided)
        by_hand = isinstance(command, RemindOfAgreement) and command.moment is None
        assert by_hand or not self.decides_again(command, context), "a repeated command adds"

    def decides_again(self, command: WorkingGroupCommand, context: WorkingGroupContext) -> bool:
        try:
            return bool(WORKING_GROUP.decide(command, self.group, context))
        except DomainError:
            return False


TestGroupMachine = GroupMachine.TestCase
TestGroupMachine.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
