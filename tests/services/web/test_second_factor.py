"""A second factor that the operator demands of some roles."""

import re
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

import httpx
import msgspec
import pytest
from pyotp.totp import TOTP

from services.environment import SettingsError
from services.identity.links import Links
from services.identity.sessions import Sessions
from services.settings import Settings
from services.web.door import FACTOR
from tests.support.http import refused
from tests.support.jana import COOKIE, GOOD, OTHER, browser, is_in, sign_in
from tests.support.pages import routes
from tests.support.stack import Stack

ALLOWED = {"/konto/passwort", FACTOR}
"""Where those may go who still have to set it up, among the pages that need somebody signed in."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Jana's role is one of those that need it."""
    return msgspec.structs.replace(settings, second_factor="auditor organisation-member")


async def submit(client: httpx.AsyncClient, page: str, path: str, **form: str) -> httpx.Response:
    """Send a form that stands on the page."""
    shown = await client.get(page)
    found = dict(re.findall(r'type="hidden" name="(csrf|weiter)" value="([^"]+)"', shown.text))
    return await client.post(path, data={**found, **form})


async def set_up(client: httpx.AsyncClient, page: str = FACTOR) -> httpx.Response:
    """Do what the page asks for."""
    shown = await client.get(page)
    [written] = re.findall(r"<code>([A-Z2-7 ]+)</code>", shown.text)
    code = TOTP(written.replace(" ", "")).now()
    return await submit(client, page, f"{FACTOR}/ein", code=code, present=GOOD)


@pytest.mark.usefixtures("jana")
async def test_whoever_needs_a_second_factor_is_led_to_set_it_up_before_anything_else(
    stack: Stack,
) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        for page, handler in routes("GET"):
            if "area" not in handler.opt or page in ALLOWED:
                continue
            answer = await client.get(page)
            assert answer.status_code == HTTPStatus.SEE_OTHER, page
            assert answer.headers["location"].startswith(f"{FACTOR}?weiter=/"), page
        shown = await client.get(FACTOR)
        assert "Für Ihre Rolle ist der zweite Schritt vorgeschrieben" in shown.text
        done = await submit(client, FACTOR, "/konto/post", rhythm="daily")
        assert done.headers["location"].startswith(FACTOR)
        refused(
            await client.get("/api/v1/me"), HTTPStatus.FORBIDDEN, "identity.second-factor-missing"
        )
    assert (await stack.jobcenter.read("/me/mail"))["rhythm"] != "daily"


@pytest.mark.usefixtures("jana")
async def test_with_the_second_factor_one_goes_on_where_one_wanted_to_go(stack: Stack) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        before = client.cookies[COOKIE]
        led = (await client.get("/aufgaben?ab=3")).headers["location"]
        done = await set_up(client, led)
        assert done.status_code == HTTPStatus.OK
        assert 'href="/aufgaben?ab=3"' in done.text
        assert client.cookies[COOKIE] != before, "what may have been copied is worthless"
        csrf = re.findall(r'name="csrf" value="([^"]+)"', done.text)[0]
        language = await client.post("/sprache", data={"sprache": "en", "csrf": csrf})
        assert language.status_code == HTTPStatus.SEE_OTHER, "the page's forms are those of now"
        assert (await client.get("/aufgaben")).status_code == HTTPStatus.OK
        assert (await client.get("/api/v1/me")).status_code == HTTPStatus.OK
    async with browser(stack) as client:
        assert (await sign_in(client)).headers["location"] == "/anmelden/code"


@pytest.mark.usefixtures("jana")
async def test_whoever_switches_it_off_is_led_to_set_up_another(stack: Stack) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        await set_up(client)
        assert await is_in(client)
        assert "richten Sie gleich danach einen neuen ein" in (await client.get(FACTOR)).text
        off = await submit(client, FACTOR, f"{FACTOR}/aus", present=GOOD)
        assert off.headers["location"] == "/konto?fertig=aus"
        assert (await client.get("/konto")).headers["location"].startswith(FACTOR)
        await set_up(client)
        assert await is_in(client)


async def test_whoever_was_invited_chooses_a_password_and_then_sets_it_up(
    stack: Stack, jana: UUID
) -> None:
    await stack.runtime.pool.execute("delete from credential")
    token = await Links(stack.runtime.pool).create(
        jana, purpose="invitation", target="/konto/passwort", at=datetime.now(UTC)
    )
    async with browser(stack) as client:
        await client.post(f"/anmelden/link/{token}")
        page = "/konto/passwort"
        done = await submit(client, page, page, password=OTHER, again=OTHER)
        led = (await client.get(done.headers["location"])).headers["location"]
        assert led.startswith(FACTOR)


async def test_programs_and_people_of_a_provider_need_none_here(stack: Stack, jana: UUID) -> None:
    assert (await stack.jobcenter.read("/me"))["account"] == str(jana)
    cookie = await Sessions(stack.runtime.pool).start(jana, method="oidc", at=datetime.now(UTC))
    async with browser(stack) as client:
        client.cookies.set(COOKIE, cookie)
        assert await is_in(client)


async def test_other_roles_need_none(stack: Stack) -> None:
    account = UUID((await stack.koordination.read("/me"))["account"])
    sessions = Sessions(stack.runtime.pool)
    cookie = await sessions.start(account, method="password", at=datetime.now(UTC))
    async with browser(stack) as client:
        client.cookies.set(COOKIE, cookie)
        assert await is_in(client)


def test_only_roles_can_be_named() -> None:
    read = Settings.from_environment({"KREISLAUF_SECOND_FACTOR": "administrator auditor"})
    assert read.second_factor == "administrator auditor"
    for named in ("chief", "administrator,auditor", "process"):
        with pytest.raises(SettingsError):
            Settings.from_environment({"KREISLAUF_SECOND_FACTOR": named})
