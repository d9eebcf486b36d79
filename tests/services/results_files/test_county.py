"""One file with the results of many classes."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest

from benchmarks.county_load import CLASSES, LEARNERS, county_expected, write_load
from domain.assessments.definition import Definition
from services.importers.faults import Fault
from services.results_files.county import (
    MOST_FAULTS,
    ClassRows,
    CountyExpected,
    check_county,
    read_county,
)
from services.texts.language import LANGUAGES
from tests.support.class_files import (
    ACCOMMODATIONS,
    ANNA,
    ANNAS_RESULT,
    C_TEST,
    HEADINGS,
    TODAY,
    csv_file,
)

MISTYPED = "ABCD-ABCD-ABCD-ABCD-A"
COLLEGES = {"179292": "rvw", "rvw": "rvw", "194323": "neuhaus"}
HEAD = ("Schulnummer", "Schuljahr", "Klasse", *HEADINGS)


def test_classes_come_one_by_one_in_the_order_of_the_file() -> None:
    file = load(
        ("179292", "2026/27", "IF1A", "p1"),
        ("179292", "2026/27", "IF1A", "p2"),
        ("194323", "2026/2027", "IF1A", "p1"),
    )
    found = [each for each in read_county(file, "", expected()) if isinstance(each, ClassRows)]
    assert [(each.college, each.training_class, len(each.rows)) for each in found] == [
        ("rvw", "IF1A", 2),
        ("neuhaus", "IF1A", 1),
    ]
    assert {row.result for each in found for row in each.rows} == {ANNAS_RESULT}
    assert {each.school_year for each in found} == {"2026/27"}


def test_a_class_is_there_before_the_file_was_read_to_its_end() -> None:
    """Which is how memory stays bounded."""
    first = ("179292", "2026/27", "IF1A", "p1")
    others = [("179292", "2026/27", f"IF{n}B", f"p{n}") for n in range(20_000)]
    file = load(first, *others)
    found = next(iter(read_county(file, "", expected())))
    assert isinstance(found, ClassRows)
    assert file.tell() < len(file.getvalue()) / 2


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("999999", "2026/27", "IF1A", "p1"), "results.college-unknown", "A2"),
        (("", "2026/27", "IF1A", "p1"), "results.college-missing", "A2"),
        (("179292", "2025/26", "IF1A", "p1"), "results.other-school-year", "B2"),
        (("179292", "2026", "IF1A", "p1"), "results.other-school-year", "B2"),
        (("179292", "2026/27", "", "p1"), "results.class-missing", "C2"),
        (("179292", "2026/27", "I" * 41, "p1"), "results.class-malformed", "C2"),
        (("179292", "2026/27", "IF1A", ""), "results.pseudonym-missing", "D2"),
        (("179292", "2026/27", "IF1A", "Anna Schmidt"), "results.pseudonym-malformed", "D2"),
        (
            ("179292", "2026/27", "IF1A", MISTYPED),
            "results.pseudonym-mistyped",
            "D2",
        ),
    ],
)
def test_a_wrong_cell_is_named(row: Sequence[str], code: str, cell: str) -> None:
    [fault] = check_county(load(row), "load.csv", expected()).faults
    assert (fault.code, fault.place.cell, fault.place.file) == (code, cell, "load.csv")
    for language in LANGUAGES:
        assert cell in fault.sentence(language)
        assert "{" not in fault.sentence(language)


def test_an_unknown_college_is_named_once_for_a_class() -> None:
    rows = [("999999", "2026/27", "IF1A", f"p{number}") for number in range(5)]
    assert len(check_county(load(*rows), "", expected()).faults) == 1


def test_the_rows_of_a_class_have_to_stand_together() -> None:
    file = load(
        ("179292", "2026/27", "IF1A", "p1"),
        ("179292", "2026/27", "IF1B", "p2"),
        ("rvw", "2026/27", "IF1A", "p3"),
    )
    [fault] = check_county(file, "", expected()).faults
    assert (fault.code, fault.place.cell) == ("results.class-apart", "C4")


def test_a_pseudonym_may_come_again_in_another_class_only() -> None:
    again = ("179292", "2026/27", "IF1A", "p1")
    elsewhere = ("179292", "2026/27", "IF1B", "p1")
    [fault] = check_county(load(again, again, elsewhere), "", expected()).faults
    assert (fault.code, fault.facts["first"]) == ("results.pseudonym-twice", "D2")


def test_after_a_fault_no_class_follows() -> None:
    file = load(
        ("179292", "2026/27", "IF1A", "p1"),
        ("999999", "2026/27", "IF1B", "p2"),
        ("179292", "2026/27", "IF1C", "p3"),
    )
    kinds = [type(each) for each in read_county(file, "", expected())]
    assert kinds == [ClassRows, Fault]


def test_faults_end_somewhere() -> None:
    rows = [("999999", "2026/27", f"IF{number}", "p1") for number in range(MOST_FAULTS + 50)]
    faults = check_county(load(*rows), "", expected()).faults
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].code == "results.more-faults"


def test_the_columns_that_name_the_class_have_to_be_there() -> None:
    faults = check_county(csv_file(HEADINGS, ANNA), "", expected()).faults
    assert [fault.facts["heading"] for fault in faults] == ["Berufskolleg", "Schuljahr", "Klasse"]


def test_what_cannot_be_read_is_a_fault() -> None:
    [fault] = check_county(BytesIO(b"a;\x00"), "", expected()).faults
    assert fault.code == "text.control-character"


def test_the_load_of_the_benchmark_is_read_whole(tmp_path: Path) -> None:
    rows = (CLASSES + 1) * LEARNERS + 1
    write_load(tmp_path / "load.csv", rows)
    with (tmp_path / "load.csv").open("rb") as stream:
        check = check_county(stream, "load.csv", county_expected())
    assert (check.rows, check.classes, check.faults) == (rows, CLASSES + 2, ())


def load(*rows: Sequence[str]) -> BytesIO:
    """Each row: school number, school year, class, pseudonym."""
    return csv_file(HEAD, *((*row, *ANNA[1:]) for row in rows))


def expected(definition: Definition = C_TEST) -> CountyExpected:
    return CountyExpected(
        definition=definition,
        school_year="2026/27",
        colleges=COLLEGES,
        today=TODAY,
        accommodations=ACCOMMODATIONS,
    )
