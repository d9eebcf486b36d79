"""The way of a company from the form to the page of its report, at every size, and by keyboard."""

from asyncio import StreamReader, StreamWriter, start_server
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

import msgspec
import pytest
from playwright.async_api import Browser

from services.api.examples.company_intake import CONTENT
from services.intake.limits import WITHOUT_PROOF
from services.runtime import Runtime
from services.settings import Settings
from services.web.reporting.steps import STEPS, Step
from tests.support.browser import DESK, PHONE, ZOOMED, Window, burdens, flaws, open_window
from tests.support.report_form import FILLED, fill_in, mailed_token, opened_at, stamp
from tests.support.sharing_firms import BAKERY, CARE, METAL, asked_in
from tests.support.stack import Stack, serving


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
    found: dict[str, Sequence[str]] = {}
    for width, height in (PHONE, ZOOMED, DESK):
        await window.page.set_viewport_size({"width": width, "height": height})
        found[f"{width} px"] = await flaws(window)
    await window.kept(f"melden-{name}")
    assert not any(found.values()), (name, found)


async def press(window: Window, label: str) -> None:
    async with window.page.expect_navigation():
        await window.page.get_by_role("button", name=label, exact=True).click()


async def to_the_end(window: Window, started: str, *, look: bool) -> None:
    """Through all steps, as if the form had been opened a while ago."""
    await window.visit("/melden")
    async with window.page.expect_navigation():
        await window.page.get_by_role("link", name="Jetzt melden").click()
    await opened_at(window.page, started)
    for step in STEPS[:-1]:
        if look:
            await is_usable(window, step)
        await fill_in(window.page, step)
        await press(window, "Weiter")


@pytest.mark.timeout(600)
async def test_every_page_of_a_report_is_usable_at_every_size(
    stack: Stack, browser: Browser
) -> None:
    window = await open_window(browser, stack, None)
    started = await stamp(stack)
    await to_the_end(window, started, look=True)
    await is_usable(window, "pruefen")
    await press(window, "Meldung absenden")
    await window.visit(f"/melden/bestaetigen/{await mailed_token(stack, started)}")
    await press(window, "Meldung bestätigen")
    await is_usable(window, "bestaetigt")
    async with window.page.expect_navigation():
        await window.page.get_by_role("link", name="Stand der Meldung").click()
    assert await burdens(window) == []
    await is_usable(window, "stand")
    async with window.page.expect_navigation():
        await window.page.get_by_role("link", name="Angaben ansehen und ändern").click()
    assert await window.page.locator("h1").inner_text() == "So ändern Sie Ihre Meldung"
    await is_usable(window, "aendern")
    await window.close()


@pytest.mark.timeout(300)
async def test_a_shared_course_is_answered_by_keyboard_and_usable_at_every_size(
    stack: Stack, browser: Browser
) -> None:
    shared = await asked_in(stack)
    window = await open_window(browser, stack, None)
    own = f"/meldung/{await shared.link(METAL)}"
    await window.visit(own)
    await window.page.get_by_text("Wir können nicht dabei sein").click()
    await is_usable(window, "gemeinsam-gefragt")
    await window.page.get_by_role("checkbox").focus()
    await window.page.keyboard.press("Space")
    await window.page.keyboard.press("Tab")
    async with window.page.expect_navigation():
        await window.page.keyboard.press("Enter")
    assert await window.page.get_by_text("Ihre Zustimmung ist angekommen").count() == 1
    await is_usable(window, "gemeinsam-zugestimmt")
    for firm in (BAKERY, CARE):
        await shared.agree(firm)
    await window.visit(own)
    assert await window.page.get_by_text(BAKERY.name).count() == 1
    await is_usable(window, "gemeinsam-vereinbart")
    await window.close()


@pytest.mark.timeout(300)
async def test_enter_goes_on_and_what_is_wrong_gets_the_focus(
    stack: Stack, browser: Browser
) -> None:
    """Other buttons stand before the one that goes on, and the browser takes the first."""
    window = await open_window(browser, stack, None)
    await window.visit("/melden/unternehmen")
    await fill_in(window.page, Step.COMPANY)
    await press(window, "Weiter")
    await press(window, "Noch eine Gruppe")
    assert await window.page.get_by_role("group", name="Gruppe 2").count() == 1
    await press(window, "Gruppe 2 entfernen")
    await fill_in(window.page, Step.LEARNERS)
    await window.page.locator('[name="group-0-wanted"]').select_option("a1")
    async with window.page.expect_navigation():
        await window.page.locator('[name="group-0-number"]').press("Enter")
    focused = await window.page.evaluate("document.activeElement.className")
    assert "kern-alert--danger" in focused
    await is_usable(window, "falsch")
    await press(window, "Zurück")
    name = window.page.locator('[name="company-name"]')
    assert await name.input_value() == FILLED["company-name"][0]
    await window.page.go_back()
    assert await window.page.locator('[name="group-0-wanted"]').input_value() == "a1"
    await window.close()


@pytest.mark.timeout(300)
async def test_where_many_forms_come_from_one_place_the_browser_works_before_it_sends(
    stack: Stack, browser: Browser
) -> None:
    window = await open_window(browser, stack, None)
    await to_the_end(window, await stamp(stack), look=False)
    await _busy_place(stack)
    await press(window, "Meldung absenden")
    send = window.page.get_by_role("button", name="Meldung absenden")
    await window.page.wait_for_function("document.querySelector('[name=proof]').value !== ''")
    await is_usable(window, "rechnet")
    assert await send.is_enabled()
    await press(window, "Meldung absenden")
    assert window.page.url.endswith("/melden/gesendet")
    await window.close()


@pytest.mark.timeout(300)
async def test_only_a_site_that_is_named_shows_the_form_in_its_page(
    runtime: Runtime, settings: Settings, county: dict[str, str], browser: Browser
) -> None:
    surrounding: list[str] = []
    async with foreign_site(surrounding) as its, foreign_site(surrounding) as another:
        named = msgspec.structs.replace(settings, embedded_by=its)
        async with serving(runtime, named, county) as stack:
            surrounding.append(f"{stack.address}/melden?eingebettet")
            window = await open_window(browser, stack, None, unused=True)
            await window.page.goto(its)
            frame = window.page.frame_locator("iframe")
            await frame.get_by_role("link", name="Jetzt melden").click()
            await frame.locator('[name="company-name"]').fill("Metallbau Senne GmbH")
            await frame.locator('[name="company-size"]').select_option("50-249")
            await frame.get_by_role("button", name="Weiter", exact=True).click()
            await frame.get_by_role("heading", name="Wer soll Deutsch lernen?").wait_for()
            assert await frame.locator("header, footer").count() == 0
            await window.page.goto(another)
            assert await frame.get_by_role("link", name="Jetzt melden").count() == 0
            await window.page.context.close()


@asynccontextmanager
async def foreign_site(shown: Sequence[str]) -> AsyncIterator[str]:
    """A site with a page in which stands what is at the first of these addresses; its origin."""

    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        page = f'<iframe src="{shown[0]}" width="800" height="900"></iframe>'
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
            + page.encode()
        )
        await writer.drain()
        writer.close()

    server = await start_server(answer, "127.0.0.1", 0)
    async with server:
        # By name, which is another site for browsers than the number.
        yield f"http://localhost:{server.sockets[0].getsockname()[1]}"


async def _busy_place(stack: Stack) -> None:
    """As many forms from here as are taken without work."""
    for number in range(WITHOUT_PROOF.burst):
        contact = msgspec.structs.replace(CONTENT.contact, email=f"haus{number}@firma.example")
        content = msgspec.structs.replace(CONTENT, contact=contact)
        form = {"content": msgspec.to_builtins(content), "started": await stamp(stack)}
        answer = await stack.http.post("/api/v1/reports/intake", json=form)
        assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
