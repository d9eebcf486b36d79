"""Where in a table each column of a file of results is, found by the heading row."""

from collections.abc import Mapping

import msgspec

from domain.assessments.definition import Definition, Kind, Part
from services.importers.faults import Fault, Place
from services.importers.rows import Row as TableRow
from services.importers.rows import Table
from services.results_files.columns import Column, heading, known_headings, language_of, plain
from services.texts.language import Language


class PartColumns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a part; None where the table has none. A subtest's points are `exact`."""

    part: Part
    exact: int | None
    recognition: int | None
    omitted: int | None
    gaps: int | None

    @property
    def is_there(self) -> bool:
        """Whether its score can be read from the table."""
        return self.gaps is not None or None not in {self.exact, self.recognition}

    @property
    def all(self) -> tuple[int, ...]:
        every = (self.exact, self.recognition, self.omitted, self.gaps)
        return tuple(column for column in every if column is not None)


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """`fields`: the other columns by field. `headings` as they stand there."""

    pseudonym: int
    fields: Mapping[str, int]
    parts: tuple[PartColumns, ...]
    headings: tuple[str, ...]
    language: Language


def find_layout(
    table: Table, head: TableRow, definition: Definition
) -> tuple[Layout | None, list[Fault]]:
    """The layout, or what is wrong with the headings. Columns of no known heading are left out."""
    known = known_headings(definition)
    found: dict[Column, int] = {}
    faults: list[Fault] = []
    for index, text in enumerate(head.cells):
        column = known.get(plain(text))
        if column is None:
            continue
        if column in found:
            first = Place(row=head.number, column=found[column]).cell
            place = table.place(head.number, index)
            faults.append(
                Fault(code="results.column-twice", place=place, value=text, facts={"first": first})
            )
        found.setdefault(column, index)
    language = language_of(head.cells[index] for index in found.values())
    faults += _missing(table, head, definition, found, language)
    if faults:
        return None, faults
    return _layout(definition, found, head.cells, language), []


def _missing(
    table: Table,
    head: TableRow,
    definition: Definition,
    found: Mapping[Column, int],
    language: Language,
) -> list[Fault]:
    """Each counted part has its scores or, in a C-test, its gap patterns."""
    place = table.place(head.number)
    if Column("pseudonym") not in found:
        return [Fault(code="results.no-pseudonyms", place=place)]
    needed = ("points",) if definition.kind is Kind.SUBTESTS else ("exact", "recognition")
    return [
        Fault(
            code="results.column-missing",
            place=place,
            facts={"heading": heading(column, definition, language)},
        )
        for part in definition.counted
        if Column("gaps", part.key) not in found
        for column in (Column(field, part.key) for field in needed)
        if column not in found
    ]


def _layout(
    definition: Definition,
    found: Mapping[Column, int],
    headings: tuple[str, ...],
    language: Language,
) -> Layout:
    def at(field: str, part: Part) -> int | None:
        return found.get(Column(field, part.key))

    subtests = definition.kind is Kind.SUBTESTS
    parts = [
        PartColumns(
            part=part,
            exact=at("points" if subtests else "exact", part),
            recognition=at("points" if subtests else "recognition", part),
            omitted=None if subtests else at("omitted", part),
            gaps=None if subtests else at("gaps", part),
        )
        for part in definition.parts
    ]
    return Layout(
        pseudonym=found[Column("pseudonym")],
        fields={column.field: index for column, index in found.items() if not column.part},
        parts=tuple(columns for columns in parts if columns.is_there),
        headings=headings,
        language=language,
    )
