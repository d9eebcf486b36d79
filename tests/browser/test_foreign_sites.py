"""A page of somebody else tries to act as whoever looks at it, in a real browser."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, Page

from domain.directory.commands import RecordAddress
from services.api.access import COOKIES
from services.identity.passwords import Passwords
from services.runtime import Runtime
from services.settings import Settings
from services.web.assets import addresses
from tests.support.browser import Window, open_window
from tests.support.oidc_service import ACCOUNTS, KARIN, decide
from tests.support.passwords import QUICK
from tests.support.servers import started
from tests.support.stack import Stack, serving

PASSWORD = "zwei Hunde bellen nachts"


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be started)
    runtime: Runtime,
    county: Mapping[str, str],
    settings: Settings,
) -> AsyncIterator[Stack]:
    """A service in which Karin has a password."""
    account = ACCOUNTS["koordination"]
    await decide(runtime, RecordAddress(account=account, address=KARIN))
    await Passwords(runtime.pool, QUICK).keep(account, PASSWORD, datetime.now(UTC))
    async with serving(runtime, settings, county) as stack:
        yield stack


@pytest.fixture
async def evil(stack: Stack) -> AsyncIterator[str]:
    """The other site."""
    async with started("tests.support.evil", stack.address, addresses()["kern.min.css"]) as address:
        yield address


async def said(page: Page) -> str:
    """The title of the other site's page, once it has one."""
    await page.wait_for_function("document.title !== ''")
    return await page.title()


async def cookies(window: Window) -> list[str]:
    kept = await window.page.context.cookies(window.address)
    return [cookie.get("name", "") for cookie in kept]


async def test_it_signs_nobody_in(browser: Browser, stack: Stack, evil: str) -> None:
    window = await open_window(browser, stack, None)
    await window.page.goto(f"{evil}/sign-in")
    await window.page.wait_for_url(f"{stack.address}/**")
    assert await cookies(window) == []
    assert await window.page.locator("h1").count() == 1, "the person reads what happened"

    await window.visit("/anmelden")
    await window.page.get_by_label("E-Mail-Adresse").fill(KARIN)
    await window.page.locator("input[name=password]").fill(PASSWORD)
    await window.page.locator("main form button").click()
    await window.page.wait_for_url(f"{stack.address}/aufgaben")
    assert await cookies(window) == [COOKIES[1]], "the same is taken from our own page"


async def test_it_signs_nobody_out(browser: Browser, stack: Stack, evil: str) -> None:
    window = await open_window(browser, stack, "jobcenter")
    await window.page.goto(f"{evil}/sign-out")
    await window.page.wait_for_url(f"{stack.address}/**")
    await window.visit("/aufgaben")
    assert window.page.url == f"{stack.address}/aufgaben"


async def test_it_frames_nothing(browser: Browser, stack: Stack, evil: str) -> None:
    window = await open_window(browser, stack, "jobcenter")
    await window.page.goto(f"{evil}/frame")
    assert await said(window.page) == "loaded"
    inner = window.page.frames[1]
    assert not inner.url.startswith(stack.address)
    assert any("frame-ancestors" in trouble for trouble in window.troubles)


async def test_it_reads_and_embeds_nothing(browser: Browser, stack: Stack, evil: str) -> None:
    window = await open_window(browser, stack, "jobcenter")
    await window.page.goto(f"{evil}/read")
    assert await said(window.page) == "nothing read"
    await window.page.goto(f"{evil}/embed")
    assert await said(window.page) == "refused refused refused"


async def test_it_keeps_no_hold_of_a_window_it_opens(
    browser: Browser, stack: Stack, evil: str
) -> None:
    window = await open_window(browser, stack, "jobcenter")
    await window.page.goto(f"{evil}/open")
    async with window.page.expect_popup() as opened:
        await window.page.get_by_role("button").click()
    popup = await opened.value
    await popup.wait_for_url(f"{stack.address}/**")
    assert await said(window.page) == "out of reach"


async def test_a_script_that_came_into_a_page_does_not_run(browser: Browser, stack: Stack) -> None:
    window = await open_window(browser, stack, "jobcenter")
    await window.visit("/aufgaben")
    await window.page.evaluate(
        """() => {
            const script = document.createElement("script")
            script.textContent = "document.title = 'run'"
            document.body.append(script)
            const image = document.createElement("div")
            image.innerHTML = '<img src="/none" onerror="document.title = `run`">'
            document.body.append(image)
        }"""
    )
    await window.page.wait_for_timeout(300)
    assert await window.page.title() != "run"
    assert sum("script-src" in trouble for trouble in window.troubles) == 2
