"""What a theme stands for, and what keeps it off an agenda."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias
from uuid import UUID

from domain.findings.bands import LEAST, Band, cases_at_least
from domain.findings.errors_theme import NothingBundled, SummaryMissing, TooFewCases
from domain.findings.finding import Bundled, Finding, Report
from domain.findings.theme import Matter, OnAgenda, Open, Theme

Obstacle: TypeAlias = SummaryMissing | NothingBundled | TooFewCases


def reports_in(findings: Mapping[UUID, Finding], themes: Collection[UUID]) -> tuple[Report, ...]:
    """What is bundled in one of these themes, by id of the finding. What was withdrawn is not."""
    return tuple(
        finding.report
        for _, finding in sorted(findings.items())
        if isinstance(finding, Bundled) and finding.theme in themes
    )


def obstacles(matter: Matter, reports: Collection[Report]) -> tuple[Obstacle, ...]:
    """What has to be done before it may go on an agenda; nothing if it may.

    Bands are summed by the fewest cases they can stand for, so that five are surely reached.
    """
    found: list[Obstacle] = []
    if not matter.version:
        found.append(SummaryMissing())
    if not reports and not matter.sources:
        found.append(NothingBundled())
    cases = cases_at_least(report.band for report in reports)
    if reports and cases < LEAST:
        found.append(TooFewCases(cases, LEAST))
    return tuple(found)


def is_ready(theme: Theme, reports: Collection[Report]) -> bool:
    """Whether it may be on an agenda with these findings: also once it is handed over.

    A correction or a withdrawal may leave fewer than five cases behind.
    """
    return isinstance(theme, Open | OnAgenda) and not obstacles(theme.matter, reports)


def municipalities_to_name(reports: Iterable[Report]) -> tuple[str, ...]:
    """Those whose own findings stand for five cases at least, sorted; the others are not named."""
    bands: defaultdict[str, list[Band]] = defaultdict(list)
    for report in reports:
        bands[report.municipality].append(report.band)
    return tuple(sorted(ags for ags, here in bands.items() if cases_at_least(here) >= LEAST))
