"""Somebody with a browser that shows nothing: it keeps cookies, and goes where it is sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import httpx

from tests.support.clients import BY_HTTP_ONLY

HOST = "kreislauf.test"
PUBLIC = f"https://{HOST}"
NAVIGATION = {
    "Accept": "text/html",
    "Accept-Language": "de",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}


class Proxy(httpx.AsyncBaseTransport):
    """What stands before the service: people reach it by https, it is asked by http."""

    def __init__(self, address: str) -> None:
        self._address = httpx.URL(address)
        self._way = httpx.AsyncHTTPTransport(verify=BY_HTTP_ONLY)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_with(
            scheme=self._address.scheme, host=self._address.host, port=self._address.port
        )
        return await self._way.handle_async_request(
            httpx.Request(request.method, url, headers=request.headers, stream=request.stream)
        )

    async def aclose(self) -> None:
        await self._way.aclose()


class Browser:
    """Follows nothing by itself, so that a test sees each step."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    @property
    def cookies(self) -> dict[str, str]:
        """What it keeps of us."""
        jar = self.client.cookies.jar
        return {cookie.name: cookie.value or "" for cookie in jar if cookie.domain == HOST}

    async def open(
        self, address: str, *, site: str = "none", language: str = "de"
    ) -> httpx.Response:
        """Go to an address, typed (`none`) or by a link on a page of ours or of others."""
        headers = {**NAVIGATION, "Sec-Fetch-Site": site, "Accept-Language": language}
        return await self.client.get(urljoin(PUBLIC, address), headers=headers)

    async def send(
        self, address: str, form: dict[str, str], *, origin: str = PUBLIC, site: str = "same-origin"
    ) -> httpx.Response:
        """Send a form that stands on a page of this origin."""
        headers = {**NAVIGATION, "Origin": origin, "Sec-Fetch-Site": site}
        return await self.client.post(urljoin(PUBLIC, address), data=form, headers=headers)


def led(response: httpx.Response) -> str:
    """Where the answer leads."""
    assert response.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}, response.text
    return urljoin(str(response.request.url), response.headers["location"])


def path_of(address: str) -> str:
    return urlsplit(address).path


@asynccontextmanager
async def browsing(address: str) -> AsyncIterator[Browser]:
    """A browser for which the service at the address is `PUBLIC`."""
    async with httpx.AsyncClient(
        mounts={f"all://{HOST}": Proxy(address)},
        timeout=30,
        follow_redirects=False,
        verify=BY_HTTP_ONLY,
    ) as client:
        yield Browser(client)
