"""Who may do what: the table, written a second time as sentences about each role."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from domain.concepts.commands import OpenConcept, Respond, SubmitDraft
from domain.concepts.concept import Concept, Unknown
from domain.directory.account import Grant
from domain.kernel import Actor, Command, Role
from services.identity.authorisation import (
    TABLE,
    OutsideOwnArea,
    RoleMissing,
    authorise,
    may_read_concept,
    require_record_reader,
)
from services.identity.principal import CONSOLE, Principal, process
from tests.domain.concepts.example import (
    CONCEPT_ID,
    DRAFTED,
    adopted,
    after,
    consulted,
    published,
)
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER, MONDAY
from tests.support.office import ADA, AGS, BEN, DORA, FADI, person
from tests.support.orders import every_command_class, examples

DAY = timedelta(days=1)

MAY: Mapping[Role, str] = {
    Role.COORDINATOR: """
        PublishEdition OpenConcept DraftSection SubmitDraft ReturnDraft OpenConsultation
        ExtendConsultation RemindOrganisations CloseConsultation AdoptConcept PublishConcept
        WithdrawConcept ReopenConcept DocumentEntry RecordEmployer RegisterOrganisation
        ProposeErasure OfferToArchive RecordArchiveAnswer PostponeErasure
    """,
    Role.CASE_MANAGER: "DraftSection SubmitDraft",
    Role.ORGANISATION_MEMBER: "Respond",
    Role.STEERING_MEMBER: "AdoptConcept",
    Role.AUDITOR: "",
    Role.ADMINISTRATOR: """
        RegisterMunicipality RecordEmployer RegisterOrganisation RegisterAccount GrantRole
        RevokeRole IssueToken RevokeToken AdoptKey
        EraseSubject PlaceHold LiftHold
        ProposeErasure OfferToArchive RecordArchiveAnswer PostponeErasure
        WithdrawProposal ConfirmErasure
    """,
    Role.PROCESS: """
        RemindOrganisations EscalateConsultation CloseConsultation DeclareReviewDue
        SupersedeConcept
        EraseSubject ProposeErasure RecordArchiveAnswer WithdrawProposal ConfirmErasure
    """,
}
HERE = after(*DRAFTED)


def test_every_command_of_the_domain_is_in_the_table() -> None:
    assert set(TABLE) == set(every_command_class())
    assert all(TABLE.values()), "a command that nobody may give is none"


def test_there_is_an_example_of_every_command() -> None:
    assert {type(command) for command in examples()} == set(every_command_class())


@pytest.mark.parametrize("command", examples(), ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_its_own_and_nothing_else(role: Role, command: Command) -> None:
    holder = person("gül", Grant(role=role, organisation=JOBCENTER, municipality=AGS))
    if type(command).__name__ in MAY[role].split():
        assert authorise(holder, command, HERE, MONDAY) == Actor(
            account="gül", role=role, organisation=JOBCENTER, signed_in="token"
        )
    else:
        with pytest.raises(RoleMissing):
            authorise(holder, command, HERE, MONDAY)


def test_a_refusal_names_the_roles_of_people_that_may() -> None:
    with pytest.raises(RoleMissing) as refusal:
        authorise(DORA, examples()[8], HERE, MONDAY)
    assert refusal.value.facts == {"allowed": "coordinator"}


@pytest.mark.parametrize("command", examples(), ids=lambda command: type(command).__name__)
def test_who_holds_no_role_may_do_nothing(command: Command) -> None:
    with pytest.raises(RoleMissing):
        authorise(person("nobody"), command, HERE, MONDAY)


def test_a_case_manager_writes_in_their_own_municipality_only() -> None:
    elsewhere = person(
        "cem", Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality="05774032")
    )
    submitting = SubmitDraft(concept=CONCEPT_ID)
    assert authorise(BEN, submitting, HERE, MONDAY).account == "ben"
    with pytest.raises(OutsideOwnArea) as refusal:
        authorise(elsewhere, submitting, HERE, MONDAY)
    assert refusal.value.facts == {"own": "05774032"}


def test_a_case_manager_of_two_municipalities_writes_in_both() -> None:
    both = person(
        "cem",
        Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality="05774032"),
        Grant(role=Role.CASE_MANAGER, organisation="kreis", municipality=AGS),
    )
    assert authorise(both, SubmitDraft(concept=CONCEPT_ID), HERE, MONDAY)


def test_a_case_manager_without_a_concept_has_no_area() -> None:
    with pytest.raises(OutsideOwnArea):
        authorise(BEN, SubmitDraft(concept=CONCEPT_ID), Unknown(), MONDAY)


def test_a_member_answers_for_their_own_organisation_only() -> None:
    answer = Respond(concept=CONCEPT_ID, round=1, organisation=CARITAS, shown="")
    assert authorise(FADI, answer, HERE, MONDAY).organisation == CARITAS
    with pytest.raises(OutsideOwnArea) as refusal:
        authorise(DORA, answer, HERE, MONDAY)
    assert refusal.value.facts == {"own": JOBCENTER}


def test_a_member_of_two_organisations_answers_as_a_member_of_the_one_that_is_asked() -> None:
    answer = Respond(concept=CONCEPT_ID, round=1, organisation=CARITAS, shown="")
    both = person("dora", *DORA.grants, *FADI.grants)
    assert authorise(both, answer, HERE, MONDAY).organisation == CARITAS


def test_not_even_the_coordinator_answers_for_an_organisation() -> None:
    answer = Respond(concept=CONCEPT_ID, round=1, organisation=JOBCENTER, shown="")
    for principal in (ADA, CONSOLE, process("concept/salzkotten")):
        with pytest.raises(RoleMissing):
            authorise(principal, answer, HERE, MONDAY)


def test_who_holds_several_roles_acts_in_the_one_that_may() -> None:
    several = person(
        "gül",
        Grant(role=Role.AUDITOR, organisation=CHAMBER),
        Grant(role=Role.STEERING_MEMBER, organisation=JOBCENTER),
        Grant(role=Role.COORDINATOR, organisation="kreis"),
    )
    opening = OpenConcept(municipality=AGS, edition="2025")
    actor = authorise(several, opening, Unknown(), MONDAY)
    assert (actor.role, actor.organisation) == (Role.COORDINATOR, "kreis")


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (MONDAY - timedelta(microseconds=1), False),
        (MONDAY, True),
        (MONDAY + DAY - timedelta(microseconds=1), True),
        (MONDAY + DAY, False),
    ],
)
def test_a_role_counts_from_its_first_moment_up_to_and_without_its_last(
    at: datetime, holds: bool
) -> None:
    grant = Grant(role=Role.COORDINATOR, organisation="kreis", since=MONDAY, until=MONDAY + DAY)
    opening = OpenConcept(municipality=AGS, edition="2025")
    if holds:
        assert authorise(person("gül", grant), opening, Unknown(), at)
    else:
        with pytest.raises(RoleMissing):
            authorise(person("gül", grant), opening, Unknown(), at)


def test_the_console_and_processes_act_under_names_no_person_has() -> None:
    opening = OpenConcept(municipality=AGS, edition="2025")
    actor = authorise(CONSOLE, opening, Unknown(), MONDAY)
    assert (actor.account, actor.signed_in) == ("console", "console")
    closing = examples()[10]
    actor = authorise(process(f"concept/{CONCEPT_ID}"), closing, HERE, MONDAY)
    assert (actor.account, actor.signed_in) == (f"concept/{CONCEPT_ID}", "workflow")


READERS = {
    "coordinator": ADA,
    "case manager": BEN,
    "auditor": person("eve", Grant(role=Role.AUDITOR, organisation=CHAMBER)),
    "steering member": person("sam", Grant(role=Role.STEERING_MEMBER, organisation=CHAMBER)),
    "administrator": person("kim", Grant(role=Role.ADMINISTRATOR, organisation="kreis")),
    "member of an asked organisation": DORA,
    "member of another one": person(
        "ole", Grant(role=Role.ORGANISATION_MEMBER, organisation=CHAMBER)
    ),
    "nobody": person("nobody"),
}
READ_BEFORE_CONSULTATION = {
    "coordinator",
    "case manager",
    "auditor",
    "steering member",
    "administrator",
}
READ_IN_CONSULTATION = READ_BEFORE_CONSULTATION | {"member of an asked organisation"}


@pytest.mark.parametrize(
    ("concept", "readers"),
    [
        (Unknown(), set(READERS)),
        (after(*DRAFTED), READ_BEFORE_CONSULTATION),
        (after(*consulted()), READ_IN_CONSULTATION),
        (after(*adopted()), READ_IN_CONSULTATION),
        (after(*published()), set(READERS) - {"nobody"}),
    ],
    ids=["unknown", "drafting", "consulting", "adopted", "published"],
)
def test_a_concept_is_read_by_those_it_is_for(concept: Concept, readers: set[str]) -> None:
    may = {name for name, who in READERS.items() if may_read_concept(who, concept, MONDAY)}
    assert may == readers


def test_the_record_is_read_by_auditors_coordinators_and_administrators() -> None:
    assert {name for name, who in READERS.items() if _reads_the_record(who)} == {
        "coordinator",
        "auditor",
        "administrator",
    }


def _reads_the_record(principal: Principal) -> bool:
    try:
        require_record_reader(principal, MONDAY)
    except RoleMissing:
        return False
    return True
