"""How these pages are shown: in the language that was chosen, alone or in another site's page."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec
from litestar import Request
from litestar.response import Redirect, Response

from services.settings import Settings
from services.web.forms import Wrong
from services.web.inside import Inside
from services.web.rendering import Pages
from services.web.reporting.choices import named, names_of, options_of
from services.web.reporting.tongues import CHOSEN, Tongue, tongue_of, tongues

AnyVisit: TypeAlias = Request[Any, Any, Any]
Answer: TypeAlias = Response[str] | Redirect
T = TypeVar("T")

EMBEDDED = "eingebettet"
"""In the query of a page that is shown inside another one: without our frame around it."""

STAYS_HERE = {"Cache-Control": "private, no-cache"}
"""The browser may keep what it showed, so that its own way back loses nothing."""

SECRET = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""For pages whose address is the key to a report."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody looks at these pages."""

    tongue: Tongue
    chosen: str
    is_embedded: bool

    def way(self, path: str, **more: str) -> str:
        """The address, to be looked at in the same way."""
        query = {**({CHOSEN: self.chosen} if self.chosen else {}), **more}
        if self.is_embedded:
            query[EMBEDDED] = "ja"
        return f"{path}?{urlencode(query)}" if query else path


def look_of(request: AnyVisit, settings: Settings) -> Look:
    """As the address has it."""
    tongue = tongue_of(request, settings)
    return Look(
        tongue=tongue,
        chosen=tongue.tag if CHOSEN in request.query_params else "",
        is_embedded=EMBEDDED in request.query_params,
    )


class Desk:
    """Shows the pages and asks the API, both in the language of whoever looks."""

    def __init__(self, request: AnyVisit, pages: Pages, inside: Inside, settings: Settings) -> None:
        self.request = request
        self.look = look_of(request, settings)
        self._pages = pages
        self._inside = inside
        self._settings = settings

    @property
    def tongue(self) -> Tongue:
        return self.look.tongue

    async def show(
        self,
        template: str,
        *,
        wrong: Wrong | None = None,
        headers: Mapping[str, str] = STAYS_HERE,
        status: int = HTTPStatus.OK,
        **facts: object,
    ) -> Response[str]:
        """The page. In its template `t` speaks the chosen language, and `way` keeps to it."""
        around = {
            "t": self.tongue.say,
            "language": self.tongue.base,
            "page_language": self.tongue.tag,
            "direction": self.tongue.direction,
            "tongue": self.tongue,
            "tongues": tongues(self._settings),
            "embedded": self.look.is_embedded,
            "way": self.look.way,
            "wrong": wrong,
            "options": partial(options_of, self.tongue),
            "named": partial(named, self.tongue),
            "names_of": names_of,
        }
        return await self._pages.show(
            self.request,
            f"reporting/{template}",
            status=wrong.status if wrong else status,
            headers={"Content-Language": self.tongue.tag, **headers},
            **{**around, **facts},
        )

    def go(self, path: str, **query: str) -> Redirect:
        """To another of these pages."""
        return Redirect(self.look.way(path, **query), status_code=303, headers=dict(SECRET))

    async def ask(
        self, method: str, path: str, body: object = None, *, link: str = "", key: str = ""
    ) -> httpx.Response:
        """Ask the API; with the secret `link` of a report in its company's name. Raises Refusal."""
        headers = {"Accept-Language": self.tongue.base}
        if link:
            headers["Authorization"] = f"Report {link}"
        if key:
            headers["Idempotency-Key"] = key
        return await self._inside.ask(self.request, method, path, body=body, headers=headers)

    async def read(self, path: str, kind: type[T], *, link: str = "") -> T:
        """What is there. Raises Refusal."""
        answer = await self.ask("GET", path, link=link)
        return msgspec.json.decode(answer.content, type=kind)
