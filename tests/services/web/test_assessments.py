"""A college's way through an assessment in the browser: classes, results, what they mean."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from io import StringIO

import pytest

from domain.assessments.events import Sitting
from tests.support.own_class import OwnClass, open_round, own_class, row
from tests.support.reading import Form, Page, Visitor, visitor_of
from tests.support.stack import Stack

KEY = bytes(range(32)).hex()
LIST = """Klasse;Schulgliederung;Fachklasse;Nachname;Vorname;Geburtsdatum
MB26C;A01;10-10104;Muster;Kim;01.05.2008
MB26C;A01;10-10104;Beispiel;Ela;02.05.2008
"""


@pytest.fixture
async def this(stack: Stack) -> OwnClass:
    return await own_class(stack)


@pytest.fixture
async def college(stack: Stack) -> Visitor:
    return await visitor_of(stack, "berufskolleg")


def page_of(this: OwnClass) -> str:
    return f"/erhebungen/klassen/{this.id}/{this.round}"


async def filled(this: OwnClass, *rows: Sequence[str]) -> bytes:
    """The template with R/F and WE of the two texts for each learner; no scores: absent."""
    answer = await this.person.ask("GET", f"{this.in_round}/template.csv")
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    column = {heading: index for index, heading in enumerate(lines[0])}
    for line, scores in zip(lines[1:], rows, strict=True):
        line[column["Teilnahme"]] = "anwesend" if scores else "fehlt"
        for heading, score in zip(
            ("Text 1 R/F", "Text 1 WE", "Im Büro R/F", "Im Büro WE"), scores, strict=False
        ):
            line[column[heading]] = score
    text = StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(lines)
    return text.getvalue().encode()


async def upload(visitor: Visitor, this: OwnClass, content: bytes) -> Page:
    """Choose the file on the page of the class."""
    page = await visitor.open(page_of(this))
    form = page.form(f"{page_of(this)}/datei")
    return await visitor.send_form(form, {"datei": ("ergebnisse.csv", content)})


def cell(form: Form, heading: str, line: int) -> str:
    """The name of the field in this column and row."""
    column = form.fields["ueberschrift"].index(heading)
    return f"z{line}s{column}"


async def test_the_college_sees_at_once_which_classes_are_missing(
    this: OwnClass, college: Visitor
) -> None:
    page = await college.open("/erhebungen")
    assert page.headline.startswith("1 Klasse fehlt noch: Abgabe bis ")
    assert page_of(this) in page.links
    await this.record(row("p-anna", 2, 2), row("p-ben", 1, 1), row("p-cem", 0, 0))
    page = await college.open(f"/erhebungen?ab={await this.stack.head()}")
    assert "vollständig, noch nicht abgegeben" in page.text
    await this.submit()
    page = await college.open(f"/erhebungen?ab={await this.stack.head()}")
    assert page.headline == "Alle Ihre Klassen sind abgegeben"


async def test_a_wrong_file_shows_each_mistake_in_its_cell_and_is_mended_there(
    this: OwnClass, college: Visitor
) -> None:
    head = await this.stack.head()
    wrong = await filled(this, ("2", "2", "1", "1"), ("9", "2", "x", "1"), ())
    page = await upload(college, this, wrong)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.headline == "2 Stellen sind noch nicht richtig"
    form = page.form(f"{page_of(this)}/eintragen")
    beyond, letters = cell(form, "Text 1 R/F", 1), cell(form, "Im Büro R/F", 1)
    assert (form.fields[beyond], form.fields[letters]) == (["9"], ["x"])
    html = page.response.text
    assert f'id="{beyond}-fehler"' in html
    assert f'href="#{letters}"' in html
    assert "Bitte eine ganze Zahl von 0 bis 2 eintragen." in page.text
    assert 'value="uebernehmen"' not in html, "only what is clean can be taken over"
    topics = {entry.topic for entry in await this.stack.runtime.store.read(after=head, limit=50)}
    assert topics == {"look.rows-seen"}, "nothing was recorded but that it was looked at"
    page = await college.send_form(form, **{beyond: "1", letters: "0"}, tun="pruefen")
    assert page.headline == "Alles richtig: 3 neu, 0 geändert"
    form = page.form(f"{page_of(this)}/eintragen")
    page = await college.send_form(form, tun="uebernehmen")
    assert page.path == page_of(this)
    assert page.headline == "Die MB26A ist vollständig und kann abgegeben werden"
    assert "Gespeichert als Eintrag" in page.text


async def test_the_same_file_again_changes_nothing_and_a_corrected_one_needs_a_reason(
    this: OwnClass, college: Visitor
) -> None:
    await this.record(row("p-anna", 2, 1), row("p-ben", 1, 1), row("p-cem", 0, 0))
    same = await filled(this, ("2", "2", "1", "1"), ("1", "1", "1", "1"), ("0", "0", "0", "0"))
    page = await upload(college, this, same)
    assert page.headline == "Nichts zu ändern"
    other = await filled(this, ("2", "2", "1", "1"), ("1", "2", "1", "1"), ("0", "0", "0", "0"))
    page = await upload(college, this, other)
    assert page.headline == "Alles richtig: 0 neu, 1 geändert"
    assert "p-ben Text 1: WE-Wert 1 2" in page.text
    form = page.form(f"{page_of(this)}/eintragen")
    page = await college.send_form(form, tun="uebernehmen")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Es wurde nichts geändert." in page.text
    form = page.form(f"{page_of(this)}/eintragen")
    assert form.fields[cell(form, "Text 1 WE", 1)] == ["2"], "what was chosen is still there"
    page = await college.send_form(form, tun="uebernehmen", reason="Verrutscht.")
    assert page.path == page_of(this)
    sheet = await this.person.read(f"{this.in_round}/results")
    assert [one["recognition"] for one in sheet["rows"]] == [3, 3, 0]


async def test_what_was_changed_meanwhile_is_not_written_over(
    this: OwnClass, college: Visitor
) -> None:
    await this.record(row("p-anna", 2, 1))
    page = await college.open(f"{page_of(this)}/eintragen")
    form = page.form(f"{page_of(this)}/eintragen")
    await this.record(row("p-anna", 1, 1), reason="Nachgezählt.")
    page = await college.send_form(form, tun="uebernehmen", reason="Doch nicht.")
    assert page.status in {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.UNPROCESSABLE_ENTITY}
    sheet = await this.person.read(f"{this.in_round}/results")
    assert sheet["rows"][0]["exact"] == 2


async def test_a_file_of_another_class_is_noticed(this: OwnClass, college: Visitor) -> None:
    right = await filled(this, ("2", "2", "1", "1"), (), ())
    page = await upload(college, this, right.replace(b"MB26A", b"XX26A"))
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "XX26A" in page.text
    page = await upload(college, this, b"\xd0\xcf\x11\xe0 an old workbook")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Bitte berichtigen Sie die Datei" in page.text


async def test_results_are_typed_and_the_class_is_submitted_and_reopened(
    this: OwnClass, college: Visitor
) -> None:
    page = await college.open(f"{page_of(this)}/eintragen")
    form = page.form(f"{page_of(this)}/eintragen")
    typed: dict[str, str] = {}
    for line, (attendance, score) in enumerate(
        (("anwesend", "2"), ("anwesend", "1"), ("fehlt", ""))
    ):
        typed[cell(form, "Teilnahme", line)] = attendance
        for heading in ("Text 1 R/F", "Text 1 WE", "Im Büro R/F", "Im Büro WE"):
            typed[cell(form, heading, line)] = score
    page = await college.send_form(form, **typed, tun="uebernehmen")
    assert page.headline == "Die MB26A ist vollständig und kann abgegeben werden"
    page = await college.send(page, f"{page_of(this)}/abgabe")
    assert page.headline == "Die MB26A ist abgegeben"
    page = await college.send(page, f"{page_of(this)}/oeffnen", reason="")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    page = await college.send(page, f"{page_of(this)}/oeffnen", reason="Eine Zeile fehlt.")
    assert page.headline == "Die MB26A ist vollständig und kann abgegeben werden"


async def test_cells_pasted_from_a_spreadsheet_are_read_too(
    this: OwnClass, college: Visitor
) -> None:
    page = await college.open(page_of(this))
    forms = [form for form in page.forms if "eingefuegt" in form.fields]
    pasted = "p-anna\t\tanwesend\t2\t2\t\t1\t1\t\np-ben\t\tfehlt"
    page = await college.send_form(forms[0], eingefuegt=pasted)
    assert page.headline == "Alles richtig: 2 neu, 0 geändert"


async def test_another_college_gets_a_page_that_says_no(this: OwnClass) -> None:
    await this.record(row("p-anna", 2, 1))
    stranger = await visitor_of(this.stack, "nachbarkolleg")
    for path in (
        page_of(this),
        f"{page_of(this)}/eintragen",
        f"/erhebungen/klassen/{this.id}",
        f"/erhebungen/klassen/{this.id}/lernende",
        f"/erhebungen/klassen/{this.id}/einsichten",
        f"{page_of(this)}/ergebnis",
    ):
        page = await stranger.ask(path)
        assert page.status == HTTPStatus.FORBIDDEN, path
        assert "p-anna" not in page.response.text
        assert "MB26A" not in page.response.text
    coordinator = await visitor_of(this.stack, "koordination")
    assert (await coordinator.ask(page_of(this))).status == HTTPStatus.FORBIDDEN


async def test_the_class_result_shows_levels_scores_and_who_needs_a_second_look(
    this: OwnClass, college: Visitor
) -> None:
    await released(this)
    page = await college.open(f"{page_of(this)}/ergebnis")
    assert page.headline == "In der MB26A braucht 1 Ergebnis einen zweiten Blick"
    assert "Kein Zertifikat" in page.text
    assert "2026-1" in page.text
    html = page.response.text
    assert html.count('role="img"') == 2
    svg = html[html.index("<svg") : html.rindex("</svg>")]
    assert "style=" not in svg
    listed = html[html.index("Die Lernenden") :]
    assert listed.index("p-ben") < listed.index("p-anna"), "the uncertain ones come first"


async def test_a_teacher_looks_twice_and_decides_otherwise(
    this: OwnClass, college: Visitor
) -> None:
    await released(this)
    who = (await this.learners())["p-ben"]
    here = f"{page_of(this)}/ergebnis/{who}"
    page = await college.open(here)
    assert page.headline.startswith("p-ben liegt zwischen ")
    page = await college.send(page, f"{here}/zweiter-blick", level="A1", because="")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="because-fehler"' in page.response.text
    assert page.form(f"{here}/zweiter-blick").fields["level"] == ["A1"]
    page = await college.send(page, f"{here}/zweiter-blick", level="A1", because="Unsicher.")
    assert page.path == f"{page_of(this)}/ergebnis"
    assert "zweiter Blick" in page.text
    page = await college.open(here)
    page = await college.send(
        page, f"{here}/empfehlung", measures=["azubi-bsk"], reason="Passt besser."
    )
    assert "anders entschieden" in page.text
    assert "Azubi-BSK" in page.text


async def test_all_classes_of_the_college_are_seen_together(
    this: OwnClass, college: Visitor
) -> None:
    await released(this)
    page = await college.open(f"/erhebungen/runden/{this.round}/kolleg")
    assert page.headline == "1 Klasse in „Sprachstandserhebung“ ausgewertet"
    assert f"{page_of(this)}/ergebnis" in page.links


async def test_a_learner_is_informed_removed_and_erased(this: OwnClass, college: Visitor) -> None:
    await this.record(row("p-anna", 2, 1))
    learners = await this.learners()
    here = f"/erhebungen/klassen/{this.id}/lernende"
    page = await college.open(f"{here}/{learners['p-anna']}")
    assert page.headline == "Was p-anna verlangen kann"
    export = (await college.ask(f"{here}/{learners['p-anna']}/auskunft.json")).response
    assert export.headers["content-disposition"] == 'attachment; filename="auskunft.json"'
    assert export.json()["classes"][0]["pseudonym"] == "p-anna"
    page = await college.send(page, f"{here}/{learners['p-anna']}/entfernen")
    assert page.status == HTTPStatus.CONFLICT, "who has a result stays"
    page = await college.open(f"{here}/{learners['p-cem']}")
    page = await college.send(page, f"{here}/{learners['p-cem']}/entfernen")
    assert page.headline == "2 Personen sind in der MB26A"
    page = await college.open(f"{here}/{learners['p-anna']}")
    page = await college.send(page, f"{here}/{learners['p-anna']}/loeschen", reason="Antrag.")
    assert page.path == here
    assert "p-anna" not in page.text
    looks = await college.open(f"/erhebungen/klassen/{this.id}/einsichten")
    assert "Auskunft an die lernende Person" in looks.text


async def test_a_class_is_registered_by_hand_changed_and_withdrawn(
    stack: Stack, college: Visitor
) -> None:
    page = await college.open("/erhebungen/klassen/neu")
    entered = {
        "name": "MB26Z",
        "programme": "A01 Fachklassen (BS; TZ)",
        "trade": "99-99999",
        "size": "12",
    }
    page = await college.send(page, "/erhebungen/klassen/neu", **entered)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    form = page.form("/erhebungen/klassen/neu")
    assert form.fields["name"] == ["MB26Z"], "what was typed is still there"
    page = await college.send_form(form, trade="10-10104 Anlagenmechaniker/-in")
    assert page.headline == "In der MB26Z ist noch niemand"
    page = await college.send(page, page.path, pseudonyms="p-1\np-2")
    assert page.headline == "2 Personen sind in der MB26Z"
    here = page.path.removesuffix("/lernende")
    page = await college.open(f"{here}/aendern")
    page = await college.send(page, f"{here}/aendern", size="14")
    assert "2 aufgenommen, 14 gemeldet" in page.text
    page = await college.open(f"{here}/aendern")
    page = await college.send(page, f"{here}/zurueckziehen", reason="Kam nicht zustande.")
    assert page.path == "/erhebungen"
    assert "MB26Z" not in page.text
    assert (await college.open(here)).status == HTTPStatus.OK
    assert await stack.head() > 0


async def test_a_list_is_looked_at_and_then_taken_in(stack: Stack, college: Visitor) -> None:
    here = "/erhebungen/klassen/einlesen"
    form = (await college.open(here)).form(here)
    file = {"datei": ("klassen.csv", LIST.encode())}
    head = await stack.head()
    page = await college.send_form(form, file, schluessel=KEY)
    assert page.headline.startswith("Noch nichts gespeichert: 1 Klasse würde neu gemeldet")
    assert await stack.head() == head
    page = await college.send(page, here)
    assert page.path == "/erhebungen"
    assert "MB26C" in page.text
    settings = await college.open("/erhebungen/kolleg")
    assert settings.headline == "Der Schlüssel Ihrer Pseudonyme ist festgelegt"
    assert KEY not in settings.response.text
    other = await college.send_form(form, file, schluessel=KEY[::-1])
    assert other.status == HTTPStatus.CONFLICT
    again = await college.send_form(form, file, schluessel=KEY)
    assert again.headline.startswith("Nichts zu ändern")


async def test_a_faulty_list_names_each_cell_and_what_stands_there(
    stack: Stack, college: Visitor
) -> None:
    here = "/erhebungen/klassen/einlesen"
    form = (await college.open(here)).form(here)
    head = await stack.head()
    wrong = LIST.replace("10-10104;Beispiel", "77-77777;Beispiel").encode()
    page = await college.send_form(form, {"datei": ("klassen.csv", wrong)}, schluessel=KEY)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "C3 77-77777" in page.text
    assert await stack.head() == head


async def test_own_headings_are_saved_and_a_key_is_drawn(college: Visitor) -> None:
    page = await college.open("/erhebungen/kolleg")
    assert page.headline == "Ihr Berufskolleg hat noch keinen Schlüssel für Pseudonyme"
    drawn = [(await college.ask("/erhebungen/kolleg/schluessel.txt")).response.text.strip()]
    drawn += [(await college.ask("/erhebungen/kolleg/schluessel.txt")).response.text.strip()]
    assert len(set(drawn)) == 2
    assert all(len(bytes.fromhex(key)) == 32 for key in drawn)
    there = "/erhebungen/kolleg/zuordnung"
    headings: Mapping[str, str] = {
        "spalte-class": "Kl.",
        "spalte-programme": "SGL",
        "spalte-trade": "FKL",
    }
    page = await college.send(page, there, name="Untis!", **headings)
    assert page.status >= HTTPStatus.BAD_REQUEST
    assert page.form(there).fields["spalte-class"] == ["Kl."]
    page = await college.send(page, there, name="untis", **headings)
    assert "untis" in page.text
    own = b"Kl.;SGL;FKL\nMB26D;A01;10-10104\n"
    form = (await college.open("/erhebungen/klassen/einlesen")).form("/erhebungen/klassen/einlesen")
    seen = await college.send_form(form, {"datei": ("x.csv", own)}, mapping="untis", size="20")
    assert seen.headline.startswith("Noch nichts gespeichert: 1 Klasse")
    page = await college.send(page, f"{there}/entfernen")
    assert "Kl." not in page.text


async def test_a_file_that_is_too_large_is_refused_with_a_page(
    this: OwnClass, college: Visitor
) -> None:
    page = await upload(college, this, b"x" * 1_100_000)
    assert page.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert page.headline
    form = (await college.open("/erhebungen/klassen/einlesen")).form("/erhebungen/klassen/einlesen")
    page = await college.send_form(form, {"datei": ("klassen.csv", b"x" * 2_100_000)})
    assert page.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


async def test_the_change_to_the_retest_is_shown_for_who_took_both(
    this: OwnClass, college: Visitor
) -> None:
    await released(this)
    retest = await open_round(
        this.stack, key="eingang-retest", sitting=Sitting.RETEST, first=this.round
    )
    again = replace(this, round=retest)
    await again.record(row("p-anna", 2, 2), row("p-ben", 2, 2), row("p-cem", attendance="absent"))
    await again.submit()
    await again.release()
    page = await college.open(f"{page_of(again)}/vergleich")
    assert page.headline == "1 von 2 Lernenden der MB26A sind auf einer höheren Stufe"
    assert "p-ben A2 (2 / 2) B1 (4 / 4) +2" in page.text
    assert "p-cem" not in page.text
    assert "Leerer Balken: Ersterhebung." in page.text


async def released(this: OwnClass) -> None:
    """Three learners, p-ben between two levels; scored and released."""
    await this.record(row("p-anna", 2, 2), row("p-ben", 1, 1), row("p-cem", 0, 1))
    await this.submit()
    await this.release()
