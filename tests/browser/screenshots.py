"""Makes the pictures of the tutorial: `uv run python -m tests.browser.screenshots`.

Plays a county in a folder of its own, goes the way of docs/tutorial/in-the-browser.md, and writes
docs/tutorial/images. It takes about a minute and needs a Chromium.
"""

import asyncio
import base64
import logging
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog
from playwright.async_api import Browser

from domain.concepts.commands import concept_id
from services.demo.county import paderborn
from services.demo.needs import needs_of_paderborn
from services.demo.play import EDITION
from services.demo.sign_in import let_in
from services.demo.texts import FIRST_DRAFT
from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.privacy.master import new_key
from services.runtime import running
from services.settings import Settings
from services.web.reporting.steps import Step
from tests.conftest import load_people
from tests.support.browser import chromium
from tests.support.databases import new_database
from tests.support.filled_in import filled_in
from tests.support.hands import Hands, Way, at_work
from tests.support.own_class import OwnClass, own_class
from tests.support.playing import played_county
from tests.support.report_form import fill_in
from tests.support.stack import Stack
from tests.support.writing import invite

IMAGES = Path(__file__).parents[2] / "docs" / "tutorial" / "images"
LARGEST = 150_000
"""So many bytes a picture has at most: they are kept in the repository."""

DELBRUECK, SALZKOTTEN = "05774020", "05774036"
DESK = Way("for pictures", (1280, 800))


class Album:
    """Takes the pictures, each of what one sees without scrolling."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        self._browser = browser
        self._stack = stack

    async def run(self) -> None:
        """All of them, in the order of the tutorial."""
        IMAGES.mkdir(exist_ok=True)
        concept = await self._in_consultation()
        this = await own_class(self._stack)
        await self._sign_in()
        await self._coordinator(concept)
        await self._case_manager()
        await self._member()
        await self._college(this)
        await self._auditor()
        await self._administrator()
        await self._steering()
        await self._company()
        await self._reports()

    async def _in_consultation(self) -> str:
        """A concept about which the Jobcenter is asked."""
        coordinator = self._stack.koordination
        concept = str(concept_id(SALZKOTTEN, EDITION))
        for section, text in FIRST_DRAFT.items():
            await coordinator.write(concept, section, text.replace("Delbrück", "Salzkotten"))
        await coordinator.change(concept, "submission", {})
        week = 7 * 24 * 3600
        invited = [{"organisation": "jobcenter"}, {"organisation": "agentur"}]
        await invite(coordinator, concept, invited, seconds=2 * week, grace=week)
        await self._stack.runtime.read_models.reached(await self._stack.head())
        return concept

    async def _sign_in(self) -> None:
        async with self._somebody(None) as jana:
            await jana.goes_to("/anmelden")
            await jana.types("E-Mail-Adresse", "jobcenter@kim.example")
            await _picture(jana, "sign-in")

    async def _member(self) -> None:
        async with self._somebody("jobcenter") as jana:
            await jana.goes_to("/aufgaben")
            await _picture(jana, "tasks")
            await jana.follows("Lesen und einzeln antworten")
            await jana.ticks("Einverstanden", group="Unsere Antwort zu allen Abschnitten")
            await jana.ticks("Einwand", group="Unsere Antwort zu: Fallablauf")
            remark = "Der Abschluss eines Falls fehlt."
            await jana.types("Anmerkung zu: Fallablauf (freiwillig)", remark)
            await _picture(jana, "consultation", at="#abschnitt-fallablauf")
            await jana.presses("Weiter: Antwort prüfen")
            await _picture(jana, "confirmation")
            await jana.presses("Verbindlich senden")
            await _picture(jana, "receipt", at="main h2")

    async def _coordinator(self, concept: str) -> None:
        async with self._somebody("koordination") as karin:
            await karin.goes_to("/konzepte?sortierung=letztes")
            await _picture(karin, "county")
            await karin.goes_to(f"/konzepte/{concept}/runden/1")
            await _picture(karin, "round")

    async def _case_manager(self) -> None:
        concept = concept_id(DELBRUECK, EDITION)
        async with self._somebody("fallmanagement") as falk:
            await falk.goes_to(f"/konzepte/{concept}/abschnitte/abgrenzung/fassungen")
            await _picture(falk, "versions")

    async def _college(self, this: OwnClass) -> None:
        same = ("2", "2", "1", "1")
        wrong = await filled_in(this, same, ("9", "2", "1", "1"), same)
        right = await filled_in(this, same, ("1", "2", "1", "1"), same)
        async with self._somebody("berufskolleg") as berta:
            await berta.goes_to("/erhebungen")
            await _picture(berta, "classes")
            await berta.goes_to(f"/erhebungen/klassen/{this.id}/{this.round}")
            await berta.hands_in("Ausgefüllte Datei", "ergebnisse.csv", wrong)
            await berta.presses("Ansehen")
            await _picture(berta, "wrong-cell")
            await berta.hands_in("Ausgefüllte Datei", "ergebnisse.csv", right)
            await berta.presses("Ansehen")
            await berta.presses("Übernehmen")
            await _picture(berta, "complete", at="#abgeben")
            await berta.goes_to("/erhebungen")
            released = berta.main.get_by_role("link", name="Ergebnis der", exact=False)
            await berta.goes_to(str(await released.first.get_attribute("href")))
            await _picture(berta, "class-result", at="figure, .k-columns")

    async def _auditor(self) -> None:
        async with self._somebody("revision") as renate:
            await renate.goes_to("/revision")
            await _picture(renate, "search")
            await renate.goes_to(f"/revision/vorgang/{concept_id(DELBRUECK, EDITION)}")
            await renate.slides("Schritt", to=20)
            await _picture(renate, "timeline")
            await renate.main.get_by_role("link", name="Prüfen").first.click()
            await renate.window.page.wait_for_url("**/revision/pruefen/*")
            await _picture(renate, "proof")

    async def _administrator(self) -> None:
        async with self._somebody("verwaltung") as viktor:
            await viktor.goes_to("/verwaltung/personen")
            await _picture(viktor, "people")

    async def _steering(self) -> None:
        async with self._somebody("lenkung") as lena:
            await lena.goes_to("/steuerung/sitzungen")
            await lena.main.get_by_role("link", name="Sitzung", exact=False).last.click()
            await _picture(lena, "session")
            await lena.goes_to("/steuerung/beschluesse")
            await lena.main.locator("tbody a").last.click()
            await lena.follows("Woher das kommt und was daraus wurde")
            await _picture(lena, "trace")
            await lena.goes_to("/bericht/2024-25")
            await _picture(lena, "annual-report")

    async def _company(self) -> None:
        async with self._somebody(None) as ina:
            await ina.goes_to("/melden")
            await ina.follows("Jetzt melden")
            await fill_in(ina.window.page, Step.COMPANY)
            await ina.presses("Weiter")
            await fill_in(ina.window.page, Step.LEARNERS)
            await _picture(ina, "report-form", at="h1")

    async def _reports(self) -> None:
        by_key = {one.key: one for one in needs_of_paderborn().reports}
        async with self._somebody("koordination") as karin:
            await karin.goes_to("/meldungen")
            await _picture(karin, "reports")
            await karin.goes_to(f"/meldungen/{by_key['landtechnik-egge'].report}")
            await _picture(karin, "report")
            await karin.goes_to(f"/meldungen/{by_key['moebelwerk-nethe'].report}/angebote")
            await _picture(karin, "report-courses")
            [shared] = needs_of_paderborn().shared
            await karin.goes_to(f"/meldungen/kurse-gemeinsam/{shared.pool}")
            await _picture(karin, "shared-course")

    @asynccontextmanager
    async def _somebody(self, person: str | None) -> AsyncIterator[Hands]:
        async with at_work(self._browser, self._stack, person, DESK) as hands:
            yield hands


async def _picture(hands: Hands, name: str, *, at: str | None = None) -> None:
    page = hands.window.page
    if at is not None:
        await page.locator(at).first.evaluate("part => part.scrollIntoView({block: 'center'})")
    # The cursor of a field blinks, and would be in one picture and not in the next.
    file = IMAGES / f"{name}.png"
    await page.screenshot(path=file, caret="hide", animations="disabled")
    size = file.stat().st_size
    assert size <= LARGEST, f"{file} has {size} bytes"
    print(f"{file.name}: {size} bytes")  # noqa: T201 (a command)


async def main() -> None:
    """Play, then take the pictures."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as name, DataFolder(Path(name)):
        key = base64.b64encode(new_key()).decode()
        settings = Settings(data=Path(name), master_key=key, poll_milliseconds=200)
        async with (
            chromium() as browser,
            EmbeddedPostgres(settings.data) as server,
            new_database(server.url) as url,
        ):
            await asyncio.to_thread(migrate, url)
            async with running(settings, url) as runtime:
                tokens = await load_people(runtime)
                await let_in(runtime, paderborn(), settings.data)
            async with played_county(settings, url, tokens) as stack:
                await Album(browser, stack).run()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except pytest.skip.Exception as no_browser:
        sys.exit(str(no_browser))
