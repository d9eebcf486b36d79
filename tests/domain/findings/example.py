"""Findings of Salzkotten and Büren and the theme they are bundled in, as they were recorded."""

import msgspec

from domain.directory.municipality import Municipality
from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm, Sign
from domain.findings.commands import ReportFinding, finding_id
from domain.findings.commands_theme import theme_id
from domain.findings.context import FindingContext, ThemeContext
from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.findings.events import (
    FindingEvent,
    FindingKind,
    FindingReported,
    FindingTakenIntoTheme,
    FindingWithdrawn,
)
from domain.findings.events_theme import (
    Source,
    SourceKind,
    SummarySection,
    ThemeClosed,
    ThemeDiscussed,
    ThemeEvent,
    ThemeHandedOver,
    ThemeMerged,
    ThemeOpened,
    ThemeOutcome,
    ThemeSummarised,
)
from domain.findings.finding import Bundled, Finding
from domain.kernel import stream_id
from tests.domain.county import ADA, BEN, MONDAY, SALZKOTTEN
from tests.support.scenario import Scenario

BUEREN = Municipality(ags="05774016", name="Büren", county_is_employer=True)
FIELDS = frozenset({"work", "language", "housing"})

FINDING_CONTEXT = FindingContext(by=BEN, at=MONDAY, municipality=SALZKOTTEN, fields=FIELDS)
finding = Scenario(FINDING, FINDING_CONTEXT)
theme = Scenario(THEME, ThemeContext(by=ADA, at=MONDAY))

SCARCE = "Es fehlen Sprachkurse mit Kinderbetreuung."
CALLED = "Der Träger ist unter 05251 308-4610 kaum zu erreichen."
"""Holds a phone number, which is no client's."""

CALLED_ALARM = FalseAlarm(
    sign=Sign.PHONE, start=21, end=35, reason="Die Zentrale des Trägers, öffentlich bekannt."
)

THEME_ID, OTHER_THEME_ID = theme_id("sprache-im-betrieb"), theme_id("sprache-in-der-ausbildung")
AUTUMN, SPRING = stream_id("session", "2026-11"), stream_id("session", "2027-05")
RESOLUTION = stream_id("resolution", "2026-11/1")
FINDING_ID = finding_id(SALZKOTTEN.ags, "kurse")

REPORT = ReportFinding(
    municipality=SALZKOTTEN.ags,
    key="kurse",
    kind=FindingKind.GAP,
    field="language",
    school_year="2025/26",
    band=Band.FROM_5,
    description=SCARCE,
)


def reported(
    key: str = "kurse", band: Band = Band.FROM_5, ags: str = SALZKOTTEN.ags
) -> FindingReported:
    return FindingReported(
        finding=finding_id(ags, key),
        key=key,
        kind=FindingKind.GAP,
        municipality=ags,
        organisation="kreis",
        field="language",
        school_year="2025/26",
        band=band,
        description=SCARCE,
        reporter="ben",
    )


REPORTED = reported()
TAKEN = FindingTakenIntoTheme(finding=FINDING_ID, theme=THEME_ID)
WITHDRAWN = FindingWithdrawn(finding=FINDING_ID, reason="Ein Irrtum.")

OPENED = ThemeOpened(theme=THEME_ID, key="sprache-im-betrieb", title="Sprache im Betrieb")
OTHER_OPENED = ThemeOpened(
    theme=OTHER_THEME_ID, key="sprache-in-der-ausbildung", title="Sprache in der Ausbildung"
)
NEED = Source(kind=SourceKind.COMPANY, text="Ein Betrieb sucht Kurse.", reference="ihk")
FROM_ELSEWHERE = msgspec.structs.replace(OPENED, sources=(NEED,))

SECTION = SummarySection(key="lage", heading="Was wir sehen", text="Kurse fehlen am Abend.")
SUMMARISED = ThemeSummarised(
    theme=THEME_ID, version=1, title="Sprache im Betrieb", sections=(SECTION,), author="ada"
)


def handed_over(*, cases: int = 0, named: tuple[str, ...] = ()) -> ThemeHandedOver:
    """To the session of autumn, with no findings."""
    return ThemeHandedOver(
        theme=THEME_ID,
        session=AUTUMN,
        version=1,
        findings=(),
        cases_at_least=cases,
        municipalities=named,
    )


ON_AGENDA: tuple[ThemeEvent, ...] = (FROM_ELSEWHERE, SUMMARISED, handed_over())
DISCUSSED = ThemeDiscussed(theme=THEME_ID, session=AUTUMN, findings=(), resolutions=(RESOLUTION,))
CLOSED = ThemeClosed(theme=THEME_ID, outcome=ThemeOutcome.SETTLED, text="Es gibt Abendkurse.")
MERGED = ThemeMerged(theme=THEME_ID, into=OTHER_THEME_ID, reason="Dasselbe Thema.")


def after(*events: FindingEvent) -> Finding:
    return FINDING.replay(events)


def bundled(key: str, band: Band, ags: str = SALZKOTTEN.ags) -> Bundled:
    """A finding in the theme."""
    event = reported(key, band, ags)
    state = after(event, FindingTakenIntoTheme(finding=event.finding, theme=THEME_ID))
    assert isinstance(state, Bundled)
    return state
