"""`kreislauf token`: accounts' bearer tokens for programs and for the first sign-in."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import rich_click as click
from rich.console import Console

from domain.directory.commands import GrantRole, RegisterAccount, RegisterOrganisation, RevokeToken
from domain.directory.events import OrganisationKind, TokenIssued
from domain.kernel import ROLES_OF_PEOPLE, Command, Erased, Role
from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.cli.shown import show_table
from services.desk import Desk
from services.history import account_names
from services.identity.principal import CONSOLE
from services.identity.tokens import issue_token
from services.orders import Order
from services.runtime import Runtime, running
from services.settings import Settings
from services.texts.words import erased

ROLES = [role.value for role in ROLES_OF_PEOPLE]


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
    before: list[Command] = []
    if organisation is not None and organisation_name is not None:
        county = OrganisationKind.COUNTY
        before.append(RegisterOrganisation(key=organisation, name=organisation_name, kind=county))

    def grants(account: UUID) -> list[Command]:
        if role is None or organisation is None:
            return []
        grant = GrantRole(
            account=account, role=Role(role), organisation=organisation, municipality=municipality
        )
        return [grant]

    async def run() -> str:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                account = await _account_called(runtime, name)
                registered = RegisterAccount(account=account, name=name)
                for command in (*before, registered, *grants(account)):
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

    async def run() -> Sequence[Sequence[str]]:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                return await _tokens(runtime, settings)

    rows = asyncio.run(run())
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


async def _tokens(runtime: Runtime, settings: Settings) -> Sequence[Sequence[str]]:
    """A row for each token. Names and labels are opened from the log."""
    rows = await runtime.pool.fetch(
        "select access_token.*, account.position as registered_at from access_token"
        " join account on account.id = account order by issued_at"
    )
    entries = await runtime.store.at([row["position"] for row in rows])
    labels = {e.position: e.event.label for e in entries if isinstance(e.event, TokenIssued)}
    names = await account_names(runtime.store, [row["registered_at"] for row in rows])
    zone = ZoneInfo(settings.time_zone)

    def readable(text: str | Erased) -> str:
        return erased(text, "en", zone) if isinstance(text, Erased) else text

    return [
        (
            str(row["id"]),
            readable(names[str(row["account"])]),
            readable(labels[row["position"]]),
            *(_minute(row[date], zone) for date in ("issued_at", "expires_at", "revoked_at")),
        )
        for row in rows
    ]


async def _account_called(runtime: Runtime, name: str) -> UUID:
    """The account of this name, or a new id: one made from the name would give it away."""
    await runtime.read_models.catch_up()
    rows = await runtime.pool.fetch("select position from account order by position")
    names = await account_names(runtime.store, [row["position"] for row in rows])
    return next((UUID(account) for account, known in names.items() if known == name), uuid4())


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


def _minute(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""
