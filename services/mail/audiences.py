"""Who is told: the people in a role at this moment, and whoever substitutes for them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.kernel import Role
from services.eventstore.database import Connection


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Those with the role: in this organisation, for this municipality, or anywhere.

    With `accounts` these people, whatever roles they hold.
    """

    role: Role
    organisation: str | None = None
    municipality: str | None = None
    accounts: tuple[UUID, ...] | None = None


def members_of(organisation: str) -> Audience:
    return Audience(role=Role.ORGANISATION_MEMBER, organisation=organisation)


def staff_of(college: str) -> Audience:
    return Audience(role=Role.COLLEGE, organisation=college)


def case_managers_of(municipality: str) -> Audience:
    return Audience(role=Role.CASE_MANAGER, municipality=municipality)


def these(accounts: Iterable[str]) -> Audience:
    """The people on seats of a body. Nobody stands in for them but their deputies."""
    ids = sorted({UUID(account) for account in accounts})
    return Audience(role=Role.STEERING_MEMBER, accounts=tuple(ids))


COORDINATORS = Audience(role=Role.COORDINATOR)

HOLDERS = """
    with holder as (
        select account from account_grant
        where role = $1 and ($2::text is null or organisation = $2)
            and ($3::text is null or municipality = $3)
            and (since is null or since <= $4) and (until is null or until > $4)
    )
    select account from holder
    union select substitute from account_substitution
    where account in (select account from holder) and $1 = any(roles)
        and ended_at is null and since <= $4 and until > $4
    order by account
"""


async def people_in(
    connection: Connection, audiences: Collection[Audience], at: datetime
) -> Mapping[Audience, Sequence[UUID]]:
    """The accounts of each audience."""
    found: dict[Audience, Sequence[UUID]] = {}
    for audience in set(audiences):
        if audience.accounts is not None:
            found[audience] = audience.accounts
            continue
        rows = await connection.fetch(
            HOLDERS, audience.role, audience.organisation, audience.municipality, at
        )
        found[audience] = [row["account"] for row in rows]
    return found
