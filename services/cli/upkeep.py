"""Commands for operators: migrations, settings, and building read models again."""

import asyncio

import msgspec
import rich_click as click
from rich.console import Console

from services import event_loop
from services.cli.data_option import data_option, pass_settings
from services.cli.database import with_database
from services.cli.rebuilding import rebuilding_bar
from services.cli.shown import show_table
from services.eventstore import migrate as migrations
from services.runtime import running
from services.settings import Settings

REBUILDING = 3
"""So many connections a rebuild takes."""


@click.command()
@data_option
@pass_settings
def migrate(settings: Settings) -> None:
    """Bring the database to the state this version needs."""
    asyncio.run(with_database(settings, _migrate))


@click.command()
def settings() -> None:
    """List every setting with its meaning and default."""
    show_table(Console(), ("Variable", "Meaning", "Default"), Settings.described())


@click.command()
@data_option
@pass_settings
def rebuild(settings: Settings) -> None:
    """Build the read models again from the first event, while the present ones answer."""
    # One connection writes while another one reads ahead.
    enough = msgspec.structs.replace(
        settings, database_pool_size=max(REBUILDING, settings.database_pool_size)
    )

    async def run(url: str) -> None:
        async with running(enough, url) as runtime:
            with rebuilding_bar() as progress:
                await runtime.read_models.rebuild(progress)
            click.echo(f"The read models are at log position {await runtime.store.head()}.")

    event_loop.run(with_database(settings, run))


async def _migrate(url: str) -> None:
    applied = await asyncio.to_thread(migrations.migrate, url)
    click.echo("\n".join(applied) if applied else "Nothing to do: the database is up to date.")
