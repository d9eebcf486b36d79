"""A company's report from the form to its outcome, in a real browser and with real mails."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from re import compile as words
from re import search

import msgspec
import pytest
from playwright.async_api import Browser

from services.crew import Crew
from services.mail.post import keep_posting
from services.runtime import Runtime
from services.settings import Settings
from services.web.reporting.steps import STEPS
from tests.support.course_lists import offered
from tests.support.days import today
from tests.support.hands import AT_A_DESK, Hands, Way, at_work
from tests.support.mail_sink import Sink, mail_sink
from tests.support.report_form import FILLED, fill_in, opened_at, stamp
from tests.support.stack import Stack, serving

WAYS = (AT_A_DESK, Way("without script", script=False))
ADDRESS = FILLED["contact-email"][0]
NAME = FILLED["company-name"][0]
REFERENCE = words(r"^DF-\w{4}-\w{4}")
QUESTION = "Gibt es einen Kurs in der Nähe?"
TOLD = "Im Februar beginnt ein Kurs, in dem sechs Plätze frei sind."
ANSWER = "Im Kurs am Dienstag und Donnerstag sind sechs Plätze für Sie frei."
LONGEST_WAIT = 30
"""So many seconds one waits for a mail; it comes within one where the machine is not busy."""


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink() as sink:
        yield sink


@pytest.fixture
async def stack(
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
    sink: Sink,
) -> AsyncIterator[Stack]:
    """Mails go to a server that keeps them. There are a course to choose and one to warn of."""
    posting = msgspec.structs.replace(
        settings,
        smtp_host="127.0.0.1",
        smtp_port=sink.port,
        smtp_tls="none",
        mail_from="KIM Kreis Paderborn <kim@kreis.example.org>",
    )
    crew = Crew()
    async with serving(runtime, posting, county) as stack:
        await offered(stack)
        keep_posting(runtime, posting, crew)
        yield stack
        await crew.dismiss()


class Postbox:
    """The company's, one mail after the other."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._read = 0

    async def next(self) -> str:
        """The text of the next mail, once it is there."""
        async with asyncio.timeout(LONGEST_WAIT):
            while len(self._sink.sent_to(ADDRESS)) <= self._read:  # noqa: ASYNC110 (as a person looks)
                await asyncio.sleep(0.05)
        mail = self._sink.sent_to(ADDRESS)[self._read]
        self._read += 1
        plain = mail.get_body(("plain",))
        assert plain is not None
        return str(plain.get_content())

    async def link(self, to: str) -> str:
        """The way that the next mail shows to a page below this one."""
        found = search(rf"https?://[^/\s]+({to}/[\w-]+)", await self.next())
        assert found
        return found[1]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
async def test_a_company_reports_a_need_and_hears_what_came_of_it(
    browser: Browser, stack: Stack, sink: Sink, way: Way
) -> None:
    box = Postbox(sink)
    async with (
        at_work(browser, stack, None, way) as ina,
        at_work(browser, stack, "koordination", way) as karin,
        at_work(browser, stack, "jobcenter", way) as jana,
    ):
        await _reports(ina, await stamp(stack))
        await ina.goes_to(await box.link("/melden/bestaetigen"))
        await ina.presses("Meldung bestätigen")
        own = await box.link("/meldung")
        await _takes_it_on(karin)
        assert "Karin Koordination" in await box.next()
        await _refers(karin)
        await _answers_the_referral(jana)
        await _proposes_and_answers(karin)
        await ina.goes_to(await box.link("/meldung"))
        assert await ina.reads() == "Sie haben unsere Antwort"
        assert ANSWER in await ina.reads_all()
        await _follows_the_course(karin)
        await ina.goes_to(own)
        assert await ina.reads() == "Ihre Meldung ist abgeschlossen"
    assert len(sink.sent_to(ADDRESS)) == 4


async def _reports(ina: Hands, started: str) -> None:
    """As if the form had been opened a while ago: nobody fills it in within seconds."""
    await ina.goes_to("/melden")
    await ina.follows("Jetzt melden")
    await opened_at(ina.window.page, started)
    for step in STEPS[:-1]:
        await fill_in(ina.window.page, step)
        await ina.presses("Weiter")
    assert NAME in await ina.reads_all()
    await ina.presses("Meldung absenden")
    assert await ina.reads() == "Wir haben Ihnen eine E-Mail geschickt"


async def _takes_it_on(karin: Hands) -> None:
    """The coordination is told by the list, names itself to the company, and triages."""
    await karin.goes_to("/aufgaben")
    await karin.goes_to_area("Meldungen")
    assert await karin.reads() == "1 Meldung ist offen, keine ist überfällig"
    await karin.follows(REFERENCE)
    assert NAME in await karin.reads_all()
    await karin.presses("Eingang bestätigen")
    await karin.ticks("dringend")
    await karin.ticks(words("^Jobcenter"))
    await karin.presses("Einordnen")
    assert "wird eine Antwort für das Unternehmen gesucht" in await karin.reads()


async def _refers(karin: Hands) -> None:
    await karin.unfolds("An einen Partner vermitteln")
    await _writes(karin, "vermitteln-question", QUESTION)
    await karin.presses("An einen Partner vermitteln")
    assert (await karin.reads()).startswith("Jobcenter Kreis Paderborn antwortet bis ")


async def _answers_the_referral(jana: Hands) -> None:
    await jana.goes_to("/aufgaben")
    await jana.goes_to_area("Meldungen")
    await jana.follows(REFERENCE)
    assert QUESTION in await jana.reads_all()
    await jana.ticks("übernommen")
    await _writes(jana, "antwort-des-partners-text", TOLD)
    await jana.presses("Antwort geben")


async def _proposes_and_answers(karin: Hands) -> None:
    """The course that fits best, though it is not held in the company's own room."""
    await karin.goes_to_area("Meldungen")
    await karin.follows(REFERENCE)
    assert TOLD in await karin.reads_all()
    await karin.follows("Passende Kurse")
    await karin.presses("Trotzdem vorschlagen")
    await karin.ticks("Ein Kursangebot")
    await karin.chooses(words("^Welches Angebot"), "Vorgeschlagenes Angebot 1")
    await karin.types("Ihre Antwort", ANSWER)
    await karin.presses("Dem Unternehmen antworten")
    assert "ist der Kursbeginn einzutragen" in await karin.reads()


async def _follows_the_course(karin: Hands) -> None:
    """It began a month ago and ends today, as one finds out late."""
    await karin.unfolds("Kursbeginn eintragen")
    await _writes(karin, "kursbeginn-starts_on", (today() - timedelta(days=30)).isoformat())
    await _writes(karin, "kursbeginn-ends_on", today().isoformat())
    await karin.presses("Kursbeginn eintragen")
    assert "wie der Kurs begonnen hat" in await karin.reads()
    await karin.presses("Nachfrage festhalten")
    assert "wie der Kurs geendet hat" in await karin.reads()
    await karin.types(words("^Davon bestanden"), "5")
    await karin.presses("Nachfrage festhalten")
    await karin.chooses("Was ist daraus geworden?", "Ein Kurs hat stattgefunden")
    await karin.types(words("^Wie viele Lernende"), "6")
    await karin.presses("Meldung abschließen")
    assert await karin.reads() == "Die Meldung ist abgeschlossen: Ein Kurs hat stattgefunden"


async def _writes(hands: Hands, name: str, text: str) -> None:
    """Into the field of this name: labels come more than once where several things are possible."""
    await hands.main.locator(f"[name={name}]").fill(text)
