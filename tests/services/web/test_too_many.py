"""Whoever sends far more requests than a person would has to wait, and others do not."""

from http import HTTPStatus
from uuid import UUID

import httpx
import msgspec
import pytest

from services.settings import Settings
from tests.support.http import refused
from tests.support.jana import browser, send, sign_in
from tests.support.stack import Stack

FEW = 6


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Few enough for a test."""
    return msgspec.structs.replace(
        settings, requests_per_minute=FEW, token_requests_per_minute=2 * FEW
    )


async def until_refused(client: httpx.AsyncClient, path: str) -> tuple[int, httpx.Response]:
    """How many were answered before one was not, and that one."""
    for answered in range(20 * FEW):
        answer = await client.get(path)
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            return answered, answer
        assert answer.status_code == HTTPStatus.OK
    raise AssertionError("nothing was refused")


@pytest.mark.usefixtures("jana")
async def test_a_page_that_is_opened_too_often_says_how_long_to_wait(stack: Stack) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        answered, answer = await until_refused(client, "/aufgaben")
        assert answered >= FEW, "what a page asks of the API does not count besides"
        assert "Das waren zu viele Anfragen auf einmal" in answer.text
        assert "Sie sind noch angemeldet" in answer.text
        assert 0 < int(answer.headers["retry-after"]) <= 60
        assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.usefixtures("jana")
async def test_a_form_that_is_sent_too_often_changes_nothing(stack: Stack) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        await until_refused(client, "/konto")
        answer = await send(client, "/konto/post", rhythm="daily", language="en")
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert (await stack.jobcenter.read("/me/mail"))["rhythm"] != "daily"


@pytest.mark.usefixtures("jana")
async def test_the_api_counts_a_session_with_its_pages_and_says_so_to_programs(
    stack: Stack,
) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        _, answer = await until_refused(client, "/api/v1/me")
        refused(answer, HTTPStatus.TOO_MANY_REQUESTS, "request.too-many")
        assert 0 < int(answer.headers["retry-after"]) <= 60
        assert (await client.get("/aufgaben")).status_code == HTTPStatus.TOO_MANY_REQUESTS


async def test_tokens_have_a_limit_of_their_own_for_each_account(stack: Stack, jana: UUID) -> None:
    headers = {"Authorization": f"Bearer {stack.jobcenter.token}"}
    async with httpx.AsyncClient(base_url=stack.address, headers=headers) as program:
        answered, answer = await until_refused(program, "/api/v1/me")
        refused(answer, HTTPStatus.TOO_MANY_REQUESTS, "request.too-many")
        assert answered >= FEW
    assert (await stack.koordination.read("/me"))["account"] != str(jana)
    async with browser(stack) as client:
        await sign_in(client)
        assert (await client.get("/aufgaben")).status_code == HTTPStatus.OK


@pytest.mark.usefixtures("jana")
async def test_who_is_held_up_holds_up_nobody_at_the_sign_in(stack: Stack) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        await until_refused(client, "/aufgaben")
    async with browser(stack) as client:
        assert (await client.get("/impressum")).status_code == HTTPStatus.OK
        assert (await sign_in(client)).status_code == HTTPStatus.SEE_OTHER
