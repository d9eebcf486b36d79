"""The figures as a table for people."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.figure import Figure
from benchmarks.machine import Machine


def show(
    console: Console, machine: Machine, figures: Sequence[Figure], notes: Sequence[str]
) -> None:
    """Print the machine, the table and what is to be said about it."""
    console.print(
        f"{machine.processor}, {machine.cores} cores, {machine.memory_gib} GiB, {machine.system}; "
        f"Python {machine.python}, PostgreSQL {machine.postgresql}; "
        f"a flush to disk takes {machine.flush_ms} ms",
        highlight=False,
    )
    table = Table()
    for heading in ("Work", "Unit", "Ours", "Other", "Peer", "Ours / other", "Goal", ""):
        right = heading in {"Ours", "Other", "Ours / other", "Goal"}
        table.add_column(heading, justify="right" if right else "left")
    for figure in figures:
        table.add_row(
            figure.name,
            figure.unit,
            _number(figure.ours),
            _number(figure.other),
            figure.other_name or "",
            _number(figure.ratio),
            figure.goal,
            "[green]holds[/]" if figure.holds else "[red]fails[/]",
        )
    console.print(table)
    for note in notes:
        console.print(f"• {note}", highlight=False)


def _number(value: float | None) -> str:
    """Three digits that count, or whole numbers from a hundred on."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
