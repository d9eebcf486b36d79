"""Concepts in the browser: the county at a glance, writing, and each step of the coordination."""

from http import HTTPStatus

import pytest

from domain.kernel import Role
from services.demo.texts import FIRST_DRAFT
from services.web.concepts.differences import GONE, NEW, SAME, differences
from tests.support.appointing import appoint
from tests.support.browser_like import View, visiting
from tests.support.http import recorded
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft, write_draft

DELBRUECK, LICHTENAU = "05774020", "05774028"
JOBCENTER = [{"organisation": "jobcenter"}]


async def opened(stack: Stack, municipality: str = DELBRUECK) -> str:
    """A concept in drafting."""
    body = {"municipality": municipality, "edition": "2025"}
    return recorded(await stack.koordination.post("/concepts", body))["id"]


async def agreed(stack: Stack) -> str:
    """A concept that waits for its adoption."""
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, JOBCENTER, seconds=3600)
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
    await stack.koordination.change(concept, "consultations/1/closing")
    return concept


def row_of(page: View, name: str) -> str:
    """What the table of the county says of a municipality."""
    rows = page.main.all("table")[0].all("tr")
    return next(row.text for row in rows if row.text.startswith(name))


async def test_the_county_at_a_glance_says_of_each_municipality_where_it_stands(
    stack: Stack,
) -> None:
    await agreed(stack)
    await opened(stack, LICHTENAU)
    async with visiting(stack, "koordination") as karin:
        page = await karin.see("/konzepte", ab=str(await stack.head()))
    assert page.headline == "0 von 9 Konzepten sind verabschiedet"
    assert "Verabschiedung abgestimmt" in row_of(page, "Delbrück")
    assert "Koordinierung oder Lenkungsgruppe" in row_of(page, "Delbrück")
    assert "Entwurf" in row_of(page, "Lichtenau")
    assert "Noch kein Konzept eröffnet" in row_of(page, "Salzkotten")
    assert "nicht beim Kreis angestellt" in row_of(page, "Paderborn")
    tiles = page.main.all("ul", class_="k-map")[0].all("li")
    assert len(tiles) == 10
    [north] = [tile for tile in tiles if tile.text.startswith("Hövelhof")]
    assert "k-map__row-1 k-map__column-2" in north.attributes["class"]


async def test_the_table_is_sorted_and_filtered_without_javascript(stack: Stack) -> None:
    await agreed(stack)
    await opened(stack, LICHTENAU)
    async with visiting(stack, "revision") as renate:
        page = await renate.see("/konzepte", ab=str(await stack.head()))
        form = page.form("Anzeigen")
        sorted_by_stage = await renate.send(form, {"sortierung": "stand"})
        rows = sorted_by_stage.main.all("tbody")[0].all("tr")
        assert rows[-1].text.startswith("Delbrück"), "furthest on"
        only = await renate.send(form, {"stand": "drafting"})
        [row] = only.main.all("tbody")[0].all("tr")
        assert row.text.startswith("Lichtenau")
        assert "Konzept eröffnen" not in page.text, "an auditor opens nothing"


async def test_a_coordinator_opens_one_concept_and_then_all_the_others(stack: Stack) -> None:
    async with visiting(stack, "koordination") as karin:
        page = await karin.see("/konzepte")
        one = await karin.send(page.form("Konzept eröffnen: Delbrück"))
        assert one.headline == "Delbrück: Der Entwurf hat Text in 0 von 10 Abschnitten"
        twice = await karin.send(page.form("Konzept eröffnen: Delbrück"))
        assert twice.path == one.path, "the same form sent again is done once"
        page = await karin.see("/konzepte", ab=one.query["ab"])
        rest = await karin.send(page.form("8 fehlende Konzepte eröffnen"))
        assert "Noch kein Konzept eröffnet" not in rest.text
        assert rest.text.count("im Entwurf") or "Entwurf" in row_of(rest, "Salzkotten")


async def test_a_case_manager_writes_section_by_section_and_submits(stack: Stack) -> None:
    concept = await opened(stack)
    async with visiting(stack, "fallmanagement") as falk:
        page = await falk.see(f"/konzepte/{concept}")
        page = await falk.see(page.link("Weiterschreiben"))
        assert page.headline == "Schreiben Sie: Ausgangslage und Sozialraum"
        for text in FIRST_DRAFT.values():
            button = "Speichern und weiter" if "Speichern und weiter" in page.text else "Speichern"
            page = await falk.send(page.form(button), {"text": f"{text}\r\n\r\nZweiter Absatz."})
        assert page.headline == "Gespeichert: Laufzeit und Fortschreibung"
        page = await falk.see(page.link("Zum Konzept"))
        step = await falk.see(page.link("Entwurf einreichen"))
        done = await falk.send(step.form("Entwurf einreichen"))
    assert done.headline == "Delbrück: Der Entwurf ist eingereicht"
    section = await stack.revision.read(f"/concepts/{concept}/sections/zielgruppe")
    assert section["text"] == FIRST_DRAFT["zielgruppe"] + "\n\nZweiter Absatz."


async def test_a_draft_with_gaps_names_them_instead_of_a_button(stack: Stack) -> None:
    concept = await opened(stack)
    async with visiting(stack, "fallmanagement") as falk:
        page = await falk.see(f"/konzepte/{concept}/schritte/einreichen")
    assert "9 Abschnitte brauchen noch Text" in page.text
    assert not page.main.all("form")


async def test_two_people_at_one_section_see_both_texts_and_lose_neither(stack: Stack) -> None:
    concept = await opened(stack)
    path = f"/konzepte/{concept}/abschnitte/netzwerk"
    await stack.fallmanagement.write(concept, "netzwerk", "Das Jobcenter wirkt mit.")
    async with visiting(stack, "fallmanagement") as falk:
        page = await falk.see(path)
        await stack.koordination.write(concept, "netzwerk", "Das Jobcenter und die IHK wirken mit.")
        mine = "Das Jobcenter wirkt mit, auch die Caritas."
        page = await falk.send(page.form("Speichern"), {"text": mine})
        assert page.status == HTTPStatus.CONFLICT
        assert page.headline == "Jemand anderes hat inzwischen gespeichert"
        assert "Karin Koordination" in page.text
        assert any("IHK" in one.text for one in page.main.all("ins"))
        assert any("Caritas" in one.text for one in page.main.all("ins"))
        form = page.form("Diesen Text speichern")
        assert form.value("text") == mine
        page = await falk.send(form, {"text": "Jobcenter, IHK und Caritas wirken mit."})
        assert page.headline.startswith("Gespeichert")
        versions = await falk.see(f"{path}/fassungen")
    assert versions.headline == "Netzwerk und Ansprechpersonen: 3 Fassungen"
    assert "Falk Fallmanagement" in versions.text


async def test_text_that_came_too_late_is_kept_to_be_copied(stack: Stack) -> None:
    concept = await opened(stack)
    await write_draft(stack.fallmanagement, concept)
    async with visiting(stack, "fallmanagement") as falk:
        page = await falk.see(f"/konzepte/{concept}/abschnitte/ziele")
        await stack.koordination.change(concept, "submission", {})
        page = await falk.send(page.form("Speichern"), {"text": "Ein spätes Ziel."})
    assert page.status == HTTPStatus.CONFLICT
    assert "Ein spätes Ziel." in page.source
    assert "Das hatten Sie geschrieben" in page.text


async def test_a_case_manager_of_another_municipality_reads_only(stack: Stack) -> None:
    concept = await opened(stack, LICHTENAU)
    async with visiting(stack, "fallmanagement") as falk:
        page = await falk.see(f"/konzepte/{concept}")
        assert not page.links("Weiterschreiben")
        section = await falk.see(f"/konzepte/{concept}/abschnitte/netzwerk")
        assert not section.main.all("textarea")


async def test_a_submitted_draft_goes_back_with_a_reason(stack: Stack) -> None:
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}")
        step = await karin.see(page.link("Zum Überarbeiten zurückgeben"))
        empty = await karin.send(step.form("Zurückgeben"), {"reason": "  "})
        assert empty.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert empty.alerts
        page = await karin.send(empty.form("Zurückgeben"), {"reason": "Ziele fehlen."})
    assert page.headline.endswith("hat Text in 10 von 10 Abschnitten")


async def test_a_coordinator_opens_a_round_with_the_defaults(stack: Stack) -> None:
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}")
        page = await karin.see(page.link("Abstimmung eröffnen"))
        form = page.form("Einladen und Abstimmung eröffnen")
        nobody = await karin.send(form)
        assert nobody.status == HTTPStatus.UNPROCESSABLE_ENTITY
        form = nobody.form("Einladen und Abstimmung eröffnen")
        typed = {
            "invited": ["jobcenter", "agentur"],
            "abschnitte/agentur": ["netzwerk", "abgrenzung"],
            "working_days": "viele",
        }
        wrong = await karin.send(form, typed)
        assert wrong.status == HTTPStatus.UNPROCESSABLE_ENTITY
        form = wrong.form("Einladen und Abstimmung eröffnen")
        assert form.value("working_days") == "viele", "what was typed is kept"
        page = await karin.send(form, {"working_days": "10", "quorum_percent": "60"})
        assert page.headline.startswith("Delbrück: 2 Antworten fehlen bis ")
        page = await karin.see(page.link("Zur laufenden Runde"))
    assert "Netzwerk und Ansprechpersonen, Abgrenzung zu anderen Diensten" in page.text
    assert "Mindestens 60 Prozent" in page.text


async def test_a_round_is_reminded_of_extended_and_closed(stack: Stack) -> None:
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, JOBCENTER, seconds=3600)
    round_page = f"/konzepte/{concept}/runden/1"
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(round_page)
        step = await karin.see(page.link("Erinnern"))
        assert "Jobcenter Kreis Paderborn" in step.text
        page = await karin.send(step.form("Jetzt erinnern"))
        assert "Erinnert am" in page.text
        step = await karin.see(page.link("Frist verlängern"))
        past = await karin.send(
            step.form("Frist verlängern"), {"day": "2020-01-01", "reason": "Ferien"}
        )
        assert past.status == HTTPStatus.UNPROCESSABLE_ENTITY
        form = past.form("Frist verlängern")
        assert form.value("reason") == "Ferien"
        page = await karin.send(form, {"day": "2036-11-28"})
        assert page.headline == "1 Antwort fehlt bis Freitag, 28. November 2036"
        assert "Verlängert: Ferien" in page.text
        early = await karin.see(f"{round_page}/schliessen")
        assert early.headline == "Noch fehlt eine Antwort"
        recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
        page = await karin.see(round_page)
        assert page.headline == "In der 1. Runde haben alle geantwortet"
        step = await karin.see(page.link("Runde schließen"))
        page = await karin.send(step.form("Runde schließen und auszählen"))
    assert page.headline == "Delbrück: In der 1. Runde wurde das Konzept abgestimmt"


async def test_an_objection_is_worked_in_or_replied_to_before_submitting_again(
    stack: Stack,
) -> None:
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, JOBCENTER, seconds=3600)
    objection = {"section": "abgrenzung", "position": "object", "remark": "Bitte anders."}
    answer = {"position": "agree", "sections": [objection]}
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", answer))
    await stack.koordination.change(concept, "consultations/1/closing")
    async with visiting(stack, "fallmanagement") as falk:
        page = await falk.see(f"/konzepte/{concept}")
        assert "Bitte anders." in page.text
        assert page.link("Einwand einarbeiten").endswith("/abschnitte/abgrenzung")
        step = await falk.see(page.link("Entwurf einreichen"))
        bare = await falk.send(step.form("Entwurf einreichen"))
        assert bare.status == HTTPStatus.CONFLICT
        assert bare.alerts
        reply = {"antwort/jobcenter/abgrenzung": "Das regelt der Erlass."}
        page = await falk.send(bare.form("Entwurf einreichen"), reply)
    assert page.headline == "Delbrück: Der Entwurf ist eingereicht"


async def test_an_agreed_concept_is_adopted_and_becomes_valid(stack: Stack) -> None:
    concept = await agreed(stack)
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}")
        step = await karin.see(page.link("Konzept verabschieden"))
        page = await karin.send(step.form("Konzept verabschieden"), {"resolution": "LG, TOP 3"})
        assert "Grundlage: LG, TOP 3." in page.text
        outdated = await karin.send(step.form("Konzept verabschieden"), {"resolution": "Anders"})
        assert outdated.status >= HTTPStatus.BAD_REQUEST, "the same form with other content"
        step = await karin.see(page.link("Konzept veröffentlichen"))
        page = await karin.send(step.form("Konzept veröffentlichen"), {"review_on": "2036-11-27"})
        assert page.headline.startswith("Delbrück: Das Konzept gilt seit ")
        assert "27. November 2036" in page.text
        overview = await karin.see("/konzepte", ab=page.query["ab"])
    assert overview.headline == "1 von 9 Konzepten ist verabschiedet"


async def test_whoever_wrote_a_section_is_told_that_somebody_else_adopts(stack: Stack) -> None:
    concept = await opened(stack)
    await submit_draft(stack.koordination, concept)
    await invite(stack.koordination, concept, JOBCENTER, seconds=3600)
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
    await stack.koordination.change(concept, "consultations/1/closing")
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}")
        assert "Jemand anderes muss verabschieden" in page.text
        assert not page.links("Konzept verabschieden")
        step = await karin.see(f"/konzepte/{concept}/schritte/verabschieden")
        refused = await karin.send(step.form("Konzept verabschieden"))
        assert refused.status == HTTPStatus.FORBIDDEN
        assert refused.alerts
    member = await appoint(stack, Role.STEERING_MEMBER, "kim-koordinierung")
    async with visiting(stack, member) as steering:
        page = await steering.see(f"/konzepte/{concept}")
        step = await steering.see(page.link("Konzept verabschieden"))
        page = await steering.send(step.form("Konzept verabschieden"))
    assert page.headline == "Delbrück: Das Konzept ist verabschiedet"


async def test_a_concept_is_withdrawn_and_taken_up_again(stack: Stack) -> None:
    concept = await opened(stack)
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}")
        step = await karin.see(page.link("Konzept zurückziehen"))
        page = await karin.send(step.form("Konzept zurückziehen"), {"reason": "Falsche Kommune."})
        assert page.headline == "Delbrück: Dieses Konzept ist zurückgezogen"
        assert "Falsche Kommune." in page.text
        again = await karin.see(step.path)
        assert "gerade nicht möglich" in again.headline
        step = await karin.see(page.link("Konzept wieder aufnehmen"))
        page = await karin.send(step.form("Konzept wieder aufnehmen"), {"reason": "Doch richtig."})
    assert page.headline.startswith("Delbrück: Der Entwurf")


async def test_a_step_on_what_has_changed_meanwhile_keeps_what_was_typed(stack: Stack) -> None:
    concept = await opened(stack)
    async with visiting(stack, "koordination") as karin:
        step = await karin.see(f"/konzepte/{concept}/schritte/zurueckziehen")
        await stack.fallmanagement.write(concept, "ziele", "Neu.")
        page = await karin.send(step.form("Konzept zurückziehen"), {"reason": "Ein guter Grund."})
        assert page.status == HTTPStatus.PRECONDITION_FAILED
        form = page.form("Konzept zurückziehen")
        assert form.value("reason") == "Ein guter Grund."
        page = await karin.send(form)
    assert page.headline == "Delbrück: Dieses Konzept ist zurückgezogen"


async def test_a_new_edition_of_the_framework_is_published_from_the_one_before(
    stack: Stack,
) -> None:
    async with visiting(stack, "koordination") as karin:
        page = await karin.see("/konzepte/rahmen")
        assert page.headline == "Das Rahmenkonzept 2025 hat 10 Abschnitte"
        page = await karin.see(page.link("Neue Ausgabe veröffentlichen"))
        form = page.form("Ausgabe veröffentlichen")
        titles = [value for name, value in form.fields if name == "titel"]
        titles[10] = "Übergänge & Sprache"
        numbers = [str(n) for n in range(1, len(titles) + 1)]
        numbers[10] = "0"
        answers = {"titel": titles, "nummer": numbers, "edition": "2025"}
        taken = await karin.send(form, answers)
        assert taken.status == HTTPStatus.CONFLICT
        form = taken.form("Ausgabe veröffentlichen")
        page = await karin.send(form, {"edition": "2027"})
        assert page.headline == "Das Rahmenkonzept 2027 hat 11 Abschnitte"
        first = page.main.all("h2")[0]
        assert first.text == "1. Übergänge & Sprache"
        older = await karin.see("/konzepte/rahmen/ausgabe/2025")
        assert older.headline == "Das Rahmenkonzept 2025 hat 10 Abschnitte"
    edition = await stack.koordination.read("/framework/editions/2027")
    assert edition["sections"][0]["key"] == "uebergaenge-sprache"
    assert edition["sections"][1]["key"] == "ausgangslage", "keys stay from edition to edition"
    async with visiting(stack, "revision") as renate:
        refused = await renate.see("/konzepte/rahmen/neu")
        refused = await renate.send(refused.form("Ausgabe veröffentlichen"), {"edition": "2028"})
    assert refused.status == HTTPStatus.FORBIDDEN


async def test_the_pages_speak_english_too(stack: Stack) -> None:
    concept = await agreed(stack)
    async with visiting(stack, "koordination", language="en") as karin:
        overview = await karin.see("/konzepte", ab=str(await stack.head()))
        page = await karin.see(f"/konzepte/{concept}")
    assert overview.headline == "0 of 9 concepts are adopted"
    assert page.headline == "Delbrück: the concept is agreed"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "neu", [(NEW, "neu")]),
        ("alt", "", [(GONE, "alt")]),
        (
            "Das ist ein Test.",
            "Das war ein Test.",
            [(SAME, "Das "), (GONE, "ist "), (NEW, "war "), (SAME, "ein Test.")],
        ),
    ],
)
def test_texts_are_compared_word_by_word(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    pieces = differences(before, after)
    assert [(piece.kind, piece.text) for piece in pieces] == expected


def test_both_texts_can_be_read_from_what_changed() -> None:
    before = "Eins, zwei – drei\n\nvier " * 300
    after = before.replace("zwei", "2").replace("vier", "fünf", 7)
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != NEW) == before
    assert "".join(piece.text for piece in pieces if piece.kind != GONE) == after
