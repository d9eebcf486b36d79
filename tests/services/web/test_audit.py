"""Revision as auditors use it: search, the timeline with its slider, proofs, the bundle."""

import asyncio
import csv
import zipfile
from collections.abc import AsyncIterator
from http import HTTPStatus
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import pytest

from services.ledger import verifier
from services.ledger.proof import TlogProof
from tests.support.background import in_background
from tests.support.browser_like import View, Visitor, visiting
from tests.support.company_reports import CONTACT, told
from tests.support.http import recorded
from tests.support.own_class import PSEUDONYMS, own_class, row
from tests.support.sealing import sealer_of
from tests.support.stack import Stack
from tests.support.tampering import tamper
from tests.support.writing import invite, submit_draft

OPENING = {"municipality": "05774020", "edition": "2025"}


@pytest.fixture
async def sealed(stack: Stack) -> AsyncIterator[Stack]:
    """A service whose log is sealed as it grows."""
    async with in_background(sealer_of(stack).run(stack.runtime.bell)):
        yield stack


@pytest.fixture
async def auditor(sealed: Stack) -> AsyncIterator[Visitor]:
    async with visiting(sealed, "revision") as visitor:
        yield visitor


@pytest.fixture
async def concept(sealed: Stack) -> str:
    """A concept in consultation, to which the Jobcenter has agreed."""
    coordinator = sealed.koordination
    concept = recorded(await coordinator.post("/concepts", OPENING))["id"]
    await submit_draft(sealed.fallmanagement, concept)
    invited = [{"organisation": "jobcenter"}, {"organisation": "agentur"}]
    await invite(coordinator, concept, invited, seconds=3600)
    recorded(await sealed.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
    await caught_up(sealed)
    return concept


async def caught_up(stack: Stack) -> int:
    """Everything is shown and signed; the head of the log."""
    head = await stack.head()
    await stack.runtime.read_models.reached(head)
    async with asyncio.timeout(20):
        covered = "select exists (select from checkpoint where size >= $1)"
        while not await stack.runtime.pool.fetchval(covered, head):  # noqa: ASYNC110 (the database)
            await asyncio.sleep(0.05)
    return head


async def positions(stack: Stack, stream: str) -> list[int]:
    rows = await stack.runtime.pool.fetch(
        "select position from event where originator_id = $1 order by position", stream
    )
    return [row["position"] for row in rows]


async def test_the_search_finds_by_words_and_by_kind(auditor: Visitor, concept: str) -> None:
    page = await auditor.see("/revision")
    assert "neuesten Einträge" in page.headline
    found = await auditor.send(page.form("Suchen"), {"suche": "Abstimmung eröffnet"})
    assert found.headline == "1 Eintrag passt, das Neueste zuerst"
    assert "Runde 1 der Abstimmung eröffnet" in found.text
    assert f"/revision/vorgang/{concept}" in found.source
    found = await auditor.send(page.form("Suchen"), {"art": "concept", "organisation": "jobcenter"})
    assert found.headline.startswith("1 Eintrag passt")
    assert "Antwort von" in found.text
    assert found.form("Suchen").value("art") == "concept"


async def test_the_search_finds_who_did_it_where_and_when(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    page = await auditor.see("/revision")
    falk = (await sealed.fallmanagement.read("/me"))["account"]
    found = await auditor.send(page.form("Suchen"), {"person": falk, "kommune": "05774020"})
    assert "Entwurf eingereicht" in found.text
    assert "Runde 1" not in found.text
    none = await auditor.send(page.form("Suchen"), {"von": "2001-01-01", "bis": "2001-01-02"})
    assert none.headline == "Dazu ist nichts verzeichnet"
    assert "Nehmen Sie eine Angabe weg" in none.text
    wrong = await auditor.see("/revision?von=gestern")
    assert wrong.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
    assert wrong.alerts
    assert concept not in wrong.source


async def test_a_number_an_id_of_a_command_or_of_a_process_is_found(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    first, *_ = places = await positions(sealed, concept)
    page = await auditor.see("/revision", suche=str(first))
    assert page.headline.startswith("1 Eintrag passt")
    command = await sealed.runtime.pool.fetchval(
        "select command_id from receipt where last_position = $1", first
    )
    page = await auditor.see("/revision", suche=str(command))
    assert page.headline.startswith("1 Eintrag passt")
    page = await auditor.see("/revision", suche=concept)
    assert page.headline.startswith(f"{len(places)} Einträge passen")
    page = await auditor.see("/revision", suche=str(uuid4()))
    assert page.headline == "Dazu ist nichts verzeichnet"


async def test_more_entries_are_a_link_away_and_none_comes_twice(auditor: Visitor) -> None:
    page = await auditor.see("/revision")
    seen = entries_of(page)
    assert len(seen) == 50
    following = await auditor.see(page.link("Weitere anzeigen"))
    assert not seen & entries_of(following)
    assert min(seen) == max(entries_of(following)) + 1


def entries_of(page: View) -> set[int]:
    rows = [row.attributes.get("id", "") for row in page.main.all("tr")]
    return {int(row.removeprefix("e")) for row in rows if row.startswith("e")}


async def test_what_was_found_is_taken_along_as_a_table(auditor: Visitor, concept: str) -> None:
    page = await auditor.see("/revision", suche=concept)
    assert page.link("Als Tabelle (CSV)").startswith("/revision/tabelle.csv?suche=")
    table = await auditor.browser.get(f"/revision/tabelle.csv?vorgang={concept}")
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in table.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(table.text.lstrip("\ufeff")), delimiter=";"))
    assert [row["Art"] for row in rows][-2:] == [
        "concept.consultation-opened",
        "concept.response-given",
    ]


async def test_the_timeline_says_who_did_what_for_whom_under_which_rule(
    auditor: Visitor, concept: str
) -> None:
    page = await auditor.see(f"/revision/vorgang/{concept}")
    assert page.headline.startswith("Konzept Delbrück, Ausgabe 2025: ")
    answer = page.main.all("ol", class_="k-timeline")[0].all("li")[-1].text
    assert "Jana Jobcenter" in answer
    assert "für Jobcenter Kreis Paderborn" in answer
    assert "Zugangsschlüssel eines Programms" in answer
    assert "wie in Eintrag" in answer
    assert "in Abstimmung" in page.text


async def test_the_slider_leads_to_the_state_at_any_step(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    places = await positions(sealed, concept)
    page = await auditor.see(f"/revision/vorgang/{concept}")
    slider = page.main.all("input", type="range")[0].attributes
    assert (slider["min"], slider["max"], slider["value"]) == (
        "1",
        str(len(places)),
    ) * 1 + (str(len(places)),)
    then = await auditor.send(page.form("Diesen Schritt zeigen"), {"schritt": "2"})
    assert then.query == {"position": str(places[1])}
    assert "wie es bei Eintrag" in then.headline
    assert "im Entwurf" in then.text
    assert "in Abstimmung" not in then.main.all("section")[1].text
    before = await auditor.see(then.link("Einen Schritt zurück"))
    assert before.query == {"position": str(places[0])}
    assert not before.links("Einen Schritt zurück")
    assert (await auditor.see(then.link("Jetzt"))).headline == page.headline


async def test_two_moments_stand_side_by_side(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    places = await positions(sealed, concept)
    page = await auditor.see(f"/revision/vorgang/{concept}/vergleich")
    form = page.form("Vergleichen")
    compared = await auditor.send(form, {"vorher": str(places[0]), "nachher": str(places[-1])})
    assert "haben sich geändert" in compared.headline
    assert compared.main.all("del")[0].text == "im Entwurf"
    assert compared.main.all("ins")[0].text == "in Abstimmung"
    assert len(compared.main.all("ins")) > 5
    same = await auditor.send(form, {"vorher": str(places[-1]), "nachher": str(places[-1])})
    assert "nichts geändert" in same.headline


async def test_the_text_a_person_was_shown_is_there_with_its_fingerprint(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    last = (await positions(sealed, concept))[-1]
    page = await auditor.see(f"/revision/gezeigt/{last}")
    assert page.headline == f"Dieser Text lag der Entscheidung in Eintrag {last} zugrunde"
    assert "Es ist genau dieser Text" in page.text
    missing = await auditor.see("/revision/gezeigt/1")
    assert missing.status == HTTPStatus.NOT_FOUND


async def test_the_timeline_comes_as_a_pdf_to_keep(auditor: Visitor, concept: str) -> None:
    page = await auditor.see(f"/revision/vorgang/{concept}")
    paper = await auditor.browser.get(page.link("Verlauf als PDF"))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert b"pdfaid" in paper.content


async def test_every_process_of_the_county_has_a_page(auditor: Visitor, sealed: Stack) -> None:
    rows = await sealed.runtime.pool.fetch(
        "select distinct on (split_part(topic, '.', 1)) originator_id from event"
    )
    assert len(rows) > 4
    for stream in rows:
        page = await auditor.see(f"/revision/vorgang/{stream['originator_id']}")
        assert page.status == HTTPStatus.OK, page.text
        printed = await auditor.see(page.link("Verlauf zum Drucken"))
        assert printed.main.all("ol")
    unknown = await auditor.see(f"/revision/vorgang/{uuid4()}")
    assert unknown.status == HTTPStatus.NOT_FOUND
    assert "Diesen Vorgang gibt es nicht" in unknown.text


async def test_an_entry_is_proved_step_by_step_and_the_receipt_checks_elsewhere(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    last = (await positions(sealed, concept))[-1]
    page = await auditor.see(f"/revision/pruefen/{last}")
    assert page.headline == f"Eintrag {last} steht unverändert im Protokoll"
    assert page.text.count("stimmt ") >= 3
    receipt = await auditor.browser.get(page.link("Beleg (.tlog-proof)"))
    proof = TlogProof.parse(receipt.text)
    assert proof.index == last - 1
    assert proof.extra is not None
    for sibling in proof.hashes:
        assert sibling.hex() in page.text
    content = await auditor.browser.get(page.link("Beleg mit Inhalt (JSON)"))
    assert content.json()["position"] == last


async def test_a_kept_checkpoint_shows_that_the_log_goes_on_from_it(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    kept = (await sealed.http.get("/ledger/checkpoint")).text
    recorded(await sealed.koordination.post("/concepts", {**OPENING, "municipality": "05774036"}))
    head = await caught_up(sealed)
    page = await auditor.see(f"/revision/pruefen/{head}")
    form = page.form("Vergleichen")
    shown = await auditor.send(form, {"checkpoints": kept})
    size = kept.split("\n")[1]
    assert f"Die ersten {size} der {head} Einträge sind dieselben" in shown.text
    root = kept.split("\n")[2]
    forged = await auditor.send(form, {"checkpoints": kept.replace(root, "A" * 43 + "=")})
    assert "Das Protokoll wurde umgeschrieben" in forged.text
    strange = await auditor.send(form, {"checkpoints": "Kein Prüfpunkt"})
    assert "nicht die Form eines Prüfpunkts" in strange.text
    assert concept


async def test_the_whole_log_is_checked_in_front_of_the_person(
    auditor: Visitor, sealed: Stack, concept: str
) -> None:
    head = await caught_up(sealed)
    page = await auditor.see("/revision/pruefen")
    kept = page.main.all("pre")[0].text
    assert kept
    checked = await ended(auditor, await auditor.send(page.form("Ganzes Protokoll prüfen")))
    assert checked.headline == f"Alle {head} Einträge sind, wie sie aufgezeichnet wurden"
    assert "Nichts wurde verändert" in checked.text
    refused = await auditor.send(
        page.form("Ganzes Protokoll prüfen"), {"checkpoints": "Etwas anderes"}
    )
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert refused.form("Ganzes Protokoll prüfen").value("checkpoints") == "Etwas anderes"
    assert concept


async def test_what_somebody_changed_as_superuser_is_named(
    auditor: Visitor, sealed: Stack, concept: str, database_url: str
) -> None:
    changed = (await positions(sealed, concept))[2]
    await tamper(database_url, changed)
    page = await auditor.see("/revision/pruefen")
    checked = await ended(auditor, await auditor.send(page.form("Ganzes Protokoll prüfen")))
    assert checked.headline == f"Eintrag {changed} ist der erste, der nicht mehr stimmt"
    assert any("Das Protokoll wurde verändert" in alert for alert in checked.alerts)
    proof = await auditor.see(f"/revision/pruefen/{changed}")
    assert proof.headline == f"Eintrag {changed} ist nicht, wie er versiegelt wurde"
    assert f"Erste falsche Position: {changed}" in proof.text


async def test_the_bundle_is_made_and_fetched_and_verifies(
    auditor: Visitor, sealed: Stack, concept: str, tmp_path: Path
) -> None:
    first, *_ = await positions(sealed, concept)
    page = await auditor.see("/revision/paket")
    form = page.form("Prüferpaket erstellen")
    made = await ended(auditor, await auditor.send(form, {"proofs": str(first)}))
    assert made.headline.startswith("Das Prüferpaket mit ")
    [link] = [a for a in made.main.all("a") if a.text.startswith("Herunterladen")]
    file = await auditor.browser.get(link.attributes["href"])
    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        archive.extractall(tmp_path)
    found = verifier.check_export(tmp_path / "kreislauf-export", [], [])
    assert found["proofs"] == 1
    wrong = await auditor.send(form, {"proofs": "eins zwei"})
    assert wrong.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert wrong.form("Prüferpaket erstellen").value("proofs") == "eins zwei"


async def ended(visitor: Visitor, page: View) -> View:
    """The page of a check or an export once that has ended."""
    async with asyncio.timeout(20):
        while page.main.all("progress"):
            await asyncio.sleep(0.1)
            page = await visitor.see(page.path)
    return page


async def test_looks_at_learners_are_listed_without_what_was_seen(
    auditor: Visitor, sealed: Stack
) -> None:
    page = await auditor.see("/revision/blicke")
    assert page.headline == "Noch hat niemand Zeilen von Lernenden angesehen"
    own = await own_class(sealed)
    await own.record(row(PSEUDONYMS[0], 2, 1))
    await own.person.read(f"{own.path}/learners")
    await caught_up(sealed)
    page = await auditor.see("/revision/blicke")
    assert page.headline == "Wer Zeilen von Lernenden angesehen hat, das Neueste zuerst"
    assert "Liste der Lernenden" in page.text
    timeline = await auditor.see(f"/revision/vorgang/{own.id}")
    assert timeline.headline.startswith("Klasse ")
    assert "Eingetragene Lernende" in timeline.text
    for pseudonym in PSEUDONYMS:
        assert pseudonym not in page.source + timeline.source


async def test_looks_at_the_contact_of_a_company_are_listed_with_the_report(
    auditor: Visitor, sealed: Stack
) -> None:
    page = await auditor.see("/revision/blicke/kontakte")
    assert page.headline == "Noch hat niemand Kontaktdaten von Unternehmen angesehen"
    path = await told(sealed)
    report = await sealed.koordination.read(path)
    await caught_up(sealed)
    page = await auditor.see("/revision/blicke/kontakte")
    assert page.headline.startswith("Wer Kontaktdaten von Unternehmen angesehen hat")
    [link] = [a for a in page.main.all("a") if a.text == f"Meldung {report['reference']}"]
    assert CONTACT not in page.source + (await auditor.see(link.attributes["href"])).source


@pytest.mark.parametrize("person", ["jobcenter", "fallmanagement"])
async def test_revision_is_closed_to_others(sealed: Stack, person: str, concept: str) -> None:
    async with visiting(sealed, person) as visitor:
        for path in ("/revision", f"/revision/vorgang/{concept}", "/revision/pruefen"):
            page = await visitor.see(path)
            assert page.status == HTTPStatus.FORBIDDEN
            assert "Delbrück" not in page.text


async def test_a_coordinator_reads_the_record_but_does_not_take_the_log_along(
    sealed: Stack, concept: str
) -> None:
    async with visiting(sealed, "koordination") as visitor:
        page = await visitor.see("/revision")
        assert page.status == HTTPStatus.OK
        assert (await visitor.see(f"/revision/vorgang/{concept}")).status == HTTPStatus.OK
        page = await visitor.see("/revision/pruefen")
        assert "Ganzes Protokoll prüfen" not in [b.text for b in page.main.all("button")]


async def test_the_pages_speak_english_too(sealed: Stack, concept: str) -> None:
    async with visiting(sealed, "revision", language="en") as visitor:
        page = await visitor.see(f"/revision/vorgang/{concept}")
        assert page.headline.startswith("Concept of Delbrück, edition 2025")
        assert "in consultation" in page.text
        last = (await positions(sealed, concept))[-1]
        proof = await visitor.see(f"/revision/pruefen/{last}")
        assert proof.headline == f"Entry {last} is in the log, unchanged"
