"""The report of a company in Salzkotten, as it was recorded from the form to its outcome."""

from datetime import date, datetime

import msgspec

from domain.calendar import deadline
from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.directory.events import OrganisationKind
from domain.directory.organisation import Organisation
from domain.kernel import Actor, Role
from domain.language_needs.commands import (
    AcknowledgeReport,
    AnswerCompany,
    ReferReport,
    SubmitReport,
    TriageReport,
)
from domain.language_needs.context import ReportContext
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import (
    AnswerKind,
    Channel,
    CompanyAnswered,
    CompanyAsked,
    CourseFollowedUp,
    CourseMoment,
    CourseStarted,
    Priority,
    ReportAcknowledged,
    ReportEvent,
    ReportReferred,
    ReportSubmitted,
    ReportTriaged,
)
from domain.language_needs.events_end import Outcome, ReportClosed
from domain.language_needs.holder import Holder, HolderKind, Task
from domain.language_needs.need import (
    Chamber,
    Company,
    Contact,
    LearnerGroup,
    Need,
    Place,
    PlaceKind,
    Shift,
    Size,
    Skill,
    Times,
    firm_of,
)
from domain.language_needs.reference import reference_of, report_id
from domain.language_needs.report import CompanyReport
from tests.domain.county import ADA, CARITAS, JOBCENTER, MONDAY, NRW, SALZKOTTEN, berlin
from tests.support.scenario import Scenario

REFERENCE = reference_of(20_260_302)
REPORT_ID = report_id(REFERENCE)
COMPANY = Actor(account=str(REPORT_ID), role=Role.COMPANY, signed_in="report-link")
PROCESS = Actor(account=f"company-report/{REPORT_ID}", role=Role.PROCESS)

CONTACT_PERSON = "6d9f0c1e-0000-4000-8000-00000000ada1"
"""The account of the coordinator who is named to the company."""

COLLEGE = "berufskolleg"
ORGANISATIONS = {
    JOBCENTER: Organisation(key=JOBCENTER, name="Jobcenter", kind=OrganisationKind.EMPLOYMENT),
    CARITAS: Organisation(key=CARITAS, name="Caritas", kind=OrganisationKind.WELFARE),
    COLLEGE: Organisation(key=COLLEGE, name="Berufskolleg", kind=OrganisationKind.COLLEGE),
}

FIRM = Company(
    name="Metallbau Senne GmbH",
    municipality=SALZKOTTEN.ags,
    trade="C",
    size=Size.TO_249,
    chamber=Chamber.HWK,
)
CONTACT = Contact(
    name="Petra Sander",
    function="Personalleitung",
    email="sander@metallbau-senne.example",
    phone="05258 4711",
)
GROUP = LearnerGroup(
    number=6,
    status=Status.EMPLOYED,
    present=Level.A2,
    wanted=Level.B1,
    skills=(Skill.SPEAKING, Skill.TECHNICAL),
)
NEED = Need(
    groups=(GROUP,),
    times=Times(weekdays=(2, 4), shift=Shift.ROTATING, earliest="14:00", latest="18:00"),
    place=Place(kind=PlaceKind.COMPANY, room_for=12, municipality=SALZKOTTEN.ags, max_km=15),
    start=date(2026, 5, 4),
    weeks=20,
    consent=(JOBCENTER,),
    pooling=True,
)
REMARK = "Am besten direkt nach der Frühschicht."

SUBMIT = SubmitReport(
    report=REPORT_ID,
    reference=REFERENCE,
    channel=Channel.FORM,
    company=FIRM,
    contact=CONTACT,
    need=NEED,
    remark=REMARK,
    confirmed_at=MONDAY,
)
ACKNOWLEDGE = AcknowledgeReport(
    report=REPORT_ID, contact_person=CONTACT_PERSON, message="Guten Tag, ich melde mich."
)
TRIAGE = TriageReport(report=REPORT_ID, priority=Priority.NORMAL, routes=(JOBCENTER,))
REFER = ReferReport(report=REPORT_ID, organisation=JOBCENTER, question="Sind alle berechtigt?")
ANSWER = AnswerCompany(report=REPORT_ID, kind=AnswerKind.NONE, text="Zurzeit gibt es keinen Kurs.")

CONTEXT = ReportContext(
    by=ADA,
    at=MONDAY,
    calendar=NRW,
    municipalities=frozenset({SALZKOTTEN.ags}),
    organisations=ORGANISATIONS,
    is_coordinator=True,
)
report = Scenario(COMPANY_REPORT, CONTEXT)


def held(what: Task, working_days: int, *, at: datetime = MONDAY, account: str = "") -> Holder:
    """By the coordination, from that moment on."""
    return Holder(
        kind=HolderKind.COORDINATION,
        what=what,
        since=at,
        due=deadline(NRW, at, working_days),
        account=account,
    )


def ours(what: Task, working_days: int, *, at: datetime = MONDAY) -> Holder:
    """By the coordinator whom the company knows."""
    return held(what, working_days, at=at, account=CONTACT_PERSON)


SUBMITTED = ReportSubmitted(
    report=REPORT_ID,
    reference=REFERENCE,
    channel=Channel.FORM,
    company=firm_of(FIRM),
    company_name=FIRM.name,
    contact=CONTACT,
    need=NEED,
    remark=REMARK,
    language="de",
    confirmed_at=MONDAY,
    holder=held(Task.ACKNOWLEDGE, 1),
)
ACKNOWLEDGED = ReportAcknowledged(
    report=REPORT_ID,
    contact_person=CONTACT_PERSON,
    message=ACKNOWLEDGE.message,
    holder=ours(Task.TRIAGE, 3),
)
TRIAGED = ReportTriaged(
    report=REPORT_ID,
    priority=Priority.NORMAL,
    routes=(JOBCENTER,),
    note="",
    holder=ours(Task.PLACE, 10),
)
PARTNER = Holder(
    kind=HolderKind.PARTNER,
    what=Task.REFERRAL,
    since=MONDAY,
    due=berlin(2026, 3, 16, 18),
    organisation=JOBCENTER,
)
REFERRED = ReportReferred(
    report=REPORT_ID, organisation=JOBCENTER, question=REFER.question, holder=PARTNER
)
ASKED = CompanyAsked(
    report=REPORT_ID,
    question="Gibt es einen Raum mit Beamer?",
    holder=Holder(
        kind=HolderKind.COMPANY, what=Task.QUESTION, since=MONDAY, due=berlin(2026, 3, 9, 18)
    ),
)
ANSWERED = CompanyAnswered(
    report=REPORT_ID, kind=AnswerKind.NONE, text=ANSWER.text, holder=ours(Task.CONCLUDE, 20)
)
STARTS_ON, ENDS_ON = date(2026, 3, 9), date(2026, 5, 29)
STARTED = CourseStarted(
    report=REPORT_ID,
    starts_on=STARTS_ON,
    ends_on=ENDS_ON,
    participants=6,
    holder=msgspec.structs.replace(ours(Task.FOLLOW_UP_START, 1), due=berlin(2026, 3, 23, 18)),
)
AFTER_START = CourseFollowedUp(
    report=REPORT_ID,
    moment=CourseMoment.START,
    participants=6,
    text="Läuft gut.",
    holder=ours(Task.FOLLOW_UP_END, 10),
)
AFTER_END = CourseFollowedUp(
    report=REPORT_ID,
    moment=CourseMoment.END,
    participants=5,
    passed=4,
    text="",
    holder=ours(Task.CLOSE, 10),
)
CLOSED = ReportClosed(report=REPORT_ID, outcome=Outcome.COURSE_HELD, learners=5, note="")

UNTIL_TRIAGED: tuple[ReportEvent, ...] = (SUBMITTED, ACKNOWLEDGED, TRIAGED)
UNTIL_RUNNING: tuple[ReportEvent, ...] = (*UNTIL_TRIAGED, STARTED)


def after(*events: ReportEvent) -> CompanyReport:
    return COMPANY_REPORT.replay(events)
