"""Many sign in at once by one statement, and each only as what holds at that moment."""

import asyncio
from uuid import UUID, uuid4

import pytest

from domain.directory.account import Grant
from domain.directory.commands import GrantRole, RegisterAccount, RevokeRole, RevokeToken
from domain.directory.events import TokenIssued
from domain.kernel import Role
from services.identity.principal import CONSOLE
from services.identity.tokens import SignIn, issue_token, new_token, token_digest
from services.runtime import Runtime
from tests.domain.county import CARITAS, MONDAY
from tests.support.office import Office

AUDITOR = Grant(role=Role.AUDITOR, organisation=CARITAS)


@pytest.fixture
async def account(office: Office) -> UUID:
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name="Gül Aydin"))
    await office.ask(
        CONSOLE,
        GrantRole(account=account, role=AUDITOR.role, organisation=AUDITOR.organisation),
    )
    return account


@pytest.fixture
def sign_in(unfollowed: Runtime) -> SignIn:
    return SignIn(unfollowed.pool)


async def test_of_many_who_sign_in_at_once_each_is_who_they_are(
    unfollowed: Runtime, sign_in: SignIn, account: UUID, office: Office
) -> None:
    kept, lost = [await _issue(unfollowed, account) for _ in range(2)]
    await _revoke(unfollowed, office, account, lost)
    tokens = [kept, lost, new_token(), ""] * 8
    found = await asyncio.gather(*(sign_in.principal_of(token, MONDAY) for token in tokens))
    accounts = [principal and principal.account for principal in found]
    assert accounts == [str(account), None, None, None] * 8


async def test_a_token_that_is_revoked_signs_nobody_in_with_the_next_request(
    unfollowed: Runtime, sign_in: SignIn, account: UUID, office: Office
) -> None:
    token = await _issue(unfollowed, account)
    asked = [sign_in.principal_of(token, MONDAY) for _ in range(8)]
    assert None not in await asyncio.gather(*asked)
    await _revoke(unfollowed, office, account, token)
    asked = [sign_in.principal_of(token, MONDAY) for _ in range(8)]
    assert set(await asyncio.gather(*asked)) == {None}


async def test_a_role_that_is_revoked_is_gone_with_the_next_request(
    unfollowed: Runtime, sign_in: SignIn, account: UUID, office: Office
) -> None:
    token = await _issue(unfollowed, account)
    before = await sign_in.principal_of(token, MONDAY)
    revoking = RevokeRole(
        account=account, role=AUDITOR.role, organisation=AUDITOR.organisation, reason="Wechsel"
    )
    await office.ask(CONSOLE, revoking)
    await unfollowed.read_models.catch_up()
    after = await sign_in.principal_of(token, MONDAY)
    assert before is not None
    assert after is not None
    assert [grant.role for grant in before.grants] == [Role.AUDITOR]
    assert after.grants == ()


async def _issue(runtime: Runtime, account: UUID) -> str:
    token = await issue_token(runtime.desk, account, "Auswertung", days=None, at=MONDAY)
    await runtime.read_models.catch_up()
    return token


async def _revoke(runtime: Runtime, office: Office, account: UUID, token: str) -> None:
    [this] = [
        entry.event.token
        for entry in await runtime.store.load(account)
        if isinstance(entry.event, TokenIssued) and entry.event.digest == token_digest(token)
    ]
    await office.ask(CONSOLE, RevokeToken(account=account, token=this, reason="verloren"))
    await runtime.read_models.catch_up()
