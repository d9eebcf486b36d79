"""What happens to municipalities, organisations and accounts."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Erased, Event, Role, personal

OfTheAccount = Annotated[str | Erased, personal("account")]
"""Says something about the person whose account it is."""


class MunicipalityRegistered(Event, frozen=True, kw_only=True):
    """`ags` is the official municipality key: eight digits, county first."""

    TOPIC: ClassVar[str] = "municipality.registered"
    ags: str
    name: str
    kind: str


class EmployerRecorded(Event, frozen=True, kw_only=True):
    """Who employs the municipality's case managers. `assumed`: no source states it."""

    TOPIC: ClassVar[str] = "municipality.employer-recorded"
    ags: str
    county_is_employer: bool
    assumed: bool = False


class OrganisationKind(StrEnum):
    COUNTY = "county"
    AUTHORITY = "authority"
    EMPLOYMENT = "employment"
    FEDERAL = "federal"
    CHAMBER = "chamber"
    COLLEGE = "college"
    MUNICIPALITY = "municipality"
    WELFARE = "welfare"
    ASSOCIATION = "association"


class OrganisationRegistered(Event, frozen=True, kw_only=True):
    """`key` names the organisation in addresses; `number` is a college's school number."""

    TOPIC: ClassVar[str] = "organisation.registered"
    key: str
    name: str
    kind: OrganisationKind
    ags: str | None = None
    number: str | None = None


class OrganisationRenamed(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "organisation.renamed"
    key: str
    name: str


class AccountRegistered(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "account.registered"
    account: UUID
    name: OfTheAccount


class RoleGranted(Event, frozen=True, kw_only=True):
    """A role in an organisation for a span of time; a case manager's names the municipality."""

    TOPIC: ClassVar[str] = "account.role-granted"
    account: UUID
    role: Role
    organisation: str
    municipality: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class RoleRevoked(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "account.role-revoked"
    account: UUID
    role: Role
    organisation: str
    reason: OfTheAccount


class TokenIssued(Event, frozen=True, kw_only=True):
    """A bearer token was made. `digest` is its SHA-256; the token itself is kept nowhere."""

    TOPIC: ClassVar[str] = "account.token-issued"
    account: UUID
    token: UUID
    digest: str
    label: OfTheAccount
    expires_at: datetime | None = None


class TokenRevoked(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "account.token-revoked"
    account: UUID
    token: UUID
    reason: OfTheAccount


class AddressRecorded(Event, frozen=True, kw_only=True):
    """The e-mail address the person signs in with and gets mail at."""

    TOPIC: ClassVar[str] = "account.address-recorded"
    account: UUID
    address: OfTheAccount


class AddressRemoved(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "account.address-removed"
    account: UUID


class SubstitutionGranted(Event, frozen=True, kw_only=True):
    """Somebody acts in these roles of the account during an absence.

    The span includes `since` and excludes `until`.
    """

    TOPIC: ClassVar[str] = "account.substitution-granted"
    account: UUID
    substitution: UUID
    substitute: UUID
    roles: tuple[Role, ...]
    since: datetime
    until: datetime
    reason: OfTheAccount


class SubstitutionEnded(Event, frozen=True, kw_only=True):
    """It ended before its time."""

    TOPIC: ClassVar[str] = "account.substitution-ended"
    account: UUID
    substitution: UUID
    substitute: UUID
    reason: OfTheAccount


MunicipalityEvent: TypeAlias = MunicipalityRegistered | EmployerRecorded
OrganisationEvent: TypeAlias = OrganisationRegistered | OrganisationRenamed
AccountEvent: TypeAlias = (
    AccountRegistered
    | RoleGranted
    | RoleRevoked
    | TokenIssued
    | TokenRevoked
    | AddressRecorded
    | AddressRemoved
    | SubstitutionGranted
    | SubstitutionEnded
)
