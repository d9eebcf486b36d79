"""The search at the top of the pages: for everybody who is signed in, each hit with its page."""

from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest

from services.api.search_hits import HitKind
from services.web.search.search import PLACES
from services.web.texts import sentences
from tests.services.api.test_posts import draft
from tests.support.browser_like import View, Visitor, visiting
from tests.support.findings import Bundler
from tests.support.http import recorded
from tests.support.own_class import own_class
from tests.support.stack import Stack


@pytest.fixture
async def concept(stack: Stack) -> str:
    opening = {"municipality": "05774020", "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", opening))["id"]
    await stack.runtime.read_models.reached(await stack.head())
    return concept


@pytest.fixture
async def coordinator(stack: Stack, concept: str) -> AsyncIterator[Visitor]:
    assert concept
    async with visiting(stack, "koordination") as visitor:
        yield visitor


async def opens(visitor: Visitor, page: View, label: str) -> View:
    """The page of a hit, which is there for whoever found it."""
    shown = await visitor.see(page.link(label))
    assert shown.status == HTTPStatus.OK, page.link(label)
    return shown


async def test_what_is_found_is_told_by_kind_and_leads_to_its_page(
    coordinator: Visitor, concept: str
) -> None:
    found = await coordinator.see("/suche", q="Delbrück")
    assert found.headline.startswith("3 Treffer für „Delbrück“"), found.text
    assert [one.text for one in found.main.all("h2")] == [
        "Konzepte",
        "Personalstellen",
        "Organisationen",
    ]
    assert found.link("Delbrück") == f"/konzepte/{concept}"
    await opens(coordinator, found, "Delbrück")


@pytest.mark.parametrize(
    ("who", "organisation", "person"),
    [
        ("koordination", "/verwaltung/organisationen/jobcenter", "/verwaltung/personen/"),
        ("verwaltung", "/verwaltung/organisationen/jobcenter", "/verwaltung/personen/"),
        ("revision", "/revision?organisation=jobcenter", "/revision?person="),
    ],
)
async def test_a_hit_leads_where_the_role_may_go(
    stack: Stack, who: str, organisation: str, person: str
) -> None:
    account = (await stack.jobcenter.read("/me"))["account"]
    jana = next(
        one["name"] for one in await stack.verwaltung.read("/accounts") if one["id"] == account
    )
    async with visiting(stack, who) as visitor:
        found = await visitor.see("/suche", q="jobcenter")
        assert found.link(jana) == f"{person}{account}"
        assert organisation in [a.attributes["href"] for a in found.main.all("a")]
        await opens(visitor, found, jana)
        assert (await visitor.see(organisation)).status == HTTPStatus.OK


async def test_an_entry_leads_to_the_search_of_the_record(stack: Stack) -> None:
    async with visiting(stack, "revision") as visitor:
        found = await visitor.see("/suche", q="12")
        [link] = found.main.all("section")[-1].all("a")
        assert link.attributes["href"] == "/revision?suche=12"
        shown = await opens(visitor, found, link.text)
        assert shown.headline.startswith("1 Eintrag passt")


async def test_a_college_finds_its_class_and_its_round(stack: Stack) -> None:
    this = await own_class(stack)
    async with visiting(stack, "berufskolleg") as visitor:
        found = await visitor.see("/suche", q="mb26")
        assert found.headline == "1 Treffer für „mb26“"
        assert found.link("MB26A") == f"/erhebungen/klassen/{this.id}"
        await opens(visitor, found, "MB26A")
        await opens(visitor, await visitor.see("/suche", q="sprachstand"), "Sprachstandserhebung")
    async with visiting(stack, "nachbarkolleg") as visitor:
        nothing = await visitor.see("/suche", q="mb26")
        assert nothing.headline == "Kein Treffer für „mb26“"
        assert "Klassen Ihres Berufskollegs" in nothing.text


async def test_what_the_steering_has_is_found_by_those_it_is_for(
    stack: Stack, coordinator: Visitor
) -> None:
    theme = await Bundler(stack, stack.koordination).opened("Sprache im Betrieb")
    found = await coordinator.see("/suche", q="betrieb")
    assert found.link("Sprache im Betrieb") == f"/steuerung/themen/{theme}"
    await opens(coordinator, found, "Sprache im Betrieb")
    assert "Sitzungen der Gremien" in (await coordinator.see("/suche")).text
    async with visiting(stack, "jobcenter") as jana:
        page = await jana.see("/suche", q="betrieb")
    assert page.headline == "Kein Treffer für „betrieb“"
    assert "Arbeitsgruppen, nach ihrem Titel" in page.text
    assert "Themen der Steuerung" not in page.text


async def test_a_funded_post_is_found_by_its_municipality_by_those_who_read_posts(
    stack: Stack, coordinator: Visitor
) -> None:
    made = recorded(await stack.koordination.post("/posts", draft("cm-pb-2")))
    await stack.runtime.read_models.reached(made["position"])
    for text in ("paderborn, cm-", "case manag"):
        found = await coordinator.see("/suche", q=text)
        name = "Case Management, Paderborn, cm-pb-2"
        assert found.link(name) == f"/stellen/{made['id']}"
        await opens(coordinator, found, name)
    for person in (stack.jobcenter, stack.fallmanagement, stack.berufskolleg):
        assert await person.read("/search", q="cm-pb") == []


async def test_without_a_hit_the_page_says_what_can_be_searched_and_how_it_is_spelled(
    stack: Stack,
) -> None:
    async with visiting(stack, "jobcenter") as visitor:
        headlines = [(await visitor.see("/suche", q=text)).headline for text in ("x", "Buren")]
        page = await visitor.see("/suche")
    assert headlines == ["Ein Suchwort hat mindestens zwei Zeichen", "Kein Treffer für „Buren“"]
    assert page.headline == "Noch ist kein Suchwort eingegeben"
    assert "„Büren“, nicht „Buren“" in page.text
    assert [one.text for one in page.main.all("li")] == [
        "Konzepte, nach dem Namen der Kommune",
        "Beschlüsse, nach ihrem Titel oder Zeichen",
        "Arbeitsgruppen, nach ihrem Titel",
        "Meldungen von Unternehmen, nach ihrer Nummer",
    ]


async def test_what_is_typed_stays_text_and_too_much_of_it_is_refused(coordinator: Visitor) -> None:
    page = await coordinator.see("/suche", q='"><script>alert(1)</script>')
    assert "<script>alert" not in page.source
    refused = await coordinator.see("/suche", q="x" * 101)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert refused.alerts


async def test_the_search_is_for_people_who_are_signed_in(stack: Stack) -> None:
    answer = await stack.http.get("/suche?q=Delbr%C3%BCck")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    page = (await stack.http.get("/hilfe")).text
    assert 'role="search"' not in page


@pytest.mark.parametrize("path", ["/aufgaben", "/suche", "/revision", "/verwaltung/personen"])
async def test_one_search_is_at_the_top_and_one_in_the_menu_of_small_screens(
    coordinator: Visitor, path: str
) -> None:
    """One of the two is shown at any width, and a page's own form is none but has its own name."""
    page = await coordinator.see(path)
    marks = page.root.all("form", role="search")
    assert [one.attributes["action"] for one in marks] == ["/suche", "/suche"]
    assert len(page.root.all("header")[0].all("form", role="search")) == 1
    menu = page.root.all("details", class_="k-nav__small")[0]
    assert len(menu.all("form", role="search")) == 1
    for one in marks:
        [label], [field] = one.all("label"), one.all("input")
        assert label.text == "Suche"
        assert label.attributes["for"] == field.attributes["id"]
        assert (field.attributes["type"], field.attributes["name"]) == ("search", "q")
    own = {one.attributes.get("aria-label") for one in page.main.all("form", method="get")}
    assert marks[0].attributes["aria-label"] not in own


async def test_the_search_speaks_english_too(stack: Stack, concept: str) -> None:
    async with visiting(stack, "fallmanagement", language="en") as visitor:
        page = await visitor.see("/suche", q="delbrück")
    assert page.headline == "1 result for “delbrück”"
    assert page.link("Delbrück") == f"/konzepte/{concept}"
    assert "2025, being drafted" in page.text


def test_every_kind_has_a_page_a_heading_and_a_word_on_how_it_is_found() -> None:
    assert PLACES.keys() == set(HitKind)
    for kind in HitKind:
        assert {f"search.kinds.{kind}", f"search.by.{kind}"} <= sentences().keys()
