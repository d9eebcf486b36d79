"""A funded post's process on a real engine: people act at the desk, the relay tells the process."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.directory.commands import RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command
from domain.posts.commands import EstablishPost, ExtendFunding, post_id
from domain.posts.course import PostCourse
from domain.posts.events import PostEvent, PostReminded
from domain.posts.terms import Funding, Part
from services.eventstore.record import LogEntry
from services.post_record import LoggedPosts
from services.relay.relay import Relay
from services.runtime import Runtime
from tests.support.assessments import ask
from tests.support.engine import all_runs
from tests.support.engines import TASK_QUEUE
from workflows.commissions import Commission
from workflows.funded_post import FundedPostCare, workflow_id

LONGEST_WAIT = 20.0

E = TypeVar("E", bound=PostEvent)


class PostCare:
    """One post: what people do, and the time that passes."""

    def __init__(self, runtime: Runtime, environment: WorkflowEnvironment, key: str) -> None:
        self.key = key
        self.stream = post_id(key)
        self.runtime = runtime
        self.environment = environment
        self.relay = Relay(runtime.pool, runtime.store, environment.client, TASK_QUEUE)

    @property
    def handle(self) -> WorkflowHandle[FundedPostCare, None]:
        """The process, in its latest run."""
        return self.environment.client.get_workflow_handle_for(
            FundedPostCare.run, workflow_id(self.stream)
        )

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def today(self) -> date:
        return (await self.now()).astimezone(self.runtime.calendar.zone).date()

    async def establish(self, days: int) -> date:
        """Of the county's coordination, funded until so many days from now; the last of them."""
        today = await self.today()
        ends_on = today + timedelta(days=days)
        employer = RegisterOrganisation(key="kreis", name="Kreis", kind=OrganisationKind.COUNTY)
        await self.record(employer)
        await self.record(
            EstablishPost(
                key=self.key,
                part=Part.COORDINATION,
                employer="kreis",
                share=100,
                effective_from=today,
                funding=Funding(starts_on=today, ends_on=ends_on),
            )
        )
        return ends_on

    async def extend(self, after: date, days: int) -> date:
        """From the day after this one on, for so many days; the last of them."""
        funding = Funding(starts_on=after + timedelta(days=1), ends_on=after + timedelta(days=days))
        await self.do(ExtendFunding(post=self.stream, funding=funding))
        return funding.ends_on

    async def wait_until(self, day: date) -> None:
        """Let skipped time pass until the end of this day: what is due by then is done."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.runtime.calendar.zone)
        left = midnight + timedelta(days=1) - await self.now()
        await self.environment.sleep(max(left, timedelta(0)))

    async def wait_for(self, kind: type[PostEvent], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(kind)) < count:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)

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

    async def entries(self) -> list[LogEntry]:
        return await self.runtime.store.load(self.stream)

    async def events(self, kind: type[E]) -> list[E]:
        """What happened to the post, of this kind."""
        return [entry.event for entry in await self.entries() if isinstance(entry.event, kind)]

    async def reminded(self) -> Sequence[tuple[str, date]]:
        """How long before, and of which day."""
        return [(event.lead.value, event.due) for event in await self.events(PostReminded)]

    async def runs(self) -> list[WorkflowHandle[Any, Any]]:
        """All runs of the process, the first one first; only the real engine lists them."""
        return await all_runs(self.environment.client, workflow_id(self.stream))


class HastyPosts(LoggedPosts):
    """The log of posts whose reminders are a second away."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime.store, runtime.desk, runtime.calendar)
        self.handed_in: list[Commission] = []

    async def course(self, post: UUID, now: datetime) -> tuple[PostCourse, int]:
        course, position = await super().course(post, now)
        if course.remind_at is None:
            return course, position
        soon = (now + timedelta(seconds=1)).replace(microsecond=0)
        return msgspec.structs.replace(course, remind_at=soon), position

    async def commission(self, commission: Commission) -> None:
        self.handed_in.append(commission)
        await super().commission(commission)
