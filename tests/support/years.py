"""A school year's process on a real engine: people act at the desk, the relay tells the process."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.goals.commands import SetGoal, school_year_id
from domain.goals.course import Phase, YearCourse, next_count
from domain.goals.events import Standing, StandingNoted, Target, YearEvent
from domain.goals.year import first_day
from domain.kernel import Command, Role
from services.eventstore.record import LogEntry
from services.relay.relay import Relay
from services.runtime import Runtime
from services.year_record import LoggedYears
from tests.support.assessments import ask, in_school_year
from tests.support.engine import all_runs, asked_of_workers
from tests.support.engines import TASK_QUEUE
from tests.support.interrupted import Interrupting
from tests.support.steering_log import SteeringLog
from tests.support.workflows import to_the_minute
from workflows.commissions import Commission
from workflows.school_year import SchoolYear, workflow_id

LONGEST_WAIT = 20.0
SESSIONS = Target(key="sessions", counts="session-held", at_least=2, lead_days=31)
MEETINGS = Target(key="meetings", counts="meeting-held", at_least=5)

E = TypeVar("E", bound=YearEvent)


class Year:
    """One school year: what people do, and the time that passes.

    What a person does is recorded at the engine's present, which may be years ahead of ours.
    """

    def __init__(
        self, runtime: Runtime, environment: WorkflowEnvironment, school_year: str
    ) -> None:
        self.school_year = school_year
        self.stream = school_year_id(school_year)
        self.runtime = runtime
        self.environment = environment
        self.log = SteeringLog(runtime.store)
        self.relay = Relay(runtime.pool, runtime.store, environment.client, TASK_QUEUE)

    @property
    def handle(self) -> WorkflowHandle[SchoolYear, None]:
        """The process, in its latest run."""
        return self.environment.client.get_workflow_handle_for(
            SchoolYear.run, workflow_id(self.stream)
        )

    def on(self, month: int, day: int) -> datetime:
        """An afternoon of the year."""
        return in_school_year(self.school_year, month, day)

    def counts(self, number: int) -> Sequence[datetime]:
        """So many moments of counting, from the first one of the year on."""
        begins = first_day(self.school_year)
        moment = datetime(begins.year, begins.month, begins.day, tzinfo=self.runtime.calendar.zone)
        found: list[datetime] = []
        while len(found) < number:
            moment = next_count(self.school_year, moment, self.runtime.calendar)
            found.append(moment)
        return found

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def wait_until(self, moment: datetime) -> None:
        """Let skipped time pass until a minute after the moment: what is due then is done."""
        left = moment - await self.now() + timedelta(minutes=1)
        await self.environment.sleep(max(left, timedelta(0)))

    async def wait_for(self, kind: type[YearEvent], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there, and tell the process."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(kind)) < count:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)
        await self.tell()

    async def record(self, command: Command) -> None:
        """Have a decision recorded as of now; the process is not told yet."""
        await ask(self.runtime, command, at=await self.now())

    async def tell(self) -> None:
        """Relay what is new in the log."""
        while await self.relay.deliver():
            pass

    async def do(self, command: Command) -> None:
        """Have a decision recorded and the process told."""
        await self.record(command)
        await self.tell()

    async def aim(self, *targets: Target, goal: str = "steering", source: str = "") -> None:
        """Set a goal; the process is not told yet."""
        await self.record(
            SetGoal(
                school_year=self.school_year,
                goal=goal,
                text="Es wurde zweimal getagt.",
                targets=targets,
                source=source,
            )
        )

    async def status(self) -> WorkflowExecutionStatus | None:
        """Whether the latest run of the process goes on or how it ended."""
        return (await self.handle.describe()).status

    async def entries(self) -> list[LogEntry]:
        return await self.runtime.store.load(self.stream)

    async def events(self, kind: type[E]) -> list[E]:
        """What happened to the year, of this kind."""
        return [entry.event for entry in await self.entries() if isinstance(entry.event, kind)]

    async def noted(self) -> list[tuple[Standing, datetime]]:
        """What the process found by itself, and when to the minute."""
        return [
            (entry.event.standing, to_the_minute(entry.metadata.occurred_at))
            for entry in await self.steps()
            if isinstance(entry.event, StandingNoted)
        ]

    async def steps(self) -> list[LogEntry]:
        """What the process did by itself."""
        return [entry for entry in await self.entries() if entry.metadata.role is Role.PROCESS]

    async def activities(self) -> Counter[str]:
        """How often the latest run asked for each activity."""
        return await asked_of_workers(self.handle)

    async def runs(self) -> list[WorkflowHandle[Any, Any]]:
        """All runs of the process, the first one first; only the real engine lists them."""
        return await all_runs(self.environment.client, workflow_id(self.stream))


class InterruptedYears(Interrupting, LoggedYears):
    """The log, with something that happens `before` a command of this type is handed in, once."""

    async def commission(self, commission: Commission) -> None:
        await self.interrupt(commission)
        await super().commission(commission)


class HastyYears(InterruptedYears):
    """The log of a year that is counted every second, as often as `counts`, and then over."""

    counts = 3

    async def course(self, year: UUID, after: datetime) -> tuple[YearCourse, int]:
        course, position = await super().course(year, after)
        if course.phase is Phase.ENDED:
            return course, position
        done = {commission.at for commission in self.handed_in}
        hasty = msgspec.structs.replace(
            course,
            counted_at=(after + timedelta(seconds=1)).replace(microsecond=0),
            is_over=len(done) + 1 >= self.counts,
        )
        return hasty, position


def interrupted(runtime: Runtime) -> InterruptedYears:
    return InterruptedYears(runtime.store, runtime.desk, runtime.calendar)


def hasty(runtime: Runtime) -> HastyYears:
    return HastyYears(runtime.store, runtime.desk, runtime.calendar)
