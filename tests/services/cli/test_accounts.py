import asyncio
import re
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests.services.cli.conftest import Command
from tests.support.stack import Stack

KIM = ("--address", "kim@kreis.example", "--name", "Kim Erste")
GOOD = "zwei Hunde bellen nachts"


async def test_the_first_administrator_signs_in_by_a_link_and_then_by_password(
    stack: Stack, kreislauf: Command, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text(f"{GOOD}\n")
    role = ("--role", "administrator", "--organisation", "kreis-neu")
    made = await kreislauf("account", "invite", *KIM, *role, "--organisation-name", "Kreis Neu")
    assert made.code == 0, made.err
    path = re.sub(r"^http://[^/]+", "", made.out.strip())
    assert re.fullmatch(r"/anmelden/link/[\w-]{43}", path)
    async with httpx.AsyncClient(base_url=stack.address) as browser:
        answer = await browser.post(path)
        assert answer.headers["location"] == "/konto/passwort"
        me = (await browser.get("/api/v1/me")).json()
    assert me["name"] == "Kim Erste"
    assert [grant["role"] for grant in me["grants"]] == ["administrator"]

    again = await kreislauf("account", "invite", "--address", "Kim@Kreis.example")
    assert again.code == 0, again.err
    accounts = await stack.verwaltung.read("/accounts")
    assert [one["name"] for one in accounts].count("Kim Erste") == 1

    done = await kreislauf(
        "account", "password", "--address", "kim@kreis.example", "--from-file", str(file)
    )
    assert (done.code, done.out) == (0, "The password is set.\n"), done.err
    async with httpx.AsyncClient(base_url=stack.address) as browser:
        typed = {"address": "kim@kreis.example", "password": GOOD}
        assert (await browser.post("/anmelden", data=typed)).status_code == HTTPStatus.SEE_OTHER
    unlocked = await kreislauf("account", "unlock", "--address", "kim@kreis.example")
    assert (unlocked.code, unlocked.out) == (0, "The password is enough again.\n")
    log = await stack.revision.read("/security-log", happening="password-set")
    assert [entry["by"] for entry in log["items"]] == ["console"]
    assert GOOD not in done.out + done.err


@pytest.mark.usefixtures("stack")
async def test_what_cannot_be_is_refused_in_a_sentence(kreislauf: Command, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(GOOD)
    ole = ("--address", "ole@kreis.example")
    refused = await asyncio.gather(
        kreislauf("account", "invite", *ole),
        kreislauf("account", "invite", "--address", "ole", "--name", "Ole"),
        kreislauf("account", "invite", *ole, "--name", "Ole", "--role", "auditor"),
        kreislauf("account", "password", *ole, "--from-file", str(file)),
    )
    assert [outcome.code for outcome in refused] == [2, 1, 2, 2]
    sentences = ("give a --name", "address", "go together", "Nobody has the address")
    for outcome, sentence in zip(refused, sentences, strict=True):
        assert sentence in outcome.err
        assert outcome.out == ""
        assert "Traceback" not in outcome.err


@pytest.mark.usefixtures("stack")
async def test_a_password_that_others_would_guess_is_not_set(
    kreislauf: Command, tmp_path: Path
) -> None:
    uwe = ("--address", "uwe@kreis.example")
    made = await kreislauf("account", "invite", *uwe, "--name", "Uwe Kleinschmidt")
    assert made.code == 0, made.err
    file = tmp_path / "password"
    for typed in ("kurz", "Passwort1234", "Uwe-Kleinschmidt"):
        file.write_text(typed)
        outcome = await kreislauf("account", "password", *uwe, "--from-file", str(file))
        assert outcome.code == 2
        assert "password" in outcome.err


async def test_an_account_can_be_connected_with_another_one_of_the_provider(
    stack: Stack, kreislauf: Command
) -> None:
    address = ("--address", "ida@kreis.example")
    made = await kreislauf("account", "invite", *address, "--name", "Ida Inland")
    assert made.code == 0, made.err
    await stack.runtime.pool.execute(
        "insert into oidc_identity (issuer, subject, account, linked_at)"
        " values ('https://idp.example', 'f3b1', $1, now())",
        await stack.runtime.addresses.account_of(address[1]),
    )
    done = await kreislauf("account", "forget-provider", *address)
    assert (done.code, done.out) == (0, "The provider is forgotten.\n"), done.err
    again = await kreislauf("account", "forget-provider", *address)
    assert (again.code, again.out) == (0, "No provider was known.\n"), again.err
    nobody = await kreislauf("account", "forget-provider", "--address", "ole@kreis.example")
    assert nobody.code == 2
    assert "Nobody has the address" in nobody.err
    log = await stack.revision.read("/security-log", happening="identity-forgotten")
    assert [entry["by"] for entry in log["items"]] == ["console"]
