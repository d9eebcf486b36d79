"""One example of every event about the reports of companies, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.kernel import Event
from domain.language_needs.events import (
    AnswerKind,
    Channel,
    CompanyAnswered,
    CompanyAsked,
    CourseFollowedUp,
    CourseMoment,
    CourseStarted,
    Escalated,
    HolderReminded,
    OfferProposed,
    Priority,
    QuestionAnswered,
    ReferralAnswered,
    ReferralOutcome,
    ReferralRecalled,
    ReportAcknowledged,
    ReportChanged,
    ReportLeftPool,
    ReportPutIntoPool,
    ReportReferred,
    ReportSubmitted,
    ReportTriaged,
)
from domain.language_needs.events_end import (
    Outcome,
    ReportClosed,
    ReportReopened,
    ReportWithdrawn,
    UnmetNeedNoted,
    WithdrawalReason,
)
from domain.language_needs.holder import Holder, HolderKind, Task
from domain.language_needs.look import ContactSeen
from domain.language_needs.need import (
    Chamber,
    Contact,
    ContactBy,
    CostShare,
    Entitlement,
    Firm,
    LearnerGroup,
    Need,
    Place,
    PlaceKind,
    Release,
    Shift,
    Size,
    Skill,
    Times,
    WorkingTime,
)
from services.privacy.box import personal_values

REPORT = UUID("5a1f6f0e-0000-5000-8000-0000000001c1")
OFFER = UUID("5a1f6f0e-0000-5000-8000-0000000001c2")
POOL = UUID("5a1f6f0e-0000-5000-8000-0000000001c3")
FINDING = UUID("5a1f6f0e-0000-5000-8000-0000000000f1")
THEME = UUID("5a1f6f0e-0000-5000-8000-0000000000f2")
CONTACT_PERSON = "6d9f0c1e-0000-4000-8000-00000000ada1"
SINCE = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE = datetime(2026, 3, 16, 17, tzinfo=UTC)

FIRM = Firm(municipality="05774036", trade="C", size=Size.TO_249, chamber=Chamber.HWK)
CONTACT = Contact(
    name="Petra Sander",
    function="Personalleitung",
    email="sander@metallbau-senne.example",
    phone="05258 4711",
    channel=ContactBy.PHONE,
)
NEED = Need(
    groups=(
        LearnerGroup(
            number=6,
            status=Status.EMPLOYED,
            present=Level.A2,
            wanted=Level.B1,
            is_proven=True,
            skills=(Skill.SPEAKING, Skill.TECHNICAL),
            entitlement=Entitlement.KNOWN,
        ),
        LearnerGroup(
            number=2,
            status=Status.APPRENTICE,
            present=Level.B1,
            wanted=Level.B2,
            apprenticeship="Metallbau",
            college="ludwig-erhard",
            year=2,
        ),
    ),
    times=Times(
        weekdays=(2, 4),
        shift=Shift.ROTATING,
        working_time=WorkingTime.WITHIN,
        earliest="14:00",
        latest="18:00",
    ),
    place=Place(kind=PlaceKind.COMPANY, room_for=12, municipality="05774036", max_km=15),
    start=date(2026, 5, 4),
    weeks=20,
    release=Release.PARTIAL,
    cost_share=CostShare.YES,
    earlier=("bamf",),
    consent=("jobcenter",),
    pooling=True,
)


def held(what: Task) -> Holder:
    return Holder(
        kind=HolderKind.COORDINATION, what=what, since=SINCE, due=DUE, account=CONTACT_PERSON
    )


PARTNER = Holder(
    kind=HolderKind.PARTNER, what=Task.REFERRAL, since=SINCE, due=DUE, organisation="jobcenter"
)

EVENTS: Mapping[str, Event] = {
    "company-report.submitted.v1": ReportSubmitted(
        report=REPORT,
        reference="DF-8KC6-AFSW",
        channel=Channel.FORM,
        company=FIRM,
        company_name="Metallbau Senne GmbH",
        contact=CONTACT,
        need=NEED,
        remark="Am besten direkt nach der Frühschicht.",
        language="de",
        confirmed_at=SINCE,
        holder=msgspec.structs.replace(held(Task.ACKNOWLEDGE), account=""),
    ),
    "company-report.changed.v1": ReportChanged(
        report=REPORT,
        company=FIRM,
        company_name="Metallbau Senne GmbH",
        contact=CONTACT,
        need=NEED,
        remark="Lieber am Vormittag.",
        holder=held(Task.TRIAGE),
        called_off="jobcenter",
    ),
    "company-report.withdrawn.v1": ReportWithdrawn(
        report=REPORT, reason=WithdrawalReason.SOLVED_OTHERWISE, called_off="jobcenter"
    ),
    "company-report.acknowledged.v1": ReportAcknowledged(
        report=REPORT,
        contact_person=CONTACT_PERSON,
        message="Ich rufe Sie an.",
        holder=held(Task.TRIAGE),
    ),
    "company-report.triaged.v1": ReportTriaged(
        report=REPORT,
        priority=Priority.URGENT,
        routes=("jobcenter",),
        note="Passt zum Kurs ab Mai.",
        holder=held(Task.PLACE),
    ),
    "company-report.referred.v1": ReportReferred(
        report=REPORT,
        organisation="jobcenter",
        question="Sind alle berechtigt?",
        holder=PARTNER,
    ),
    "company-report.referral-answered.v1": ReferralAnswered(
        report=REPORT,
        organisation="jobcenter",
        answer=ReferralOutcome.ACCEPTED,
        text="Ja, alle.",
        holder=held(Task.PLACE),
    ),
    "company-report.referral-recalled.v1": ReferralRecalled(
        report=REPORT,
        organisation="jobcenter",
        reason="Keine Antwort.",
        holder=held(Task.PLACE),
    ),
    "company-report.asked.v1": CompanyAsked(
        report=REPORT,
        question="Gibt es einen Raum?",
        holder=Holder(kind=HolderKind.COMPANY, what=Task.QUESTION, since=SINCE, due=DUE),
    ),
    "company-report.question-answered.v1": QuestionAnswered(
        report=REPORT, text="Ja, für zwölf.", holder=held(Task.PLACE)
    ),
    "company-report.offer-proposed.v1": OfferProposed(
        report=REPORT, offer=OFFER, reasons=("level", "seats")
    ),
    "company-report.put-into-pool.v1": ReportPutIntoPool(report=REPORT, pool=POOL),
    "company-report.left-pool.v1": ReportLeftPool(
        report=REPORT, pool=POOL, reason="Zu weit entfernt."
    ),
    "company-report.answered.v1": CompanyAnswered(
        report=REPORT,
        kind=AnswerKind.OFFER,
        text="Ab März gibt es einen Kurs.",
        offer=OFFER,
        pool=POOL,
        holder=held(Task.CONCLUDE),
    ),
    "company-report.started.v1": CourseStarted(
        report=REPORT,
        starts_on=date(2026, 3, 16),
        ends_on=date(2026, 5, 29),
        participants=6,
        holder=held(Task.FOLLOW_UP_START),
    ),
    "company-report.followed-up.v1": CourseFollowedUp(
        report=REPORT,
        moment=CourseMoment.END,
        participants=5,
        passed=4,
        text="Es hat sich gelohnt.",
        holder=held(Task.CLOSE),
    ),
    "company-report.closed.v1": ReportClosed(
        report=REPORT, outcome=Outcome.COURSE_HELD, learners=5, note="Alle zufrieden."
    ),
    "company-report.reopened.v1": ReportReopened(
        report=REPORT, reason="Es kommt eine Gruppe dazu.", holder=held(Task.TRIAGE)
    ),
    "company-report.unmet-need-noted.v1": UnmetNeedNoted(
        report=REPORT, municipality="05774036", theme=THEME, finding=FINDING
    ),
    "company-report.holder-reminded.v1": HolderReminded(
        report=REPORT, due=DUE, what=Task.REFERRAL, holder=PARTNER
    ),
    "company-report.escalated.v1": Escalated(
        report=REPORT, due=DUE, level=1, what=Task.REFERRAL, holder=PARTNER, at=DUE
    ),
    "contact-look.contact-seen.v1": ContactSeen(report=REPORT, reference="DF-8KC6-AFSW"),
}

PERSONAL = tuple(
    event.TOPIC for event in EVENTS.values() if any(True for _ in personal_values(event))
)
