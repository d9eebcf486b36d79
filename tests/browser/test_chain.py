"""From a finding to the assessment round it led to, by clicks and forms alone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from re import compile as words

import pytest
from playwright.async_api import Browser

from services.api.decisions import Clerk
from services.runtime import Runtime
from services.settings import Settings
from services.web.assessments.viewer import ZONE
from tests.support.assessing import approve_instrument, coming_school_year
from tests.support.assessments import in_school_year
from tests.support.hands import AT_A_DESK, Hands, at_work
from tests.support.stack import Stack, serving
from tests.support.steering import Clock, established, member

TODAY = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
FOUND, MET = TODAY - timedelta(days=60), TODAY - timedelta(days=9)
THEME, GROUP = "Sprache im Betrieb", "Fachsprachliche Förderung"
RESOLVED = "Eine Arbeitsgruppe wird eingerichtet."
AGREED = "Eine einheitliche Sprachstandserhebung beginnt."
ROUND = "Sprachstandserhebung zur Vereinbarung"
JOBCENTER, CHAMBER = words("Jobcenter Kreis Paderborn"), words("Industrie- und Handelskammer")
LOOKING_AT_THE_CLOCK = (
    "groups.choices",
    "groups.group",
    "mandates.resolution",
    "meetings.part",
    "sessions.scheduling",
    "sessions.session",
)
"""Pages that offer what the day allows."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time at which everything happens: sixty days pass in it."""
    clock = Clock(FOUND)

    class Now(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # pyright: ignore[reportIncompatibleMethodOverride]  (always with a zone here)
            return clock().astimezone(tz)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr("services.api.parts.Clerk", partial(Clerk, now=clock))
    for module in LOOKING_AT_THE_CLOCK:
        monkeypatch.setattr(f"services.web.{module}.datetime", Now)
    return clock


@pytest.fixture
async def stack(
    clock: Clock,
    browser: Browser,  # noqa: ARG001 (without one, nothing needs to be served)
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
) -> AsyncIterator[Stack]:
    """The steering group has two seats with a vote."""
    assert clock() == FOUND
    async with serving(runtime, settings, county) as stack:
        people = [await member(stack, name) for name in ("Dora Lang", "Fadi Nasser")]
        await established(stack, dict(zip(("jobcenter", "agentur"), people, strict=True)))
        await approve_instrument(runtime)
        await stack.runtime.read_models.reached(await stack.head())
        yield stack


def typed(moment: datetime) -> str:
    """As a field for day and time takes it."""
    return f"{moment.astimezone(ZONE):%Y-%m-%dT%H:%M}"


@pytest.mark.timeout(300)
async def test_a_finding_leads_to_an_assessment_round_and_both_show_the_way(
    browser: Browser, stack: Stack, clock: Clock
) -> None:
    async with at_work(browser, stack, "fallmanagement", AT_A_DESK) as falk:
        await falk.goes_to("/aufgaben")
        await _reports(falk)
    async with at_work(browser, stack, "koordination", AT_A_DESK) as karin:
        await karin.goes_to("/aufgaben")
        await _bundles(karin)
        await _plans_a_session(karin)
        clock.at = MET
        await _holds_it(karin, clock)
        await _records_the_resolution(karin)
        await _has_the_group_agree(karin, clock)
        await _announces_the_round(karin, clock)
        await _follows_the_trace(karin)


async def _reports(falk: Hands) -> None:
    await falk.goes_to_area("Steuerung")
    await falk.follows("Erkenntnis melden")
    await falk.ticks("Lücke: etwas fehlt")
    await falk.chooses("Feld", "Sprache")
    await falk.ticks(words("^5 bis 9"))
    await falk.types("Was haben Sie gesehen?", "Im Betrieb fehlen Kurse am Abend.")
    await falk.presses("Erkenntnis melden")
    assert await falk.reads() == "Lücke in Delbrück: Sprache"


async def _bundles(karin: Hands) -> None:
    """The finding into a theme, with a summary."""
    await karin.goes_to_area("Steuerung")
    await karin.follows("Themen")
    await karin.ticks(words("Im Betrieb fehlen Kurse"))
    await karin.types("Titel des neuen Themas", THEME)
    await karin.presses("Ausgewählte aufnehmen")
    await karin.follows("Zusammenfassung schreiben")
    first = karin.main.get_by_role("group", name="Abschnitt 1")
    await first.get_by_label("Text", exact=True).fill("Am Abend fehlen Kurse.")
    await karin.presses("Zusammenfassung speichern")
    assert await karin.reads() == THEME


async def _plans_a_session(karin: Hands) -> None:
    """With the theme handed over to it, a proposal about it, and everybody invited."""
    await karin.goes_to_area("Steuerung")
    await karin.follows("Sitzungen")
    await karin.follows("Sitzung ansetzen")
    await karin.types("Titel", "Erste Sitzung")
    await karin.types("Beginn", typed(MET))
    await karin.presses("Sitzung ansetzen")
    await karin.goes_to_area("Steuerung")
    await karin.follows("Themen")
    await karin.follows(THEME)
    await karin.presses("Thema vorlegen")
    await karin.follows(words("^Erste Sitzung,"))
    await karin.follows(words("^Punkt daraus machen"))
    await karin.ticks("Beschlussvorschlag: es stimmt ab")
    await karin.types("Titel", "Fachsprache")
    await karin.types("Fassung 1", RESOLVED)
    await karin.presses("Punkt vorschlagen")
    await karin.presses("Tagesordnung festlegen")
    await karin.presses("Jetzt einladen")
    assert "Alle sind eingeladen." in await karin.reads_all()


async def _holds_it(karin: Hands, clock: Clock) -> None:
    """A quorum is there and adopts the proposal."""
    await karin.goes_to_area("Steuerung")
    await karin.follows("Sitzungen")
    await karin.follows("Erste Sitzung")
    await karin.chooses("Leitung", "Dora Lang")
    await karin.presses("Sitzung eröffnen")
    assert "nicht beschlussfähig" in await karin.reads_all()
    await karin.presses(words("^Ist da.*Jobcenter"))
    await karin.presses(words("^Ist da.*Agentur"))
    assert "beschlussfähig (ab 2)" in await karin.reads_all()
    clock.at += timedelta(minutes=30)
    await karin.unfolds(words("^Abstimmen$"))
    await karin.main.get_by_role("spinbutton", name="Ja").fill("2")
    await karin.presses(words("^Abstimmung festhalten"))
    clock.at += timedelta(minutes=30)
    await karin.presses("Sitzung schließen")
    assert "angenommen" in await karin.reads_all()


async def _records_the_resolution(karin: Hands) -> None:
    """Of which a working group follows."""
    await karin.follows("Beschluss festhalten")
    await karin.ticks("eine Arbeitsgruppe einrichten")
    await karin.presses("Weiter")
    await karin.types("Name der Arbeitsgruppe", GROUP)
    await karin.types("Wofür wird sie eingerichtet?", "Auszubildende bestehen die Prüfung.")
    await karin.ticks(CHAMBER, group="Mitglieder")
    await karin.types("Bis wann?", f"{TODAY + timedelta(days=90):%Y-%m-%d}")
    await karin.presses("Beschluss festhalten")
    assert await karin.reads() == "Fachsprache"
    await karin.unfolds("Arbeitsgruppe einrichten")
    await karin.presses("Arbeitsgruppe einrichten")
    assert (await karin.reads()).startswith(GROUP)


async def _has_the_group_agree(karin: Hands, clock: Clock) -> None:
    """In a meeting that is entered afterwards."""
    clock.at = TODAY - timedelta(days=1)
    await karin.unfolds("Ein Treffen nachtragen")
    await karin.types("Wann fand es statt?", typed(clock() - timedelta(hours=2)))
    await karin.ticks(CHAMBER, group="Wer war vertreten?")
    await karin.presses("Treffen eintragen")
    await karin.follows(words("^Treffen 1$"))
    await karin.types("Was ist vereinbart?", AGREED)
    await karin.types("Bis wann?", f"{TODAY + timedelta(days=60):%Y-%m-%d}")
    await karin.presses("Vereinbarung eintragen")
    assert AGREED in await karin.reads_all()


async def _announces_the_round(karin: Hands, clock: Clock) -> None:
    """And links it to the agreement it keeps."""
    year = coming_school_year(clock())
    await karin.goes_to_area("Erhebungen")
    await karin.follows(words("ankündigen"))
    await karin.types("Bezeichnung", ROUND)
    await karin.chooses("Schuljahr", year)
    await karin.types("Beginn", typed(in_school_year(year, 9, 1)))
    await karin.types("Ende", typed(in_school_year(year, 9, 20)))
    await karin.presses("Ankündigen")
    await karin.goes_to_area("Steuerung")
    await karin.follows("Arbeitsgruppen")
    await karin.follows(GROUP)
    await karin.follows(AGREED)
    await karin.unfolds("Verknüpfen, was daraus hervorging")
    await karin.chooses("Was ist es?", f"Sprachstandserhebung: {ROUND} {year}")
    await karin.presses("Verknüpfen")
    await karin.follows(words(ROUND))


async def _follows_the_trace(karin: Hands) -> None:
    """From the round back to the finding, and forward again."""
    await karin.follows("Woher das kommt")
    assert await karin.reads() == "Aus einer Erkenntnis wurde eine Sprachstandserhebung"
    for step in (THEME, "Fachsprache", RESOLVED, GROUP, AGREED, ROUND):
        assert await karin.main.get_by_role("link", name=step).first.is_visible(), step
    await karin.follows("Lücke, Sprache, Delbrück")
    assert await karin.reads() == "Lücke in Delbrück: Sprache"
    await karin.follows("Was daraus wurde")
    assert await karin.reads() == "Aus einer Erkenntnis wurde eine Sprachstandserhebung"
    await karin.follows(RESOLVED)
    assert "Erste Sitzung" in await karin.reads()
