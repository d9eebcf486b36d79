"""Lists of courses come in as they were meant, or say at each cell what is wrong."""

import re
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from domain.course_offers.details import Details, Form
from domain.course_offers.levels import Level
from services.importers.course_offer_cells import Times, price_of, times_of
from services.importers.course_offers import Expected, OfferList, read_offers
from tests.support.college_files import csv, xlsx

TODAY = date(2026, 3, 2)
EXPECTED = Expected(
    today=TODAY,
    municipalities={"salzkotten": "05774036", "badlippspringe": "05774008"},
    as_of=date(2026, 2, 27),
)
KURSNET = [
    [
        "Veranstaltungsnummer",
        "Kursart",
        "Anbieter",
        "Beginn",
        "Ende",
        "Anmeldeschluss",
        "Unterrichtsform",
        "Unterrichtszeiten",
        "Unterrichtseinheiten",
        "Kosten",
        "gebuchte/maximale Teilnehmerzahl",
        "Ort",
    ],
    [
        "26-117",
        "Job-BSK",
        "Volkshochschule Müller",
        "16.03.2026",
        "29.05.2026",
        "06.03.2026",
        "Teilzeit",
        "Di, Do 17:30-20:00 Uhr",
        "120",
        "307,20 €",
        "11/15",
        "33154 Salzkotten",
    ],
]
MEANT = Details(
    course_type="job-bsk",
    provider="Volkshochschule Müller",
    starts_on=date(2026, 3, 16),
    ends_on=date(2026, 5, 29),
    apply_until=date(2026, 3, 6),
    form=Form.PRESENCE,
    weekdays=(2, 4),
    begins="17:30",
    ends="20:00",
    units=120,
    price=256,
    seats=15,
    booked=11,
    municipality="05774036",
)


def read(content: bytes, expected: Expected = EXPECTED) -> OfferList:
    return read_offers(BytesIO(content), "", expected)


def with_cells(**cells: str) -> bytes:
    """The list with other cells, `D2="…"`."""
    table = [list(row) for row in KURSNET]
    for cell, text in cells.items():
        table[int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = text
    return csv(table, encoding="cp1252")


def told(found: OfferList) -> list[tuple[str, str]]:
    return [(fault.place.cell, fault.code) for fault in found.faults]


@pytest.mark.parametrize(
    "content", [csv(KURSNET, encoding="cp1252"), csv(KURSNET, encoding="utf-8"), xlsx(KURSNET)]
)
def test_a_kursnet_list_is_read_in_every_usual_form(content: bytes) -> None:
    found = read(content)
    assert told(found) == []
    (offer,) = found.offers
    assert (offer.key, offer.as_of, offer.place.cell) == ("26-117", date(2026, 2, 27), "A2")
    assert offer.details == MEANT


def test_a_list_of_a_providers_own_is_read_by_its_mapping() -> None:
    table = [
        ["Nr.", "Was", "Los", "Stand", "von", "bis", "Kursort"],
        ["7", "BSK B2", "2026-09-01", "01.03.2026", "B1", "B2", "Bad Lippspringe, Rathaus"],
    ]
    expected = Expected(
        today=TODAY,
        municipalities=EXPECTED.municipalities,
        as_of=TODAY,
        provider="Kolping",
        mapping={"course_type": "Was", "starts_on": "Los", "from_level": "von", "to_level": "bis"},
    )
    found = read(csv(table), expected)
    assert told(found) == []
    (offer,) = found.offers
    assert offer.as_of == date(2026, 3, 1)
    assert offer.details == Details(
        course_type="bsk-b2",
        provider="Kolping",
        starts_on=date(2026, 9, 1),
        from_level=Level.B1,
        to_level=Level.B2,
        municipality="05774008",
        place="Bad Lippspringe, Rathaus",
    )


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"A2": ""}, [("A2", "offers.key-malformed")]),
        ({"B2": "Yoga"}, [("B2", "offers.type-unknown")]),
        ({"B2": ""}, [("B2", "offers.value-missing")]),
        ({"C2": "–"}, [("C2", "offers.text-missing")]),
        ({"D2": "bald"}, [("D2", "offers.day-unreadable")]),
        ({"E2": "01.03.2026"}, [("F2", "offers.dates-out-of-order")]),
        ({"G2": "im Wald"}, [("G2", "offers.form-unknown")]),
        ({"H2": "abends"}, [("H2", "offers.times-unreadable")]),
        ({"H2": "Di 20:00-17:30"}, [("H2", "offers.times-malformed")]),
        ({"I2": "viele"}, [("I2", "offers.number-unreadable")]),
        ({"I2": "9999"}, [("I2", "offers.number-out-of-range")]),
        ({"J2": "teuer"}, [("J2", "offers.price-unreadable")]),
        ({"K2": "11"}, [("K2", "offers.participants-unreadable")]),
        ({"K2": "16/15"}, [("K2", "offers.more-booked-than-seats")]),
    ],
)
def test_each_fault_is_at_its_cell_and_keeps_its_row_out(
    cells: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    found = read(with_cells(**cells))
    assert set(faults) <= set(told(found))
    assert found.offers == ()
    assert found.is_readable
    assert all(fault.sentence("de") and fault.sentence("en") for fault in found.faults)


def test_a_row_with_a_fault_leaves_the_others_as_they_are() -> None:
    table = [*KURSNET, ["26-117", *KURSNET[1][1:]], ["26-118", *KURSNET[1][1:]]]
    found = read(csv(table))
    assert told(found) == [("A3", "offers.key-twice")]
    assert [offer.key for offer in found.offers] == ["26-117", "26-118"]


def test_a_list_without_a_column_that_is_needed_cannot_be_read() -> None:
    found = read(csv([row[1:] for row in KURSNET]))
    assert told(found) == [("1", "offers.column-missing")]
    assert not found.is_readable
    assert found.faults[0].sentence("de").startswith("Zeile 1: Eine Spalte fehlt für: Nummer.")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Mo-Fr 8:30 bis 12:45", Times(weekdays=(1, 2, 3, 4, 5), begins="08:30", ends="12:45")),
        ("Montags und mittwochs, 18-20 Uhr", Times(weekdays=(1, 3), begins="18:00", ends="20:00")),
        ("Sa.", Times(weekdays=(6,))),
        ("nach Vereinbarung", Times()),
        ("Mo 8-10, Di 9-11", None),
        ("Fr-Mo 8-10", None),
        ("manchmal", None),
    ],
)
def test_lessons_are_understood_as_people_write_them(text: str, times: Times | None) -> None:
    assert times_of(text) == times


@pytest.mark.parametrize(
    ("text", "units", "cents"),
    [
        ("2,56 € je UE", None, 256),
        ("2,56 EUR/UE", 400, 256),
        ("1.024,00 €", 400, 256),
        ("kostenfrei", None, 0),
        ("0", None, 0),
        ("100", 3, 3333),
        ("100", None, None),
        ("viel", 400, None),
    ],
)
def test_a_price_is_for_one_lesson(text: str, units: int | None, cents: int | None) -> None:
    assert price_of(text, units) == cents


def test_each_fault_of_a_list_of_courses_has_a_sentence() -> None:
    folder = Path("services/importers")
    sentences = tomllib.loads((folder / "faults.toml").read_text("utf-8"))
    domain = Path("domain/course_offers/errors.py").read_text("utf-8")
    code = "".join(file.read_text("utf-8") for file in folder.glob("course_offer*.py"))
    used = set(re.findall(r'"(offers\.[a-z-]+)"', code))
    refused = {f"offers.{rule}" for rule in re.findall(r'"course-offer\.([a-z-]+)"', domain)}
    known = {code for code in sentences if code.startswith("offers.")}
    assert used <= known <= used | refused
