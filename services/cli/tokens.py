"""`kreislauf token`: accounts' bearer tokens for programs and for the first sign-in."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import rich_click as click
from asyncpg import Record
from rich.console import Console

from domain.directory.commands import GrantRole, RegisterAccount, RegisterOrganisation, RevokeToken
from domain.directory.events import OrganisationKind
from domain.kernel import NAMESPACE, Command, Role
from services.cli.data_option import data_option
from services.cli.operate import pass_settings
from services.cli.places import database, require_migrated
from services.cli.shown import show_table
from services.desk import Desk, Order
from services.identity.principal import CONSOLE
from services.identity.tokens import issue_token
from services.runtime import running
from services.settings import Settings

ROLES = [role.value for role in Role if role is not Role.PROCESS]


@click.group()
def token() -> None:
    """Make, list and revoke access tokens."""


@token.command()
@click.option("--name", required=True, help="The person's name; a new name is a new account.")
@click.option("--role", type=click.Choice(ROLES), help="A role to grant with the token.")
@click.option("--organisation", help="The key of the organisation the role is held in.")
@click.option("--organisation-name", help="Register the organisation first, as a county.")
@click.option("--municipality", help="The AGS of a case manager's municipality.")
@click.option("--label", default="console", show_default=True, help="What the token is for.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True)
@data_option
@pass_settings
def create(  # noqa: PLR0913 (one parameter for each option)
    settings: Settings,
    *,
    name: str,
    role: str | None,
    organisation: str | None,
    organisation_name: str | None,
    municipality: str | None,
    label: str,
    days: int,
) -> None:
    """Make a token. It is shown once and kept nowhere."""
    if (role is None) != (organisation is None):
        raise click.UsageError("--role and --organisation go together.")
    account = uuid5(NAMESPACE, f"account/{name}")
    commands: list[Command] = []
    if organisation is not None and organisation_name is not None:
        county = OrganisationKind.COUNTY
        commands.append(RegisterOrganisation(key=organisation, name=organisation_name, kind=county))
    commands.append(RegisterAccount(account=account, name=name))
    if role is not None and organisation is not None:
        commands.append(
            GrantRole(
                account=account,
                role=Role(role),
                organisation=organisation,
                municipality=municipality,
            )
        )

    async def run() -> str:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                for command in commands:
                    await _handle(runtime.desk, command)
                made = await issue_token(
                    runtime.desk, account, label, days=days, at=datetime.now(UTC)
                )
                await runtime.read_models.catch_up()
                return made

    click.echo(asyncio.run(run()))


@token.command(name="list")
@data_option
@pass_settings
def list_tokens(settings: Settings) -> None:
    """List the tokens there are, without what is secret about them."""

    async def run() -> Sequence[Record]:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                return await runtime.pool.fetch(
                    "select access_token.*, account.name from access_token"
                    " join account on account.id = account order by issued_at"
                )

    rows = [
        (
            str(row["id"]),
            row["name"],
            row["label"],
            *(_minute(row[date], settings) for date in ("issued_at", "expires_at", "revoked_at")),
        )
        for row in asyncio.run(run())
    ]
    columns = ("Token", "Account", "Label", "Issued", "Expires", "Revoked")
    show_table(Console(), columns, rows)


@token.command()
@click.argument("token_id", type=click.UUID)
@click.option("--reason", required=True, help="Why; it is recorded.")
@data_option
@pass_settings
def revoke(settings: Settings, token_id: UUID, reason: str) -> None:
    """Revoke a token at once."""

    async def run() -> None:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                account = await runtime.pool.fetchval(
                    "select account from access_token where id = $1", token_id
                )
                if account is None:
                    raise click.UsageError(f"There is no token {token_id}.")
                command = RevokeToken(account=account, token=token_id, reason=reason)
                await _handle(runtime.desk, command)
                await runtime.read_models.catch_up()

    asyncio.run(run())
    click.echo("Revoked.")


async def _handle(desk: Desk, command: Command) -> None:
    await desk.handle(
        Order(
            command=command,
            command_id=uuid4(),
            principal=CONSOLE,
            at=datetime.now(UTC),
            correlation=str(uuid4()),
        )
    )


def _minute(at: datetime | None, settings: Settings) -> str:
    return f"{at.astimezone(ZoneInfo(settings.time_zone)):%Y-%m-%d %H:%M}" if at else ""
