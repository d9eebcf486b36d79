"""Pages to which only a setting, or a retest months later, leads; they are as usable as others."""

from collections.abc import AsyncIterator

import msgspec
import pytest
from playwright.async_api import Browser

from services.runtime import Runtime
from services.settings import Settings
from tests.support.browser import DESK, PHONE, ZOOMED, Window, burdens, flaws, open_window
from tests.support.own_class import own_class, sat_twice
from tests.support.stack import Stack, serving


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Members of organisations need a second factor."""
    return msgspec.structs.replace(settings, second_factor="organisation-member")


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
) -> AsyncIterator[Stack]:
    async with serving(runtime, settings, county) as stack:
        yield stack


async def is_usable(window: Window, name: str) -> None:
    assert await burdens(window) == []
    found: dict[str, object] = {}
    for width, height in (PHONE, ZOOMED, DESK):
        await window.page.set_viewport_size({"width": width, "height": height})
        found[f"{width} px"] = await flaws(window)
    await window.kept(name)
    assert not any(found.values()), found


async def test_whoever_must_set_up_a_second_factor_is_told_so_on_a_usable_page(
    stack: Stack, browser: Browser
) -> None:
    window = await open_window(browser, stack, "jobcenter")
    await window.visit("/aufgaben")
    assert window.page.url == f"{stack.address}/konto/zweiter-faktor?weiter=/aufgaben"
    told = await window.page.locator("main").inner_text()
    assert "Für Ihre Rolle ist der zweite Schritt vorgeschrieben" in told
    await is_usable(window, "zweiter-schritt-vorgeschrieben")
    await window.close()


async def test_the_change_from_the_first_test_to_the_retest_is_shown_on_a_usable_page(
    stack: Stack, browser: Browser
) -> None:
    again = await sat_twice(await own_class(stack))
    await stack.runtime.read_models.reached(await stack.head())
    window = await open_window(browser, stack, "berufskolleg")
    await window.visit(f"/erhebungen/klassen/{again.id}/{again.round}/vergleich")
    assert "3 von 3 Lernenden" in await window.page.locator("h1").inner_text()
    await is_usable(window, "vergleich")
    await window.close()
