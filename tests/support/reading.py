"""Somebody who reads pages and fills in their forms as a browser without scripts does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from http import HTTPStatus
from uuid import UUID

import httpx

from services.api.access import COOKIES
from services.identity.sessions import Sessions
from tests.support.clients import BY_HTTP_ONLY
from tests.support.stack import Stack

LANGUAGE = "de"


@dataclass
class Form:
    """A form as it stands on the page, with what is filled in."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


class _Reader(HTMLParser):
    """Collects texts, links and forms."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.headlines: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: str | None = None
        self._area: str | None = None
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        match tag:
            case "h1" | "script" | "style":
                self._within.append(tag)
                if tag == "h1":
                    self.headlines.append("")
            case "a" if "href" in found:
                self.links.append(found["href"])
            case "form":
                self._form = Form(found.get("action", ""), found.get("method", "get"))
                self.forms.append(self._form)
            case _ if self._form is not None:
                self._begin_field(self._form, tag, found)
            case _:
                pass

    def _begin_field(self, form: Form, tag: str, found: Mapping[str, str]) -> None:
        name = found.get("name", "")
        match tag:
            case "input" if name:
                is_chosen = found.get("type") not in {"checkbox", "radio"} or "checked" in found
                if is_chosen:
                    form.fields.setdefault(name, []).append(found.get("value", ""))
            case "select":
                self._select = name
            case "option" if self._select is not None:
                if self._select not in form.fields or "selected" in found:
                    form.fields[self._select] = [found.get("value", "")]
            case "textarea":
                self._area = name
                form.fields[name] = [""]
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "select":
                self._select = None
            case "textarea":
                self._area = None
            case "h1" | "script" | "style" if self._within:
                self._within.pop()
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None:
            self._form.fields[self._area] = [self._form.fields[self._area][0] + data]
        if "h1" in self._within:
            self.headlines[-1] += data
        if "script" not in self._within and self._select is None:
            self.texts.append(data)


class Page:
    """A page that was opened."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        reader = _Reader()
        reader.feed(response.text)
        self.forms: Sequence[Form] = reader.forms
        self.links: Sequence[str] = reader.links
        self.text = " ".join(" ".join(reader.texts).split())
        self.headlines = [" ".join(text.split()) for text in reader.headlines]

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.url.path

    @property
    def headline(self) -> str:
        """The only one."""
        assert len(self.headlines) == 1, self.text
        [headline] = self.headlines
        return headline

    def form(self, action: str) -> Form:
        """The form that is sent there."""
        found = [form for form in self.forms if form.action == action]
        assert found, f"{action} is none of {[form.action for form in self.forms]}"
        return found[0]


class Visitor:
    """Somebody who is signed in. Where an answer leads, they go."""

    def __init__(self, address: str, cookie: str, language: str) -> None:
        self._address = address
        self._cookies = httpx.Cookies({COOKIES[1]: cookie})
        self._headers = {"Accept": "text/html", "Accept-Language": language}

    async def open(self, path: str) -> Page:
        """Open a page, which must be there."""
        page = await self.ask(path)
        assert page.status == HTTPStatus.OK, page.text
        return page

    async def ask(self, path: str) -> Page:
        """Open a page, whatever comes."""
        async with self._client() as client:
            return Page(await client.get(path))

    async def send(self, page: Page, action: str, **filled: str | Sequence[str]) -> Page:
        """Fill in a form of the page and send it."""
        return await self.send_form(page.form(action), **filled)

    async def send_form(
        self,
        form: Form,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        /,
        **filled: str | Sequence[str],
    ) -> Page:
        """Fill in this form and send it. `files`: name and content by field."""
        fields: Mapping[str, object] = {**form.fields, **filled}
        assert form.method == "post", "it changes something"
        async with self._client() as client:
            return Page(await client.post(form.action, data=fields, files=files))  # pyright: ignore[reportArgumentType]  (lists of values too)

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=self._address,
            cookies=self._cookies,
            headers=self._headers,
            follow_redirects=True,
            timeout=30,
            verify=BY_HTTP_ONLY,
        )


async def visitor_of(stack: Stack, key: str, *, language: str = LANGUAGE) -> Visitor:
    """A demo person in a browser, signed in."""
    me = await stack.people[key].read("/me")
    return await visitor_with(stack, UUID(me["account"]), language=language)


async def visitor_with(stack: Stack, account: UUID, *, language: str = LANGUAGE) -> Visitor:
    """Whoever's account this is."""
    sessions = Sessions(stack.runtime.pool)
    cookie = await sessions.start(account, method="password", at=datetime.now(UTC))
    return Visitor(stack.address, cookie, language)
