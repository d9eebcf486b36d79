"""Jana of the Jobcenter, who signs in with address and password in a browser without script."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from uuid import UUID

import httpx

from services.api.access import COOKIES
from tests.support.clients import BY_HTTP_ONLY
from tests.support.stack import Stack

ADDRESS = "jana@jobcenter.example"
GOOD = "zwei Hunde bellen nachts"
OTHER = "drei Katzen schweigen am Tag"
COOKIE = COOKIES[1]


@asynccontextmanager
async def browser(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Keeps cookies and follows no redirects."""
    async with httpx.AsyncClient(base_url=stack.address, timeout=30, verify=BY_HTTP_ONLY) as client:
        yield client


async def sign_in(
    client: httpx.AsyncClient, password: str = GOOD, address: str = ADDRESS, **form: str
) -> httpx.Response:
    typed = {"address": address, "password": password, **form}
    return await client.post("/anmelden", data=typed)


async def send(client: httpx.AsyncClient, path: str, **form: str) -> httpx.Response:
    """Send a form of the page that this person sees."""
    page = await client.get("/konto")
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    return await client.post(path, data={**form, "csrf": found[1] if found else ""})


async def mailed(stack: Stack, account: UUID) -> list[str]:
    """The mails that wait for this person, by template."""
    rows = await stack.runtime.pool.fetch(
        "select template from mail where account = $1 order by number", account
    )
    return [row["template"] for row in rows]


def headline(answer: httpx.Response) -> str:
    [found] = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    return found.strip()


async def is_in(client: httpx.AsyncClient) -> bool:
    answer = await client.get("/konto")
    return answer.status_code == HTTPStatus.OK
