"""Reads the results of a class from a file or from pasted text: all of it, or what is wrong."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import BinaryIO

import msgspec

from domain.assessments.commands_class import Row
from domain.assessments.definition import Definition
from domain.assessments.results import Result
from services.importers.faults import Fault, Place, Unreadable
from services.importers.rows import Limits, Table
from services.importers.rows import Row as TableRow
from services.importers.tables import headed, pasted_table, read_table
from services.results_files.about import STAMP_SHEET, About
from services.results_files.columns import heading, template_columns
from services.results_files.guard import unguarded
from services.results_files.layout import Layout, find_layout
from services.results_files.line import Line
from services.results_files.rows import RowReader
from services.results_files.stamps import other_file
from services.results_files.values import pseudonym_fault, pseudonym_in
from services.texts.catalogue import InBoth

MOST_ROWS = 5_000
MOST_FAULTS = 200
WORKBOOK = b"PK"


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a file has to fit.

    `learners` are the pseudonyms in the class. Others are faults, or new if `enrols`.
    `college_number` names the college too. `accommodations`: labels by key.
    """

    about: About
    definition: Definition
    learners: frozenset[str]
    today: date
    accommodations: Mapping[str, InBoth] = {}
    enrols: bool = False
    college_number: str = ""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the file: with faults, there are no rows.

    `new` are pseudonyms that were not in the class, `open` those with nothing entered yet.
    """

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    new: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def read_results(stream: BinaryIO, file: str, expected: Expected) -> Reading:
    """The results in an XLSX, ODS or CSV file, whatever its name says. `stream` can seek."""
    try:
        stream.seek(0)
        if stream.read(len(WORKBOOK)) == WORKBOOK:
            faults = other_file(_stamp(stream, file), expected.about, expected.college_number)
            if faults:
                return Reading(faults=tuple(faults))
        return _read(read_table(stream, file, limits=LIMITS), expected)
    except Unreadable as error:
        return Reading(faults=(error.fault,))


def read_pasted(text: str, expected: Expected) -> Reading:
    """The results in text that was copied from a spreadsheet, with or without its headings.

    Without headings, the columns are taken to be in the template's order.
    """
    try:
        return _read(with_headings(pasted_table(text, limits=LIMITS), expected), expected)
    except Unreadable as error:
        return Reading(faults=(error.fault,))


LIMITS = Limits(rows=MOST_ROWS)


def _stamp(stream: BinaryIO, file: str) -> dict[str, tuple[str, Place]]:
    """What the hidden sheet says; nothing if there is none, as in a sheet made by hand."""
    try:
        table = read_table(stream, file, sheet=STAMP_SHEET, limits=LIMITS)
    except Unreadable as error:
        if error.fault.code == "table.sheet-unknown":
            return {}
        raise
    return {row.cell(0): (row.cell(1), table.place(row.number, 1)) for row in table.rows}


def with_headings(table: Table, expected: Expected) -> Table:
    """The table of pasted text, with the template's headings if it begins with a learner's row."""
    rows = iter(table.rows)
    first = next((row for row in rows if not row.is_empty), None)
    if first is None:
        return table
    before = [first]
    if {unguarded(first.cell(0)), pseudonym_in(first.cell(0))} & expected.learners:
        plain = template_columns(expected.definition, gaps=False)
        gaps = len(first.cells) > len(plain)
        columns = template_columns(expected.definition, gaps=True) if gaps else plain
        headings = tuple(heading(column, expected.definition, "de") for column in columns)
        before = [TableRow(0, headings), first]
    return Table(table.file, table.sheet, chain(before, rows))


def _read(table: Table, expected: Expected) -> Reading:
    head, rows = headed(table)
    layout, faults = find_layout(table, head, expected.definition)
    if layout is None:
        return Reading(faults=tuple(faults))
    return _Reader(table, layout, expected).read(rows)


class _Reader:
    """Collects what is in the rows of one class."""

    def __init__(self, table: Table, layout: Layout, expected: Expected) -> None:
        self._table = table
        self._layout = layout
        self._expected = expected
        self._rows = RowReader(
            table, layout, expected.definition, expected.accommodations, expected.today
        )
        self._faults: list[Fault] = []
        self._of_other_files: dict[str, Fault] = {}
        self._places: dict[str, int] = {}
        """The row of each pseudonym."""
        self._results: dict[str, Result] = {}
        self._open: list[str] = []

    def read(self, rows: Iterable[TableRow | Fault]) -> Reading:
        for row in rows:
            if isinstance(row, Fault):
                self._faults.append(row)
            else:
                self._take(row)
            if len(self._faults) >= MOST_FAULTS:
                more = Fault(code="results.more-faults", facts={"limit": MOST_FAULTS})
                self._faults[MOST_FAULTS:] = [more]
                break
        if self._of_other_files:
            return Reading(faults=tuple(self._of_other_files.values()))
        if not self._faults and not self._results:
            self._faults.append(Fault(code="results.no-rows", place=self._table.place()))
        if self._faults:
            return Reading(faults=tuple(self._faults))
        return Reading(
            rows=tuple(Row(pseudonym=who, result=r) for who, r in self._results.items()),
            new=tuple(who for who in self._results if who not in self._expected.learners),
            open=tuple(self._open),
        )

    def _take(self, row: TableRow) -> None:
        line = self._rows.line(row, self._faults)
        self._compare_stamp(row)
        pseudonym = self._who(line.cells[self._layout.pseudonym])
        result = self._rows.read(line, self._expected.about.school_year)
        if result is None and line.is_right:
            if pseudonym in self._expected.learners:
                self._open.append(pseudonym)
            return
        if self._is_named(line, pseudonym) and result is not None:
            self._results[pseudonym] = result

    def _who(self, text: str) -> str:
        """As the class has it; a college's own pseudonyms may look like others mistyped."""
        plain = unguarded(text)
        return plain if plain in self._expected.learners else pseudonym_in(text)

    def _is_named(self, line: Line, pseudonym: str) -> bool:
        """Whether the row is that of one learner, and the only one."""
        column = self._layout.pseudonym
        expected = self._expected
        if not pseudonym:
            line.fault("results.pseudonym-missing", column)
        elif pseudonym in self._places:
            line.fault(
                "results.pseudonym-twice", column, first=line.cell(column, self._places[pseudonym])
            )
        elif pseudonym not in expected.learners and not expected.enrols:
            line.fault("results.pseudonym-unknown", column)
        elif pseudonym not in expected.learners and (code := pseudonym_fault(pseudonym)):
            line.fault(code, column)
        self._places.setdefault(pseudonym, line.number)
        return line.is_right

    def _compare_stamp(self, row: TableRow) -> None:
        """Each row of a CSV file says what it belongs to; what is wrong is said once."""
        stamp = {
            field: (row.cell(column), self._table.place(row.number, column))
            for field, column in self._layout.fields.items()
        }
        for fault in other_file(stamp, self._expected.about, self._expected.college_number):
            self._of_other_files.setdefault(fault.code, fault)
