"""Signing in with the account of one's administration, the whole way, as a browser goes it."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import pytest

from domain.privacy.commands import EraseSubject
from services.environment import SettingsError
from services.identity import oidc
from services.identity.lockout import Rate
from services.identity.oidc_people import forget
from services.settings import Settings
from tests.conftest import COUNTY
from tests.support.oidc import Provider, mock
from tests.support.oidc_service import (
    ACCOUNTS,
    BACK,
    KARIN,
    SESSION,
    START,
    account_of,
    begun,
    decide,
    noted,
    query_of,
    service,
    signed_in,
    way_back,
    with_provider,
)
from tests.support.stack import Stack
from tests.support.visitor import PUBLIC, Browser, browsing, led, path_of

KOORDINATION = ACCOUNTS["koordination"]


@pytest.fixture
def template(loaded: Mapping[str, str]) -> str:  # noqa: ARG001 (it is loaded)
    """What a database of a test's own is a copy of."""
    return COUNTY


async def test_a_person_of_the_directory_signs_in_and_arrives_where_they_wanted_to_go(
    here: Stack, browser: Browser
) -> None:
    answer = await signed_in(browser, "/konzepte?stand=4711")

    assert led(answer) == f"{PUBLIC}/konzepte?stand=4711"
    assert await account_of(browser) == KOORDINATION
    assert await noted(here) == ["identity-linked", "signed-in"]


async def test_the_way_to_the_provider_carries_pkce_state_and_nonce(browser: Browser) -> None:
    address = await begun(browser)
    asked = query_of(address)

    assert asked.pop("tenant") == "1", "what the endpoint had of its own stays"
    assert asked["redirect_uri"] == f"{PUBLIC}{BACK}"
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid email"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    again = query_of(await begun(browser))
    assert all(asked[name] != again[name] for name in ("state", "nonce", "code_challenge"))


async def test_what_the_browser_keeps_is_out_of_reach_of_scripts_and_of_other_hosts(
    browser: Browser,
) -> None:
    kept = (await browser.open(START)).headers["set-cookie"]
    assert kept.startswith("__Host-kreislauf-oidc-")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"} <= set(kept.split("; "))
    assert "Domain" not in kept

    cookies = (await signed_in(browser)).headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith(SESSION + "="))
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(session.split("; "))
    assert "Domain" not in session


async def test_the_person_is_known_again_when_their_address_has_changed(
    browser: Browser, here: Stack, theirs: Provider
) -> None:
    await signed_in(browser)
    await theirs.admits(sub="f3b1", email="karin.neu@kreis.example", email_verified=False)
    async with browsing(here.address) as other:
        await signed_in(other)
        assert await account_of(other) == KOORDINATION


async def test_spelling_an_address_differently_makes_no_difference(
    browser: Browser, theirs: Provider
) -> None:
    await theirs.admits(sub="f3b1", email=KARIN.upper(), email_verified=True)
    await signed_in(browser)
    assert await account_of(browser) == KOORDINATION


async def test_somebody_unknown_reads_who_can_invite_them_and_nothing_is_made(
    browser: Browser, here: Stack, theirs: Provider
) -> None:
    await theirs.admits(sub="x", email="fremd@kreis.example", email_verified=True)
    before = await here.head()

    answer = await signed_in(browser)

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "noch nicht eingeladen" in answer.text
    assert "fremd@kreis.example" in answer.text
    assert "KIM-Koordinierung" in answer.text
    assert f'href="{START}?anders=ja"' in answer.text
    again = query_of(led(await browser.open(f"{START}?anders=ja")))
    assert again["prompt"] == "login", "the provider does not take the same account again"
    assert await account_of(browser) is None
    assert await here.head() == before
    assert await here.runtime.pool.fetchval("select count(*) from oidc_identity") == 0
    assert await noted(here) == ["sign-in-failed"]


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email": KARIN, "email_verified": False}, "noch nicht bestätigt"),
        ({"email": KARIN, "email_verified": "false"}, "noch nicht bestätigt"),
        ({"email": KARIN}, "noch nicht bestätigt"),
        ({}, "nennt uns keine E-Mail-Adresse"),
        ({"preferred_username": KARIN, "upn": KARIN}, "nennt uns keine E-Mail-Adresse"),
    ],
)
async def test_an_address_that_nobody_verified_lets_nobody_in(
    browser: Browser, theirs: Provider, claims: Mapping[str, object], sentence: str
) -> None:
    await theirs.admits(sub="f3b1", **claims)
    answer = await signed_in(browser)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert sentence in answer.text
    assert await account_of(browser) is None


async def test_an_address_given_to_somebody_else_does_not_give_them_the_account(
    browser: Browser, here: Stack, theirs: Provider
) -> None:
    await signed_in(browser)
    await theirs.admits(sub="another", email=KARIN, email_verified=True)
    async with browsing(here.address) as other:
        answer = await signed_in(other)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "schon eine andere Anmeldung" in answer.text
        assert await account_of(other) is None


async def test_once_the_provider_is_forgotten_a_new_account_there_can_be_connected(
    browser: Browser, here: Stack, theirs: Provider
) -> None:
    await signed_in(browser)
    await theirs.admits(sub="anew", email=KARIN, email_verified=True)
    assert await forget(here.runtime.pool, KOORDINATION)
    async with browsing(here.address) as other:
        await signed_in(other)
        assert await account_of(other) == KOORDINATION
    assert not await forget(here.runtime.pool, ACCOUNTS["revision"])


async def test_whoever_was_erased_is_nobody_also_at_the_provider(
    settings: Settings, database_url: str, loaded: Mapping[str, str], theirs: Provider
) -> None:
    async with (
        service(with_provider(settings, theirs.address), database_url, loaded) as stack,
        browsing(stack.address) as browser,
        browsing(stack.address) as other,
    ):
        await signed_in(browser)
        await decide(stack.runtime, EraseSubject(person=KOORDINATION, reason="asked for it"))

        assert await account_of(browser) is None
        assert "noch nicht eingeladen" in (await signed_in(other)).text
        for table in ("oidc_identity", "oidc_session"):
            kept = await stack.runtime.pool.fetch(f"select * from {table}")  # noqa: S608 (above)
            assert not kept


async def test_coming_in_anew_gives_a_new_session_and_ends_the_one_before(
    browser: Browser, here: Stack
) -> None:
    await signed_in(browser)
    first = browser.cookies[SESSION]
    await signed_in(browser)
    assert browser.cookies[SESSION] != first
    ended = await here.runtime.pool.fetch("select ended_at from web_session order by started_at")
    assert [row["ended_at"] is not None for row in ended] == [True, False]


async def test_two_sign_ins_may_be_under_way_in_one_browser(browser: Browser) -> None:
    first = led(await browser.client.get(await begun(browser, "/konzepte")))
    second = led(await browser.client.get(await begun(browser, "/aufgaben")))
    assert path_of(led(await browser.open(first))) == "/konzepte"
    assert path_of(led(await browser.open(second))) == "/aufgaben"


async def test_a_browser_keeps_a_few_attempts_and_gives_up_the_others(browser: Browser) -> None:
    for _ in range(10):
        await begun(browser)
    assert len(browser.cookies) == 4


# What an attacker would try


async def test_an_answer_to_somebody_elses_attempt_signs_nobody_in(
    browser: Browser, here: Stack
) -> None:
    """Who is lured to the address would otherwise work in the attacker's name."""
    async with browsing(here.address) as attacker:
        lure = await way_back(attacker)
    answer = await browser.open(lure, site="cross-site")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "gilt nicht mehr" in answer.text
    assert SESSION not in browser.cookies


async def test_an_answer_with_another_state_signs_nobody_in(browser: Browser) -> None:
    query = query_of(await way_back(browser))
    for state in ("", "x", query["state"][:-1], query["state"] + "x"):
        answer = await browser.open(f"{BACK}?{urlencode({**query, 'state': state})}")
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "gilt nicht mehr" in answer.text
    assert SESSION not in browser.cookies


async def test_an_answer_counts_once(browser: Browser) -> None:
    back = await way_back(browser)
    before = browser.cookies
    await browser.open(back)
    again = await browser.open(back)
    assert again.status_code == HTTPStatus.FORBIDDEN
    assert "gilt nicht mehr" in again.text

    for name, value in before.items():  # as if the browser had not forgotten
        browser.client.cookies.set(name, value, domain="kreislauf.test", path="/")
    replayed = await browser.open(back)
    assert replayed.status_code == HTTPStatus.FORBIDDEN
    assert "konnte nicht bestätigt werden" in replayed.text


async def test_a_stolen_code_is_worth_nothing_in_another_attempt(
    browser: Browser, here: Stack
) -> None:
    async with browsing(here.address) as victim:
        stolen = query_of(await way_back(victim))["code"]
    own = query_of(await way_back(browser))
    answer = await browser.open(f"{BACK}?{urlencode({**own, 'code': stolen})}")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "konnte nicht bestätigt werden" in answer.text


@pytest.mark.parametrize(
    "kept", ["", "x", "e30=", "bnVsbA==", "eyJzdGF0ZSI6IngifQ==", "ä", "A" * 5000]
)
async def test_what_a_browser_kept_may_be_anything(
    browser: Browser, here: Stack, kept: str
) -> None:
    back = await way_back(browser)
    name = next(iter(browser.cookies))
    async with browsing(here.address) as other:
        headers = {b"Cookie": f"{name}={kept}".encode("latin-1")}
        answer = await other.client.get(back, headers=headers)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "gilt nicht mehr" in answer.text


@pytest.mark.parametrize(
    "target",
    [
        "https://boese.example/",
        "//boese.example/",
        "///boese.example/",
        "/\\boese.example",
        "\\\\boese.example",
        "/\t/boese.example",
        "https:boese.example",
        "javascript:alert(1)",
        "",
        " //boese.example",
    ],
)
async def test_nobody_is_led_elsewhere(browser: Browser, target: str) -> None:
    assert led(await signed_in(browser, target)) == f"{PUBLIC}/"


async def test_very_many_answers_from_one_place_have_to_wait(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Rate(burst=1, each=timedelta(hours=1))
    monkeypatch.setattr(oidc, "PER_SOURCE", one)
    await browser.open(f"{BACK}?state=x&code=y")
    answer = await browser.open(f"{BACK}?state=x&code=y")
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answer.headers["retry-after"] == "60"


@pytest.mark.parametrize("error", ["access_denied", "login_required"])
async def test_whoever_cancels_is_not_signed_in_and_can_begin_again(
    browser: Browser, theirs: Provider, error: str
) -> None:
    await theirs.does(error=error)
    answer = await signed_in(browser, "/konzepte")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Sie haben die Anmeldung abgebrochen" in answer.text
    assert f"{START}?weiter=/konzepte" in answer.text
    assert "alert(1)" not in answer.text


async def test_an_answer_of_another_provider_is_refused(browser: Browser, theirs: Provider) -> None:
    await theirs.does(iss="https://boese.example")
    assert "konnte nicht bestätigt werden" in (await signed_in(browser)).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"exp": 1_700_000_000, "iat": 1_699_999_000}},
        {"claims": {"aud": "another"}},
        {"claims": {"iss": "https://boese.example"}},
        {"signed": "and changed"},
        {"signed": "by a stranger"},
        {"signed": "not at all"},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_sign_in_signs_nobody_in(
    browser: Browser, theirs: Provider, here: Stack, wrong: Mapping[str, object]
) -> None:
    await theirs.does(**wrong)
    answer = await signed_in(browser)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "konnte nicht bestätigt werden" in answer.text
    assert await account_of(browser) is None
    assert await noted(here) == ["sign-in-failed"]


# When the provider does not do as it should


async def test_if_the_provider_is_away_a_page_says_so(
    settings: Settings, database_url: str, loaded: Mapping[str, str]
) -> None:
    nobody = with_provider(settings, "http://127.0.0.1:9")
    async with (
        service(nobody, database_url, loaded) as stack,
        browsing(stack.address) as browser,
    ):
        answer = await browser.open(f"{START}?weiter=/konzepte")
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert answer.headers["retry-after"] == "60"
        assert "gerade nicht erreichbar" in answer.text
        assert f"{START}?weiter=/konzepte" in answer.text
        assert "cannot be reached" in (await browser.open(START, language="en")).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": {"/token": 500}},
        {"status": {"/token": 401}},
        {"garbled": "/token"},
    ],
    ids=str,
)
async def test_if_the_provider_fails_on_the_way_back_nobody_is_signed_in(
    browser: Browser, theirs: Provider, wrong: Mapping[str, object]
) -> None:
    back = await way_back(browser)
    await theirs.does(**wrong)
    answer = await browser.open(back)
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert await account_of(browser) is None


# Without a provider, and with the settings at odds


async def test_without_a_provider_there_is_no_such_page(
    stack: Stack,
) -> None:
    async with browsing(stack.address) as browser:
        for path in (START, BACK):
            assert (await browser.open(path)).status_code == HTTPStatus.NOT_FOUND
        sent = await browser.client.post(f"{PUBLIC}{START}/abmeldung", data={"logout_token": "x"})
        assert sent.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"OIDC_ISSUER": "https://idp.example"}, "KREISLAUF_OIDC_ISSUER"),
        ({"OIDC_CLIENT_ID": "k"}, "KREISLAUF_OIDC_CLIENT_ID"),
        ({"OIDC_CLIENT_SECRET": "s"}, "KREISLAUF_OIDC_CLIENT_SECRET"),
        ({"OIDC_ISSUER": "https://i.example", "OIDC_CLIENT_ID": "k"}, "KREISLAUF_OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://idp.example"}, "KREISLAUF_OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://127.0.0.1.boese.example"}, "KREISLAUF_OIDC_ISSUER"),
        ({"OIDC_ISSUER": "https://idp.example/?a=b"}, "KREISLAUF_OIDC_ISSUER"),
        ({"OIDC_SCOPES": "email"}, "KREISLAUF_OIDC_SCOPES"),
        ({"OIDC_SUBJECT": "email"}, "KREISLAUF_OIDC_SUBJECT"),
    ],
)
def test_settings_that_do_not_fit_are_refused(given: Mapping[str, str], missing: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({f"KREISLAUF_{name}": value for name, value in given.items()})
    assert caught.value.variable == missing


def test_the_secret_is_not_in_what_is_shown() -> None:
    settings = Settings(
        public_url=PUBLIC,
        oidc_issuer="https://idp.example",
        oidc_client_id="k",
        oidc_client_secret="ganz geheim",
    )
    assert "ganz geheim" not in repr(settings)


# Providers as they are


async def test_entra_is_trusted_with_its_addresses_if_the_settings_say_so(
    settings: Settings, database_url: str, loaded: Mapping[str, str], theirs: Provider
) -> None:
    await theirs.admits(sub="pairwise", oid="0000-1111", tid="t", email=KARIN, acr="c2")
    trusting = with_provider(
        settings, theirs.address, oidc_trust_email=True, oidc_subject="oid", oidc_acr="c1 c2"
    )
    async with (
        service(trusting, database_url, loaded) as stack,
        browsing(stack.address) as browser,
    ):
        assert query_of(await begun(browser))["acr_values"] == "c1 c2"
        await signed_in(browser)
        assert await account_of(browser) == KOORDINATION
        known = await stack.runtime.pool.fetchval("select subject from oidc_identity")
        assert known == "0000-1111"


async def test_who_did_not_sign_in_strongly_enough_there_reads_what_to_do(
    settings: Settings, database_url: str, loaded: Mapping[str, str], theirs: Provider
) -> None:
    demanding = with_provider(settings, theirs.address, oidc_acr="gold")
    async with (
        service(demanding, database_url, loaded) as stack,
        browsing(stack.address) as browser,
    ):
        await theirs.admits(sub="f3b1", email=KARIN, email_verified=True, acr="bronze")
        answer = await signed_in(browser)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "stärker ausweisen" in answer.text
        assert SESSION not in browser.cookies
        await theirs.admits(sub="f3b1", email=KARIN, email_verified=True, acr="gold")
        await signed_in(browser)
        assert await account_of(browser) == KOORDINATION


async def test_entra_may_say_itself_that_an_address_is_its_own(
    browser: Browser, theirs: Provider
) -> None:
    await theirs.admits(sub="pairwise", email=KARIN, xms_edov=1)
    await signed_in(browser)
    assert await account_of(browser) == KOORDINATION


async def test_the_way_works_with_a_provider_by_others(
    settings: Settings, database_url: str, loaded: Mapping[str, str]
) -> None:
    karin = {"sub": "karin", "email": KARIN, "email_verified": True}
    async with (
        mock(karin) as issuer,
        service(with_provider(settings, issuer), database_url, loaded) as stack,
        browsing(stack.address) as browser,
    ):
        address = await begun(browser)
        shown = await browser.client.get(address)
        assert shown.status_code == HTTPStatus.OK
        back = led(await browser.client.post(address, data={"sub": "karin"}))
        assert path_of(led(await browser.open(back, site="cross-site"))) == "/aufgaben"
        assert await account_of(browser) == KOORDINATION

        again = await browser.open(back, site="cross-site")
        assert "gilt nicht mehr" in again.text

        refused = await browser.client.post(await begun(browser), data={"action": "deny"})
        cancelled = await browser.open(led(refused), site="cross-site")
        assert cancelled.status_code == HTTPStatus.FORBIDDEN
        assert "gilt nicht mehr" in cancelled.text, "it refuses without the state"
