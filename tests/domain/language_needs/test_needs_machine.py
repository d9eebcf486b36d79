"""Everybody does anything at any time, and there is no report that nobody holds."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.offer import Unknown as NoOffer
from domain.findings.decide_theme import THEME
from domain.kernel import Actor, DomainError, stream_id
from domain.language_needs.commands import (
    AcknowledgeReport,
    AnswerCompany,
    AnswerQuestion,
    AnswerReferral,
    AskCompany,
    ChangeReport,
    CloseReport,
    EscalateReport,
    LeavePool,
    NoteAfterEnd,
    NoteAfterStart,
    NoteUnmetNeed,
    ProposeOffer,
    PutIntoPool,
    RecallReferral,
    RecordStart,
    ReferReport,
    RemindHolder,
    ReopenReport,
    ReportCommand,
    SubmitReport,
    TriageReport,
    WithdrawReport,
)
from domain.language_needs.course import Phase, course_of
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import AnswerKind, Priority, ReferralOutcome, ReportEvent
from domain.language_needs.events_end import Outcome, WithdrawalReason
from domain.language_needs.need import Need
from domain.language_needs.report import (
    Asked,
    Closed,
    CompanyReport,
    Held,
    Referred,
    Unknown,
    Withdrawn,
    holder_of,
    stage_of,
)
from tests.domain.county import ADA, CARITAS, DORA, JOBCENTER, MONDAY, NRW, SALZKOTTEN
from tests.domain.course_offers.example import ENTERED, OFFER_ID
from tests.domain.findings.example import OPENED, THEME_ID
from tests.domain.language_needs.auditor import Auditor
from tests.domain.language_needs.example import (
    ANSWER,
    COMPANY,
    CONTACT,
    CONTACT_PERSON,
    CONTEXT,
    FIRM,
    NEED,
    PROCESS,
    REFER,
    REPORT_ID,
    SUBMIT,
)

POOLS = st.sampled_from([stream_id("pool", "a"), stream_id("pool", "b")])
START = RecordStart(
    report=REPORT_ID, starts_on=MONDAY.date(), ends_on=MONDAY.date(), participants=6
)
OFFERED, THEMED = COURSE_OFFER.replay((ENTERED,)), THEME.replay((OPENED,))
LAST = MONDAY + timedelta(days=270)
"""The holidays are known that far."""

words = st.sampled_from(["Ja.", "Doch.", "Gut.", "Bald.", "Frau Yildiz, geb. 1.2.1998", " "])
remarks = st.sampled_from(["", "Nach der Frühschicht.", "Name: Yusuf"])
needs = st.sampled_from(
    [
        NEED,
        msgspec.structs.replace(NEED, consent=()),
        msgspec.structs.replace(NEED, consent=(CARITAS, JOBCENTER), pooling=False),
        msgspec.structs.replace(NEED, groups=()),
    ]
)
days = st.integers(-10, 300).map(lambda number: MONDAY.date() + timedelta(days=number))
no_day = st.one_of(st.none(), st.none(), days)
numbers = st.integers(-1, 8)
keys = st.sampled_from([JOBCENTER, JOBCENTER, CARITAS])
of_this = {"report": st.just(REPORT_ID)}


def asking(command: type[Any], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(command, **of_this, **fields)


commands: st.SearchStrategy[ReportCommand] = st.one_of(
    asking(
        SubmitReport,
        reference=st.just(SUBMIT.reference),
        channel=st.just(SUBMIT.channel),
        company=st.just(FIRM),
        contact=st.just(CONTACT),
        need=needs,
        remark=remarks,
        confirmed_at=st.just(MONDAY),
    ),
    asking(
        ChangeReport, company=st.just(FIRM), contact=st.just(CONTACT), need=needs, remark=remarks
    ),
    asking(WithdrawReport, reason=st.sampled_from(WithdrawalReason)),
    asking(
        AcknowledgeReport,
        contact_person=st.sampled_from([CONTACT_PERSON, "other"]),
        message=st.just("Guten Tag."),
    ),
    asking(
        TriageReport,
        priority=st.sampled_from(Priority),
        routes=st.lists(keys, max_size=2).map(tuple),
        note=remarks,
    ),
    asking(ReferReport, organisation=keys, question=words, due=no_day),
    asking(
        AnswerReferral,
        organisation=keys,
        answer=st.sampled_from(ReferralOutcome),
        text=remarks,
    ),
    asking(RecallReferral, reason=words),
    asking(AskCompany, question=words, due=no_day),
    asking(AnswerQuestion, text=words),
    asking(ProposeOffer, offer=st.just(OFFER_ID)),
    asking(PutIntoPool, pool=POOLS),
    asking(LeavePool, pool=POOLS, reason=words),
    asking(
        AnswerCompany,
        kind=st.sampled_from(AnswerKind),
        text=words,
        offer=st.sampled_from([None, None, OFFER_ID]),
        pool=st.one_of(st.none(), POOLS),
    ),
    asking(RecordStart, starts_on=days, ends_on=days, participants=numbers),
    asking(NoteAfterStart, participants=numbers, text=remarks),
    asking(
        NoteAfterEnd,
        participants=numbers,
        passed=st.one_of(st.none(), numbers),
        text=remarks,
    ),
    asking(CloseReport, outcome=st.sampled_from(Outcome), learners=numbers, note=remarks),
    asking(ReopenReport, reason=words),
    asking(
        NoteUnmetNeed,
        municipality=st.just(SALZKOTTEN.ags),
        theme=st.sampled_from([None, THEME_ID]),
    ),
)
actors = st.sampled_from([ADA, ADA, COMPANY, DORA])


ACKNOWLEDGE = AcknowledgeReport(report=REPORT_ID, contact_person=CONTACT_PERSON)
TRIAGE = TriageReport(report=REPORT_ID, priority=Priority.NORMAL)
FAR = (ACKNOWLEDGE, TRIAGE)
WAYS: tuple[tuple[ReportCommand, ...], ...] = (
    (),
    (ACKNOWLEDGE,),
    FAR,
    (*FAR, REFER),
    (*FAR, AskCompany(report=REPORT_ID, question="Gibt es einen Raum?")),
    (*FAR, ANSWER),
    (*FAR, START),
    (*FAR, START, NoteAfterStart(report=REPORT_ID, participants=6)),
)


class NeedsMachine(RuleBasedStateMachine):
    """Plays the desk and the clock for one report."""

    def __init__(self) -> None:
        super().__init__()
        self.at: datetime = MONDAY
        self.events: list[ReportEvent] = []
        self.report: CompanyReport = Unknown()
        self.auditor = Auditor()

    @initialize(way=st.sampled_from(WAYS), need=needs)
    def it_is_on_its_way(self, way: Sequence[ReportCommand], need: Need) -> None:
        """Most of what goes wrong goes wrong later than at the beginning."""
        if need.groups:
            self.ask(msgspec.structs.replace(SUBMIT, need=need), COMPANY)
            for command in way:
                self.ask(command, ADA)

    @rule(command=commands, by=actors, is_offered=st.booleans())
    def somebody_asks(self, command: ReportCommand, by: Actor, *, is_offered: bool) -> None:
        self.ask(command, by, offer=OFFERED if is_offered else NoOffer())

    @rule(days=st.integers(1, 20), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.at = min(self.at + timedelta(days=days, hours=hours), LAST)

    @rule()
    def the_clock_does_what_is_due(self) -> None:
        course = course_of(self.report, NRW)
        if course.phase is Phase.ENDED:
            return
        assert course.due is not None
        assert course.climbs_at is not None
        if course.remind_at is not None and course.remind_at <= LAST:
            self.at = max(self.at, course.remind_at)
            remind = RemindHolder(report=REPORT_ID, due=course.due)
            assert self.ask(remind, PROCESS) == 1, "what the course says can be done"
            return
        self.at = max(self.at, course.climbs_at)
        climb = EscalateReport(report=REPORT_ID, due=course.due, level=course.level)
        assert self.ask(climb, PROCESS) == 1, "what the course says can be done"

    @rule(due=st.integers(0, 3), level=st.integers(0, 3))
    def a_clock_goes_wrong(self, due: int, level: int) -> None:
        holder = holder_of(self.report)
        moment = (holder.due if holder else MONDAY) + timedelta(days=due // 2)
        self.ask(RemindHolder(report=REPORT_ID, due=moment), PROCESS)
        self.ask(EscalateReport(report=REPORT_ID, due=moment, level=level), PROCESS)

    @invariant()
    def every_report_that_has_not_ended_is_held_until_a_moment(self) -> None:
        holder = holder_of(self.report)
        assert holder == self.auditor.holder
        match self.report:
            case Unknown() | Closed() | Withdrawn():
                assert holder is None
            case _:
                assert holder is not None
                assert holder.since < holder.due
                assert course_of(self.report, NRW).climbs_at is not None

    @invariant()
    def whoever_is_said_to_hold_it_is_who_holds_it(self) -> None:
        report = self.report
        if isinstance(report, Held):
            event(stage_of(report))
            waiting = [referral for referral in report.record.referrals if referral.is_open]
            assert bool(waiting) == isinstance(report, Referred)
            assert len(waiting) <= 1
            assert isinstance(report, Asked) == (report.holder.kind == "company")

    @invariant()
    def what_was_recorded_says_it_again(self) -> None:
        assert COMPANY_REPORT.replay(self.events) == self.report

    def ask(self, command: ReportCommand, by: Actor, **facts: Any) -> int:
        """How many events follow; what is refused changes nothing, and twice is never more."""
        context = msgspec.structs.replace(CONTEXT, by=by, at=self.at, theme=THEMED, **facts)
        try:
            events = COMPANY_REPORT.decide(command, self.report, context)
        except DomainError:
            return 0
        for each in events:
            self.auditor.reads(each)
            self.report = COMPANY_REPORT.evolve(self.report, each)
            self.events.append(each)
        with suppress(DomainError):
            assert not COMPANY_REPORT.decide(command, self.report, context), "twice is once"
        return len(events)


TestNeedsMachine = NeedsMachine.TestCase
TestNeedsMachine.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
