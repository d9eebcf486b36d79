"""Examples of what companies send to the public form, and see of their reports."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.language_needs.events_end import WithdrawalReason
from domain.language_needs.holder import HolderKind
from domain.language_needs.need import Chamber, PlaceKind, Shift, Size, Skill
from services.api.company_intake import (
    Confirmation,
    FormChoice,
    FormTaken,
    FormView,
    LostLink,
    ReportConfirmed,
    ReportForm,
)
from services.api.company_intake_bodies import (
    CompanyBody,
    ContactBody,
    GroupBody,
    NeedBody,
    PlaceBody,
    ReportContent,
    TimesBody,
)
from services.api.company_own import OwnAnswer, OwnWithdrawal
from services.api.company_own_pool_view import OwnPartner, OwnPool, OwnStanding
from services.api.company_own_pools import OwnRefusal
from services.api.company_own_view import OwnAsked, OwnHolder, OwnReport
from services.api.examples.shared import DELBRUECK
from services.intake.stamps import WORK

STAMP = "AZ1" + "x" * 59
TOKEN = "Zm9ybXVsYXItYmVpc3BpZWwtMTIzNDU2Nzg5MDEyMzQ"  # noqa: S105 (an example)
REFERENCE = "DF-7K3M-9QXA"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

CONTENT = ReportContent(
    company=CompanyBody(
        name="Metallbau Senne GmbH",
        municipality=DELBRUECK,
        trade="C",
        size=Size.TO_249,
        chamber=Chamber.HWK,
    ),
    contact=ContactBody(
        name="Petra Probst (erfunden)",
        function="Personal",
        email="probst@metallbau-senne.example",
        phone="05250 000000",
    ),
    need=NeedBody(
        groups=(
            GroupBody(
                number=4,
                status=Status.EMPLOYED,
                present=Level.A2,
                wanted=Level.B1,
                skills=(Skill.SPEAKING, Skill.TECHNICAL),
            ),
        ),
        times=TimesBody(weekdays=(2, 4), shift=Shift.EARLY, earliest="14:30"),
        place=PlaceBody(kind=PlaceKind.COMPANY, room_for=12),
        start=date(2027, 2, 1),
        pooling=True,
    ),
    remark="Am liebsten im Schulungsraum der Firma.",
)
SHARED = OwnPool(
    id=UUID("6b1d2c0e-3f5a-5c41-8d77-0a52b7c1e9d4"),
    standing=OwnStanding.FORMED,
    course_type="job-bsk",
    course_type_name="Job-Berufssprachkurs (Job-BSK)",
    level=Level.B1,
    municipality_name="Delbrück",
    starts_on=date(2027, 2, 1),
    companies=2,
    learners=9,
    by_telephone=False,
    may_agree=False,
    may_decline=False,
    partners=[
        OwnPartner(company="Backhaus Alme (erfunden)", municipality_name="Salzkotten", learners=5)
    ],
)

EXAMPLES = (
    FormChoice(key=DELBRUECK, name="Delbrück"),
    FormView(
        started=STAMP,
        work=WORK,
        municipalities=[FormChoice(key=DELBRUECK, name="Delbrück")],
        sectors=[FormChoice(key="C", name="Industrie und verarbeitendes Handwerk")],
        partners=[FormChoice(key="jobcenter", name="Jobcenter Kreis Paderborn")],
        colleges=[],
    ),
    CONTENT,
    ReportForm(content=CONTENT, started=STAMP),
    FormTaken(expires_at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC)),
    Confirmation(token=TOKEN),
    ReportConfirmed(
        reference=REFERENCE,
        token=TOKEN,
        position=4711,
        receipt="/api/v1/receipts/6f1c7f0e-52a5-5d0b-9d8b-0b6d0f7d5c11",
    ),
    LostLink(reference=REFERENCE, email="probst@metallbau-senne.example"),
    OwnWithdrawal(reason=WithdrawalReason.NO_LONGER_NEEDED),
    OwnAnswer(text="Der Schulungsraum ist ab Februar frei."),
    OwnRefusal(because="Der Mittwoch geht bei uns nicht."),
    SHARED,
    OwnReport(
        reference=REFERENCE,
        version=3,
        stage="asked",
        submitted_at=AT,
        language="de",
        company=CONTENT.company.company(),
        contact=CONTENT.contact.contact(),
        need=CONTENT.need.need(),
        remark=CONTENT.remark,
        holder=OwnHolder(kind=HolderKind.COMPANY, what="question", due=AT),
        contact_person="Kirsten Koordinierung (erfunden)",
        message="Wir melden uns.",
        questions=[OwnAsked(question="Ab wann ist der Raum frei?", asked_at=AT)],
        is_asked=True,
        answers=[],
        pool=SHARED,
        may_change=True,
    ),
)
