from collections import Counter
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from domain.assessments.checking import check_definition
from domain.assessments.definition import Definition
from domain.assessments.meaning import meaning
from domain.assessments.results import Result
from domain.assessments.scoring import faults
from services.demo import c_test
from services.demo.assessment import school_year
from services.demo.county import load_county, paderborn
from services.demo.front_door import in_lines
from services.demo.results import CLASSES, InventedClass, rows, weakest
from services.runtime import Runtime

DEFINITION = msgspec.convert(c_test.definition(), Definition)


def drafted(position: int, name: str) -> dict[str, Any]:
    return {
        "position": position,
        "topic": "concept.section-drafted",
        "name": name,
        "role": "case-manager",
        "sentence": f"Abschnitt „Ziele“: Fassung 1 gespeichert von {name}.",
    }


def test_saving_one_section_after_the_other_is_told_as_one() -> None:
    entries = [drafted(5, "Falk"), drafted(6, "Falk"), drafted(9, "Falk"), drafted(10, "Karin")]
    assert list(in_lines(entries)) == [
        ("5\u20139", "Falk: 3 Abschnitte des Entwurfs gespeichert."),
        ("10", "Abschnitt „Ziele“: Fassung 1 gespeichert von Karin."),
    ]


def test_who_did_it_is_said_unless_the_sentence_does() -> None:
    closed = {"topic": "concept.consultation-closed", "sentence": "Runde 1 geschlossen."}
    entries = [
        {**closed, "position": 1, "name": "", "role": "process"},
        {**closed, "position": 2, "name": "Karin", "role": "coordinator"},
    ]
    assert [line for _, line in in_lines(entries)] == [
        "Zeitsteuerung: Runde 1 geschlossen.",
        "Karin: Runde 1 geschlossen.",
    ]


def test_a_text_loses_half_of_every_second_word_from_its_second_sentence_on() -> None:
    text = "Das hier bleibt ganz. Am Morgen kommt er, um sieben Uhr, sofort an."
    assert c_test.shortened(text, 3) == (
        "Das hier bleibt ganz. Am Mor{1} kommt e{2}, um sie{3} Uhr, sofort an.",
        ["gen", "r", "ben"],
    )


def test_the_demos_instrument_makes_sense_and_both_texts_have_all_gaps() -> None:
    check_definition(DEFINITION)
    assert DEFINITION.maximum == len(c_test.TEXTS) * c_test.GAPS


@pytest.mark.parametrize("this", CLASSES, ids=lambda this: this.letters)
def test_invented_results_can_be_and_are_the_same_at_every_start(this: InventedClass) -> None:
    found = rows(this, "2026-09-07")
    assert found == rows(this, "2026-09-07")
    results = [msgspec.convert({"type": "result", **_without_name(row)}, Result) for row in found]
    assert [fault for result in results for fault in faults(result, DEFINITION)] == []
    kinds = Counter(row.get("attendance", "present") for row in found)
    assert kinds == {"present": this.size - 2, "aborted": 1, "absent": 1}
    assert len({row["pseudonym"] for row in found}) == this.size
    assert weakest(found) in {row["pseudonym"] for row in found}


def test_the_invented_classes_show_all_levels_and_something_to_choose() -> None:
    said = [
        meaning(
            msgspec.convert({"type": "result", **_without_name(row)}, Result),
            DEFINITION,
            programme="A01",
            trade=this.trade,
        )
        for this in CLASSES
        for row in rows(this, "2026-09-07")
    ]
    assert {one.level for one in said if one} == {cut.level for cut in DEFINITION.cut_scores.cuts}
    assert {one.borderline for one in said if one} == {True, False}


def test_a_school_year_begins_in_august() -> None:
    assert school_year(datetime(2027, 7, 31, tzinfo=UTC)) == "2026/27"
    assert school_year(datetime(2099, 8, 1, tzinfo=UTC)) == "2099/00"


async def test_loading_the_county_again_records_nothing_new(runtime: Runtime) -> None:
    first = [line async for line in load_county(runtime.desk, paderborn())]
    head = await runtime.store.head()
    again = [line async for line in load_county(runtime.desk, paderborn())]
    assert (again, await runtime.store.head()) == (first, head)
    assert first[0].startswith("10 Kommunen")


def _without_name(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "pseudonym"}
