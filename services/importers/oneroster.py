"""OneRoster 1.1 and 1.2 as a zip of CSV files: classes, users, enrolments, academic sessions.

Only the columns named here are looked at; `password` in users.csv is none of them. It has no
programmes and trades. If there are classes of type `homeroom`, the others (lessons) are left out.
Source: https://www.imsglobal.org/oneroster-v11-final-csv-tables
"""

import io
import zipfile
from collections.abc import Iterator, Mapping

from services.importers.archives import open_archive
from services.importers.enrolments import Enrolment, Said, Upload, checked
from services.importers.faults import Fault, Place, Unreadable
from services.importers.rows import Table
from services.importers.tables import headed
from services.importers.text_tables import read_delimited

MANIFEST = "manifest.csv"
DELETED = "tobedeleted"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "classes.csv": ("sourcedId", "title", "termSourcedIds"),
    "users.csv": ("sourcedId", "givenName", "familyName"),
    "enrollments.csv": ("classSourcedId", "userSourcedId", "role"),
}
"""What a file must have; the zip must have these files."""
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "classes.csv": ("status", "classType"),
    "users.csv": ("status", "identifier"),
    "enrollments.csv": ("status",),
    "academicSessions.csv": ("status", "sourcedId", "schoolYear"),
    "demographics.csv": ("status", "sourcedId", "userSourcedId", "birthDate"),
}


class _Line(dict[str, str]):
    """The columns of a row that are looked at, with its number."""

    number: int = 0

    def __repr__(self) -> str:
        return f"_Line({self.number})"


def read_oneroster(upload: Upload) -> Iterator[Enrolment | Fault]:
    """The classes of the school year, then their learners. Raises Unreadable."""
    code = "import.not-an-archive"
    with open_archive(upload.stream, upload.file, upload.limits, code) as archive:
        faults: list[Fault] = []
        files = {
            name: list(_lines(archive, name, upload, faults)) for name in {**OPTIONAL, **COLUMNS}
        }
    yield from faults
    classes = _classes(files, upload)
    for line in classes.values():
        yield from _checked({"class": line["title"]}, "classes.csv", line, upload)
    yield from _learners(files, classes, upload)


def _classes(files: Mapping[str, list[_Line]], upload: Upload) -> dict[str, _Line]:
    """By id; those of another school year are left out."""
    years = {line["sourcedId"]: line["schoolYear"] for line in files["academicSessions.csv"]}
    ends = str(int(upload.school_year[:4]) + 1)
    classes = {
        line["sourcedId"]: line
        for line in files["classes.csv"]
        if {years.get(term.strip(), "") for term in line["termSourcedIds"].split(",")} & {"", ends}
    }
    homes = {key: line for key, line in classes.items() if line["classType"] == "homeroom"}
    return homes or classes


def _learners(
    files: Mapping[str, list[_Line]], classes: Mapping[str, _Line], upload: Upload
) -> Iterator[Enrolment | Fault]:
    users = {line["sourcedId"]: line for line in files["users.csv"]}
    births = {
        line["userSourcedId"] or line["sourcedId"]: line["birthDate"]
        for line in files["demographics.csv"]
    }
    known = {line["sourcedId"] for line in files["classes.csv"]}
    for line in files["enrollments.csv"]:
        place = Place(file="enrollments.csv", row=line.number)
        user = users.get(line["userSourcedId"])
        if line["role"] != "student":
            continue
        if line["classSourcedId"] not in known:
            yield Fault(code="import.class-unknown", place=place)
        elif user is None:
            yield Fault(code="import.user-unknown", place=place)
        elif line["classSourcedId"] in classes:
            fields = {
                "class": classes[line["classSourcedId"]]["title"],
                **_who(user, births, upload),
            }
            yield from _checked(fields, "enrollments.csv", line, upload)


def _who(user: _Line, births: Mapping[str, str], upload: Upload) -> dict[str, str]:
    """Names need a birth date; a roster without any goes by its own ids."""
    if upload.by_own_id or not births:
        return {"own_id": user["identifier"] or user["sourcedId"]}
    return {
        "surname": user["familyName"],
        "given_name": user["givenName"],
        "born": births.get(user["sourcedId"], ""),
    }


def _checked(
    fields: dict[str, str], file: str, line: _Line, upload: Upload
) -> Iterator[Enrolment | Fault]:
    place = Place(file=file, row=line.number)
    result = checked(Said(fields=fields, where=lambda _: place), upload)
    if isinstance(result, Enrolment):
        yield result
    else:
        yield from result


def _lines(
    archive: zipfile.ZipFile, name: str, upload: Upload, faults: list[Fault]
) -> Iterator[_Line]:
    if name not in archive.namelist():
        if name in COLUMNS:
            raise _missing(upload.file, name)
        return
    stream = io.BytesIO(archive.read(name))
    table = read_delimited(stream, name, ",", upload.limits)
    heading, rows = headed(table, upload.limits)
    columns = _columns(table, heading.cells, name)
    for row in rows:
        if isinstance(row, Fault):
            faults.append(row)
            continue
        line = _Line({field: row.cell(at) if at >= 0 else "" for field, at in columns.items()})
        line.number = row.number
        if line["status"] != DELETED:
            yield line


def _columns(table: Table, cells: tuple[str, ...], name: str) -> dict[str, int]:
    for needed in COLUMNS.get(name, ()):
        if needed not in cells:
            raise Unreadable(
                Fault(
                    code="import.column-missing",
                    place=table.place(),
                    value=needed,
                    facts={"field": needed},
                )
            )
    wanted = (*COLUMNS.get(name, ()), *OPTIONAL.get(name, ()))
    return {field: cells.index(field) if field in cells else -1 for field in wanted}


def _missing(file: str, member: str) -> Unreadable:
    return Unreadable(Fault(code="import.member-missing", place=Place(file=file), value=member))
