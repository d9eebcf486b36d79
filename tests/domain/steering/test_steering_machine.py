"""Everybody asks a body and its sessions for anything at any time: no rule is got around."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, timedelta
from uuid import UUID

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.kernel import Actor, DomainError
from domain.steering.agenda import item_digest
from domain.steering.body_commands import (
    AdoptRules,
    AppointPerson,
    BodyCommand,
    EndAppointment,
)
from domain.steering.body_context import BodyContext
from domain.steering.body_decide import BODY
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Rules
from domain.steering.session import (
    Circulating,
    Drafted,
    Frozen,
    Open,
    Scheduled,
    Session,
    Unknown,
    stage_of,
)
from domain.steering.session_commands import (
    AnnounceAbsence,
    AnnulVote,
    Answer,
    ApproveMinutes,
    CancelSession,
    CastBallot,
    CloseSession,
    DeclareConflict,
    DraftMinutes,
    FreezeAgenda,
    InviteToSession,
    LeaveSeat,
    OpenCircular,
    OpenSession,
    ReleaseMinutes,
    RemindMembers,
    SessionCommand,
    TakeSeat,
    TakeVote,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_decide import SESSION
from domain.steering.session_events import Occasion, SessionEvent
from domain.steering.vote import Choice, Manner
from tests.domain.county import ADA, CLOCK, MONDAY, NRW
from tests.domain.steering.body_auditor import BodyAuditor
from tests.domain.steering.body_example import (
    ALL_ORGANISATIONS,
    DEPUTIES,
    FOUNDED,
    GROUP,
    HOLDERS,
    PEOPLE,
    RULES,
    SEATED,
    adopted,
)
from tests.domain.steering.session_auditor import SessionAuditor
from tests.domain.steering.session_example import (
    CIRCULAR,
    CIRCULAR_ID,
    PLANNED,
    PROPOSAL,
    READY,
    SESSION_ID,
    STARTS_AT,
    THEME,
    WRITTEN,
    member,
)
from tests.domain.steering.steering_asking import (
    actors,
    choices,
    meeting_of,
    names,
    of_body,
    of_session,
    rules,
    seats,
    votes,
)

some_rules = st.just(RULES) | rules
wordings = st.sampled_from("ab")
few = st.integers(0, 2)


def while_it_is(*stages: type[Session]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return precondition(lambda machine: isinstance(machine.session, stages))


class SteeringMachine(RuleBasedStateMachine):
    """A body that changes at any time, and one of its sessions."""

    SESSION_ID: UUID

    def __init__(self) -> None:
        super().__init__()
        # Not in local time: an hour that comes twice is equal to none in another zone (PEP 495).
        self.now = MONDAY.astimezone(UTC)
        self.body = BODY.initial
        self.body_auditor = BodyAuditor()
        self.session: Session = Unknown()
        self.auditor = SessionAuditor(self.body_auditor)

    def begin(self, first: Rules, history: Sequence[SessionEvent]) -> None:
        for recorded in (*SEATED, adopted(first)):
            self.body_auditor.reads(recorded, self.now)
            self.body = BODY.evolve(self.body, recorded)
        for recorded in history:
            self.record(recorded, ADA)

    @rule(command=of_body, by=actors)
    def the_body_changes(self, command: BodyCommand, by: Actor) -> None:
        context = BodyContext(
            by=by, at=self.now, calendar=NRW, organisations=ALL_ORGANISATIONS, people=PEOPLE
        )
        try:
            events = BODY.decide(command, self.body, context)
        except DomainError:
            return
        for decided in events:
            self.body_auditor.reads(decided, self.now)
            self.body = BODY.evolve(self.body, decided)
        with suppress(DomainError):
            assert not BODY.decide(command, self.body, context), "a repeated command adds"

    @while_it_is(Open, Circulating)
    @rule(seat=votes, person=names)
    def a_seat_changes_hands_meanwhile(self, seat: str, person: str) -> None:
        """So that what the body says and who sits there may no longer agree."""
        holder = self.body.seats[seat].holder_on(self.today)
        if holder is not None:
            end = EndAppointment(
                body=GROUP,
                seat=seat,
                person=holder,
                capacity=Capacity.HOLDER,
                since=FOUNDED,
                until=self.today - timedelta(days=1),
            )
            self.the_body_changes(end, ADA)
        appoint = AppointPerson(
            body=GROUP, seat=seat, person=person, capacity=Capacity.HOLDER, since=self.today
        )
        self.the_body_changes(appoint, ADA)

    @rule(other=rules)
    def other_rules_hold_from_now_on(self, other: Rules) -> None:
        command = AdoptRules(body=GROUP, valid_from=self.today, rules=other, basis="Beschluss")
        self.the_body_changes(command, ADA)

    @rule(minutes=st.integers(0, 30))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @while_it_is(Drafted)
    @rule(by=actors)
    def somebody_approves(self, by: Actor) -> None:
        assert isinstance(self.session, Drafted)
        version, digest = self.session.version, self.session.digest
        self.issue(ApproveMinutes(session=self.SESSION_ID, version=version, digest=digest), by)
        self.issue(ReleaseMinutes(session=self.SESSION_ID, version=version), ADA)

    @invariant()
    def every_vote_that_stands_is_still_true(self) -> None:
        self.auditor.recounts()

    @invariant()
    def every_list_of_events_folds_to_the_same_state_from_scratch(self) -> None:
        assert SESSION.replay(self.auditor.events) == self.session

    def teardown(self) -> None:
        kinds = Counter(type(recorded).__name__ for recorded in self.auditor.events)
        votes_and_recommendations = f"{kinds['VoteTaken']}/{kinds['RecommendationMade']}"
        event(f"{stage_of(self.session)}: {votes_and_recommendations}")
        stored = [(type(e), msgspec.json.encode(e)) for e in self.auditor.events]
        loaded = [msgspec.json.decode(data, type=kind) for kind, data in stored]
        assert SESSION.replay(loaded) == self.session

    @property
    def today(self) -> date:
        return self.now.astimezone(NRW.zone).date()

    def record(self, recorded: SessionEvent, by: Actor) -> None:
        self.auditor.reads(recorded, self.now, by.people)
        self.session = SESSION.evolve(self.session, recorded)

    def issue(self, command: SessionCommand, by: Actor) -> None:
        context = SessionContext(
            by=by,
            at=self.now,
            calendar=NRW,
            body=self.body,
            organisations=ALL_ORGANISATIONS,
            people=PEOPLE,
            ready_themes=frozenset({THEME}),
        )
        try:
            events = SESSION.decide(command, self.session, context)
        except DomainError:
            return
        for decided in events:
            self.record(decided, by)
        by_hand = isinstance(command, RemindMembers) and command.moment is None
        assert by_hand or not self.decides_again(command, context), "a repeated command adds"

    def decides_again(self, command: SessionCommand, context: SessionContext) -> bool:
        try:
            return bool(SESSION.decide(command, self.session, context))
        except DomainError:
            return False


class MeetingMachine(SteeringMachine):
    """`anybody_asks_for_anything` is the test; the other rules see to it that things get far."""

    SESSION_ID = SESSION_ID

    @initialize(first=some_rules, there=st.none() | st.sets(votes))
    def it_is_planned_or_people_have_come(self, first: Rules, there: set[str] | None) -> None:
        self.begin(first, PLANNED if there is None else READY)
        if there is not None:
            self.it_is_opened()
            self.holders_come(there)

    @rule(command=of_session(SESSION_ID), by=actors)
    def anybody_asks_for_anything(self, command: SessionCommand, by: Actor) -> None:
        self.issue(command, by)

    @while_it_is(Scheduled, Frozen)
    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.now = min(self.now + timedelta(days=days), STARTS_AT)

    @while_it_is(Scheduled)
    @rule()
    def the_agenda_is_frozen_and_everybody_invited(self) -> None:
        self.issue(FreezeAgenda(session=SESSION_ID), ADA)
        self.issue(InviteToSession(session=SESSION_ID, urgency="Frist"), ADA)

    @while_it_is(Frozen)
    @rule()
    def it_is_opened(self) -> None:
        self.issue(InviteToSession(session=SESSION_ID, urgency="Frist"), ADA)
        assert isinstance(self.session, Frozen)
        self.now = max(self.now, self.session.record.starts_at)
        self.issue(OpenSession(session=SESSION_ID, chair="karla", keeper="ben"), ADA)

    @while_it_is(Open)
    @rule(there=st.sets(votes))
    def holders_come(self, there: set[str]) -> None:
        for seat in sorted(there):
            self.issue(TakeSeat(session=SESSION_ID, seat=seat, person=HOLDERS[seat]), ADA)

    @while_it_is(Open)
    @rule(seat=seats, person=names)
    def somebody_comes(self, seat: str, person: str) -> None:
        self.issue(TakeSeat(session=SESSION_ID, seat=seat, person=person), ADA)

    @while_it_is(Open)
    @rule(seat=st.sampled_from(sorted(DEPUTIES)), number=st.integers(0, 1))
    def a_deputy_comes_after_the_holder_left(self, seat: str, number: int) -> None:
        person = DEPUTIES[seat][number % len(DEPUTIES[seat])]
        self.issue(LeaveSeat(session=SESSION_ID, seat=seat), ADA)
        self.issue(TakeSeat(session=SESSION_ID, seat=seat, person=person), ADA)

    @while_it_is(Open)
    @rule(command=meeting_of(SESSION_ID), by=actors)
    def things_go_on(self, command: SessionCommand, by: Actor) -> None:
        self.issue(command, by)

    @while_it_is(Open)
    @rule(yes=few, no=few, abstain=few, key=wordings)
    def hands_are_counted(self, yes: int, no: int, abstain: int, key: str) -> None:
        vote = TakeVote(
            session=SESSION_ID,
            item=PROPOSAL.item,
            alternative=key,
            yes=yes,
            no=no,
            abstain=abstain,
        )
        self.issue(vote, ADA)

    @while_it_is(Open)
    @rule(said=st.dictionaries(votes, choices, min_size=1), key=wordings)
    def seats_are_called(self, said: Mapping[str, Choice], key: str) -> None:
        assert isinstance(self.session, Open)
        taken = {p.seat for p in self.session.record.presences if p.until is None}
        vote = TakeVote(
            session=SESSION_ID,
            item=PROPOSAL.item,
            alternative=key,
            manner=Manner.ROLL_CALL,
            answers=tuple(Answer(seat=s, choice=c) for s, c in said.items() if s in taken),
        )
        self.issue(vote, ADA)

    @while_it_is(Open)
    @rule(conflicted=votes, is_conflict=st.booleans())
    def all_who_are_there_agree_to_everything(self, conflicted: str, is_conflict: bool) -> None:
        """Also who has a conflict of interest, and to the second wording after the first."""
        if is_conflict:
            declare = DeclareConflict(session=SESSION_ID, item=PROPOSAL.item, seat=conflicted)
            self.issue(declare, ADA)
        assert isinstance(self.session, Open)
        there = [p for p in self.session.record.presences if p.until is None]
        for key in "ab":
            vote = TakeVote(
                session=SESSION_ID,
                item=PROPOSAL.item,
                alternative=key,
                yes=sum(p.kind is SeatKind.MEMBER for p in there),
            )
            self.issue(vote, ADA)

    @while_it_is(Open)
    @rule(number=st.integers(1, 4))
    def a_vote_is_annulled(self, number: int) -> None:
        self.issue(AnnulVote(session=SESSION_ID, number=number, reason="Verzählt"), ADA)

    @while_it_is(Open)
    @precondition(lambda machine: len(machine.session.record.counts) > 1)
    @rule()
    def people_go_home_and_minutes_are_written(self) -> None:
        self.issue(CloseSession(session=SESSION_ID), ADA)
        self.issue(DraftMinutes(session=SESSION_ID), ADA)


class CircularMachine(SteeringMachine):
    """The same for a vote in writing."""

    SESSION_ID = CIRCULAR_ID

    @initialize(first=some_rules)
    def it_begins(self, first: Rules) -> None:
        self.begin(first, CIRCULAR)
        self.issue(OpenCircular(session=CIRCULAR_ID), ADA)

    @rule(command=of_session(CIRCULAR_ID), by=actors)
    def anybody_asks_for_anything(self, command: SessionCommand, by: Actor) -> None:
        self.issue(command, by)

    @while_it_is(Circulating)
    @rule(chance=st.integers(0, 9))
    def it_may_be_cancelled(self, chance: int) -> None:
        if not chance:
            self.issue(CancelSession(session=CIRCULAR_ID, reason="Krankheit"), ADA)

    @while_it_is(Circulating)
    @rule(seat=seats, person=names, choice=choices)
    def somebody_votes(self, seat: str, person: str, choice: Choice) -> None:
        self.cast(seat, person, choice)

    @while_it_is(Circulating)
    @rule(said=st.dictionaries(votes, choices))
    def holders_vote(self, said: Mapping[str, Choice]) -> None:
        for seat, choice in said.items():
            self.cast(seat, HOLDERS[seat], choice)

    @while_it_is(Circulating)
    @rule(seat=st.sampled_from(sorted(DEPUTIES)), number=st.integers(0, 1), choice=choices)
    def a_deputy_votes_for_who_is_away(self, seat: str, number: int, choice: Choice) -> None:
        self.issue(AnnounceAbsence(session=CIRCULAR_ID, seat=seat), ADA)
        self.cast(seat, DEPUTIES[seat][number % len(DEPUTIES[seat])], choice)

    @while_it_is(Circulating)
    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @while_it_is(Circulating)
    @precondition(lambda machine: machine.session.record.ballots)
    @rule()
    def its_moments_come(self) -> None:
        assert isinstance(self.session, Circulating)
        reminders, closes_at = self.session.reminders, self.session.closes_at
        for moment in reminders:
            self.now = max(self.now, moment)
            remind = RemindMembers(session=CIRCULAR_ID, occasion=Occasion.BALLOT, moment=moment)
            self.issue(remind, CLOCK)
        self.now = max(self.now, closes_at)
        self.issue(CloseSession(session=CIRCULAR_ID), CLOCK)
        self.issue(DraftMinutes(session=CIRCULAR_ID), ADA)

    def cast(self, seat: str, person: str, choice: Choice) -> None:
        command = CastBallot(
            session=CIRCULAR_ID,
            item=WRITTEN.item,
            seat=seat,
            choice=choice,
            shown=item_digest(WRITTEN),
        )
        self.issue(command, member(person))


TestMeetingMachine = MeetingMachine.TestCase
TestMeetingMachine.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
TestCircularMachine = CircularMachine.TestCase
TestCircularMachine.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
