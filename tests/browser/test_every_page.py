"""Every page that anybody is led to is usable: at a desk, on a phone, enlarged, without script."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from domain.concepts.commands import concept_id
from domain.kernel import Role
from services.demo.play import EDITION, MUNICIPALITY
from services.identity.areas import AREAS, Area
from services.web.app import pages_router
from tests.support.browser import DESK, PHONE, ZOOMED, burdens, flaws, misfits, open_window
from tests.support.mandates import TO_RECORD
from tests.support.oidc_service import ACCOUNTS
from tests.support.stack import Stack

PEOPLE = (
    "koordination",
    "fallmanagement",
    "jobcenter",
    "revision",
    "verwaltung",
    "berufskolleg",
    "fachgruppe",
    "lenkung",
)
STARTS: Mapping[str | None, Sequence[str]] = {
    None: (
        "/anmelden",
        "/impressum",
        "/hilfe",
        "/rueckmeldung/danke",
        "/melden/gesendet",
        "/melden/bestaetigen/nichts",
    ),
    "koordination": (
        "/konzepte/rahmen/ausgabe/2025",
        "/suche?q=Kolleg",
        "/suche",
        f"{TO_RECORD}&art=establish-working-group",
        TO_RECORD,
    ),
    "revision": (f"/revision/vorgang/{concept_id(MUNICIPALITY, EDITION)}",),
    "verwaltung": (
        "/verwaltung/aufbewahrung",
        f"/verwaltung/personen/{ACCOUNTS['koordination']}",
    ),
}
"""Where somebody begins, so that the first pages of a kind are those that offer most."""

MOST = 150
"""So many pages each, at most: what is alike beyond that need not be looked at again."""

ALIKE = 2
"""So many pages of one kind are looked at for one person: they differ in what they hold."""

NOT_PAGES = re.compile(
    r"^/(api|oparl|static|schema|ledger|health|neuigkeiten|abmelden)|\.(pdf|docx|csv|xlsx|ods|zip|json|svg)$"
)
NOT_LED_TO = re.compile(
    r"/(druck|neuigkeiten|zuruck|rueckkehr|ausfuhr|nachweis)|\.(pdf|docx|csv|svg|zip|json|txt|tlog-proof)$"
    r"|^/static|^/$|^/anmelden/oidc|^/abgemeldet$|/anfrage/\{organisation:str\}$"
)
"""Files, parts of pages, and what only leads on."""

ELSEWHERE = frozenset(
    {
        # Only sending something leads there; they are looked at where it is sent.
        "/anmelden/code",  # test_sign_in.py
        "/anmelden/link/{token:str}",
        "/meldung/{token:str}",  # test_reporting.py
        "/meldung/{token:str}/aendern",
        "/meldungen/kurse-gemeinsam/suche/{search:uuid}",  # test_needs.py
        "/konzepte/{concept_id:uuid}/quittung/{command:uuid}",  # test_journeys.py
        "/revision/pruefen/lauf/{task:uuid}",
        "/revision/paket/{task:uuid}",
        "/erhebungen/klassen/{training_class:uuid}/{round_id:uuid}/vergleich",  # test_rare_pages.py
    }
)

VISITED: set[str] = set()


def kind_of(path: str) -> str:
    """The route of an address: ids, numbers and keys of things stand for each other."""
    plain = urlsplit(path).path
    for route, pattern in ROUTES.items():
        if pattern.fullmatch(plain):
            return route
    return plain


def _pattern(route: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{[^}]+\}", "[^/]+", route))


def _page_routes() -> Sequence[str]:
    found = {
        route.path
        for route in pages_router().routes
        for handler in getattr(route, "route_handlers", ())
        if "GET" in handler.http_methods and not NOT_LED_TO.search(route.path)
    }
    # Those without parameters first: `/konzepte/rahmen` is not a concept of that name.
    return sorted(found, key=lambda route: (route.count("{"), route))


ROUTES = {route: _pattern(route) for route in _page_routes()}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("person", [None, *PEOPLE])
async def test_every_page_a_person_is_led_to_is_usable(
    played: Stack, browser: Browser, person: str | None
) -> None:
    """Much of a page is the same for all: the slow look is taken by the first who comes there."""
    await _look_around(played, browser, person, everything=False)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("person", [None, *PEOPLE])
async def test_every_page_is_usable_for_each_person_at_each_size(
    played: Stack, browser: Browser, person: str | None
) -> None:
    await _look_around(played, browser, person, everything=True)


async def _look_around(
    played: Stack, browser: Browser, person: str | None, *, everything: bool
) -> None:
    window = await open_window(browser, played, person)
    waiting = [*STARTS.get(person, ()), *(["/aufgaben", "/konto"] if person else [])]
    seen: dict[str, int] = {}
    known = set(waiting)
    wrong: dict[str, Sequence[str]] = {}
    while waiting and sum(seen.values()) < MOST:
        path = waiting.pop(0)
        kind = kind_of(path)
        if NOT_PAGES.search(urlsplit(path).path) or seen.get(kind, 0) >= ALIKE:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        answer = await window.visit(path)
        found = [] if answer.status == HTTPStatus.OK else [f"status {answer.status}"]
        is_new = everything or kind not in VISITED
        if seen[kind] == 1:
            found += await burdens(window)
        found += await (flaws(window) if is_new else misfits(window))
        if is_new and seen[kind] == 1:
            await window.kept(f"{person or 'niemand'}-{re.sub('[^a-z]+', '-', kind).strip('-')}")
        if seen[kind] == 1:
            for size in (PHONE, ZOOMED):
                await window.page.set_viewport_size({"width": size[0], "height": size[1]})
                looked = is_new and (everything or size == PHONE)
                found += [
                    f"at {size[0]} px: {flaw}"
                    for flaw in await (flaws(window) if looked else misfits(window))
                ]
            await window.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        if found:
            wrong[path] = found
        VISITED.add(kind)
        for link in await window.links():
            if link not in known:
                known.add(link)
                waiting.append(link)
    await window.close()
    assert not wrong, "\n".join(f"{path}: {found}" for path, found in wrong.items())


SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["at a desk", "on a phone"])


@SIZES
@pytest.mark.timeout(900)
async def test_the_areas_are_light_and_do_not_move_for_who_comes_for_the_first_time(
    played: Stack, browser: Browser, size: tuple[int, int]
) -> None:
    """Those to whom an area is open see the same frame: the first of them stands for all."""
    firsts = {area: people[0] for area, people in (await _led_to(played)).items()}
    looks = [await _first_look(played, browser, p, area, size) for area, p in firsts.items()]
    assert not [found for found in looks if found]


@SIZES
@pytest.mark.long
@pytest.mark.timeout(900)
async def test_every_area_is_light_and_does_not_move_for_each_who_comes_for_the_first_time(
    played: Stack, browser: Browser, size: tuple[int, int]
) -> None:
    looks = [
        await _first_look(played, browser, person, area, size)
        for area, people in (await _led_to(played)).items()
        for person in people
    ]
    assert not [found for found in looks if found]


async def _led_to(played: Stack) -> Mapping[Area, Sequence[str]]:
    """For each area those of the people whom a role of theirs leads there; none is left out."""
    grants = {person: (await played.people[person].read("/me"))["grants"] for person in PEOPLE}
    roles = {person: {Role(grant["role"]) for grant in grants[person]} for person in PEOPLE}
    return {area: [p for p in PEOPLE if roles[p] & AREAS[area]] for area in Area}


async def _first_look(
    played: Stack, browser: Browser, person: str, area: Area, size: tuple[int, int]
) -> Sequence[str]:
    """The browser has nothing of the service yet: neither its style nor its letters."""
    window = await open_window(browser, played, person, size, unused=True)
    answer = await window.visit(f"/{area}")
    assert answer.status == HTTPStatus.OK
    found = await burdens(window)
    await window.page.context.close()
    return [f"{person} at /{area}: {flaw}" for flaw in found]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("person", PEOPLE)
async def test_every_page_shows_the_same_without_script(
    played: Stack, browser: Browser, person: str
) -> None:
    """What the areas of the menu say can be read, and sent, where no script runs."""
    without = await open_window(browser, played, person, java_script_enabled=False)
    await without.visit("/aufgaben")
    menu = [path for path in await without.links() if path.strip("/") in set(Area)]
    assert menu
    for path in menu:
        answer = await without.visit(path)
        assert answer.status == HTTPStatus.OK
        assert await without.page.locator("h1").inner_text()
    await without.close()


def test_all_pages_were_visited() -> None:
    """A page nobody is led to is one that nobody finds. Runs last in this file."""
    if not VISITED:
        pytest.skip("no browser")
    assert set(ROUTES) - VISITED - ELSEWHERE == set()
