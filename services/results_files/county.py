"""Reads one file with the results of many classes, class by class, however long the file is.

Whoever applies it reads it twice: `check_county` first, so that nothing is half-imported.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import BinaryIO

import msgspec

from domain.assessments.commands_class import Row
from domain.assessments.definition import Definition
from domain.assessments.results import Result
from services.importers.faults import Fault, Unreadable
from services.importers.rows import Limits, Table
from services.importers.rows import Row as TableRow
from services.importers.tables import headed, read_table
from services.results_files.columns import Column, heading
from services.results_files.layout import Layout, find_layout
from services.results_files.line import Line
from services.results_files.rows import RowReader
from services.results_files.values import pseudonym_fault, pseudonym_in, school_year_of
from services.texts.catalogue import InBoth

MOST_ROWS = 1_000_000
MOST_FAULTS = 200
LONGEST_NAME = 40
CLASS_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,40}")
CLASS_FIELDS = ("college", "school_year", "training_class")


class CountyExpected(msgspec.Struct, frozen=True, kw_only=True):
    """What the file has to fit: one round. `colleges`: the keys by school number, and by key."""

    definition: Definition
    school_year: str
    colleges: Mapping[str, str]
    today: date
    accommodations: Mapping[str, InBoth] = {}


class ClassRows(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of a class; `college` is its key."""

    college: str
    school_year: str
    training_class: str
    rows: tuple[Row, ...]


class CountyCheck(msgspec.Struct, frozen=True, kw_only=True):
    """How much is in the file, or what is wrong with it."""

    classes: int
    rows: int
    faults: tuple[Fault, ...]


def check_county(stream: BinaryIO, file: str, expected: CountyExpected) -> CountyCheck:
    """Read all of it and keep nothing but the faults."""
    classes, rows, faults = 0, 0, list[Fault]()
    for found in read_county(stream, file, expected):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            classes, rows = classes + 1, rows + len(found.rows)
    return CountyCheck(classes=classes, rows=rows, faults=tuple(faults))


def read_county(
    stream: BinaryIO, file: str, expected: CountyExpected
) -> Iterator[ClassRows | Fault]:
    """The classes in the order of the file, and each fault in its place.

    The rows of a class stand together. After a fault, only faults follow. In memory is one class,
    and the names of those that were read. `stream` can seek and stays open.
    """
    try:
        table = read_table(stream, file, limits=Limits(rows=MOST_ROWS))
        head, rows = headed(table, Limits(rows=MOST_ROWS))
        layout, faults = find_layout(table, head, expected.definition)
        faults += [] if layout is None else _missing(table, head, layout, expected.definition)
        yield from faults
        if layout is not None and not faults:
            yield from _limited(_CountyReader(table, layout, expected).read(rows))
    except Unreadable as error:
        yield error.fault


def _missing(table: Table, head: TableRow, layout: Layout, definition: Definition) -> list[Fault]:
    return [
        Fault(
            code="results.column-missing",
            place=table.place(head.number),
            facts={"heading": heading(Column(field), definition, layout.language)},
        )
        for field in CLASS_FIELDS
        if field not in layout.fields
    ]


def _limited(found: Iterator[ClassRows | Fault]) -> Iterator[ClassRows | Fault]:
    """Stop where there are too many faults."""
    faults = 0
    for each in found:
        faults += isinstance(each, Fault)
        if faults > MOST_FAULTS:
            yield Fault(code="results.more-faults", facts={"limit": MOST_FAULTS})
            return
        yield each


class _CountyReader:
    """Gathers rows until another class begins."""

    def __init__(self, table: Table, layout: Layout, expected: CountyExpected) -> None:
        self._expected = expected
        self._pseudonym = layout.pseudonym
        self._college, self._year, self._class = (layout.fields[field] for field in CLASS_FIELDS)
        self._rows = RowReader(
            table, layout, expected.definition, expected.accommodations, expected.today
        )
        self._faults: list[Fault] = []
        self._seen: set[tuple[str, str]] = set()
        self._now: tuple[str, str, str] | None = None
        """College, school year and class as the present rows have them."""
        self._key: tuple[str, str] | None = None
        self._results: dict[str, Result] = {}
        self._places: dict[str, int] = {}
        self._is_right = True

    def read(self, rows: Iterable[TableRow | Fault]) -> Iterator[ClassRows | Fault]:
        for row in rows:
            if isinstance(row, Fault):
                self._is_right = False
                yield row
                continue
            line = self._rows.line(row, self._faults)
            cells = line.cells
            names = (cells[self._college], cells[self._year], cells[self._class])
            if names != self._now:
                yield from self._finished()
                self._begin(line, names)
            self._take(line)
            if self._faults:
                self._is_right = False
                yield from self._faults
                self._faults.clear()
        yield from self._finished()

    def _finished(self) -> Iterator[ClassRows]:
        if self._is_right and self._key is not None and self._results:
            college, name = self._key
            yield ClassRows(
                college=college,
                school_year=self._expected.school_year,
                training_class=name,
                rows=tuple(Row(pseudonym=who, result=r) for who, r in self._results.items()),
            )

    def _begin(self, line: Line, names: tuple[str, str, str]) -> None:
        """Another class. Its fault is reported at its first row, not at each."""
        college, year, name = names
        key = self._expected.colleges.get(college)
        if key is None:
            code = "results.college-unknown" if college else "results.college-missing"
            line.fault(code, self._college)
        if school_year_of(year) != self._expected.school_year:
            expected = self._expected.school_year
            line.fault("results.other-school-year", self._year, given=year, expected=expected)
        if not CLASS_NAME.fullmatch(name):
            code = "results.class-malformed" if name else "results.class-missing"
            line.fault(code, self._class, limit=LONGEST_NAME)
        elif key is not None and (key, name) in self._seen:
            line.fault("results.class-apart", self._class)
        self._key = None if key is None else (key, name)
        if self._key is not None:
            self._seen.add(self._key)
        self._now, self._results, self._places = names, {}, {}

    def _take(self, line: Line) -> None:
        result = self._rows.read(line, self._expected.school_year)
        if result is None and line.is_right:
            return
        column = self._pseudonym
        pseudonym = pseudonym_in(line.cells[column])
        if pseudonym in self._places:
            line.fault(
                "results.pseudonym-twice", column, first=line.cell(column, self._places[pseudonym])
            )
        elif not pseudonym:
            line.fault("results.pseudonym-missing", column)
        elif code := pseudonym_fault(pseudonym):
            line.fault(code, column)
        self._places.setdefault(pseudonym, line.number)
        if result is not None:
            self._results[pseudonym] = result
