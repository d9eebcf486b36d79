"""`--data`, which may stand before or after the command."""

from pathlib import Path

import msgspec
import rich_click as click

from services.settings import Settings


def _take(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    settings = context.find_object(Settings)
    if folder is not None and settings is not None:
        context.obj = msgspec.structs.replace(settings, data=folder)


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    expose_value=False,
    callback=_take,
    help="The folder that holds all state when servers are embedded (KREISLAUF_DATA).",
)

pass_settings = click.make_pass_decorator(Settings)
