"""Findings and themes at the pages: reported, asked back, bundled, written, handed over."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest

from domain.kernel import Role
from services.web.assessments.viewer import present_year
from tests.support.appointing import appoint_account
from tests.support.findings import CALLED, SALZKOTTEN, SCARCE, Bundler
from tests.support.reading import Page, Visitor, visitor_of, visitor_with
from tests.support.stack import Stack
from tests.support.steering_log import SteeringLog

FINDINGS, THEMES = "/steuerung/erkenntnisse", "/steuerung/themen"
NEW_FINDING, NEW_THEME = f"{FINDINGS}/neu", f"{THEMES}/neu"


@pytest.fixture
async def falk(stack: Stack) -> Visitor:
    """The case manager of Delbrück."""
    return await visitor_of(stack, "fallmanagement")


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


def entered(description: str = SCARCE, **other: str) -> dict[str, str]:
    return {
        "kind": "gap",
        "field": "language",
        "school_year": present_year(),
        "band": "5-9",
        "description": description,
        **other,
    }


async def reported(falk: Visitor, **typed: str) -> Page:
    page = await falk.open(NEW_FINDING)
    return await falk.send(page, NEW_FINDING, **entered(**typed))


async def test_a_case_manager_finds_the_place_and_reports_a_finding(falk: Visitor) -> None:
    start = await falk.open("/aufgaben")
    assert "/steuerung" in start.links
    overview = await falk.open("/steuerung")
    assert overview.headline == "Keine Erkenntnis wartet auf ein Thema"
    empty = await falk.open(FINDINGS)
    assert empty.headline == "Es ist noch keine Erkenntnis gemeldet"
    assert NEW_FINDING in empty.links
    page = await reported(falk)
    assert page.headline == "Lücke in Delbrück: Sprache"
    assert "Gespeichert als Eintrag" in page.text
    assert SCARCE in page.text
    listed = await falk.open(f"{FINDINGS}?kommune=alle&feld=language&art=gap&stand=reported")
    assert listed.headline == "1 Erkenntnis"
    assert page.path in listed.links
    none = await falk.open(f"{FINDINGS}?feld=housing")
    assert none.headline == "Keine Erkenntnis passt zu dieser Auswahl"


async def test_what_looks_like_a_client_is_asked_back_and_can_be_a_false_alarm(
    falk: Visitor,
) -> None:
    page = await reported(falk, description=CALLED)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="description-fehler"' in page.response.text
    assert "Telefonnummer (Zeichen 22 bis 35)" in page.text
    form = page.form(NEW_FINDING)
    assert form.fields["description"] == [CALLED]
    assert form.fields["band"] == ["5-9"]
    assert form.fields["stelle-0-text"] == ["05251 308-4610"]
    moved = f"Achtung: {CALLED}"
    why = {"stelle-0-reason": "Die Zentrale des Trägers."}
    page = await falk.send(page, NEW_FINDING, **entered(moved), **why)
    assert page.headline == "Lücke in Delbrück: Sprache"
    assert "„05251 308-4610“: Die Zentrale des Trägers." in page.text


async def test_a_finding_is_corrected_and_withdrawn_with_a_reason(
    falk: Visitor, karin: Visitor
) -> None:
    here = (await reported(falk)).path
    page = await falk.open(f"{here}/berichtigen")
    assert page.form(f"{here}/berichtigen").fields["description"] == [SCARCE]
    page = await falk.send(page, f"{here}/berichtigen", description="Es fehlen Plätze.", reason="")
    assert page.status >= HTTPStatus.BAD_REQUEST
    assert 'id="reason-fehler"' in page.response.text
    assert page.form(f"{here}/berichtigen").fields["description"] == ["Es fehlen Plätze."]
    page = await falk.send(page, f"{here}/berichtigen", reason="Genauer.")
    assert (page.path, "Es fehlen Plätze." in page.text) == (here, True)
    assert "Verlauf" not in page.text, "the record is for others"
    page = await falk.send(page, f"{here}/zurueckziehen", reason="")
    assert page.status >= HTTPStatus.BAD_REQUEST
    page = await falk.send(page, f"{here}/zurueckziehen", reason="Doppelt gemeldet.")
    assert "Diese Erkenntnis ist zurückgezogen" in page.text
    seen = await karin.open(here)
    assert "Erkenntnis zurückgezogen. Begründung: Doppelt gemeldet." in seen.text


async def test_the_coordinator_bundles_writes_and_hands_over(
    stack: Stack, falk: Visitor, karin: Visitor
) -> None:
    bundler = Bundler(stack, stack.koordination)
    board = await karin.open(THEMES)
    assert NEW_THEME in board.links
    finding = (await reported(falk)).path.rpartition("/")[2]
    await bundler.reported(municipality=SALZKOTTEN)
    board = await karin.open(THEMES)
    assert "2 Erkenntnisse warten auf ein Thema" in board.text
    bundle = f"{THEMES}/buendeln"
    nameless = await karin.send(board, bundle, findings=f"{finding}/1", title="")
    assert nameless.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="title-fehler"' in nameless.response.text
    assert nameless.form(bundle).fields["findings"] == [f"{finding}/1"]
    theme = await karin.send(nameless, bundle, title="Sprache im Betrieb")
    assert theme.headline == "Sprache im Betrieb"
    assert f"{FINDINGS}/{finding}" in theme.links
    assert "Bis zur Tagesordnung fehlt noch eine Zusammenfassung" in theme.text
    assert "1 Erkenntnis wartet auf ein Thema" in (await karin.open(THEMES)).text

    here = theme.path
    writing = f"{here}/zusammenfassung"
    page = await karin.open(writing)
    assert page.form(writing).fields["heading-0"] == ["Was wir sehen"]
    page = await karin.send(page, writing, **{"text-0": CALLED})
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="text-0-fehler"' in page.response.text
    assert page.form(writing).fields["text-0"] == [CALLED]
    more = await karin.send(page, writing, mehr="1")
    assert "text-3" in more.form(writing).fields
    why = {"stelle-0-0-reason": "Die Zentrale des Trägers."}
    page = await karin.send(page, writing, **why)
    assert (page.path, CALLED in page.text) == (here, True)
    assert "Im Augenblick ist keine Sitzung in Planung" in page.text
    again = await karin.open(writing)
    assert again.form(writing).fields["stelle-0-0-reason"] == [why["stelle-0-0-reason"]]

    session = await SteeringLog(stack.runtime.store).schedule(
        datetime.now(UTC) + timedelta(days=30)
    )
    await stack.runtime.read_models.reached(await stack.head())
    page = await karin.open(here)
    page = await karin.send(page, f"{here}/schritt/vorlegen", session=str(session))
    assert "Das Thema ist auf einer Tagesordnung" in page.text
    page = await karin.send(page, f"{here}/schritt/zuruecknehmen", back_reason="")
    assert 'id="back_reason-fehler"' in page.response.text
    page = await karin.send(page, f"{here}/schritt/zuruecknehmen", back_reason="Fällt aus.")
    assert "Das Thema ist in Bearbeitung" in page.text
    assert "Auf einer Tagesordnung" not in (await karin.open(THEMES)).text


async def test_a_theme_from_elsewhere_is_opened_merged_and_closed(
    stack: Stack, karin: Visitor
) -> None:
    other = await Bundler(stack, stack.koordination).opened("Ausbildung")
    page = await karin.open(NEW_THEME)
    named = await karin.send(page, NEW_THEME, title="Sprache", text="Frau Kowalski sucht Kurse.")
    assert named.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="text-fehler"' in named.response.text
    page = await karin.send(named, NEW_THEME, text="Ein Betrieb sucht Kurse.")
    assert "Betrieb: Ein Betrieb sucht Kurse." in page.text
    here = page.path
    page = await karin.send(page, f"{here}/herkunft", source_text="")
    assert 'id="source_text-fehler"' in page.response.text
    page = await karin.send(
        page, f"{here}/herkunft", source_kind="partner", source_text="Auch die Kammer fragt."
    )
    assert "Partner: Auch die Kammer fragt." in page.text
    page = await karin.send(
        page, f"{here}/schritt/abschliessen", outcome="mandated", text="Beauftragt."
    )
    assert page.status == HTTPStatus.CONFLICT, "a mandate needs a resolution"
    assert page.form(f"{here}/schritt/abschliessen").fields["text"] == ["Beauftragt."]
    page = await karin.send(
        page, f"{here}/schritt/zusammenfuehren", into=other, merge_reason="Dasselbe."
    )
    assert f"{THEMES}/{other}" in page.links
    page = await karin.send(page, f"{here}/schritt/wieder-oeffnen", open_reason="Doch nicht.")
    page = await karin.send(
        page, f"{here}/schritt/abschliessen", outcome="settled", text="Es gibt Kurse."
    )
    assert "erledigt" in page.text
    assert "Abgeschlossen" in (await karin.open(THEMES)).text


async def test_who_may_only_read_is_offered_nothing_to_change(stack: Stack, falk: Visitor) -> None:
    here = (await reported(falk)).path
    theme = await Bundler(stack, stack.koordination).opened()
    auditor = await visitor_of(stack, "revision")
    for path in ("/steuerung", FINDINGS, here, THEMES, f"{THEMES}/{theme}"):
        page = await auditor.open(path)
        assert {form.action for form in page.forms if form.method == "post"} <= {
            "/abmelden",
            "/sprache",
        }
        assert NEW_FINDING not in page.links
    assert (await falk.ask(f"{THEMES}/{theme}")).status == HTTPStatus.FORBIDDEN
    of_body = await appoint_account(stack, Role.STEERING_MEMBER, "jobcenter")
    reader = await visitor_with(stack, of_body)
    overview = await reader.open("/steuerung")
    assert overview.headline == "Im Augenblick steht kein Thema auf einer Tagesordnung"
    assert FINDINGS not in overview.links
    assert (await reader.open(THEMES)).headline == "Im Augenblick ist kein Thema in Bearbeitung"


async def test_organisations_and_colleges_are_led_to_what_concerns_theirs(stack: Stack) -> None:
    for name in ("jobcenter", "berufskolleg"):
        visitor = await visitor_of(stack, name)
        assert "/steuerung" in (await visitor.open("/aufgaben")).links
        overview = await visitor.open("/steuerung")
        none = "Im Augenblick arbeitet Ihre Organisation in keiner Arbeitsgruppe mit"
        assert overview.headline == none
        assert not {FINDINGS, THEMES} & set(overview.links)
        for path in (FINDINGS, THEMES):
            assert (await visitor.ask(path)).status == HTTPStatus.FORBIDDEN
    expert = await visitor_of(stack, "fachgruppe")
    assert (await expert.ask("/steuerung")).status == HTTPStatus.FORBIDDEN
    assert "/steuerung" not in (await expert.open("/aufgaben")).links


async def test_the_pages_speak_english_too(stack: Stack, falk: Visitor) -> None:
    await reported(falk)
    visitor = await visitor_of(stack, "koordination", language="en")
    assert (await visitor.open("/steuerung")).headline == "1 finding waits for a theme"
    assert (await visitor.open(FINDINGS)).headline == "1 finding"
    assert "1 finding waits for a theme" in (await visitor.open(THEMES)).text
    assert (await visitor.open(NEW_FINDING)).headline == "Report a finding"
