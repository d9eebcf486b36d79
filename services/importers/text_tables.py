"""Tables in text: CSV of any usual delimiter and encoding, and what is pasted from a sheet."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO

from services.importers.faults import Fault, Place, Unreadable
from services.importers.rows import LIMITS, Limits, Row, Table

CHUNK = 1 << 20
LONGEST_LINE = 1 << 20
LINES_OF_A_ROW = 1_000
"""A quotation mark that is never closed would otherwise make one row of the whole file."""

DELIMITERS = ";\t,|"
HEAD = 1 << 16
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CONTROL_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
TWICE = re.compile(rb"\xc3\x83\xc2[\x80-\xbf]|\xef\xbf\xbd")
"""UTF-8 that was taken for cp1252 and encoded again (`MÃ¼ller`), and U+FFFD."""
MULTIBYTE = re.compile(rb"\xc3[\x80-\xbf]")
"""A German or French letter in UTF-8; as cp1252 it would be `Ã` before a sign, in no name."""
NEWLINE = b"\n"


def read_text(stream: BinaryIO, file: str, limits: Limits = LIMITS) -> Table:
    """The table in a text file, with its encoding and delimiter found out. Raises Unreadable."""
    encoding = text_encoding(stream, file)
    stream.seek(0)
    head = stream.read(HEAD).decode(encoding, errors="ignore")
    return Table(file, "", _rows_of(stream, file, encoding, _delimiter(head), limits))


def read_delimited(
    stream: BinaryIO, file: str, delimiter: str, limits: Limits = LIMITS, *, quotes: bool = True
) -> Table:
    """The same with a known delimiter; without `quotes`, quotation marks are ordinary letters."""
    encoding = text_encoding(stream, file)
    return Table(file, "", _rows_of(stream, file, encoding, delimiter, limits, quotes=quotes))


def pasted_text(text: str, limits: Limits = LIMITS) -> Table:
    """The table in a pasted text. Raises Unreadable."""
    found = CONTROL_TEXT.search(text)
    if found is not None:
        row = text.count("\n", 0, found.start()) + 1
        raise Unreadable(Fault(code="text.control-character", place=Place(row=row)))
    lines = io.StringIO(text, newline="")
    return Table("", "", _records(lines, "", _delimiter(text[:HEAD]), limits))


def text_encoding(stream: BinaryIO, file: str) -> str:
    """`utf-8-sig`, `utf-16` or `cp1252`, whichever fits the whole file.

    Reads it once, in pieces. Raises Unreadable if none fits, or if control characters, wrongly
    converted letters or endless lines show that it is no text or a damaged one.
    """
    stream.seek(0)
    start = stream.read(2)
    stream.seek(0)
    if start in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return _checked_utf16(stream, file)
    return _checked_bytes(stream, file)


def _checked_utf16(stream: BinaryIO, file: str) -> str:
    decoder = codecs.getincrementaldecoder("utf-16")()
    line, width = 1, 0
    while True:
        piece = stream.read(CHUNK)
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            raise _unreadable("text.encoding", file, line) from error
        found = CONTROL_TEXT.search(text)
        if found is not None:
            row = line + text.count("\n", 0, found.start())
            raise _unreadable("text.control-character", file, row)
        line += text.count("\n")
        width = len(text) - text.rfind("\n") - 1 if "\n" in text else width + len(text)
        if width > LONGEST_LINE:
            raise _unreadable("text.line-too-long", file, line)
        if not piece:
            return "utf-16"


def _checked_bytes(stream: BinaryIO, file: str) -> str:
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    lines, width = 0, 0
    other = multibyte = 0
    """The lines of the first byte that is not UTF-8, and of the first that surely is."""
    while piece := stream.read(CHUNK):
        _refuse_damage(piece, file, lines)
        if not multibyte and (found := MULTIBYTE.search(piece)):
            multibyte = lines + piece.count(NEWLINE, 0, found.start()) + 1
        if is_utf8:
            try:
                utf8.decode(piece)
            except UnicodeDecodeError as error:
                is_utf8 = False
                other = lines + bytes(error.object).count(NEWLINE, 0, error.start) + 1
        width = len(piece) - piece.rfind(NEWLINE) - 1 if NEWLINE in piece else width + len(piece)
        lines += piece.count(NEWLINE)
        if width > LONGEST_LINE:
            raise _unreadable("text.line-too-long", file, lines + 1)
    if is_utf8 and not utf8.getstate()[0]:
        return "utf-8-sig"
    if multibyte:
        raise _unreadable("text.garbled", file, other or lines + 1)
    _check_cp1252(stream, file)
    return "cp1252"


def _refuse_damage(piece: bytes, file: str, lines: int) -> None:
    for pattern, code in ((CONTROL, "text.control-character"), (TWICE, "text.garbled")):
        found = pattern.search(piece)
        if found is not None:
            raise _unreadable(code, file, lines + piece.count(NEWLINE, 0, found.start()) + 1)


def _check_cp1252(stream: BinaryIO, file: str) -> None:
    """Five bytes mean nothing in cp1252; a DOS code page has `ü` at one of them."""
    stream.seek(0)
    lines = 1
    while piece := stream.read(CHUNK):
        try:
            piece.decode("cp1252")
        except UnicodeDecodeError as error:
            row = lines + piece.count(NEWLINE, 0, error.start)
            raise _unreadable("text.encoding", file, row) from error
        lines += piece.count(NEWLINE)


def _delimiter(head: str) -> str:
    """The one that is most often in the first line, outside quotation marks."""
    for line in head.splitlines():
        if line.lower().startswith("sep=") and len(line) == len("sep=;"):
            return line[-1]
        if line.strip():
            bare = re.sub(r'"[^"]*"', "", line)
            return max(DELIMITERS, key=bare.count)
    return DELIMITERS[0]


def _rows_of(
    stream: BinaryIO,
    file: str,
    encoding: str,
    delimiter: str,
    limits: Limits,
    *,
    quotes: bool = True,
) -> Iterator[Row]:
    stream.seek(0)
    lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield from _records(lines, file, delimiter, limits, quotes=quotes)
    finally:
        with suppress(ValueError):  # rows given up half-way, and the stream closed before
            lines.detach()  # it would close the stream with itself


def _records(
    lines: Iterable[str], file: str, delimiter: str, limits: Limits, *, quotes: bool = True
) -> Iterator[Row]:
    watched = _Watched(lines, file)
    quoting = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    reader = csv.reader(watched, delimiter=delimiter, strict=True, quoting=quoting)
    number = 0
    while True:
        number += 1
        watched.since = 0
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise _unreadable("text.quotes", file, number) from error
        if record is None:
            return
        if number == 1 and record and record[0].lower() == "sep=":
            continue
        _check_size(record, number, file, limits)
        yield Row(number, tuple([cell.strip() for cell in record]))


class _Watched:
    """Lines for a reader that takes as many as a row has, though never without end."""

    def __init__(self, lines: Iterable[str], file: str) -> None:
        self._lines = iter(lines)
        self._file = file
        self._line = 0
        self.since = 0
        """How many lines the present row has so far."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self._line += 1
        self.since += 1
        if self.since > LINES_OF_A_ROW:
            raise _unreadable("text.quotes", self._file, self._line - LINES_OF_A_ROW)
        return next(self._lines)


def _check_size(record: list[str], number: int, file: str, limits: Limits) -> None:
    if len(record) > limits.columns:
        place = Place(file=file, row=number)
        raise Unreadable(
            Fault(code="table.too-many-columns", place=place, facts={"limit": limits.columns})
        )
    if record and max(map(len, record)) > limits.cell:
        column = next(c for c, cell in enumerate(record) if len(cell) > limits.cell)
        place = Place(file=file, row=number, column=column)
        raise Unreadable(
            Fault(code="table.cell-too-long", place=place, facts={"limit": limits.cell})
        )


def _unreadable(code: str, file: str, row: int) -> Unreadable:
    return Unreadable(Fault(code=code, place=Place(file=file, row=row)))
