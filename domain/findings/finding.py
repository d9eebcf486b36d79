"""A finding: its stages, and how they follow from what happened."""

from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm
from domain.findings.events import (
    FindingCorrected,
    FindingEvent,
    FindingKind,
    FindingReleasedFromTheme,
    FindingReported,
    FindingTakenIntoTheme,
    FindingWithdrawn,
)
from domain.kernel import Erased


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows: what was seen, as it is corrected now, and who reported it."""

    finding: UUID
    key: str
    kind: FindingKind
    municipality: str
    organisation: str
    field: str
    school_year: str
    band: Band
    description: str | Erased
    reporter: str
    false_alarms: tuple[FalseAlarm, ...] = ()
    substitutes: str = ""
    corrections: int = 0


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Reported(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Waiting to be bundled."""

    report: Report


class Bundled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """In a theme, or in the one that theme was merged into."""

    report: Report
    theme: UUID


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    report: Report
    reason: str


Existing: TypeAlias = Reported | Bundled | Withdrawn
Finding: TypeAlias = Unknown | Existing


def stage_of(finding: Finding) -> str:
    """The stage's name as it is stored, sent and shown, such as `reported` or `bundled`."""
    return type(finding).__name__.lower()


def evolve(finding: Finding, event: FindingEvent) -> Finding:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, FindingReported):
        return Reported(report=Report(**msgspec.structs.asdict(event)))
    if isinstance(finding, Unknown):
        return finding
    report = finding.report
    match event:
        case FindingCorrected():
            return msgspec.structs.replace(finding, report=_corrected(report, event))
        case FindingWithdrawn(reason=reason):
            return Withdrawn(report=report, reason=reason)
        case FindingTakenIntoTheme(theme=theme):
            return Bundled(report=report, theme=theme)
        case FindingReleasedFromTheme():
            return Reported(report=report)
        case _:
            assert_never(event)


def _corrected(report: Report, event: FindingCorrected) -> Report:
    return msgspec.structs.replace(
        report,
        kind=event.kind,
        field=event.field,
        school_year=event.school_year,
        band=event.band,
        description=event.description,
        false_alarms=event.false_alarms,
        corrections=report.corrections + 1,
    )
