"""A college's own list as XLSX, ODS, CSV or pasted text, read by a mapping of its columns."""

from collections.abc import Iterator, Mapping

from services.importers.enrolments import Enrolment, Said, Upload, checked
from services.importers.faults import Fault, Place
from services.importers.mapping import columns_of, proposed
from services.importers.rows import Row, Table
from services.importers.tables import headed, read_table


def read_list(upload: Upload) -> Iterator[Enrolment | Fault]:
    """The rows of a list, by the upload's mapping or, without one, by the usual headings.

    Raises Unreadable.
    """
    table = read_table(upload.stream, upload.file, sheet=upload.sheet, limits=upload.limits)
    heading, rows = headed(table, upload.limits)
    columns = columns_of(table, heading, upload.mapping or proposed(heading))
    for row in rows:
        if isinstance(row, Fault):
            yield row
        else:
            yield from read_row(row, table, columns, upload)


def read_row(
    row: Row, table: Table, columns: Mapping[str, int], upload: Upload
) -> Iterator[Enrolment | Fault]:
    """The enrolment in a row of a table, or its faults, those of doubtful cells first."""
    doubtful = [column for column in columns.values() if column in row.doubts]
    if doubtful:
        for column in doubtful:
            yield Fault(code=row.doubts[column], place=table.place(row.number, column))
        return

    def where(field: str) -> Place:
        return table.place(row.number, columns.get(field))

    fields = {field: row.cell(column) for field, column in columns.items()}
    result = checked(Said(fields=fields, where=where), upload)
    if isinstance(result, Enrolment):
        yield result
    else:
        yield from result
