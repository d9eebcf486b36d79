"""The frame of the pages: who comes in, in which language, and that nothing is missing in it."""

import re
from datetime import UTC, datetime
from html import unescape
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler

from services.api.access import COOKIES
from services.identity.areas import AREAS, Area
from services.identity.sessions import Sessions
from services.web.app import pages_router
from services.web.door import inner_path
from services.web.form_token import is_token, masked
from services.web.texts import sentences
from tests.support.clients import BY_HTTP_ONLY
from tests.support.http import refused
from tests.support.stack import Stack

WEB = Path(str(files("services.web")))
SAID = re.compile(r"""\bt\(\s*["']([a-z_.-]+)["']\s*[,)]""")
SAID_BY_PART = re.compile(r"""\bt\(\s*["']([a-z_.-]+\.)["']\s*~""")
QUOTED = re.compile(r"""["']([a-z_-]+(?:\.[a-z_-]+)+)["']""")
"""Also where one of two texts is chosen."""

SAYING = re.compile(r"""\bsay\(\s*"([a-z_.-]+)"|"([a-z_-]+\.[a-z_.-]+)\"""")


async def signed_in(stack: Stack, key: str) -> httpx.AsyncClient:
    """A browser with a session of this person, which follows no redirects."""
    me = await stack.people[key].read("/me")
    sessions = Sessions(stack.runtime.pool)
    cookie = await sessions.start(UUID(me["account"]), method="password", at=datetime.now(UTC))
    return httpx.AsyncClient(
        base_url=stack.address, cookies={COOKIES[1]: cookie}, timeout=30, verify=BY_HTTP_ONLY
    )


def csrf_in(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def back_in(page: str) -> str:
    """Where the choice of language leads back to."""
    found = re.search(r'name="zurueck" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def handlers() -> list[HTTPRouteHandler]:
    return [
        handler
        for route in pages_router().routes
        for handler in getattr(route, "route_handlers", ())
        if "OPTIONS" not in handler.http_methods
    ]


def test_every_page_says_whom_it_is_for() -> None:
    """A page with no rule is a page for everybody by mistake."""
    found = handlers()
    assert len(found) > 3
    for handler in found:
        said: dict[str, object] = {}
        for layer in handler.ownership_layers:
            said |= layer.opt or {}
        assert (said.get("area") in AREAS) != bool(said.get("open")), sorted(handler.paths)
        assert said["exclude_from_auth"], "the API's tokens are not asked for"


def test_whoever_is_signed_in_finds_their_account_and_tasks() -> None:
    assert AREAS[Area.ACCOUNT] == AREAS[Area.TASKS] == frozenset().union(*AREAS.values())


def test_every_text_of_the_templates_exists() -> None:
    for template in WEB.rglob("templates/**/*.html"):
        for key in SAID.findall(template.read_text()):
            assert key in sentences(), f"{template.name} says {key}"
        for prefix in SAID_BY_PART.findall(template.read_text()):
            assert any(key.startswith(prefix) for key in sentences()), f"{template.name}: {prefix}"


def test_no_text_is_left_that_nothing_says() -> None:
    templates = [path.read_text() for path in WEB.rglob("templates/**/*.html")]
    code = [path.read_text() for path in WEB.rglob("*.py")]
    said = {key for text in templates for key in QUOTED.findall(text)}
    said |= {key for text in code for pair in SAYING.findall(text) for key in pair if key}
    prefixes = {p for text in templates for p in SAID_BY_PART.findall(text)}
    prefixes |= {p for text in code for p in re.findall(r'f"([a-z_-]+\.[a-z_.-]*)\{', text)}
    unsaid = [k for k in sentences() if k not in said and not k.startswith(tuple(prefixes))]
    assert not unsaid


def test_nothing_is_fetched_from_elsewhere_and_nothing_stands_inline() -> None:
    for template in WEB.rglob("templates/**/*.html"):
        text = template.read_text()
        fetched = r'<(?!a\b)[^>]*\s(src|href|action)="(https?:)?//'
        assert not re.search(fetched, text), template.name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), template.name
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), template.name


async def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back(stack: Stack) -> None:
    answer = await stack.http.get("/aufgaben?ab=3")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.headers["location"] == "/anmelden?weiter=/aufgaben%3Fab%3D3"


async def test_a_page_shows_who_is_signed_in_and_how_far_it_has_come(stack: Stack) -> None:
    async with await signed_in(stack, "jobcenter") as browser:
        page = (await browser.get("/aufgaben")).text
    assert "Jana Jobcenter" in page
    assert f"Stand: Eintrag {await stack.head()}" in page
    assert '<html lang="de"' in page
    assert "/verwaltung" not in page, "the menu holds what the role has"


async def test_a_role_without_the_area_is_told_so_on_a_page(stack: Stack) -> None:
    async with await signed_in(stack, "jobcenter") as browser:
        answer = await browser.get("/verwaltung", headers={"Accept": "text/html"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "KIM-Koordinierung" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_form_without_the_token_of_its_session_changes_nothing(stack: Stack) -> None:
    async with await signed_in(stack, "jobcenter") as browser:
        csrf = csrf_in((await browser.get("/aufgaben")).text)
        without = await browser.post("/sprache", data={"sprache": "en"})
        of_another = await browser.post("/sprache", data={"sprache": "en", "csrf": csrf[::-1]})
        meant = await browser.post("/sprache", data={"sprache": "en", "csrf": csrf})
    assert without.status_code == of_another.status_code == HTTPStatus.FORBIDDEN
    assert "sprache" not in without.cookies
    assert meant.status_code == HTTPStatus.SEE_OTHER


def test_the_token_of_a_form_never_looks_the_same() -> None:
    token = "a-token-of-a-session"
    one, other = masked(token), masked(token)
    assert one != other
    assert token not in one
    assert is_token(one, token)
    assert is_token(other, token)
    for wrong in ("", "zz", "00", one[:-2], one[::-1], token, masked(token[:-1]), masked("")):
        assert not is_token(wrong, token)


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil"}],
)
async def test_a_form_of_another_site_is_refused(stack: Stack, headers: dict[str, str]) -> None:
    answer = await stack.http.post("/sprache", data={"sprache": "en"}, headers=headers)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "foreign-form" not in answer.text
    assert "fremden Seite" in answer.text


async def test_the_language_changes_where_one_is_with_what_was_asked_there(stack: Stack) -> None:
    asked = "/suche?q=Kolleg+%26+Amt&art=concept"
    async with await signed_in(stack, "jobcenter") as browser:
        page = (await browser.get(asked)).text
        form = {"sprache": "en", "csrf": csrf_in(page), "zurueck": back_in(page)}
        answer = await browser.post("/sprache", data=form)
        assert answer.headers["location"] == asked
        page = await browser.get(asked, headers={"Accept-Language": "de"})
    assert page.headers["content-language"] == "en"
    assert "Sign out" in page.text


async def test_the_language_of_a_refused_form_changes_on_the_page_it_stood_on(stack: Stack) -> None:
    wanted = "/anmelden?weiter=/aufgaben%3Fab%3D3"
    wrong = {"address": "jana@example.org", "password": "x"}
    referer = {"Referer": stack.address + wanted}
    refused_form = (await stack.http.post("/anmelden", data=wrong, headers=referer)).text
    assert back_in(refused_form) == wanted
    elsewhere = {"Referer": "https://evil.example//evil.example/x"}
    assert back_in((await stack.http.post("/anmelden", data=wrong, headers=elsewhere)).text) == "/"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "",
        None,
    ],
)
def test_no_request_leads_to_another_site(address: str | None) -> None:
    assert inner_path(address) == "/"


def test_an_address_of_ours_is_followed() -> None:
    assert inner_path("/aufgaben?ab=3") == "/aufgaben?ab=3"


async def test_an_unknown_address_is_a_page_for_people_and_a_problem_for_programs(
    stack: Stack,
) -> None:
    page = await stack.http.get("/gibt/es/nicht", headers={"Accept": "text/html"})
    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "<h1" in page.text
    refused(await stack.http.get("/gibt/es/nicht"), HTTPStatus.NOT_FOUND, "request.unknown-path")
    api = await stack.jobcenter.ask("GET", "/gibt-es-nicht", headers={"Accept": "text/html"})
    refused(api, HTTPStatus.NOT_FOUND, "request.unknown-path")


async def test_with_a_session_alone_the_api_may_be_read_and_nothing_changed(stack: Stack) -> None:
    async with await signed_in(stack, "koordination") as browser:
        assert (await browser.get("/api/v1/me")).status_code == HTTPStatus.OK
        head = await stack.head()
        body = {"municipality": "05774020", "edition": "2025"}
        answer = await browser.post(
            "/api/v1/concepts", json=body, headers={"Idempotency-Key": "by-session"}
        )
    refused(answer, HTTPStatus.UNAUTHORIZED, "identity.not-signed-in")
    assert await stack.head() == head


async def test_style_and_fonts_are_ours_and_stay_in_the_browser(stack: Stack) -> None:
    page = (await stack.http.get("/gibt/es/nicht", headers={"Accept": "text/html"})).text
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert len(styles) == 2
    for address in styles:
        answer = await stack.http.get(address)
        assert answer.headers["content-type"].startswith("text/css")
        assert "immutable" in answer.headers["cache-control"]
        for font in re.findall(r"url\((/static/[^)]+woff2)\)", answer.text):
            assert (await stack.http.get(font)).status_code == HTTPStatus.OK
    assert (await stack.http.get("/static/none.css")).status_code == HTTPStatus.NOT_FOUND
