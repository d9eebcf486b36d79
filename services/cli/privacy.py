"""`kreislauf keys` and `kreislauf erase`: master keys, and the erasure of a person's data."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import rich_click as click
from rich.console import Console

from domain.privacy.commands import EraseSubject
from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.cli.shown import show_table
from services.identity.principal import CONSOLE
from services.orders import Order
from services.privacy.master import key_file, new_key, write_key_file
from services.privacy.rotation import key_ids_in_use, rotate_file, rotate_given
from services.privacy.shredding import Sweep
from services.runtime import Runtime, running
from services.settings import Settings


@click.group()
def keys() -> None:
    """Look after the master key, which wraps the keys of all personal data."""


@keys.command()
@data_option
@pass_settings
def show(settings: Settings) -> None:
    """Show which master keys there are and what they wrap, not the keys themselves."""

    async def run() -> tuple[list[str], dict[str, int], str]:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                given = runtime.master.ids
                return given, await key_ids_in_use(runtime.pool), _place(runtime)

    given, used, place = asyncio.run(run())
    rows = [
        (
            key_id,
            "current" if key_id == given[0] else "earlier" if key_id in given else "missing",
            str(used.get(key_id, 0)),
        )
        for key_id in dict.fromkeys((*given, *used))
    ]
    show_table(Console(), ("Master key", "State", "Secrets it wraps"), rows)
    click.echo(f"They come from {place}.")


@keys.command()
@data_option
@pass_settings
def create(settings: Settings) -> None:
    """Make the first master key, for a database that is not embedded."""
    path = key_file(settings)
    if settings.master_key is not None or path.exists():
        raise click.UsageError(
            "There is a master key already. `kreislauf keys rotate` replaces it."
        )
    write_key_file(path, [new_key()], replace=False)
    click.echo(f"The master key is in {path}. Keep a copy apart from the database's backups.")


@keys.command()
@data_option
@pass_settings
def rotate(settings: Settings) -> None:
    """Replace the master key, and throw the old one away if it is in a file of ours.

    Interrupted, it leaves everything readable; run it again to finish.
    """

    async def run() -> str:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                return await _rotate(runtime)

    click.echo(asyncio.run(run()))


@click.command()
@click.argument("person", type=click.UUID)
@click.option("--reason", required=True, help="Why; it stays readable, so it names nobody.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
@pass_settings
def erase(settings: Settings, person: UUID, reason: str, *, yes: bool) -> None:
    """Make everything personal about PERSON, the id of an account, unreadable for ever."""
    if not yes:
        click.confirm("This cannot be undone. Erase the person's data?", abort=True)

    async def run() -> None:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                await _erase(runtime, person, reason)

    asyncio.run(run())
    click.echo("Erased. Backups made before still hold the wrapped key: see `kreislauf keys`.")


async def _rotate(runtime: Runtime) -> str:
    if (file := runtime.master.file) is not None:
        gone = await rotate_file(runtime.pool, file)
        runtime.master.refresh()
        return (
            f"The master key in {file} is now {runtime.master.ids[0]}; {', '.join(gone)} is gone."
            " Keep a copy of the file apart from the backups of the database."
        )
    gone = await rotate_given(runtime.pool, runtime.master)
    if not gone:
        return (
            "KREISLAUF_MASTER_KEY has one key only. Put a new one before it, separated by a comma,"
            " restart every process with both, and run this again."
        )
    return (
        f"Everything is wrapped by {runtime.master.ids[0]}; {', '.join(gone)} may be removed from"
        " KREISLAUF_MASTER_KEY."
    )


async def _erase(runtime: Runtime, person: UUID, reason: str) -> None:
    await runtime.desk.handle(
        Order(
            command=EraseSubject(person=person, reason=reason),
            command_id=uuid4(),
            principal=CONSOLE,
            at=datetime.now(UTC),
            correlation=str(uuid4()),
        )
    )
    await runtime.read_models.catch_up()
    await Sweep(runtime.pool).sweep()


def _place(runtime: Runtime) -> str:
    return "the environment" if runtime.master.file is None else str(runtime.master.file)
