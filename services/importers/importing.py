"""Takes a file with classes and learners in, of whatever format: whole, or not at all."""

import zipfile
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from services.importers.enrolments import Enrolment, Upload
from services.importers.faults import Fault, Place, Unreadable
from services.importers.lists import read_list
from services.importers.oneroster import MANIFEST, read_oneroster
from services.importers.schild import DELIMITER, NAMES, read_schild
from services.importers.svws import GZIP, read_svws

MOST_FAULTS = 200
"""So many are listed; the rest is counted."""
START = 4096


class Importer(Protocol):
    """Reads one format, row by row. Raises Unreadable if nothing can be read, or nothing more."""

    def __call__(self, upload: Upload, /) -> Iterator[Enrolment | Fault]: ...


class Format(StrEnum):
    LIST = "list"
    SCHILD = "schild"
    SVWS = "svws"
    ONEROSTER = "oneroster"


IMPORTERS: Mapping[Format, Importer] = {
    Format.LIST: read_list,
    Format.SCHILD: read_schild,
    Format.SVWS: read_svws,
    Format.ONEROSTER: read_oneroster,
}


class ImportedClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class of the file with its learners' pseudonyms, in the file's order, each once.

    `programme` and `trade` are empty if the format has none.
    """

    name: str
    programme: str
    trade: str
    learners: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """Either classes or faults, never both."""

    classes: tuple[ImportedClass, ...] = ()
    faults: tuple[Fault, ...] = ()


def import_classes(upload: Upload, format_: Format | None = None) -> Imported:
    """The classes of a file, or every fault that keeps it out. Never raises for what it holds.

    Without `format_` it is recognised by its content.
    """
    gathering = _Gathering(upload)
    try:
        gathering.format = format_ or recognised(upload)
        for row in IMPORTERS[gathering.format](upload):
            gathering.add(row)
    except Unreadable as error:
        gathering.add(error.fault)
    return gathering.imported()


def recognised(upload: Upload) -> Format:
    """The format of a file by its content. Raises Unreadable if it is none of these."""
    upload.stream.seek(0)
    start = upload.stream.read(START)
    upload.stream.seek(0)
    if start.startswith(b"PK"):
        return _of_archive(upload)
    if start.startswith(GZIP) or start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return Format.SVWS
    heading = start.partition(b"\n")[0]
    if heading.count(DELIMITER.encode()) > max(heading.count(b";"), heading.count(b"\t")):
        return Format.SCHILD
    return Format.LIST


def _of_archive(upload: Upload) -> Format:
    try:
        with zipfile.ZipFile(upload.stream) as archive:
            names = {name.lower().rpartition("/")[2] for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        place = Place(file=upload.file)
        raise Unreadable(Fault(code="import.not-an-archive", place=place)) from error
    if MANIFEST in names:
        return Format.ONEROSTER
    if names & set(NAMES):
        return Format.SCHILD
    if names & {"workbook.xml", "content.xml"}:
        return Format.LIST
    raise Unreadable(Fault(code="import.format-unknown", place=Place(file=upload.file)))


class _Class(msgspec.Struct):
    place: Place
    programme: str
    trade: str
    learners: list[str]


class _Gathering:
    """Classes and faults as the rows come."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._classes: dict[str, _Class] = {}
        self._seen: dict[str, tuple[Place, str]] = {}
        self._faults: list[Fault] = []
        self._more = 0
        self.format = Format.LIST

    def add(self, row: Enrolment | Fault) -> None:
        if isinstance(row, Enrolment):
            self._add_class(row)
            self._add_learner(row)
        elif len(self._faults) < MOST_FAULTS:
            self._faults.append(row)
        else:
            self._more += 1

    def _add_class(self, row: Enrolment) -> None:
        this = self._classes.setdefault(
            row.class_name, _Class(row.place, row.programme, row.trade, [])
        )
        this.programme = this.programme or row.programme
        this.trade = this.trade or row.trade
        said = (row.programme or this.programme, row.trade or this.trade)
        if said != (this.programme, this.trade):
            self.add(_about("import.class-contradicts", row.place, this.place, row.class_name))

    def _add_learner(self, row: Enrolment) -> None:
        if not row.pseudonym:
            return
        place, name = self._seen.setdefault(row.pseudonym, (row.place, row.class_name))
        if place is row.place:
            self._classes[row.class_name].learners.append(row.pseudonym)
        elif self.format is Format.LIST or name != row.class_name:
            # Exports of whole schools repeat a learner for each part of the year.
            self.add(_about("import.learner-twice", row.place, place, name))

    def imported(self) -> Imported:
        if not self._classes and not self._faults:
            place, year = Place(file=self._upload.file), self._upload.school_year
            self.add(Fault(code="import.nothing", place=place, facts={"year": year}))
        if self._more:
            self._faults.append(Fault(code="import.more-faults", facts={"count": self._more}))
        if self._faults:
            return Imported(faults=tuple(self._faults))
        return Imported(
            classes=tuple(
                ImportedClass(
                    name=name,
                    programme=this.programme,
                    trade=this.trade,
                    learners=tuple(this.learners),
                )
                for name, this in self._classes.items()
            )
        )


def _about(code: str, place: Place, first: Place, name: str) -> Fault:
    return Fault(code=code, place=place, facts={"first": first.cell or first.path, "name": name})
