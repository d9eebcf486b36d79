"""Results as a table of fields: from a file, from the template or as it was typed, and back.

The same table shows what a file holds, takes corrections and takes results typed by hand. It is
sent to the API as a CSV file, so what is right is decided there, cell by cell.
"""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

import msgspec

from services.api.faults import Fault
from services.results_files.shown import ShownColumn, ShownRow, ShownTable
from services.web.forms import Form

ABOUT = ("college", "school_year", "training_class", "round", "instrument", "version")
"""Columns that say what a file belongs to: carried along, and not shown unless they are wrong."""

LEARNER = ("pseudonym", "taken_on", "attendance")
LAST = ("accommodation", "form")
DELIMITER = ";"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A field. `name` is that of the form, `place` that of the file, `wrong` what is said of it."""

    name: str
    place: str
    column: ShownColumn
    text: str
    wrong: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A learner's row. `who` is its pseudonym, `wrong` what is said of the whole row."""

    number: int
    who: str
    cells: Sequence[Cell]
    wrong: str = ""


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """`elsewhere` are faults that are in no cell of the table, as of the whole file."""

    columns: Sequence[ShownColumn]
    lines: Sequence[Line]
    elsewhere: Sequence[Fault] = ()

    @property
    def faults(self) -> int:
        cells = sum(bool(cell.wrong) for line in self.lines for cell in line.cells)
        return cells + sum(bool(line.wrong) for line in self.lines) + len(self.elsewhere)

    @property
    def can_be_mended(self) -> bool:
        """Whether all that is wrong stands in fields that can be changed here."""
        return not self.elsewhere and bool(self.lines)

    @property
    def shown(self) -> Sequence[ShownColumn]:
        """The columns that people see."""
        return [
            column
            for index, column in enumerate(self.columns)
            if column.field not in ABOUT or any(line.cells[index].wrong for line in self.lines)
        ]


def grid_of(table: ShownTable, faults: Sequence[Fault] = ()) -> Grid:
    """The table with each fault in its cell."""
    said: dict[str, str] = {}
    for fault in faults:
        place = fault.cell or ""
        said[place] = f"{said[place]} {fault.detail}" if place in said else fault.detail
    lines = [_line(n, row, table.columns, said) for n, row in enumerate(table.rows)]
    placed = {cell.place for line in lines for cell in line.cells}
    placed |= {str(line.number) for line in lines}
    return Grid(
        columns=table.columns,
        lines=lines,
        elsewhere=[fault for fault in faults if (fault.cell or "") not in placed],
    )


def table_of_template(content: bytes) -> ShownTable:
    """The CSV template, whose columns come in a fixed order: what for, who, scores, the rest."""
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=DELIMITER))
    headings = rows[0]
    fields = [*ABOUT, *LEARNER]
    fields += ["score"] * (len(headings) - len(fields) - len(LAST)) + list(LAST)
    return _table(headings, fields, rows[1:])


def table_of_form(form: Form) -> ShownTable:
    """The table as it was sent."""
    headings, fields = form.texts("ueberschrift"), form.texts("feld")
    lines = form.number("zeilen") or 0
    cells = [
        [form.text(cell_name(line, column)) for column in range(len(headings))]
        for line in range(lines)
    ]
    return _table(headings, fields, cells)


def as_csv(table: ShownTable) -> bytes:
    """The table as a file."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER)
    writer.writerow([column.heading for column in table.columns])
    writer.writerows(row.cells for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def cell_name(line: int, column: int) -> str:
    return f"z{line}s{column}"


def _table(
    headings: Sequence[str], fields: Sequence[str], rows: Sequence[Sequence[str]]
) -> ShownTable:
    """As the file that it becomes: the heading is its first row."""
    return ShownTable(
        columns=[
            ShownColumn(letter="", heading=heading, field=field)
            for heading, field in zip(headings, fields, strict=False)
        ],
        rows=[ShownRow(number=number, cells=list(row)) for number, row in enumerate(rows, start=2)],
    )


def _line(
    line: int, row: ShownRow, columns: Sequence[ShownColumn], said: Mapping[str, str]
) -> Line:
    cells = [
        Cell(
            name=cell_name(line, index),
            place=f"{column.letter}{row.number}",
            column=column,
            text=text,
            wrong=said.get(f"{column.letter}{row.number}", "") if column.letter else "",
        )
        for index, (column, text) in enumerate(zip(columns, row.cells, strict=True))
    ]
    who = next((cell.text for cell in cells if cell.column.field == "pseudonym"), "")
    return Line(number=row.number, who=who, cells=cells, wrong=said.get(str(row.number), ""))
