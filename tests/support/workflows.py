"""A concept's process on a real engine: people act at the desk, the relay tells the process."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.concepts.commands import (
    AdoptConcept,
    DraftSection,
    ExtendConsultation,
    Invite,
    OpenConcept,
    OpenConsultation,
    PublishConcept,
    PublishEdition,
    Respond,
    Schedule,
    SubmitDraft,
    concept_id,
)
from domain.concepts.concept import Consulting, Existing, Unknown
from domain.concepts.events import (
    ConceptEvent,
    ConceptPublished,
    ConsultationExtended,
    ConsultationOpened,
    Policy,
    Position,
    Section,
)
from domain.concepts.standing import asked_digest
from domain.directory.account import Grant
from domain.directory.commands import RecordEmployer, RegisterMunicipality, RegisterOrganisation
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
from workflows.concept_agreement import ConceptAgreement, workflow_id

LONGEST_WAIT = 20.0
AGS = "05774036"
EDITION, NEXT_EDITION = "2025", "2027"
EDITIONS: Mapping[str, str | None] = {EDITION: None, NEXT_EDITION: EDITION}
JOBCENTER, CHAMBER = "jobcenter", "ihk"
BOTH = ("ausgangslage", "fallablauf")

ONE_WEEK = Schedule(working_days=5, remind_working_days_before=())
TWO_WEEKS = Schedule(working_days=10)
TWO_WEEKS_AND_GRACE = Schedule(working_days=10, grace_working_days=3)

E = TypeVar("E", bound=ConceptEvent)


def _person(
    account: str, role: Role, organisation: str, municipality: str | None = None
) -> Principal:
    grant = Grant(role=role, organisation=organisation, municipality=municipality)
    return Principal(account=account, grants=(grant,), signed_in="test")


COORDINATOR = _person("koordination", Role.COORDINATOR, "kreis")
CASE_MANAGER = _person("fallmanagement", Role.CASE_MANAGER, "kreis", AGS)


class Agreement:
    """The agreement on one concept: what people do, and the time that passes.

    What a person does is recorded at the engine's present, which may be years ahead of ours.
    """

    def __init__(
        self, runtime: Runtime, environment: WorkflowEnvironment, edition: str = EDITION
    ) -> None:
        self.concept = concept_id(AGS, edition)
        self.relay = Relay(runtime.pool, runtime.store, environment.client, TASK_QUEUE)
        self._runtime = runtime
        self._environment = environment
        self._edition = edition

    def of(self, edition: str) -> "Agreement":
        """The agreement on the same municipality's concept in another edition."""
        return Agreement(self._runtime, self._environment, edition)

    @property
    def handle(self) -> WorkflowHandle[ConceptAgreement, None]:
        """The process, in its latest run."""
        return self._environment.client.get_workflow_handle_for(
            ConceptAgreement.run, workflow_id(self.concept)
        )

    async def now(self) -> datetime:
        return await self._environment.get_current_time()

    async def wait_until(self, moment: datetime) -> None:
        """Let skipped time pass until a minute after the moment: what is due then is done."""
        left = moment - await self.now() + timedelta(minutes=1)
        await self._environment.sleep(max(left, timedelta(0)))

    async def wait_for(self, kind: type[ConceptEvent], count: int = 1) -> None:
        """Let real time pass until so many events of the kind are there, and tell the process."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(await self.events(kind)) < count:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)
        await self.tell()

    async def record(
        self, command: Command, by: Principal = COORDINATOR, at: datetime | None = None
    ) -> Receipt:
        """Have a decision recorded, by default as of now; the process is not told yet."""
        return await self._runtime.desk.handle(
            Order(
                command=command,
                command_id=uuid4(),
                principal=by,
                at=at or await self.now(),
                correlation=str(uuid4()),
            )
        )

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

    async def open(self) -> None:
        await self.record(OpenConcept(municipality=AGS, edition=self._edition))

    async def draft(self, text: str = "Ein Entwurf.") -> None:
        """Write both sections anew and submit the draft."""
        for section in BOTH:
            based_on = len((await self.stage()).draft.texts.get(section, ()))
            drafted = DraftSection(
                concept=self.concept, section=section, text=text, based_on=based_on
            )
            await self.record(drafted, CASE_MANAGER)
        await self.record(SubmitDraft(concept=self.concept), CASE_MANAGER)

    async def consult(
        self, schedule: Schedule = TWO_WEEKS, policy: Policy | None = None
    ) -> ConsultationOpened:
        """Open a round in which jobcenter and chamber are asked; gives its moments."""
        await self.do(self.consultation(schedule, policy))
        return (await self.events(ConsultationOpened))[-1]

    def consultation(self, schedule: Schedule, policy: Policy | None = None) -> OpenConsultation:
        """A round in which jobcenter and chamber are asked."""
        return OpenConsultation(
            concept=self.concept,
            schedule=schedule,
            invited=tuple(Invite(organisation=key) for key in (JOBCENTER, CHAMBER)),
            policy=policy or Policy(),
        )

    def extension(self, schedule: Schedule) -> ExtendConsultation:
        """More time for the first round."""
        return ExtendConsultation(
            concept=self.concept, round=1, schedule=schedule, reason="Es sind Ferien."
        )

    async def extend(self, schedule: Schedule) -> ConsultationExtended:
        await self.do(self.extension(schedule))
        return (await self.events(ConsultationExtended))[-1]

    async def respond(self, organisation: str, position: Position = Position.AGREE) -> None:
        """Say this to all that the organisation is asked."""
        stage = await self.stage()
        assert isinstance(stage, Consulting), "answers are given in a round"
        response = Respond(
            concept=self.concept,
            round=stage.round.number,
            organisation=organisation,
            shown=asked_digest(stage.draft, stage.round.asked[organisation]),
            position=position,
            remark="Eine Frist fehlt.",
        )
        member = _person(f"{organisation}-1", Role.ORGANISATION_MEMBER, organisation)
        await self.record(response, member)

    async def agree(self) -> None:
        """Both say yes to all that they are asked."""
        await self.respond(JOBCENTER)
        await self.respond(CHAMBER)

    async def publish(self, review_at: datetime | None = None) -> ConceptPublished:
        """Adopt what was agreed, and make it valid."""
        await self.record(AdoptConcept(concept=self.concept))
        await self.do(PublishConcept(concept=self.concept, review_at=review_at))
        return (await self.events(ConceptPublished))[-1]

    async def reach_publication(self) -> ConceptPublished:
        """Go the shortest way there from a submitted draft: one round in which both agree."""
        this = await self.consult(ONE_WEEK)
        await self.agree()
        await self.wait_until(this.closes_at)
        return await self.publish()

    async def status(self) -> WorkflowExecutionStatus | None:
        """Whether the latest run of the process goes on or how it ended."""
        return (await self.handle.describe()).status

    async def stage(self) -> Existing:
        concept, _ = await self._runtime.desk.concept(self.concept)
        assert not isinstance(concept, Unknown), "the concept has been opened"
        return concept

    async def entries(self) -> list[LogEntry]:
        return await self._runtime.store.load(self.concept)

    async def events(self, kind: type[E]) -> list[E]:
        """What happened to the concept, of this kind."""
        return [entry.event for entry in await self.entries() if isinstance(entry.event, kind)]

    async def steps(self) -> list[LogEntry]:
        """What the process did by itself."""
        return [entry for entry in await self.entries() if entry.metadata.role is Role.PROCESS]

    async def activities(self) -> Counter[str]:
        """How often the latest run asked for each activity."""
        return await asked_of_workers(self.handle)

    async def runs(self) -> list[WorkflowHandle[Any, Any]]:
        """All runs of the process, the first one first; only the real engine lists them."""
        return await all_runs(self._environment.client, workflow_id(self.concept))

    async def dated_steps(self) -> list[tuple[str, datetime]]:
        """What the process did by itself, and when to the minute."""
        return [
            (entry.event.TOPIC, to_the_minute(entry.metadata.occurred_at))
            for entry in await self.steps()
        ]


def to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


async def prepare_county(runtime: Runtime, editions: Mapping[str, str | None] = EDITIONS) -> None:
    """A municipality, two organisations to ask, and framework editions with what they replace."""
    sections = tuple(Section(key=key, title=key.title()) for key in BOTH)
    commands: list[Command] = [
        RegisterMunicipality(ags=AGS, name="Salzkotten", kind="Stadt"),
        RecordEmployer(ags=AGS, county_is_employer=True),
        RegisterOrganisation(key=JOBCENTER, name="Jobcenter", kind=OrganisationKind.EMPLOYMENT),
        RegisterOrganisation(key=CHAMBER, name="IHK", kind=OrganisationKind.CHAMBER),
    ]
    commands += [
        PublishEdition(edition=edition, title="Rahmen", sections=sections, replaces=replaces)
        for edition, replaces in editions.items()
    ]
    for command in commands:
        await runtime.desk.handle(
            Order(
                command=command,
                command_id=uuid4(),
                principal=CONSOLE,
                at=datetime.now(UTC),
                correlation=str(uuid4()),
            )
        )
