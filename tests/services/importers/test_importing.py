"""A file with classes and learners comes in whole, or every fault in it is named."""

import gzip
import io
import json
import logging
from random import Random

import pytest

from services.importers.enrolments import Upload
from services.importers.faults import Fault
from services.importers.importing import Format, Imported, ImportedClass, import_classes
from services.importers.mapping import proposed
from services.importers.rows import Limits, Row
from services.importers.svws import decoded
from services.privacy.pseudonyms import Learner, PseudonymKey, is_pseudonym
from tests.support.college_files import PASSWORD, WHOLE, archive, csv, oneroster, rows, schild, svws

KEY = PseudonymKey(bytes(range(32)))
HEADING = "Klasse;Schulgliederung;Fachklasse;Nachname;Vorname;Geburtsdatum\n"
RIGHT = "H1A;A01;10-10104;Müller;Mia;21.01.2008\n"


def imported(content: bytes | str, **said: object) -> Imported:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    upload = {"stream": stream, "file": "liste.csv", "school_year": "2026/27", "key": KEY, **said}
    return import_classes(Upload(**upload))  # pyright: ignore[reportArgumentType]


def faults(content: bytes | str, **said: object) -> list[tuple[str, str, str]]:
    found = imported(content, **said)
    assert not found.classes
    return [
        (fault.code, fault.place.cell or fault.place.path, fault.value) for fault in found.faults
    ]


@pytest.mark.parametrize("kind", WHOLE)
def test_every_format_gives_the_same_classes_and_pseudonyms(kind: str) -> None:
    table = rows(Random(1))
    classes = {found.name: found for found in imported(WHOLE[kind][1](table)).classes}
    expected = {found.name: found for found in imported(csv(table)).classes}
    assert {name: set(c.learners) for name, c in classes.items()} == {
        name: set(c.learners) for name, c in expected.items()
    }
    assert all(is_pseudonym(learner) for c in classes.values() for learner in c.learners)
    has_trades = kind not in {"svws", "oneroster"}
    assert (classes["H1A"].programme, classes["H1A"].trade) == (
        ("A01", "10-10104") if has_trades else ("", "")
    )


def test_a_list_of_classes_alone_needs_no_key() -> None:
    found = imported("Klasse;Gliederung;Beruf\nH1A;a 01;10104\nK1;A12;57-10100\n", key=None)
    assert [(c.name, c.programme, c.trade) for c in found.classes] == [
        ("H1A", "A01", "10-10104"),
        ("K1", "A12", "57-10100"),
    ]


@pytest.mark.parametrize(
    ("row", "code", "cell", "value"),
    [
        (";A01;10-10104;M;M;21.01.2008", "import.value-missing", "A2", ""),
        ("H1A;A99;10-10104;M;M;21.01.2008", "import.programme-unknown", "B2", "A99"),
        ("H1A;B03;10-10104;M;M;21.01.2008", "import.programme-unknown", "B2", "B03"),
        ("H1A;;10-10104;M;M;21.01.2008", "import.value-missing", "B2", ""),
        ("H1A;A01;10-99999;M;M;21.01.2008", "import.trade-unknown", "C2", "10-99999"),
        ("H1A;A12;10-10104;M;M;21.01.2008", "import.trade-of-other-programme", "C2", "10-10104"),
        ("H1A;A01;10-10104;M<;M;21.01.2008", "import.name-malformed", "D2", "M<"),
        ("H1A;A01;10-10104;M;M;31.02.2008", "import.date-malformed", "F2", "31.02.2008"),
        ("H1A;A01;10-10104;M;M;21.01.08", "import.date-malformed", "F2", "21.01.08"),
        ("H1A;A01;10-10104;M;;21.01.2008", "import.learner-incomplete", "2", ""),
    ],
)
def test_a_wrong_cell_is_named(row: str, code: str, cell: str, value: str) -> None:
    assert faults(f"{HEADING}{row}\n{RIGHT}") == [(code, cell, value)]


def test_all_faults_of_all_rows_are_named_and_nothing_is_taken_in() -> None:
    wrong = f"{HEADING}{RIGHT}H1A;A99;x;M;M;x\n"
    assert [fault[1] for fault in faults(wrong)] == ["B3", "C3", "F3"]


def test_the_same_learner_twice_is_a_fault() -> None:
    found = imported(f"{HEADING}{RIGHT}{RIGHT.replace('Müller', 'MÜLLER')}").faults
    assert [fault.sentence("de") for fault in found] == [
        (
            "Zeile 3 in „liste.csv“: Dieselbe Person steht schon in Zeile 2 in der Klasse H1A."
            " Bitte eine der Zeilen entfernen."
        )
    ]


def test_a_class_has_one_programme_and_one_trade() -> None:
    other = RIGHT.replace("10-10104", "10-10100").replace("Mia", "Mira")
    assert faults(f"{HEADING}{RIGHT}{other}") == [("import.class-contradicts", "3", "")]


def test_rows_of_another_school_year_are_faults_in_a_list() -> None:
    content = "Klasse;Schuljahr\nH1A;2026/2027\nH1B;2025/26\nH1C;2026/28\nH1D;2026\n"
    assert faults(content) == [
        ("import.school-year-other", "B3", "2025/26"),
        ("import.school-year-malformed", "B4", "2026/28"),
    ]


def test_a_saved_mapping_finds_its_columns() -> None:
    content = "Raum;Bildungsgang 1;Kennung\nH1A;A01;4711\n"
    mapping = {"class": "Raum", "programme": "Bildungsgang 1", "own_id": "Kennung"}
    expected = ImportedClass(
        name="H1A", programme="A01", trade="", learners=(KEY.pseudonym(Learner(own_id="4711")),)
    )
    assert imported(content, mapping=mapping) == Imported(classes=(expected,))


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"class": "Klassse"}, "import.column-missing"),
        ({"programme": "Schulgliederung"}, "import.column-missing"),
        ({"class": "Klasse", "colour": "Klasse"}, "import.field-unknown"),
        ({"class": "Klasse", "own_id": "Initialpasswort"}, "import.password-column"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(mapping: dict[str, str], code: str) -> None:
    content = "Klasse;Schulgliederung;Initialpasswort\nH1A;A01;geheim\n"
    assert [fault[0] for fault in faults(content, mapping=mapping)] == [code]


def test_a_heading_that_stands_twice_is_named() -> None:
    assert faults("Klasse;Klasse\nA;B\n") == [("import.column-twice", "B1", "Klasse")]


def test_usual_headings_propose_a_mapping() -> None:
    heading = Row(1, ("Geb.-Datum", "Name", "Vorname(n)", "Kläße", "KLASSE", "Passwort"))
    assert proposed(heading) == {
        "class": "KLASSE",
        "surname": "Name",
        "given_name": "Vorname(n)",
        "born": "Geb.-Datum",
    }


def test_a_pseudonym_made_by_the_college_is_checked() -> None:
    right = KEY.pseudonym(Learner(own_id="1"))
    assert imported(f"Klasse;Pseudonym\nH1A;{right.lower()}\n").classes[0].learners == (right,)
    wrong = ("A" if right[0] != "A" else "B") + right[1:]
    assert faults(f"Klasse;Pseudonym\nH1A;{wrong}\n") == [
        ("import.pseudonym-malformed", "B2", wrong)
    ]


def test_schild_files_come_in_a_zip_with_other_years_and_people_who_left() -> None:
    classes = (
        "InternBez|StatistikBez|SonstigeBez|Jahrgang|Folgeklasse|Klassenlehrer|OrgForm|Klassenart|"
        "Gliederung|Fachklasse|Jahr|Abschnitt\n"
        "H1A|01A||01|H2A|MÜ|T|BS|A01|10104|2026|1\n"
        "IF1|01I||01||MÜ|V|BS|A17||2026|1\n"
        "ALT|01X||01||MÜ|V|BS|Q99||2019|1\n"
    )
    learners = schild(rows(Random(1))).decode("cp1252")
    left = learners.replace("|w|2|", "|w|9|").split("\r\n")[1]
    content = archive({
        "Export/Klassen.dat": classes.encode("cp1252"),
        "Export/SchuelerBasisdaten.dat": f"{learners}{left}\r\n".encode("cp1252"),
    })  # fmt: skip
    found = {c.name: (c.programme, c.trade, len(c.learners)) for c in imported(content).classes}
    assert found == {
        "H1A": ("A01", "10-10104", 6),
        "IF1": ("A17", "", 0),
        "K1B": ("A01", "10-10100", 6),
    }


def test_quotation_marks_mean_nothing_to_schild() -> None:
    content = schild(rows(Random(1))).replace(b"|BS|", b'|"BS|')
    assert len(imported(content).classes) == 2


def test_a_learner_of_both_halves_of_the_year_counts_once() -> None:
    content = schild(rows(Random(1)))
    second = content.split(b"\r\n", 1)[1].replace(b"|2026|1|", b"|2026|2|")
    assert imported(content + second) == imported(content)


def test_the_learning_platform_export_may_be_compressed() -> None:
    content = svws(rows(Random(1)))
    assert imported(gzip.compress(content)) == imported(content)
    bomb = gzip.compress(bytes(100_001))
    assert faults(bomb, limits=Limits(unpacked=100_000))[0][0] == "table.too-large"


def test_own_ids_or_names_make_the_pseudonyms_as_the_college_chose() -> None:
    for content in (svws(rows(Random(1))), oneroster(rows(Random(1)))):
        by_name = imported(content).classes[0].learners
        by_id = imported(content, by_own_id=True).classes[0].learners
        assert len(by_name) == len(by_id)
        assert not set(by_name) & set(by_id)


def test_a_fault_in_json_is_named_by_its_path() -> None:
    export = json.loads(svws(rows(Random(1))))
    export["schueler"][3]["geburtsdatum"] = "gestern"
    export["schueler"][4]["idKlasse"] = 99
    assert faults(json.dumps(export)) == [
        ("import.date-malformed", "/schueler/3/geburtsdatum", "gestern"),
        ("import.class-unknown", "/schueler/4", ""),
    ]
    export["schueler"][5]["id"] = PASSWORD
    assert faults(json.dumps(export)) == [("import.json-malformed", "/schueler/5/id", "")]


@pytest.mark.parametrize("kind", ["svws", "oneroster"])
def test_no_password_reaches_an_object_an_error_or_a_log(
    kind: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    whole = WHOLE[kind][1](rows(Random(1)))
    contents = [whole]
    if kind == "svws":
        assert PASSWORD.encode() in whole
        login = f'"initialpasswort": "{PASSWORD}"'.encode()
        contents += [
            whole.replace(login, login + b","),
            whole.replace(login, login.removesuffix(b'"')),
            whole.replace(b'"nachname"', b'"nachname": 1, "x"'),
            whole[: whole.index(PASSWORD.encode()) + 9],
        ]
        assert PASSWORD not in repr(decoded(whole, "x").schueler) + str(decoded(whole, "x"))
    for content in contents:
        found = imported(content)
        said = [fault.sentence("de") + fault.sentence("en") for fault in found.faults]
        assert PASSWORD not in repr(found) + repr(said)
    assert PASSWORD not in caplog.text + "".join(capfd.readouterr())


def test_a_roster_with_a_password_one_column_too_far_does_not_show_it() -> None:
    content = csv([["Klasse", "Id"], ["H1A", "1", PASSWORD]])
    found = imported(content)
    assert [fault.code for fault in found.faults] == ["table.row-longer"]
    assert PASSWORD not in repr(found)


def test_after_two_hundred_faults_the_rest_is_counted() -> None:
    found = imported(HEADING + RIGHT.replace("A01", "A99") * 300).faults
    assert len(found) == 201
    assert found[-1] == Fault(code="import.more-faults", facts={"count": 100})


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"PK", b"Klasse\n", b"\x1f\x8b", archive({})]
)
def test_nothing_is_not_a_list(content: bytes) -> None:
    assert len(imported(content).faults) == 1


def test_a_named_format_is_not_guessed() -> None:
    upload = Upload(stream=io.BytesIO(b"{}"), file="x", school_year="2026/27")
    assert import_classes(upload, Format.LIST).faults[0].code == "import.column-missing"
    assert import_classes(upload, Format.SVWS).faults[0].code == "import.json-malformed"
