"""People's accounts over HTTP: their names, addresses and roles."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.directory.account import Grant
from domain.directory.commands import (
    GrantRole,
    RecordAddress,
    RegisterAccount,
    RemoveAddress,
    RevokeRole,
)
from domain.directory.errors import UnknownAccount
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
from services.identity.addresses import AddressBook
from services.identity.authorisation import READS_ADDRESSES, READS_PEOPLE, has_one, require


class NewAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person, with the e-mail address to sign in with, if there is one."""

    name: Annotated[bounds.Name, msgspec.Meta(examples=["Karin Koordination"])]
    address: Annotated[
        str, msgspec.Meta(max_length=254, pattern=bounds.NO_NUL, examples=["karin@example.org"])
    ] = ""


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


class NewAddress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The e-mail address somebody signs in with and gets mail at."""

    address: Annotated[bounds.Name, msgspec.Meta(examples=["karin.koordination@example.org"])]


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """A person with all roles, past and future ones too. `address` is not for auditors."""

    id: UUID
    name: str | Erased
    grants: list[Grant]
    address: str | None = None


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
        addresses: NamedDependency[AddressBook],
        at_least: bounds.AtLeast = None,
    ) -> list[AccountView]:
        """All accounts with their roles."""
        require(request.user, READS_PEOPLE, clerk.now())
        await reader.caught_up(at_least)
        shown = await _views(request, None, pool, store, addresses, clerk.now())
        return sorted(shown, key=_by_name)

    @get("/{account:uuid}", operation_id="readAccount", responses=READING)
    async def read_account(
        self,
        request: SignedIn,
        account: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        addresses: NamedDependency[AddressBook],
        at_least: bounds.AtLeast = None,
    ) -> AccountView:
        """One account with its roles."""
        require(request.user, READS_PEOPLE, clerk.now())
        await reader.caught_up(at_least)
        for view in await _views(request, account, pool, store, addresses, clerk.now()):
            return view
        raise UnknownAccount(str(account))

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
        command = RegisterAccount(account=account, name=data.name, address=data.address)
        receipt = await clerk.decide(request, command, key=key)
        return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/accounts")

    @put("/{account:uuid}/address", operation_id="recordAddress", responses=CHANGING)
    async def record_address(
        self,
        request: SignedIn,
        account: FromPath[UUID],
        data: JSONBody[NewAddress],
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Record where a person is reached; everybody does so for themselves."""
        return decided(
            await clerk.decide(request, RecordAddress(account=account, address=data.address))
        )

    @delete(
        "/{account:uuid}/address",
        operation_id="removeAddress",
        status_code=200,
        responses=CHANGING,
    )
    async def remove_address(
        self, request: SignedIn, account: FromPath[UUID], clerk: NamedDependency[Clerk]
    ) -> Response[Decision]:
        """Remove the address: no mail any more, and no sign-in by it."""
        return decided(await clerk.decide(request, RemoveAddress(account=account)))

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


async def _views(
    request: SignedIn,
    only: UUID | None,
    pool: Pool,
    store: EventStore,
    addresses: AddressBook,
    at: datetime,
) -> list[AccountView]:
    """All accounts, or one. Addresses are for those who may read them."""
    rows = await pool.fetch(
        "select id, position from account where $1::uuid is null or id = $1", only
    )
    names = await account_names(store, [row["position"] for row in rows])
    grants = await _grants(pool, only)
    is_told = has_one(request.user, READS_ADDRESSES, at)
    known = await addresses.addresses_of([row["id"] for row in rows] if is_told else [])
    return [
        AccountView(
            id=row["id"],
            name=names[str(row["id"])],
            grants=grants.get(row["id"], []),
            address=known.get(row["id"]),
        )
        for row in rows
    ]


async def _grants(pool: Pool, only: UUID | None) -> dict[UUID, list[Grant]]:
    """By account, in the order in which they were given."""
    grants: dict[UUID, list[Grant]] = {}
    rows = await pool.fetch(
        "select * from account_grant where $1::uuid is null or account = $1 order by position", only
    )
    for row in rows:
        grant = Grant(
            role=Role(row["role"]),
            organisation=row["organisation"],
            municipality=row["municipality"],
            since=row["since"],
            until=row["until"],
        )
        grants.setdefault(row["account"], []).append(grant)
    return grants


def _by_name(account: AccountView) -> tuple[bool, str, UUID]:
    """Those who have no name any more come last."""
    name = account.name
    return isinstance(name, Erased), "" if isinstance(name, Erased) else name, account.id
