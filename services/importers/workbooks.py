"""Sheets of workbooks, XLSX and ODS, as tables: calamine reads what the guards let in."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from services.importers.archives import open_archive
from services.importers.faults import Fault, Place, Unreadable, shortened
from services.importers.ods_guard import inspect_ods
from services.importers.rows import LIMITS, MOST_DOUBTS, Doubts, Limits, Row, Table
from services.importers.text_tables import CONTROL_TEXT
from services.importers.xlsx_guard import inspect_xlsx

LARGEST_WHOLE = 1e15
"""Up to here a float tells whole numbers apart, so `12.0` can be written `12`."""

NOTHING: dict[int, str] = {}

PANIC = "PanicException"
"""How a failed assertion in calamine arrives. It is no Exception, and its module has no name."""


def read_workbook(
    stream: BinaryIO, file: str, sheet: str | None = None, limits: Limits = LIMITS
) -> Table:
    """The named sheet of a workbook, hidden or not, or the first that is shown.

    Raises Unreadable.
    """
    with open_archive(stream, file, limits) as archive:
        members = set(archive.namelist())
        if "xl/workbook.xml" in members:
            inspect = inspect_xlsx
        elif "content.xml" in members:
            inspect = inspect_ods
        else:
            raise _damaged(file)
        doubts = inspect(archive, file, limits)
    content = _content(stream, file, sheet)
    here = doubts.get(content.name, {})
    _note_merged(content, here, file)
    return Table(file, content.name, _rows(content, here, file, limits))


def _content(stream: BinaryIO, file: str, sheet: str | None) -> CalamineSheet:
    """The sheet as calamine gives it. Merged cells are known with it."""
    try:
        stream.seek(0)
        book = CalamineWorkbook.from_filelike(stream)
        return book.get_sheet_by_name(_chosen(book, file, sheet))
    except (CalamineError, ValueError, OSError) as error:
        raise _damaged(file) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise _damaged(file) from error


def _chosen(book: CalamineWorkbook, file: str, sheet: str | None) -> str:
    shown = [
        found.name
        for found in book.sheets_metadata
        if found.typ == SheetTypeEnum.WorkSheet and found.visible == SheetVisibleEnum.Visible
    ]
    if not shown:
        raise Unreadable(Fault(code="table.no-sheet", place=Place(file=file)))
    if sheet is not None and sheet not in book.sheet_names:
        place = Place(file=file, sheet=shortened(sheet))
        raise Unreadable(
            Fault(code="table.sheet-unknown", place=place, facts={"sheets": ", ".join(shown[:20])})
        )
    return sheet or shown[0]


def _note_merged(content: CalamineSheet, doubts: Doubts, file: str) -> None:
    """An XLSX lists its merged cells; all but the first of each are empty."""
    last_row, last_column = content.end or (-1, -1)
    noted = 0
    for (top, left), (bottom, right) in content.merged_cell_ranges or ():
        columns = range(left, min(right, last_column) + 1)
        for row in range(top, min(bottom, last_row) + 1):
            noted += 1 + len(columns)
            if noted > MOST_DOUBTS:
                raise Unreadable(Fault(code="table.too-large", place=Place(file=file)))
            here = doubts.setdefault(row, {})
            for column in columns[1:] if row == top else columns:
                here.setdefault(column, "table.merged")


def _rows(content: CalamineSheet, doubts: Doubts, file: str, limits: Limits) -> Iterator[Row]:
    """Rows come from the first of the sheet on, cells from the first column that is used."""
    start = content.start
    if start is None:
        return
    left = ("",) * start[1]
    for index, values in enumerate(content.iter_rows()):
        cells = left + tuple(
            [value.strip() if isinstance(value, str) else written(value) for value in values]
        )
        here = doubts.get(index)
        if max(map(len, cells)) > limits.cell:
            column = next(c for c, cell in enumerate(cells) if len(cell) > limits.cell)
            place = Place(file=file, sheet=content.name, row=index + 1, column=column)
            raise Unreadable(
                Fault(code="table.cell-too-long", place=place, facts={"limit": limits.cell})
            )
        if CONTROL_TEXT.search("".join(cells)):
            here = {**(here or {}), **_controls(cells)}
        yield Row(index + 1, cells, here or NOTHING)


def _controls(cells: tuple[str, ...]) -> dict[int, str]:
    found = (column for column, cell in enumerate(cells) if CONTROL_TEXT.search(cell))
    return dict.fromkeys(found, "table.control-character")


def written(value: object) -> str:
    """A cell's value as text: `12`, `0.5`, `2026-08-01`, `10:30:00`, `true`."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < LARGEST_WHOLE:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _damaged(file: str) -> Unreadable:
    return Unreadable(Fault(code="table.not-a-workbook", place=Place(file=file)))
