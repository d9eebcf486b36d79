"""Substitution for an absence: who acts for whom, in which roles, and until when."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid5

import asyncpg
import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.directory.commands import EndSubstitution, GrantSubstitution
from domain.directory.events import SubstitutionGranted
from domain.kernel import NAMESPACE, Erased, Role
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names
from services.identity.authorisation import READS_PEOPLE, require

Roles = Annotated[tuple[Role, ...], msgspec.Meta(max_length=len(Role), examples=[["coordinator"]])]


class NewSubstitution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who acts in which of the absent person's roles. The span excludes `until`."""

    substitute: UUID
    roles: Roles
    since: bounds.Instant
    until: bounds.Instant
    reason: Annotated[bounds.Reason, msgspec.Meta(examples=["Urlaub"])]


class EndOfSubstitution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It ends now, before its time."""

    reason: Annotated[bounds.Reason, msgspec.Meta(examples=["Früher zurück"])]


class SubstitutionView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody acts for an absent person. `ended_at`: it ended before its time."""

    id: UUID
    account: UUID
    name: str | Erased
    substitute: UUID
    substitute_name: str | Erased
    roles: list[Role]
    since: datetime
    until: datetime
    ended_at: datetime | None = None
    reason: str | Erased
    position: int


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of one's own organisations."""

    id: UUID
    name: str | Erased


class SubstitutionController(Controller):
    """Who acts in the absence of a person: appointed by them, the coordination or administration.

    What is done is recorded under both names, and for four eyes both are one person.
    """

    path = "/accounts/{account:uuid}/substitutions"
    tags = ("Administration",)

    @get("/", operation_id="listSubstitutions", responses=READING)
    async def list_substitutions(
        self,
        request: SignedIn,
        account: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        at_least: bounds.AtLeast = None,
    ) -> list[SubstitutionView]:
        """Who substituted, substitutes and will substitute for a person; the latest first."""
        if request.user.account != str(account):
            require(request.user, READS_PEOPLE, clerk.now())
        await reader.caught_up(at_least)
        return await _views(pool, store, _OF_ACCOUNT, account)

    @post("/", operation_id="grantSubstitution", responses=CHANGING)
    async def grant_substitution(
        self,
        request: SignedIn,
        account: FromPath[UUID],
        data: JSONBody[NewSubstitution],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let somebody act in roles of this person during an absence."""
        bounds.checked(data.since, pointer="/since")
        bounds.checked(data.until, pointer="/until")
        command = GrantSubstitution(
            account=account,
            substitution=uuid5(NAMESPACE, f"substitution/{request.user.account}/{key}"),
            substitute=data.substitute,
            roles=data.roles,
            since=data.since,
            until=data.until,
            reason=data.reason,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/accounts/{account}/substitutions"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @post(
        "/{substitution:uuid}/end",
        operation_id="endSubstitution",
        status_code=200,
        responses=CHANGING,
    )
    async def end_substitution(
        self,
        request: SignedIn,
        account: FromPath[UUID],
        substitution: FromPath[UUID],
        data: JSONBody[EndOfSubstitution],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """End a substitution at once, with a reason."""
        command = EndSubstitution(account=account, substitution=substitution, reason=data.reason)
        return decided(await clerk.decide(request, command, key=key))


@get("/me/substitutions", operation_id="listMySubstitutions", tags=["Directory"], responses=READING)
async def list_my_substitutions(
    request: SignedIn,
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    reader: NamedDependency[Reader],
    at_least: bounds.AtLeast = None,
) -> list[SubstitutionView]:
    """Who acts for oneself, and for whom one acts oneself; the latest first."""
    await reader.caught_up(at_least)
    return await _views(pool, store, _MINE, UUID(request.user.account))


@get("/me/colleagues", operation_id="listColleagues", tags=["Directory"], responses=READING)
async def list_colleagues(
    request: SignedIn,
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    clerk: NamedDependency[Clerk],
) -> list[Colleague]:
    """People with a role at present in an organisation one belongs to oneself, without oneself."""
    grants = request.user.grants_at(clerk.now())
    own = [grant.organisation for grant in grants if not grant.substitutes]
    rows = await pool.fetch(_COLLEAGUES, own, UUID(request.user.account), clerk.now())
    names = await account_names(store, [row["position"] for row in rows])
    colleagues = [Colleague(id=UUID(account), name=name) for account, name in names.items()]
    return sorted(colleagues, key=lambda one: (isinstance(one.name, Erased), str(one.name)))


_COLUMNS = """
    select s.*, absent.position as absent_at, acting.position as acting_at
    from account_substitution s join account absent on absent.id = s.account
        join account acting on acting.id = s.substitute
"""
_ORDER = " order by s.since desc, s.position desc"
_OF_ACCOUNT = f"{_COLUMNS} where s.account = $1 {_ORDER}"
_MINE = f"{_COLUMNS} where s.account = $1 or s.substitute = $1 {_ORDER}"
_COLLEAGUES = """
    select distinct account.position from account_grant g join account on account.id = g.account
    where g.organisation = any($1) and g.account <> $2 and g.organisation <> ''
        and (g.since is null or g.since <= $3) and (g.until is null or g.until > $3)
"""


async def _views(
    pool: Pool, store: EventStore, query: str, account: UUID
) -> list[SubstitutionView]:
    rows = await pool.fetch(query, account)
    people = {row[column] for row in rows for column in ("absent_at", "acting_at")}
    names = await account_names(store, sorted(people))
    reasons = await _reasons(store, rows)
    return [
        SubstitutionView(
            id=row["id"],
            account=row["account"],
            name=names[str(row["account"])],
            substitute=row["substitute"],
            substitute_name=names[str(row["substitute"])],
            roles=[Role(role) for role in row["roles"]],
            since=row["since"],
            until=row["until"],
            ended_at=row["ended_at"],
            reason=reasons[row["id"]],
            position=row["position"],
        )
        for row in rows
    ]


async def _reasons(store: EventStore, rows: Sequence[asyncpg.Record]) -> dict[UUID, str | Erased]:
    """Why, by substitution: it is in the log only."""
    entries = await store.at([row["position"] for row in rows]) if rows else []
    return {
        entry.event.substitution: entry.event.reason
        for entry in entries
        if isinstance(entry.event, SubstitutionGranted)
    }
