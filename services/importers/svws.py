"""The export for learning platforms, version 1, of the school administration's server (SVWS).

JSON, also compressed with gzip. It carries the learners' passwords: the types here have no field
for them, so decoding skips them, and no object ever holds one. It has no programmes and trades.
Source: SVWS-Server, de.svws_nrw.core.data.lernplattform.v1 (BSD-3).
"""

import gzip
import re
import zlib
from collections.abc import Iterator

import msgspec

from services.importers.enrolments import Enrolment, Said, Upload, checked
from services.importers.faults import Fault, Place, Unreadable

GZIP = b"\x1f\x8b"
LARGEST = 64 * 1024 * 1024
PRESENT = frozenset({0, 2, 3})
"""Admitted, active, on leave (SVWS, SchuelerStatus)."""
PATH = re.compile(r" - at `\$([^`]*)`$")


class _Class(msgspec.Struct, frozen=True):
    id: int
    kuerzel: str | None = None
    kuerzelAnzeige: str | None = None  # noqa: N815 - the export's own name

    @property
    def name(self) -> str:
        return (self.kuerzelAnzeige or self.kuerzel or "").strip()


class _Learner(msgspec.Struct, frozen=True):
    id: int
    idKlasse: int  # noqa: N815 - the export's own name
    nachname: str | None = None
    vorname: str | None = None
    geburtsdatum: str | None = None
    status: int = 2

    def __repr__(self) -> str:
        return f"_Learner({self.id})"


class _Export(msgspec.Struct, frozen=True):
    schuljahr: int
    klassen: tuple[_Class, ...]
    schueler: tuple[_Learner, ...]

    def __repr__(self) -> str:
        return f"_Export({self.schuljahr})"


def read_svws(upload: Upload) -> Iterator[Enrolment | Fault]:
    """All classes, then the learners who are present. Raises Unreadable."""
    export = decoded(_content(upload), upload.file)
    year = str(export.schuljahr)
    names = {found.id: found.name for found in export.klassen}
    for number, found in enumerate(export.klassen):
        fields = {"class": found.name, "school_year": year}
        yield from _checked(fields, f"/klassen/{number}", upload)
    for number, learner in enumerate(export.schueler):
        path = f"/schueler/{number}"
        if learner.status not in PRESENT:
            continue
        if learner.idKlasse not in names:
            yield Fault(code="import.class-unknown", place=Place(file=upload.file, path=path))
            continue
        yield from _checked(
            {"class": names[learner.idKlasse], **_who(learner, upload)}, path, upload
        )


def _who(learner: _Learner, upload: Upload) -> dict[str, str]:
    if upload.by_own_id:
        return {"own_id": str(learner.id)}
    return {
        "surname": (learner.nachname or "").strip(),
        "given_name": (learner.vorname or "").strip(),
        "born": (learner.geburtsdatum or "").strip(),
    }


def _checked(fields: dict[str, str], path: str, upload: Upload) -> Iterator[Enrolment | Fault]:
    names = {"class": "kuerzelAnzeige", "surname": "nachname", "given_name": "vorname"}
    names |= {"born": "geburtsdatum", "own_id": "id"}

    def where(field: str) -> Place:
        if field == "school_year":
            return Place(file=upload.file, path="/schuljahr")
        at = "/kuerzelAnzeige" if field == "class" and path.startswith("/klassen") else ""
        at = f"/{names[field]}" if field in names and field != "class" else at
        return Place(file=upload.file, path=path + at)

    result = checked(Said(fields=fields, where=where), upload)
    if isinstance(result, Enrolment):
        yield result
    else:
        yield from result


def _content(upload: Upload) -> bytes:
    stream, file = upload.stream, upload.file
    most = min(LARGEST, upload.limits.unpacked)
    stream.seek(0)
    start = stream.read(len(GZIP))
    stream.seek(0)
    try:
        if start == GZIP:
            with gzip.open(stream) as unpacked:
                content = unpacked.read(most + 1)
        else:
            content = stream.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _malformed(file) from error
    if len(content) > most:
        raise Unreadable(Fault(code="table.too-large", place=Place(file=file)))
    return content.removeprefix(b"\xef\xbb\xbf")


def decoded(content: bytes, file: str) -> _Export:
    """Errors carry where it is, never what stands there; the cause is cut off, to be sure."""
    try:
        return msgspec.json.decode(content, type=_Export)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = PATH.search(str(error))
        path = re.sub(r"[.\[]", "/", found[1]).replace("]", "") if found else ""
    raise _malformed(file, path)


def _malformed(file: str, path: str = "") -> Unreadable:
    return Unreadable(Fault(code="import.json-malformed", place=Place(file=file, path=path)))
