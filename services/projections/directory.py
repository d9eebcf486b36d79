"""Municipalities, organisations, accounts with roles and addresses, tokens, substitutions."""

from collections.abc import Sequence

from domain.directory.events import (
    AccountRegistered,
    AddressRecorded,
    AddressRemoved,
    EmployerRecorded,
    MunicipalityRegistered,
    OrganisationRegistered,
    OrganisationRenamed,
    RoleGranted,
    RoleRevoked,
    SubstitutionEnded,
    SubstitutionGranted,
    TokenIssued,
    TokenRevoked,
)
from domain.kernel import Erased
from domain.privacy.events import SubjectErased
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.identity.addresses import AddressKey


class Directory:
    """The address book of the county, and what sign-in asks."""

    name = "directory"
    tables = (
        "municipality",
        "organisation",
        "account",
        "account_grant",
        "account_address",
        "account_substitution",
        "access_token",
    )
    topics = (
        MunicipalityRegistered.TOPIC,
        EmployerRecorded.TOPIC,
        OrganisationRegistered.TOPIC,
        OrganisationRenamed.TOPIC,
        AccountRegistered.TOPIC,
        RoleGranted.TOPIC,
        RoleRevoked.TOPIC,
        TokenIssued.TOPIC,
        TokenRevoked.TOPIC,
        AddressRecorded.TOPIC,
        AddressRemoved.TOPIC,
        SubstitutionGranted.TOPIC,
        SubstitutionEnded.TOPIC,
        SubjectErased.TOPIC,
    )

    def __init__(self, addresses: AddressKey) -> None:
        """Addresses are found by digests under this key, and not kept here."""
        self._addresses = addresses

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            match entry.event:
                case AddressRecorded() | AddressRemoved() as event:
                    await self._apply_address(connection, entry.position, event)
                case _:
                    await _apply(connection, entry)

    async def _apply_address(
        self, connection: Connection, position: int, event: AddressRecorded | AddressRemoved
    ) -> None:
        """The address in force. What cannot be read any more belongs to nobody."""
        if isinstance(event, AddressRemoved) or isinstance(event.address, Erased):
            await connection.execute(
                "delete from account_address where account = $1", event.account
            )
            return
        await connection.execute(
            "insert into account_address (account, position, digest) values ($1, $2, $3)"
            " on conflict (account) do update set position = $2, digest = $3",
            event.account,
            position,
            await self._addresses.digest(connection, event.address),
        )


async def _apply(connection: Connection, entry: LogEntry) -> None:
    match entry.event:
        case MunicipalityRegistered() | EmployerRecorded() as event:
            await _apply_municipality(connection, event)
        case OrganisationRegistered() | OrganisationRenamed() as event:
            await _apply_organisation(connection, event)
        case TokenIssued() | TokenRevoked() as event:
            await _apply_token(connection, entry, event)
        case AccountRegistered() | RoleGranted() | RoleRevoked() as event:
            await _apply_account(connection, entry.position, event)
        case SubstitutionGranted() | SubstitutionEnded() as event:
            await _apply_substitution(connection, entry, event)
        case SubjectErased() as event:
            await _close_account(connection, entry, event)
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
                "insert into account (id, position) values ($1, $2)", event.account, position
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


async def _apply_substitution(
    connection: Connection, entry: LogEntry, event: SubstitutionGranted | SubstitutionEnded
) -> None:
    match event:
        case SubstitutionGranted():
            await connection.execute(
                "insert into account_substitution"
                " (id, account, substitute, roles, since, until, position)"
                " values ($1, $2, $3, $4, $5, $6, $7)",
                event.substitution,
                event.account,
                event.substitute,
                list(event.roles),
                event.since,
                event.until,
                entry.position,
            )
        case SubstitutionEnded():
            await connection.execute(
                "update account_substitution set ended_at = $2 where id = $1",
                event.substitution,
                entry.recorded_at,
            )


async def _close_account(connection: Connection, entry: LogEntry, event: SubjectErased) -> None:
    """Whoever's data were erased acts no more."""
    await connection.execute("delete from account_grant where account = $1", event.subject)
    await connection.execute("delete from account_address where account = $1", event.subject)
    await connection.execute(
        "delete from account_substitution where account = $1 or substitute = $1", event.subject
    )
    await connection.execute(
        "update access_token set revoked_at = $2 where account = $1 and revoked_at is null",
        event.subject,
        entry.recorded_at,
    )


async def _apply_token(
    connection: Connection, entry: LogEntry, event: TokenIssued | TokenRevoked
) -> None:
    match event:
        case TokenIssued():
            await connection.execute(
                "insert into access_token (id, account, digest, position, expires_at, issued_at)"
                " values ($1, $2, $3, $4, $5, $6)",
                event.token,
                event.account,
                event.digest,
                entry.position,
                event.expires_at,
                entry.recorded_at,
            )
        case TokenRevoked():
            await connection.execute(
                "update access_token set revoked_at = $2 where id = $1",
                event.token,
                entry.recorded_at,
            )
