"""The pages about companies' reports, usable at every size and without a flaw axe knows."""

from collections.abc import AsyncIterator, Sequence

import pytest
from playwright.async_api import Browser

from services.runtime import Runtime
from services.settings import Settings
from tests.services.api.test_report_matches import entered
from tests.support.browser import DESK, PHONE, ZOOMED, flaws, open_window
from tests.support.company_reports import referred, told, triaged
from tests.support.course_lists import iso
from tests.support.course_pools import formed_pool, proposed_pool, report_of
from tests.support.pool_searches import ended, started
from tests.support.stack import Stack, serving

HERE = "/meldungen"
SHARED = f"{HERE}/kurse-gemeinsam"


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
    paths = (HERE, f"{HERE}/neu", new, looked_at, asked, f"{new}/aendern")
    await are_usable(stack, browser, *paths)


@pytest.mark.timeout(300)
async def test_the_pages_of_matches_and_shared_courses_are_usable_at_every_size(
    stack: Stack, browser: Browser
) -> None:
    for days in (30, 200):
        await entered(stack, starts_on=iso(days), begins="17:30", ends="20:00")
    one, _ = [await triaged(stack, name=name) for name in ("Bau Egge", "Bau Lippe")]
    search = await started(stack)
    await ended(stack, search)
    pools = [await proposed_pool(stack), await formed_pool(stack)]
    paths = (
        f"{HERE}/{report_of(one)}/angebote",
        SHARED,
        f"{SHARED}/neu",
        f"{SHARED}/suche/{report_of(search)}",
        *(f"{SHARED}/{report_of(pool)}" for pool in pools),
    )
    await are_usable(stack, browser, *paths)


async def test_a_search_for_shared_courses_shows_its_result_without_being_asked(
    stack: Stack, browser: Browser
) -> None:
    for name in ("Bau Egge", "Bau Lippe"):
        await triaged(stack, name=name)
    window = await open_window(browser, stack, "koordination")
    await window.visit(SHARED)
    await window.page.get_by_role("button", name="Gemeinsame Kurse suchen").press("Enter")
    propose = window.page.get_by_role("button", name="Gemeinsamen Kurs vorschlagen")
    await propose.first.press("Enter")
    await window.page.wait_for_url(f"{stack.address}{SHARED}/*?ab=*")
    told = await window.page.locator("h1").inner_text()
    assert told == "2 von 2 Unternehmen haben noch nicht geantwortet"
    await window.close()


async def are_usable(stack: Stack, browser: Browser, *paths: str) -> None:
    window = await open_window(browser, stack, "koordination")
    found: dict[str, Sequence[str]] = {}
    for path in paths:
        answer = await window.visit(path)
        assert answer.ok, path
        for width, height in (PHONE, ZOOMED, DESK):
            await window.page.set_viewport_size({"width": width, "height": height})
            found[f"{path} at {width} px"] = await flaws(window)
    assert not any(found.values()), {where: what for where, what in found.items() if what}
    await window.close()
