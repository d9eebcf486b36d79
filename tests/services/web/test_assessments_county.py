"""Coordination and expert group in the browser: rounds, figures, instruments."""

from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec
import pytest

from services.web.assessments.viewer import ZONE, school_year_on
from tests.support.assessing import DEFINITION, approve_instrument
from tests.support.own_class import OTHER, OWN, OwnClass, own_class, row
from tests.support.reading import Page, Visitor, visitor_of
from tests.support.stack import Stack

NEW_ROUND = "/erhebungen/runden/neu"
INSTRUMENTS = "/erhebungen/instrumente"


@pytest.fixture
async def coordinator(stack: Stack) -> Visitor:
    return await visitor_of(stack, "koordination")


def typed(days: int) -> str:
    """What a field for day and time holds, so many days from now."""
    return (datetime.now(ZONE) + timedelta(days=days)).strftime("%Y-%m-%dT09:00")


def entered(**other: str | list[str]) -> dict[str, str | list[str]]:
    return {
        "key_of_round": "herbst",
        "title": "Herbsterhebung",
        "school_year": school_year_on((datetime.now(ZONE) + timedelta(days=1)).date()),
        "opens_at": typed(1),
        "closes_at": typed(3),
        "reminders": typed(2),
        "colleges": [OWN, OTHER],
        **other,
    }


async def announced(coordinator: Visitor, **other: str | list[str]) -> Page:
    page = await coordinator.open(NEW_ROUND)
    return await coordinator.send(page, NEW_ROUND, **entered(**other))


async def test_without_an_approved_instrument_the_first_step_is_named(
    coordinator: Visitor,
) -> None:
    page = await coordinator.open(NEW_ROUND)
    assert "Zuerst braucht es ein genehmigtes Erhebungsinstrument" in page.text
    assert INSTRUMENTS in page.links


async def test_a_round_is_announced_extended_and_called_off(
    stack: Stack, coordinator: Visitor
) -> None:
    await approve_instrument(stack.runtime)
    await stack.runtime.read_models.reached(await stack.head())
    page = await announced(coordinator)
    assert page.headline == "Herbsterhebung ist angekündigt"
    here = page.path
    longer = {"closes_at": typed(5), "colleges": [OTHER]}
    page = await coordinator.send(page, f"{here}/verlaengern", **longer, reason="")
    assert page.status >= HTTPStatus.BAD_REQUEST
    assert page.form(f"{here}/verlaengern").fields["closes_at"] == [typed(5)]
    page = await coordinator.send(page, f"{here}/verlaengern", **longer, reason="Blockunterricht.")
    assert "Blockunterricht." in page.text, "the record says why"
    college = await visitor_of(stack, "berufskolleg")
    assert "steht bevor" not in (await college.open("/erhebungen")).text
    page = await coordinator.send(page, f"{here}/absagen", because="")
    assert page.status >= HTTPStatus.BAD_REQUEST
    assert 'id="because-fehler"' in page.response.text
    page = await coordinator.send(page, f"{here}/absagen", because="Unwetter.")
    assert page.headline == "Herbsterhebung ist abgesagt"
    assert "Unwetter." in page.text


async def test_what_is_wrong_with_an_announcement_stands_beside_its_field(
    stack: Stack, coordinator: Visitor
) -> None:
    await approve_instrument(stack.runtime)
    await stack.runtime.read_models.reached(await stack.head())
    for field, text in (("opens_at", "morgen"), ("key_of_round", "Herbst!")):
        page = await announced(coordinator, **{field: text})
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert f'id="{field}-fehler"' in page.response.text
        fields = page.form(NEW_ROUND).fields
        assert fields[field] == [text]
        assert fields["title"] == ["Herbsterhebung"]
        assert sorted(fields["colleges"]) == sorted([OWN, OTHER])
    page = await announced(coordinator, closes_at=typed(1))
    assert page.status >= HTTPStatus.BAD_REQUEST
    assert "Herbsterhebung" in page.form(NEW_ROUND).fields["title"]


async def test_the_county_sees_how_far_each_college_is_and_reminds(
    stack: Stack, coordinator: Visitor
) -> None:
    this = await own_class(stack)
    page = await coordinator.open("/erhebungen")
    assert page.headline == "0 von 1 Klasse ist abgegeben"
    assert "MB26A" in page.text
    here = f"/erhebungen/runden/{this.round}"
    page = await coordinator.open(here)
    page = await coordinator.send(page, f"{here}/erinnern")
    assert page.status == HTTPStatus.OK
    assert "erinnert" in page.text.lower()
    page = await coordinator.send(page, f"{here}/schliessen")
    assert page.status == HTTPStatus.CONFLICT, "a class is missing"


async def test_figures_are_shown_with_their_source_and_without_small_groups(
    stack: Stack, coordinator: Visitor
) -> None:
    this = await released(stack)
    here = f"/erhebungen/runden/{this.round}/zahlen"
    page = await coordinator.open(here)
    assert page.headline == "12 Personen sind in den veröffentlichten Zahlen gezählt"
    assert "Jede Zahl steht für mindestens 5 Personen." in page.text
    assert 'role="img"' in page.response.text
    assert f"/api/v1/rounds/{this.round}/figures.xlsx" in page.links
    file = await coordinator.ask(f"/api/v1/rounds/{this.round}/figures.csv")
    assert file.response.headers["content-type"].startswith("text/csv")
    page = await coordinator.send(page, here)
    assert page.status == HTTPStatus.OK or "Es wurde nichts geändert" in page.text
    college = await visitor_of(stack, "berufskolleg")
    assert (await college.ask(here)).status == HTTPStatus.FORBIDDEN
    steering = await visitor_of(stack, "revision")
    assert (await steering.open(here)).status == HTTPStatus.OK


async def test_how_well_the_test_measured_is_read_with_care(stack: Stack) -> None:
    this = await released(stack)
    expert = await visitor_of(stack, "fachgruppe")
    page = await expert.open(f"{INSTRUMENTS}/c-test/1")
    assert f"{INSTRUMENTS}/c-test/1/guete?runde={this.round}" in page.links
    page = await expert.open(f"{INSTRUMENTS}/c-test/1/guete?runde={this.round}")
    assert "Bitte vorsichtig lesen" in page.text
    assert "Es sind wenige Lernende" in page.text


async def test_a_version_is_handed_in_given_back_and_approved_by_a_second_person(
    stack: Stack, coordinator: Visitor
) -> None:
    expert = await visitor_of(stack, "fachgruppe")
    page = await expert.open(INSTRUMENTS)
    assert page.headline == "Noch ist kein Erhebungsinstrument angelegt"
    new = {"title": "C-Test", "key_of_instrument": "c-test", "kind": "c-test"}
    page = await expert.send(page, INSTRUMENTS, **new)
    assert page.headline == "C-Test hat 0 Versionen"
    here = page.path
    wrong = msgspec.json.encode({**DEFINITION, "parts": []})
    page = await expert.send_form(page.form(here), {"datei": ("v1.json", wrong)})
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "/parts" in page.text
    right = msgspec.json.encode(DEFINITION)
    page = await expert.send_form(page.form(here), {"datei": ("v1.json", right)})
    assert page.headline == "C-Test, Version 1, ist im Entwurf"
    page = await expert.send(page, f"{here}/1/einreichen")
    assert page.headline == "C-Test, Version 1, ist eingereicht"
    own = await expert.send(page, f"{here}/1/genehmigen")
    assert own.status == HTTPStatus.FORBIDDEN, "not its author"
    page = await coordinator.open(f"{here}/1")
    page = await coordinator.send(page, f"{here}/1/zurueckgeben", reason="Text 2 ist zu lang.")
    assert page.headline == "C-Test, Version 1, ist im Entwurf"
    page = await expert.open(f"{here}/1")
    await expert.send(page, f"{here}/1/einreichen")
    page = await coordinator.open(f"{here}/1")
    page = await coordinator.send(page, f"{here}/1/genehmigen")
    assert page.headline == "C-Test, Version 1, ist genehmigt"
    college = await visitor_of(stack, "berufskolleg")
    page = await college.open(f"{here}/1")
    assert "Werk" not in page.text, "texts and solutions are confidential"
    page = await coordinator.open(f"{here}/1")
    page = await coordinator.send(page, f"{here}/1/ausser-gebrauch", reason="Veraltet.")
    assert page.headline == "C-Test, Version 1, ist außer Gebrauch"


@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_page_has_one_headline_in_both_languages(stack: Stack, language: str) -> None:
    this = await released(stack)
    who = next(iter((await this.learners()).values()))
    at = f"/erhebungen/klassen/{this.id}"
    college = await visitor_of(stack, "berufskolleg", language=language)
    for path in (
        "/erhebungen",
        "/erhebungen/klassen/neu",
        "/erhebungen/klassen/einlesen",
        "/erhebungen/kolleg",
        at,
        f"{at}/aendern",
        f"{at}/lernende",
        f"{at}/lernende/{who}",
        f"{at}/einsichten",
        f"{at}/{this.round}",
        f"{at}/{this.round}/eintragen",
        f"{at}/{this.round}/ergebnis",
        f"{at}/{this.round}/ergebnis/{who}",
        f"/erhebungen/runden/{this.round}/kolleg",
    ):
        page = await college.open(path)
        assert page.headline, path
        assert "{" not in page.text, path
    county = await visitor_of(stack, "koordination", language=language)
    for path in (
        "/erhebungen",
        NEW_ROUND,
        f"/erhebungen/runden/{this.round}",
        f"/erhebungen/runden/{this.round}/zahlen",
        INSTRUMENTS,
        f"{INSTRUMENTS}/c-test",
        f"{INSTRUMENTS}/c-test/1",
        f"{INSTRUMENTS}/c-test/1/guete?runde={this.round}",
    ):
        page = await county.open(path)
        assert page.headline, path


async def released(stack: Stack) -> OwnClass:
    """A class of twelve, scored and released."""
    who = [f"p-{n}" for n in range(12)]
    this = await own_class(stack, who)
    await this.record(*(row(one, n % 3, n % 3) for n, one in enumerate(who)))
    await this.submit()
    await this.release()
    return this
