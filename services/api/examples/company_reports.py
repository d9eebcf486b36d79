"""Examples of companies' reports: entered by telephone, and each step of their processing."""

from datetime import date, datetime, timedelta
from uuid import UUID

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.language_needs.events import (
    AnswerKind,
    Channel,
    CourseMoment,
    Priority,
    ReferralOutcome,
)
from domain.language_needs.events_end import Outcome, WithdrawalReason
from domain.language_needs.holder import HolderKind, Task
from domain.language_needs.need import Chamber, Contact, Firm, LearnerGroup, Need, Size, Skill
from services.api.company_intake_bodies import (
    CompanyBody,
    ContactBody,
    GroupBody,
    NeedBody,
    ReportContent,
)
from services.api.company_report_bodies import (
    Acknowledgement,
    AfterEnd,
    AfterStart,
    CompanyAnswer,
    CompanyQuestion,
    CourseStart,
    OfferProposal,
    QuestionAnswer,
    Referral,
    ReferralAnswer,
    ReportClosing,
    ReportWithdrawal,
    TelephoneReport,
    Triage,
    UnmetNeed,
)
from services.api.company_report_views import (
    AnswerView,
    CompanyReportSummary,
    CompanyReportView,
    CourseView,
    FollowUpView,
    HolderView,
    ProposedOffer,
    QuestionView,
    ReferralView,
    UnmetView,
)
from services.api.examples.shared import DELBRUECK, OPENED, PERSON

REPORT = UUID("6a1e9d52-8c0b-5f47-9d3e-1b2c3d4e5f01")
OFFER = UUID("5b8d7c61-2f3a-5e90-8b14-7a6c5d4e3f02")
THEME = UUID("0c1f7b8e-31f4-5a0a-9b36-51a9c7f2e602")
REFERENCE, FIRM_NAME = "DF-7K3M-9QXA", "Metallbau Senne GmbH"
QUESTION = "Können Sie die Berechtigung der Beschäftigten prüfen?"
STARTS, ENDS = date(2027, 1, 11), date(2027, 5, 28)
DUE: datetime = OPENED + timedelta(days=10)

CONTENT = ReportContent(
    company=CompanyBody(
        name=FIRM_NAME,
        municipality=DELBRUECK,
        size=Size.TO_49,
        trade="C",
        chamber=Chamber.IHK,
    ),
    contact=ContactBody(
        name="Petra Beispiel",
        email="personal@metallbau-senne.example",
        function="Personalabteilung",
    ),
    need=NeedBody(
        groups=(
            GroupBody(
                number=6,
                status=Status.EMPLOYED,
                present=Level.A2,
                wanted=Level.B1,
                skills=(Skill.SPEAKING,),
            ),
        ),
        consent=("jobcenter",),
        pooling=True,
    ),
    remark="Am liebsten nach der Frühschicht.",
)
HOLDER = HolderView(
    kind=HolderKind.PARTNER,
    what=Task.REFERRAL.value,
    since=OPENED,
    due=DUE,
    is_overdue=False,
    level=0,
    organisation="jobcenter",
    organisation_name="Jobcenter Kreis Paderborn",
    account="",
)

EXAMPLES = (
    CONTENT,
    TelephoneReport(content=CONTENT),
    ReportWithdrawal(reason=WithdrawalReason.SOLVED_OTHERWISE),
    Acknowledgement(contact_person=PERSON, message="Wir melden uns bis Freitag."),
    Triage(priority=Priority.NORMAL, routes=("jobcenter",)),
    Referral(organisation="jobcenter", question=QUESTION),
    ReferralAnswer(
        organisation="jobcenter", answer=ReferralOutcome.ACCEPTED, text="Wir laden ein."
    ),
    CompanyQuestion(question="Ab wann können die Beschäftigten teilnehmen?"),
    QuestionAnswer(text="Ab Januar."),
    OfferProposal(offer=OFFER, reasons=("level", "seats")),
    CompanyAnswer(kind=AnswerKind.OFFER, text="Im Januar beginnt ein Kurs.", offer=OFFER),
    CourseStart(starts_on=STARTS, ends_on=ENDS, participants=6),
    AfterStart(participants=6, text="Der Kurs gefällt."),
    AfterEnd(participants=5, passed=4),
    ReportClosing(outcome=Outcome.COURSE_HELD, learners=5),
    UnmetNeed(municipality=DELBRUECK, theme=THEME),
    CompanyReportSummary(
        id=REPORT,
        reference=REFERENCE,
        company_name=FIRM_NAME,
        stage="referred",
        priority=Priority.NORMAL,
        channel=Channel.TELEPHONE,
        holder=HOLDER,
        municipality=DELBRUECK,
        municipality_name="Delbrück",
        trade="C",
        size=Size.TO_49,
        learners=6,
        wanted=["b1"],
        submitted_at=OPENED,
        outcome=None,
        version=4,
        position=260,
        changed_at=OPENED,
    ),
    CompanyReportView(
        id=REPORT,
        reference=REFERENCE,
        channel=Channel.TELEPHONE,
        language="de",
        stage="referred",
        priority=Priority.NORMAL,
        company=Firm(municipality=DELBRUECK, trade="C", size=Size.TO_49, chamber=Chamber.IHK),
        company_name=FIRM_NAME,
        contact=Contact(name="Petra Beispiel", email="personal@metallbau-senne.example"),
        need=Need(
            groups=(
                LearnerGroup(number=6, status=Status.EMPLOYED, present=Level.A2, wanted=Level.B1),
            ),
            consent=("jobcenter",),
            pooling=True,
        ),
        remark="Am liebsten nach der Frühschicht.",
        submitted_at=OPENED,
        confirmed_at=None,
        changes=0,
        holder=HOLDER,
        contact_person=str(PERSON),
        routes=["jobcenter"],
        note="",
        referrals=[
            ReferralView(
                organisation="jobcenter",
                question=QUESTION,
                referred_at=OPENED,
                due=DUE,
                stage="open",
            )
        ],
        questions=[
            QuestionView(
                question="Ab wann können die Beschäftigten teilnehmen?",
                asked_at=OPENED,
                due=DUE,
                reply="Ab Januar.",
                replied_at=OPENED,
            )
        ],
        proposals=[ProposedOffer(offer=OFFER, reasons=["level"], proposed_at=OPENED)],
        pool=None,
        answers=[
            AnswerView(
                kind=AnswerKind.OFFER,
                text="Im Januar beginnt ein Kurs.",
                answered_at=OPENED,
                offer=OFFER,
                pool=None,
            )
        ],
        course=CourseView(starts_on=STARTS, ends_on=ENDS, participants=6),
        follow_ups=[
            FollowUpView(
                moment=CourseMoment.START,
                participants=6,
                passed=None,
                text="",
                noted_at=OPENED,
            )
        ],
        closing=None,
        withdrawn_because=None,
        unmet=[UnmetView(municipality=DELBRUECK, theme=THEME, finding=None)],
        version=4,
        position=260,
        changed_at=OPENED,
    ),
)
