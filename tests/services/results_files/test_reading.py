"""Files as people hand them in: what is read all the same, and what is named as wrong."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessments.results import Attendance, PartScore, Result
from domain.assessments.scoring import check_scores, in_order
from services.importers.faults import Fault
from services.privacy.pseudonyms import KEY_BYTES, Learner, PseudonymKey
from services.results_files.reading import MOST_FAULTS, Reading, read_pasted, read_results
from services.results_files.template import csv_template
from services.results_files.template_workbook import xlsx_template
from services.results_files.values import day
from services.texts.language import LANGUAGES
from tests.support.class_files import (
    ABOUT,
    ANNA,
    ANNAS_RESULT,
    C_TEST,
    HEADINGS,
    SUBTESTS,
    Cell,
    csv_file,
    expected,
    ods_file,
    template,
    xlsx_file,
)

PSEUDONYM = PseudonymKey(bytes(KEY_BYTES)).pseudonym(Learner(own_id="4711"))
FILES = {"csv": csv_file, "xlsx": xlsx_file, "ods": ods_file}


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest) -> Callable[..., BytesIO]:
    return FILES[request.param]


def test_a_row_becomes_a_result(file: Callable[..., BytesIO]) -> None:
    assert results_in(file(HEADINGS, ANNA)) == {"p-anna": ANNAS_RESULT}


def test_numbers_and_days_are_taken_as_spreadsheets_keep_them() -> None:
    row = ("p-anna", date(2026, 9, 3), "anwesend", 12, 15.0, 2, 20, 21, None, None, None)
    for file in (xlsx_file, ods_file):
        assert results_in(file(HEADINGS, row)) == {"p-anna": ANNAS_RESULT}


def test_columns_may_stand_in_any_order_with_others_between_them() -> None:
    order = (10, 4, 3, 2, 0, 1, 8, 7, 6, 5, 9)
    headings = ["Bemerkung", *(HEADINGS[column] for column in order), "Summe"]
    row = ["war müde", *(ANNA[column] for column in order), "32"]
    assert results_in(csv_file(headings, row)) == {"p-anna": ANNAS_RESULT}


def test_empty_lines_and_other_spellings_of_headings_do_no_harm() -> None:
    headings = [f" {heading.upper().replace('/', '')}: " for heading in HEADINGS]
    empty = [""] * len(HEADINGS)
    assert results_in(csv_file(empty, headings, empty, ANNA, empty, empty)) == {
        "p-anna": ANNAS_RESULT
    }


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("Datum", "3.9.2026"),
        ("Datum", "3. 9. 26"),
        ("Datum", "2026-09-03"),
        ("Datum", "46268"),
        ("Teilnahme", "Anwesend "),
        ("Teilnahme", "present"),
        ("Teilnahme", ""),
        ("Text 1 R/F", "012"),
        ("Text 1 R/F", "12,0"),
        ("Text 1 R/F", "12.00"),
        ("Text 2 nicht bearbeitet", "-"),
        ("Text 2 nicht bearbeitet", "0"),
        ("Pseudonym", " p-anna "),
        ("Nachteilsausgleich", "–"),
    ],
)
def test_a_cell_may_be_written_in_several_ways(column: str, text: str) -> None:
    assert results_in(csv_file(HEADINGS, with_cell(column, text))) == {"p-anna": ANNAS_RESULT}


@pytest.mark.parametrize("word", ["fehlt", "Krank", "absent", "entschuldigt"])
def test_who_is_said_to_be_absent_has_no_scores(word: str) -> None:
    row = ["p-anna", "", word, *[""] * 8]
    absent = {"p-anna": Result(attendance=Attendance.ABSENT)}
    assert results_in(csv_file(HEADINGS, row)) == absent


def test_absence_may_be_written_where_the_scores_would_be() -> None:
    row = ["p-anna", "", "", "fehlt", "fehlt", "", "–", "", "", "", ""]
    absent = {"p-anna": Result(attendance=Attendance.ABSENT)}
    assert results_in(csv_file(HEADINGS, row)) == absent


def test_who_broke_off_has_the_scores_of_what_was_done() -> None:
    row = ["p-anna", "", "abgebrochen", "12", "15", "", *[""] * 5]
    scores = (PartScore(part="t1", exact=12, recognition=15),)
    aborted = Result(attendance=Attendance.ABORTED, scores=scores)
    assert results_in(csv_file(HEADINGS, row)) == {"p-anna": aborted}


def test_accommodations_are_named_by_key_or_label_even_if_that_has_a_comma() -> None:
    for text in ("reader", "Vorlesen, auch digital", "reading aloud, digitally too"):
        assert accommodation(text) == ("reader",)
    assert accommodation("reader; Zeitzuschlag, reader") == ("extra-time", "reader")


def test_scores_are_counted_from_the_gaps() -> None:
    gaps = "eeerrww" + "o" * 13
    headings = ("Pseudonym", "Text 1 Lücken", "Text 2 R/F", "Text 2 WE")
    found = results_in(csv_file(headings, ("p-anna", gaps.upper(), "3", "4")))
    score = PartScore(part="t1", exact=3, recognition=5, omitted=13, gaps=gaps)
    assert found["p-anna"].scores[0] == score


def test_points_of_a_subtest_are_both_scores() -> None:
    file = csv_file(("Pseudonym", "Lesen Punkte", "hoeren Punkte"), ("p-anna", "40", "0"))
    reading = read_results(file, "if1a.csv", expected(SUBTESTS))
    assert reading.rows[0].result.scores == (
        PartScore(part="lesen", exact=40, recognition=40),
        PartScore(part="hoeren", exact=0, recognition=0),
    )


WRONG_CELLS = [
    ("Pseudonym", "", "results.pseudonym-missing", "A2"),
    ("Pseudonym", "p-dora", "results.pseudonym-unknown", "A2"),
    ("Datum", "9/3/2026", "results.date-unreadable", "B2"),
    ("Datum", "31.9.2026", "results.date-unreadable", "B2"),
    ("Datum", "3.9.2025", "results.date-outside", "B2"),
    ("Datum", "2.3.2027", "results.date-to-come", "B2"),
    ("Teilnahme", "vielleicht", "results.attendance-unknown", "C2"),
    ("Teilnahme", "fehlt", "results.absent-with-scores", "D2"),
    ("Text 1 R/F", "zwölf", "results.score-unreadable", "D2"),
    ("Text 1 R/F", "fehlt", "results.present-but-absent", "D2"),
    ("Text 1 R/F", "7,5", "results.score-fraction", "D2"),
    ("Text 1 R/F", "7.5", "results.score-fraction", "D2"),
    ("Text 1 R/F", "-1", "results.score-beyond", "D2"),
    ("Text 1 R/F", "", "results.score-missing", "D2"),
    ("Text 1 WE", "21", "results.score-beyond", "E2"),
    ("Text 1 WE", "11", "results.recognition-below-exact", "E2"),
    ("Text 1 WE", "", "results.score-missing", "E2"),
    ("Text 1 nicht bearbeitet", "6", "results.omitted-too-many", "F2"),
    ("Text 2 R/F", "1e3", "results.score-unreadable", "G2"),
    ("Nachteilsausgleich", "ADHS", "results.accommodation-unknown", "J2"),
    ("Testform", "A" * 21, "results.form-malformed", "K2"),
]


@pytest.mark.parametrize(("column", "text", "code", "cell"), WRONG_CELLS)
def test_a_wrong_cell_is_named_with_its_value(
    column: str, text: str, code: str, cell: str, file: Callable[..., BytesIO]
) -> None:
    reading = read(file(HEADINGS, with_cell(column, text)))
    fault = reading.faults[0]
    assert (fault.code, fault.place.cell) == (code, cell)
    if fault.place.column == HEADINGS.index(column):
        assert fault.value == text
    assert reading.rows == ()
    for language in LANGUAGES:
        sentence = fault.sentence(language)
        assert cell in sentence
        assert "{" not in sentence


def test_a_fault_says_where_in_german_and_what_to_do() -> None:
    [fault] = read(csv_file(HEADINGS, with_cell("Text 1 WE", "11"))).faults
    assert fault.sentence("de") == (
        "Zelle E2: Der WE-Wert 11 ist kleiner als der R/F-Wert 12 in Zelle D2. Jede richtige Lücke"
        " ist auch erkannt: Bitte beide Werte prüfen."
    )


def test_every_wrong_cell_is_named_not_only_the_first() -> None:
    bad = ["p-anna", "morgen", "anwesend", "x", "99", "-3", "", "21", "", "??", ""]
    worse = ["p-dora", "", "vielleicht", "", "", "", "26", "", "", "", ""]
    faults = read(csv_file(HEADINGS, bad, worse)).faults
    cells = [fault.place.cell for fault in faults]
    assert cells == ["B2", "D2", "E2", "F2", "G2", "J2", "C3", "G3", "A3"]


def test_one_wrong_cell_keeps_the_whole_file_out() -> None:
    ben = ("p-ben", *ANNA[1:])
    reading = read(csv_file(HEADINGS, ben, with_cell("Text 1 R/F", "99")))
    assert (reading.rows, len(reading.faults)) == ((), 1)


def test_a_pseudonym_that_comes_twice_is_named_with_both_cells() -> None:
    [fault] = read(csv_file(HEADINGS, ANNA, ("p-ben", *ANNA[1:]), ANNA)).faults
    assert (fault.code, fault.place.cell) == ("results.pseudonym-twice", "A4")
    assert fault.facts["first"] == "A2"


def test_gaps_that_contradict_the_scores_are_named_with_both_cells() -> None:
    headings = ("Pseudonym", "Text 1 R/F", "Text 1 Lücken", "Text 2 R/F", "Text 2 WE")
    gaps = "e" * 5 + "w" * 15
    [differing] = read(csv_file(headings, ("p-anna", "6", gaps, "1", "2"))).faults
    assert (differing.code, differing.place.cell) == ("results.gaps-differ", "B2")
    assert (differing.facts["first"], differing.facts["counted"]) == ("C2", 5)
    for malformed in (gaps[1:], gaps.replace("e", "x")):
        [fault] = read(csv_file(headings, ("p-anna", "5", malformed, "1", "2"))).faults
        assert (fault.code, fault.place.cell) == ("results.gaps-malformed", "C2")


def test_somebody_unknown_is_new_where_files_may_enrol() -> None:
    dora = with_cell("Pseudonym", "p-dora")
    reading = read_results(csv_file(HEADINGS, ANNA, dora), "if1a.csv", expected(enrols=True))
    assert (len(reading.rows), reading.new) == (2, ("p-dora",))


@pytest.mark.parametrize("name", ["Müller", "Öztürk, Cem", "Anna Schmidt", "x" * 65])
def test_a_name_is_never_enrolled_as_a_pseudonym(name: str) -> None:
    file = csv_file(HEADINGS, with_cell("Pseudonym", name))
    [fault] = read_results(file, "if1a.csv", expected(enrols=True)).faults
    assert fault.code == "results.pseudonym-malformed"


@pytest.mark.parametrize(
    "typed", [PSEUDONYM, PSEUDONYM.lower(), PSEUDONYM.replace("-", " "), PSEUDONYM.replace("-", "")]
)
def test_a_pseudonym_may_be_typed_in_small_letters_and_without_hyphens(typed: str) -> None:
    file = csv_file(HEADINGS, with_cell("Pseudonym", typed))
    [row] = read_results(file, "if1a.csv", expected(learners=[PSEUDONYM])).rows
    assert row.pseudonym == PSEUDONYM


def test_a_mistyped_pseudonym_does_not_enrol_somebody_who_is_nobody() -> None:
    other = "A" if PSEUDONYM[0] != "A" else "B"
    file = csv_file(HEADINGS, with_cell("Pseudonym", other + PSEUDONYM[1:]))
    [fault] = read_results(file, "if1a.csv", expected(enrols=True)).faults
    assert (fault.code, fault.place.cell) == ("results.pseudonym-mistyped", "A2")


def test_a_missing_column_is_named_in_the_language_of_the_others() -> None:
    kept = [column for column in range(len(HEADINGS)) if HEADINGS[column] != "Text 2 WE"]
    [fault] = read(csv_file([HEADINGS[c] for c in kept], [ANNA[c] for c in kept])).faults
    assert (fault.code, fault.facts["heading"]) == ("results.column-missing", "Text 2 WE")
    english = ("Pseudonym", "Date", "Attendance", "Text 1 exact", "Text 1 recognition")
    faults = read(csv_file(english, ANNA)).faults
    assert [fault.facts["heading"] for fault in faults] == ["Text 2 exact", "Text 2 recognition"]


def test_a_table_without_pseudonyms_is_not_ours() -> None:
    faults = read(csv_file(("Name", "Note"), ("Anna", "2"))).faults
    assert [fault.code for fault in faults] == ["results.no-pseudonyms"]


def test_a_column_that_comes_twice_is_named_with_both_cells() -> None:
    [fault] = read(csv_file((*HEADINGS, "text 1 rf"), (*ANNA, "3"))).faults
    assert (fault.code, fault.place.cell) == ("results.column-twice", "L1")
    assert fault.facts["first"] == "D1"


OTHER_FILES = [
    ("training_class", "IF1B", "results.other-class"),
    ("school_year", "2025/26", "results.other-school-year"),
    ("college", "anderes-berufskolleg", "results.other-college"),
    ("round", "fruehjahr", "results.other-round"),
    ("instrument", "2p", "results.other-instrument"),
    ("version", 2, "results.other-version"),
]


@pytest.mark.parametrize(("field", "value", "code"), OTHER_FILES)
def test_the_file_of_another_class_or_round_is_refused_as_such(
    field: str, value: str | int, code: str
) -> None:
    about = msgspec.structs.replace(ABOUT, **{field: value})
    sheet = msgspec.structs.replace(template(recorded={"p-anna": ANNAS_RESULT}), about=about)
    for data in (csv_template(sheet), xlsx_template(sheet)):
        [fault] = read(BytesIO(data)).faults
        assert fault.code == code
        assert str(value) in fault.sentence("de")


def test_a_college_may_be_named_by_its_school_number() -> None:
    about = msgspec.structs.replace(ABOUT, college="179292")
    sheet = msgspec.structs.replace(template(recorded={"p-anna": ANNAS_RESULT}), about=about)
    numbered = msgspec.structs.replace(expected(), college_number="179292")
    assert read_results(BytesIO(csv_template(sheet)), "", numbered).faults == ()


def test_a_shifted_table_does_not_bury_anybody_in_faults() -> None:
    learners = [f"p{number}" for number in range(MOST_FAULTS)]
    rows = [(learner, "x", *ANNA[2:-1], "x" * 30) for learner in learners]
    reading = read_results(csv_file(HEADINGS, *rows), "if1a.csv", expected(learners=learners))
    assert len(reading.faults) == MOST_FAULTS + 1
    assert reading.faults[-1].code == "results.more-faults"


def test_a_formula_is_named_where_a_score_should_be() -> None:
    row = [*ANNA]
    row[HEADINGS.index("Text 1 R/F")] = "=6+6"
    faults = read(xlsx_file(HEADINGS, row)).faults
    assert ("table.formula", "D2") in [(fault.code, fault.place.cell) for fault in faults]


def test_what_cannot_be_read_at_all_is_a_fault_too() -> None:
    for data in (b"", b"PK\x03\x04nonsense", b"\xd0\xcf\x11\xe0rest", b"Pseudonym;\x00"):
        reading = read(BytesIO(data))
        assert (len(reading.faults), reading.rows) == (1, ())
        assert reading.faults[0].sentence("de")


def test_pasted_text_with_headings_may_have_its_own_order() -> None:
    pasted = "Text 2 WE\tText 2 R/F\tText 1 WE\tText 1 R/F\tPseudonym\n4\t3\t2\t1\tp-ben\n"
    [row] = read_pasted(pasted, expected()).rows
    assert [score.exact for score in row.result.scores] == [1, 3]


@pytest.mark.parametrize("text", ["", "3.9.26.", "99.1.2026", "03.09", "2026-02-30", "12", "x"])
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    assert day(text) is None


CELLS = st.sampled_from(
    (
        *("", "0", "1", "12", "20", "21", "25", "26", "-1", "-", "7,0", "7,5", "x", "fehlt"),
        *("anwesend", "abgebrochen", "3.9.2026", "1.1.1900", "reader"),
        *("e" * 20, "eerrwwoo" + "w" * 12),
    )
)


@given(
    rows=st.lists(
        st.tuples(*[CELLS] * (len(HEADINGS) + 1)).map(lambda cells: ("p-anna", *cells)), max_size=3
    )
)
@settings(max_examples=300)
def test_whatever_is_typed_gives_possible_results_or_faults_and_never_both(
    rows: list[Sequence[Cell]],
) -> None:
    reading = read(csv_file((*HEADINGS, "Text 1 Lücken", "Werkstatt R/F"), *rows))
    assert bool(reading.rows) != bool(reading.faults)
    for row in reading.rows:
        check_scores(row.result, C_TEST)
        assert in_order(row.result, C_TEST) == row.result
    for fault in reading.faults:
        assert is_said_whole(fault)


def is_said_whole(fault: Fault) -> bool:
    return all("{" not in fault.sentence(language) for language in LANGUAGES)


def read(file: BytesIO) -> Reading:
    return read_results(file, "if1a", expected())


def results_in(file: BytesIO) -> dict[str, Result]:
    reading = read(file)
    assert [fault.sentence("en") for fault in reading.faults] == []
    return {row.pseudonym: row.result for row in reading.rows}


def accommodation(text: str) -> tuple[str, ...]:
    found = results_in(csv_file(HEADINGS, with_cell("Nachteilsausgleich", text)))
    return found["p-anna"].accommodation


def with_cell(column: str, text: str) -> list[str]:
    """Anna's row with another text in this column."""
    row = [*ANNA]
    row[HEADINGS.index(column)] = text
    return row
