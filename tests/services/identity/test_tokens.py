"""Tokens: made once, kept as a digest, good until they expire or are revoked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.directory.account import Grant
from domain.directory.commands import GrantRole, RegisterAccount, RevokeRole, RevokeToken
from domain.directory.errors import UnknownAccount
from domain.directory.events import TokenIssued
from domain.kernel import Role
from services.identity.principal import CONSOLE, Principal
from services.identity.tokens import issue_token, new_token, principal_of, token_digest
from services.runtime import Runtime
from tests.domain.county import CARITAS, JOBCENTER, MONDAY
from tests.support.office import AGS, Office

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
async def account(office: Office) -> UUID:
    """Gül's account, without a role."""
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name="Gül"))
    return account


def test_tokens_are_long_alike_at_their_beginning_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(token.startswith("krs_") and len(token) >= 47 for token in tokens)


async def test_a_token_signs_its_account_in_with_all_its_roles(
    unfollowed: Runtime, office: Office, account: UUID
) -> None:
    grants = (
        Grant(role=Role.CASE_MANAGER, organisation=JOBCENTER, municipality=AGS),
        Grant(
            role=Role.ORGANISATION_MEMBER, organisation=CARITAS, since=MONDAY, until=MONDAY + DAY
        ),
    )
    for grant in grants:
        await office.ask(CONSOLE, _granting(account, grant))
    principal = await _principal(unfollowed, await _issue(unfollowed, account))
    assert principal is not None
    assert set(principal.grants) == set(grants)
    assert principal.account == str(account)
    assert principal.signed_in == "token"


async def test_an_account_without_a_role_signs_in_without_one(
    unfollowed: Runtime, account: UUID
) -> None:
    principal = await _principal(unfollowed, await _issue(unfollowed, account))
    assert principal is not None
    assert principal.grants == ()


async def test_a_role_that_was_revoked_is_gone_while_the_token_stays(
    unfollowed: Runtime, office: Office, account: UUID
) -> None:
    token = await _issue(unfollowed, account)
    grant = Grant(role=Role.AUDITOR, organisation=CARITAS)
    await office.ask(CONSOLE, _granting(account, grant))
    revoking = RevokeRole(
        account=account, role=grant.role, organisation=grant.organisation, reason="Wechsel"
    )
    await office.ask(CONSOLE, revoking)
    principal = await _principal(unfollowed, token)
    assert principal is not None
    assert principal.grants == ()


async def test_an_unknown_token_signs_nobody_in(unfollowed: Runtime, account: UUID) -> None:
    token = await _issue(unfollowed, account)
    for unknown in (new_token(), "", token[:-1], token.upper(), token_digest(token), "krs_%"):
        assert await _principal(unfollowed, unknown) is None


async def test_a_token_expires_at_its_moment(unfollowed: Runtime, account: UUID) -> None:
    token = await issue_token(unfollowed.desk, account, "Auswertung", days=30, at=MONDAY)
    await unfollowed.read_models.catch_up()
    for at, is_valid in (
        (MONDAY, True),
        (MONDAY + 30 * DAY - INSTANT, True),
        (MONDAY + 30 * DAY, False),
    ):
        assert (await principal_of(unfollowed.pool, token, at) is not None) == is_valid


async def test_a_revoked_token_signs_nobody_in_and_the_others_still_do(
    unfollowed: Runtime, office: Office, account: UUID
) -> None:
    lost, kept = [await _issue(unfollowed, account) for _ in range(2)]
    [lost_id] = [
        entry.event.token
        for entry in await unfollowed.store.load(account)
        if isinstance(entry.event, TokenIssued) and entry.event.digest == token_digest(lost)
    ]
    await office.ask(CONSOLE, RevokeToken(account=account, token=lost_id, reason="verloren"))
    assert await _principal(unfollowed, lost) is None
    assert await _principal(unfollowed, kept) is not None


async def test_no_token_for_an_account_that_does_not_exist(office: Office) -> None:
    with pytest.raises(UnknownAccount):
        await issue_token(office.desk, uuid4(), "Auswertung", days=None, at=MONDAY)


async def test_the_token_itself_is_nowhere_in_the_database(
    unfollowed: Runtime, account: UUID
) -> None:
    token = await _issue(unfollowed, account)
    stored = await _everything(unfollowed)
    assert token_digest(token).encode() in stored
    assert token.encode() not in stored
    assert token.removeprefix("krs_").encode() not in stored


def _granting(account: UUID, grant: Grant) -> GrantRole:
    return GrantRole(
        account=account,
        role=grant.role,
        organisation=grant.organisation,
        municipality=grant.municipality,
        since=grant.since,
        until=grant.until,
    )


async def _issue(runtime: Runtime, account: UUID) -> str:
    return await issue_token(runtime.desk, account, "Auswertung", days=None, at=MONDAY)


async def _principal(runtime: Runtime, token: str) -> Principal | None:
    await runtime.read_models.catch_up()
    return await principal_of(runtime.pool, token, MONDAY)


async def _everything(runtime: Runtime) -> bytes:
    """All rows of all tables, one after another."""
    tables = await runtime.pool.fetch(
        "select tablename from pg_tables where schemaname = 'public' order by 1"
    )
    await runtime.read_models.catch_up()
    rows = [await runtime.pool.fetch(f"select * from {row[0]}") for row in tables]  # noqa: S608 (names from the catalogue)
    return b"\n".join(
        value if isinstance(value, bytes) else str(value).encode()
        for table in rows
        for row in table
        for value in row.values()
    )
