"""Reading a table: XLSX, ODS, CSV or pasted text become rows of cells."""

from collections.abc import Iterator
from typing import BinaryIO

from services.importers.faults import Fault, Place, Unreadable
from services.importers.rows import LIMITS, Limits, Row, Table
from services.importers.text_tables import pasted_text, read_text
from services.importers.workbooks import read_workbook

ZIP = b"PK"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_table(
    stream: BinaryIO, file: str, *, sheet: str | None = None, limits: Limits = LIMITS
) -> Table:
    """The table in a file, by its content and not by its name: XLSX, ODS, or text (CSV).

    `stream` can seek and stays open until the rows were read; it is not closed. `sheet` names a
    workbook's sheet; without it, the first one that is shown is read. Raises Unreadable.
    """
    stream.seek(0)
    start = stream.read(len(OLD_WORKBOOK))
    if start.startswith(ZIP):
        return read_workbook(stream, file, sheet, limits)
    if start == OLD_WORKBOOK:
        raise Unreadable(Fault(code="table.old-workbook", place=Place(file=file)))
    return read_text(stream, file, limits)


def pasted_table(text: str, *, limits: Limits = LIMITS) -> Table:
    """The table in a text that was pasted from a spreadsheet, or typed. Raises Unreadable."""
    return pasted_text(text, limits)


def headed(table: Table, limits: Limits = LIMITS) -> tuple[Row, Iterator[Row | Fault]]:
    """The heading, which is the first row that is not empty, and the rows below it, no empty ones.

    A row with something beyond the heading's last column, as after an unquoted delimiter in CSV,
    comes as a fault, without what stands there: it may be of any column. Raises Unreadable if
    there is no heading; reading on raises it after more rows than allowed.
    """
    for row in table.rows:
        if not row.is_empty:
            return row, _below(table, row, limits)
    raise Unreadable(Fault(code="table.empty", place=table.place()))


def _below(table: Table, heading: Row, limits: Limits) -> Iterator[Row | Fault]:
    width = max(column for column, cell in enumerate(heading.cells) if cell) + 1
    left = limits.rows
    for row in table.rows:
        if len(row.cells) > width and any(row.cells[width:]):
            column = next(c for c, cell in enumerate(row.cells) if c >= width and cell)
            place = table.place(row.number, column)
            yield Fault(code="table.row-longer", place=place)
        elif not row.is_empty:
            yield row
        else:
            continue
        left -= 1
        if left < 0:
            raise Unreadable(
                Fault(
                    code="table.too-many-rows",
                    place=table.place(row.number),
                    facts={"limit": limits.rows},
                )
            )
