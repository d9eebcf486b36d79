"""What an attacker would try at the pages, and what every answer forbids the browser."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

import httpx
import msgspec
import pytest

from services.embedded.postgres import EmbeddedPostgres
from services.environment import SettingsError
from services.identity.passwords import Passwords
from services.identity.sessions import Sessions
from services.settings import Settings
from services.web.assets import addresses
from services.web.protection import origin_of
from tests.conftest import COUNTY
from tests.support.databases import new_database
from tests.support.oidc_service import ACCOUNTS, KARIN, LOGOUT, SESSION, service, with_provider
from tests.support.pages import csrf_in, routes
from tests.support.passwords import QUICK
from tests.support.stack import Stack
from tests.support.visitor import HOST, PUBLIC, Browser, browsing

KOORDINATION = ACCOUNTS["koordination"]
LANGUAGE = "__Host-sprache"
PASSWORD = "zwei Hunde bellen nachts"
EVIL = "https://boese.example"
MACHINES = {LOGOUT}
"""What no browser sends, and what proves in another way that it was meant."""


@pytest.fixture(scope="module")
async def here(
    postgres: EmbeddedPostgres,
    loaded: Mapping[str, str],
    master_key: bytes,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Stack]:
    """A service behind a proxy with TLS, in which Karin has an address and a password."""
    settings = Settings(
        data=tmp_path_factory.mktemp("protection"),
        master_key=master_key.decode(),
        log_level="warning",
    )
    nowhere = with_provider(settings, "http://127.0.0.1:9")
    async with (
        new_database(postgres.url, COUNTY) as url,
        service(nowhere, url, loaded) as stack,
    ):
        await Passwords(stack.runtime.pool, QUICK).keep(KOORDINATION, PASSWORD, datetime.now(UTC))
        yield stack


@pytest.fixture
async def browser(here: Stack) -> AsyncIterator[Browser]:
    async with browsing(here.address) as browser:
        yield browser


@pytest.fixture
async def karin(here: Stack, browser: Browser) -> Browser:
    """Karin's browser, in which she is signed in."""
    keep_session(browser, await session(here))
    return browser


async def session(here: Stack) -> str:
    """A session of Karin's, as it is kept in a browser."""
    sessions = Sessions(here.runtime.pool)
    return await sessions.start(KOORDINATION, method="password", at=datetime.now(UTC))


def keep_session(browser: Browser, cookie: str, name: str = SESSION) -> None:
    browser.client.cookies.set(name, cookie, domain=HOST, path="/")


async def sign_in(browser: Browser, **sent: str) -> httpx.Response:
    """Send the form of the sign-in; `origin` and `site` say whose page it stands on."""
    form = {"address": KARIN, "password": PASSWORD}
    return await browser.send("/anmelden", form, **sent)


async def is_in(browser: Browser) -> bool:
    return (await browser.client.get(f"{PUBLIC}/api/v1/me")).status_code == HTTPStatus.OK


def policy_of(answer: httpx.Response) -> dict[str, list[str]]:
    rules = answer.headers["content-security-policy"].split("; ")
    return {name: sources for name, *sources in (rule.split() for rule in rules)}


def cookies_of(answer: httpx.Response) -> list[tuple[str, set[str]]]:
    """The name of each cookie that is set, and its attributes."""
    found = [cookie.split("; ") for cookie in answer.headers.get_list("set-cookie")]
    return [(first.partition("=")[0], set(attributes)) for first, *attributes in found]


# What every answer forbids


ANSWERS = (
    "/",
    "/anmelden",
    "/aufgaben",
    "/gibt-es-nicht",
    "/abmelden",  # another method
    "/api/v1/me",
    "/api/v1/nothing",
    "/health/live",
    "/schema/openapi.json",
    "/static/kreislauf.css",
)


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("who", ["nobody", "Karin"])
async def test_every_answer_forbids_what_no_page_needs(
    here: Stack, browser: Browser, who: str, path: str
) -> None:
    if who == "Karin":
        keep_session(browser, await session(here))
    answer = await browser.open(path)
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert headers["cache-control"] == "no-store"
    assert policy_of(answer)["default-src"] == ["'none'"]
    assert not any(name.startswith("access-control-") for name in headers)
    assert "server" not in headers


async def test_what_is_too_large_is_refused_under_the_same_rules(browser: Browser) -> None:
    answer = await browser.send("/anmelden", {"address": "x" * 2_000_000})
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert policy_of(answer)["default-src"] == ["'none'"]
    assert answer.headers["cache-control"] == "no-store"


async def test_the_policy_takes_nothing_from_elsewhere_and_nothing_inline(karin: Browser) -> None:
    policy = policy_of(await karin.open("/aufgaben"))
    assert policy.pop("upgrade-insecure-requests") == []
    for name in ("default-src", "base-uri", "frame-ancestors"):
        assert policy.pop(name) == ["'none'"]
    assert policy.pop("img-src") == ["'self'", "data:"]
    assert policy
    assert all(sources == ["'self'"] for sources in policy.values())


async def test_files_of_the_pages_are_kept_and_only_they(browser: Browser) -> None:
    for address in addresses().values():
        answer = await browser.open(address, site="same-origin")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "set-cookie" not in answer.headers


async def test_without_https_nothing_promises_it(
    settings: Settings, database_url: str, loaded: Mapping[str, str]
) -> None:
    plain = msgspec.structs.replace(settings, public_url="http://kreislauf.test")
    async with service(plain, database_url, loaded) as stack:
        answer = await stack.http.get("/anmelden")
    assert "strict-transport-security" not in answer.headers
    assert "upgrade-insecure-requests" not in policy_of(answer)


@pytest.fixture
def template(loaded: Mapping[str, str]) -> str:  # noqa: ARG001 (it is loaded)
    return COUNTY


# Cookies


async def test_every_cookie_is_out_of_reach(browser: Browser) -> None:
    answers = [
        await browser.send("/sprache", {"sprache": "en"}),
        await sign_in(browser),
    ]
    csrf = csrf_in((await browser.open("/aufgaben")).text)
    answers.append(await browser.send("/abmelden", {"csrf": csrf}))
    names: list[str] = []
    for answer in answers:
        for name, attributes in cookies_of(answer):
            names.append(name)
            assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= attributes, name
            assert not any(attribute.startswith("Domain") for attribute in attributes)
            assert name.startswith("__Host-")
    assert set(names) == {LANGUAGE, SESSION}


async def test_a_session_ends_with_the_browser(browser: Browser) -> None:
    answer = await sign_in(browser)
    attributes = dict(cookies_of(answer))[SESSION]
    assert not any(one.lower().startswith(("max-age", "expires")) for one in attributes)


async def test_a_cookie_that_another_host_could_plant_is_no_session(
    here: Stack, browser: Browser
) -> None:
    """The victim would otherwise type into the attacker's account."""
    keep_session(browser, await session(here), name="kreislauf")
    assert not await is_in(browser)


async def test_the_choice_of_language_is_kept_and_no_other_host_makes_it(browser: Browser) -> None:
    browser.client.cookies.set("sprache", "en", domain=HOST)
    assert (await browser.open("/anmelden")).headers["content-language"] == "de"
    await browser.send("/sprache", {"sprache": "en"})
    assert (await browser.open("/anmelden")).headers["content-language"] == "en"


async def test_signing_in_does_not_take_over_what_the_browser_was_given(browser: Browser) -> None:
    planted = "A" * 43
    keep_session(browser, planted)
    await sign_in(browser)
    assert browser.cookies[SESSION] != planted
    assert await is_in(browser)
    keep_session(browser, planted)
    assert not await is_in(browser)


async def test_a_session_that_was_in_the_browser_ends_when_somebody_signs_in(
    here: Stack, browser: Browser
) -> None:
    former = await session(here)
    keep_session(browser, former)
    csrf = csrf_in((await browser.open("/aufgaben")).text)
    form = {"address": KARIN, "password": PASSWORD, "csrf": csrf}
    await browser.send("/anmelden", form)
    assert browser.cookies[SESSION] != former
    keep_session(browser, former)
    assert not await is_in(browser)


async def test_a_session_that_was_signed_out_is_worth_nothing(karin: Browser) -> None:
    cookie = karin.cookies[SESSION]
    csrf = csrf_in((await karin.open("/aufgaben")).text)
    await karin.send("/abmelden", {"csrf": csrf})
    keep_session(karin, cookie)
    assert not await is_in(karin)


async def test_a_session_changes_nothing_at_the_api(karin: Browser) -> None:
    """There is no form token, so another site could send it."""
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await karin.client.request(method, f"{PUBLIC}/api/v1/organisations", json={})
        assert answer.status_code in {
            HTTPStatus.UNAUTHORIZED,
            HTTPStatus.METHOD_NOT_ALLOWED,
        }, method


# Forms that stand on a page of somebody else


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
        {"Origin": f"https://anderes.{HOST}", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"http://{HOST}"},
        {"Origin": f"{PUBLIC}:8443"},
        {"Origin": f"{PUBLIC}.boese.example"},
        {"Origin": f"https://boese.example@{HOST}"},
        {"Origin": EVIL, "Host": "boese.example"},
        {"Origin": EVIL, "X-Forwarded-Host": "boese.example"},
    ],
    ids=str,
)
async def test_another_site_can_sign_nobody_in(
    browser: Browser, headers: Mapping[str, str]
) -> None:
    """Who does not notice works in the attacker's account, and tells them all."""
    form = {"address": KARIN, "password": PASSWORD}
    answer = await browser.client.post(f"{PUBLIC}/anmelden", data=form, headers=headers)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert SESSION not in browser.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": PUBLIC, "Sec-Fetch-Site": "same-origin"},
        {"Origin": PUBLIC},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
    ids=str,
)
async def test_from_our_own_page_everybody_can(
    browser: Browser, headers: Mapping[str, str]
) -> None:
    form = {"address": KARIN, "password": PASSWORD}
    answer = await browser.client.post(f"{PUBLIC}/anmelden", data=form, headers=headers)
    assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
    assert SESSION in browser.cookies


async def test_no_form_of_any_page_is_taken_from_another_site(karin: Browser, here: Stack) -> None:
    csrf = csrf_in((await karin.open("/aufgaben")).text)
    before = await here.head()
    for path, _ in routes("POST"):
        if path in MACHINES:
            continue
        answer = await karin.send(path, {"csrf": csrf}, origin=EVIL, site="cross-site")
        assert answer.status_code == HTTPStatus.FORBIDDEN, path
        assert "set-cookie" not in answer.headers, path
    assert await here.head() == before
    assert await is_in(karin)


async def test_no_form_of_any_page_is_taken_without_the_token_of_the_session(
    karin: Browser, here: Stack
) -> None:
    before = await here.head()
    for path, _ in routes("POST"):
        if path in MACHINES:
            continue
        for form in ({}, {"csrf": ""}, {"csrf": "ä"}, {"csrf": "A" * 32}):
            answer = await karin.send(path, form)
            assert answer.status_code == HTTPStatus.FORBIDDEN, path
    assert await here.head() == before
    assert await is_in(karin)


async def test_the_token_of_one_session_is_none_of_another(here: Stack, karin: Browser) -> None:
    async with browsing(here.address) as other:
        keep_session(other, await session(here))
        foreign = csrf_in((await other.open("/aufgaben")).text)
    answer = await karin.send("/abmelden", {"csrf": foreign})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert await is_in(karin)


async def test_no_page_of_an_area_shows_anything_to_nobody(browser: Browser) -> None:
    for path, handler in routes("GET"):
        if handler.opt.get("open"):
            continue
        answer = await browser.open(path)
        assert answer.status_code == HTTPStatus.SEE_OTHER, path
        assert answer.headers["location"].startswith("/anmelden?weiter="), path
    for path, handler in routes("POST"):
        if handler.opt.get("open"):
            continue
        answer = await browser.send(path, {})
        assert answer.status_code == HTTPStatus.SEE_OTHER, path
        assert answer.headers["location"].startswith("/anmelden?weiter="), path


async def test_other_sites_are_not_let_in_by_a_preflight(karin: Browser) -> None:
    headers = {"Origin": EVIL, "Access-Control-Request-Method": "POST"}
    for path in ("/aufgaben", "/api/v1/me", "/anmelden"):
        answer = await karin.client.options(f"{PUBLIC}{path}", headers=headers)
        assert not any(name.startswith("access-control-") for name in answer.headers)


async def test_a_method_cannot_be_put_on_in_a_header(karin: Browser) -> None:
    headers = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST"}
    answer = await karin.client.get(f"{PUBLIC}/abmelden", headers=headers)
    assert answer.status_code in {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_FOUND}
    assert await is_in(karin)


# Where somebody comes from


async def origins(stack: Stack, browser: Browser, forwarded: str | None) -> list[str]:
    """What the security log says of where a failed sign-in came from."""
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    pool = stack.runtime.pool
    await pool.execute("delete from security_log")
    form = {"address": KARIN, "password": "falsch geraten"}
    await browser.client.post(f"{PUBLIC}/anmelden", data=form, headers=headers)
    rows = await pool.fetch("select origin from security_log where happening = 'sign-in-failed'")
    return [row["origin"] for row in rows]


async def test_the_proxy_says_where_somebody_comes_from(here: Stack, browser: Browser) -> None:
    assert await origins(here, browser, None) == ["127.0.0.0/24"]
    assert await origins(here, browser, "203.0.113.7") == ["203.0.113.0/24"]
    claimed = "198.51.100.1, 203.0.113.7"
    assert await origins(here, browser, claimed) == ["203.0.113.0/24"], "what the proxy added"


async def test_of_others_nobody_believes_where_they_come_from(
    settings: Settings, database_url: str, loaded: Mapping[str, str]
) -> None:
    elsewhere = msgspec.structs.replace(
        settings, public_url=PUBLIC, trusted_proxies="10.0.0.0/8 ::1"
    )
    async with (
        service(elsewhere, database_url, loaded) as stack,
        browsing(stack.address) as browser,
    ):
        assert await origins(stack, browser, "203.0.113.7") == ["127.0.0.0/24"]


@pytest.mark.parametrize("proxies", ["*", "proxy.example", "127.0.0.1,::1"])
def test_a_proxy_is_named_by_its_address(proxies: str) -> None:
    with pytest.raises(SettingsError, match="KREISLAUF_TRUSTED_PROXIES"):
        Settings.from_environment({"KREISLAUF_TRUSTED_PROXIES": proxies})


# Addresses and what is typed


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "boese.example"},
        {"X-Forwarded-Host": "boese.example"},
        {"X-Host": "boese.example"},
        {"Forwarded": "host=boese.example;proto=http"},
        {"X-Original-URL": "/boese.example", "X-Rewrite-URL": "/boese.example"},
    ],
    ids=str,
)
async def test_a_forged_host_is_in_no_answer(karin: Browser, headers: Mapping[str, str]) -> None:
    for path in ("/", "/anmelden", "/aufgaben", "/gibt-es-nicht", "/anmelden/oidc"):
        answer = await karin.client.get(
            f"{PUBLIC}{path}", headers={**headers, "Accept": "text/html"}
        )
        assert "boese.example" not in answer.text, path
        assert "boese.example" not in str(answer.headers), path


OUTSIDE = [
    "https://boese.example/",
    "//boese.example",
    "///boese.example",
    "/\\boese.example",
    "\\/boese.example",
    "/\t/boese.example",
    "/\n/boese.example",
    "\t//boese.example",
    "https:boese.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "boese.example",
    "//%62oese.example",
]


@pytest.mark.parametrize("target", OUTSIDE)
async def test_the_sign_in_leads_nobody_elsewhere(browser: Browser, target: str) -> None:
    form = {"address": KARIN, "password": PASSWORD, "weiter": target}
    answer = await browser.send("/anmelden", form)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.headers["location"] == "/"
    again = await browser.client.get(f"{PUBLIC}/anmelden", params={"weiter": target})
    assert again.headers["location"] == "/", "whoever is in already is led on at once"


@pytest.mark.parametrize("target", OUTSIDE)
async def test_the_choice_of_language_leads_nobody_elsewhere(browser: Browser, target: str) -> None:
    answer = await browser.send("/sprache", {"sprache": "en", "zurueck": target})
    assert answer.headers["location"] == "/"


async def test_a_header_cannot_be_broken_open(browser: Browser) -> None:
    target = "/aufgaben\r\nSet-Cookie: __Host-kreislauf=x"
    answer = await browser.send("/sprache", {"sprache": "en", "zurueck": target})
    assert [name for name, _ in cookies_of(answer)] == [LANGUAGE]


SCRIPT = "\"'><script>alert(1)</script>"


async def test_what_is_typed_is_shown_as_text(browser: Browser) -> None:
    shown = [
        await browser.client.get(f"{PUBLIC}/anmelden", params={"weiter": f"/x?{SCRIPT}"}),
        await browser.client.get(f"{PUBLIC}/{SCRIPT}", headers={"Accept": "text/html"}),
        await browser.client.get(f"{PUBLIC}/anmelden/oidc", params={"weiter": f"/{SCRIPT}"}),
        await browser.send("/anmelden", {"address": SCRIPT, "password": SCRIPT}),
    ]
    for answer in shown:
        assert "<script>alert" not in answer.text


def test_the_origin_of_an_address_is_written_as_browsers_do() -> None:
    assert origin_of("https://Kim.Example") == "https://kim.example"
    assert origin_of("https://kim.example:443") == "https://kim.example"
    assert origin_of("http://kim.example:80") == "http://kim.example"
    assert origin_of("https://kim.example:80") == "https://kim.example:80"
    assert origin_of("https://kim.example:8443") == "https://kim.example:8443"
    assert origin_of(None) is None
