"""A person's account: roles in organisations for spans of time, and tokens for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

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
    AccountEvent,
    AccountRegistered,
    RoleGranted,
    RoleRevoked,
    TokenIssued,
    TokenRevoked,
)
from domain.directory.municipality import Municipality
from domain.directory.organisation import Organisation
from domain.kernel import Aggregate, Context, Erased, Role

Command: TypeAlias = RegisterAccount | GrantRole | RevokeRole | IssueToken | RevokeToken


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A role a person holds. The span includes `since` and excludes `until`."""

    role: Role
    organisation: str
    municipality: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        begun = self.since is None or self.since <= moment
        return begun and (self.until is None or moment < self.until)


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is empty while nothing is recorded."""

    name: str | Erased = ""
    grants: tuple[Grant, ...] = ()
    tokens: frozenset[UUID] = frozenset()
    revoked: frozenset[UUID] = frozenset()


class AccountContext(Context, frozen=True, kw_only=True):
    """A role is granted in an organisation, and to case managers for a municipality."""

    organisation: Organisation = Organisation()
    municipality: Municipality = Municipality()


def evolve(account: Account, event: AccountEvent) -> Account:
    match event:
        case AccountRegistered():
            return msgspec.structs.replace(account, name=event.name)
        case RoleGranted():
            grant = Grant(
                role=event.role,
                organisation=event.organisation,
                municipality=event.municipality,
                since=event.since,
                until=event.until,
            )
            return msgspec.structs.replace(account, grants=(*account.grants, grant))
        case RoleRevoked():
            kept = tuple(g for g in account.grants if not _is(g, event.role, event.organisation))
            return msgspec.structs.replace(account, grants=kept)
        case TokenIssued():
            return msgspec.structs.replace(account, tokens=account.tokens | {event.token})
        case TokenRevoked():
            return msgspec.structs.replace(account, revoked=account.revoked | {event.token})
        case _:
            assert_never(event)


def decide(command: Command, account: Account, context: AccountContext) -> Sequence[AccountEvent]:
    if isinstance(command, RegisterAccount):
        if account.name:
            return []
        return [AccountRegistered(account=command.account, name=command.name)]
    if not account.name:
        raise UnknownAccount(str(command.account))
    match command:
        case GrantRole():
            return _grant_role(command, account, context)
        case RevokeRole():
            return _revoke_role(command, account)
        case IssueToken():
            return _issue_token(command, account)
        case RevokeToken():
            return _revoke_token(command, account)
        case _:
            assert_never(command)


def _grant_role(
    command: GrantRole, account: Account, context: AccountContext
) -> Sequence[AccountEvent]:
    if command.role is Role.PROCESS:
        raise RoleNotForPeople(command.role)
    if command.role is Role.CASE_MANAGER and command.municipality is None:
        raise RoleNeedsMunicipality(command.role)
    if not context.organisation.key:
        raise UnknownOrganisation(command.organisation)
    if command.municipality is not None and not context.municipality.ags:
        raise UnknownMunicipality(command.municipality)
    if command.since and command.until and command.until <= command.since:
        raise SpanEndsBeforeItBegins(command.since.isoformat(), command.until.isoformat())
    grant = Grant(
        role=command.role,
        organisation=command.organisation,
        municipality=command.municipality,
        since=command.since,
        until=command.until,
    )
    if grant in account.grants:
        return []
    return [RoleGranted(account=command.account, **msgspec.structs.asdict(grant))]


def _issue_token(command: IssueToken, account: Account) -> Sequence[AccountEvent]:
    if command.token in account.tokens:
        return []
    return [
        TokenIssued(
            account=command.account,
            token=command.token,
            digest=command.digest,
            label=command.label,
            expires_at=command.expires_at,
        )
    ]


def _revoke_role(command: RevokeRole, account: Account) -> Sequence[AccountEvent]:
    if not any(_is(grant, command.role, command.organisation) for grant in account.grants):
        return []
    return [
        RoleRevoked(
            account=command.account,
            role=command.role,
            organisation=command.organisation,
            reason=command.reason,
        )
    ]


def _revoke_token(command: RevokeToken, account: Account) -> Sequence[AccountEvent]:
    if command.token not in account.tokens:
        raise UnknownToken(str(command.token))
    if command.token in account.revoked:
        return []
    return [TokenRevoked(account=command.account, token=command.token, reason=command.reason)]


def _is(grant: Grant, role: Role, organisation: str) -> bool:
    return grant.role is role and grant.organisation == organisation


ACCOUNT = Aggregate("account", initial=Account(), evolve=evolve, decide=decide)
