"""Looks through an ODS before it is read: is it small enough, and which cells are doubtful?

A cell or a row may be repeated a million times by a number beside it, and calamine lays all of
them out.
"""

import zipfile
from xml.parsers import expat

from services.importers.faults import Fault, Place, Unreadable
from services.importers.rows import MOST_DOUBTS, Doubts, Limits

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
CHUNK = 1 << 20
FARTHEST = 1 << 40
LAST_ROW = 110_000
"""As in an XLSX: what may come above and between the rows that are allowed is little."""


def inspect_ods(archive: zipfile.ZipFile, file: str, limits: Limits) -> dict[str, Doubts]:
    """The doubtful cells of each sheet, by row and column from 0: formulas, merged cells.

    Raises Unreadable.
    """
    look = _Look(file, limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.StartDoctypeDeclHandler = look.refuse
    try:
        with archive.open("content.xml") as content:
            while piece := content.read(CHUNK):
                parser.Parse(piece, False)  # noqa: FBT003 - expat names no arguments
            parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise Unreadable(Fault(code="table.not-a-workbook", place=Place(file=file))) from error
    return look.doubts


class _Look:
    """Follows rows and columns as the elements come, with all their repetitions."""

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._row = self._repeated = self._column = 0
        self._filled = self._widest = 0
        self._noted = 0
        self._here: dict[int, str] = {}
        self._cell = (0, 1)
        self._sheet: Doubts = {}
        self.doubts: dict[str, Doubts] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not name.startswith(TABLE):
            if name == TEXT + "p":
                self._fill()
            return
        match name.removeprefix(TABLE):
            case "table":
                self._sheet = self.doubts.setdefault(attributes.get(TABLE + "name", ""), {})
                self._row = self._widest = 0
            case "table-row":
                self._repeated = _number(attributes.get(TABLE + "number-rows-repeated"))
                self._column = self._filled = 0
                self._here = {}
            case "table-cell" | "covered-table-cell":
                self._start_cell(name, attributes)
            case _:
                pass

    def _start_cell(self, name: str, attributes: dict[str, str]) -> None:
        repeated = _number(attributes.get(TABLE + "number-columns-repeated"))
        self._cell = (self._column, repeated)
        if OFFICE + "value-type" in attributes:
            self._fill()
        if TABLE + "formula" in attributes:
            self._doubt("table.formula")
        elif name.endswith("covered-table-cell"):
            self._doubt("table.merged")
        self._column += repeated

    def _fill(self) -> None:
        column, repeated = self._cell
        self._filled = max(self._filled, column + repeated)
        if self._filled > self._limits.columns:
            raise self._too_large()

    def _doubt(self, code: str) -> None:
        column, repeated = self._cell
        for c in range(column, min(column + repeated, self._limits.columns)):
            self._here[c] = code

    def end(self, name: str) -> None:
        if name != TABLE + "table-row":
            return
        if self._filled:
            self._check_row()
        if self._here:
            self._note_doubts()
        self._row += self._repeated

    def _check_row(self) -> None:
        """Only rows with content count: empty ones below are repeated a million times by all."""
        self._widest = max(self._widest, self._filled)
        last = self._row + self._repeated
        if last > LAST_ROW or last * self._widest > self._limits.cells:
            raise self._too_large()

    def _note_doubts(self) -> None:
        rows = range(self._row, self._row + min(self._repeated, self._limits.rows))
        self._noted += len(rows) * len(self._here)
        if self._noted > MOST_DOUBTS:
            raise self._too_large()
        self._sheet.update(dict.fromkeys(rows, self._here))

    def refuse(self, *_: object) -> None:
        """A document type could define entities that grow without bounds."""
        raise Unreadable(Fault(code="table.not-a-workbook", place=Place(file=self._file)))

    def _too_large(self) -> Unreadable:
        return Unreadable(Fault(code="table.too-large", place=Place(file=self._file)))


def _number(repeated: str | None) -> int:
    if repeated is None:
        return 1
    return (
        int(repeated) if repeated.isdecimal() and len(repeated) < len(str(FARTHEST)) else FARTHEST
    )
