"""`kreislauf`: every command of the service."""

import os
import sys
from pathlib import Path

import rich_click as click
from rich.console import Console

from services.cli.history import history
from services.cli.operate import migrate, rebuild, resume, serve, settings, work
from services.cli.tokens import token
from services.cli.troubles import TROUBLES, in_a_sentence
from services.cli.up import up
from services.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kreislauf")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that holds all state when servers are embedded (KREISLAUF_DATA).",
)
@click.pass_context
def cli(context: click.Context, data: Path | None) -> None:
    """The workflow service of a county's integration management.

    `kreislauf up --demo` starts everything on this machine and plays one concept through.
    """
    environment = dict(os.environ)
    if data is not None:
        environment["KREISLAUF_DATA"] = str(data)
    context.obj = Settings.from_environment(environment)


for command in (up, serve, work, migrate, settings, token, history, resume, rebuild):
    cli.add_command(command)


def main() -> None:
    """Run a command; what can go wrong is said in a sentence, without a trace."""
    try:
        cli(standalone_mode=False)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TROUBLES as error:
        Console(stderr=True, highlight=False).print(f"[red]{in_a_sentence(error)}[/red]")
        sys.exit(1)
