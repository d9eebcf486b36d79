"""The pages about companies' reports, usable at every size and without a flaw axe knows."""

from collections.abc import AsyncIterator, Sequence

import pytest
from playwright.async_api import Browser

from services.runtime import Runtime
from services.settings import Settings
from tests.support.browser import DESK, PHONE, ZOOMED, flaws, open_window
from tests.support.company_reports import referred, told, triaged
from tests.support.stack import Stack, serving

HERE = "/meldungen"


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
) -> AsyncIterator[Stack]:
    async with serving(runtime, settings, county) as stack:
        yield stack


@pytest.mark.timeout(300)
async def test_the_pages_of_reports_are_usable_at_every_size(
    stack: Stack, browser: Browser
) -> None:
    made = [await told(stack), await triaged(stack), await referred(stack)]
    new, looked_at, asked = (f"{HERE}/{path.rpartition('/')[2]}" for path in made)
    window = await open_window(browser, stack, "koordination")
    found: dict[str, Sequence[str]] = {}
    for path in (HERE, f"{HERE}/neu", new, looked_at, asked, f"{new}/aendern"):
        await window.visit(path)
        for width, height in (PHONE, ZOOMED, DESK):
            await window.page.set_viewport_size({"width": width, "height": height})
            found[f"{path} at {width} px"] = await flaws(window)
    assert not any(found.values()), {where: what for where, what in found.items() if what}
    await window.close()
