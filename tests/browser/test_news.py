"""What one person does shows in the window of another, who does nothing."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from re import compile as words

import pytest
from playwright.async_api import Browser, Page, expect

from domain.steering.session_commands import FreezeAgenda, InviteToSession, OpenSession
from services.runtime import Runtime
from services.settings import Settings
from tests.support.browser import open_window
from tests.support.http import recorded
from tests.support.stack import Stack, serving
from tests.support.steering_group import SteeringGroup, proposal
from tests.support.writing import invite, submit_draft

DELBRUECK = "05774020"
AGREE = "Wir stimmen allem zu: Delbrück"
PATIENCE = 20_000
"""So many milliseconds at most; it comes within one second where the machine is not busy."""


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    runtime: Runtime,
    settings: Settings,
    county: Mapping[str, str],
) -> AsyncIterator[Stack]:
    async with serving(runtime, settings, county) as stack:
        yield stack


@pytest.fixture
async def concept(stack: Stack) -> str:
    """In consultation; Jobcenter and Agentur are asked."""
    body = {"municipality": DELBRUECK, "edition": "2025"}
    concept: str = recorded(await stack.koordination.post("/concepts", body))["id"]
    await submit_draft(stack.fallmanagement, concept)
    invited = [{"organisation": "jobcenter"}, {"organisation": "agentur"}]
    await invite(stack.koordination, concept, invited, seconds=3600)
    await stack.runtime.read_models.reached(await stack.head())
    return concept


async def mark(page: Page) -> None:
    """Whatever happens to the page from now on, it is not loaded again."""
    await page.evaluate("window.isTheSame = true")


async def is_the_same(page: Page) -> bool:
    return await page.evaluate("window.isTheSame === true")


async def test_an_answer_shows_where_the_coordinator_looks(
    browser: Browser, stack: Stack, concept: str
) -> None:
    karin = await open_window(browser, stack, "koordination")
    await karin.visit(f"/konzepte/{concept}/runden/1")
    await mark(karin.page)
    headline = karin.page.locator("h1")
    await expect(headline).to_contain_text("2 Antworten fehlen bis")

    jana = await open_window(browser, stack, "jobcenter")
    await jana.visit("/aufgaben")
    await jana.page.get_by_role("button", name=AGREE).click()

    await expect(headline).to_contain_text("1 Antwort fehlt bis", timeout=PATIENCE)
    said = karin.page.get_by_role("row", name="Jobcenter Kreis Paderborn")
    await expect(said).to_contain_text("Zustimmung")
    await expect(karin.page.locator(".k-news")).to_have_text(
        "Es gibt Neues, die Seite ist aktualisiert."
    )
    assert await is_the_same(karin.page)
    for window in (karin, jana):
        assert not window.troubles
        await window.page.context.close()


async def test_a_task_appears_and_goes_by_itself(browser: Browser, stack: Stack) -> None:
    jana = await open_window(browser, stack, "jobcenter")
    await jana.visit("/aufgaben")
    await mark(jana.page)
    headline = jana.page.locator("h1")
    await expect(headline).to_have_text("Im Augenblick wartet nichts auf Sie")

    body = {"municipality": DELBRUECK, "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", body))["id"]
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    await expect(headline).to_have_text("1 Aufgabe wartet auf Sie", timeout=PATIENCE)

    await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"})
    await expect(headline).to_have_text("Im Augenblick wartet nichts auf Sie", timeout=PATIENCE)
    assert await is_the_same(jana.page)
    await jana.page.context.close()


async def test_what_one_has_unfolded_stays_and_nothing_is_called_news_that_is_none(
    browser: Browser, stack: Stack, concept: str
) -> None:
    jana = await open_window(browser, stack, "jobcenter")
    await jana.visit("/aufgaben")
    unfolded = jana.page.locator("main details")
    await unfolded.locator("summary").click()
    await jana.page.evaluate("document.activeElement.blur()")
    recorded(await stack.agentur.answer(concept, 1, "agentur", {"position": "agree"}))
    standing = jana.page.locator(f"[data-position='{await stack.head()}']")
    await expect(standing).to_have_count(1, timeout=PATIENCE)
    assert await unfolded.get_attribute("open") is not None
    await expect(jana.page.locator(".k-news")).to_be_empty()
    await jana.page.context.close()


async def test_what_one_is_typing_stays_when_news_comes(
    browser: Browser, stack: Stack, concept: str
) -> None:
    arne = await open_window(browser, stack, "agentur")
    await arne.visit(f"/konzepte/{concept}/anfrage/1/agentur")
    remark = arne.page.locator("textarea").first
    await remark.fill("Die Berufsberatung fehlt, und")
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
    await stack.runtime.read_models.reached(await stack.head())
    await remark.press_sequentially(" zwar in jedem Abschnitt")
    assert await remark.input_value() == "Die Berufsberatung fehlt, und zwar in jedem Abschnitt"
    await arne.page.context.close()


async def test_what_one_typed_is_still_there_after_a_mistaken_click(
    browser: Browser, stack: Stack, concept: str
) -> None:
    arne = await open_window(browser, stack, "agentur")
    await arne.visit(f"/konzepte/{concept}/anfrage/1/agentur")
    await arne.page.locator("textarea").first.fill("Die Berufsberatung fehlt.")
    await arne.visit("/aufgaben")
    await arne.visit(f"/konzepte/{concept}/anfrage/1/agentur")
    remark = arne.page.locator("textarea").first
    await expect(remark).to_have_value("Die Berufsberatung fehlt.")
    await arne.page.context.close()


async def test_the_quorum_is_counted_where_somebody_else_looks(
    browser: Browser, stack: Stack
) -> None:
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    opens = datetime.now(UTC).replace(hour=13) - timedelta(days=3)
    item = proposal("Kurse", "Der Kreis richtet Kurse ein.")
    session = await group.prepare("2026-1", opens.date(), item)
    await group.ask(FreezeAgenda(session=session), opens - timedelta(days=21))
    await group.ask(InviteToSession(session=session), opens - timedelta(days=20))
    account = (await stack.koordination.read("/me"))["account"]
    await group.ask(OpenSession(session=session, chair=account, keeper=account), opens)
    await stack.runtime.read_models.reached(await stack.head())
    here = f"/steuerung/sitzungen/{session}"
    rosa = await open_window(browser, stack, "revision")
    await rosa.visit(here)
    await mark(rosa.page)
    there = rosa.page.locator("#anwesenheit")
    await expect(there).to_contain_text("0 von 3 stimmberechtigten Sitzen anwesend")

    karin = await open_window(browser, stack, "koordination")
    for seat, counted in (("Jobcenter", "1 von 3"), ("Agentur", "2 von 3")):
        await karin.visit(here)
        await karin.page.get_by_role("button", name=words(f"^Ist da.*{seat}")).click()
        await expect(there).to_contain_text(counted, timeout=PATIENCE)
    await expect(there).to_contain_text("beschlussfähig (ab 2)")
    assert await is_the_same(rosa.page)
    await karin.close()
    await rosa.close()
