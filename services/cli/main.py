"""`kreislauf`: every command of the service."""

import os
import sys

import rich_click as click
from rich.console import Console

from services.cli.checkpoints import ledger, prove
from services.cli.data_option import data_option
from services.cli.history import history
from services.cli.ledger import export, verify
from services.cli.operate import migrate, rebuild, resume, serve, settings, work
from services.cli.privacy import erase, keys
from services.cli.retention import retention
from services.cli.tokens import token
from services.cli.troubles import TROUBLES, in_a_sentence
from services.cli.up import up
from services.observability import configure_logging, for_people
from services.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kreislauf")
@data_option
@click.pass_context
def cli(context: click.Context) -> None:
    """The workflow service of a county's integration management.

    `kreislauf up --demo` starts everything on this machine and plays one concept through.
    """
    configure_logging(for_people(context.ensure_object(Settings), os.environ))


for command in (
    up,
    serve,
    work,
    migrate,
    settings,
    token,
    history,
    resume,
    rebuild,
    erase,
    keys,
    retention,
    verify,
    export,
    ledger,
    prove,
):
    cli.add_command(command)


def main() -> None:
    """Run a command; what can go wrong is said in a sentence, without a trace."""
    try:
        cli(standalone_mode=False, obj=Settings.from_environment(os.environ))
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TROUBLES as error:
        console = Console(stderr=True, highlight=False)
        sentence = f"[red]{in_a_sentence(error)}[/red]"
        console.print(sentence, soft_wrap=not console.is_terminal)
        sys.exit(1)
