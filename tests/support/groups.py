"""A working group's process on a real engine: people act at the desk, the relay tells it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.kernel import Command, Event, Role
from domain.steering.mandate import DissolutionMandate, GroupMandate, Mandate
from domain.steering.resolution_commands import resolution_id
from domain.working_groups.commands import (
    CallMeeting,
    DissolveGroup,
    EstablishGroup,
    MakeAgreement,
    PlanMeetings,
    RecordMeeting,
    group_id,
)
from domain.working_groups.events import (
    AgreementExtended,
    AgreementMade,
    MeetingsPlanned,
    WorkingGroupEvent,
)
from services.eventstore.record import LogEntry, Metadata, Recorded
from services.group_record import LoggedGroups
from services.relay.relay import Relay
from services.runtime import Runtime
from tests.domain.steering.resolution_example import passed
from tests.support.assessments import ask
from tests.support.engine import all_runs, asked_of_workers
from tests.support.engines import TASK_QUEUE
from tests.support.interrupted import Interrupting
from tests.support.workflows import to_the_minute
from workflows.commissions import Commission
from workflows.working_group_cycle import WorkingGroupCycle, workflow_id

LONGEST_WAIT = 20.0
CHAMBER, JOBCENTER, CARITAS = "ihk", "jobcenter", "caritas"
COORDINATION = "kim-koordinierung"
MANDATE = GroupMandate(
    title="Sprache in der Ausbildung",
    purpose="Auszubildende sollen an der Theorie nicht scheitern.",
    members=(CHAMBER, CARITAS),
    guests=(JOBCENTER,),
)

E = TypeVar("E", bound=WorkingGroupEvent)


async def record(runtime: Runtime, stream: UUID, *events: Event, at: datetime) -> int:
    """Put events on record beneath the desk, as if they had been decided; the log's head then."""
    version = len(await runtime.store.load(stream))
    metadata = Metadata(
        command=uuid4(),
        correlation=str(uuid4()),
        account="koordination",
        role=Role.COORDINATOR,
        occurred_at=at,
    )
    recorded = [
        Recorded(
            originator_id=stream,
            originator_version=version + number,
            event=event,
            metadata=metadata,
        )
        for number, event in enumerate(events, start=1)
    ]
    receipt = await runtime.store.append(
        recorded, command=metadata.command, digest=b"", stream=stream, version=version
    )
    return receipt.last


async def resolve(
    runtime: Runtime, mandate: Mandate, at: datetime, owner: str = COORDINATION
) -> UUID:
    """The steering group has resolved this, in a session of its own."""
    session = uuid4()
    event = msgspec.structs.replace(
        passed(mandate, session=session), decided_at=at, owner=owner, due=at + timedelta(days=365)
    )
    resolution = resolution_id(session, event.number)
    await record(runtime, resolution, event, at=at)
    return resolution


class GroupCycle:
    """One working group: what people do, and the time that passes.

    What a person does is recorded at the engine's present, which may be years ahead of ours.
    """

    def __init__(self, runtime: Runtime, environment: WorkflowEnvironment, group: UUID) -> None:
        self.group = group
        self.relay = Relay(runtime.pool, runtime.store, environment.client, TASK_QUEUE)
        self.runtime = runtime
        self.environment = environment

    @property
    def handle(self) -> WorkflowHandle[WorkingGroupCycle, None]:
        """The process, in its latest run."""
        return self.environment.client.get_workflow_handle_for(
            WorkingGroupCycle.run, workflow_id(self.group)
        )

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def wait_until(self, moment: datetime) -> None:
        """Let skipped time pass until a minute after the moment: what is due then is done."""
        left = moment - await self.now() + timedelta(minutes=1)
        await self.environment.sleep(max(left, timedelta(0)))

    async def wait_for(self, kind: type[WorkingGroupEvent], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there, and tell the process."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(kind)) < count:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)
        await self.tell()

    async def record(self, command: Command, at: datetime | None = None) -> None:
        """Have a decision recorded, by default as of now; the process is not told yet."""
        await ask(self.runtime, command, at=at or await self.now())

    async def note(self, *events: WorkingGroupEvent) -> None:
        """Put these on record as they are, and tell the process: with moments seconds away."""
        await record(self.runtime, self.group, *events, at=datetime.now(UTC))
        await self.tell()

    async def tell(self) -> None:
        """Relay what is new in the log."""
        while await self.relay.deliver():
            pass

    async def do(self, command: Command, at: datetime | None = None) -> None:
        """Have a decision recorded and the process told."""
        await self.record(command, at)
        await self.tell()

    async def plan(self, school_year: str, meetings: int, *call_by: date) -> Sequence[datetime]:
        """So many meetings in the school year; the moments at which the next is to be called.

        The process is not told yet.
        """
        planning = PlanMeetings(
            group=self.group, school_year=school_year, meetings=meetings, call_by=call_by
        )
        await self.record(planning)
        return (await self.events(MeetingsPlanned))[-1].call_by

    async def call(self, meeting: int, starts_at: datetime) -> None:
        await self.record(CallMeeting(group=self.group, meeting=meeting, starts_at=starts_at))

    async def hold(self, meeting: int) -> None:
        """The members have just met."""
        now = (await self.now()).replace(microsecond=0)
        await self.record(
            RecordMeeting(
                group=self.group, meeting=meeting, held_at=now, attended=(CHAMBER, CARITAS)
            )
        )

    async def agree(self, agreement: int, meeting: int, due: date) -> AgreementMade:
        """The chamber takes something on in that meeting; its moments. Nobody is told yet."""
        await self.record(
            MakeAgreement(
                group=self.group,
                agreement=agreement,
                meeting=meeting,
                text="Eine einheitliche Erhebung beginnt.",
                owner=CHAMBER,
                due=due,
            )
        )
        return (await self.events(AgreementMade))[-1]

    async def extended(self) -> AgreementExtended:
        """The moments after the last extension."""
        return (await self.events(AgreementExtended))[-1]

    async def dissolve(self) -> None:
        now = await self.now()
        resolution = await resolve(self.runtime, DissolutionMandate(group=self.group), now)
        await self.do(DissolveGroup(group=self.group, resolution=resolution))

    async def status(self) -> WorkflowExecutionStatus | None:
        """Whether the latest run of the process goes on or how it ended."""
        return (await self.handle.describe()).status

    async def entries(self) -> list[LogEntry]:
        return await self.runtime.store.load(self.group)

    async def events(self, kind: type[E]) -> list[E]:
        """What happened to the group, of this kind."""
        return [entry.event for entry in await self.entries() if isinstance(entry.event, kind)]

    async def steps(self) -> list[LogEntry]:
        """What the process did by itself."""
        return [entry for entry in await self.entries() if entry.metadata.role is Role.PROCESS]

    async def dated_steps(self) -> list[tuple[str, datetime]]:
        """What the process did by itself, and when to the minute."""
        return [
            (entry.topic, to_the_minute(entry.metadata.occurred_at)) for entry in await self.steps()
        ]

    async def activities(self) -> Counter[str]:
        """How often the latest run asked for each activity."""
        return await asked_of_workers(self.handle)

    async def runs(self) -> list[WorkflowHandle[Any, Any]]:
        """All runs of the process, the first one first; only the real engine lists them."""
        return await all_runs(self.environment.client, workflow_id(self.group))


async def established(runtime: Runtime, environment: WorkflowEnvironment) -> GroupCycle:
    """A group that a resolution has just established; its process is not told yet."""
    now = await environment.get_current_time()
    resolution = await resolve(runtime, MANDATE, now)
    await ask(runtime, EstablishGroup(resolution=resolution), at=now)
    return GroupCycle(runtime, environment, group_id(resolution))


class InterruptedGroups(Interrupting, LoggedGroups):
    """The log, with something that happens `before` a command of this type is handed in, once."""

    async def commission(self, commission: Commission) -> None:
        await self.interrupt(commission)
        await super().commission(commission)
