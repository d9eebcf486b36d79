"""`kreislauf account`: lets people in at the pages, the first administrator above all."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TextIO, TypeVar
from uuid import UUID, uuid4

import rich_click as click

from domain.directory.address import checked_address
from domain.directory.commands import (
    GrantRole,
    RecordAddress,
    RegisterAccount,
    RegisterOrganisation,
)
from domain.directory.events import OrganisationKind
from domain.kernel import ROLES_OF_PEOPLE, Command, Erased, Role
from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.history import account_names
from services.identity.breached import breached_passwords
from services.identity.entrance import Entrance
from services.identity.links import Links, Purpose
from services.identity.oidc_people import forget
from services.identity.principal import CONSOLE
from services.identity.recovery import FIRST_PAGE
from services.identity.security_log import Happening, SecurityLog, Visitor
from services.identity.sessions import sessions_of
from services.identity.weakness import LONGEST, SHORTEST, Weakness, weakness
from services.orders import Order
from services.runtime import Runtime, running
from services.settings import Settings

ROLES = [role.value for role in ROLES_OF_PEOPLE]
BY = "console"

T = TypeVar("T")


@click.group()
def account() -> None:
    """Let people sign in at the pages."""


@account.command()
@click.option("--address", required=True, help="The person's e-mail address.")
@click.option("--name", help="The person's name, if the address is new here.")
@click.option("--role", type=click.Choice(ROLES), help="A role to grant with the invitation.")
@click.option("--organisation", help="The key of the organisation the role is held in.")
@click.option("--organisation-name", help="Register the organisation first, as a county.")
@click.option("--municipality", help="The AGS of a case manager's municipality.")
@data_option
@pass_settings
def invite(  # noqa: PLR0913 (one parameter for each option)
    settings: Settings,
    *,
    address: str,
    name: str | None,
    role: str | None,
    organisation: str | None,
    organisation_name: str | None,
    municipality: str | None,
) -> None:
    """Print a link with which a person signs in once and chooses a password.

    Nothing is mailed: the first administrator needs no mail server.
    """
    if (role is None) != (organisation is None):
        raise click.UsageError("--role and --organisation go together.")
    wished: list[Command] = []
    if organisation is not None and organisation_name is not None:
        county = OrganisationKind.COUNTY
        wished.append(RegisterOrganisation(key=organisation, name=organisation_name, kind=county))

    async def run(runtime: Runtime) -> str:
        person = await _account_with(runtime, address)
        if person is None and name is None:
            raise click.UsageError(f"Nobody has the address {address} yet: give a --name too.")
        found = person or uuid4()
        if person is None and name is not None:
            wished.append(RegisterAccount(account=found, name=name))
            wished.append(RecordAddress(account=found, address=checked_address(address)))
        if role is not None and organisation is not None:
            granted = GrantRole(
                account=found, role=Role(role), organisation=organisation, municipality=municipality
            )
            wished.append(granted)
        for command in wished:
            await _handle(runtime, command)
        await runtime.read_models.catch_up()
        return await _link(runtime, settings, found)

    click.echo(_run(settings, run))


@account.command()
@click.option("--address", required=True, help="The person's e-mail address.")
@click.option(
    "--from-file",
    type=click.File("r"),
    help="Read the password from the first line of a file, `-` for standard input.",
)
@data_option
@pass_settings
def password(settings: Settings, *, address: str, from_file: TextIO | None) -> None:
    """Set a person's password. All their sessions end."""
    typed = (
        from_file.readline().rstrip("\r\n")
        if from_file is not None
        else click.prompt("New password", hide_input=True, confirmation_prompt=True)
    )

    async def run(runtime: Runtime) -> None:
        person = await _account_with(runtime, address)
        if person is None:
            raise click.UsageError(f"Nobody has the address {address}.")
        known = [await _name_of(runtime, person), address]
        if found := weakness(typed, known, breached_passwords(settings.breached_passwords)):
            raise click.UsageError(WHY[found])
        await _door(runtime, settings).change_password(person, typed, _visitor(), by=BY)

    _run(settings, run)
    click.echo("The password is set.")


@account.command()
@click.option("--address", required=True, help="The person's e-mail address.")
@data_option
@pass_settings
def forget_provider(settings: Settings, *, address: str) -> None:
    """Let a person's next sign-in with OpenID Connect be connected by their address again."""

    async def run(runtime: Runtime) -> bool:
        person = await _account_with(runtime, address)
        if person is None:
            raise click.UsageError(f"Nobody has the address {address}.")
        was_known = await forget(runtime.pool, person)
        if was_known:
            log = SecurityLog(runtime.pool)
            await log.note(Happening.IDENTITY_FORGOTTEN, _visitor(), account=person, by=BY)
        return was_known

    was_known = _run(settings, run)
    click.echo("The provider is forgotten." if was_known else "No provider was known.")


@account.command()
@click.option("--address", required=True, help="The person's e-mail address.")
@data_option
@pass_settings
def unlock(settings: Settings, *, address: str) -> None:
    """Let in somebody who lost their second factor. All their sessions end.

    Make sure that it is them: from now on the password alone is enough.
    """

    async def run(runtime: Runtime) -> None:
        person = await _account_with(runtime, address)
        if person is None:
            raise click.UsageError(f"Nobody has the address {address}.")
        await _door(runtime, settings).remove_second_factor(person, _visitor(), by=BY)

    _run(settings, run)
    click.echo("The password is enough again.")


WHY = {
    Weakness.TOO_SHORT: f"The password is too short: it needs at least {SHORTEST} characters.",
    Weakness.TOO_LONG: f"The password is too long: at most {LONGEST} characters are taken.",
    Weakness.HAS_NAME: "The password is mostly the person's name or address.",
    Weakness.WELL_KNOWN: "The password is made of words, years or rows of keys tried first.",
    Weakness.STOLEN: "The password is in lists of stolen passwords, which others try first.",
}


def _run(settings: Settings, work: Callable[[Runtime], Awaitable[T]]) -> T:
    """Do it over the database of these settings."""

    async def run() -> T:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                return await work(runtime)

    return asyncio.run(run())


async def _account_with(runtime: Runtime, address: str) -> UUID | None:
    await runtime.read_models.catch_up()
    return await runtime.addresses.account_of(address)


async def _name_of(runtime: Runtime, person: UUID) -> str:
    position = await runtime.pool.fetchval("select position from account where id = $1", person)
    name = (await account_names(runtime.store, [position])).get(str(person), "")
    return "" if isinstance(name, Erased) else name


async def _link(runtime: Runtime, settings: Settings, person: UUID) -> str:
    visitor = _visitor()
    token = await Links(runtime.pool).create(
        person, purpose=Purpose.INVITATION, target=FIRST_PAGE, at=visitor.at
    )
    await SecurityLog(runtime.pool).note(Happening.INVITED, visitor, account=person, by=BY)
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{base}/anmelden/link/{token}"


def _door(runtime: Runtime, settings: Settings) -> Entrance:
    sessions = sessions_of(runtime.pool, settings)
    return Entrance(runtime.pool, runtime.master, sessions, runtime.addresses)


async def _handle(runtime: Runtime, command: Command) -> None:
    await runtime.desk.handle(
        Order(
            command=command,
            command_id=uuid4(),
            principal=CONSOLE,
            at=datetime.now(UTC),
            correlation=str(uuid4()),
        )
    )


def _visitor() -> Visitor:
    return Visitor(at=datetime.now(UTC), correlation=str(uuid4()))
