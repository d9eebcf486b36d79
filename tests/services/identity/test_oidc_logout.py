"""Signing out here and at the provider, from either side."""

from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from services.web.form_token import masked
from tests.support.oidc import CLIENT, Provider
from tests.support.oidc import LOGOUT as LOGOUT_EVENT
from tests.support.oidc_service import (
    ACCOUNTS,
    KARIN,
    LOGOUT,
    SESSION,
    account_of,
    noted,
    query_of,
    signed_in,
)
from tests.support.stack import Stack
from tests.support.visitor import PUBLIC, Browser, browsing

KOORDINATION = ACCOUNTS["koordination"]


@pytest.fixture
async def desk(here: Stack, theirs: Provider) -> AsyncIterator[Browser]:
    """Karin at her desk."""
    async with browsing(here.address) as browser:
        await come_in(browser, theirs, sid="desk")
        yield browser


@pytest.fixture
async def phone(here: Stack, theirs: Provider) -> AsyncIterator[Browser]:
    """Karin on her phone."""
    async with browsing(here.address) as browser:
        await come_in(browser, theirs, sid="phone")
        yield browser


async def come_in(browser: Browser, theirs: Provider, **claims: str) -> None:
    await theirs.admits(**{"sub": "f3b1", "email": KARIN, "email_verified": True, **claims})
    await signed_in(browser)
    assert await account_of(browser) == KOORDINATION


async def told(here: Stack, token: str) -> httpx.Response:
    """What the provider's own process sends to ours."""
    return await here.http.post(LOGOUT, data={"logout_token": token})


async def farewell(theirs: Provider, **claims: object) -> str:
    usual: dict[str, object] = {"sub": "f3b1", "jti": "j-1", "events": {LOGOUT_EVENT: {}}}
    return await theirs.token(**{**usual, **claims})


async def form_of(browser: Browser, here: Stack) -> dict[str, str]:
    """What the sign-out form of the browser's page carries."""
    csrf = await here.runtime.pool.fetchval(
        "select csrf from web_session where ended_at is null order by started_at desc limit 1"
    )
    assert SESSION in browser.cookies
    return {"csrf": masked(csrf)}


# From the provider


async def test_whoever_signs_out_at_the_provider_is_signed_out_here(
    here: Stack, theirs: Provider, desk: Browser, phone: Browser
) -> None:
    answer = await told(here, await farewell(theirs))
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["cache-control"] == "no-store"
    assert await account_of(desk) is None
    assert await account_of(phone) is None
    assert (await noted(here))[-2:] == ["signed-out-elsewhere"] * 2


async def test_a_session_that_ends_there_ends_alone_here(
    here: Stack, theirs: Provider, desk: Browser, phone: Browser
) -> None:
    for claims in ({"sub": None, "sid": "phone"}, {"sid": "phone", "jti": "j-2"}):
        assert (await told(here, await farewell(theirs, **claims))).status_code == HTTPStatus.OK
    assert await account_of(desk) == KOORDINATION
    assert await account_of(phone) is None


async def test_of_somebody_else_nobody_is_signed_out(
    here: Stack, theirs: Provider, desk: Browser
) -> None:
    for number, claims in enumerate(({"sub": "f3b2"}, {"sid": "phone"}, {"sub": "%"})):
        token = await farewell(theirs, jti=str(number), **claims)
        assert (await told(here, token)).status_code == HTTPStatus.OK
    assert await account_of(desk) == KOORDINATION


async def test_a_logout_token_counts_once(here: Stack, theirs: Provider, desk: Browser) -> None:
    token = await farewell(theirs)
    assert (await told(here, token)).status_code == HTTPStatus.OK
    await come_in(desk, theirs)
    again = await told(here, token)
    assert again.status_code == HTTPStatus.BAD_REQUEST
    assert again.json() == {"error": "invalid_request"}
    assert await account_of(desk) == KOORDINATION


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed": "by a stranger"},
        {"signed": "not at all"},
        {"signed": "with a secret"},
        {"signed": "and changed"},
    ],
    ids=str,
)
async def test_nobody_else_can_sign_people_out(
    here: Stack, theirs: Provider, desk: Browser, wrong: Mapping[str, object]
) -> None:
    await theirs.does(**wrong)
    answer = await told(here, await farewell(theirs))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert await account_of(desk) == KOORDINATION


async def test_an_id_token_signs_nobody_out(here: Stack, theirs: Provider, desk: Browser) -> None:
    token = await theirs.token(sub="f3b1", sid="desk", nonce="n", jti="j")
    assert (await told(here, token)).status_code == HTTPStatus.BAD_REQUEST
    assert await account_of(desk) == KOORDINATION


@pytest.mark.parametrize(
    "content",
    [b"", b"logout_token=", b"logout_token=a.b.c", b"token=x", b"\xff\xfe", b"a" * 100_000],
)
async def test_what_is_no_logout_is_refused(here: Stack, content: bytes) -> None:
    answer = await here.http.post(
        LOGOUT,
        content=content,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert (await here.http.get(LOGOUT)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


async def test_used_tokens_are_forgotten_once_they_would_not_be_taken_any_more(
    here: Stack, theirs: Provider
) -> None:
    await told(here, await farewell(theirs))
    pool = here.runtime.pool
    await pool.execute("update oidc_used_token set until = until - interval '1 day'")
    await told(here, await farewell(theirs, jti="j-2"))
    assert await pool.fetchval("select count(*) from oidc_used_token") == 1


# From here


async def test_whoever_signs_out_here_is_led_to_sign_out_there(
    here: Stack, theirs: Provider, desk: Browser
) -> None:
    answer = await desk.send("/abmelden", await form_of(desk, here))

    assert answer.status_code == HTTPStatus.OK
    assert await account_of(desk) is None
    link = next(word for word in answer.text.split('"') if word.startswith(theirs.address))
    link = link.replace("&amp;", "&")
    asked = query_of(link)
    assert urlsplit(link).path == "/logout"
    assert asked["client_id"] == CLIENT
    assert asked["post_logout_redirect_uri"] == f"{PUBLIC}/abgemeldet"
    assert asked["id_token_hint"].count(".") == 2
    back = await desk.client.get(link)
    arrived = await desk.open(back.headers["location"], site="cross-site")
    assert "Sie sind abgemeldet" in arrived.text


async def test_what_is_kept_for_the_end_cannot_be_read_in_the_database(
    here: Stack, desk: Browser
) -> None:
    assert SESSION in desk.cookies
    rows = await here.runtime.pool.fetch("select * from oidc_session")
    assert len(rows) == 1
    for row in rows:
        assert KARIN.encode() not in row["hint"]
        assert b"eyJ" not in row["hint"]


async def test_what_was_kept_for_the_end_goes_once_it_has_come(
    here: Stack, theirs: Provider, desk: Browser, phone: Browser
) -> None:
    pool = here.runtime.pool
    assert await pool.fetchval("select count(*) from oidc_session") == 2
    await told(here, await farewell(theirs))
    await come_in(desk, theirs)
    assert await pool.fetchval("select count(*) from oidc_session") == 1
    assert await account_of(phone) is None


async def test_without_a_provider_to_sign_out_of_one_is_just_signed_out(
    here: Stack, theirs: Provider, desk: Browser
) -> None:
    await theirs.does()
    await here.runtime.pool.execute("delete from oidc_session")
    answer = await desk.send("/abmelden", await form_of(desk, here))
    assert "Sie sind abgemeldet" in answer.text
    assert theirs.address not in answer.text


async def test_another_site_cannot_sign_somebody_out(here: Stack, desk: Browser) -> None:
    form = await form_of(desk, here)
    answer = await desk.send("/abmelden", form, origin="https://boese.example", site="cross-site")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert await account_of(desk) == KOORDINATION
    foreign = urlencode({"csrf": "guessed"})
    guessed = await desk.client.post(
        f"{PUBLIC}/abmelden",
        content=foreign,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert guessed.status_code == HTTPStatus.FORBIDDEN
    assert await account_of(desk) == KOORDINATION
