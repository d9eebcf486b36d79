"""Looks through an XLSX before it is read: is it small enough, and which cells are doubtful?

calamine lays a sheet out from its first cell to its last in one piece, and a single address far
away ends the process for want of memory. So addresses are checked here, in the text of the XML,
by the same rules by which calamine reads them.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from services.importers.faults import Fault, Place, Unreadable, column_number
from services.importers.rows import MOST_DOUBTS, Doubts, Limits

CHUNK = 1 << 20
SMALL = 1 << 22
"""The list of sheets and its relations are no larger."""

CELL = rb"<(?:[^\s<>/:]+:)?c[\s/>]"
CELLS = re.compile(CELL)
ROWS = re.compile(rb"<(?:[^\s<>/:]+:)?row[\s/>]")
ADDRESSES = re.compile(rb"""["'\s]r\s*=\s*["'][A-Za-z]""")
FAR = re.compile(rb"""["'\s]r\s*=\s*["'](?!(?:[A-Ca-c]?[A-Za-z])?0{0,3}(?:\d{1,5}|10\d{4})["'])""")
"""An address that is malformed or beyond column CZ or row 109,999."""
LOW = re.compile(rb"""["'\s]r\s*=\s*["'][A-Za-z]{0,2}0{0,3}(?:[2-9]\d{4}|1\d{5})["']""")
WIDE = re.compile(rb"""["'\s]r\s*=\s*["'](?:A[Y-Zy-z]|[B-Cb-c][A-Za-z])\d""", re.IGNORECASE)
"""Rows from 20,000 on and columns from AY on: not both in one sheet, which keeps it in bounds."""

VALUES = re.compile(rb"<(?:[^\s<>/:]+:)?v[^>]*>\s*(\d{1,8})\s*<")
STRINGS = re.compile(rb"<(?:[^\s<>/:]+:)?si[\s>]")
MOST_TEXT = 128 * 1024 * 1024
"""Bytes of text in all cells together: calamine copies a shared text into each of its cells."""

DOUBTFUL = re.compile(
    rb"""<(?:[^\s<>/:]+:)?c\s+([^>]*?)(?:(?P<error>t\s*=\s*["']e["'])[^>]*>|>\s*<(?:[^\s<>/:]+:)?f[\s/>])"""
)
ADDRESS = re.compile(rb"""(?:^|["'\s])r\s*=\s*["']([A-Za-z]{1,2})(\d{1,6})["']""")

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def inspect_xlsx(archive: zipfile.ZipFile, file: str, limits: Limits) -> dict[str, Doubts]:
    """The doubtful cells of each sheet, by row and column from 0: formulas, error values.

    Looks through every member, for whatever calamine may read. Raises Unreadable.
    """
    sheets = _members(archive, file)
    lengths = _shared_lengths(archive, file)
    doubts: dict[str, Doubts] = {}
    for member in archive.infolist():
        found = _Extent(file, limits, lengths)
        noted: Doubts = {}
        for piece in _pieces(archive, member, file):
            found.add(piece)
            _note_doubts(piece, noted, file)
        doubts.update(dict.fromkeys(sheets.get(member.filename, ()), noted))
    return doubts


class _Extent:
    """How far a sheet reaches, as its pieces come. Raises Unreadable if that is too far."""

    def __init__(self, file: str, limits: Limits, lengths: list[int]) -> None:
        self._file = file
        self._limits = limits
        self._lengths = lengths
        self._cells = self._rows = self._addresses = self._text = 0
        self._low = self._wide = False

    def add(self, piece: bytes) -> None:
        if FAR.search(piece):
            raise _too_large(self._file)
        self._low = self._low or LOW.search(piece) is not None
        self._wide = self._wide or WIDE.search(piece) is not None
        self._cells += len(CELLS.findall(piece))
        self._rows += len(ROWS.findall(piece))
        self._addresses += len(ADDRESSES.findall(piece))
        self._add_text(piece)
        without_address = self._addresses < self._cells
        if (
            (self._low and self._wide)
            or self._cells > self._limits.cells
            or self._text > MOST_TEXT
            or (without_address and self._cells * self._rows > self._limits.cells)
        ):
            raise _too_large(self._file)

    def _add_text(self, piece: bytes) -> None:
        """Count each number as if it were that of a shared text: never too few."""
        count = len(self._lengths)
        if count and max(self._lengths) * self._limits.cells > MOST_TEXT:
            numbers = map(int, VALUES.findall(piece))
            self._text += sum(self._lengths[number] for number in numbers if number < count)


def _note_doubts(piece: bytes, doubts: Doubts, file: str) -> None:
    for found in DOUBTFUL.finditer(piece):
        address = ADDRESS.search(found[0])
        if address is not None:
            row, column = int(address[2]) - 1, column_number(address[1].decode())
            code = "table.cell-error" if found["error"] else "table.formula"
            doubts.setdefault(row, {})[column] = code
    if len(doubts) * 4 > MOST_DOUBTS and sum(map(len, doubts.values())) > MOST_DOUBTS:
        raise _too_large(file)


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    """The content in pieces that end before a cell, so that none is cut in two."""
    rest = b""
    with archive.open(member) as content:
        while read := content.read(CHUNK):
            whole = rest + read
            cut = max(whole.rfind(b"<c "), whole.rfind(b"<c>"), whole.rfind(b":c "))
            cut = cut if whole[cut : cut + 1] == b"<" else whole.rfind(b"<", 0, max(cut, 0))
            if cut <= 0:
                cut = max(len(whole) - 64, 0)
            yield whole[:cut]
            rest = whole[cut:]
            if len(rest) > CHUNK:
                raise _too_large(file)
    yield rest


def _shared_lengths(archive: zipfile.ZipFile, file: str) -> list[int]:
    """An upper bound of the bytes of each shared text."""
    name = next((n for n in archive.namelist() if n.lower().endswith("sharedstrings.xml")), None)
    if name is None:
        return []
    if archive.getinfo(name).file_size > MOST_TEXT // 2:
        raise _too_large(file)
    starts = [found.start() for found in STRINGS.finditer(archive.read(name))]
    ends = [*starts[1:], archive.getinfo(name).file_size]
    return [end - start for start, end in zip(starts, ends, strict=False)]


def _members(archive: zipfile.ZipFile, file: str) -> dict[str, list[str]]:
    """The names of the sheets by that of the member they are in."""
    book = _small_xml(archive, "xl/workbook.xml", file)
    relations = _small_xml(archive, "xl/_rels/workbook.xml.rels", file)
    targets = {e.get("Id", ""): e.get("Target", "") for e in relations.iter()}
    members: dict[str, list[str]] = {}
    for sheet in (element for element in book.iter() if _is(element, "sheet")):
        target = posixpath.join("/xl", targets.get(sheet.get(RELATION, ""), ""))
        member = posixpath.normpath(target).lstrip("/")
        members.setdefault(member, []).append(sheet.get("name", ""))
    return members


def _small_xml(archive: zipfile.ZipFile, name: str, file: str) -> ET.Element:
    damaged = Unreadable(Fault(code="table.not-a-workbook", place=Place(file=file)))
    try:
        content = archive.read(name)
        if len(content) > SMALL or b"<!DOCTYPE" in content:
            raise damaged
        return ET.fromstring(content)  # noqa: S314 - small, and without a document type
    except (KeyError, ET.ParseError) as error:
        raise damaged from error


def _is(element: ET.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _too_large(file: str) -> Unreadable:
    return Unreadable(Fault(code="table.too-large", place=Place(file=file)))
