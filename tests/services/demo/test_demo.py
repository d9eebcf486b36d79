from typing import Any

from services.demo.county import load_county, paderborn
from services.demo.play import in_lines
from services.runtime import Runtime


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


async def test_loading_the_county_again_records_nothing_new(runtime: Runtime) -> None:
    first = [line async for line in load_county(runtime.desk, paderborn())]
    head = await runtime.store.head()
    again = [line async for line in load_county(runtime.desk, paderborn())]
    assert (again, await runtime.store.head()) == (first, head)
    assert first[0].startswith("10 Kommunen")
