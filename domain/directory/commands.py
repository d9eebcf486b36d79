"""What can be asked of the directory."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role, stream_id


def municipality_id(ags: str) -> UUID:
    """The stream of the municipality with this key."""
    return stream_id("municipality", ags)


def organisation_id(key: str) -> UUID:
    """The stream of the organisation with this key."""
    return stream_id("organisation", key)


class RegisterMunicipality(Command, frozen=True, kw_only=True):
    ags: str
    name: str
    kind: str

    @property
    def subject(self) -> UUID:
        return municipality_id(self.ags)


class RecordEmployer(Command, frozen=True, kw_only=True):
    ags: str
    county_is_employer: bool
    assumed: bool = False

    @property
    def subject(self) -> UUID:
        return municipality_id(self.ags)


class RegisterOrganisation(Command, frozen=True, kw_only=True):
    """Registering a known key under another name renames the organisation."""

    key: str
    name: str
    kind: OrganisationKind
    ags: str | None = None
    number: str | None = None

    @property
    def subject(self) -> UUID:
        return organisation_id(self.key)


class AccountCommand(Command, frozen=True, kw_only=True):
    account: UUID

    @property
    def subject(self) -> UUID:
        return self.account


class RegisterAccount(AccountCommand, frozen=True, kw_only=True, omit_defaults=True):
    """With an e-mail address, if there is one."""

    name: str
    address: str = ""


class GrantRole(AccountCommand, frozen=True, kw_only=True):
    role: Role
    organisation: str
    municipality: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class RevokeRole(AccountCommand, frozen=True, kw_only=True):
    role: Role
    organisation: str
    reason: str


class IssueToken(AccountCommand, frozen=True, kw_only=True):
    token: UUID
    digest: str
    label: str
    expires_at: datetime | None = None


class RevokeToken(AccountCommand, frozen=True, kw_only=True):
    token: UUID
    reason: str


class RecordAddress(AccountCommand, frozen=True, kw_only=True):
    """Record the person's e-mail address; the one before is no longer theirs."""

    address: str


class RemoveAddress(AccountCommand, frozen=True, kw_only=True):
    pass


class GrantSubstitution(AccountCommand, frozen=True, kw_only=True):
    """Let somebody act in some of the account's roles while the person is absent."""

    substitution: UUID
    substitute: UUID
    roles: tuple[Role, ...]
    since: datetime
    until: datetime
    reason: str


class EndSubstitution(AccountCommand, frozen=True, kw_only=True):
    substitution: UUID
    reason: str


MunicipalityCommand: TypeAlias = RegisterMunicipality | RecordEmployer
