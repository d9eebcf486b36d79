"""Three companies that are asked to fill a course together, and what each of them does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.course_pools.commands import AgreeToPool, DeclinePool, ProposePool
from domain.course_pools.details import PoolCourse, PoolMember
from domain.kernel import Command
from domain.language_needs.commands import AcknowledgeReport, SubmitReport, TriageReport
from domain.language_needs.events import Channel, Priority
from domain.language_needs.need import Company, Contact, LearnerGroup, Need, Size
from domain.language_needs.reference import reference_of, report_id
from services.identity.company import company
from services.identity.principal import Principal
from services.intake.links import ReportLinks
from services.runtime import Runtime
from tests.support.assessments import ask
from tests.support.company_reports import DELBRUECK
from tests.support.days import in_days
from tests.support.report_years import COORDINATOR, KARIN
from tests.support.stack import Stack


@dataclass(frozen=True)
class SharingFirm:
    """One that wants to share a course for so many of its people."""

    name: str
    contact: str
    address: str
    phone: str
    learners: int
    number: int
    language: str = "de"

    @property
    def reference(self) -> str:
        return reference_of(self.number)

    @property
    def report(self) -> UUID:
        return report_id(self.reference)

    @property
    def member(self) -> PoolMember:
        return PoolMember(report=self.report, learners=self.learners)

    @property
    def telling(self) -> Sequence[str]:
        """What tells others who it is; its name first, the only part that they ever learn."""
        return (self.name, self.contact, self.address, self.phone, self.reference, str(self.report))

    @property
    def submission(self) -> SubmitReport:
        group = LearnerGroup(
            number=self.learners, status=Status.EMPLOYED, present=Level.A2, wanted=Level.B1
        )
        return SubmitReport(
            report=self.report,
            reference=self.reference,
            channel=Channel.FORM,
            company=Company(name=self.name, size=Size.TO_49),
            contact=Contact(name=self.contact, email=self.address, phone=self.phone),
            need=Need(groups=(group,), pooling=True),
            language=self.language,
            confirmed_at=datetime.now(UTC),
        )


METAL = SharingFirm(
    "Metallbau Senne GmbH", "Petra Probst", "metall@firma.example", "05250 111", 4, 1
)
BAKERY = SharingFirm("Backhaus Alme OHG", "Bruno Back", "back@firma.example", "05251 222", 5, 2)
CARE = SharingFirm("Haus Lippe", "Clara Cort", "haus@firma.example", "05251 333", 3, 3, "en")
FIRMS = (METAL, BAKERY, CARE)


class SharedCourse:
    """A Job-BSK in two months. Each company acts as whoever has the link of its report."""

    def __init__(self, runtime: Runtime) -> None:
        self.pool = uuid4()
        self._runtime = runtime

    async def do(self, command: Command, by: Principal = COORDINATOR) -> None:
        """Have it recorded, and seen by everybody."""
        await ask(self._runtime, command, by)
        await self._runtime.read_models.catch_up()

    async def agree(self, firm: SharingFirm) -> None:
        await self.do(AgreeToPool(pool=self.pool, report=firm.report), company(firm.report))

    async def decline(self, firm: SharingFirm) -> None:
        await self.do(DeclinePool(pool=self.pool, report=firm.report), company(firm.report))

    async def link(self, firm: SharingFirm) -> str:
        """What its secret link ends with."""
        return await ReportLinks(self._runtime.pool).create(firm.report, datetime.now(UTC))


async def asked_together(
    runtime: Runtime, municipality: str, contact_person: UUID = KARIN
) -> SharedCourse:
    """All three have reported, were triaged, and are asked about a course held there."""
    shared = SharedCourse(runtime)
    for firm in FIRMS:
        await shared.do(firm.submission, company(firm.report))
        acknowledging = AcknowledgeReport(report=firm.report, contact_person=str(contact_person))
        await shared.do(acknowledging)
        await shared.do(TriageReport(report=firm.report, priority=Priority.NORMAL))
    course = PoolCourse(
        course_type="job-bsk",
        level=Level.B1,
        municipality=municipality,
        starts_on=in_days(60),
        minimum=3,
        maximum=25,
    )
    members = tuple(firm.member for firm in FIRMS)
    await shared.do(ProposePool(pool=shared.pool, course=course, members=members))
    return shared


async def asked_in(stack: Stack) -> SharedCourse:
    """In Delbrück, by the county's coordinator."""
    karin = UUID((await stack.koordination.read("/me"))["account"])
    return await asked_together(stack.runtime, DELBRUECK, karin)
