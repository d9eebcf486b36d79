"""What the service hands out for a class, and that it comes back as it was."""

import csv
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO, StringIO

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessments.definition import Definition, Part
from domain.assessments.results import Attendance, PartScore, Result
from services.results_files.columns import heading, template_columns
from services.results_files.reading import Reading, read_pasted, read_results
from services.results_files.template import Template, csv_template
from services.results_files.template_workbook import xlsx_template
from services.results_files.wording import file_words
from services.texts.language import LANGUAGES, Language
from tests.support.class_files import (
    ABOUT,
    ANNAS_RESULT,
    C_TEST,
    LEARNERS,
    SUBTESTS,
    expected,
    ods_file,
    results,
    template,
)

INSTRUMENTS = st.sampled_from([C_TEST, SUBTESTS])
LONGEST_MESSAGE = 255


@given(data=st.data(), definition=INSTRUMENTS, language=st.sampled_from(LANGUAGES))
@settings(max_examples=60)
def test_what_is_recorded_comes_back_from_the_csv_template(
    data: st.DataObject, definition: Definition, language: Language
) -> None:
    recorded = data.draw(
        st.dictionaries(st.sampled_from(LEARNERS), results(definition), min_size=1)
    )
    sheet = filled(definition, recorded, language)
    assert as_recorded(csv_template(sheet), definition) == (recorded, open_of(recorded))


@given(data=st.data(), definition=INSTRUMENTS, language=st.sampled_from(LANGUAGES))
@settings(max_examples=10)
def test_what_is_recorded_comes_back_from_the_workbook(
    data: st.DataObject, definition: Definition, language: Language
) -> None:
    recorded = data.draw(
        st.dictionaries(st.sampled_from(LEARNERS), results(definition), min_size=1)
    )
    sheet = filled(definition, recorded, language)
    assert as_recorded(xlsx_template(sheet), definition) == (recorded, open_of(recorded))


def test_what_is_recorded_comes_back_from_libreoffice() -> None:
    recorded = {"p-anna": ANNAS_RESULT, "p-cem": Result(attendance=Attendance.ABSENT)}
    sheet = filled(C_TEST, recorded, "de")
    headings = [heading(column, C_TEST, "de") for column in sheet.columns]
    file = ods_file(headings, *sheet.rows(), stamp=ABOUT.stamp())
    assert as_recorded(file.getvalue(), C_TEST) == (recorded, ("p-ben",))


def test_a_pseudonym_that_looks_like_a_formula_comes_back_as_it_was() -> None:
    learners = ("=p", "-p", "@p", "+p")
    recorded: dict[str, Result] = dict.fromkeys(learners, ANNAS_RESULT)
    sheet = template(learners=learners, recorded=recorded)
    for data in (csv_template(sheet), xlsx_template(sheet)):
        reading = read_results(BytesIO(data), "if1a", expected(learners=learners))
        assert {row.pseudonym: row.result for row in reading.rows} == recorded


def test_csv_opens_in_a_german_spreadsheet() -> None:
    data = csv_template(template(recorded={"p-anna": ANNAS_RESULT}))
    assert data.startswith(b"\xef\xbb\xbf")
    head, first, *_ = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head[:9] == [
        *("Berufskolleg", "Schuljahr", "Klasse", "Erhebung", "Instrument", "Version"),
        *("Pseudonym", "Datum", "Teilnahme"),
    ]
    assert first[:12] == [
        *("rvw-berufskolleg", "2026/27", "IF1A", "herbst", "c-test", "3"),
        *("p-anna", "03.09.2026", "anwesend", "12", "15", "2"),
    ]


def test_the_workbook_refuses_impossible_scores_while_they_are_typed() -> None:
    sheet = member(xlsx_template(template()), "xl/worksheets/sheet1.xml")
    rules: list[str] = re.findall(r"<dataValidation .*?</dataValidation>", sheet)
    by_range = {rule.partition('sqref="')[2].partition('"')[0]: rule for rule in rules}
    assert '"anwesend,fehlt,abgebrochen"' in by_range["C2:C4"]
    assert "<formula1>0</formula1><formula2>20</formula2>" in by_range["D2:D4"]
    assert "<formula1>$D2</formula1><formula2>20</formula2>" in by_range["E2:E4"]
    assert "<formula1>0</formula1><formula2>20-$E2</formula2>" in by_range["F2:F4"]


def test_the_stamp_of_the_workbook_is_hidden_from_those_who_fill_it_in() -> None:
    book = member(xlsx_template(template()), "xl/workbook.xml")
    assert '<sheet name="Kreislauf" sheetId="3" state="veryHidden"' in book


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_explains_itself(language: Language) -> None:
    sheet = msgspec.structs.replace(template(), language=language)
    texts = member(xlsx_template(sheet), "xl/sharedStrings.xml")
    for part in ("IF1A", "Herbst 2026", "c-test", "Werkstatt: 20", "extra-time", "2026/27"):
        assert part in texts
    assert ("Nachteilsausgleich:" if language == "de" else "Accommodation:") in texts
    assert "{" not in texts


def test_subtests_have_one_column_of_points() -> None:
    headings = [heading(column, SUBTESTS, "de") for column in template_columns(SUBTESTS, gaps=True)]
    assert headings[3:5] == ["Lesen Punkte", "Hören Punkte"]


def test_texts_of_the_same_title_are_told_apart_by_their_keys() -> None:
    parts = (Part(key="a", title="Text", maximum=20), Part(key="b", title="Text", maximum=20))
    definition = msgspec.structs.replace(C_TEST, parts=parts)
    scores = (
        PartScore(part="a", exact=1, recognition=2),
        PartScore(part="b", exact=3, recognition=4),
    )
    recorded = {"p-anna": Result(scores=scores)}
    sheet = csv_template(filled(definition, recorded, "de"))
    assert as_recorded(sheet, definition)[0] == recorded


def test_an_empty_template_has_only_open_rows() -> None:
    reading = read_results(BytesIO(xlsx_template(template())), "if1a.xlsx", expected())
    assert [fault.code for fault in reading.faults] == ["results.no-rows"]


def test_rows_copied_from_the_template_are_read_without_its_headings() -> None:
    sheet = filled(C_TEST, {"p-anna": ANNAS_RESULT}, "de")
    pasted = "\n".join("\t".join(map(cell, row)) for row in sheet.rows())
    assert recorded_in(read_pasted(pasted, expected())) == {"p-anna": ANNAS_RESULT}


def test_every_message_of_a_cell_fits_into_a_workbook() -> None:
    for hint in file_words().hints.values():
        for language in LANGUAGES:
            assert len(hint[language].format(maximum=100)) <= LONGEST_MESSAGE


def some_recorded(definition: Definition) -> st.SearchStrategy[dict[str, Result]]:
    return st.dictionaries(st.sampled_from(LEARNERS), results(definition), min_size=1)


def filled(definition: Definition, recorded: Mapping[str, Result], language: Language) -> Template:
    sheet = template(definition, recorded=recorded)
    return msgspec.structs.replace(sheet, language=language, gaps=True)


def as_recorded(data: bytes, definition: Definition) -> tuple[dict[str, Result], tuple[str, ...]]:
    reading = read_results(BytesIO(data), "if1a", expected(definition))
    assert [fault.sentence("en") for fault in reading.faults] == []
    return recorded_in(reading), reading.open


def recorded_in(reading: Reading) -> dict[str, Result]:
    return {row.pseudonym: row.result for row in reading.rows}


def open_of(recorded: Mapping[str, Result]) -> tuple[str, ...]:
    return tuple(learner for learner in LEARNERS if learner not in recorded)


def member(workbook: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return archive.read(name).decode()


def cell(value: object) -> str:
    return "" if value is None else str(value)
