"""How output is laid out: for people on a terminal, line by line for programs."""

from collections.abc import Iterable, Sequence

import rich_click as click
from rich.console import Console
from rich.table import Table
from rich.text import Text


def show_table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere the rows, their cells parted by tabs."""
    if not console.is_terminal:
        for row in (columns, *rows):
            click.echo("\t".join(row))
        return
    table = Table()
    for column in columns:
        # What is copied, like an id or the name of a variable, stands first and in one piece.
        table.add_column(column, no_wrap=not table.columns)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def show_entry(console: Console, label: str, text: str | Text, *, width: int, style: str) -> None:
    """A label and a text that on a terminal stays right of it, on several lines if it is long."""
    told = Text(text) if isinstance(text, str) else text
    if not console.is_terminal:
        console.print(Text.assemble(label.rjust(width), "  ", told), soft_wrap=True)
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=width, justify="right", no_wrap=True, style=style)
    grid.add_column()
    grid.add_row(Text(label), told)
    console.print(grid)
