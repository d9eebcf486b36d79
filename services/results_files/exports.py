"""Tables to take along: XLSX and CSV of headings and rows, with what they are beside them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO, StringIO
from typing import TypeAlias

import msgspec
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.results_files.guard import guarded
from services.results_files.wording import file_words
from services.texts.language import Language

Cell: TypeAlias = str | int | float | date | None

HEADING_WIDTH = 40
LEAST_WIDTH = 12
UNSAFE_IN_NAMES = frozenset('\\/:*?"<>|')


class AboutTable(msgspec.Struct, frozen=True, kw_only=True):
    """What a table shows, and as of when: the position in the log it was computed at.

    `suppression` says how small groups are protected.
    """

    title: str
    source: str
    position: int
    computed_on: date
    suppression: str
    language: Language = "de"


class CsvForm(StrEnum):
    """For German spreadsheets (semicolons, decimal commas, UTF-8 with a mark) or as RFC 4180."""

    GERMAN = "german"
    PLAIN = "plain"


def xlsx_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]], about: AboutTable) -> bytes:
    """A workbook with the table, and a sheet that says what it is. Text never runs as formula."""
    words, language = file_words(), about.language
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": about.title})
        sheet = workbook.add_worksheet(words.sheets["table"][language])
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = workbook.add_format({"quote_prefix": True})
        day = workbook.add_format(
            {"num_format": "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd"}
        )
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, min(max(len(heading), LEAST_WIDTH), HEADING_WIDTH))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, text, day)
        sheet.freeze_panes(1, 0)
        _about_sheet(workbook, about, text, day)
    return file.getvalue()


def csv_table(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], form: CsvForm = CsvForm.GERMAN
) -> bytes:
    """The table alone, in UTF-8. Text that begins like a formula has an apostrophe before it."""
    german = form is CsvForm.GERMAN
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if german else ",", lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    for row in rows:
        writer.writerow([_csv_cell(cell, german=german) for cell in row])
    return text.getvalue().encode("utf-8-sig" if german else "utf-8")


def file_name(about: AboutTable, extension: str) -> str:
    """Title and position, so that a table without a sheet beside it says what it is."""
    title = "".join("-" if c in UNSAFE_IN_NAMES or not c.isprintable() else c for c in about.title)
    return f"{title.strip(' .')} ({about.position}).{extension}"


def _about_sheet(workbook: Workbook, about: AboutTable, text: Format, day: Format) -> None:
    words, language = file_words(), about.language
    sheet = workbook.add_worksheet(words.sheets["about"][language])
    sheet.set_column(0, 0, HEADING_WIDTH)
    sheet.set_column(1, 1, 2 * HEADING_WIDTH)
    for row, (field, label) in enumerate(words.about.items()):
        sheet.write_string(row, 0, label[language])
        _write(sheet, row, 1, getattr(about, field), text, day)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, text: Format, day: Format) -> None:
    match cell:
        case None:
            pass
        case str():
            sheet.write_string(row, column, cell, text)
        case date():
            sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
        case int() | float():
            sheet.write_number(row, column, cell)


def _csv_cell(cell: Cell, *, german: bool) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case date():
            return f"{cell:%d.%m.%Y}" if german else cell.isoformat()
        case int() | float():
            return str(cell).replace(".", ",") if german else str(cell)
