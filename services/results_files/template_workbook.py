"""The template of a class as a workbook: the sheet to fill in, the notes, and the hidden stamp."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from domain.assessments.definition import Part
from domain.assessments.results import Attendance
from services.results_files.about import FORMAT, STAMP_SHEET
from services.results_files.columns import Column, heading
from services.results_files.template import Template, attendance_word
from services.results_files.wording import file_words
from services.texts.language import Language

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)
DAY_FORMAT: Mapping[Language, str] = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
TEXT_FIELDS = {"pseudonym", "form", "gaps"}
WIDTHS = {"pseudonym": 22, "accommodation": 26, "gaps": 26}
WIDTH = 13
HELP_WIDTH = 110
LONGEST_TITLE = 32
"""Excel's limit for the title of a cell's message; 255 characters is that of the message."""


def xlsx_template(template: Template) -> bytes:
    """A workbook: the sheet to fill in, the notes, and the hidden stamp."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        _results_sheet(workbook, template)
        _help_sheet(workbook, template)
        stamp = workbook.add_worksheet(STAMP_SHEET)
        stamp.very_hidden()
        for row, fact in enumerate({"format": FORMAT, **template.about.stamp()}.items()):
            stamp.write_string(row, 0, fact[0])
            stamp.write_string(row, 1, fact[1])
    return file.getvalue()


def _results_sheet(workbook: Workbook, template: Template) -> None:
    sheet = workbook.add_worksheet(file_words().sheets["results"][template.language])
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = workbook.add_format({"num_format": "@", "quote_prefix": True})
    day = workbook.add_format({"num_format": DAY_FORMAT[template.language]})
    columns = template.columns
    for index, column in enumerate(columns):
        sheet.write_string(0, index, heading(column, template.definition, template.language), bold)
        is_day, is_text = column.field == "taken_on", column.field in TEXT_FIELDS
        sheet.set_column(
            index,
            index,
            WIDTHS.get(column.field, WIDTH),
            day if is_day else text if is_text else None,
        )
    for row, cells in enumerate(template.rows(), start=1):
        for index, cell in enumerate(cells):
            _write(sheet, row, index, cell, text, day)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    if template.learners:
        _validate(sheet, template, columns)


def _write(
    sheet: Worksheet, row: int, column: int, cell: object, text: Format, day: Format
) -> None:
    match cell:
        case str() if cell:
            sheet.write_string(row, column, cell, text)
        case int():
            sheet.write_number(row, column, cell)
        case date():
            sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
        case _:
            pass


def _validate(sheet: Worksheet, template: Template, columns: Sequence[Column]) -> None:
    """Cells refuse what cannot be right, and say why."""
    parts = {part.key: part for part in template.definition.parts}
    places = {column: index for index, column in enumerate(columns)}
    last = len(template.learners)
    for column, index in places.items():
        rule = _rule(column, parts.get(column.part), places, template.language)
        if rule is not None:
            hint = file_words().hints[column.field][template.language]
            maximum = parts[column.part].maximum if column.part else ""
            message = hint.format(maximum=maximum)
            title = heading(column, template.definition, template.language)[:LONGEST_TITLE]
            sheet.data_validation(
                1, index, last, index, {**rule, "error_title": title, "error_message": message}
            )


def _rule(
    column: Column, part: Part | None, places: Mapping[Column, int], language: Language
) -> Mapping[str, object] | None:
    def cell(field: str) -> str:
        return xl_rowcol_to_cell(1, places[Column(field, column.part)], col_abs=True)

    if column.field == "attendance":
        return {"validate": "list", "source": [attendance_word(a, language) for a in Attendance]}
    if column.field == "taken_on":
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    if part is None:
        return None
    whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": part.maximum}
    match column.field:
        case "recognition":
            return {**whole, "minimum": f"={cell('exact')}"}
        case "omitted":
            return {**whole, "maximum": f"={part.maximum}-{cell('recognition')}"}
        case "gaps":
            return {"validate": "length", "criteria": "==", "value": part.maximum}
        case _:
            return whole


def _help_sheet(workbook: Workbook, template: Template) -> None:
    words, language = file_words(), template.language
    sheet = workbook.add_worksheet(words.sheets["help"][language])
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, HELP_WIDTH)
    sheet.write_string(0, 0, words.help.title[language], workbook.add_format({"bold": True}))
    for row, line in enumerate(_help_lines(template), start=2):
        sheet.write_string(row, 0, line, wrapped)


def _help_lines(template: Template) -> Iterator[str]:
    language, definition = template.language, template.definition
    facts = {**template.about.stamp(), "round_title": template.about.round_title}
    for line in file_words().help.lines:
        if line.only_for in {"", definition.kind.value} or (
            line.only_for == "gaps" and template.gaps
        ):
            yield line[language].format_map(facts)
        if line.list == "parts":
            yield from (f"• {part.title}: {part.maximum}" for part in definition.parts)
        if line.list == "accommodations":
            known = template.accommodations.items()
            yield from (f"• {label[language]} ({key})" for key, label in known)
