"""Addresses and substitutions of an account."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from domain.directory.account import ACCOUNT, AccountContext
from domain.directory.commands import (
    EndSubstitution,
    GrantSubstitution,
    RecordAddress,
    RegisterAccount,
    RemoveAddress,
)
from domain.directory.errors import (
    AddressTaken,
    MalformedAddress,
    NothingToSubstitute,
    OwnSubstitute,
    RoleNotHeld,
    SpanEndsBeforeItBegins,
    SubstituteAppointsThemselves,
    SubstitutionIsOver,
    UnknownAccount,
    UnknownSubstitute,
    UnknownSubstitution,
)
from domain.directory.events import (
    AccountRegistered,
    AddressRecorded,
    AddressRemoved,
    RoleGranted,
    SubstitutionEnded,
    SubstitutionGranted,
)
from domain.kernel import Actor, Role
from tests.domain.county import ADA, JOBCENTER, MONDAY
from tests.support.scenario import Scenario

DAY = timedelta(days=1)
DORA = UUID("0a5a4d1e-7a65-4b8a-8a58-0f9f3c1c0d01")
EMIL = UUID("0a5a4d1e-7a65-4b8a-8a58-0f9f3c1c0d02")
WEEK = UUID("5f0c9c7b-2f0e-4d8e-9c52-4a4a8f6f0b02")

account = Scenario(ACCOUNT, AccountContext(by=ADA, at=MONDAY, substitute_is_known=True))

REGISTERED = AccountRegistered(account=DORA, name="Dora Demir")
MEMBER = RoleGranted(account=DORA, role=Role.ORGANISATION_MEMBER, organisation=JOBCENTER)
RECORDED = AddressRecorded(account=DORA, address="dora@example.org")
REMOVED = AddressRemoved(account=DORA)
GRANT = GrantSubstitution(
    account=DORA,
    substitution=WEEK,
    substitute=EMIL,
    roles=(Role.ORGANISATION_MEMBER,),
    since=MONDAY + DAY,
    until=MONDAY + 8 * DAY,
    reason="Urlaub",
)
GRANTED = SubstitutionGranted(
    account=DORA,
    substitution=WEEK,
    substitute=EMIL,
    roles=(Role.ORGANISATION_MEMBER,),
    since=MONDAY + DAY,
    until=MONDAY + 8 * DAY,
    reason="Urlaub",
)
END = EndSubstitution(account=DORA, substitution=WEEK, reason="Früher zurück")
ENDED = SubstitutionEnded(account=DORA, substitution=WEEK, substitute=EMIL, reason="Früher zurück")


def test_an_address_is_recorded_once_and_may_change() -> None:
    recording = RecordAddress(account=DORA, address=" dora@example.org ")
    account.given(REGISTERED).when(recording).then(RECORDED)
    account.given(REGISTERED, RECORDED).when(recording).then_nothing()
    other = RecordAddress(account=DORA, address="demir@example.org")
    account.given(REGISTERED, RECORDED).when(other).then(
        AddressRecorded(account=DORA, address="demir@example.org")
    )


def test_an_account_may_be_registered_with_its_address() -> None:
    registering = RegisterAccount(account=DORA, name="Dora Demir", address="dora@example.org")
    account.given().when(registering).then(REGISTERED, RECORDED)
    account.given(REGISTERED).when(registering).then_nothing()
    account.given().knowing(address_is_taken=True).when(registering).then_refused(AddressTaken)


def test_an_address_is_removed_once() -> None:
    removing = RemoveAddress(account=DORA)
    account.given(REGISTERED, RECORDED).when(removing).then(REMOVED)
    account.given(REGISTERED, RECORDED, REMOVED).when(removing).then_nothing()
    account.given(REGISTERED).when(removing).then_nothing()


def test_a_malformed_address_or_that_of_another_account_is_refused() -> None:
    account.given(REGISTERED).when(RecordAddress(account=DORA, address="dora")).then_refused(
        MalformedAddress
    )
    recording = RecordAddress(account=DORA, address="dora@example.org")
    account.given(REGISTERED).knowing(address_is_taken=True).when(recording).then_refused(
        AddressTaken
    )


@pytest.mark.parametrize(
    "command", [RecordAddress(account=DORA, address="d@example.org"), GRANT, END]
)
def test_an_unknown_account_has_no_address_and_no_substitute(
    command: RecordAddress | GrantSubstitution | EndSubstitution,
) -> None:
    account.given().when(command).then_refused(UnknownAccount, account=str(DORA))


def test_a_substitution_is_granted_once_for_a_span() -> None:
    account.given(REGISTERED, MEMBER).when(GRANT).then(GRANTED)
    account.given(REGISTERED, MEMBER, GRANTED).when(GRANT).then_nothing()
    account.given(REGISTERED, MEMBER, GRANTED, ENDED).when(GRANT).then_nothing()


def test_a_substitution_ends_before_its_time_once() -> None:
    account.given(REGISTERED, MEMBER, GRANTED).when(END).then(ENDED)
    account.given(REGISTERED, MEMBER, GRANTED, ENDED).when(END).then_nothing()
    account.given(REGISTERED, MEMBER).when(END).then_refused(
        UnknownSubstitution, substitution=str(WEEK)
    )


def test_one_substitutes_only_in_roles_the_absent_person_has_in_that_span() -> None:
    coordinating = msgspec.structs.replace(GRANT, roles=(Role.COORDINATOR,))
    account.given(REGISTERED, MEMBER).when(coordinating).then_refused(
        RoleNotHeld, role=Role.COORDINATOR
    )
    over = msgspec.structs.replace(MEMBER, until=GRANT.since)
    account.given(REGISTERED, over).when(GRANT).then_refused(
        RoleNotHeld, role=Role.ORGANISATION_MEMBER
    )
    later = msgspec.structs.replace(MEMBER, since=GRANT.until - DAY)
    account.given(REGISTERED, later).when(GRANT).then(GRANTED)


def test_a_substitution_is_for_at_least_one_role() -> None:
    nothing = msgspec.structs.replace(GRANT, roles=())
    account.given(REGISTERED, MEMBER).when(nothing).then_refused(NothingToSubstitute)


@pytest.mark.parametrize("until", [GRANT.since, GRANT.since - DAY])
def test_a_substitution_ends_after_it_begins(until: datetime) -> None:
    account.given(REGISTERED, MEMBER).when(
        msgspec.structs.replace(GRANT, until=until)
    ).then_refused(SpanEndsBeforeItBegins)


def test_a_substitution_is_not_for_the_past() -> None:
    past = msgspec.structs.replace(GRANT, since=MONDAY - 8 * DAY, until=MONDAY)
    account.given(REGISTERED, MEMBER).when(past).then_refused(
        SubstitutionIsOver, until=MONDAY.isoformat()
    )


def test_somebody_else_with_an_account_substitutes() -> None:
    account.given(REGISTERED, MEMBER).knowing(substitute_is_known=False).when(GRANT).then_refused(
        UnknownSubstitute, substitute=str(EMIL)
    )
    own = msgspec.structs.replace(GRANT, substitute=DORA)
    account.given(REGISTERED, MEMBER).when(own).then_refused(OwnSubstitute)


@pytest.mark.parametrize(
    "by",
    [
        Actor(account=str(EMIL), role=Role.COORDINATOR),
        Actor(account="ada", role=Role.COORDINATOR, substitutes=str(EMIL)),
    ],
)
def test_nobody_appoints_themselves_not_even_through_their_own_substitute(by: Actor) -> None:
    account.given(REGISTERED, MEMBER).knowing(by=by).when(GRANT).then_refused(
        SubstituteAppointsThemselves
    )
