"""How themes look from outside: opened, written, listed, and one as it was at a moment."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from domain.findings.bands import Band, cases_at_least
from domain.findings.events import FindingKind
from domain.findings.events_theme import (
    Source,
    SummarySection,
    ThemeHandedOver,
    ThemeOutcome,
)
from domain.findings.finding import Report
from domain.findings.standing import municipalities_to_name, obstacles
from domain.findings.theme import Closed, Existing, Merged, OnAgenda, Open, stage_of
from services.eventstore.record import LogEntry
from services.identity.finding_readers import FindingsSeen


class SummaryView(msgspec.Struct, frozen=True, kw_only=True):
    """What the body reads. `version` counts from 1; 0 while nothing is written."""

    version: int
    title: str
    sections: list[SummarySection]


class ThemeSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `summary` is its version; 0 while nothing is written.

    `findings` and `cases_at_least` count what is in it and in those merged into it; null for
    whoever does not read all findings.
    """

    id: UUID
    key: str
    title: str
    stage: str
    summary: int
    sources: int
    findings: int | None = None
    cases_at_least: int | None = None
    session: UUID | None = None
    goes_on_in: UUID | None = None
    outcome: ThemeOutcome | None = None
    discussed_in: list[UUID]
    resolutions: list[UUID]
    opened_at: datetime
    version: int
    position: int
    changed_at: datetime


class FindingInTheme(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of the theme, or of one that was merged into it."""

    id: UUID
    municipality: str
    kind: FindingKind
    field: str
    school_year: str
    band: Band


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """A theme at a moment.

    `findings` are those the reader may read. `cases_at_least` and `municipalities` (which may be
    named) are counted now for whoever reads all findings; for others they are as the theme was
    handed over last. `obstacles` are the codes of what keeps it off an agenda.
    """

    id: UUID
    key: str
    title: str
    stage: str
    sources: list[Source]
    summary: int
    sections: list[SummarySection]
    findings: list[FindingInTheme]
    cases_at_least: int
    municipalities: list[str]
    obstacles: list[str]
    merged_here: list[UUID]
    discussed_in: list[UUID]
    resolutions: list[UUID]
    version: int
    position: int
    changed_at: datetime
    session: UUID | None = None
    goes_on_in: UUID | None = None
    outcome: ThemeOutcome | None = None
    text: str = ""


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to a theme: the themes merged into it, and the findings of all of them."""

    merged: frozenset[UUID]
    reports: tuple[Report, ...]


def theme_view(
    theme: Existing, entries: Sequence[LogEntry], bundle: Bundle, seen: FindingsSeen
) -> ThemeView:
    """The theme as it follows from these entries, as far as somebody may see its findings."""
    matter = theme.matter
    cases, municipalities = _standing(bundle.reports, entries, seen)
    return ThemeView(
        id=matter.theme,
        key=matter.key,
        title=matter.title,
        stage=stage_of(theme),
        sources=list(matter.sources),
        summary=matter.version,
        sections=list(matter.sections),
        findings=[
            _in_theme(report) for report in bundle.reports if seen.reads(report.municipality)
        ],
        cases_at_least=cases,
        municipalities=municipalities,
        obstacles=_obstacles(theme, bundle.reports) if seen.is_all else [],
        merged_here=sorted(bundle.merged),
        discussed_in=list(matter.discussed_in),
        resolutions=list(matter.resolutions),
        version=len(entries),
        position=entries[-1].position,
        changed_at=entries[-1].recorded_at,
        session=theme.session if isinstance(theme, OnAgenda) else None,
        goes_on_in=theme.into if isinstance(theme, Merged) else None,
        outcome=theme.outcome if isinstance(theme, Closed) else None,
        text=theme.text if isinstance(theme, Closed) else "",
    )


def theme_summary(row: Record, seen: FindingsSeen) -> ThemeSummary:
    bands = [Band(band) for band in row["bands"]]
    return ThemeSummary(
        id=row["id"],
        key=row["key"],
        title=row["title"],
        stage=row["stage"],
        summary=row["summary"],
        sources=row["sources"],
        findings=len(bands) if seen.is_all else None,
        cases_at_least=cases_at_least(bands) if seen.is_all else None,
        session=row["session"],
        goes_on_in=row["goes_on_in"],
        outcome=ThemeOutcome(row["outcome"]) if row["outcome"] else None,
        discussed_in=row["discussed_in"],
        resolutions=row["resolutions"],
        opened_at=row["opened_at"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )


def _standing(
    reports: Sequence[Report], entries: Sequence[LogEntry], seen: FindingsSeen
) -> tuple[int, list[str]]:
    """The cases it stands for, and whose they are as far as they may be named."""
    if seen.is_all:
        cases = cases_at_least(report.band for report in reports)
        return cases, list(municipalities_to_name(reports))
    for entry in reversed(entries):
        if isinstance(entry.event, ThemeHandedOver):
            return entry.event.cases_at_least, list(entry.event.municipalities)
    return 0, []


def _obstacles(theme: Existing, reports: Sequence[Report]) -> list[str]:
    if not isinstance(theme, Open):
        return []
    return [obstacle.code for obstacle in obstacles(theme.matter, reports)]


def _in_theme(report: Report) -> FindingInTheme:
    return FindingInTheme(
        id=report.finding,
        municipality=report.municipality,
        kind=report.kind,
        field=report.field,
        school_year=report.school_year,
        band=report.band,
    )
