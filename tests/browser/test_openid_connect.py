"""Signing in and out with the account of one's administration, in a real browser."""

import socket
from collections.abc import AsyncIterator, Mapping

import pytest
from playwright.async_api import Browser, expect

from domain.directory.commands import RecordAddress
from services.runtime import Runtime
from services.settings import Settings
from tests.support.browser import PHONE, Window, flaws, open_window
from tests.support.oidc import mock
from tests.support.oidc_service import ACCOUNTS, KARIN, decide, with_provider
from tests.support.stack import Stack, serving

BUTTON = "Mit Kreiskonto anmelden"


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be started)
    runtime: Runtime,
    county: Mapping[str, str],
    settings: Settings,
) -> AsyncIterator[Stack]:
    """A service with a provider that knows Karin; both on this machine."""
    await decide(runtime, RecordAddress(account=ACCOUNTS["koordination"], address=KARIN))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    karin = {"sub": "karin", "email": KARIN, "email_verified": True}
    stranger = {"sub": "fremd", "email": "fremd@kreis.example", "email_verified": True}
    async with mock(karin, stranger) as issuer:
        told = with_provider(
            settings, issuer, public_url=f"http://127.0.0.1:{port}", oidc_name="Kreiskonto"
        )
        async with serving(runtime, told, county, port=port) as stack:
            yield stack


async def come_in(window: Window, who: str) -> None:
    """From the page one wanted, by the button, through the provider's own page."""
    await window.visit("/konto")
    await window.page.get_by_role("link", name=BUTTON).click()
    await window.page.get_by_role("button", name=who, exact=True).click()
    await window.page.wait_for_url(f"{window.address}/**")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_one_comes_in_by_the_button_and_leaves_on_both_sides(
    browser: Browser, stack: Stack, script: bool
) -> None:
    window = await open_window(browser, stack, None, java_script_enabled=script)
    await come_in(window, "karin")
    assert window.page.url == f"{stack.address}/konto"
    assert "Karin Koordination" in await window.page.content()

    await window.page.locator(".k-person summary").click()
    await window.page.get_by_role("button", name="Abmelden", exact=True).first.click()
    await expect(window.page.locator("h1")).to_have_text("Sie sind abgemeldet")
    await window.page.get_by_role("link", name="Auch bei meiner Verwaltung abmelden").click()
    await window.page.get_by_role("button", name="End session").click()
    await window.page.wait_for_url(f"{stack.address}/abgemeldet")
    await window.visit("/konto")
    assert "/anmelden" in window.page.url


async def test_every_page_on_the_way_is_usable(browser: Browser, stack: Stack) -> None:
    for size in ((1280, 900), PHONE):
        window = await open_window(browser, stack, None, size)
        await window.visit("/anmelden?weiter=/konto")
        assert await flaws(window) == []
        await window.kept(f"anmelden-mit-verwaltung-{size[0]}")
        await come_in(window, "fremd")
        await expect(window.page.locator("h1")).to_have_text("Sie sind hier noch nicht eingeladen")
        window.troubles = [trouble for trouble in window.troubles if not trouble.startswith("asks")]
        assert await flaws(window) == []
        await window.kept(f"nicht-eingeladen-{size[0]}")
        await come_in(window, "karin")
        await window.page.locator(".k-person summary").click()
        await window.page.get_by_role("button", name="Abmelden", exact=True).first.click()
        await expect(window.page.locator("h1")).to_have_text("Sie sind abgemeldet")
        window.troubles = [trouble for trouble in window.troubles if not trouble.startswith("asks")]
        assert await flaws(window) == []
        await window.kept(f"abgemeldet-{size[0]}")
