"""People before a window of the browser: with mouse or finger, or with nothing but a keyboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from re import Pattern
from typing import Any, NamedTuple

from playwright.async_api import Browser, FilePayload, Locator, Position, expect

from tests.support.browser import DESK, PHONE, ZOOMED, Window, flaws, misfits, open_window
from tests.support.stack import Stack

Name = str | Pattern[str]

PATIENCE = 20_000
"""So many milliseconds one waits for what comes by itself."""

MOST_TIMES = 50
"""So often one looks again."""

MOST_STOPS = 400
"""So often the tab key is pressed before one gives up."""

THUMB = 16
"""So many pixels of a slider are its handle."""

MOST_IN_ONE = 8
"""A field of a date has so many stops within it, at most."""

FOCUS = """wanted => {
    const here = document.activeElement
    const marks = (element, part) => {
        const style = getComputedStyle(element, part)
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        return outlined || style.boxShadow !== "none"
    }
    // A date's own button is marked by the browser: the focus is in the field, not at it.
    const own = here.type === "date" && !here.matches(":focus")
    const around = here.closest(".kern-form-check, .kern-form-input__select-wrapper")
    const drawn = [here, around, here.nextElementSibling].filter(Boolean)
        .flatMap(one => [null, "::before", "::after"].map(part => [one, part]))
    const box = here.getBoundingClientRect()
    return {
        there: here === wanted,
        seen: own || drawn.some(one => marks(...one)),
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        what: here.outerHTML.slice(0, 150),
    }
}"""
"""Whether the focus is where it is wanted, and whether one sees where it is."""

SAME_GROUP = """wanted => {
    const here = document.activeElement
    return here.type === "radio" && here.name === wanted.name && here.form === wanted.form
}"""


class Way(NamedTuple):
    """How somebody uses the browser."""

    name: str
    size: tuple[int, int] = DESK
    script: bool = True
    keyboard: bool = False


AT_A_DESK = Way("at a desk")
WAYS = (
    AT_A_DESK,
    Way("on a phone", PHONE),
    Way("at 200 %", ZOOMED),
    Way("by keyboard alone", keyboard=True),
    Way("without script", script=False),
)


@dataclass
class Hands:
    """Somebody who works in a window. What they name is what they read there."""

    window: Window
    way: Way

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.window.page.locator("main")

    async def goes_to(self, path: str) -> None:
        """By an address that was mailed or kept."""
        await self.window.visit(path)
        await self._arrives()

    async def goes_to_area(self, name: str) -> None:
        """By the menu, which is folded where there is little room."""
        navigation = self.window.page.get_by_role("navigation", name="Bereiche")
        folded = navigation.locator("summary")
        if await folded.is_visible():
            await self._activate(folded)
        await self._leave_by(navigation.get_by_role("link", name=name, exact=True))

    async def reads(self) -> str:
        """The headline."""
        return await self.window.page.locator("h1").inner_text()

    async def reads_all(self) -> str:
        """The whole page without its frame."""
        return await self.main.inner_text()

    async def follows(self, name: Name, *, among: str = "main") -> None:
        """A link; the first of this name."""
        place = self.window.page.locator(among)
        await self._leave_by(place.get_by_role("link", name=name, exact=_exactly(name)).first)

    async def presses(self, name: Name, *, among: str = "main") -> None:
        """A button that sends something; the first of this name."""
        place = self.window.page.locator(among)
        await self._leave_by(place.get_by_role("button", name=name, exact=_exactly(name)).first)

    async def waits_for(self, words: str, *, or_follows: str) -> None:
        """A headline with these words, which comes by itself; without script, by that link."""
        headline = self.window.page.locator("h1")
        if self.way.script:
            await expect(headline).to_contain_text(words, timeout=PATIENCE)
            return
        for _ in range(MOST_TIMES):
            if words in await self.reads():
                return
            await self.window.page.wait_for_timeout(200)
            await self.follows(or_follows)
        raise AssertionError(f"{words} did not come")

    async def unfolds(self, name: Name, *, among: str = "main") -> None:
        """What is folded away under these words."""
        summary = self.window.page.locator(among).locator("summary").filter(has_text=name).first
        await self._activate(summary)

    async def types(self, label: Name, text: str) -> None:
        """Into a field, in place of what stands there."""
        field = self.main.get_by_label(label, exact=_exactly(label))
        if not self.way.keyboard:
            await field.fill(text)
            return
        await self._reach(field)
        await self.window.page.keyboard.press("ControlOrMeta+A")
        await self.window.page.keyboard.type(text)
        assert await field.input_value() == text

    async def chooses(self, label: Name, option: str) -> None:
        """One of a list that opens."""
        field = self.main.get_by_label(label, exact=_exactly(label))
        if not self.way.keyboard:
            await field.select_option(label=option)
            return
        await self._reach(field)
        for _ in range(await field.locator("option").count()):
            if await field.evaluate("field => field.selectedOptions[0].label.trim()") == option:
                return
            await self.window.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} has no {option}, or not for the arrow keys")

    async def ticks(self, label: Name, *, group: Name | None = None) -> None:
        """A box, or one of several choices; `group` is what stands above them."""
        place = self.main
        if group is not None:
            place = place.get_by_role("group", name=group, exact=_exactly(group))
        box = place.get_by_label(label, exact=_exactly(label)).first
        if not self.way.keyboard:
            await box.check()
        elif await box.get_attribute("type") == "radio":
            await self._reach(box, is_there=SAME_GROUP)
            for _ in range(MOST_IN_ONE):
                if await box.is_checked():
                    break
                await self.window.page.keyboard.press("ArrowDown")
        else:
            await self._reach(box)
            await self.window.page.keyboard.press("Space")
        assert await box.is_checked()

    async def hands_in(self, label: Name, name: str, content: bytes) -> None:
        """A file of theirs."""
        field = self.main.get_by_label(label, exact=_exactly(label))
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        async with self.window.page.expect_file_chooser() as opened:
            await self._activate(field)
        await (await opened.value).set_files(file)

    async def slides(self, label: Name, *, to: int) -> None:
        """A slider to its step; with script, letting go of it shows that step."""
        slider = self.main.get_by_label(label)
        if self.way.keyboard:
            await self._reach(slider)
            while int(await slider.input_value()) > to:
                await self.window.page.keyboard.press("ArrowLeft")
        else:
            await self._slide_with_mouse(slider, to)
        if not self.way.script or self.way.keyboard:
            await self.presses("Diesen Schritt zeigen")

    async def _slide_with_mouse(self, slider: Locator, to: int) -> None:
        box = await slider.bounding_box()
        assert box is not None
        low, high = [int(await slider.get_attribute(end) or 0) for end in ("min", "max")]
        along = THUMB / 2 + (to - low) / (high - low) * (box["width"] - THUMB)
        spot = Position(x=along, y=box["height"] / 2)
        if self.way.script:
            async with self.window.page.expect_navigation():
                await slider.click(position=spot)
            await self._arrives()
        else:
            await slider.click(position=spot)
            assert int(await slider.input_value()) == to

    async def _leave_by(self, way_out: Locator) -> None:
        if self.way.keyboard:
            await self._reach(way_out)
        async with self.window.page.expect_navigation(wait_until="load"):
            if self.way.keyboard:
                await self.window.page.keyboard.press("Enter")
            else:
                await way_out.click()
        await self._arrives()

    async def _activate(self, element: Locator) -> None:
        if self.way.keyboard:
            await self._reach(element)
            await self.window.page.keyboard.press("Enter")
        else:
            await element.click()

    async def _reach(self, wanted: Locator, *, is_there: str | None = None) -> None:
        """By the tab key, past the frame by the link for that. One sees the focus all the way."""
        page = self.window.page
        target = await wanted.element_handle()
        focus: dict[str, Any] = await page.evaluate(FOCUS, target)
        stayed = 0
        for _ in range(MOST_STOPS):
            if focus["there"] or (is_there and await page.evaluate(is_there, target)):
                return
            before = focus["what"]
            await page.keyboard.press("Tab")
            focus = await page.evaluate(FOCUS, target)
            stayed = stayed + 1 if focus["what"] == before else 0
            assert stayed < MOST_IN_ONE, f"no way on from {before}"
            if focus["what"].startswith("<body"):
                continue
            assert focus["seen"], f"one does not see that the focus is at {focus['what']}"
            assert focus["inside"], f"out of sight: {focus['what']}"
            if "k-skip" in focus["what"] and await target.evaluate("e => !!e.closest('main')"):
                await page.keyboard.press("Enter")
        raise AssertionError(f"{wanted} is not reached by the tab key")

    async def _arrives(self) -> None:
        """Every page has its headline and needs no scrolling sideways.

        At a desk it is looked at more closely: it may be one that only sending something leads to.
        """
        look = flaws if self.way.name == AT_A_DESK.name else misfits
        found = await look(self.window)
        assert not found, f"{self.window.page.url}: {found}"


@asynccontextmanager
async def at_work(
    browser: Browser, stack: Stack, person: str | None, way: Way
) -> AsyncIterator[Hands]:
    """Somebody before a window of their own. Nothing may go wrong in it meanwhile."""
    window = await open_window(
        browser,
        stack,
        person,
        way.size,
        java_script_enabled=way.script,
        reduced_motion="reduce",  # what gets the focus is in sight at once
    )
    yield Hands(window, way)
    assert not window.troubles
    await window.close()


def _exactly(name: Name) -> bool | None:
    """Words are the whole name; a pattern says itself what it matches."""
    return True if isinstance(name, str) else None
