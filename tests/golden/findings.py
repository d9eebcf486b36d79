"""One example of every event about findings and themes, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from uuid import UUID

from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm, Sign
from domain.findings.events import (
    FindingCorrected,
    FindingKind,
    FindingReleasedFromTheme,
    FindingReported,
    FindingTakenIntoTheme,
    FindingWithdrawn,
)
from domain.findings.events_theme import (
    ResolutionAttached,
    Source,
    SourceKind,
    SourceNamed,
    SummarySection,
    ThemeClosed,
    ThemeDiscussed,
    ThemeHandedOver,
    ThemeMerged,
    ThemeOpened,
    ThemeOutcome,
    ThemeReopened,
    ThemeSummarised,
    ThemeTakenBack,
)
from domain.kernel import Event

FINDING = UUID("5a1f6f0e-0000-5000-8000-0000000000f1")
THEME = UUID("5a1f6f0e-0000-5000-8000-0000000000f2")
OTHER_THEME = UUID("5a1f6f0e-0000-5000-8000-0000000000f3")
SESSION = UUID("5a1f6f0e-0000-5000-8000-0000000000f4")
RESOLUTION = UUID("5a1f6f0e-0000-5000-8000-0000000000f5")
REPORTER = "5a1f6f0e-0000-5000-8000-0000000000f6"
ABSENT = "5a1f6f0e-0000-5000-8000-0000000000f7"

PHONE = FalseAlarm(
    sign=Sign.PHONE, start=21, end=35, reason="Die Zentrale des Trägers, öffentlich bekannt."
)
NEED = Source(kind=SourceKind.COMPANY, text="Ein Betrieb sucht Kurse am Abend.", reference="ihk")

EVENTS: Mapping[str, Event] = {
    "finding.reported.v1": FindingReported(
        finding=FINDING,
        key="kurse",
        kind=FindingKind.GAP,
        municipality="05774036",
        organisation="kreis",
        field="language",
        school_year="2025/26",
        band=Band.FROM_5,
        description="Der Träger ist unter 05251 308-4610 kaum zu erreichen.",
        reporter=REPORTER,
        false_alarms=(PHONE,),
        substitutes=ABSENT,
    ),
    "finding.corrected.v1": FindingCorrected(
        finding=FINDING,
        kind=FindingKind.POTENTIAL,
        field="childcare",
        school_year="2026/27",
        band=Band.FROM_50,
        description="Der Träger ist unter 05251 308-4620 gut zu erreichen.",
        corrector=REPORTER,
        reason="Die Nummer hat sich geändert.",
        false_alarms=(PHONE,),
        substitutes=ABSENT,
    ),
    "finding.withdrawn.v1": FindingWithdrawn(finding=FINDING, reason="Doppelt gemeldet."),
    "finding.taken-into-theme.v1": FindingTakenIntoTheme(finding=FINDING, theme=THEME),
    "finding.released-from-theme.v1": FindingReleasedFromTheme(
        finding=FINDING, theme=THEME, reason="Gehört zu einem anderen Thema."
    ),
    "theme.opened.v1": ThemeOpened(
        theme=THEME, key="sprache-im-betrieb", title="Sprache im Betrieb", sources=(NEED,)
    ),
    "theme.source-named.v1": SourceNamed(theme=THEME, source=NEED),
    "theme.summarised.v1": ThemeSummarised(
        theme=THEME,
        version=2,
        title="Sprache im Betrieb",
        sections=(
            SummarySection(
                key="lage",
                heading="Was wir sehen",
                text="Der Träger ist unter 05251 308-4610 kaum zu erreichen.",
                false_alarms=(PHONE,),
            ),
        ),
        author=REPORTER,
        substitutes=ABSENT,
    ),
    "theme.handed-over.v1": ThemeHandedOver(
        theme=THEME,
        session=SESSION,
        version=2,
        findings=(FINDING,),
        cases_at_least=5,
        municipalities=("05774036",),
    ),
    "theme.taken-back.v1": ThemeTakenBack(
        theme=THEME, session=SESSION, reason="Die Sitzung fällt aus."
    ),
    "theme.discussed.v1": ThemeDiscussed(
        theme=THEME, session=SESSION, findings=(FINDING,), resolutions=(RESOLUTION,)
    ),
    "theme.resolution-attached.v1": ResolutionAttached(theme=THEME, resolution=RESOLUTION),
    "theme.closed.v1": ThemeClosed(
        theme=THEME, outcome=ThemeOutcome.MANDATED, text="Eine Arbeitsgruppe beginnt im März."
    ),
    "theme.merged.v1": ThemeMerged(theme=THEME, into=OTHER_THEME, reason="Dasselbe Anliegen."),
    "theme.reopened.v1": ThemeReopened(theme=THEME, reason="Die Kurse enden wieder."),
}

PERSONAL = ("finding.reported", "finding.corrected")
