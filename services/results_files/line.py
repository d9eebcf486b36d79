"""One row while it is read: its cells, and what is found wrong with them."""

from typing import Final

from services.importers.faults import Fault, Place
from services.importers.rows import Row as TableRow
from services.importers.rows import Table
from services.results_files.values import NOTHING

EMPTY: Final = -1
"""Instead of a number: nothing is entered."""

WRONG: Final = -2
"""Instead of a number: the fault is noted."""


class Line:
    """A row of at least `width` cells. `faults` may be those of a whole file."""

    __slots__ = ("_before", "_headings", "_row", "_table", "cells", "faults")

    def __init__(
        self,
        table: Table,
        headings: tuple[str, ...],
        row: TableRow,
        width: int,
        faults: list[Fault],
    ) -> None:
        missing = width - len(row.cells)
        self.cells = row.cells if missing <= 0 else (*row.cells, *("" for _ in range(missing)))
        self.faults = faults
        self._before = len(faults)
        self._headings = headings
        self._row = row
        self._table = table

    @property
    def is_right(self) -> bool:
        """Whether nothing was found wrong with this row so far."""
        return len(self.faults) == self._before

    def text(self, column: int | None) -> str:
        """What is entered; empty for a dash, and for a column there is not."""
        text = "" if column is None else self.cells[column]
        return "" if text in NOTHING else text

    @property
    def number(self) -> int:
        return self._row.number

    def cell(self, column: int, row: int | None = None) -> str:
        """`B7`: in this row, or in the one with that number."""
        return Place(row=self._row.number if row is None else row, column=column).cell

    def heading(self, column: int) -> str:
        return self._headings[column]

    def fault(self, code: str, column: int, value: str | None = None, **facts: object) -> None:
        """Note what is wrong with the cell in this column."""
        self.faults.append(
            Fault(
                code=code,
                place=self._table.place(self._row.number, column),
                value=self.cells[column] if value is None else value,
                facts=facts,
            )
        )
