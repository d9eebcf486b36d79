"""Companies' reports on a real engine: people act at the desk, the relay tells the processes."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.directory.account import Grant
from domain.directory.commands import GrantRole, RegisterAccount, RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role
from domain.language_needs.commands import (
    AcknowledgeReport,
    EscalateReport,
    ReferReport,
    RemindHolder,
    SubmitReport,
    TriageReport,
)
from domain.language_needs.course import Phase, ReportCourse
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import (
    Channel,
    Escalated,
    HolderReminded,
    Priority,
    ReportEvent,
)
from domain.language_needs.need import Company, Contact, LearnerGroup, Need, Size
from domain.language_needs.reference import reference_of, report_id
from domain.language_needs.report import Unknown
from services.eventstore.record import LogEntry
from services.identity.company import company
from services.identity.principal import CONSOLE, Principal
from services.need_record import LoggedReports
from services.relay.relay import Relay
from services.runtime import Runtime
from tests.support.assessments import ask
from tests.support.engine import all_runs, asked_of_workers
from tests.support.engines import TASK_QUEUE
from tests.support.interrupted import Interrupting
from tests.support.workflows import to_the_minute
from workflows.commissions import Commission
from workflows.language_need import LanguageNeed, workflow_id

LONGEST_WAIT = 20.0
COUNTY, AGENCY = "kreis", "agentur"
KARIN = UUID(int=7)
"""The coordinator who is named to the companies."""

COORDINATOR = Principal(
    account=str(KARIN),
    grants=(Grant(role=Role.COORDINATOR, organisation=COUNTY),),
    signed_in="test",
)
FIRM = Company(name="Muster GmbH", size=Size.TO_49, trade="C")
CONTACT = Contact(name="Ada Muster", email="ada@example.org")
NEED = Need(
    groups=(LearnerGroup(number=4, status=Status.EMPLOYED, present=Level.A2, wanted=Level.B1),),
    consent=(AGENCY,),
    pooling=True,
)

Step = tuple[str, int, datetime]
"""The task of whoever is reminded, or to whom it climbs; the level, 0 for a reminder; when."""

E = TypeVar("E", bound=ReportEvent)


async def prepare_partners(runtime: Runtime) -> None:
    """The county's coordinator is there, and a partner to whom reports may be referred."""
    kinds = {COUNTY: OrganisationKind.COUNTY, AGENCY: OrganisationKind.EMPLOYMENT}
    commands: list[Command] = [
        RegisterOrganisation(key=key, name=key.title(), kind=kind) for key, kind in kinds.items()
    ]
    commands += [
        RegisterAccount(account=KARIN, name="Karin Koordination"),
        GrantRole(account=KARIN, role=Role.COORDINATOR, organisation=COUNTY),
    ]
    for command in commands:
        await ask(runtime, command, CONSOLE)


class Report:
    """One company's report: what people do with it, and the time that passes.

    What a person does is recorded at the engine's present, which may be years ahead of ours.
    """

    def __init__(self, runtime: Runtime, environment: WorkflowEnvironment, number: int) -> None:
        self.reference = reference_of(number)
        self.report = report_id(self.reference)
        self.runtime = runtime
        self.environment = environment
        self.relay = Relay(runtime.pool, runtime.store, environment.client, TASK_QUEUE)

    @property
    def handle(self) -> WorkflowHandle[LanguageNeed, None]:
        """The process, in its latest run."""
        return self.environment.client.get_workflow_handle_for(
            LanguageNeed.run, workflow_id(self.report)
        )

    @property
    def company(self) -> Principal:
        """Whoever has the secret link."""
        return company(self.report)

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def wait_until(self, moment: datetime) -> None:
        """Let skipped time pass until a minute after the moment: what is due then is done."""
        left = moment - await self.now() + timedelta(minutes=1)
        await self.environment.sleep(max(left, timedelta(0)))

    async def wait_for(self, kind: type[ReportEvent], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(kind)) < count:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)

    async def record(self, command: Command, by: Principal = COORDINATOR) -> None:
        """Have a decision recorded as of now; the process is not told yet."""
        await ask(self.runtime, command, by, at=await self.now())

    async def tell(self) -> None:
        """Relay what is new in the log."""
        while await self.relay.deliver():
            pass

    async def do(self, command: Command, by: Principal = COORDINATOR) -> None:
        """Have a decision recorded and the process told."""
        await self.record(command, by)
        await self.tell()

    def submission(self, confirmed_at: datetime) -> SubmitReport:
        """The form, as the company confirms it by the link in its mail."""
        return SubmitReport(
            report=self.report,
            reference=self.reference,
            channel=Channel.FORM,
            company=FIRM,
            contact=CONTACT,
            need=NEED,
            confirmed_at=confirmed_at,
        )

    async def submit(self) -> None:
        """Have it confirmed now; the process is not told yet."""
        await self.record(self.submission(await self.now()), self.company)

    def acknowledgement(self) -> AcknowledgeReport:
        return AcknowledgeReport(report=self.report, contact_person=str(KARIN))

    def triage(self) -> TriageReport:
        return TriageReport(report=self.report, priority=Priority.NORMAL, routes=(AGENCY,))

    def referral(self) -> ReferReport:
        return ReferReport(report=self.report, organisation=AGENCY, question="Gibt es einen Kurs?")

    async def status(self) -> WorkflowExecutionStatus | None:
        """Whether the latest run of the process goes on or how it ended."""
        return (await self.handle.describe()).status

    async def entries(self) -> list[LogEntry]:
        return await self.runtime.store.load(self.report)

    async def events(self, kind: type[E]) -> list[E]:
        """What happened to the report, of this kind."""
        return [entry.event for entry in await self.entries() if isinstance(entry.event, kind)]

    async def pool(self) -> UUID | None:
        """The one it is in, as the report itself knows."""
        state = COMPANY_REPORT.replay(entry.event for entry in await self.entries())  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        assert not isinstance(state, Unknown), "it was submitted"
        return state.record.pool

    async def steps(self) -> list[Step]:
        """What the process did by itself, and when to the minute."""
        found: list[Step] = []
        for entry in await self.entries():
            at = to_the_minute(entry.metadata.occurred_at)
            match entry.event:
                case HolderReminded(what=what):
                    found.append((what, 0, at))
                case Escalated(what=what, level=level):
                    found.append((what, level, at))
                case _:
                    continue
        return found

    async def activities(self) -> Counter[str]:
        """How often the latest run asked for each activity."""
        return await asked_of_workers(self.handle)

    async def runs(self) -> list[WorkflowHandle[Any, Any]]:
        """All runs of the process, the first one first; only the real engine lists them."""
        return await all_runs(self.environment.client, workflow_id(self.report))


class InterruptedReports(Interrupting, LoggedReports):
    """The log, with something that happens `before` a command of this type is handed in, once."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime.store, runtime.desk, runtime.calendar)

    async def commission(self, commission: Commission) -> None:
        await self.interrupt(commission)
        await super().commission(commission)


class HastyReports(InterruptedReports):
    """The log of a report whose moments come a second after another, as if they had been due."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        self._planned: dict[UUID, ReportCourse] = {}

    async def course(self, report: UUID) -> tuple[ReportCourse, int]:
        course, position = await super().course(report)
        if course.phase is Phase.ENDED:
            return course, position
        self._planned[report] = course
        now = datetime.now(self._calendar.zone).replace(microsecond=0)
        hasty = msgspec.structs.replace(
            course,
            remind_at=course.remind_at and now + timedelta(seconds=1),
            climbs_at=now + timedelta(seconds=2),
        )
        return hasty, position

    async def commission(self, commission: Commission) -> None:
        command, at = commission.command, commission.at
        match command:
            case RemindHolder():
                at = self._planned[command.report].remind_at
            case EscalateReport():
                at = self._planned[command.report].climbs_at
            case _:
                pass
        assert at is not None, "what is done was planned"
        await super().commission(msgspec.structs.replace(commission, at=at))
