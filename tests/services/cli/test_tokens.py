import asyncio
from http import HTTPStatus

import pytest

from tests.services.cli.conftest import Command
from tests.support.http import Person
from tests.support.stack import Stack

KIM = ("token", "create", "--name", "Kim Zweite")


async def test_a_token_signs_in_until_it_is_revoked(stack: Stack, kreislauf: Command) -> None:
    role = ("--role", "coordinator", "--organisation", "kim-koordinierung")
    made = await kreislauf(*KIM, *role, "--label", "Laptop")
    assert made.code == 0, made.err
    kim = Person(stack.http, made.out.strip())
    assert (await kim.read("/me"))["name"] == "Kim Zweite"

    columns, *rows = (await kreislauf("token", "list")).out.splitlines()
    assert columns.split("\t")[:3] == ["Token", "Account", "Label"]
    [token] = [row.split("\t")[0] for row in rows if "\tKim Zweite\tLaptop\t" in row]
    assert made.out.strip() not in "\n".join(rows)

    revoked = await kreislauf("token", "revoke", token, "--reason", "Gerät verloren")
    assert (revoked.code, revoked.out) == (0, "Revoked.\n")
    assert (await kim.ask("GET", "/me")).status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.usefixtures("stack")
async def test_a_role_that_cannot_be_is_refused_in_a_sentence(kreislauf: Command) -> None:
    refused = await asyncio.gather(
        kreislauf(*KIM, "--role", "case-manager", "--organisation", "jobcenter"),
        kreislauf(*KIM, "--role", "auditor", "--organisation", "finanzamt"),
        kreislauf(*KIM, "--role", "auditor"),
        kreislauf(*KIM, "--role", "process", "--organisation", "jobcenter"),
    )
    assert [outcome.code for outcome in refused] == [1, 1, 2, 2]
    sentences = ("municipality", "finanzamt", "go together", "'process' is not one of")
    for outcome, sentence in zip(refused, sentences, strict=True):
        assert sentence in outcome.err
        assert outcome.out == ""
        assert "Traceback" not in outcome.err


@pytest.mark.usefixtures("stack")
async def test_an_unknown_token_cannot_be_revoked(kreislauf: Command) -> None:
    unknown = "00000000-0000-0000-0000-000000000000"
    refused = await kreislauf("token", "revoke", unknown, "--reason", "Test")
    assert refused.code == 2
    assert f"There is no token {unknown}." in refused.err
