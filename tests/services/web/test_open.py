"""Pages open to everybody: imprint, privacy, accessibility, help, feedback."""

from collections.abc import AsyncIterator
from http import HTTPStatus

import httpx
import msgspec
import pytest

from services.runtime import Runtime
from services.settings import Settings
from tests.support.browser_like import Visitor, visiting
from tests.support.http import refused
from tests.support.stack import Stack, serving

TYPED = {
    "kind": "barrier",
    "page": "/konzepte",
    "text": "Die Tabelle lässt sich nicht mit der Tastatur sortieren.",
    "address": "person@example.org",
}


@pytest.fixture
async def passer_by(stack: Stack) -> AsyncIterator[Visitor]:
    """Somebody who is not signed in."""
    async with httpx.AsyncClient(
        base_url=stack.address, follow_redirects=True, timeout=30
    ) as browser:
        yield Visitor(browser)


async def test_nobody_needs_to_sign_in_for_what_everybody_may_know(passer_by: Visitor) -> None:
    for path in ("/impressum", "/datenschutz", "/barrierefreiheit", "/hilfe", "/rueckmeldung"):
        for language in ("de", "en"):
            answer = await passer_by.browser.get(path, headers={"Accept-Language": language})
            assert answer.status_code == HTTPStatus.OK
            assert answer.headers["content-language"] == language


async def test_the_help_page_and_the_front_door_lead_to_the_open_data(
    stack: Stack, passer_by: Visitor
) -> None:
    front = (await passer_by.browser.get("/api")).json()
    assert (await passer_by.see("/hilfe")).link("Zur Schnittstelle (OParl 1.1)") == front[
        "open_data"
    ]
    assert (await stack.http.get(front["open_data"])).json()["oparlVersion"]


async def test_what_is_not_in_the_settings_is_said_to_be_missing(passer_by: Visitor) -> None:
    page = await passer_by.see("/impressum")
    assert page.headline == "Wer für diese Seiten verantwortlich ist, ist noch nicht angegeben"
    assert page.text.count("Noch nicht angegeben") == 6
    assert "Noch nicht angegeben" in (await passer_by.see("/datenschutz")).text


async def test_the_imprint_comes_from_the_settings(
    runtime: Runtime, settings: Settings, county: dict[str, str]
) -> None:
    stated = msgspec.structs.replace(
        settings,
        imprint_name="Kreis Beispiel",
        imprint_address="Hauptstraße 1, 12345 Beispiel",
        imprint_telephone="05251 / 308-0",
        imprint_email="post@example.org",
        imprint_represented_by="Landrätin Erika Muster",
        imprint_supervision="Bezirksregierung",
        privacy_officer="datenschutz@example.org",
        accessibility_reviewed_on="2026-11-02",
    )
    async with (
        serving(runtime, stated, county) as stack,
        httpx.AsyncClient(base_url=stack.address, timeout=30) as browser,
    ):
        passer_by = Visitor(browser)
        page = await passer_by.see("/impressum")
        assert page.headline == "Kreis Beispiel ist für diese Seiten verantwortlich"
        assert "Hauptstraße 1 12345 Beispiel" in page.text
        assert page.link("05251 / 308-0") == "tel:05251308-0"
        assert "Noch nicht angegeben" not in page.text
        assert "datenschutz@example.org" in (await passer_by.see("/datenschutz")).text
        page = await passer_by.see("/barrierefreiheit")
        assert "zuletzt überprüft: Montag, 2. November 2026" in page.text


async def test_the_privacy_page_states_the_periods_of_the_retention_plan(
    passer_by: Visitor, stack: Stack
) -> None:
    page = await passer_by.see("/datenschutz")
    plan = stack.runtime.files.plan
    for kind in ("accounts", "learners"):
        retained = plan.class_of(kind)
        [item] = [one.text for one in page.main.all("li") if retained.title in one.text]
        assert f"{retained.years} Jahre" in item
    assert "hat die datenschutzbeauftragte Person noch nicht bestätigt" in page.text


async def test_the_accessibility_statement_names_where_to_report_and_who_enforces(
    passer_by: Visitor,
) -> None:
    page = await passer_by.see("/barrierefreiheit")
    assert page.link("Barriere melden") == "/rueckmeldung"
    assert "Ombudsstelle für barrierefreie Informationstechnik" in page.text
    assert "teilweise vereinbar" in page.text


async def test_a_report_arrives_and_is_marked_as_done(passer_by: Visitor, stack: Stack) -> None:
    page = await passer_by.see("/rueckmeldung")
    thanks = await passer_by.send(page.form("Absenden"), TYPED)
    assert thanks.headline == "Danke, Ihre Rückmeldung ist angekommen"
    async with visiting(stack, "verwaltung") as admin:
        listed = await admin.see("/verwaltung/rueckmeldungen")
        assert listed.headline == "1 Rückmeldung wartet"
        assert TYPED["text"] in listed.text
        assert listed.link(TYPED["address"]) == f"mailto:{TYPED['address']}"
        done = await admin.send(listed.form("Als erledigt vermerken"))
        assert done.headline == "Keine Rückmeldung wartet"
        assert TYPED["text"] in done.text
        assert TYPED["address"] not in done.source
    assert await stack.runtime.pool.fetchval("select address from feedback") == ""


async def test_the_same_form_sent_twice_is_one_report(passer_by: Visitor, stack: Stack) -> None:
    form = (await passer_by.see("/rueckmeldung")).form("Absenden")
    for _ in range(2):
        await passer_by.send(form, TYPED)
    assert await stack.runtime.pool.fetchval("select count(*) from feedback") == 1


async def test_what_is_missing_is_said_and_what_was_typed_stays(passer_by: Visitor) -> None:
    form = (await passer_by.see("/rueckmeldung")).form("Absenden")
    page = await passer_by.send(form, {"address": "keine Adresse", "text": "", "page": "Konzepte"})
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    for sentence in ("worum es geht", "was geschehen ist", "keine E-Mail-Adresse"):
        assert sentence in page.alerts[0]
    kept = page.form("Absenden")
    assert kept.value("address") == "keine Adresse"
    assert kept.value("page") == "Konzepte"
    too_long = await passer_by.send(form, {**TYPED, "text": "x" * 5_001})
    assert "höchstens" in too_long.alerts[0]


async def test_too_many_reports_from_one_network_wait(passer_by: Visitor, stack: Stack) -> None:
    for _ in range(5):
        form = (await passer_by.see("/rueckmeldung")).form("Absenden")
        await passer_by.send(form, TYPED)
    form = (await passer_by.see("/rueckmeldung")).form("Absenden")
    page = await passer_by.send(form, TYPED)
    assert page.status == HTTPStatus.TOO_MANY_REQUESTS
    assert page.form("Absenden").value("text") == TYPED["text"]
    assert await stack.runtime.pool.fetchval("select count(*) from feedback") == 5
    origins = await stack.runtime.pool.fetch("select distinct origin from security_log")
    assert ["127.0.0.0" in row["origin"] for row in origins] == [True]


async def test_a_report_from_a_foreign_site_is_not_taken(passer_by: Visitor, stack: Stack) -> None:
    answer = await passer_by.browser.post(
        "/rueckmeldung", data=TYPED, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert await stack.runtime.pool.fetchval("select count(*) from feedback") == 0


async def test_what_was_typed_runs_nowhere(passer_by: Visitor, stack: Stack) -> None:
    form = (await passer_by.see("/rueckmeldung")).form("Absenden")
    await passer_by.send(form, {**TYPED, "text": "<script>alert(1)</script>", "page": '"><b>'})
    async with visiting(stack, "verwaltung") as admin:
        listed = await admin.see("/verwaltung/rueckmeldungen")
        assert "<script>alert" not in listed.source
        assert "<script>alert(1)</script>" in listed.text


async def test_reports_are_for_administrators(stack: Stack) -> None:
    for person in (stack.koordination, stack.revision, stack.jobcenter):
        answer = await person.ask("GET", "/feedback")
        refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")
    async with visiting(stack, "koordination") as visitor:
        page = await visitor.see("/verwaltung/rueckmeldungen")
        assert page.status == HTTPStatus.FORBIDDEN
