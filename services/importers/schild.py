"""Files of SchILD-NRW's text interface, one by one or together in a zip.

Read are `Klassen.dat`, `SchuelerBasisdaten.dat` and `SchuelerLernabschnittsdaten.dat`. Fields are
separated by `|`, without quotation marks; the first line has the headings; days are `21.01.2008`;
the encoding is cp1252 or UTF-8. A class goes by its internal name; its programme and trade are
those of Klassen.dat or of its learners.
Source: https://wiki.svws.nrw.de/mediawiki/index.php?title=Schnittstellenbeschreibung
"""

import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from services.importers.archives import open_archive
from services.importers.enrolments import Enrolment, Upload, school_year_of
from services.importers.faults import Fault, Place, Unreadable
from services.importers.lists import read_row
from services.importers.mapping import columns_of
from services.importers.rows import Row
from services.importers.tables import headed
from services.importers.text_tables import read_delimited

DELIMITER = "|"
OF_CLASSES = {
    "class": "InternBez",
    "programme": "Gliederung",
    "trade": "Fachklasse",
}
OF_LEARNERS = {
    "class": "Klasse",
    "programme": "Schulgliederung",
    "trade": "Fachklasse",
    "surname": "Nachname",
    "given_name": "Vorname",
    "born": "Geburtsdatum",
}
YEAR = "Jahr"
STATUS = "Status"
PRESENT = frozenset({"", "0", "2", "3"})
"""Admitted, active, on leave; others wait, are external or have left (SVWS, SchuelerStatus)."""
NO_TRADE = frozenset({"", "***"})

NAMES = ("klassen.dat", "schuelerbasisdaten.dat", "schuelerlernabschnittsdaten.dat")


def read_schild(upload: Upload) -> Iterator[Enrolment | Fault]:
    """The classes and learners of one file, or of the files in a zip. Raises Unreadable."""
    upload.stream.seek(0)
    if upload.stream.read(2) != b"PK":
        yield from _read_file(upload.stream, upload.file, upload)
        return
    code = "import.not-an-archive"
    with open_archive(upload.stream, upload.file, upload.limits, code) as archive:
        members = [n for n in archive.namelist() if n.lower().rpartition("/")[2] in NAMES]
        if not members:
            missing = Fault(
                code="import.member-missing", place=Place(file=upload.file), value="Klassen.dat"
            )
            raise Unreadable(missing)
        for member in sorted(members):
            yield from _read_file(io.BytesIO(archive.read(member)), member, upload)


def _read_file(stream: BinaryIO, file: str, upload: Upload) -> Iterator[Enrolment | Fault]:
    table = read_delimited(stream, file, DELIMITER, upload.limits, quotes=False)
    heading, rows = headed(table, upload.limits)
    wanted = OF_CLASSES if OF_CLASSES["class"] in heading.cells else OF_LEARNERS
    columns = columns_of(table, _last_year_only(heading), wanted)
    year, status = _find(heading, YEAR), _find(heading, STATUS)
    for row in rows:
        if isinstance(row, Fault):
            yield row
            continue
        is_here = status is None or row.cell(status) in PRESENT
        if is_here and _is_of_year(row, year, upload):
            yield from read_row(row, table, _present(row, columns), upload)


def _last_year_only(heading: Row) -> Row:
    """Headings as they are; the year may stand twice in a file, and is not looked for by name."""
    cells = tuple("" if cell == YEAR else cell for cell in heading.cells)
    return msgspec.structs.replace(heading, cells=cells)


def _find(heading: Row, name: str) -> int | None:
    return heading.cells.index(name) if name in heading.cells else None


def _is_of_year(row: Row, year: int | None, upload: Upload) -> bool:
    """Files of whole schools have other years as well; an empty one is the present year."""
    said = "" if year is None else row.cell(year)
    return not said or school_year_of(said) == upload.school_year


def _present(row: Row, columns: Mapping[str, int]) -> Mapping[str, int]:
    """Without the trade where there is none, as in classes that prepare for training."""
    if row.cell(columns["trade"]) not in NO_TRADE:
        return columns
    return {field: column for field, column in columns.items() if field != "trade"}
