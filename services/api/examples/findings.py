"""Examples of findings and themes."""

from uuid import UUID

from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm, Sign
from domain.findings.events import FindingKind
from domain.findings.events_theme import Source, SourceKind, SummarySection, ThemeOutcome
from services.api.catalogues import FieldView
from services.api.examples.shared import DELBRUECK, OPENED, PERSON
from services.api.finding_views import (
    Bundling,
    FindingCorrection,
    FindingReport,
    FindingSummary,
    FindingView,
    FoundPlace,
    TextToCheck,
)
from services.api.findings_texts import MarkedAlarm
from services.api.theme_requests import (
    SummaryDraft,
    SummaryPart,
    ThemeClosing,
    ThemeDiscussion,
    ThemeHandover,
    ThemeMerging,
    ThemeOpening,
    ThemeResolution,
    ThemeReturn,
    ThemeSource,
)
from services.api.theme_views import (
    FindingInTheme,
    SummaryView,
    ThemeSummary,
    ThemeView,
)

FINDING = UUID("b1de5b0c-7a55-5a56-8c5e-0c6a1a8f5d01")
THEME = UUID("0c1f7b8e-31f4-5a0a-9b36-51a9c7f2e602")
OTHER_THEME = UUID("7d2a9c10-64ab-5f5d-8e70-9a4b5c6d7e03")
SESSION = UUID("3e5b8a77-90d2-5c8f-a1b4-2c3d4e5f6a04")
RESOLUTION = UUID("9f8e7d6c-5b4a-5392-8170-6f5e4d3c2b05")
YEAR, FIELD, TITLE = "2026/27", "language", "Sprache im Betrieb"
CALLED = "Der Träger ist unter 05251 308-4610 kaum zu erreichen."
WHY_NONE = "Die Zentrale des Trägers, öffentlich bekannt."
NEED = "Ein Betrieb sucht Kurse am Abend."
HEADING, SUMMARY = "Was wir sehen", "Am Abend fehlen Sprachkurse, auch für Schichtarbeitende."
NOT_AFTER_ALL = "Die Sitzung fällt aus."

EXAMPLES = (
    FieldView(key=FIELD, name="Sprache"),
    FindingReport(
        municipality=DELBRUECK,
        kind=FindingKind.GAP,
        field=FIELD,
        school_year=YEAR,
        band=Band.FROM_5,
        description=CALLED,
        false_alarms=(MarkedAlarm(sign=Sign.PHONE, start=21, end=35, reason=WHY_NONE),),
    ),
    FindingCorrection(
        kind=FindingKind.GAP,
        field=FIELD,
        school_year=YEAR,
        band=Band.FROM_10,
        description="Der Träger ist kaum zu erreichen.",
        reason="Es sind inzwischen mehr Fälle.",
    ),
    Bundling(theme=THEME),
    TextToCheck(text=CALLED),
    FoundPlace(sign=Sign.PHONE, start=21, end=35, name="Telefonnummer"),
    FindingSummary(
        id=FINDING,
        kind=FindingKind.GAP,
        municipality=DELBRUECK,
        municipality_name="Delbrück",
        field=FIELD,
        school_year=YEAR,
        band=Band.FROM_5,
        stage="bundled",
        description=CALLED,
        reporter=str(PERSON),
        reported_at=OPENED,
        theme=THEME,
        theme_title=TITLE,
        version=2,
        position=131,
        changed_at=OPENED,
    ),
    FindingView(
        id=FINDING,
        kind=FindingKind.GAP,
        municipality=DELBRUECK,
        organisation="kim-koordinierung",
        field=FIELD,
        school_year=YEAR,
        band=Band.FROM_5,
        stage="bundled",
        description=CALLED,
        false_alarms=[FalseAlarm(sign=Sign.PHONE, start=21, end=35, reason=WHY_NONE)],
        reporter=str(PERSON),
        corrections=0,
        version=2,
        position=131,
        changed_at=OPENED,
        theme=THEME,
    ),
    ThemeOpening(
        title=TITLE,
        key="sprache-im-betrieb",
        sources=(ThemeSource(kind=SourceKind.COMPANY, text=NEED, reference="ihk"),),
    ),
    ThemeSource(kind=SourceKind.COMPANY, text=NEED, reference="ihk"),
    SummaryDraft(title=TITLE, sections=(SummaryPart(key="lage", heading=HEADING, text=SUMMARY),)),
    SummaryView(
        version=1,
        title=TITLE,
        sections=[SummarySection(key="lage", heading=HEADING, text=SUMMARY)],
    ),
    ThemeHandover(session=SESSION),
    ThemeReturn(session=SESSION, reason=NOT_AFTER_ALL),
    ThemeDiscussion(session=SESSION, resolutions=(RESOLUTION,)),
    ThemeResolution(resolution=RESOLUTION),
    ThemeClosing(outcome=ThemeOutcome.SETTLED, text="Es gibt jetzt Abendkurse."),
    ThemeMerging(into=OTHER_THEME, reason="Beide betreffen dasselbe Anliegen."),
    ThemeSummary(
        id=THEME,
        key="sprache-im-betrieb",
        title=TITLE,
        stage="on-agenda",
        summary=1,
        sources=1,
        findings=1,
        cases_at_least=5,
        session=SESSION,
        discussed_in=[],
        resolutions=[],
        opened_at=OPENED,
        version=4,
        position=134,
        changed_at=OPENED,
    ),
    ThemeView(
        id=THEME,
        key="sprache-im-betrieb",
        title=TITLE,
        stage="on-agenda",
        sources=[Source(kind=SourceKind.COMPANY, text=NEED, reference="ihk")],
        summary=1,
        sections=[SummarySection(key="lage", heading=HEADING, text=SUMMARY)],
        findings=[
            FindingInTheme(
                id=FINDING,
                municipality=DELBRUECK,
                kind=FindingKind.GAP,
                field=FIELD,
                school_year=YEAR,
                band=Band.FROM_5,
            )
        ],
        cases_at_least=5,
        municipalities=[DELBRUECK],
        obstacles=[],
        merged_here=[],
        discussed_in=[],
        resolutions=[],
        version=4,
        position=134,
        changed_at=OPENED,
        session=SESSION,
    ),
)
