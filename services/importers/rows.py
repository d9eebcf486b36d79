"""What a table is, whatever it came in: rows of cells, each with its place; and its limits."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import msgspec

from services.importers.faults import Place


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a file may need at most, so that no file can exhaust the machine.

    `rows` below the heading; `cell` in characters; `cells` in a sheet (rows times columns);
    `unpacked` in bytes, over all members of an archive.
    """

    rows: int = 100_000
    columns: int = 100
    cells: int = 5_000_000
    cell: int = 2_000
    members: int = 500
    unpacked: int = 256 * 1024 * 1024


LIMITS = Limits()

Doubts: TypeAlias = dict[int, dict[int, str]]
"""Why cells of a sheet are doubtful, as codes of faults, by row and column from 0."""

MOST_DOUBTS = 500_000
"""So many cells of a workbook may be doubtful before it is refused as too large."""


class Row(msgspec.Struct, frozen=True):
    """A row of a table. `number` is the one a spreadsheet shows beside it.

    Cells are text without white space around it: whole numbers without a fraction (`12`), days as
    `2026-08-01`, truth as `true` and `false`. `doubts`: columns whose cell is not plainly what it
    shows, with the code of the fault to report if the column is needed (a formula, a merged cell).
    """

    number: int
    cells: tuple[str, ...]
    doubts: Mapping[int, str] = {}

    def cell(self, column: int) -> str:
        """The cell in this column; empty beyond the last one."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


class Table(msgspec.Struct, frozen=True):
    """A sheet of a workbook or a text file. `rows` can be read once, and may raise Unreadable.

    Empty rows are among them; the first row that is not empty is the heading (`headed`).
    """

    file: str
    sheet: str
    rows: Iterator[Row]

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        return Place(file=self.file, sheet=self.sheet, row=row, column=column)
