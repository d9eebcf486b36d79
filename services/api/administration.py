"""Setting up a county: municipalities and their employer, organisations, accounts and roles."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

import msgspec
from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter
from litestar.response import Response

from domain.directory.account import Grant
from domain.directory.commands import (
    GrantRole,
    RecordEmployer,
    RegisterAccount,
    RegisterMunicipality,
    RegisterOrganisation,
    RevokeRole,
)
from domain.directory.events import OrganisationKind
from domain.directory.municipality import normal_ags
from domain.kernel import NAMESPACE, Erased, Role
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names
from services.identity.authorisation import READS_ACCOUNTS, require

AgsInPath = Annotated[str, PathParameter(pattern=bounds.AGS)]
SchoolNumber = Annotated[
    str, msgspec.Meta(pattern=rf"^[0-9]{{6}}{bounds.END}", examples=["179292"])
]


class NewMunicipality(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A town or parish of the county."""

    ags: bounds.Ags
    name: Annotated[bounds.Name, msgspec.Meta(examples=["Delbrück"])]
    kind: Annotated[bounds.Name, msgspec.Meta(examples=["Stadt"])]


class Employer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`assumed`: no document states it."""

    county_is_employer: bool
    assumed: bool = False


class NewOrganisation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`key` names it in addresses and never changes; `number` is a college's school number."""

    key: bounds.Key
    name: Annotated[bounds.Name, msgspec.Meta(examples=["Jobcenter Kreis Paderborn"])]
    kind: OrganisationKind
    ags: bounds.Ags | None = None
    number: SchoolNumber | None = None


class NewAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[bounds.Name, msgspec.Meta(examples=["Karin Koordination"])]


class NewGrant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role in an organisation for a span of time; a case manager's names the municipality."""

    role: Role
    organisation: bounds.Key
    municipality: bounds.Ags | None = None
    since: bounds.Instant | None = None
    until: bounds.Instant | None = None


class Revocation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    role: Role
    organisation: bounds.Key
    reason: bounds.Reason


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """A person with all roles, past and future ones too."""

    id: UUID
    name: str | Erased
    grants: list[Grant]


@post("/municipalities", operation_id="registerMunicipality", responses=CHANGING)
async def register_municipality(
    request: SignedIn,
    data: JSONBody[NewMunicipality],
    key: IdempotencyKey,
    clerk: NamedDependency[Clerk],
) -> Response[Decision]:
    """Register a municipality under its official key."""
    command = RegisterMunicipality(ags=normal_ags(data.ags), name=data.name, kind=data.kind)
    receipt = await clerk.decide(request, command, key=key)
    return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/municipalities")


@put("/municipalities/{ags:str}/employer", operation_id="recordEmployer", responses=CHANGING)
async def record_employer(
    request: SignedIn,
    ags: AgsInPath,
    data: JSONBody[Employer],
    clerk: NamedDependency[Clerk],
) -> Response[Decision]:
    """Record whether the county employs the municipality's case managers."""
    command = RecordEmployer(
        ags=normal_ags(ags), county_is_employer=data.county_is_employer, assumed=data.assumed
    )
    return decided(await clerk.decide(request, command))


@post("/organisations", operation_id="registerOrganisation", responses=CHANGING)
async def register_organisation(
    request: SignedIn,
    data: JSONBody[NewOrganisation],
    key: IdempotencyKey,
    clerk: NamedDependency[Clerk],
) -> Response[Decision]:
    """Register an organisation, or give the one with this key another name."""
    command = RegisterOrganisation(
        key=data.key,
        name=data.name,
        kind=data.kind,
        ags=normal_ags(data.ags) if data.ags else None,
        number=data.number,
    )
    receipt = await clerk.decide(request, command, key=key)
    return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/organisations")


class AccountController(Controller):
    """People's accounts and their roles. Tokens are made on the command line."""

    path = "/accounts"

    @get("/", operation_id="listAccounts", responses=READING)
    async def list_accounts(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        at_least: bounds.AtLeast = None,
    ) -> list[AccountView]:
        """All accounts with their roles."""
        require(request.user, READS_ACCOUNTS, clerk.now())
        await reader.caught_up(at_least)
        grants: dict[UUID, list[Grant]] = {}
        for row in await pool.fetch("select * from account_grant order by position"):
            grant = Grant(
                role=Role(row["role"]),
                organisation=row["organisation"],
                municipality=row["municipality"],
                since=row["since"],
                until=row["until"],
            )
            grants.setdefault(row["account"], []).append(grant)
        rows = await pool.fetch("select position from account")
        names = await account_names(store, [row["position"] for row in rows])
        return [
            AccountView(id=UUID(account), name=name, grants=grants.get(UUID(account), []))
            for account, name in sorted(names.items(), key=_by_name)
        ]

    @post("/", operation_id="registerAccount", responses=CHANGING)
    async def register_account(
        self,
        request: SignedIn,
        data: JSONBody[NewAccount],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Register a person. Sent again with the same key, it is the same account."""
        account = uuid5(NAMESPACE, f"account/{request.user.account}/{key}")
        command = RegisterAccount(account=account, name=data.name)
        receipt = await clerk.decide(request, command, key=key)
        return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/accounts")

    @post("/{account:uuid}/roles", operation_id="grantRole", responses=CHANGING)
    async def grant_role(
        self,
        request: SignedIn,
        account: FromPath[UUID],
        data: JSONBody[NewGrant],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give a person a role in an organisation for a span of time."""
        command = GrantRole(
            account=account,
            role=data.role,
            organisation=data.organisation,
            municipality=normal_ags(data.municipality) if data.municipality else None,
            since=bounds.checked(data.since, pointer="/since"),
            until=bounds.checked(data.until, pointer="/until"),
        )
        receipt = await clerk.decide(request, command, key=key)
        return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/accounts")

    @post(
        "/{account:uuid}/roles/revocation",
        operation_id="revokeRole",
        status_code=200,
        responses=CHANGING,
    )
    async def revoke_role(
        self,
        request: SignedIn,
        account: FromPath[UUID],
        data: JSONBody[Revocation],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take a role away at once, with a reason."""
        command = RevokeRole(
            account=account, role=data.role, organisation=data.organisation, reason=data.reason
        )
        return decided(await clerk.decide(request, command, key=key))


def _by_name(named: tuple[str, str | Erased]) -> tuple[bool, str, str]:
    """Those who have no name any more come last."""
    account, name = named
    return isinstance(name, Erased), "" if isinstance(name, Erased) else name, account
