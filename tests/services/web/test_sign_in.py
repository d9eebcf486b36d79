"""Signing in and out through the pages, as a browser without JavaScript does."""

import re
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

import httpx
import pytest
from pyotp.totp import TOTP

from services.identity.links import Links
from services.identity.lockout import FORGOTTEN_PER_NAME, OF_ACCOUNT
from services.identity.totp import SecondFactors
from tests.support.jana import (
    ADDRESS,
    COOKIE,
    GOOD,
    OTHER,
    browser,
    headline,
    is_in,
    mailed,
    send,
    sign_in,
)
from tests.support.stack import Stack


@pytest.mark.usefixtures("jana")
async def test_whoever_signs_in_goes_on_where_they_wanted_to_go(stack: Stack) -> None:
    async with browser(stack) as client:
        page = await client.get("/anmelden?weiter=/aufgaben%3Fab%3D3")
        assert 'value="/aufgaben?ab=3"' in page.text
        answer = await sign_in(client, weiter="/aufgaben?ab=3")
        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert answer.headers["location"] == "/aufgaben?ab=3"
        account = await client.get("/konto")
    assert headline(account) == "Sie sind als Jana Jobcenter (erfunden) angemeldet"
    assert ADDRESS in account.text


@pytest.mark.usefixtures("jana")
async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stack: Stack) -> None:
    async with browser(stack) as client:
        cookie = (await sign_in(client)).headers["set-cookie"].lower()
    assert cookie.startswith("kreislauf=")
    for attribute in ("httponly", "samesite=lax", "path=/"):
        assert attribute in cookie
    for attribute in ("domain", "max-age", "expires"):
        assert attribute not in cookie


async def test_passwords_are_typed_unseen_and_password_managers_may_help(
    stack: Stack, jana: UUID
) -> None:
    token = await Links(stack.runtime.pool).create(
        jana, purpose="password-reset", target="/", at=datetime.now(UTC)
    )
    found: list[str] = []
    async with browser(stack) as client:
        pages = [await client.get(path) for path in ("/anmelden", f"/anmelden/link/{token}")]
        await sign_in(client)
        pages.append(await client.get("/konto/passwort"))
    for page in pages:
        found += re.findall(r'<input[^>]*name="(?:password|again|present)"[^>]*>', page.text)
    assert len(found) == 6
    for field in found:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert 'value=""' in field
        assert "paste" not in field


@pytest.mark.usefixtures("jana")
async def test_a_mistake_is_the_same_whether_there_is_such_an_address_or_not(stack: Stack) -> None:
    pages: set[str] = set()
    for address in (ADDRESS, "niemand@example.org"):
        async with browser(stack) as client:
            answer = await sign_in(client, OTHER, address)
            assert answer.status_code == HTTPStatus.UNAUTHORIZED
            assert COOKIE not in client.cookies
        assert f'value="{address}"' in answer.text, "what was typed still stands there"
        assert OTHER not in answer.text
        pages.add(re.sub(r'value="[^"]*"|\d', "", answer.text))
    assert len(pages) == 1


@pytest.mark.usefixtures("jana")
async def test_after_several_mistakes_one_has_to_wait(stack: Stack) -> None:
    async with browser(stack) as client:
        for _ in range(OF_ACCOUNT.free):
            await sign_in(client, OTHER)
        answer = await sign_in(client)
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(answer.headers["retry-after"]) <= 30
    assert "in den nächsten 1 Minute" in answer.text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
@pytest.mark.usefixtures("jana")
async def test_the_way_back_leads_to_pages_here_only(stack: Stack, target: str) -> None:
    async with browser(stack) as client:
        page = (await client.get("/anmelden", params={"weiter": target})).text
        assert 'name="weiter" value="/"' in page
        assert not re.search(r'(href|action)="[^"]*//evil', page)
        answer = await sign_in(client, weiter=target)
    assert answer.headers["location"] == "/"


@pytest.mark.usefixtures("jana")
async def test_nobody_is_signed_in_by_a_form_on_another_site(stack: Stack) -> None:
    async with browser(stack) as client:
        typed = {"address": ADDRESS, "password": GOOD}
        answer = await client.post(
            "/anmelden", data=typed, headers={"Sec-Fetch-Site": "cross-site"}
        )
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "set-cookie" not in answer.headers


@pytest.mark.usefixtures("jana")
async def test_a_session_that_was_planted_is_not_the_one_one_gets(stack: Stack) -> None:
    async with browser(stack) as client:
        client.cookies.set(COOKIE, "planted")
        await sign_in(client)
        values = {cookie.value for cookie in client.cookies.jar if cookie.name == COOKIE}
    assert values
    async with httpx.AsyncClient(base_url=stack.address, cookies={COOKIE: "planted"}) as attacker:
        assert not await is_in(attacker)


@pytest.mark.usefixtures("jana")
async def test_signing_in_again_ends_the_session_from_before(stack: Stack) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        first = client.cookies[COOKIE]
        await send(client, "/anmelden", address=ADDRESS, password=GOOD)
        assert client.cookies[COOKIE] != first
        assert await is_in(client)
    async with httpx.AsyncClient(base_url=stack.address, cookies={COOKIE: first}) as before:
        assert not await is_in(before)


@pytest.mark.usefixtures("jana")
async def test_signing_out_ends_the_session_here_and_leaves_nothing_in_the_browser(
    stack: Stack,
) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        cookie = client.cookies[COOKIE]
        answer = await send(client, "/abmelden")
        assert answer.status_code == HTTPStatus.OK
        assert headline(answer) == "Sie sind abgemeldet"
        assert "Jana" not in answer.text
        assert '"cache"' in answer.headers["clear-site-data"]
        assert COOKIE not in client.cookies
    async with httpx.AsyncClient(base_url=stack.address, cookies={COOKIE: cookie}) as thief:
        assert not await is_in(thief)


async def test_with_a_second_factor_the_code_is_asked_for_on_a_page_of_its_own(
    stack: Stack, jana: UUID
) -> None:
    factors = SecondFactors(stack.runtime.pool, stack.runtime.master)
    before = datetime.fromtimestamp(datetime.now(UTC).timestamp() - 120, UTC)
    secret = await factors.prepare(jana, before)
    await factors.confirm(jana, TOTP(secret).at(before), before)
    async with browser(stack) as client:
        first = await sign_in(client, weiter="/konto")
        assert first.headers["location"] == "/anmelden/code"
        assert COOKIE not in client.cookies
        assert not await is_in(client)
        page = await client.get("/anmelden/code")
        assert 'autocomplete="one-time-code"' in page.text
        wrong = await client.post("/anmelden/code", data={"code": "000000"})
        assert wrong.status_code == HTTPStatus.UNAUTHORIZED
        right = await client.post("/anmelden/code", data={"code": TOTP(secret).now()})
        assert right.headers["location"] == "/konto"
        assert await is_in(client)
        assert "Passwort und Code" in (await client.get("/konto")).text


async def test_the_page_for_the_code_leads_back_if_there_was_no_first_step(stack: Stack) -> None:
    async with browser(stack) as client:
        assert (await client.get("/anmelden/code")).headers["location"] == "/anmelden"
        answer = await client.post("/anmelden/code", data={"code": "123456"})
    assert answer.status_code == HTTPStatus.GONE


async def test_a_link_lets_in_with_its_button_and_not_by_being_opened(
    stack: Stack, jana: UUID
) -> None:
    links = Links(stack.runtime.pool)
    token = await links.create(jana, purpose="consultation", target="/konto", at=datetime.now(UTC))
    path = f"/anmelden/link/{token}"
    async with browser(stack) as scanner:
        for method in ("GET", "GET", "HEAD"):
            assert (await scanner.request(method, path)).status_code == HTTPStatus.OK
        assert not scanner.cookies
    async with browser(stack) as client:
        page = await client.get(path)
        assert "Als Jana Jobcenter (erfunden) anmelden" in page.text
        assert page.headers["referrer-policy"] in {"same-origin", "no-referrer"}
        answer = await client.post(path)
        assert answer.headers["location"] == "/konto"
        assert await is_in(client)
    async with browser(stack) as second:
        again = await second.post(path)
        assert again.status_code == HTTPStatus.GONE
        assert headline(again) == "Dieser Link gilt nicht mehr"
        assert not await is_in(second)


async def test_whoever_comes_with_an_old_link_gets_a_new_one_by_mail(
    stack: Stack, jana: UUID
) -> None:
    links = Links(stack.runtime.pool)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    token = await links.create(jana, purpose="consultation", target="/konto", at=long_ago)
    async with browser(stack) as client:
        page = await client.get(f"/anmelden/link/{token}")
        assert page.status_code == HTTPStatus.GONE
        assert f'action="/anmelden/link/{token}/neu"' in page.text
        assert ADDRESS not in page.text
        for _ in range(5):
            asked = await client.post(f"/anmelden/link/{token}/neu")
            assert asked.status_code == HTTPStatus.OK
            assert ADDRESS not in asked.text
    assert await mailed(stack, jana) == ["sign-in"] * 3, "not more often than anybody needs"


async def test_an_unknown_link_offers_nothing(stack: Stack) -> None:
    async with browser(stack) as client:
        page = await client.get("/anmelden/link/unknown")
        sent = await client.post("/anmelden/link/unknown/neu")
        used = await client.post("/anmelden/link/unknown")
    assert page.status_code == used.status_code == HTTPStatus.GONE
    assert "/neu" not in page.text
    assert sent.status_code == HTTPStatus.OK
    assert await stack.runtime.pool.fetchval("select count(*) from mail") == 0


async def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(
    stack: Stack, jana: UUID
) -> None:
    links = Links(stack.runtime.pool)
    token = await links.create(jana, purpose="password-reset", target="/", at=datetime.now(UTC))
    path = f"/anmelden/link/{token}"
    async with browser(stack) as client:
        assert 'autocomplete="new-password"' in (await client.get(path)).text
        for new, again, why in (
            ("kurz", "kurz", "zu kurz"),
            ("Jana-Jobcenter", "Jana-Jobcenter", "Ihrem Namen"),
            ("Passwort1234", "Passwort1234", "zuerst versuchen"),
            ("Manchesterunited", "Manchesterunited", "Listen gestohlener"),
            (OTHER, OTHER + " ", "gleich sein"),
        ):
            answer = await client.post(path, data={"password": new, "again": again})
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert why in answer.text
        done = await client.post(path, data={"password": OTHER, "again": OTHER})
        assert done.headers["location"] == "/anmelden?neu=ja"
        assert not await is_in(client)
        assert (await client.post(path, data={"password": GOOD, "again": GOOD})).status_code == 410
        assert (await sign_in(client)).status_code == HTTPStatus.UNAUTHORIZED
        assert (await sign_in(client, OTHER)).status_code == HTTPStatus.SEE_OTHER


async def test_asking_for_a_new_password_says_nothing_about_who_exists(
    stack: Stack, jana: UUID
) -> None:
    pages: set[str] = set()
    seconds: list[float] = []
    async with browser(stack) as client:
        for address in (ADDRESS, "niemand@example.org", "", "\x00", "kein Text"):
            answer = await client.post("/anmelden/vergessen", data={"address": address})
            assert answer.status_code == HTTPStatus.OK
            pages.add(re.sub(r'name="key" value="[^"]*"', "", answer.text))
            seconds.append(answer.elapsed.total_seconds())
    assert len(pages) == 1
    assert await mailed(stack, jana) == ["password-reset"]
    assert max(seconds) - min(seconds) < 0.3


async def test_nobody_floods_a_mailbox_with_links(stack: Stack, jana: UUID) -> None:
    async with browser(stack) as client:
        for _ in range(2 * FORGOTTEN_PER_NAME.burst):
            await client.post("/anmelden/vergessen", data={"address": ADDRESS})
    assert await mailed(stack, jana) == ["password-reset"] * FORGOTTEN_PER_NAME.burst


@pytest.mark.usefixtures("jana")
async def test_what_is_queued_for_the_mail_holds_no_link_in_the_clear(stack: Stack) -> None:
    async with browser(stack) as client:
        await client.post("/anmelden/vergessen", data={"address": ADDRESS})
    [row] = await stack.runtime.pool.fetch("select * from mail")
    [digest] = await stack.runtime.pool.fetch("select digest from one_time_link")
    assert "token" not in row["facts"]
    assert row["secret"]
    assert digest["digest"] not in bytes(row["secret"])
