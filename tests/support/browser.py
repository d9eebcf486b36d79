"""A real Chromium, people in it, and what every page must fulfil."""

import json
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    async_playwright,
)

from services.api.access import COOKIES
from services.identity.sessions import Sessions
from tests.support.stack import Stack

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_IT = (
    "No Chromium on this machine: `apt-get install chromium`, or any Chrome on the PATH."
)
# As root there is no sandbox; nothing is to be sent to anybody.
OPTIONS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    # A page and axe live too short a time for what V8 spends to make them faster.
    "--js-flags=--no-turbofan --no-maglev --always-sparkplug",
)
ARTIFACTS = Path(__file__).parents[2] / "artifacts"
"""Where screenshots are kept. Not committed."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": RULES, "resultTypes": ["violations"]}
"""All that is in order it would list too, which takes longer than to look."""

IS_AXE_THERE = "typeof axe === 'object'"
LOOK = f"axe.run({json.dumps(AXE)}).then(found => found.violations)"

DESK, PHONE = (1280, 900), (360, 780)
ZOOMED = (640, 450)
"""A desk at 200 %: half as many pixels of CSS each way."""

HEAVIEST = 150_000
"""So many bytes a page may have with all it needs, compressed, if the browser knew nothing yet."""

MOST_MOVED = 0.1
"""What Chromium calls good of cumulative layout shift."""

WEIGHT = """["navigation", "resource"]
    .flatMap(kind => performance.getEntriesByType(kind))
    .reduce((sum, one) => sum + one.encodedBodySize, 0)"""

MOVED = """new Promise(tell => {
    let sum = 0
    const observer = new PerformanceObserver(seen => {
        for (const shift of seen.getEntries()) sum += shift.hadRecentInput ? 0 : shift.value
    })
    observer.observe({ type: "layout-shift", buffered: true })
    setTimeout(() => tell(sum), 100)
})"""


class Node(msgspec.Struct):
    """Where on the page a rule is violated."""

    target: list[Any]


class Violation(msgspec.Struct):
    """What axe found."""

    id: str
    help: str
    nodes: list[Node]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser of this machine. Skips the test, and says how to get one, if there is none."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(HOW_TO_GET_IT)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        try:
            yield browser
        finally:
            await browser.close()


IDLE: defaultdict[Hashable, list[Page]] = defaultdict(list)
"""Windows that nobody looks into, by their kind: to open one costs as much as to load ten pages."""


@dataclass
class Window:
    """A window of the browser, and what went wrong in it."""

    address: str
    page: Page
    kind: Hashable
    troubles: list[str] = field(default_factory=list[str])

    @property
    def notes(self) -> Mapping[Any, Callable[[Any], None]]:
        """What hears of trouble, by the event of the page."""
        return {
            "console": self._note_said,
            "pageerror": self._note_failure,
            "request": self._note_foreign,
        }

    async def visit(self, path: str) -> Response:
        """Go there, and wait until all has come."""
        answer = await self.page.goto(f"{self.address}{path}", wait_until="load")
        assert answer is not None
        return answer

    async def kept(self, name: str) -> None:
        """Keep a screenshot as `artifacts/<name>.png`."""
        ARTIFACTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)

    async def links(self) -> list[str]:
        """The addresses within the service that the page links to, without fragments."""
        found: list[str] = await self.page.eval_on_selector_all(
            "a[href]:not([download], svg a)", "links => links.map(link => link.href)"
        )
        inside = [urlsplit(link) for link in found if link.startswith(self.address)]
        return list(
            dict.fromkeys(f"{link.path}{'?' if link.query else ''}{link.query}" for link in inside)
        )

    async def close(self) -> None:
        """Wipe it, and leave it to whoever needs one like it next."""
        for event, note in self.notes.items():
            self.page.remove_listener(event, note)
        # A page of the same site, for another would take a process of its own.
        await self.visit("/health/live")
        await self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        await self.page.context.clear_cookies()
        wire = await self.page.context.new_cdp_session(self.page)
        await wire.send("Network.clearBrowserCache")
        await wire.detach()
        IDLE[self.kind].append(self.page)

    def _note_said(self, said: ConsoleMessage) -> None:
        # The status of a page is tested where it is the subject.
        if said.type == "error" and "Failed to load resource" not in said.text:
            self.troubles.append(f"console: {said.text}")

    def _note_failure(self, error: Error) -> None:
        self.troubles.append(f"script: {error}")

    def _note_foreign(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"asks {request.url}")


async def open_window(
    browser: Browser,
    stack: Stack,
    person: str | None,
    size: tuple[int, int] = DESK,
    *,
    unused: bool = False,
    **more: Any,
) -> Window:
    """A window in which this person is signed in; without one, nobody.

    One that was used and wiped does, unless it must be `unused`.
    """
    kind = (browser, *sorted(more.items()))
    idle = [] if unused else IDLE[kind]
    width, height = size
    page = idle.pop() if idle else await _new_page(browser, more)
    await page.set_viewport_size({"width": width, "height": height})
    if person is not None:
        await sign_in(page.context, stack, person)
    window = Window(stack.address, page, kind)
    for event, note in window.notes.items():
        page.on(event, note)
    return window


async def _new_page(browser: Browser, more: Mapping[str, Any]) -> Page:
    context = await browser.new_context(locale="de-DE", **more)
    return await context.new_page()


async def sign_in(context: BrowserContext, stack: Stack, person: str) -> None:
    """Give the browser a session of this demo person."""
    me = await stack.people[person].read("/me")
    sessions = Sessions(stack.runtime.pool)
    cookie = await sessions.start(UUID(me["account"]), method="password", at=datetime.now(UTC))
    await context.add_cookies([{"name": COOKIES[1], "value": cookie, "url": stack.address}])


async def flaws(window: Window) -> Sequence[str]:
    """What keeps people from using the page as it stands there: none, if all is well."""
    found: list[str] = []
    if not await window.page.evaluate(IS_AXE_THERE):
        await window.page.evaluate(AXE_SCRIPT)
    for violation in msgspec.convert(await window.page.evaluate(LOOK), list[Violation]):
        targets = [node.target for node in violation.nodes[:3]]
        found.append(f"axe {violation.id}: {violation.help} {targets}")
    return [*found, *await misfits(window)]


async def misfits(window: Window) -> Sequence[str]:
    """What is wrong with the page in a window of this size, as far as it is seen at once."""
    found = list(window.troubles)
    window.troubles.clear()
    headings = await window.page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} headlines")
    if await window.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


async def burdens(window: Window) -> Sequence[str]:
    """What makes the page slow or restless, as it was loaded: none, if all is well."""
    found: list[str] = []
    weight = await window.page.evaluate(WEIGHT)
    if weight > HEAVIEST:
        found.append(f"{weight} bytes, compressed")
    moved = await window.page.evaluate(MOVED)
    if moved >= MOST_MOVED:
        found.append(f"its layout shifts by {moved:.3f}")
    return found
