"""A small county at the desk, and the steps of a concept in it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    DraftSection,
    Invite,
    OpenConcept,
    OpenConsultation,
    PublishConcept,
    PublishEdition,
    Respond,
    Schedule,
    SectionResponse,
    SubmitDraft,
    concept_id,
)
from domain.concepts.concept import Consulting
from domain.concepts.events import Position
from domain.concepts.standing import asked_digest
from domain.directory.account import Grant
from domain.directory.commands import RecordEmployer, RegisterMunicipality, RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role
from services.desk import Desk
from services.eventstore.group_commit import Receipt
from services.identity.principal import CONSOLE, Principal, process
from services.orders import Order
from tests.domain.concepts.example import PROCEDURE, SECTIONS, SITUATION, TEXTS
from tests.domain.county import CARITAS, JOBCENTER, MONDAY, SALZKOTTEN

AGS = SALZKOTTEN.ags


def person(account: str, *grants: Grant) -> Principal:
    return Principal(account=account, grants=grants, signed_in="token")


ADA = person("ada", Grant(role=Role.COORDINATOR, organisation="kreis"))
BEN = person("ben", Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality=AGS))
DORA = person("dora", Grant(role=Role.ORGANISATION_MEMBER, organisation=JOBCENTER))
FADI = person("fadi", Grant(role=Role.ORGANISATION_MEMBER, organisation=CARITAS))


class Office:
    """Hands in commands: `await office.ask(ADA, OpenConcept(…), at=MONDAY)`.

    `edition` tells apart the concepts of tests that share a Temporal; `clock` is asked where no
    moment is given.
    """

    def __init__(
        self, desk: Desk, edition: str = "2025", clock: Callable[[], datetime] = lambda: MONDAY
    ) -> None:
        self.desk = desk
        self.edition = edition
        self._clock = clock

    @classmethod
    def of_today(cls, desk: Desk) -> Self:
        """In the present, with an edition that no other test has."""
        return cls(desk, f"2025-{uuid4().hex[:8]}", lambda: datetime.now(UTC))

    @property
    def concept(self) -> UUID:
        """The concept of Salzkotten."""
        return concept_id(AGS, self.edition)

    async def ask(
        self,
        by: Principal,
        command: Command,
        *,
        at: datetime | None = None,
        command_id: UUID | None = None,
        expected_version: int | None = None,
        source: str = "",
    ) -> Receipt:
        return await self.desk.handle(
            Order(
                command=command,
                command_id=command_id or uuid4(),
                principal=by,
                at=at or self._clock(),
                correlation="test",
                expected_version=expected_version,
                source=source,
            )
        )

    async def set_up(self) -> None:
        """A municipality whose case managers the county employs, two organisations, an edition."""
        for command in (
            RegisterMunicipality(ags=AGS, name="Salzkotten", kind="Stadt"),
            RecordEmployer(ags=AGS, county_is_employer=True),
            RegisterOrganisation(key=JOBCENTER, name="Jobcenter", kind=OrganisationKind.EMPLOYMENT),
            RegisterOrganisation(key=CARITAS, name="Caritas", kind=OrganisationKind.WELFARE),
            PublishEdition(edition=self.edition, title="Rahmenkonzept", sections=SECTIONS),
        ):
            await self.ask(CONSOLE, command)

    async def open(self, *, at: datetime | None = None) -> None:
        await self.ask(ADA, OpenConcept(municipality=AGS, edition=self.edition), at=at)

    async def draft(
        self, section: str, text: str, *, based_on: int = 0, at: datetime | None = None
    ) -> None:
        command = DraftSection(concept=self.concept, section=section, text=text, based_on=based_on)
        await self.ask(BEN, command, at=at)

    async def submit(self, *, at: datetime | None = None) -> None:
        """Draft both required sections and submit them."""
        for section in (SITUATION, PROCEDURE):
            await self.draft(section, TEXTS[section], at=at)
        await self.ask(BEN, SubmitDraft(concept=self.concept), at=at)

    async def consult(self, schedule: Schedule, *, at: datetime | None = None) -> None:
        """Open a round with the jobcenter and the Caritas."""
        invited = (Invite(organisation=JOBCENTER), Invite(organisation=CARITAS))
        command = OpenConsultation(concept=self.concept, schedule=schedule, invited=invited)
        await self.ask(ADA, command, at=at)

    async def respond(
        self, by: Principal, *sections: SectionResponse, at: datetime | None = None
    ) -> Receipt:
        """Agree for the person's organisation to all it is asked, but for these sections."""
        concept, _ = await self.desk.concept(self.concept)
        assert isinstance(concept, Consulting)
        organisation = by.grants[0].organisation
        command = Respond(
            concept=self.concept,
            round=concept.round.number,
            organisation=organisation,
            shown=asked_digest(concept.draft, concept.round.asked[organisation]),
            position=Position.AGREE,
            sections=sections,
        )
        return await self.ask(by, command, at=at)

    async def adopt(self, *, at: datetime, review_at: datetime) -> None:
        """From opening to publication, in one round in which both agree."""
        await self.open(at=at)
        await self.submit(at=at)
        await self.consult(Schedule(due=at + timedelta(days=1)), at=at)
        for member in (DORA, FADI):
            await self.respond(member, at=at)
        for step in (
            CloseConsultation(concept=self.concept, round=1),
            AdoptConcept(concept=self.concept),
            PublishConcept(concept=self.concept, review_at=review_at),
        ):
            await self.ask(ADA, step, at=at)

    @property
    def clock(self) -> Principal:
        """The concept's workflow."""
        return process(f"concept/{self.concept}")
