"""Who acts in somebody's absence: in which roles, how long, under both names, and no further."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    DraftSection,
    Respond,
    ReturnDraft,
    Schedule,
    SubmitDraft,
)
from domain.concepts.errors import AuthorMayNotAdopt
from domain.directory.commands import (
    EndSubstitution,
    GrantRole,
    GrantSubstitution,
    IssueToken,
    RecordAddress,
    RegisterAccount,
    RegisterOrganisation,
    RemoveAddress,
    RevokeRole,
)
from domain.directory.errors import RoleNotHeld, SubstituteAppointsThemselves
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role
from domain.privacy.commands import EraseSubject
from services.history import background_of, history, names_of
from services.identity.authorisation import NotAsASubstitute, OutsideOwnArea, RoleMissing
from services.identity.principal import CONSOLE, Principal
from services.identity.sessions import Sessions
from services.identity.tokens import issue_token, principal_of
from services.runtime import Runtime
from services.texts import Language
from tests.domain.concepts.example import SITUATION
from tests.domain.county import CARITAS, JOBCENTER, MONDAY
from tests.support.office import ADA, AGS, BEN, DORA, FADI, Office

DAY = timedelta(days=1)
SINCE, UNTIL = MONDAY + DAY, MONDAY + 8 * DAY
NOW = MONDAY + 2 * DAY
"""In the middle of the absence."""


class People:
    """The absent Erika, her substitute Karin, and Karin's own substitute Lars."""

    def __init__(self, runtime: Runtime, office: Office) -> None:
        self.runtime = runtime
        self.office = office
        self.erika, self.karin, self.lars = uuid4(), uuid4(), uuid4()
        self._tokens: dict[UUID, str] = {}

    async def arrive(self) -> None:
        county = RegisterOrganisation(key="kreis", name="Kreis", kind=OrganisationKind.COUNTY)
        await self.office.ask(CONSOLE, county)
        for account, name in (
            (self.erika, "Erika Muster"),
            (self.karin, "Karin Koordination"),
            (self.lars, "Lars Lang"),
        ):
            await self.office.ask(CONSOLE, RegisterAccount(account=account, name=name))
            self._tokens[account] = await issue_token(
                self.runtime.desk, account, "Test", days=None, at=MONDAY
            )

    async def give(
        self, account: UUID, role: Role, organisation: str = "kreis", **facts: str | datetime
    ) -> None:
        granting = GrantRole(account=account, role=role, organisation=organisation, **facts)  # pyright: ignore[reportArgumentType]  (each fact has its own type)
        await self.ask(CONSOLE, granting)

    async def appoint(
        self,
        substitute: UUID,
        *roles: Role,
        absent: UUID | None = None,
        by: Principal = CONSOLE,
        at: datetime = MONDAY,
    ) -> UUID:
        """Let somebody act for Erika, or for whoever is absent, for a week from tomorrow on."""
        substitution = uuid4()
        command = GrantSubstitution(
            account=absent or self.erika,
            substitution=substitution,
            substitute=substitute,
            roles=roles,
            since=SINCE,
            until=UNTIL,
            reason="Urlaub",
        )
        await self.ask(by, command, at=at)
        return substitution

    async def ask(self, by: Principal, command: Command, at: datetime = MONDAY) -> int:
        receipt = await self.office.ask(by, command, at=at)
        await self.runtime.read_models.catch_up()
        return receipt.last

    async def principal(self, account: UUID) -> Principal:
        """As the next request of this person finds them."""
        await self.runtime.read_models.catch_up()
        found = await principal_of(self.runtime.pool, self._tokens[account], NOW)
        assert found is not None
        return found

    async def roles(self, account: UUID, at: datetime = NOW) -> Sequence[tuple[Role, str]]:
        grants = (await self.principal(account)).grants_at(at)
        return [(grant.role, grant.substitutes) for grant in grants]


@pytest.fixture
async def people(unfollowed: Runtime, office: Office) -> People:
    people = People(unfollowed, office)
    await people.arrive()
    return people


async def test_a_substitute_has_the_given_roles_of_the_absent_person_while_it_lasts(
    people: People,
) -> None:
    await people.give(people.erika, Role.COORDINATOR)
    await people.give(people.erika, Role.AUDITOR)
    await people.give(people.karin, Role.STEERING_MEMBER)
    await people.appoint(people.karin, Role.COORDINATOR)
    own = (Role.STEERING_MEMBER, "")
    both = [own, (Role.COORDINATOR, str(people.erika))]
    second = timedelta(seconds=1)
    assert await people.roles(people.karin, SINCE - second) == [own]
    assert await people.roles(people.karin, SINCE) == both
    assert await people.roles(people.karin, UNTIL - second) == both
    assert await people.roles(people.karin, UNTIL) == [own]


async def test_a_substitute_needs_the_second_factor_of_the_role_while_it_lasts(
    people: People,
) -> None:
    await people.give(people.erika, Role.COORDINATOR)
    await people.appoint(people.karin, Role.COORDINATOR)
    sessions = Sessions(people.runtime.pool, strict=["coordinator"])
    needed: list[bool] = []
    for at in (SINCE - timedelta(seconds=1), SINCE, UNTIL):
        cookie = await sessions.start(people.karin, method="password", at=at)
        session = await sessions.session_of(cookie, at)
        assert session is not None
        needed.append(session.needs_factor)
    assert needed == [False, True, False]


async def test_a_case_managers_municipality_comes_with_the_role(people: People) -> None:
    await people.give(people.erika, Role.CASE_MANAGER, municipality=AGS)
    await people.appoint(people.karin, Role.CASE_MANAGER)
    [grant] = (await people.principal(people.karin)).grants_at(NOW)
    assert (grant.municipality, grant.organisation) == (AGS, "kreis")


async def test_what_the_absent_person_loses_the_substitute_loses(people: People) -> None:
    await people.give(people.erika, Role.COORDINATOR, until=NOW + DAY)
    await people.appoint(people.karin, Role.COORDINATOR)
    assert await people.roles(people.karin, NOW + DAY) == []
    revoking = RevokeRole(
        account=people.erika, role=Role.COORDINATOR, organisation="kreis", reason="Wechsel"
    )
    await people.ask(CONSOLE, revoking)
    assert await people.roles(people.karin) == []


async def test_a_substitution_ends_at_once(people: People) -> None:
    await people.give(people.erika, Role.COORDINATOR)
    substitution = await people.appoint(people.karin, Role.COORDINATOR)
    ending = EndSubstitution(
        account=people.erika, substitution=substitution, reason="Früher zurück"
    )
    await people.ask(CONSOLE, ending)
    assert await people.roles(people.karin) == []


@pytest.mark.parametrize("erased", ["erika", "karin"])
async def test_with_an_erasure_of_either_it_is_over(people: People, erased: str) -> None:
    await people.give(people.erika, Role.COORDINATOR)
    await people.appoint(people.karin, Role.COORDINATOR)
    await people.ask(CONSOLE, EraseSubject(person=getattr(people, erased), reason="Art. 17"))
    rows = await people.runtime.pool.fetch("select * from account_substitution")
    assert rows == []


async def test_whoever_substitutes_for_a_substitute_gets_only_what_is_their_own(
    people: People,
) -> None:
    await people.give(people.erika, Role.COORDINATOR)
    await people.give(people.karin, Role.STEERING_MEMBER)
    await people.appoint(people.karin, Role.COORDINATOR)
    await people.appoint(people.lars, Role.STEERING_MEMBER, absent=people.karin)
    assert await people.roles(people.lars) == [(Role.STEERING_MEMBER, str(people.karin))]
    with pytest.raises(RoleNotHeld):
        await people.appoint(people.lars, Role.COORDINATOR, absent=people.karin)


async def test_everybody_appoints_a_substitute_for_themselves(people: People) -> None:
    await people.give(people.erika, Role.ORGANISATION_MEMBER, JOBCENTER)
    erika = await people.principal(people.erika)
    await people.appoint(people.karin, Role.ORGANISATION_MEMBER, by=erika)
    assert await people.roles(people.karin) == [(Role.ORGANISATION_MEMBER, str(people.erika))]


async def test_a_substitute_appoints_nobody_for_the_absent_nor_gives_either_of_them_rights(
    people: People,
) -> None:
    """Whatever role it is for: not even in that of an administrator."""
    await people.give(people.erika, Role.ADMINISTRATOR)
    await people.give(people.erika, Role.COORDINATOR)
    await people.give(people.karin, Role.STEERING_MEMBER)
    await people.appoint(people.karin, Role.ADMINISTRATOR, Role.COORDINATOR)
    karin = await people.principal(people.karin)
    with pytest.raises(NotAsASubstitute):
        await people.appoint(people.lars, Role.COORDINATOR, by=karin, at=NOW)
    for account in (people.karin, people.erika):
        for command in (
            GrantRole(account=account, role=Role.ADMINISTRATOR, organisation=CARITAS),
            IssueToken(account=account, token=uuid4(), digest="d", label="Auszug"),
        ):
            with pytest.raises(NotAsASubstitute):
                await people.ask(karin, command, NOW)
    taking_over = RecordAddress(account=people.erika, address="karin@example.org")
    with pytest.raises(NotAsASubstitute):
        await people.ask(karin, taking_over, NOW)
    await people.ask(karin, RecordAddress(account=people.karin, address="karin@example.org"), NOW)


async def test_nobody_appoints_themselves(people: People) -> None:
    await people.give(people.erika, Role.ORGANISATION_MEMBER, JOBCENTER)
    await people.give(people.karin, Role.COORDINATOR)
    karin = await people.principal(people.karin)
    with pytest.raises(SubstituteAppointsThemselves):
        await people.appoint(people.karin, Role.ORGANISATION_MEMBER, by=karin)
    await people.appoint(people.lars, Role.ORGANISATION_MEMBER, by=karin)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.COLLEGE])
async def test_a_coordinator_appoints_only_in_the_roles_of_the_processes(
    people: People, role: Role
) -> None:
    await people.give(people.erika, role)
    await people.give(people.karin, Role.COORDINATOR)
    karin = await people.principal(people.karin)
    with pytest.raises(RoleMissing):
        await people.appoint(people.lars, role, by=karin)


async def test_a_coordinator_records_the_first_address_of_a_member_only(people: People) -> None:
    """Whoever changes an address may have a new password sent there."""
    await people.give(people.erika, Role.ORGANISATION_MEMBER, JOBCENTER)
    await people.give(people.karin, Role.COORDINATOR)
    karin = await people.principal(people.karin)
    recording = RecordAddress(account=people.erika, address="erika@example.org")
    await people.ask(karin, recording)
    with pytest.raises(RoleMissing):
        await people.ask(karin, RecordAddress(account=people.erika, address="k@example.org"))
    with pytest.raises(RoleMissing):
        await people.ask(karin, RemoveAddress(account=people.erika))
    await people.give(people.erika, Role.AUDITOR)
    for account in (people.erika, people.lars):
        with pytest.raises(RoleMissing):
            await people.ask(karin, RecordAddress(account=account, address="x@example.org"))


async def test_whoever_substitutes_acts_in_that_area_and_no_other(people: People) -> None:
    await people.give(people.erika, Role.ORGANISATION_MEMBER, JOBCENTER)
    await people.appoint(people.karin, Role.ORGANISATION_MEMBER)
    karin = await people.principal(people.karin)
    await _in_consultation(people.office)
    await people.office.respond(karin, at=NOW)
    elsewhere = Respond(concept=people.office.concept, round=1, organisation=CARITAS, shown="")
    with pytest.raises(OutsideOwnArea):
        await people.office.ask(karin, elsewhere, at=NOW)


@pytest.mark.parametrize(
    ("language", "both"),
    [
        ("de", "Karin Koordination in Vertretung für Erika Muster"),
        ("en", "Karin Koordination substituting for Erika Muster"),
    ],
)
async def test_both_names_are_in_the_record(people: People, language: Language, both: str) -> None:
    await people.give(people.erika, Role.ORGANISATION_MEMBER, JOBCENTER)
    await people.appoint(people.karin, Role.ORGANISATION_MEMBER)
    await _in_consultation(people.office)
    await people.office.respond(await people.principal(people.karin), at=NOW)
    store = people.runtime.store
    await people.runtime.read_models.catch_up()
    entries = await store.load(people.office.concept)
    last = entries[-1].metadata
    assert (last.account, last.substitutes) == (str(people.karin), str(people.erika))
    assert all(entry.metadata.substitutes == "" for entry in entries[:-1])
    names = await names_of(people.runtime.pool, store, entries)
    told = history(entries, language, names, await background_of(store, entries))[-1]
    assert (told.name, told.absent) == ("Karin Koordination", "Erika Muster")
    assert both in told.sentence


async def test_what_was_written_in_somebodys_absence_neither_of_the_two_adopts(
    people: People,
) -> None:
    """Over the whole way: who is signed in, what they write, and who adopts weeks later."""
    office = people.office
    for account in (people.erika, people.lars):
        await people.give(account, Role.COORDINATOR)
    await people.give(people.karin, Role.STEERING_MEMBER)
    await people.appoint(people.karin, Role.COORDINATOR)
    karin = await people.principal(people.karin)
    await office.open(at=NOW)
    await office.submit(at=NOW)
    await office.ask(ADA, ReturnDraft(concept=office.concept, reason="Ergänzen"), at=NOW)
    drafting = _drafting(office, "Von Karin für Erika.")
    await office.ask(karin, drafting, at=NOW)
    await office.ask(BEN, SubmitDraft(concept=office.concept), at=NOW)
    await _consulted(office)
    for account in (people.erika, people.karin):
        principal = await people.principal(account)
        with pytest.raises(AuthorMayNotAdopt):
            await office.ask(principal, AdoptConcept(concept=office.concept), at=UNTIL + DAY)
    lars = await people.principal(people.lars)
    await office.ask(lars, AdoptConcept(concept=office.concept), at=UNTIL + DAY)


async def test_in_the_absence_of_an_author_nobody_adopts_for_them(people: People) -> None:
    office = people.office
    await people.give(people.erika, Role.COORDINATOR)
    await people.appoint(people.karin, Role.COORDINATOR)
    await office.open(at=MONDAY)
    await office.submit(at=MONDAY)
    await office.ask(ADA, ReturnDraft(concept=office.concept, reason="Ergänzen"), at=MONDAY)
    erika = await people.principal(people.erika)
    await office.ask(erika, _drafting(office, "Von Erika."), at=MONDAY)
    await office.ask(BEN, SubmitDraft(concept=office.concept), at=MONDAY)
    await _consulted(office)
    karin = await people.principal(people.karin)
    with pytest.raises(AuthorMayNotAdopt):
        await office.ask(karin, AdoptConcept(concept=office.concept), at=NOW)


def _drafting(office: Office, text: str) -> DraftSection:
    """A second version of a section that Ben has written."""
    return DraftSection(concept=office.concept, section=SITUATION, text=text, based_on=1)


async def _in_consultation(office: Office) -> None:
    await office.open()
    await office.submit()
    await office.consult(Schedule(working_days=10))


async def _consulted(office: Office) -> None:
    """In a round in which all agreed."""
    await office.consult(Schedule(working_days=10), at=NOW)
    for member in (DORA, FADI):
        await office.respond(member, at=NOW)
    await office.ask(ADA, CloseConsultation(concept=office.concept, round=1), at=NOW)
