"""Tables to take along."""

import csv
from datetime import date
from io import BytesIO, StringIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from services.importers.tables import read_table
from services.results_files.exports import (
    AboutTable,
    CsvForm,
    csv_table,
    file_name,
    xlsx_table,
)
from services.results_files.guard import DANGEROUS, guarded, unguarded

ABOUT = AboutTable(
    title="Niveaus nach Bildungsgang",
    source="Erhebung Herbst 2026, Kreis Paderborn",
    position=48_211,
    computed_on=date(2026, 11, 23),
    suppression="Gruppen unter 5 Personen sind nicht ausgewiesen.",
)
HEADINGS = ("Bildungsgang", "Personen", "Anteil", "Stand")
ROWS = (
    ("A01", 120, 0.25, date(2026, 10, 1)),
    ("=HYPERLINK(1)", 1_200_000, -1.5, None),
    ("unter 5", None, "–", None),
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "\n=1", "\uff1d1")


def test_numbers_stay_numbers_and_days_stay_days_in_a_workbook() -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(xlsx_table(HEADINGS, ROWS, ABOUT)))
    assert sheet.get_sheet_by_name("Tabelle").to_python() == [
        [*HEADINGS],
        ["A01", 120.0, 0.25, date(2026, 10, 1)],
        ["=HYPERLINK(1)", 1_200_000.0, -1.5, ""],
        ["unter 5", "", "–", ""],
    ]


def test_text_in_a_workbook_is_never_a_formula() -> None:
    data = xlsx_table(FORMULAS, [FORMULAS], ABOUT)
    rows = list(read_table(BytesIO(data), "table.xlsx").rows)
    assert rows[0].cells[0] == rows[1].cells[0] == "=1+1"
    assert "table.formula" not in {code for row in rows for code in row.doubts.values()}


def test_a_sheet_beside_the_table_says_what_it_is_and_as_of_when() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_table(HEADINGS, ROWS, ABOUT)))
    assert book.get_sheet_by_name("Angaben").to_python() == [
        ["Inhalt", "Niveaus nach Bildungsgang"],
        ["Quelle", "Erhebung Herbst 2026, Kreis Paderborn"],
        ["Stand des Protokolls (Position)", 48_211.0],
        ["Berechnet am", date(2026, 11, 23)],
        ["Schutz kleiner Gruppen", "Gruppen unter 5 Personen sind nicht ausgewiesen."],
    ]
    english = msgspec.structs.replace(ABOUT, language="en")
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_table(HEADINGS, ROWS, english)))
    assert book.sheet_names == ["Table", "About"]


def test_csv_is_what_a_german_spreadsheet_opens() -> None:
    assert csv_table(HEADINGS, ROWS).decode("utf-8") == (
        "\ufeffBildungsgang;Personen;Anteil;Stand\r\n"
        "A01;120;0,25;01.10.2026\r\n"
        "'=HYPERLINK(1);1200000;-1,5;\r\n"
        "unter 5;;–;\r\n"
    )


def test_plain_csv_is_that_of_rfc_4180() -> None:
    rows = [('Ein "Zitat", mit\nZeilen', 0.5, date(2026, 10, 1))]
    assert csv_table(("Text", "Anteil", "Stand"), rows, CsvForm.PLAIN).decode("utf-8") == (
        'Text,Anteil,Stand\r\n"Ein ""Zitat"", mit\nZeilen",0.5,2026-10-01\r\n'
    )


@pytest.mark.parametrize("form", CsvForm)
def test_no_cell_of_a_csv_begins_like_a_formula(form: CsvForm) -> None:
    data = csv_table(FORMULAS, [FORMULAS], form).decode("utf-8-sig")
    delimiter = ";" if form is CsvForm.GERMAN else ","
    rows = csv.reader(StringIO(data, newline=""), delimiter=delimiter)
    assert [[*map(unguarded, row)] for row in rows] == [[*FORMULAS]] * 2
    for row in csv.reader(StringIO(data, newline=""), delimiter=delimiter):
        assert not any(cell.startswith(DANGEROUS) for cell in row)


@given(st.text(max_size=5) | st.sampled_from(FORMULAS))
def test_the_guard_is_taken_off_again(text: str) -> None:
    assert not guarded(text).startswith(DANGEROUS)
    if not text.startswith("'"):
        assert unguarded(guarded(text)) == text


def test_a_file_without_the_sheet_is_named_by_title_and_position() -> None:
    about = msgspec.structs.replace(ABOUT, title="../Niveaus: A/B\n")
    assert file_name(about, "csv") == "-Niveaus- A-B- (48211).csv"
