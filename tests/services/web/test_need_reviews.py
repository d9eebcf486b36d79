"""Need reviews at the pages: what was found, what is proposed, what the body decided."""

from datetime import timedelta
from http import HTTPStatus

import pytest

from tests.support.days import today
from tests.support.reading import Page, Visitor, visitor_of
from tests.support.stack import Stack
from tests.support.steering_group import SteeringGroup, proposal

LIST = "/steuerung/bedarfspruefungen"
NEW = f"{LIST}/neu"
RESOLUTION = "/steuerung/beschluesse/neu"
QUESTION = "Braucht es eine Arbeitsgruppe zur Fachsprache?"
TODAY = today()
DUE = (TODAY + timedelta(days=90)).isoformat()
FOUND = {
    "kind-0": "need",
    "field-0": "work",
    "text-0": "Auszubildende scheitern an der Theorie.",
    "kind-1": "gap",
    "field-1": "language",
    "text-1": "Kurse fehlen.",
}
WORDING = "Eine Arbeitsgruppe wird eingerichtet."


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


@pytest.fixture
async def group(stack: Stack) -> SteeringGroup:
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    return group


async def opened(karin: Visitor) -> Page:
    page = await karin.open(NEW)
    return await karin.send(
        page, NEW, question=QUESTION, fields=["work", "language"], key_of_review="fachsprache"
    )


async def meeting_held(karin: Visitor, here: str, **typed: str) -> Page:
    form = await karin.open(f"{here}/treffen/neu")
    return await karin.send(
        form,
        f"{here}/treffen/neu",
        held_on=(TODAY - timedelta(days=9)).isoformat(),
        fields=["work", "language"],
        attended=["ihk", "jobcenter"],
        **FOUND,
        **typed,
    )


async def proposed(karin: Visitor, here: str, number: int = 1) -> Page:
    form = await karin.open(f"{here}/vorschlaege/{number}")
    return await karin.send(
        form,
        f"{here}/vorschlaege/{number}",
        title="Arbeitsgruppe Fachsprache",
        reasons="Der Bedarf ist belegt.",
        **{"wording-0": WORDING},
    )


async def test_the_coordination_opens_a_review_and_records_what_was_found(
    stack: Stack, karin: Visitor
) -> None:
    empty = await karin.open(LIST)
    assert empty.headline == "Es gibt noch keine Bedarfsprüfung"
    assert NEW in empty.links
    form = await karin.open(NEW)
    odd = await karin.send(form, NEW, question=QUESTION, fields=["work"], key_of_review="Ä B")
    assert odd.status >= HTTPStatus.BAD_REQUEST
    assert 'id="key_of_review-fehler"' in odd.response.text
    assert odd.form(NEW).fields["question"] == [QUESTION]
    page = await opened(karin)
    here = page.path
    assert page.headline == QUESTION
    assert "Es hat noch kein Arbeitstreffen stattgefunden" in page.text

    form = await karin.open(f"{here}/treffen/neu")
    action = f"{here}/treffen/neu"
    assert sorted(form.form(action).fields["fields"]) == ["language", "work"]
    more = await karin.send(form, action, mehr="1", **FOUND)
    assert more.form(action).fields["text-1"] == [FOUND["text-1"]]
    assert "text-4" in more.form(action).fields
    late = (TODAY + timedelta(days=9)).isoformat()
    early = await karin.send(more, action, held_on=late, attended=["ihk"])
    assert 'id="held_on-fehler"' in early.response.text
    assert early.form(action).fields["text-0"] == [FOUND["text-0"]]
    page = await meeting_held(karin, here, summary="Beide berichten dasselbe.")
    assert page.path == here
    for said in ("Bedarf, Arbeit", "Lücke, Sprache: Kurse fehlen.", "Beide berichten dasselbe."):
        assert said in page.text

    form = await karin.open(f"{here}/treffen/1")
    kept = form.form(f"{here}/treffen/1").fields
    assert kept["text-1"] == [FOUND["text-1"]]
    unreasoned = await karin.send(form, f"{here}/treffen/1", **{"text-1": "Abendkurse fehlen."})
    assert 'id="reason-fehler"' in unreasoned.response.text
    assert unreasoned.form(f"{here}/treffen/1").fields["text-1"] == ["Abendkurse fehlen."]
    page = await karin.send(unreasoned, f"{here}/treffen/1", reason="Genauer.")
    assert "Abendkurse fehlen." in page.text
    withdrawing = {"treffen-1-reason": "Versehen."}
    page = await karin.send(page, f"{here}/treffen/1/zurueckziehen", **withdrawing)
    assert "Zurückgezogen" in page.text
    await stack.runtime.read_models.reached(await stack.head())
    assert (await karin.open(LIST)).headline == "1 Bedarfsprüfung läuft"
    page = await karin.open(here)
    page = await karin.send(
        page, f"{here}/schritt/abbrechen", **{"abbrechen-reason": "Kein Bedarf erkennbar."}
    )
    assert "Die Bedarfsprüfung wurde abgebrochen" in page.text


async def test_a_proposal_goes_before_the_body_and_its_resolution_decides_the_review(
    stack: Stack, group: SteeringGroup, karin: Visitor
) -> None:
    here = (await opened(karin)).path
    await meeting_held(karin, here)
    page = await proposed(karin, here)
    assert "Der Vorschlag ist im Entwurf" in page.text
    assert "keine Sitzung in Planung" in page.text
    form = await karin.open(f"{here}/vorschlaege/1")
    more = await karin.send(form, f"{here}/vorschlaege/1", mehr="1", **{"wording-1": "Keine."})
    page = await karin.send(more, f"{here}/vorschlaege/1", reasons="Der Bedarf ist groß.")
    assert "Keine." in page.text

    to_come = TODAY + timedelta(days=40)
    session = await group.prepare("2026-3", to_come)
    await stack.runtime.read_models.reached(await stack.head())
    page = await karin.open(here)
    place = {"vorlegen-1-place": f"{session}/neu"}
    page = await karin.send(page, f"{here}/vorschlaege/1/vorlegen", **place)
    assert "Der Vorschlag ist dem Gremium vorgelegt" in page.text
    assert f"/steuerung/sitzungen/{session}" in page.links
    [item] = (await stack.koordination.read(f"/sessions/{session}"))["items"]
    assert [one["text"] for one in item["alternatives"]] == [WORDING, "Keine."]

    back = f"{here}/vorschlaege/1/schritt/zuruecknehmen"
    assert (await karin.send(page, back)).status == HTTPStatus.UNPROCESSABLE_ENTITY
    page = await karin.send(page, back, **{"zuruecknehmen-1-reason": "Noch nicht reif."})
    dropping = f"{here}/vorschlaege/1/schritt/fallenlassen"
    page = await karin.send(page, dropping, **{"fallenlassen-1-reason": "Überholt."})
    assert "Der Vorschlag ist fallen gelassen" in page.text
    early = await karin.send(page, f"{here}/schritt/schliessen")
    assert early.status == HTTPStatus.CONFLICT
    assert "Es gibt noch keinen Beschluss" in early.text

    day = TODAY - timedelta(days=2)
    put = proposal("Arbeitsgruppe Fachsprache", WORDING)
    held = await group.prepare("2026-2", day, put)
    await proposed(karin, here, 2)
    await stack.runtime.read_models.reached(await stack.head())
    page = await karin.open(here)
    place = {"vorlegen-2-place": f"{held}/{put.item}"}
    page = await karin.send(page, f"{here}/vorschlaege/2/vorlegen", **place)
    await group.meet(held, day)
    await group.vote(held, day, put.item)
    await stack.runtime.read_models.reached(await stack.head())
    form = await karin.open(f"{RESOLUTION}?sitzung={held}&abstimmung=1&art=commission")
    resolution = await karin.send(form, RESOLUTION, owner="ihk", due=DUE)
    await stack.runtime.read_models.reached(await stack.head())
    page = await karin.open(here)
    page = await karin.send(page, f"{here}/vorschlaege/2/schritt/beschluss")
    assert resolution.path in page.links
    page = await karin.send(
        page, f"{here}/schritt/schliessen", **{"schliessen-summary": "Der Bedarf ist belegt."}
    )
    assert "keine Arbeitsgruppe wird gebraucht" in page.text
    assert "Der Bedarf ist belegt." in page.text
    assert f"{here}/treffen/neu" not in page.links


async def test_a_resolution_opens_a_review_and_both_lead_to_one_another(
    stack: Stack, group: SteeringGroup, karin: Visitor
) -> None:
    day = TODAY - timedelta(days=2)
    asking = proposal("Prüfung", "Die Koordinierung prüft den Bedarf.")
    session = await group.prepare("2026-1", day, asking)
    await group.meet(session, day)
    await group.vote(session, day, asking.item)
    await stack.runtime.read_models.reached(await stack.head())
    form = await karin.open(f"{RESOLUTION}?sitzung={session}&abstimmung=1&art=open-need-review")
    page = await karin.send(form, RESOLUTION, question=QUESTION, fields=["work"], due=DUE)
    review = await karin.send(page, f"{page.path}/bedarfspruefung")
    await stack.runtime.read_models.reached(await stack.head())
    assert review.headline == QUESTION
    assert page.path in review.links
    assert review.path in (await karin.open(page.path)).links
    assert f"{review.path}/schritt/abbrechen" not in {form.action for form in review.forms}

    for key in ("fallmanagement", "revision"):
        reader = await visitor_of(stack, key)
        assert (await reader.open(LIST)).headline == "1 Bedarfsprüfung läuft"
        seen = await reader.open(review.path)
        assert {form.action for form in seen.forms if form.method == "post"} <= {
            "/abmelden",
            "/sprache",
        }
        assert (await reader.ask(NEW)).status == HTTPStatus.FORBIDDEN
        assert (await reader.ask(f"{review.path}/treffen/neu")).status == HTTPStatus.FORBIDDEN
    assert (await karin.ask(f"{review.path}/treffen/7")).status == HTTPStatus.NOT_FOUND
    member = await visitor_of(stack, "jobcenter")
    assert (await member.ask(review.path)).status == HTTPStatus.FORBIDDEN
    assert LIST not in (await member.open("/steuerung")).links
    english = await visitor_of(stack, "revision", language="en")
    assert (await english.open(LIST)).headline == "1 need review is running"
