"""The one door: authorised, decided, recorded, and once for each command id."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.chronicle.entry import DocumentEntry
from domain.concepts.commands import (
    AdoptConcept,
    DraftSection,
    OpenConcept,
    Schedule,
    WithdrawConcept,
    concept_id,
)
from domain.concepts.concept import Consulting, Drafting, Submitted, Unknown, Withdrawn
from domain.concepts.errors import (
    AlreadyOpened,
    CountyIsNotEmployer,
    SectionChanged,
    UnknownConcept,
    UnknownEdition,
)
from domain.concepts.standing import asked_digest
from domain.directory.account import Grant
from domain.directory.commands import (
    GrantRole,
    RegisterAccount,
    RegisterMunicipality,
    RegisterOrganisation,
)
from domain.directory.errors import UnknownMunicipality, UnknownOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import DomainError, Role
from services.desk import CommandIdReused, Contended, VersionChanged
from services.eventstore.group_commit import Receipt
from services.eventstore.store import Moment
from services.identity.authorisation import RoleMissing
from services.identity.principal import CONSOLE
from services.orders import Order
from services.runtime import Runtime
from tests.domain.concepts.example import SITUATION
from tests.domain.county import JOBCENTER, MONDAY
from tests.support.office import ADA, AGS, BEN, DORA, FADI, Office, person
from tests.support.orders import examples

AT_ONCE = 12


async def test_what_is_recorded_says_who_did_it_when_why_and_what_led_to_it(
    unfollowed: Runtime, office: Office
) -> None:
    await office.open()
    command_id = uuid4()
    receipt = await office.desk.handle(
        Order(
            command=WithdrawConcept(concept=office.concept, reason="Irrtum"),
            command_id=command_id,
            principal=ADA,
            at=MONDAY,
            correlation="request-7",
            causation=6,
            source="Niederschrift",
        )
    )
    [entry] = await unfollowed.store.at([receipt.last])
    assert msgspec.structs.asdict(entry.metadata) == {
        "command": command_id,
        "correlation": "request-7",
        "causation": 6,
        "account": "ada",
        "role": Role.COORDINATOR,
        "organisation": "kreis",
        "signed_in": "token",
        "occurred_at": MONDAY,
        "reason": "Irrtum",
        "shown": "",
        "source": "Niederschrift",
        "substitutes": "",
    }


async def test_an_answer_is_recorded_with_the_digest_of_what_was_shown(
    unfollowed: Runtime, office: Office
) -> None:
    await office.open()
    await office.submit()
    await office.consult(Schedule(working_days=10))
    receipt = await office.respond(DORA)
    [entry] = await unfollowed.store.at([receipt.last])
    concept, _ = await office.desk.concept(office.concept)
    assert isinstance(concept, Consulting)
    assert entry.metadata.shown == asked_digest(concept.draft, concept.round.asked[JOBCENTER])
    assert (entry.metadata.organisation, entry.metadata.role) == (
        JOBCENTER,
        Role.ORGANISATION_MEMBER,
    )


async def test_what_is_already_so_is_answered_and_not_recorded_again(
    unfollowed: Runtime, office: Office
) -> None:
    rename = _naming("Jobcenter Kreis Paderborn")
    first = await office.ask(ADA, rename)
    again = await office.ask(ADA, rename)
    assert first.last == await unfollowed.store.head()
    assert (again.first, again.last) == (first.last + 1, first.last)


async def test_a_command_sent_again_gives_its_receipt_whatever_has_become_of_the_concept(
    unfollowed: Runtime, office: Office
) -> None:
    command_id = uuid4()
    opening = OpenConcept(municipality=AGS, edition=office.edition)
    first = await office.ask(ADA, opening, command_id=command_id, expected_version=0)
    await office.draft(SITUATION, "Text")
    head = await unfollowed.store.head()
    later = MONDAY + timedelta(days=1)
    again = await office.ask(ADA, opening, command_id=command_id, expected_version=0, at=later)
    assert again == first
    assert await unfollowed.store.head() == head


async def test_a_command_sent_by_many_at_the_same_time_has_one_outcome(office: Office) -> None:
    command_id = uuid4()
    opening = OpenConcept(municipality=AGS, edition=office.edition)
    receipts = await asyncio.gather(
        *(
            office.ask(ADA, opening, command_id=command_id, expected_version=0)
            for _ in range(AT_ONCE)
        )
    )
    assert {receipt.last for receipt in receipts} == {receipts[0].last}
    _, version = await office.desk.concept(office.concept)
    assert version == 1


async def test_a_command_sent_again_while_the_first_is_under_way_is_never_refused(
    office: Office,
) -> None:
    """It may see the events of the first before it sees its receipt."""
    for number in range(10):
        command_id = uuid4()
        receipts = await asyncio.gather(
            *(
                _after(
                    delay / 1000,
                    office.ask(
                        ADA,
                        _naming("Verein", key=f"o{number}"),
                        command_id=command_id,
                        expected_version=0,
                    ),
                )
                for delay in range(AT_ONCE)
            )
        )
        assert {receipt.last for receipt in receipts} == {receipts[0].first}


async def test_another_command_under_the_same_id_is_refused(office: Office) -> None:
    command_id = uuid4()
    await office.ask(ADA, _naming("Jobcenter"), command_id=command_id)
    with pytest.raises(CommandIdReused):
        await office.ask(ADA, _naming("Arbeitsamt"), command_id=command_id)


async def test_the_same_command_under_the_same_id_by_somebody_else_is_refused(
    office: Office,
) -> None:
    command_id = uuid4()
    await office.ask(ADA, _naming("Jobcenter"), command_id=command_id)
    with pytest.raises(CommandIdReused):
        await office.ask(CONSOLE, _naming("Jobcenter"), command_id=command_id)


async def test_of_different_commands_under_one_id_at_the_same_time_one_is_recorded(
    unfollowed: Runtime, office: Office
) -> None:
    head = await unfollowed.store.head()
    command_id = uuid4()
    outcomes = await asyncio.gather(
        *(
            office.ask(ADA, _naming(str(number), key=f"o{number}"), command_id=command_id)
            for number in range(AT_ONCE)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, CommandIdReused) for outcome in outcomes) == AT_ONCE - 1
    assert await unfollowed.store.head() == head + 1


async def test_a_refused_command_leaves_nothing_and_may_be_sent_again_under_its_id(
    unfollowed: Runtime, office: Office
) -> None:
    command_id = uuid4()
    drafting = DraftSection(concept=office.concept, section=SITUATION, text="Text", based_on=0)
    head = await unfollowed.store.head()
    with pytest.raises(UnknownConcept):
        await office.ask(ADA, drafting, command_id=command_id)
    assert await unfollowed.store.head() == head
    assert await unfollowed.store.receipt(command_id) is None
    await office.open()
    await office.ask(ADA, drafting, command_id=command_id)


async def test_who_saw_an_earlier_version_is_told_the_present_one(office: Office) -> None:
    await office.open()
    await office.draft(SITUATION, "Text")
    command = WithdrawConcept(concept=office.concept, reason="Irrtum")
    for seen in (0, 1, 3):
        with pytest.raises(VersionChanged) as refusal:
            await office.ask(ADA, command, expected_version=seen)
        assert refusal.value.facts == {"expected": seen, "current": 2}
    assert (await office.ask(ADA, command, expected_version=2)).version == 3


async def test_of_many_who_saw_the_same_version_one_is_recorded(office: Office) -> None:
    await office.open()
    outcomes = await asyncio.gather(
        *(
            office.ask(
                BEN,
                DraftSection(
                    concept=office.concept, section=SITUATION, text=str(number), based_on=0
                ),
                expected_version=1,
            )
            for number in range(AT_ONCE)
        ),
        return_exceptions=True,
    )
    refused = (VersionChanged, Contended)
    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, refused) for outcome in outcomes) == AT_ONCE - 1


async def test_organisations_that_answer_at_the_same_moment_are_all_recorded(
    office: Office,
) -> None:
    await office.open()
    await office.submit()
    await office.consult(Schedule(working_days=10))
    await asyncio.gather(*(office.respond(member) for member in (DORA, FADI)))
    concept, _ = await office.desk.concept(office.concept)
    assert isinstance(concept, Consulting)
    assert concept.round.missing == ()


async def test_in_a_crowd_everybody_is_recorded_or_told_to_try_again(
    unfollowed: Runtime, office: Office
) -> None:
    head = await unfollowed.store.head()
    outcomes = await asyncio.gather(
        *(office.ask(ADA, _naming(f"Name {number}")) for number in range(60)),
        return_exceptions=True,
    )
    recorded = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    told = [outcome for outcome in outcomes if isinstance(outcome, Contended)]
    assert len(recorded) + len(told) == 60
    assert await unfollowed.store.head() == head + len(recorded)


async def test_who_may_not_is_refused_before_the_rules_are_asked(office: Office) -> None:
    with pytest.raises(RoleMissing):
        await office.ask(DORA, AdoptConcept(concept=office.concept))


async def test_the_conflict_of_two_authors_is_a_refusal_and_no_retry(office: Office) -> None:
    await office.open()
    await office.draft(SITUATION, "Ada")
    with pytest.raises(SectionChanged):
        await office.draft(SITUATION, "Ben", based_on=0)


async def test_opening_looks_at_the_municipality_and_at_the_edition(office: Office) -> None:
    with pytest.raises(UnknownMunicipality):
        await office.ask(ADA, OpenConcept(municipality="05774999", edition=office.edition))
    with pytest.raises(UnknownEdition):
        await office.ask(ADA, OpenConcept(municipality=AGS, edition="1999"))
    await office.ask(CONSOLE, RegisterMunicipality(ags="05774032", name="Paderborn", kind="Stadt"))
    with pytest.raises(CountyIsNotEmployer):
        await office.ask(ADA, OpenConcept(municipality="05774032", edition=office.edition))
    await office.open()
    with pytest.raises(AlreadyOpened):
        await office.open()


async def test_a_role_is_granted_in_an_organisation_and_a_municipality_that_exist(
    office: Office,
) -> None:
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name="Gül"))
    with pytest.raises(UnknownOrganisation):
        await office.ask(CONSOLE, _grant(account, organisation="nobody"))
    with pytest.raises(UnknownMunicipality):
        await office.ask(CONSOLE, _grant(account, municipality="05774999"))
    assert (await office.ask(CONSOLE, _grant(account, municipality=AGS))).version == 2


async def test_what_was_imported_happened_when_it_happened_and_was_recorded_when_it_was(
    unfollowed: Runtime, office: Office
) -> None:
    entry = DocumentEntry(
        key="auftakt", about="session", occurred_on=MONDAY.date(), title="Auftakt"
    )
    receipt = await office.ask(CONSOLE, entry, at=MONDAY, source="Bericht 2025")
    [noted] = await unfollowed.store.at([receipt.last])
    assert (noted.metadata.occurred_at, noted.metadata.source) == (MONDAY, "Bericht 2025")
    assert noted.recorded_at == receipt.recorded_at != MONDAY


async def test_a_concept_is_given_as_it_was_at_any_moment(office: Office) -> None:
    assert await office.desk.concept(office.concept) == (Unknown(), 0)
    await office.open(at=MONDAY)
    await office.submit(at=MONDAY + timedelta(days=1))
    withdrawing = WithdrawConcept(concept=office.concept, reason="Irrtum")
    receipt = await office.ask(ADA, withdrawing, at=MONDAY + timedelta(days=2))
    stages = {
        Moment(): Withdrawn,
        Moment(position=receipt.last - 1): Submitted,
        Moment(recorded_by=receipt.recorded_at - timedelta(microseconds=1)): Submitted,
        Moment(occurred_by=MONDAY + timedelta(days=1)): Submitted,
        Moment(occurred_by=MONDAY): Drafting,
        Moment(position=0): Unknown,
    }
    for until, stage in stages.items():
        concept, _ = await office.desk.concept(office.concept, until)
        assert isinstance(concept, stage), until


async def test_the_concept_of_another_edition_is_another_one(office: Office) -> None:
    await office.open()
    assert concept_id(AGS, "1999") != office.concept
    assert await office.desk.concept(concept_id(AGS, "1999")) == (Unknown(), 0)
    assert (await office.desk.edition(office.edition)).edition == office.edition
    assert (await office.desk.edition("1999")).edition == ""


async def test_every_command_is_decided_or_refused_by_a_rule(office: Office) -> None:
    everybody = person("all", *(_role(role) for role in Role))
    for command in examples():
        with suppress(DomainError):
            await office.ask(everybody, command)


def _role(role: Role) -> Grant:
    return Grant(role=role, organisation=JOBCENTER, municipality=AGS)


def _naming(name: str, key: str = JOBCENTER) -> RegisterOrganisation:
    return RegisterOrganisation(key=key, name=name, kind=OrganisationKind.EMPLOYMENT)


async def _after(seconds: float, asking: Coroutine[Any, Any, Receipt]) -> Receipt:
    await asyncio.sleep(seconds)
    return await asking


def _grant(
    account: UUID, *, organisation: str = JOBCENTER, municipality: str | None = None
) -> GrantRole:
    return GrantRole(
        account=account,
        role=Role.CASE_MANAGER,
        organisation=organisation,
        municipality=municipality or AGS,
    )
