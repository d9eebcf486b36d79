"""The table in a file of results, cell by cell, for whoever looks at it before it is applied."""

from collections.abc import Iterable
from io import BytesIO

import msgspec

from domain.assessments.definition import Definition
from services.importers.faults import Fault, Unreadable, column_letters
from services.importers.rows import Row, Table
from services.importers.tables import headed, pasted_table, read_table
from services.results_files.columns import Column, known_headings, plain
from services.results_files.reading import LIMITS, Expected, with_headings

MOST_SHOWN = 200
"""So many rows: a class has far fewer."""


class ShownColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column that is read. `letter` as spreadsheets name it; `part` is the key of a text."""

    letter: str
    heading: str
    field: str
    part: str = ""


class ShownRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row below the heading: its number in the file, and its cells in the order of `columns`."""

    number: int
    cells: list[str]


class ShownTable(msgspec.Struct, frozen=True, kw_only=True):
    """Only columns with a heading that is understood; a cell is `letter` and `number`, as `B7`."""

    columns: list[ShownColumn]
    rows: list[ShownRow]


def shown_file(file: BytesIO, expected: Expected) -> ShownTable | None:
    """The table of an XLSX, ODS or CSV file; None if there is none that could be read."""
    try:
        return _shown(read_table(file, "", limits=LIMITS), expected.definition)
    except Unreadable:
        return None


def shown_text(text: str, expected: Expected) -> ShownTable | None:
    """The table of pasted text, likewise."""
    try:
        table = with_headings(pasted_table(text, limits=LIMITS), expected)
        return _shown(table, expected.definition)
    except Unreadable:
        return None


def _shown(table: Table, definition: Definition) -> ShownTable:
    head, rows = headed(table)
    known = known_headings(definition)
    columns: dict[int, tuple[str, Column]] = {
        index: (heading, known[plain(heading)])
        for index, heading in enumerate(head.cells)
        if plain(heading) in known
    }
    return ShownTable(
        columns=[
            ShownColumn(
                letter=column_letters(index),
                heading=heading,
                field=column.field,
                part=column.part,
            )
            for index, (heading, column) in columns.items()
        ],
        rows=list(_rows(rows, list(columns))),
    )


def _rows(rows: Iterable[Row | Fault], columns: list[int]) -> Iterable[ShownRow]:
    """Those that are plainly rows, as far as reading comes."""
    shown = 0
    try:
        for row in rows:
            if isinstance(row, Row) and shown < MOST_SHOWN:
                shown += 1
                yield ShownRow(number=row.number, cells=[row.cell(column) for column in columns])
    except Unreadable:
        return
