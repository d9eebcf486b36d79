"""How far a rebuild has come, for whoever waits at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from services.projections import rebuild


@contextmanager
def rebuilding_bar() -> Iterator[rebuild.Progress]:
    """A bar for each read model; nothing if this is not a terminal."""
    console = Console()
    bars = Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with bars:
        tasks: dict[str, TaskID] = {}

        def show(projection: str, position: int, head: int) -> None:
            if projection not in tasks:
                tasks[projection] = bars.add_task(projection)
            bars.update(tasks[projection], completed=position, total=max(position, head))

        yield show
