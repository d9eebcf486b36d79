"""`kreislauf`: every command of the service."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module

import rich_click as click
from rich.console import Console

from services.cli.data_option import data_option
from services.cli.troubles import TROUBLES, in_a_sentence
from services.observability import configure_logging, for_people
from services.settings import Settings

COMMANDS: Mapping[str, str] = {
    "up": "services.cli.up",
    "serve": "services.cli.operate",
    "work": "services.cli.operate",
    "resume": "services.cli.operate",
    "migrate": "services.cli.upkeep",
    "settings": "services.cli.upkeep",
    "rebuild": "services.cli.upkeep",
    "token": "services.cli.tokens",
    "account": "services.cli.accounts",
    "history": "services.cli.history",
    "report": "services.cli.report",
    "erase": "services.cli.privacy",
    "keys": "services.cli.privacy",
    "retention": "services.cli.retention",
    "verify": "services.cli.ledger",
    "export": "services.cli.ledger",
    "ledger": "services.cli.checkpoints",
    "prove": "services.cli.checkpoints",
}
"""The module of each command, where it has its own name."""


class Commands(click.RichGroup):
    """Imports a command when it is asked for: all of them take more than a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's name)
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's name)
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kreislauf")
@data_option
@click.pass_context
def cli(context: click.Context) -> None:
    """The workflow service of a county's integration management.

    `kreislauf up --demo` starts everything on this machine and plays one concept through.
    """
    configure_logging(for_people(context.ensure_object(Settings), os.environ))


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
