"""People who use the pages: they see, fill in what is there, send it, and follow where it leads."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from http import HTTPStatus
from uuid import UUID

import httpx

from services.api.access import COOKIES
from services.identity.sessions import Sessions
from tests.support.clients import BY_HTTP_ONLY
from tests.support.http import Person
from tests.support.stack import Stack

EMPTY = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
"""Elements without an end."""

UNSEEN = frozenset({"script", "style", "title", "head"})


@dataclass
class Element:
    """A part of a page with what is in it."""

    name: str
    attributes: Mapping[str, str]
    inside: list["Element | str"] = field(default_factory=list["Element | str"])

    def walk(self) -> Iterator["Element"]:
        """This element and all within, in reading order."""
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.walk()

    def all(self, name: str, /, **attributes: str) -> list["Element"]:
        """The elements of this name with these attributes; `class_` and `data_x` as Python asks."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            one
            for one in self.walk()
            if one.name == name
            and all(one.attributes.get(key) == value for key, value in wanted.items())
        ]

    @property
    def text(self) -> str:
        """What one reads, with single blanks."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            elif part.name not in UNSEEN:
                # Inline elements run on; all others stand apart.
                apart = "" if part.name in {"a", "b", "code", "del", "em", "ins", "span"} else " "
                yield apart + "".join(part._texts()) + apart


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("document", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].name == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


class View:
    """A page as it came."""

    def __init__(self, answer: httpx.Response) -> None:
        reader = _Reader()
        reader.feed(answer.text)
        self.root = reader.root
        self.status = HTTPStatus(answer.status_code)
        self.path = answer.url.path
        self.query = dict(answer.url.params)
        self.headers = answer.headers
        self.source = answer.text

    @property
    def main(self) -> Element:
        """What the page itself says, without the frame."""
        return self.root.all("main")[0]

    @property
    def text(self) -> str:
        return self.main.text

    @property
    def headline(self) -> str:
        """The one headline."""
        [only] = self.root.all("h1")
        return only.text

    @property
    def alerts(self) -> list[str]:
        """What the page warns of or refuses."""
        return [one.text for one in self.main.all("div", role="alert")]

    def links(self, label: str) -> list[str]:
        """Where the links with this label lead."""
        return [one.attributes["href"] for one in self.main.all("a") if one.text == label]

    def link(self, label: str) -> str:
        """Where the only link with this label leads."""
        found = set(self.links(label))
        assert len(found) == 1, f"{label!r} among {[a.text for a in self.main.all('a')]}"
        return found.pop()

    def form(self, button: str) -> "Form":
        """The form with this button."""
        for form in self.main.all("form"):
            for one in form.all("button"):
                if button in {one.text, one.attributes.get("aria-label")}:
                    return Form(self.path, form, one)
        raise AssertionError(f"no button {button!r} on {self.path}: {self.text[:500]}")


class Form:
    """A form with what stands in it."""

    def __init__(self, path: str, element: Element, button: Element) -> None:
        self.method = element.attributes.get("method", "get").lower()
        self.action = element.attributes.get("action") or path
        self.fields = list(_fields(element))
        name = button.attributes.get("name")
        self.button = [(name, button.attributes.get("value", ""))] if name else []

    def value(self, name: str) -> str:
        """What stands in a field."""
        return next(value for field_name, value in self.fields if field_name == name)

    def filled(self, answers: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
        """The fields as they are sent, with these typed or chosen."""
        kept = [(name, value) for name, value in self.fields if name not in answers]
        for name, value in answers.items():
            values = [value] if isinstance(value, str) else list(value)
            kept += [(name, one) for one in values]
        return kept + self.button


def _fields(form: Element) -> Iterator[tuple[str, str]]:
    for one in form.walk():
        name = one.attributes.get("name")
        if not name:
            continue
        match one.name, one.attributes.get("type"):
            case "input", "radio" | "checkbox":
                if "checked" in one.attributes:
                    yield name, one.attributes.get("value", "on")
            case "input", "file":
                pass
            case "input", _:
                yield name, one.attributes.get("value", "")
            case "textarea", _:
                yield name, "".join(part for part in one.inside if isinstance(part, str))
            case "select", _:
                options = one.all("option")
                chosen = [o for o in options if "selected" in o.attributes] or options[:1]
                yield from ((name, o.attributes.get("value", o.text)) for o in chosen)
            case _:
                pass


class Visitor:
    """Somebody at the pages, signed in with a session of their own."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self.browser = browser

    async def see(self, path: str, **query: str) -> View:
        """The page there, wherever it leads."""
        headers = {"Accept": "text/html"}
        answer = await self.browser.get(path, params=query or None, headers=headers)
        return View(answer)

    async def send(
        self, form: Form, answers: Mapping[str, str | Sequence[str]] | None = None
    ) -> View:
        """Send the form with these fields filled in, and see where it leads."""
        filled = form.filled(answers or {})
        if form.method == "get":
            return View(
                await self.browser.get(form.action, params=httpx.QueryParams(tuple(filled)))
            )
        data: dict[str, list[str]] = {}
        for name, value in filled:
            data.setdefault(name, []).append(value)
        return View(
            await self.browser.post(form.action, data=data, headers={"Accept": "text/html"})
        )


@asynccontextmanager
async def visiting(
    stack: Stack, who: str | Person, *, language: str = "de"
) -> AsyncIterator[Visitor]:
    """Somebody of the county, by key or in person, signed in at the pages."""
    person = stack.people[who] if isinstance(who, str) else who
    me = await person.read("/me")
    sessions = Sessions(stack.runtime.pool)
    cookie = await sessions.start(UUID(me["account"]), method="password", at=datetime.now(UTC))
    async with httpx.AsyncClient(
        base_url=stack.address,
        cookies={COOKIES[1]: cookie},
        headers={"Accept-Language": language},
        follow_redirects=True,
        timeout=30,
        verify=BY_HTTP_ONLY,
    ) as browser:
        yield Visitor(browser)
