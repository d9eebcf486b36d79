"""A person's account: roles in organisations, address, substitutes, and tokens for programs."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.directory.address import checked_address
from domain.directory.commands import (
    EndSubstitution,
    GrantRole,
    GrantSubstitution,
    IssueToken,
    RecordAddress,
    RegisterAccount,
    RemoveAddress,
    RevokeRole,
    RevokeToken,
)
from domain.directory.errors import (
    AddressTaken,
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
    AddressRecorded,
    AddressRemoved,
    RoleGranted,
    RoleRevoked,
    SubstitutionEnded,
    SubstitutionGranted,
    TokenIssued,
    TokenRevoked,
)
from domain.directory.grant import Grant
from domain.directory.municipality import Municipality
from domain.directory.organisation import Organisation
from domain.directory.substitution import (
    Substitution,
    end_substitution,
    grant_substitution,
    substitutions_after,
)
from domain.kernel import ROLES_OF_PEOPLE, Aggregate, Context, Erased, Role

Command: TypeAlias = (
    RegisterAccount
    | GrantRole
    | RevokeRole
    | IssueToken
    | RevokeToken
    | RecordAddress
    | RemoveAddress
    | GrantSubstitution
    | EndSubstitution
)


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is empty while nothing is recorded, `address` while there is none."""

    name: str | Erased = ""
    address: str | Erased = ""
    grants: tuple[Grant, ...] = ()
    tokens: frozenset[UUID] = frozenset()
    revoked: frozenset[UUID] = frozenset()
    substitutions: Mapping[UUID, Substitution] = {}


class AccountContext(Context, frozen=True, kw_only=True):
    """A role is granted in an organisation, and to case managers for a municipality.

    `substitute_is_known`: there is an account of whoever is to substitute.
    `address_is_taken`: another account has the address that is to be recorded.
    """

    substitute_is_known: bool = False
    address_is_taken: bool = False
    organisation: Organisation = Organisation()
    municipality: Municipality = Municipality()


def evolve(account: Account, event: AccountEvent) -> Account:
    """Apply an event. What is on another kind of stream makes no account of it."""
    if isinstance(event, AccountRegistered):
        return msgspec.structs.replace(account, name=event.name)
    if not account.name:
        return account
    match event:
        case RoleGranted() | RoleRevoked():
            return msgspec.structs.replace(account, grants=_grants_after(account.grants, event))
        case TokenIssued():
            return msgspec.structs.replace(account, tokens=account.tokens | {event.token})
        case TokenRevoked():
            return msgspec.structs.replace(account, revoked=account.revoked | {event.token})
        case AddressRecorded():
            return msgspec.structs.replace(account, address=event.address)
        case AddressRemoved():
            return msgspec.structs.replace(account, address="")
        case SubstitutionGranted() | SubstitutionEnded():
            after = substitutions_after(account.substitutions, event)
            return msgspec.structs.replace(account, substitutions=after)
        case _:
            assert_never(event)


def decide(command: Command, account: Account, context: AccountContext) -> Sequence[AccountEvent]:
    if isinstance(command, RegisterAccount):
        return [] if account.name else _register(command, context)
    if not account.name:
        raise UnknownAccount(str(command.account))
    match command:
        case GrantRole():
            return _grant_role(command, account, context)
        case RevokeRole():
            return _revoke_role(command, account)
        case IssueToken() | RevokeToken():
            return _change_token(command, account)
        case RecordAddress() | RemoveAddress():
            return _change_address(command, account, context)
        case GrantSubstitution():
            return _grant_substitution(command, account, context)
        case EndSubstitution():
            return end_substitution(command, account.substitutions.get(command.substitution))
        case _:
            assert_never(command)


def _register(command: RegisterAccount, context: AccountContext) -> Sequence[AccountEvent]:
    registered = AccountRegistered(account=command.account, name=command.name)
    if not command.address:
        return [registered]
    recording = RecordAddress(account=command.account, address=command.address)
    return [registered, *_change_address(recording, Account(name=command.name), context)]


def _grants_after(grants: tuple[Grant, ...], event: RoleGranted | RoleRevoked) -> tuple[Grant, ...]:
    match event:
        case RoleGranted():
            grant = Grant(
                role=event.role,
                organisation=event.organisation,
                municipality=event.municipality,
                since=event.since,
                until=event.until,
            )
            return (*grants, grant)
        case RoleRevoked():
            return tuple(g for g in grants if not _is(g, event.role, event.organisation))


def _grant_role(
    command: GrantRole, account: Account, context: AccountContext
) -> Sequence[AccountEvent]:
    if command.role not in ROLES_OF_PEOPLE:
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
    return [
        RoleGranted(
            account=command.account,
            role=grant.role,
            organisation=grant.organisation,
            municipality=grant.municipality,
            since=grant.since,
            until=grant.until,
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


def _change_token(command: IssueToken | RevokeToken, account: Account) -> Sequence[AccountEvent]:
    match command:
        case IssueToken():
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
        case RevokeToken(account=person, token=token, reason=reason):
            if token not in account.tokens:
                raise UnknownToken(str(token))
            if token in account.revoked:
                return []
            return [TokenRevoked(account=person, token=token, reason=reason)]


def _change_address(
    command: RecordAddress | RemoveAddress, account: Account, context: AccountContext
) -> Sequence[AccountEvent]:
    match command:
        case RecordAddress():
            address = checked_address(command.address)
            if address == account.address:
                return []
            if context.address_is_taken:
                raise AddressTaken
            return [AddressRecorded(account=command.account, address=address)]
        case RemoveAddress():
            return [AddressRemoved(account=command.account)] if account.address else []


def _grant_substitution(
    command: GrantSubstitution, account: Account, context: AccountContext
) -> Sequence[AccountEvent]:
    if command.substitution in account.substitutions:
        return []
    known = context.substitute_is_known
    return grant_substitution(command, account.grants, context, is_known=known)


def _is(grant: Grant, role: Role, organisation: str) -> bool:
    return grant.role is role and grant.organisation == organisation


ACCOUNT = Aggregate("account", initial=Account(), evolve=evolve, decide=decide)
