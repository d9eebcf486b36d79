"""What people come for, from beginning to end, in a real browser and each way of using one."""

import tempfile
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from re import compile as words

import pytest
from playwright.async_api import Browser

from domain.assessments.commands import DraftVersion, RegisterInstrument, SubmitVersion
from domain.assessments.definition import Kind
from domain.directory.commands import RecordAddress
from services.crew import Crew
from services.embedded.postgres import EmbeddedPostgres
from services.identity.passwords import Passwords
from services.runtime import follow_the_log, running
from services.settings import Settings
from tests.conftest import COUNTY
from tests.support.assessments import AUTHOR, DEFINITION, ask
from tests.support.background import in_background
from tests.support.databases import new_database
from tests.support.filled_in import filled_in
from tests.support.hands import WAYS, Way, at_work
from tests.support.http import recorded
from tests.support.oidc_service import ACCOUNTS, decide
from tests.support.own_class import own_class
from tests.support.passwords import QUICK
from tests.support.sealing import sealer_of
from tests.support.stack import Stack, serving
from tests.support.writing import invite, submit_draft, write_draft

# Each journey has a municipality, a class or an account of its own.
BORCHEN, BUEREN, DELBRUECK, LICHTENAU = "05774012", "05774016", "05774020", "05774028"
JOBCENTER = "Jobcenter Kreis Paderborn"
ADDRESS = "jana@jobcenter.example"
PASSWORD = "zwei Hunde bellen nachts"


@pytest.fixture(scope="module", params=WAYS, ids=[way.name for way in WAYS])
def way(request: pytest.FixtureRequest) -> Way:
    this: Way = request.param
    return this


@pytest.fixture(scope="module")
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    way: Way,  # noqa: ARG001 (a county for each)
    postgres: EmbeddedPostgres,
    loaded: Mapping[str, str],
    master_key: bytes,
) -> AsyncIterator[Stack]:
    """A county whose log is sealed as it grows, for all journeys made in one way."""
    crew = Crew()
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(
            data=Path(name),
            master_key=master_key.decode(),
            log_level="warning",
        )
        async with new_database(postgres.url, COUNTY) as url, running(settings, url) as runtime:
            follow_the_log(runtime, crew)
            async with (
                serving(runtime, settings, loaded) as stack,
                in_background(sealer_of(stack).run(runtime.bell)),
            ):
                yield stack
            await crew.dismiss()


async def opened(stack: Stack, municipality: str) -> str:
    """The concept of a municipality, without a word yet."""
    body = {"municipality": municipality, "edition": "2025"}
    return recorded(await stack.koordination.post("/concepts", body))["id"]


async def asked(stack: Stack, municipality: str) -> str:
    """A concept to which the Jobcenter is asked for an answer."""
    concept = await opened(stack, municipality)
    await submit_draft(stack.koordination, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    await caught_up(stack)
    return concept


async def caught_up(stack: Stack) -> None:
    await stack.runtime.read_models.reached(await stack.head())


async def test_somebody_signs_in_with_address_and_password(
    browser: Browser, stack: Stack, way: Way
) -> None:
    account = ACCOUNTS["nachbarkolleg"]
    await decide(stack.runtime, RecordAddress(account=account, address=ADDRESS))
    await Passwords(stack.runtime.pool, QUICK).keep(account, PASSWORD, datetime.now(UTC))
    async with at_work(browser, stack, None, way) as nils:
        await nils.goes_to("/konto")
        assert await nils.reads() == "Melden Sie sich an, um weiterzuarbeiten"
        await nils.types("E-Mail-Adresse", ADDRESS)
        await nils.types("Passwort", "ein falsches Passwort")
        await nils.presses("Anmelden")
        assert "hat nicht geklappt" in await nils.reads_all()
        await nils.types("Passwort", PASSWORD)
        await nils.presses("Anmelden")
        assert await nils.reads() == "Sie sind als Nils Nachbarkolleg (erfunden) angemeldet"
        await nils.unfolds("Nils", among=".k-person")
        await nils.presses("Abmelden", among="header")
        assert await nils.reads() == "Sie sind abgemeldet"


async def test_the_coordinator_sees_the_county_opens_a_consultation_and_closes_it(
    browser: Browser, stack: Stack, way: Way
) -> None:
    concept = await opened(stack, LICHTENAU)
    await submit_draft(stack.koordination, concept)
    await caught_up(stack)
    async with at_work(browser, stack, "koordination", way) as karin:
        await karin.goes_to("/")
        await karin.goes_to_area("Konzepte")
        assert "von 9 Konzepten" in await karin.reads()
        await karin.follows("Lichtenau")
        assert await karin.reads() == "Lichtenau: Der Entwurf ist eingereicht"
        await karin.follows("Abstimmung eröffnen")
        await karin.ticks(JOBCENTER)
        await karin.presses("Einladen und Abstimmung eröffnen")
        assert (await karin.reads()).startswith("Lichtenau: 1 Antwort fehlt bis ")

        await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"})
        await caught_up(stack)
        await karin.follows("Zur laufenden Runde")
        assert await karin.reads() == "In der 1. Runde haben alle geantwortet"
        await karin.follows("Runde schließen")
        await karin.presses("Runde schließen und auszählen")
        assert "abgestimmt" in await karin.reads()


async def test_the_case_manager_writes_a_section_compares_versions_and_submits(
    browser: Browser, stack: Stack, way: Way
) -> None:
    await write_draft(stack.fallmanagement, await opened(stack, DELBRUECK))
    await caught_up(stack)
    async with at_work(browser, stack, "fallmanagement", way) as falk:
        await falk.goes_to("/")
        await falk.goes_to_area("Konzepte")
        await falk.follows("Delbrück")
        await falk.follows(words("^Bearbeiten ?: Ziele"))
        await falk.types(
            words("^Text"), "Jede Anfrage wird innerhalb von zwei Arbeitstagen beantwortet."
        )
        await falk.presses("Speichern")
        assert await falk.reads() == "Gespeichert: Ziele und Kennzahlen"
        await falk.follows("2 Fassungen vergleichen")
        gone, new = falk.main.locator(".k-diff del"), falk.main.locator(".k-diff ins")
        assert (await gone.inner_text()).split() == ["entfallen:", "fünf"]
        assert (await new.inner_text()).split() == ["neu:", "zwei"]
        await falk.follows("Delbrück")
        await falk.follows("Entwurf einreichen")
        await falk.presses("Entwurf einreichen")
        assert await falk.reads() == "Delbrück: Der Entwurf ist eingereicht"


async def test_a_member_objects_to_one_section_confirms_and_keeps_the_receipt(
    browser: Browser, stack: Stack, way: Way
) -> None:
    concept = await asked(stack, BUEREN)
    async with at_work(browser, stack, "jobcenter", way) as jana:
        await jana.goes_to("/")
        await jana.follows(f"{JOBCENTER} wird um eine Antwort zum Konzept Büren gebeten")
        await jana.ticks("Einverstanden", group="Unsere Antwort zu allen Abschnitten")
        await jana.ticks("Einwand", group="Unsere Antwort zu: Fallablauf")
        await jana.types("Anmerkung zu: Fallablauf (freiwillig)", "Der Abschluss fehlt.")
        await jana.presses("Weiter: Antwort prüfen")
        assert await jana.reads() == "Das wird eingetragen, wenn Sie senden"
        assert "Der Abschluss fehlt." in await jana.reads_all()
        await jana.presses("Verbindlich senden")
        assert await jana.reads() == "Ihre Antwort zum Konzept Büren ist eingetragen"
        assert "Eintrag Nummer" in await jana.reads_all()
    view = await stack.koordination.read(f"/concepts/{concept}/consultations/1")
    answers = {one["section"]: one["position"] for one in view["responses"][0]["answers"]}
    assert answers.pop("fallablauf") == "object"
    assert set(answers.values()) == {"agree"}


async def test_a_college_uploads_a_class_mends_the_wrong_cell_and_submits(
    browser: Browser, stack: Stack, way: Way
) -> None:
    this = await own_class(stack, ("p-anna", "p-ben"))
    async with at_work(browser, stack, "berufskolleg", way) as berta:
        await berta.goes_to("/")
        await berta.goes_to_area("Erhebungen")
        assert (await berta.reads()).startswith("1 Klasse fehlt noch: Abgabe bis")
        await berta.follows("Ergebnisse der MB26A eintragen")
        wrong = await filled_in(this, ("2", "2", "1", "1"), ("9", "2", "1", "1"))
        await berta.hands_in("Ausgefüllte Datei", "ergebnisse.csv", wrong)
        await berta.presses("Ansehen")
        assert await berta.reads() == "1 Stelle ist noch nicht richtig"
        cell = berta.main.locator("td.k-grid__cell--wrong")
        assert "Bitte eine ganze Zahl von 0 bis 2 eintragen." in await cell.inner_text()
        assert await cell.locator("input").input_value() == "9"
        right = await filled_in(this, ("2", "2", "1", "1"), ("1", "2", "1", "1"))
        await berta.hands_in("Ausgefüllte Datei", "ergebnisse.csv", right)
        await berta.presses("Ansehen")
        assert await berta.reads() == "Alles richtig: 2 neu, 0 geändert"
        await berta.presses("Übernehmen")
        assert await berta.reads() == "Die MB26A ist vollständig und kann abgegeben werden"
        await berta.presses("MB26A abgeben")
        assert await berta.reads() == "Die MB26A ist abgegeben"


async def test_the_auditor_searches_goes_through_time_and_verifies(
    browser: Browser, stack: Stack, way: Way
) -> None:
    concept = await asked(stack, BORCHEN)
    view = await stack.revision.read(f"/concepts/{concept}")
    async with at_work(browser, stack, "revision", way) as renate:
        await renate.goes_to("/")
        await renate.goes_to_area("Revision")
        await renate.types("Suchen nach", concept)
        await renate.presses("Suchen")
        assert await renate.reads() == f"{view['version']} Einträge passen, das Neueste zuerst"
        await renate.follows(words("^Konzept ?: Eintrag"))
        await renate.slides("Schritt", to=3)
        assert ", wie es bei Eintrag " in await renate.reads()
        assert "Schritt 3 von 13" in await renate.reads_all()
        await renate.follows(words("^Prüfen ?: Eintrag"))
        assert "steht unverändert im Protokoll" in await renate.reads()
        await renate.goes_to("/revision/pruefen")
        await renate.presses("Ganzes Protokoll prüfen")
        await renate.waits_for("sind, wie sie aufgezeichnet wurden", or_follows="Stand neu laden")
        await renate.goes_to("/revision/paket")
        await renate.presses("Prüferpaket erstellen")
        await renate.waits_for("Einträgen ist fertig", or_follows="Stand neu laden")


async def test_the_expert_group_approves_what_it_sees(
    browser: Browser, stack: Stack, way: Way
) -> None:
    for command in (
        RegisterInstrument(instrument="probe", title="Probetest", kind=Kind.C_TEST),
        DraftVersion(instrument="probe", version=1, definition=DEFINITION),
        SubmitVersion(instrument="probe", version=1),
    ):
        await ask(stack.runtime, command, AUTHOR)
    await caught_up(stack)
    async with at_work(browser, stack, "fachgruppe", way) as frida:
        await frida.goes_to("/")
        await frida.follows("Erhebungsinstrument prüfen: Probetest, Fassung 1")
        assert "AG Fachsprache" in await frida.reads_all()
        await frida.presses("Genehmigen")
        assert await frida.reads() == "Probetest, Version 1, ist genehmigt"


async def test_the_administrator_lets_somebody_in_and_out(
    browser: Browser, stack: Stack, way: Way
) -> None:
    async with at_work(browser, stack, "verwaltung", way) as viktor:
        await viktor.goes_to("/")
        await viktor.goes_to_area("Verwaltung")
        await viktor.follows("Personen und Rollen")
        await viktor.follows("Person eintragen")
        await viktor.types("Name", "Nora Neu")
        await viktor.types("E-Mail-Adresse", "nora@kammer.example")
        await viktor.presses("Person eintragen")
        assert await viktor.reads() == "Nora Neu hat noch keine Rolle"
        await viktor.follows("Rolle vergeben")
        await viktor.chooses("Rolle", "Revision")
        await viktor.chooses("Organisation", JOBCENTER)
        await viktor.presses("Rolle vergeben")
        assert await viktor.reads() == "Nora Neu hat 1 Rolle"
        await viktor.presses("Einladung schicken")
        assert "Die Einladung ist unterwegs." in await viktor.reads_all()
        await viktor.follows(words("Rolle Revision .* entziehen"))
        await viktor.types("Begründung", "Aufgabe gewechselt")
        await viktor.presses("Rolle entziehen")
        assert await viktor.reads() == "Nora Neu hat noch keine Rolle"
