from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from domain.directory.account import ACCOUNT, AccountContext, Grant
from domain.directory.commands import (
    GrantRole,
    IssueToken,
    RegisterAccount,
    RevokeRole,
    RevokeToken,
)
from domain.directory.errors import (
    RoleNeedsMunicipality,
    RoleNotForPeople,
    SpanEndsBeforeItBegins,
    UnknownAccount,
    UnknownMunicipality,
    UnknownOrganisation,
    UnknownToken,
)
from domain.directory.events import (
    AccountRegistered,
    RoleGranted,
    RoleRevoked,
    TokenIssued,
    TokenRevoked,
)
from domain.directory.municipality import Municipality
from domain.directory.organisation import Organisation
from domain.kernel import Role
from tests.domain.county import ADA, JOBCENTER, MONDAY, ORGANISATIONS, SALZKOTTEN
from tests.support.scenario import Scenario

account = Scenario(
    ACCOUNT,
    AccountContext(
        by=ADA, at=MONDAY, organisation=ORGANISATIONS[JOBCENTER], municipality=SALZKOTTEN
    ),
)

DORA = UUID("0a5a4d1e-7a65-4b8a-8a58-0f9f3c1c0d01")
TOKEN = UUID("5f0c9c7b-2f0e-4d8e-9c52-4a4a8f6f0b02")
WEEK = timedelta(days=7)

REGISTERED = AccountRegistered(account=DORA, name="Dora Demir")
GRANTED = RoleGranted(account=DORA, role=Role.ORGANISATION_MEMBER, organisation=JOBCENTER)
REVOKED = RoleRevoked(
    account=DORA, role=Role.ORGANISATION_MEMBER, organisation=JOBCENTER, reason="Ruhestand"
)
ISSUED = TokenIssued(account=DORA, token=TOKEN, digest="ab12", label="Laptop", expires_at=MONDAY)
TOKEN_REVOKED = TokenRevoked(account=DORA, token=TOKEN, reason="verloren")

REGISTER = RegisterAccount(account=DORA, name="Dora Demir")
REVOKE = RevokeRole(
    account=DORA, role=Role.ORGANISATION_MEMBER, organisation=JOBCENTER, reason="Ruhestand"
)
ISSUE = IssueToken(account=DORA, token=TOKEN, digest="ab12", label="Laptop", expires_at=MONDAY)
REVOKE_TOKEN = RevokeToken(account=DORA, token=TOKEN, reason="verloren")


def grant(
    role: Role = Role.ORGANISATION_MEMBER,
    municipality: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> GrantRole:
    return GrantRole(
        account=DORA,
        role=role,
        organisation=JOBCENTER,
        municipality=municipality,
        since=since,
        until=until,
    )


def test_an_account_is_registered_once() -> None:
    account.given().when(REGISTER).then(REGISTERED)
    account.given(REGISTERED).when(REGISTER).then_nothing()


@pytest.mark.parametrize("command", [grant(), REVOKE, ISSUE, REVOKE_TOKEN])
def test_nothing_is_done_to_an_unknown_account(
    command: GrantRole | RevokeRole | IssueToken | RevokeToken,
) -> None:
    account.given().when(command).then_refused(UnknownAccount, account=str(DORA))


def test_a_role_is_granted_in_an_organisation_once() -> None:
    account.given(REGISTERED).when(grant()).then(GRANTED)
    account.given(REGISTERED, GRANTED).when(grant()).then_nothing()


def test_a_role_is_granted_for_a_span() -> None:
    account.given(REGISTERED).when(grant(since=MONDAY, until=MONDAY + WEEK)).then(
        RoleGranted(
            account=DORA,
            role=Role.ORGANISATION_MEMBER,
            organisation=JOBCENTER,
            since=MONDAY,
            until=MONDAY + WEEK,
        )
    )


def test_a_span_may_have_no_beginning_or_no_end() -> None:
    account.given(REGISTERED).when(grant(since=MONDAY)).then(
        msgspec.structs.replace(GRANTED, since=MONDAY)
    )
    account.given(REGISTERED).when(grant(until=MONDAY)).then(
        msgspec.structs.replace(GRANTED, until=MONDAY)
    )


@pytest.mark.parametrize("until", [MONDAY, MONDAY - WEEK])
def test_a_span_ends_after_it_begins(until: datetime) -> None:
    account.given(REGISTERED).when(grant(since=MONDAY, until=until)).then_refused(
        SpanEndsBeforeItBegins, since=MONDAY.isoformat(), until=until.isoformat()
    )


def test_a_span_includes_its_first_moment_and_not_its_last() -> None:
    second = timedelta(seconds=1)
    spanned = Grant(role=Role.AUDITOR, organisation=JOBCENTER, since=MONDAY, until=MONDAY + WEEK)
    moments = (MONDAY - second, MONDAY, MONDAY + WEEK - second, MONDAY + WEEK)
    assert [spanned.holds_at(moment) for moment in moments] == [False, True, True, False]
    assert Grant(role=Role.AUDITOR, organisation=JOBCENTER).holds_at(MONDAY)


def test_a_case_manager_works_in_a_municipality() -> None:
    account.given(REGISTERED).when(grant(Role.CASE_MANAGER)).then_refused(
        RoleNeedsMunicipality, role=Role.CASE_MANAGER
    )
    account.given(REGISTERED).when(grant(Role.CASE_MANAGER, SALZKOTTEN.ags)).then(
        RoleGranted(
            account=DORA,
            role=Role.CASE_MANAGER,
            organisation=JOBCENTER,
            municipality=SALZKOTTEN.ags,
        )
    )


def test_a_case_manager_may_work_in_several_municipalities() -> None:
    here = RoleGranted(
        account=DORA, role=Role.CASE_MANAGER, organisation=JOBCENTER, municipality=SALZKOTTEN.ags
    )
    (there,) = account.given(REGISTERED, here).when(grant(Role.CASE_MANAGER, "05774040")).decided()
    state = ACCOUNT.replay([REGISTERED, here, there])
    assert [g.municipality for g in state.grants] == [SALZKOTTEN.ags, "05774040"]


def test_no_person_acts_as_a_process() -> None:
    account.given(REGISTERED).when(grant(Role.PROCESS)).then_refused(
        RoleNotForPeople, role=Role.PROCESS
    )


def test_a_role_needs_a_known_organisation_and_municipality() -> None:
    account.given(REGISTERED).knowing(organisation=Organisation()).when(grant()).then_refused(
        UnknownOrganisation, organisation=JOBCENTER
    )
    account.given(REGISTERED).knowing(municipality=Municipality()).when(grant()).then(GRANTED)
    account.given(REGISTERED).knowing(municipality=Municipality()).when(
        grant(Role.CASE_MANAGER, "05774999")
    ).then_refused(UnknownMunicipality, municipality="05774999")


def test_a_role_is_revoked_with_its_reason_and_may_be_granted_again() -> None:
    account.given(REGISTERED, GRANTED).when(REVOKE).then(REVOKED)
    account.given(REGISTERED, GRANTED, REVOKED).when(REVOKE).then_nothing()
    account.given(REGISTERED, GRANTED, REVOKED).when(grant()).then(GRANTED)


def test_revoking_a_role_leaves_the_others() -> None:
    auditor = RoleGranted(account=DORA, role=Role.AUDITOR, organisation=JOBCENTER)
    elsewhere = RoleGranted(account=DORA, role=Role.ORGANISATION_MEMBER, organisation="caritas")
    state = ACCOUNT.replay([REGISTERED, GRANTED, auditor, elsewhere, REVOKED])
    assert [(g.role, g.organisation) for g in state.grants] == [
        (Role.AUDITOR, JOBCENTER),
        (Role.ORGANISATION_MEMBER, "caritas"),
    ]


def test_a_role_that_was_never_granted_is_not_revoked() -> None:
    account.given(REGISTERED).when(REVOKE).then_nothing()


def test_a_token_is_issued_once_and_only_its_digest_is_kept() -> None:
    account.given(REGISTERED).when(ISSUE).then(ISSUED)
    account.given(REGISTERED, ISSUED).when(ISSUE).then_nothing()


def test_a_token_is_revoked_once_and_for_good() -> None:
    account.given(REGISTERED, ISSUED).when(REVOKE_TOKEN).then(TOKEN_REVOKED)
    account.given(REGISTERED, ISSUED, TOKEN_REVOKED).when(REVOKE_TOKEN).then_nothing()
    account.given(REGISTERED, ISSUED, TOKEN_REVOKED).when(ISSUE).then_nothing()
    assert ACCOUNT.replay([REGISTERED, ISSUED, TOKEN_REVOKED]).revoked == {TOKEN}


def test_a_token_that_was_never_issued_is_not_revoked() -> None:
    account.given(REGISTERED).when(REVOKE_TOKEN).then_refused(UnknownToken, token=str(TOKEN))
