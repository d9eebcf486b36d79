"""The API asked from inside: what a page shows and does is what the API shows and does."""

from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias, TypeVar

import httpx
import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.params import QueryParameter
from litestar.types import ASGIApp, Receive, Scope, Send

from services.api.access import INSIDE
from services.api.decisions import Decision
from services.api.pages import Page
from services.api.problems import Problem
from services.identity.principal import Principal
from services.identity.sessions import Session
from services.web.language import language_of

Visit: TypeAlias = Request[Principal, Session, State]
"""A request of somebody who is signed in at the pages."""

After: TypeAlias = Annotated[int | None, QueryParameter(name="ab", ge=0, required=False)]
"""In the address of a page: what was recorded up to there is shown, however long it takes."""

T = TypeVar("T")
LONGEST = 60.0


class Refusal(Exception):
    """The API said no; `problem` is what it said, in the person's language."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem.type)
        self.status = status
        self.problem = problem

    @property
    def code(self) -> str:
        """The code of the problem, such as `request.version-changed`."""
        return self.problem.type.rpartition("/")[2]


class Inside:
    """Asks the API in the name of whoever is signed in, without a way over the network."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def read(self, request: Visit, path: str, kind: type[T], /, **query: object) -> T:
        """What is at the path, without `/api/v1`. A query of None is left out. Raises Refusal."""
        answer = await self.ask(request, "GET", path, query=query)
        return msgspec.json.decode(answer.content, type=kind)

    async def items(
        self, request: Visit, path: str, kind: type[T], /, **query: object
    ) -> AsyncIterator[T]:
        """The items of all pages of a list. Raises Refusal."""
        cursor: str | None = None
        while True:
            page = await self.read(request, path, Page[kind], **{**query, "cursor": cursor})
            for item in page.items:
                yield item
            if page.next is None:
                return
            cursor = page.next

    async def decide(
        self,
        request: Visit,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        seen: int | None = None,
    ) -> Decision:
        """Ask for a decision, under a key or having seen a version. Raises Refusal."""
        headers: dict[str, str] = {}
        if key is not None:
            headers["Idempotency-Key"] = key
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        answer = await self.ask(request, method, path, body=body, headers=headers)
        return msgspec.json.decode(answer.content, type=Decision)

    async def ask(
        self,
        request: Visit,
        method: str,
        path: str,
        *,
        body: object = None,
        content: bytes | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """The whole answer. `body` is sent as JSON, `content` as it is. Raises Refusal."""
        sent = {
            "Accept-Encoding": "identity",
            "Accept-Language": language_of(request),
            "X-Correlation-ID": request.scope["state"]["correlation"],
            **(headers or {}),
        }
        if body is not None:
            content = msgspec.json.encode(body)
            sent["Content-Type"] = "application/json"
        transport = httpx.ASGITransport(app=_as(request, self._app))  # pyright: ignore[reportArgumentType]  (Litestar's and httpx's ASGI types differ)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://inside/api/v1", timeout=LONGEST
        ) as client:
            answer = await client.request(
                method, path, params=_written(query or {}), content=content, headers=sent
            )
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            raise Refusal(answer.status_code, msgspec.json.decode(answer.content, type=Problem))
        return answer


def _as(request: Visit, app: ASGIApp) -> ASGIApp:
    """The application for this person, who comes from where the request for the page does."""

    async def ask(scope: Scope, receive: Receive, send: Send) -> None:
        state: dict[str, Any] = {INSIDE: request.user}
        scope["state"] = state
        scope["client"] = request.scope.get("client")
        await app(scope, receive, send)

    return ask


def _written(query: Mapping[str, object]) -> dict[str, str]:
    """As an address has it; what is None is left out."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in query.items()
        if value is not None
    }
