"""What the provider says is believed only if it is signed by it, for us, now, and for this."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest

from services.identity import oidc_provider
from services.identity.oidc_provider import Provider, ProviderAway
from services.identity.oidc_tokens import Checker, Farewell, Proof, TokenRefused
from tests.support.oidc import CLIENT, LOGOUT, SECRET
from tests.support.oidc import Provider as Theirs

NONCE = "the nonce of this sign-in"


@pytest.fixture
async def ours(theirs: Theirs) -> AsyncIterator[Provider]:
    """The provider as the service reaches it, without a pause before it asks for keys again."""
    found = Provider(theirs.address, CLIENT, SECRET, pause=0)
    yield found
    await found.close()


@pytest.fixture
def checker(ours: Provider) -> Checker:
    return Checker(ours)


async def proof_of(checker: Checker, token: str, nonce: str = NONCE) -> Proof:
    return await checker.proof(token, nonce, datetime.now(UTC))


async def farewell_of(checker: Checker, token: str) -> Farewell:
    return await checker.farewell(token, datetime.now(UTC))


async def id_token(theirs: Theirs, **claims: object) -> str:
    return await theirs.token(**{"sub": "f3b1", "nonce": NONCE, **claims})


async def logout_token(theirs: Theirs, **claims: object) -> str:
    usual: dict[str, object] = {"sub": "f3b1", "sid": "s-1", "jti": "j-1", "events": {LOGOUT: {}}}
    return await theirs.token(**{**usual, **claims})


async def test_a_token_made_for_this_sign_in_is_taken(checker: Checker, theirs: Theirs) -> None:
    token = await id_token(theirs, sid="s-1", email="a@b.example", email_verified=True)
    assert await proof_of(checker, token) == Proof(
        subject="f3b1", sub="f3b1", sid="s-1", email="a@b.example", email_verified=True
    )


@pytest.mark.parametrize(
    "claims", [{"aud": [CLIENT]}, {"aud": [CLIENT, "another"], "azp": CLIENT}, {"azp": CLIENT}]
)
async def test_what_may_differ_between_providers_is_taken(
    checker: Checker, theirs: Theirs, claims: Mapping[str, object]
) -> None:
    assert (await proof_of(checker, await id_token(theirs, **claims))).sub == "f3b1"


@pytest.mark.parametrize(("name", "seconds"), [("exp", -30), ("iat", 30), ("nbf", 30)])
async def test_clocks_may_be_apart_a_little(
    checker: Checker, theirs: Theirs, name: str, seconds: int
) -> None:
    told = {name: int(time.time()) + seconds}
    assert (await proof_of(checker, await id_token(theirs, **told))).sub == "f3b1"
    with pytest.raises(TokenRefused):
        await proof_of(checker, await id_token(theirs, **{name: int(time.time()) + 4 * seconds}))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": None},
        {"iss": "https://boese.example"},
        {"iss": "http://127.0.0.1"},
        {"aud": None},
        {"aud": "another"},
        {"aud": []},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"aud": {"kreislauf": True}},
        {"exp": None},
        {"exp": 1_700_000_000},
        {"exp": "never"},
        {"exp": True},
        {"iat": None},
        {"iat": 1_700_000_000},
        {"iat": 4_000_000_000},
        {"iat": 10**30},
        {"nbf": 4_000_000_000},
        {"nonce": None},
        {"nonce": ""},
        {"nonce": "another"},
        {"nonce": 7},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 7},
        {"email": ["a@b.example"]},
    ],
    ids=str,
)
async def test_a_token_with_other_claims_is_refused(
    checker: Checker, theirs: Theirs, claims: Mapping[str, object]
) -> None:
    with pytest.raises(TokenRefused):
        await proof_of(checker, await id_token(theirs, **claims))


@pytest.mark.parametrize(
    "signed",
    [
        "and changed",
        "by a stranger",
        "not at all",
        "with a secret",
        "with the public key as secret",
    ],
)
async def test_a_token_that_the_provider_did_not_sign_is_refused(
    checker: Checker, theirs: Theirs, signed: str
) -> None:
    await theirs.does(signed=signed)
    with pytest.raises(TokenRefused):
        await proof_of(checker, await id_token(theirs))


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "no such key"},
        {"kid": None},
        {"kid": "enc"},
        {"typ": "at+jwt"},
        {"typ": "logout+jwt"},
        {"crit": ["exp"]},
        {"alg": "PS256"},
    ],
    ids=str,
)
async def test_a_token_with_another_head_is_refused(
    checker: Checker, theirs: Theirs, header: Mapping[str, object]
) -> None:
    await theirs.does(header=header)
    with pytest.raises(TokenRefused):
        await proof_of(checker, await id_token(theirs))


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b.c", "ä.ö.ü", "{}", "bnVsbA.bnVsbA.bnVsbA", "e30.e30.e30", "[]" * 9000],
)
async def test_what_is_no_token_is_refused(checker: Checker, token: str) -> None:
    with pytest.raises(TokenRefused):
        await proof_of(checker, token)


async def test_elliptic_keys_are_taken_as_well(checker: Checker, theirs: Theirs) -> None:
    await theirs.does(signed="with the other key")
    assert (await proof_of(checker, await id_token(theirs))).sub == "f3b1"


async def test_an_algorithm_the_provider_does_not_name_is_refused(
    checker: Checker, theirs: Theirs
) -> None:
    await theirs.does(
        signed="with the other key",
        description={"id_token_signing_alg_values_supported": ["RS256"]},
    )
    with pytest.raises(TokenRefused):
        await proof_of(checker, await id_token(theirs))


async def test_entras_own_id_of_a_person_is_taken_if_asked_for(
    ours: Provider, theirs: Theirs
) -> None:
    checker = Checker(ours, subject="oid")
    token = await id_token(theirs, oid="0000-1111")
    assert (await proof_of(checker, token)).subject == "0000-1111"
    with pytest.raises(TokenRefused):
        await proof_of(checker, await id_token(theirs))


async def test_a_sign_in_must_have_been_as_strong_as_demanded(
    ours: Provider, theirs: Theirs
) -> None:
    checker = Checker(ours, strengths=frozenset({"gold", "silver"}))
    assert (await proof_of(checker, await id_token(theirs, acr="silver"))).sub == "f3b1"
    for claims in ({}, {"acr": "0"}, {"acr": "gold silver"}, {"acr": ""}):
        with pytest.raises(TokenRefused):
            await proof_of(checker, await id_token(theirs, **claims))


# Keys


async def test_new_keys_are_fetched_when_a_token_names_one(
    checker: Checker, theirs: Theirs
) -> None:
    await proof_of(checker, await id_token(theirs))
    old = await id_token(theirs)
    await theirs.rotates()
    assert (await proof_of(checker, await id_token(theirs))).sub == "f3b1"
    with pytest.raises(TokenRefused):
        await proof_of(checker, old)


async def test_many_forged_tokens_do_not_make_us_ask_again_and_again(theirs: Theirs) -> None:
    careful = Provider(theirs.address, CLIENT, SECRET)
    checker = Checker(careful)
    await proof_of(checker, await id_token(theirs))
    before = await theirs.asked("/keys")
    await theirs.does(header={"kid": "no such key"})
    forged = await id_token(theirs)
    for answer in await asyncio.gather(
        *(proof_of(checker, forged) for _ in range(20)), return_exceptions=True
    ):
        assert isinstance(answer, TokenRefused)
    assert await theirs.asked("/keys") == before
    await careful.close()


async def test_keys_are_not_asked_for_again_and_again_while_they_cannot_be_had(
    checker: Checker, theirs: Theirs
) -> None:
    token = await id_token(theirs)
    await theirs.does(status={"/keys": 503})
    before = await theirs.asked("/keys")
    for _ in range(10):
        with pytest.raises(ProviderAway):
            await proof_of(checker, token)
    assert await theirs.asked("/keys") == before + 1


async def test_what_is_known_of_the_provider_is_not_asked_for_again(
    checker: Checker, theirs: Theirs
) -> None:
    path = "/.well-known/openid-configuration"
    before = await theirs.asked(path), await theirs.asked("/keys")
    for _ in range(5):
        await proof_of(checker, await id_token(theirs))
    assert (await theirs.asked(path), await theirs.asked("/keys")) == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://boese.example"},
        {"token_endpoint": "http://boese.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "ftp://boese.example"},
        {"token_endpoint": None},
        {"jwks_uri": "https://"},
    ],
    ids=str,
)
async def test_a_provider_that_describes_itself_wrongly_is_not_used(
    ours: Provider, theirs: Theirs, description: Mapping[str, object]
) -> None:
    await theirs.does(description=description)
    with pytest.raises(ProviderAway):
        await ours.metadata()


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys"])
async def test_a_provider_that_answers_something_else_counts_as_away(
    checker: Checker, theirs: Theirs, path: str
) -> None:
    token = await id_token(theirs)
    for wrong in ({"garbled": path}, {"status": {path: 500}}):
        await theirs.does(**wrong)
        with pytest.raises(ProviderAway):
            await proof_of(checker, token)


async def test_a_provider_that_answers_without_end_is_not_listened_to(
    ours: Provider, theirs: Theirs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc_provider, "LARGEST", 100)
    await theirs.does(description={"padding": "x" * 1000})
    with pytest.raises(ProviderAway, match="more than is sensible"):
        await ours.metadata()


# Logout tokens


async def test_a_logout_token_says_who_is_gone(checker: Checker, theirs: Theirs) -> None:
    farewell = await farewell_of(checker, await logout_token(theirs))
    assert (farewell.sub, farewell.sid, farewell.id) == ("f3b1", "s-1", "j-1")
    await theirs.does(header={"typ": "logout+jwt"})
    assert (await farewell_of(checker, await logout_token(theirs, sid=None))).sid is None
    assert (await farewell_of(checker, await logout_token(theirs, sub=None))).sub is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://boese.example"},
        {"aud": "another"},
        {"iat": None},
        {"iat": 1_700_000_000},
        {"exp": 1_700_000_000},
        {"jti": None},
        {"jti": ""},
        {"events": None},
        {"events": {}},
        {"events": {"https://another.example/event": {}}},
        {"events": [LOGOUT]},
        {"events": {LOGOUT: "yes"}},
        {"nonce": NONCE},
        {"sub": None, "sid": None},
    ],
    ids=str,
)
async def test_a_logout_token_with_other_claims_is_refused(
    checker: Checker, theirs: Theirs, claims: Mapping[str, object]
) -> None:
    with pytest.raises(TokenRefused):
        await farewell_of(checker, await logout_token(theirs, **claims))


async def test_one_kind_of_token_does_not_pass_for_the_other(
    checker: Checker, theirs: Theirs
) -> None:
    with pytest.raises(TokenRefused):
        await farewell_of(checker, await id_token(theirs, jti="j-2"))
    with pytest.raises(TokenRefused):
        await proof_of(checker, await logout_token(theirs), nonce="")
