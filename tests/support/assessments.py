"""A county that holds language assessments: colleges, an approved instrument, a school year."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.assessments.commands import (
    AnnounceRound,
    ApproveVersion,
    DraftVersion,
    RegisterInstrument,
    SubmitVersion,
    class_id,
    round_id,
)
from domain.assessments.commands_class import RecordResults, RegisterClass, Row, SubmitClass
from domain.assessments.definition import Cut, CutScores, Definition, Kind, Level, Norms, Part
from domain.assessments.events import RetestPlan, RoundEvent, Sitting, WindowOpened
from domain.assessments.instrument import definition_digest
from domain.assessments.results import PartScore, Result
from domain.assessments.round import RETEST
from domain.assessments.wording import year_of
from domain.directory.account import Grant
from domain.directory.commands import RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role
from services.eventstore.group_commit import Receipt
from services.eventstore.record import LogEntry
from services.identity.principal import CONSOLE, Principal
from services.orders import Order
from services.relay.relay import Relay
from services.runtime import Runtime
from tests.support.engine import all_runs, asked_of_workers
from tests.support.engines import TASK_QUEUE
from tests.support.office import person
from tests.support.workflows import to_the_minute
from workflows.assessment_round import AssessmentRound, college_workflow_id, workflow_id

LONGEST_WAIT = 20.0
BERLIN = ZoneInfo("Europe/Berlin")
COLLEGES = ("college-a", "college-b", "college-c")
A, B, C = COLLEGES
INSTRUMENT = "c-test"
PROGRAMME, TRADE = "A01", "10-10104"
BASIS = "SchulG NRW § 120"

COORDINATOR = person("koordination", Grant(role=Role.COORDINATOR, organisation="kreis"))
AUTHOR, APPROVER = (
    person(account, Grant(role=Role.EXPERT, organisation="kreis")) for account in ("eva", "emil")
)

DEFINITION = Definition(
    kind=Kind.C_TEST,
    parts=(
        Part(key="t1", title="Text 1", maximum=20),
        Part(key="t2", title="Text 2", maximum=20),
    ),
    cut_scores=CutScores(
        version="1",
        author="AG Fachsprache",
        method="Bookmark",
        set_on=date(2026, 1, 15),
        cuts=(Cut(level=Level.A2, at_least=0), Cut(level=Level.B1, at_least=20)),
    ),
    norms=Norms(reliability=840, deviation=700, people=120, source="Erprobung 2025"),
)

E = TypeVar("E", bound=RoundEvent)


def staff(college: str) -> Principal:
    """Somebody who works there."""
    return person(f"{college}-1", Grant(role=Role.COLLEGE, organisation=college))


def result(exact: int = 15) -> Result:
    """A whole sitting with so many points in each text."""
    scores = (PartScore(part=key, exact=exact, recognition=exact + 1) for key in ("t1", "t2"))
    return Result(scores=tuple(scores))


async def ask(
    runtime: Runtime, command: Command, by: Principal = COORDINATOR, at: datetime | None = None
) -> Receipt:
    """Have a decision recorded."""
    return await runtime.desk.handle(
        Order(
            command=command,
            command_id=uuid4(),
            principal=by,
            at=at or datetime.now(UTC),
            correlation=str(uuid4()),
        )
    )


async def prepare_colleges(runtime: Runtime, colleges: Sequence[str] = COLLEGES) -> None:
    """The colleges are there, and an instrument with an approved version."""
    for college in colleges:
        kind = OrganisationKind.COLLEGE
        await ask(
            runtime, RegisterOrganisation(key=college, name=college.title(), kind=kind), CONSOLE
        )
    await ask(
        runtime,
        RegisterInstrument(instrument=INSTRUMENT, title="C-Test", kind=Kind.C_TEST),
        AUTHOR,
    )
    await ask(
        runtime, DraftVersion(instrument=INSTRUMENT, version=1, definition=DEFINITION), AUTHOR
    )
    await ask(runtime, SubmitVersion(instrument=INSTRUMENT, version=1), AUTHOR)
    digest = definition_digest(DEFINITION)
    await ask(runtime, ApproveVersion(instrument=INSTRUMENT, version=1, digest=digest), APPROVER)


class Assessment:
    """One round of a school year: what people do, and the time that passes.

    What a person does is recorded at the engine's present, which may be years ahead of ours.
    """

    def __init__(
        self,
        runtime: Runtime,
        environment: WorkflowEnvironment,
        school_year: str,
        key: str = "eingang",
    ) -> None:
        self.runtime = runtime
        self.environment = environment
        self.school_year = school_year
        self.key = key
        self.round = round_id(school_year, key)
        self.relay = Relay(runtime.pool, runtime.store, environment.client, TASK_QUEUE)
        self.views = runtime.desk.assessments.views

    @property
    def retest(self) -> "Assessment":
        """The retest of this round."""
        return Assessment(self.runtime, self.environment, self.school_year, self.key + RETEST)

    @property
    def handle(self) -> WorkflowHandle[AssessmentRound, None]:
        """The process, in its latest run."""
        return self.environment.client.get_workflow_handle_for(
            AssessmentRound.run, workflow_id(self.round)
        )

    def college(self, college: str) -> WorkflowHandle[Any, Any]:
        """The process that releases the classes of a college, in its latest run."""
        return self.environment.client.get_workflow_handle(college_workflow_id(self.round, college))

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def wait_until(self, moment: datetime) -> None:
        """Let skipped time pass until a minute after the moment: what is due then is done."""
        left = moment - await self.now() + timedelta(minutes=1)
        await self.environment.sleep(max(left, timedelta(0)))

    async def wait_for(self, kind: type[RoundEvent], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there, and tell the process."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(kind)) < count:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)
        await self.tell()

    async def record(
        self, command: Command, by: Principal = COORDINATOR, at: datetime | None = None
    ) -> Receipt:
        """Have a decision recorded, by default as of now; the process is not told yet."""
        return await ask(self.runtime, command, by, at or await self.now())

    async def tell(self) -> None:
        """Relay what is new in the log."""
        while await self.relay.deliver():
            pass

    async def do(
        self, command: Command, by: Principal = COORDINATOR, at: datetime | None = None
    ) -> None:
        """Have a decision recorded and the process told."""
        await self.record(command, by, at)
        await self.tell()

    def announcement(
        self,
        *,
        opens_at: datetime,
        closes_at: datetime,
        reminders: Sequence[datetime] = (),
        retest: RetestPlan | None = None,
        colleges: Sequence[str] = COLLEGES,
    ) -> AnnounceRound:
        """The first test of the school year."""
        return AnnounceRound(
            key=self.key,
            title="Eingangserhebung",
            school_year=self.school_year,
            instrument=INSTRUMENT,
            version=1,
            opens_at=opens_at,
            closes_at=closes_at,
            colleges=tuple(colleges),
            basis=BASIS,
            sitting=Sitting.FIRST,
            reminders=tuple(reminders),
            retest=retest,
        )

    async def open_at_once(self, *colleges: str) -> None:
        """Announce a round with these colleges for the next moment, and wait until it is open."""
        now = (await self.now()).replace(microsecond=0)
        opens_at, closes_at = (now + timedelta(seconds=after) for after in (2, 3600))
        announcing = self.announcement(opens_at=opens_at, closes_at=closes_at, colleges=colleges)
        await self.do(announcing)
        await self.wait_for(WindowOpened)

    async def register(self, college: str, name: str) -> UUID:
        """A new class takes part."""
        command = RegisterClass(
            college=college,
            school_year=self.school_year,
            name=name,
            programme=PROGRAMME,
            trade=TRADE,
            size=25,
        )
        await self.record(command, staff(college))
        return class_id(college, self.school_year, name)

    async def submit(
        self,
        college: str,
        name: str,
        learners: int = 2,
        exact: int = 15,
        at: datetime | None = None,
    ) -> None:
        """A class has its results, and the college says that it is complete."""
        training_class = class_id(college, self.school_year, name)
        rows = tuple(
            Row(pseudonym=f"{name}-{number}", result=result(exact)) for number in range(learners)
        )
        recording = RecordResults(training_class=training_class, round=self.round, rows=rows)
        await self.record(recording, staff(college), at)
        submitting = SubmitClass(training_class=training_class, round=self.round)
        await self.record(submitting, staff(college), at)

    async def status(self) -> WorkflowExecutionStatus | None:
        """Whether the latest run of the process goes on or how it ended."""
        return (await self.handle.describe()).status

    async def entries(self) -> list[LogEntry]:
        return await self.runtime.store.load(self.round)

    async def events(self, kind: type[E]) -> list[E]:
        """What happened to the round, of this kind."""
        return [entry.event for entry in await self.entries() if isinstance(entry.event, kind)]

    async def steps(self) -> list[LogEntry]:
        """What the process did to the round by itself."""
        return [entry for entry in await self.entries() if entry.metadata.role is Role.PROCESS]

    async def dated_steps(self) -> list[tuple[str, datetime]]:
        """What the process did to the round by itself, and when to the minute."""
        return [
            (entry.event.TOPIC, to_the_minute(entry.metadata.occurred_at))
            for entry in await self.steps()
        ]

    async def figures(self) -> list[int]:
        """How many people each publication of the county's figures counts."""
        published = await self.runtime.desk.assessments.figures(self.round)
        return [sum(release.figure.counts) for release in published.releases]

    async def released(self) -> int:
        """How many classes have been released, by the log."""
        count: int = await self.runtime.pool.fetchval(
            "select count(*) from event where topic = 'class-assessment.class-released'"
        )
        return count

    async def activities(self) -> Counter[str]:
        """How often the latest run asked for each activity."""
        return await asked_of_workers(self.handle)

    async def present_run(self) -> WorkflowHandle[Any, Any]:
        """The run that is under way, also when another one has followed it."""
        run = (await self.handle.describe()).run_id
        return self.environment.client.get_workflow_handle(workflow_id(self.round), run_id=run)

    async def runs(self) -> list[WorkflowHandle[Any, Any]]:
        """All runs of the process, the first one first; only the real engine lists them."""
        return await all_runs(self.environment.client, workflow_id(self.round))


def school_year_after(moment: datetime) -> str:
    """The first school year that begins after this moment."""
    year = moment.astimezone(BERLIN).year + (moment.astimezone(BERLIN).month >= 7)
    return f"{year}/{(year + 1) % 100:02}"


def present_school_year() -> str:
    """That of today."""
    year = year_of(datetime.now(BERLIN).date())
    return f"{year}/{(year + 1) % 100:02}"


def in_school_year(school_year: str, month: int, day: int, hour: int = 8) -> datetime:
    """A moment of the school year, in the county's time."""
    year = int(school_year[:4]) + (month < 8)
    return datetime(year, month, day, hour, tzinfo=BERLIN)
