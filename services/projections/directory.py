"""Municipalities, organisations, accounts with their roles, and the tokens that let them in."""

from domain.directory.events import (
    AccountRegistered,
    EmployerRecorded,
    MunicipalityRegistered,
    OrganisationRegistered,
    OrganisationRenamed,
    RoleGranted,
    RoleRevoked,
    TokenIssued,
    TokenRevoked,
)
from services.eventstore.record import LogEntry
from services.eventstore.store import Connection


class Directory:
    """The address book of the county, and what sign-in asks."""

    name = "directory"
    tables = ("municipality", "organisation", "account", "account_grant", "access_token")

    async def apply(self, connection: Connection, entry: LogEntry) -> None:
        match entry.event:
            case MunicipalityRegistered() | EmployerRecorded():
                await _apply_municipality(connection, entry.event)
            case OrganisationRegistered() | OrganisationRenamed():
                await _apply_organisation(connection, entry.event)
            case TokenIssued() | TokenRevoked():
                await _apply_token(connection, entry, entry.event)
            case AccountRegistered() | RoleGranted() | RoleRevoked():
                await _apply_account(connection, entry.position, entry.event)
            case _:
                pass


async def _apply_municipality(
    connection: Connection, event: MunicipalityRegistered | EmployerRecorded
) -> None:
    match event:
        case MunicipalityRegistered():
            await connection.execute(
                "insert into municipality (ags, name, kind) values ($1, $2, $3)",
                event.ags,
                event.name,
                event.kind,
            )
        case EmployerRecorded():
            await connection.execute(
                "update municipality set county_is_employer = $2, assumed = $3 where ags = $1",
                event.ags,
                event.county_is_employer,
                event.assumed,
            )


async def _apply_organisation(
    connection: Connection, event: OrganisationRegistered | OrganisationRenamed
) -> None:
    match event:
        case OrganisationRegistered():
            await connection.execute(
                "insert into organisation (key, name, kind, ags, number)"
                " values ($1, $2, $3, $4, $5)",
                event.key,
                event.name,
                event.kind,
                event.ags,
                event.number,
            )
        case OrganisationRenamed():
            await connection.execute(
                "update organisation set name = $2 where key = $1", event.key, event.name
            )


async def _apply_account(
    connection: Connection, position: int, event: AccountRegistered | RoleGranted | RoleRevoked
) -> None:
    match event:
        case AccountRegistered():
            await connection.execute(
                "insert into account (id, name) values ($1, $2)", event.account, event.name
            )
        case RoleGranted():
            await connection.execute(
                "insert into account_grant"
                " (position, account, role, organisation, municipality, since, until)"
                " values ($1, $2, $3, $4, $5, $6, $7)",
                position,
                event.account,
                event.role,
                event.organisation,
                event.municipality,
                event.since,
                event.until,
            )
        case RoleRevoked():
            await connection.execute(
                "delete from account_grant where account = $1 and role = $2 and organisation = $3",
                event.account,
                event.role,
                event.organisation,
            )


async def _apply_token(
    connection: Connection, entry: LogEntry, event: TokenIssued | TokenRevoked
) -> None:
    match event:
        case TokenIssued():
            await connection.execute(
                "insert into access_token (id, account, digest, label, expires_at, issued_at)"
                " values ($1, $2, $3, $4, $5, $6)",
                event.token,
                event.account,
                event.digest,
                event.label,
                event.expires_at,
                entry.recorded_at,
            )
        case TokenRevoked():
            await connection.execute(
                "update access_token set revoked_at = $2 where id = $1",
                event.token,
                entry.recorded_at,
            )
