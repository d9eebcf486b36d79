"""The consultation of an invited organisation: read, answer, see what is recorded, keep it."""

from collections.abc import AsyncIterator
from http import HTTPStatus

import msgspec
import pytest

from services.demo.texts import FIRST_DRAFT
from tests.support.background import in_background
from tests.support.browser_like import visiting
from tests.support.http import recorded
from tests.support.sealing import sealer_of
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft

DELBRUECK = "05774020"
ALL, SOME = {"organisation": "jobcenter"}, {"organisation": "agentur", "sections": ["netzwerk"]}


@pytest.fixture
async def sealed(stack: Stack) -> AsyncIterator[Stack]:
    """A service whose log is sealed as it grows."""
    async with in_background(sealer_of(stack).run(stack.runtime.bell)):
        yield stack


async def consulting(stack: Stack, seconds: float = 3600) -> str:
    """A concept with an open round."""
    body = {"municipality": DELBRUECK, "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", body))["id"]
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [ALL, SOME], seconds=seconds)
    return concept


async def answers_of(stack: Stack, concept: str, number: int = 1) -> dict[str, dict[str, str]]:
    """The positions by organisation and section."""
    view = await stack.koordination.read(f"/concepts/{concept}/consultations/{number}")
    return {
        response["organisation"]: {one["section"]: one["position"] for one in response["answers"]}
        for response in view["responses"]
    }


async def test_a_member_agrees_to_everything_after_seeing_what_will_be_recorded(
    sealed: Stack,
) -> None:
    concept = await consulting(sealed)
    async with visiting(sealed, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/jobcenter")
        assert page.path == f"/konzepte/{concept}/anfrage/1/jobcenter"
        assert page.headline.startswith("Jobcenter Kreis Paderborn wird um eine Antwort")
        for text in FIRST_DRAFT.values():
            assert text in page.text
        page = await jana.send(page.form("Weiter: Antwort prüfen"), {"position": "agree"})
        assert page.headline == "Das wird eingetragen, wenn Sie senden"
        assert page.text.count("Zustimmung") == len(FIRST_DRAFT)
        assert "Jana Jobcenter" in page.text
        assert "Jobcenter Kreis Paderborn" in page.text
        assert not await answers_of(sealed, concept), "nothing is recorded yet"
        receipt = await jana.send(page.form("Verbindlich senden"))
        assert receipt.headline == "Ihre Antwort zum Konzept Delbrück ist eingetragen"
        assert "Eintrag Nummer" in receipt.text
        again = await jana.see(f"/konzepte/{concept}/anfrage/jobcenter")
        assert again.headline == "Jobcenter Kreis Paderborn hat zum Konzept Delbrück geantwortet"
    answers = await answers_of(sealed, concept)
    assert set(answers["jobcenter"].values()) == {"agree"}
    assert len(answers["jobcenter"]) == len(FIRST_DRAFT)


async def test_the_receipt_can_be_kept_and_its_fingerprint_is_that_of_the_entry(
    sealed: Stack,
) -> None:
    concept = await consulting(sealed)
    async with visiting(sealed, "agentur") as arne:
        page = await arne.see(f"/konzepte/{concept}/anfrage/1/agentur")
        page = await arne.send(page.form("Weiter: Antwort prüfen"), {"position": "abstain"})
        receipt = await arne.send(page.form("Verbindlich senden"))
        [as_json] = receipt.links("Als JSON speichern")
        [proof] = receipt.links("Als .tlog-proof speichern")
        kept = msgspec.json.decode((await arne.browser.get(as_json)).content)
        file = await arne.browser.get(proof)
    assert f"Eintrag Nummer {kept['position']} " in receipt.text
    fingerprint = kept["events"][0]["line"].split(" ")[4]
    assert fingerprint in receipt.text
    assert "Netzwerk und Ansprechpersonen Enthaltung" in receipt.text
    assert file.headers["content-disposition"].endswith('.tlog-proof"')
    assert file.text == kept["events"][0]["proof"]


async def test_a_receipt_is_for_whoever_decided_and_for_those_who_read_the_record(
    sealed: Stack,
) -> None:
    concept = await consulting(sealed)
    async with visiting(sealed, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
        page = await jana.send(page.form("Weiter: Antwort prüfen"), {"position": "agree"})
        receipt = await jana.send(page.form("Verbindlich senden"))
    async with visiting(sealed, "agentur") as arne:
        refused = await arne.see(receipt.path)
    assert refused.status == HTTPStatus.FORBIDDEN
    async with visiting(sealed, "revision") as renate:
        read = await renate.see(receipt.path)
    assert read.status == HTTPStatus.OK


async def test_a_member_objects_to_one_section_and_agrees_to_the_rest(sealed: Stack) -> None:
    concept = await consulting(sealed)
    async with visiting(sealed, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
        answer = {"position": "agree", "position/abgrenzung": "object"}
        page = await jana.send(page.form("Weiter: Antwort prüfen"), answer)
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Abgrenzung zu anderen Diensten" in page.alerts[0]
        wrong = page.main.all("textarea", name="remark/abgrenzung")[0]
        assert wrong.attributes["aria-invalid"] == "true"
        form = page.form("Weiter: Antwort prüfen")
        assert form.value("position/abgrenzung") == "object", "what was chosen is kept"
        page = await jana.send(form, {"remark/abgrenzung": "Das ist <b>Sache</b> der Behörde."})
        assert "Das ist <b>Sache</b> der Behörde." in page.text, "shown as it was typed"
        page = await jana.send(page.form("Zurück und ändern"))
        form = page.form("Weiter: Antwort prüfen")
        assert form.value("remark/abgrenzung") == "Das ist <b>Sache</b> der Behörde."
        page = await jana.send(form)
        page = await jana.send(page.form("Verbindlich senden"))
        assert "Einwand: Das ist <b>Sache</b> der Behörde." in page.text
    answers = (await answers_of(sealed, concept))["jobcenter"]
    assert answers.pop("abgrenzung") == "object"
    assert set(answers.values()) == {"agree"}


async def test_every_section_needs_an_answer_and_the_page_says_which_are_missing(
    stack: Stack,
) -> None:
    concept = await consulting(stack)
    async with visiting(stack, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
        answer = {f"position/{key}": "agree" for key in FIRST_DRAFT if key != "ziele"}
        page = await jana.send(page.form("Weiter: Antwort prüfen"), answer)
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Ziele und Kennzahlen" in page.alerts[0]
        assert page.form("Weiter: Antwort prüfen").value("position/netzwerk") == "agree"
    assert not await answers_of(stack, concept)


async def test_a_round_that_closed_meanwhile_keeps_what_was_typed(stack: Stack) -> None:
    concept = await consulting(stack)
    async with visiting(stack, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
        answer = {"position": "agree-with-remarks", "remark": "Mit der Bitte um ein Beispiel."}
        confirming = await jana.send(page.form("Weiter: Antwort prüfen"), answer)
        await stack.koordination.change(concept, "withdrawal", {"reason": "Ein Versehen."})
        for form in (confirming.form("Verbindlich senden"), page.form("Weiter: Antwort prüfen")):
            over = await jana.send(form, answer)
            assert over.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.FORBIDDEN}
            assert over.headline == "Die Abstimmung zum Konzept Delbrück ist beendet"
            assert "Mit der Bitte um ein Beispiel." in over.text
            assert "zurückgezogen" in over.text
        late = await jana.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
        assert late.headline == "Die Abstimmung zum Konzept Delbrück ist beendet"
        led = await jana.see(f"/konzepte/{concept}/anfrage/jobcenter")
        assert led.path == f"/konzepte/{concept}"


async def test_in_the_next_round_what_changed_is_marked_and_the_reply_is_read(
    sealed: Stack,
) -> None:
    concept = await consulting(sealed)
    objection = {"section": "abgrenzung", "position": "object", "remark": "Zu ungenau."}
    answer = {"position": "agree", "sections": [objection]}
    recorded(await sealed.jobcenter.answer(concept, 1, "jobcenter", answer))
    recorded(await sealed.agentur.answer(concept, 1, "agentur", {"position": "agree"}))
    await sealed.koordination.change(concept, "consultations/1/closing")
    text = FIRST_DRAFT["netzwerk"].replace("Jobcenter", "Jobcenter, IHK")
    await sealed.fallmanagement.write(concept, "netzwerk", text)
    reply = {"organisation": "jobcenter", "section": "abgrenzung", "text": "So sagt es der Erlass."}
    await sealed.fallmanagement.change(concept, "submission", {"replies": [reply]})
    await invite(sealed.koordination, concept, [], seconds=3600)
    async with visiting(sealed, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/jobcenter")
        assert page.path.endswith("/anfrage/2/jobcenter")
        assert {one.text for one in page.main.all("h2")} == {
            "Eine Antwort für alles",
            "1. Netzwerk und Ansprechpersonen",
            "2. Abgrenzung zu anderen Diensten",
        }, "only what is new or open is asked"
        assert any("IHK" in one.text for one in page.main.all("ins"))
        assert "So sagt es der Erlass." in page.text
        page = await jana.send(page.form("Weiter: Antwort prüfen"), {"position": "agree"})
        await jana.send(page.form("Verbindlich senden"))
    answers = await answers_of(sealed, concept, 2)
    assert answers["jobcenter"] == {"netzwerk": "agree", "abgrenzung": "agree"}


async def test_the_same_answer_sent_twice_is_recorded_once(sealed: Stack) -> None:
    concept = await consulting(sealed)
    async with visiting(sealed, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
        page = await jana.send(page.form("Weiter: Antwort prüfen"), {"position": "agree"})
        form = page.form("Verbindlich senden")
        await jana.send(form)
        head = await sealed.head()
        again = await jana.send(form)
        assert again.headline == "Jobcenter Kreis Paderborn hat zum Konzept Delbrück geantwortet"
        assert await sealed.head() == head


async def test_an_answer_to_another_text_than_was_shown_is_not_recorded(stack: Stack) -> None:
    concept = await consulting(stack)
    async with visiting(stack, "jobcenter") as jana:
        page = await jana.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
        page = await jana.send(page.form("Weiter: Antwort prüfen"), {"position": "agree"})
        page = await jana.send(page.form("Verbindlich senden"), {"shown": "0" * 64})
        assert page.status == HTTPStatus.CONFLICT
        assert "Der Text hat sich inzwischen geändert" in page.text
        assert page.form("Weiter: Antwort prüfen").value("position") == "agree"
    assert not await answers_of(stack, concept)


async def test_another_organisation_neither_reads_nor_answers(stack: Stack) -> None:
    concept = await consulting(stack)
    head = await stack.head()
    path = f"/konzepte/{concept}/anfrage/1/jobcenter"
    async with visiting(stack, "jobcenter") as jana:
        form = (await jana.see(path)).form("Weiter: Antwort prüfen")
    async with visiting(stack, "agentur") as arne:
        refused = await arne.see(path)
        assert refused.status == HTTPStatus.FORBIDDEN
        assert FIRST_DRAFT["zielgruppe"] not in refused.text
        csrf = (await arne.see("/aufgaben")).root.all("meta", name="csrf-token")[0]
        typed = {"position": "agree", "schritt": "senden", "csrf": csrf.attributes["content"]}
        sent = await arne.send(form, typed)
        assert sent.status == HTTPStatus.FORBIDDEN
    async with visiting(stack, "auslaenderbehoerde") as anke:
        refused = await anke.see(f"/konzepte/{concept}")
        assert refused.status == HTTPStatus.FORBIDDEN
        assert FIRST_DRAFT["zielgruppe"] not in refused.text
        overview = await anke.see("/konzepte", ab=str(head))
        assert overview.headline == "Noch steht Ihnen kein Konzept offen"
    assert await stack.head() == head


async def test_the_coordination_reads_what_is_asked_and_cannot_answer_for_others(
    stack: Stack,
) -> None:
    concept = await consulting(stack)
    async with visiting(stack, "koordination") as karin:
        page = await karin.see(f"/konzepte/{concept}/anfrage/1/jobcenter")
    assert "Sie können hier lesen, aber nicht antworten" in page.text
    assert not page.main.all("textarea")


async def test_a_member_sees_of_a_round_their_own_part_only(stack: Stack) -> None:
    concept = await consulting(stack)
    remark = {"position": "agree-with-remarks", "remark": "Geheim bis zum Schluss."}
    recorded(await stack.agentur.answer(concept, 1, "agentur", remark))
    async with visiting(stack, "jobcenter") as jana:
        for path in (f"/konzepte/{concept}", f"/konzepte/{concept}/runden/1"):
            page = await jana.see(path)
            assert page.status == HTTPStatus.OK
            assert "Geheim" not in page.source
            assert "Agentur für Arbeit Paderborn" not in page.source


async def test_a_member_who_has_answered_is_not_told_that_everybody_has(stack: Stack) -> None:
    concept = await consulting(stack)
    path = f"/konzepte/{concept}"
    async with visiting(stack, "jobcenter") as jana:
        before = [await jana.see(path), await jana.see(f"{path}/runden/1")]
        recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
        after = [await jana.see(path), await jana.see(f"{path}/runden/1")]
        overview = await jana.see("/konzepte", ab=str(await stack.head()))
    assert all("Ihre Antwort fehlt bis" in page.headline for page in before)
    assert after[0].headline == "Delbrück: Das Konzept ist in Abstimmung"
    assert after[1].headline == "Ihre Antwort in der 1. Runde ist eingetragen"
    assert "die Antworten anderer" in overview.text
    assert all("alle haben" not in page.text for page in (*after, overview))
