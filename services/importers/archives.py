"""Archives (XLSX, ODS, OneRoster are zip files), opened only if they cannot exhaust the machine."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from services.importers.faults import Fault, Place, Unreadable
from services.importers.rows import Limits

ENCRYPTED = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    UnicodeError,
)
"""What the standard library raises for damaged archives and for those it cannot read."""


@contextmanager
def open_archive(
    stream: BinaryIO, file: str, limits: Limits, code: str = "table.not-a-workbook"
) -> Iterator[zipfile.ZipFile]:
    """A zip file whose members are few, small enough, plainly compressed, each name once.

    Whatever is wrong with it, also while it is read, is raised as Unreadable with `code`. Sizes
    are those it declares: reading stops there, and what is longer fails its checksum.
    """
    place = Place(file=file)
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            _check(archive, place, limits, code)
            yield archive
    except BROKEN as error:
        raise Unreadable(Fault(code=code, place=place)) from error


def _check(archive: zipfile.ZipFile, place: Place, limits: Limits, code: str) -> None:
    members = archive.infolist()
    if len(members) > limits.members or sum(m.file_size for m in members) > limits.unpacked:
        raise Unreadable(Fault(code="table.too-large", place=place))
    is_plain = all(
        member.compress_type in METHODS and not member.flag_bits & ENCRYPTED for member in members
    )
    if not is_plain or len({member.filename for member in members}) < len(members):
        raise Unreadable(Fault(code=code, place=place))
