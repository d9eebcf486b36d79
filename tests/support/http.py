"""People who use the service over HTTP, and what its refusals have in common."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import httpx

API = "/api/v1"
PROBLEM = "application/problem+json"

Json = Any


class Person:
    """One person with their token, at the service's front door."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client = client
        self.token = token

    async def ask(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """Send exactly this; the token is added unless `headers` say otherwise."""
        return await self._client.request(
            method,
            f"{API}{path}",
            json=body,
            content=content,
            headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
        )

    async def read(self, path: str, **query: object) -> Json:
        """What is there."""
        response = await self._client.get(
            f"{API}{path}",
            params={name: str(value) for name, value in query.items()},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert response.status_code == HTTPStatus.OK, response.text
        return response.json()

    async def until(
        self, path: str, holds: Callable[[Json], object], *, seconds: float = 20
    ) -> Json:
        """Read again and again until it holds."""
        view: Json = None
        try:
            async with asyncio.timeout(seconds):
                while not holds(view := await self.read(path)):  # noqa: ASYNC110 (another process)
                    await asyncio.sleep(0.1)
        except TimeoutError as error:
            raise AssertionError(f"{path} stayed {view}") from error
        return view

    async def all_pages(self, path: str, **query: object) -> list[Json]:
        """The items of all pages in order."""
        items: list[Json] = []
        while True:
            page = await self.read(path, **query)
            items += page["items"]
            if page["next"] is None:
                return items
            query["cursor"] = page["next"]

    async def post(
        self,
        path: str,
        body: Json = None,
        *,
        key: str | None = None,
        seen: int | None = None,
        language: str = "de",
    ) -> httpx.Response:
        """Ask for a decision under a key, having seen a version."""
        headers = {"Idempotency-Key": key or str(uuid4()), "Accept-Language": language}
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        return await self.ask("POST", path, body, headers=headers)

    async def put(self, path: str, body: Json, *, seen: int | None = None) -> httpx.Response:
        """Save something, having seen a version."""
        headers = {"If-Match": f'"{seen}"'} if seen is not None else {}
        return await self.ask("PUT", path, body, headers=headers)

    async def change(self, concept: str, step: str, body: Json = None) -> Json:
        """Take a step with the concept as it is now; what was recorded."""
        seen = (await self.read(f"/concepts/{concept}"))["version"]
        return recorded(await self.post(f"/concepts/{concept}/{step}", body, seen=seen))

    async def write(self, concept: str, section: str, text: str) -> Json:
        """Save a section on top of its present version; what was recorded."""
        path = f"/concepts/{concept}/sections/{section}"
        seen = (await self.read(path))["version"]
        return recorded(await self.put(path, {"text": text}, seen=seen))

    async def answer(
        self, concept: str, number: int, organisation: str, answer: Json
    ) -> httpx.Response:
        """Answer to the text as it is shown now."""
        path = f"/concepts/{concept}/consultations/{number}/responses/{organisation}"
        asked = await self.ask("GET", path)
        if asked.status_code != HTTPStatus.OK:
            return asked
        return await self.put(path, {"shown": asked.json()["shown"], **answer})


def recorded(response: httpx.Response) -> Json:
    """The decision of a request that was taken."""
    assert response.status_code in {HTTPStatus.OK, HTTPStatus.CREATED}, response.text
    return response.json()


def refused(response: httpx.Response, status: HTTPStatus, code: str) -> Json:
    """The problem of a request that was refused: RFC 9457, in the language asked for."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    found = response.json()
    assert found["type"] == f"/problems/{code}", found
    assert found["status"] == status
    assert found["title"]
    assert found["detail"].endswith((".", ")"))
    assert "{" not in found["detail"]
    assert found["correlation"] == response.headers["x-correlation-id"]
    assert response.headers["content-language"] in {"de", "en"}
    return found


def pointers(problem: Json) -> list[str]:
    """Where in the body the causes are."""
    return [error["pointer"] for error in problem.get("errors", []) if error.get("pointer")]


def from_now(seconds: float) -> str:
    """A moment to put into a request."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
