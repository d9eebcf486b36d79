"""Everybody does anything, and nobody is disclosed who has not agreed, or shares two courses."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.course_pools.commands import (
    AddPoolMember,
    AgreeToPool,
    DeclinePool,
    DissolvePool,
    PoolCommand,
    ProposePool,
    RemovePoolMember,
)
from domain.course_pools.context import PoolContext
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.details import PoolMember
from domain.course_pools.events import (
    PoolAgreed,
    PoolDeclined,
    PoolEvent,
    PoolFormed,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)
from domain.course_pools.following import command_of, moves_of
from domain.course_pools.pool import Existing, Unknown, is_in, learners_in
from domain.kernel import Actor, DomainError
from domain.language_needs.commands import (
    ChangeReport,
    LeavePool,
    PutIntoPool,
    ReportCommand,
    WithdrawReport,
)
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import ReportEvent
from domain.language_needs.events_end import WithdrawalReason
from domain.language_needs.report import Held
from tests.domain.county import ADA
from tests.domain.course_pools.example import (
    BAKERY,
    CONTEXT,
    COURSE,
    FEWER,
    FORGE,
    MILL,
    OTHER_POOL,
    POOL,
    company_of,
)
from tests.domain.language_needs.example import (
    ACKNOWLEDGED,
    CONTACT,
    FIRM,
    NEED,
    PROCESS,
    SUBMITTED,
    TRIAGED,
)
from tests.domain.language_needs.example import CONTEXT as OF_REPORT

COMPANIES = (MILL, BAKERY, FORGE)
SMALL = msgspec.structs.replace(COURSE, maximum=9)
pools = st.sampled_from([POOL, OTHER_POOL])
reports = st.sampled_from(COMPANIES)
numbers = st.integers(2, 5)
needs = st.sampled_from(
    [
        NEED,
        msgspec.structs.replace(NEED, pooling=False),
        msgspec.structs.replace(NEED, groups=FEWER),
    ]
)


class PoolsMachine(RuleBasedStateMachine):
    """Two pools and three companies; their processes follow at any time, or much later."""

    def __init__(self) -> None:
        super().__init__()
        self.pools: dict[UUID, list[PoolEvent]] = {POOL: [], OTHER_POOL: []}
        self.reports: dict[UUID, list[ReportEvent]] = {}
        self.word: dict[UUID, dict[UUID, bool]] = defaultdict(dict)
        """What each company said last since it was asked, for each pool."""
        self.told: list[frozenset[UUID]] = []

    @initialize(unseen=st.booleans())
    def begin(self, *, unseen: bool) -> None:
        """All three are asked, or two coordinators ask one of them at the same moment."""
        self.report()
        if unseen:
            self.propose(POOL, [4, 4, 2], unseen=True)
            self.propose(OTHER_POOL, [2, 4, 4], unseen=True)
        else:
            self.propose(POOL, [3, 3, 3], unseen=False)

    def report(self) -> None:
        for report in COMPANIES:
            submitted = msgspec.structs.replace(SUBMITTED, report=report)
            self.reports[report] = [submitted, ACKNOWLEDGED, TRIAGED]

    @rule(pool=pools, learners=st.lists(numbers, min_size=3, max_size=3), unseen=st.booleans())
    def propose(self, pool: UUID, learners: Sequence[int], *, unseen: bool) -> None:
        members = tuple(
            PoolMember(report=report, learners=number)
            for report, number in zip(COMPANIES, learners, strict=True)
            if number > 2
        )
        self.ask(ProposePool(pool=pool, course=SMALL, members=members), unseen=unseen)

    @rule(pool=pools, report=reports, learners=numbers, unseen=st.booleans())
    def add(self, pool: UUID, report: UUID, learners: int, *, unseen: bool) -> None:
        member = PoolMember(report=report, learners=learners)
        self.ask(AddPoolMember(pool=pool, member=member), unseen=unseen)

    @rule(pool=pools, said=st.lists(reports, min_size=1, max_size=3))
    def agree_one_after_the_other(self, pool: UUID, said: Sequence[UUID]) -> None:
        for report in said:
            self.agree(pool, report)

    @rule(pool=pools, report=reports)
    def agree(self, pool: UUID, report: UUID) -> None:
        self.ask(AgreeToPool(pool=pool, report=report), company_of(report))

    @rule(pool=pools, report=reports)
    def decline(self, pool: UUID, report: UUID) -> None:
        self.ask(DeclinePool(pool=pool, report=report), company_of(report))

    @rule(pool=pools, report=reports)
    def remove(self, pool: UUID, report: UUID) -> None:
        self.ask(RemovePoolMember(pool=pool, report=report, reason="Zu weit."))

    @rule(pool=pools)
    def dissolve(self, pool: UUID) -> None:
        self.ask(DissolvePool(pool=pool, reason="Der Raum fehlt."))

    @rule(report=reports, need=needs)
    def change(self, report: UUID, need: object) -> None:
        command = ChangeReport(report=report, company=FIRM, contact=CONTACT, need=need)  # pyright: ignore[reportArgumentType]  (one of the needs)
        self.do(command, company_of(report))

    @rule(report=reports, often=st.integers(0, 3))
    def withdraw(self, report: UUID, often: int) -> None:
        """Now and then."""
        if often:
            return
        self.do(WithdrawReport(report=report, reason=WithdrawalReason.OTHER), company_of(report))

    @rule(report=reports)
    def follow(self, report: UUID) -> None:
        """The report's process looks at the log and does what is left to do."""
        state = COMPANY_REPORT.replay(self.reports[report])
        for move in moves_of(state, [p for p in self.there() if is_in(p, report)]):
            command = command_of(move, report)
            if isinstance(command, PutIntoPool | LeavePool):
                self.do(command, PROCESS)
            else:
                assert isinstance(command, RemovePoolMember)
                self.ask(command, PROCESS)

    @invariant()
    def there_is_room_for_everybody_who_is_in(self) -> None:
        assert all(learners_in(pool) <= pool.course.maximum for pool in self.there())

    @invariant()
    def nobody_is_in_two_pools_once_the_processes_have_followed(self) -> None:
        kept = {key: list(events) for key, events in self.pools.items()}, dict(self.reports)
        said = {key: dict(words) for key, words in self.word.items()}, list(self.told)
        for report in (*COMPANIES, *COMPANIES):
            self.follow(report)
        for report, events in self.reports.items():
            state = COMPANY_REPORT.replay(events)
            assert isinstance(state, Held) or not [p for p in self.there() if is_in(p, report)]
            found = [pool.pool for pool in self.there() if is_in(pool, report)]
            assert len(found) <= 1
            assert state.record.pool == next(iter(found), None)  # pyright: ignore[reportAttributeAccessIssue]  (it was submitted)
        (self.pools, self.reports), (words, self.told) = kept, said
        self.word = defaultdict(dict, words)

    def there(self) -> list[Existing]:
        found = [COURSE_POOL.replay(events) for events in self.pools.values()]
        return [pool for pool in found if not isinstance(pool, Unknown)]

    def context(self, pool: UUID, by: Actor, *, unseen: bool) -> PoolContext:
        """`unseen`: another coordinator does something at the same moment."""
        others = [] if unseen else [each for each in self.there() if each.pool != pool]
        elsewhere: Mapping[UUID, UUID] = {
            report: each.pool for report in COMPANIES for each in others if is_in(each, report)
        }
        reports = {key: COMPANY_REPORT.replay(events) for key, events in self.reports.items()}
        return msgspec.structs.replace(CONTEXT, by=by, reports=reports, elsewhere=elsewhere)

    def ask(self, command: PoolCommand, by: Actor = ADA, *, unseen: bool = False) -> None:
        past = self.pools[command.pool]
        context = self.context(command.pool, by, unseen=unseen)
        try:
            events = COURSE_POOL.decide(command, COURSE_POOL.replay(past), context)
        except DomainError:
            return
        self.pools[command.pool] = [*past, *events]
        for event in events:
            self.audit(event)
        again = COURSE_POOL.replay(self.pools[command.pool])
        assert not COURSE_POOL.decide(command, again, context), "a repeated command adds nothing"

    def do(self, command: ReportCommand, by: Actor) -> None:
        past = self.reports[command.report]
        context = msgspec.structs.replace(OF_REPORT, by=by)
        try:
            events = COMPANY_REPORT.decide(command, COMPANY_REPORT.replay(past), context)
        except DomainError:
            return
        self.reports[command.report] = [*past, *events]

    def audit(self, event: PoolEvent) -> None:
        """Keep a record of one's own of who said what, and check who is told of whom."""
        words = self.word[event.pool]
        match event:
            case PoolProposed(members=members):
                words.update({member.report: False for member in members})
            case PoolMemberAdded(report=report):
                words[report] = False
            case PoolAgreed(report=report):
                words[report] = True
            case PoolDeclined(report=report) | PoolMemberRemoved(report=report):
                words.pop(report, None)
            case PoolFormed(members=members):
                self.audit_formed(members, words)
            case _:
                pass

    def audit_formed(self, members: Sequence[PoolMember], words: Mapping[UUID, bool]) -> None:
        assert {member.report for member in members} == set(words), "all who are still in"
        assert all(words.values()), "each of them has agreed"
        assert len(members) >= 2, "one alone shares with nobody"
        assert SMALL.minimum <= sum(member.learners for member in members) <= SMALL.maximum
        for member in members:
            report = COMPANY_REPORT.replay(self.reports[member.report])
            assert isinstance(report, Held), "nobody who has withdrawn is disclosed"
            assert report.record.need.pooling, "nor who does not want to share any more"
            others = [pool for pool in self.there() if is_in(pool, member.report)]
            assert len(others) == 1, "nobody shares two courses"


TestPoolsMachine = PoolsMachine.TestCase
TestPoolsMachine.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
