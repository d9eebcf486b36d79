"""Signing in as people do it: by keyboard, on a phone, without script; each page on the way."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Browser
from pyotp.totp import TOTP

from domain.directory.commands import RecordAddress
from services.identity.links import Links
from services.identity.passwords import Passwords
from services.identity.principal import CONSOLE
from services.orders import Order
from services.runtime import Runtime
from services.settings import Settings
from tests.support.browser import DESK, PHONE, ZOOMED, Window, flaws, open_window
from tests.support.passwords import QUICK
from tests.support.stack import Stack, serving

ADDRESS = "jana@jobcenter.example"
GOOD = "zwei Hunde bellen nachts"
OTHER = "drei Katzen schweigen am Tag"


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
) -> AsyncIterator[Stack]:
    async with serving(runtime, settings, county) as stack:
        yield stack


@pytest.fixture
async def jana(stack: Stack) -> UUID:
    """Jana of the Jobcenter, with an address and a password."""
    account = UUID((await stack.jobcenter.read("/me"))["account"])
    now = datetime.now(UTC)
    await stack.runtime.desk.handle(
        Order(
            command=RecordAddress(account=account, address=ADDRESS),
            command_id=uuid4(),
            principal=CONSOLE,
            at=now,
            correlation="test",
        )
    )
    await stack.runtime.read_models.reached(await stack.head())
    await Passwords(stack.runtime.pool, QUICK).keep(account, GOOD, now)
    return account


async def headline(window: Window) -> str:
    return await window.page.locator("h1").inner_text()


async def press(window: Window, label: str) -> None:
    await window.page.get_by_role("button", name=label, exact=True).click()
    await window.page.wait_for_load_state("load")


async def sign_in(window: Window, password: str = GOOD) -> None:
    await window.visit("/anmelden")
    await window.page.get_by_label("E-Mail-Adresse").fill(ADDRESS)
    await window.page.get_by_label("Passwort", exact=True).fill(password)
    await press(window, "Anmelden")


async def is_usable(window: Window, name: str) -> None:
    """Nothing is wrong with the page as it stands there, however it is looked at."""
    found = {size: await _flaws_at(window, size) for size in (PHONE, ZOOMED, DESK)}
    await window.kept(f"anmelden-{name}")
    assert not any(found.values()), (name, found)


async def _flaws_at(window: Window, size: tuple[int, int]) -> list[str]:
    await window.page.set_viewport_size({"width": size[0], "height": size[1]})
    return list(await flaws(window))


@pytest.mark.usefixtures("jana")
async def test_by_keyboard_alone_one_gets_in_and_out(stack: Stack, browser: Browser) -> None:
    window = await open_window(browser, stack, None)
    await window.visit("/anmelden?weiter=/konto")
    keyboard, focused = window.page.keyboard, window.page.locator("*:focus")
    for _ in range(15):
        await keyboard.press("Tab")
        if await focused.get_attribute("id") == "address":
            break
    await keyboard.type(ADDRESS)
    await keyboard.press("Tab")
    await keyboard.type(GOOD)
    await keyboard.press("Enter")
    await window.page.wait_for_url(f"{stack.address}/konto")
    assert await headline(window) == "Sie sind als Jana Jobcenter (erfunden) angemeldet"
    menu = window.page.locator(".k-person summary")
    await menu.focus()
    await keyboard.press("Enter")
    out = window.page.get_by_role("button", name="Abmelden", exact=True)
    for _ in range(5):
        await keyboard.press("Tab")
        if await out.evaluate("button => button === document.activeElement"):
            break
    await keyboard.press("Enter")
    await window.page.wait_for_function("document.querySelector('h1').innerText.includes('abgem')")
    assert not await window.page.context.cookies()
    await window.close()


@pytest.mark.usefixtures("jana")
async def test_without_script_and_on_a_phone_one_gets_in_too(
    stack: Stack, browser: Browser
) -> None:
    window = await open_window(browser, stack, None, PHONE, java_script_enabled=False)
    await sign_in(window)
    await window.visit("/konto")
    assert "Jana" in await headline(window)
    await window.close()


@pytest.mark.usefixtures("jana")
async def test_a_mistake_is_said_where_one_looks_and_keeps_the_address(
    stack: Stack, browser: Browser
) -> None:
    window = await open_window(browser, stack, None)
    await sign_in(window, OTHER)
    alert = window.page.get_by_role("alert")
    assert "hat nicht geklappt" in await alert.inner_text()
    assert await alert.evaluate("alert => alert === document.activeElement")
    assert await window.page.get_by_label("E-Mail-Adresse").input_value() == ADDRESS
    assert await window.page.get_by_label("Passwort", exact=True).input_value() == ""
    await is_usable(window, "misslungen")
    for _ in range(5):
        await sign_in(window, OTHER)
    assert "Bitte warten Sie" in await window.page.get_by_role("alert").inner_text()
    await is_usable(window, "pause")
    await window.close()


@pytest.mark.timeout(400)
async def test_a_second_step_is_set_up_used_and_recovered(
    stack: Stack, browser: Browser, jana: UUID
) -> None:
    window = await open_window(browser, stack, None)
    await sign_in(window)
    await window.visit("/konto")
    await window.page.get_by_role("link", name="Zweiten Schritt einrichten").click()
    await is_usable(window, "zweiter-schritt")
    picture = window.page.get_by_role("img", name="QR-Code")
    assert await picture.evaluate("image => image.naturalWidth") > 100
    secret = (await window.page.locator("code").inner_text()).replace(" ", "")
    await window.page.get_by_label("Sechsstelliger Code").fill(TOTP(secret).now())
    await window.page.get_by_label("Ihr jetziges Passwort").fill(OTHER)
    await press(window, "Zweiten Schritt einschalten")
    await is_usable(window, "zweiter-schritt-misslungen")
    await window.page.get_by_label("Sechsstelliger Code").fill(TOTP(secret).now())
    await window.page.get_by_label("Ihr jetziges Passwort").fill(GOOD)
    await press(window, "Zweiten Schritt einschalten")
    assert await headline(window) == "Bewahren Sie diese Notfallcodes gut auf"
    await is_usable(window, "notfallcodes")
    code = await window.page.locator("code").first.inner_text()
    await window.visit("/konto/zweiter-faktor")
    await is_usable(window, "zweiter-schritt-ein")

    other = await open_window(browser, stack, None)
    await sign_in(other)
    assert await headline(other) == "Geben Sie jetzt den Code aus Ihrer App ein"
    await is_usable(other, "code")
    await other.page.get_by_label("Sechsstelliger Code").fill("000000")
    await press(other, "Anmelden")
    await is_usable(other, "code-misslungen")
    await other.page.get_by_label("Sechsstelliger Code").fill(code)
    await press(other, "Anmelden")
    await other.visit("/konto")
    assert "Jana" in await headline(other)
    assert "7 Notfallcodes" in await other.page.locator("main").inner_text()
    await is_usable(other, "konto")
    assert jana
    for opened in (window, other):
        await opened.close()


async def test_links_from_a_mail_say_what_they_are_for(
    stack: Stack, browser: Browser, jana: UUID
) -> None:
    links, now = Links(stack.runtime.pool), datetime.now(UTC)
    good = await links.create(jana, purpose="invitation", target="/konto/passwort", at=now)
    reset = await links.create(jana, purpose="password-reset", target="/", at=now)
    before = now - timedelta(days=60)
    old = await links.create(jana, purpose="consultation", target="/aufgaben", at=before)
    window = await open_window(browser, stack, None)
    await window.visit(f"/anmelden/link/{good}")
    await is_usable(window, "link")
    await press(window, "Als Jana Jobcenter (erfunden) anmelden")
    assert await headline(window) == "Ändern Sie Ihr Passwort"
    await is_usable(window, "passwort")

    other = await open_window(browser, stack, None)
    await other.visit(f"/anmelden/link/{old}")
    await is_usable(other, "alter-link")
    await press(other, "Neuen Link anfordern")
    await is_usable(other, "verschickt")
    await other.visit(f"/anmelden/link/{reset}")
    await other.page.get_by_label("Neues Passwort", exact=True).fill("Passwort1234")
    await other.page.get_by_label("Neues Passwort noch einmal").fill("Passwort1234")
    await press(other, "Passwort speichern")
    await is_usable(other, "neues-passwort-misslungen")
    await other.page.get_by_label("Neues Passwort", exact=True).fill(OTHER)
    await other.page.get_by_label("Neues Passwort noch einmal").fill(OTHER)
    await press(other, "Passwort speichern")
    assert "Ihr neues Passwort gilt" in await other.page.get_by_role("status").last.inner_text()
    await is_usable(other, "neues-passwort")
    for opened in (window, other):
        await opened.close()


@pytest.mark.usefixtures("jana")
async def test_the_security_log_is_a_table_that_can_be_read_on_a_phone(
    stack: Stack, browser: Browser
) -> None:
    window = await open_window(browser, stack, None)
    for password in (OTHER, GOOD):
        await sign_in(window, password)
    auditor = await open_window(browser, stack, "revision")
    await auditor.visit("/revision/sicherheit")
    await is_usable(auditor, "sicherheitsprotokoll")
    rows = await auditor.page.locator("tbody tr").all_inner_texts()
    assert len(rows) == 2
    assert "Angemeldet" in rows[0]
    assert "Anmeldung misslungen" in rows[1]
    await auditor.page.get_by_label("Ereignis").select_option("signed-in")
    await press(auditor, "Auswahl anzeigen")
    assert await auditor.page.locator("tbody tr").count() == 1
    for opened in (window, auditor):
        await opened.close()
