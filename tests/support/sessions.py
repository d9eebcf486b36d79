"""A steering group on a real engine: people act at the desk, the relay tells the processes."""

import asyncio
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.directory.account import Grant
from domain.directory.commands import RegisterAccount, RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Event, Role, stream_id
from domain.steering.agenda import AgendaItem, Alternative, ItemKind, item_digest
from domain.steering.body_commands import (
    AdoptRules,
    AppointPerson,
    CreateSeat,
    EndAppointment,
    EstablishBody,
)
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Period, Rules, Share
from domain.steering.mandate import Mandate
from domain.steering.resolution_commands import PassResolution, resolution_id
from domain.steering.session import Approved, Drafted, Frozen, Released, Scheduled, Session
from domain.steering.session_commands import (
    ApproveMinutes,
    CastBallot,
    CloseSession,
    DraftMinutes,
    OpenSession,
    ProposeItem,
    ReleaseMinutes,
    ScheduleSession,
    TakeSeat,
    TakeVote,
    session_id,
)
from domain.steering.session_decide import SESSION
from domain.steering.session_events import SessionKind
from domain.steering.vote import Choice
from services.contexts.streams import Streams
from services.eventstore.group_commit import Receipt
from services.eventstore.record import LogEntry
from services.identity.principal import CONSOLE, Principal
from services.mandate_record import LoggedMandates
from services.relay.relay import Relay
from services.runtime import Runtime
from services.session_record import LoggedSessions
from tests.support.assessments import BERLIN, ask
from tests.support.engine import asked_of_workers
from tests.support.engines import TASK_QUEUE
from tests.support.groups import record
from tests.support.interrupted import Interrupting
from tests.support.office import person
from tests.support.workflows import to_the_minute
from workflows import mandate_follow_up, steering_session
from workflows.commissions import Commission

LONGEST_WAIT = 20.0
BODY = "lenkungsgruppe"
FOUNDED = date(2022, 5, 17)
SEATS = ("jobcenter", "ihk", "caritas")
JOBCENTER, CHAMBER, CARITAS = SEATS
WORDING = "vorschlag"

RULES = Rules(
    quorum=Share(parts=1, of=2, exceeded=True),
    majority=Majority.SIMPLE,
    invitation=Period(days=14),
    circular=Period(days=10, working=True),
    sessions_a_school_year=2,
    call=Period(days=56),
    agenda=Period(days=25),
    minutes=Period(days=20, working=True),
)

COORDINATOR, SECOND_COORDINATOR = (
    person(account, Grant(role=Role.COORDINATOR, organisation="kreis"))
    for account in ("koordination", "zweite-koordination")
)

E = TypeVar("E", bound=Event)


def holder_of(seat: str) -> UUID:
    """The account of who holds the seat."""
    return stream_id("account", f"{seat}-1")


def member(seat: str) -> Principal:
    grant = Grant(role=Role.STEERING_MEMBER, organisation=seat)
    return person(str(holder_of(seat)), grant)


def appointment(seat: str, since: date) -> AppointPerson:
    """Who holds it from this day on."""
    return AppointPerson(
        body=BODY,
        seat=seat,
        person=str(holder_of(seat)),
        capacity=Capacity.HOLDER,
        since=since,
    )


def proposal(title: str, *themes: UUID) -> AgendaItem:
    """An item to be voted on, with one wording."""
    return AgendaItem(
        item=stream_id("item", title),
        kind=ItemKind.PROPOSAL,
        title=title,
        themes=themes,
        alternatives=(Alternative(key=WORDING, text=f"{title} wird beschlossen."),),
    )


REPORT = AgendaItem(item=stream_id("item", "report"), kind=ItemKind.REPORT, title="Bericht")


async def found(runtime: Runtime, rules: Rules = RULES) -> None:
    """The steering group is there, three organisations hold its seats, and its rules."""
    commands: list[Command] = [EstablishBody(body=BODY, title="Lenkungsgruppe", since=FOUNDED)]
    for seat in SEATS:
        commands += [
            RegisterOrganisation(key=seat, name=seat.title(), kind=OrganisationKind.ASSOCIATION),
            RegisterAccount(account=holder_of(seat), name=f"Person {seat.title()}"),
            CreateSeat(
                body=BODY, seat=seat, organisation=seat, kind=SeatKind.MEMBER, since=FOUNDED
            ),
            appointment(seat, FOUNDED),
        ]
    commands.append(
        AdoptRules(body=BODY, valid_from=FOUNDED, rules=rules, basis="Geschäftsordnung")
    )
    for command in commands:
        await ask(runtime, command, CONSOLE)


class Steering:
    """Sessions of the steering group and what they resolve, and the time that passes.

    What a person does is recorded at the engine's present, which may be years ahead of ours.
    """

    def __init__(self, runtime: Runtime, environment: WorkflowEnvironment) -> None:
        self.runtime = runtime
        self.environment = environment
        self.relay = Relay(runtime.pool, runtime.store, environment.client, TASK_QUEUE)
        self._streams = Streams(runtime.store)

    def process_of(self, session: UUID) -> WorkflowHandle[Any, Any]:
        """The process of a session, in its latest run."""
        return self.environment.client.get_workflow_handle(steering_session.workflow_id(session))

    def follow_up_of(self, resolution: UUID) -> WorkflowHandle[Any, Any]:
        """The process that follows up a resolution, in its latest run."""
        return self.environment.client.get_workflow_handle(
            mandate_follow_up.workflow_id(resolution)
        )

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def wait_until(self, moment: datetime) -> None:
        """Let skipped time pass until a minute after the moment, and tell what is new."""
        await self.pass_time(moment)
        await self.tell()

    async def pass_time(self, moment: datetime) -> None:
        """Let skipped time pass until a minute after the moment."""
        left = moment - await self.now() + timedelta(minutes=1)
        await self.environment.sleep(max(left, timedelta(0)))

    async def wait_for(self, stream: UUID, kind: type[Event], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there, and tell of them."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(stream, kind)) < count:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)
        await self.tell()

    async def record(
        self, command: Command, by: Principal = COORDINATOR, at: datetime | None = None
    ) -> Receipt:
        """Have a decision recorded, by default as of now; no process is told yet."""
        return await ask(self.runtime, command, by, at or await self.now())

    async def note(self, stream: UUID, *events: Event) -> None:
        """Put these on record as they are, and tell the processes: with moments seconds away."""
        await record(self.runtime, stream, *events, at=await self.now())
        await self.tell()

    async def runs(self, process: str) -> list[WorkflowHandle[Any, Any]]:
        """All runs of a process, the first one first; only the real engine lists them."""
        client = self.environment.client
        runs = [run async for run in client.list_workflows(f'WorkflowId = "{process}"')]
        return [
            client.get_workflow_handle(run.id, run_id=run.run_id)
            for run in sorted(runs, key=lambda run: run.start_time)
        ]

    async def tell(self) -> None:
        """Relay what is new in the log."""
        while await self.relay.deliver():
            pass

    async def do(
        self, command: Command, by: Principal = COORDINATOR, at: datetime | None = None
    ) -> None:
        """Have a decision recorded and the processes told."""
        await self.record(command, by, at)
        await self.tell()

    async def schedule(
        self, key: str, starts_at: datetime, kind: SessionKind = SessionKind.MEETING
    ) -> UUID:
        """A session is to be held; its process begins."""
        await self.do(
            ScheduleSession(
                body=BODY, key=key, title=f"Sitzung {key}", kind=kind, starts_at=starts_at
            )
        )
        return session_id(BODY, key)

    async def propose(self, session: UUID, *items: AgendaItem) -> None:
        for item in items:
            await self.record(ProposeItem(session=session, item=item))

    async def met(self, *adopted: AgendaItem, key: str = "1") -> UUID:
        """A session, two months from now, that adopted these proposals."""
        session = await self.prepared(*adopted, key=key)
        await self.hold(session, *adopted)
        return session

    async def prepared(self, *items: AgendaItem, key: str = "1") -> UUID:
        """One that is to be held in two months, with these items on its agenda."""
        starts_at = at((await self.now()).date() + timedelta(days=60), 14)
        session = await self.schedule(key, starts_at)
        await self.propose(session, REPORT, *items)
        return session

    async def begin(self, session: UUID) -> None:
        """Wait for its beginning: it is open and everybody is there."""
        scheduled = await self.session(session)
        assert isinstance(scheduled, Scheduled | Frozen), "it is to come"
        await self.wait_until(scheduled.record.starts_at)
        await self.open(session)
        await self.rest()

    async def rest(self) -> None:
        """Let the processes do all that they can do now, and what follows from that."""
        head = -1
        while head != (head := await self.runtime.store.head()):
            await self.wait_until(await self.now())

    async def open(self, session: UUID) -> None:
        """It is the day: everybody is there."""
        chair, keeper = str(holder_of(JOBCENTER)), str(holder_of(CHAMBER))
        await self.do(OpenSession(session=session, chair=chair, keeper=keeper))
        for seat in SEATS:
            await self.record(TakeSeat(session=session, seat=seat, person=str(holder_of(seat))))

    async def vote(self, session: UUID, item: AgendaItem, *, yes: int = 3, no: int = 0) -> None:
        await self.record(
            TakeVote(session=session, item=item.item, alternative=WORDING, yes=yes, no=no)
        )

    async def cast(self, session: UUID, item: AgendaItem, *seats: str) -> None:
        """The holders of these seats say yes in writing."""
        for seat in seats:
            ballot = CastBallot(
                session=session,
                item=item.item,
                seat=seat,
                choice=Choice.YES,
                shown=item_digest(item),
            )
            await self.record(ballot, member(seat))

    async def vacate(self) -> None:
        """Nobody holds a seat any more, from the first day on."""
        for seat in SEATS:
            await self.record(
                EndAppointment(
                    body=BODY,
                    seat=seat,
                    person=str(holder_of(seat)),
                    capacity=Capacity.HOLDER,
                    since=FOUNDED,
                    until=(await self.now()).date(),
                )
            )

    async def occupy(self) -> None:
        """Those who held the seats hold them again from tomorrow on."""
        for seat in SEATS:
            await self.record(appointment(seat, (await self.now()).date() + timedelta(days=1)))

    async def hold(self, session: UUID, *adopted: AgendaItem) -> None:
        """Wait for its beginning, adopt these proposals and close it."""
        await self.begin(session)
        for item in adopted:
            await self.vote(session, item)
        await self.do(CloseSession(session=session))

    async def release_minutes(self, session: UUID) -> None:
        """Drafted by one coordinator, approved by the other."""
        await self.record(DraftMinutes(session=session))
        drafted = await self.session(session)
        assert isinstance(drafted, Drafted | Approved | Released)
        version, digest = drafted.version, drafted.digest
        approving = ApproveMinutes(session=session, version=version, digest=digest)
        await self.record(approving, SECOND_COORDINATOR)
        await self.do(ReleaseMinutes(session=session, version=version))

    async def resolve(
        self,
        session: UUID,
        number: int,
        mandate: Mandate,
        due: date | None = None,
        owner: str = CHAMBER,
    ) -> UUID:
        """The coordination records what the vote resolved; its follow-up begins."""
        await self.do(
            PassResolution(
                session=session,
                number=number,
                mandate=mandate,
                owner=owner if due else "",
                due=due,
            )
        )
        return resolution_id(session, number)

    async def session(self, session: UUID) -> Session:
        return await self._streams.state(SESSION, session)

    async def events(self, stream: UUID, kind: type[E]) -> list[E]:
        """What happened there, of this kind."""
        entries = await self.runtime.store.load(stream)
        return [entry.event for entry in entries if isinstance(entry.event, kind)]

    async def steps(self, *streams: UUID) -> list[LogEntry]:
        """What processes did there by themselves, in the order of the log."""
        entries = [e for stream in streams for e in await self.runtime.store.load(stream)]
        by_process = [e for e in entries if e.metadata.role is Role.PROCESS]
        return sorted(by_process, key=lambda entry: entry.position)

    async def dated_steps(self, *streams: UUID) -> list[tuple[str, datetime]]:
        """The same, and when to the minute."""
        return [
            (entry.topic, to_the_minute(entry.metadata.occurred_at))
            for entry in await self.steps(*streams)
        ]


class InterruptedSessions(Interrupting, LoggedSessions):
    """The log, with something that happens `before` a command of this type is handed in, once."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime.store, runtime.desk, runtime.calendar)

    async def commission(self, commission: Commission) -> None:
        await self.interrupt(commission)
        await super().commission(commission)


class InterruptedMandates(Interrupting, LoggedMandates):
    """The same for the follow-up of resolutions."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime.store, runtime.desk)

    async def commission(self, commission: Commission) -> None:
        await self.interrupt(commission)
        await super().commission(commission)


async def status(process: WorkflowHandle[Any, Any]) -> WorkflowExecutionStatus | None:
    """Whether the latest run of the process goes on or how it ended."""
    return (await process.describe()).status


async def activities(process: WorkflowHandle[Any, Any]) -> Counter[str]:
    """How often the latest run asked for each activity."""
    return await asked_of_workers(process)


def at(day: date, hour: int) -> datetime:
    """A moment of the day in the county."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def tuesday_in(year: int, month: int, week: int) -> date:
    """The Tuesday of this week of the month; the group meets on Tuesdays."""
    first = date(year, month, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 7 * (week - 1))
