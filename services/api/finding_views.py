"""How findings look from outside: reported, listed, and one as it was at a moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from asyncpg import Record
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm, Sign
from domain.findings.events import FindingCorrected, FindingKind, FindingReported
from domain.findings.finding import Bundled, Existing, Withdrawn, stage_of
from domain.kernel import Erased
from services.api import bounds
from services.api.assessment_bounds import SchoolYear
from services.api.findings_texts import Description, MarkedAlarms
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore

STAGES = ("reported", "bundled", "withdrawn")
FieldKey: TypeAlias = Annotated[
    str,
    msgspec.Meta(pattern=bounds.KEY, examples=["language"], description="Of the list of fields."),
]
StageOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern="^(" + "|".join(STAGES) + ")$", required=False, description="Only this stage."
    ),
]
KindOnly: TypeAlias = Annotated[
    FindingKind | None,
    QueryParameter(required=False, description="Only gaps, or only potentials."),
]
MunicipalityOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.AGS,
        required=False,
        description="Only what was seen in this municipality.",
        examples=[Example(value="05774020")],
    ),
]
FieldOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.KEY,
        required=False,
        description="Only this field.",
        examples=[Example(value="language")],
    ),
]
ThemeOnly: TypeAlias = Annotated[
    UUID | None,
    QueryParameter(required=False, description="Only what is in this theme, or goes on in it."),
]


class FindingReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody saw. `band` counts the cases of the school year."""

    municipality: bounds.Ags
    kind: FindingKind
    field: FieldKey
    school_year: SchoolYear
    band: Band
    description: Description
    false_alarms: MarkedAlarms = ()


class FindingCorrection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything as it shall be, also what stays the same."""

    kind: FindingKind
    field: FieldKey
    school_year: SchoolYear
    band: Band
    description: Description
    reason: bounds.Reason
    false_alarms: MarkedAlarms = ()


class Bundling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The theme to take the finding into."""

    theme: UUID


class TextToCheck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: Description


class FoundPlace(msgspec.Struct, frozen=True, kw_only=True):
    """From character `start`, counted from 0, up to and without `end`; `name` says what it is."""

    sign: Sign
    start: int
    end: int
    name: str


class FindingSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `theme` is where it goes on now, if its theme was merged."""

    id: UUID
    kind: FindingKind
    municipality: str
    municipality_name: str
    field: str
    school_year: str
    band: Band
    stage: str
    description: str | Erased
    reporter: str
    reported_at: datetime
    theme: UUID | None = None
    theme_title: str | None = None
    version: int
    position: int
    changed_at: datetime


class FindingView(msgspec.Struct, frozen=True, kw_only=True):
    """A finding at a moment. `theme` is the one it was taken into.

    `corrections` counts how often it was corrected.
    """

    id: UUID
    kind: FindingKind
    municipality: str
    organisation: str
    field: str
    school_year: str
    band: Band
    stage: str
    description: str | Erased
    false_alarms: list[FalseAlarm]
    reporter: str
    corrections: int
    version: int
    position: int
    changed_at: datetime
    theme: UUID | None = None
    withdrawn_because: str | None = None


def finding_view(finding: Existing, entries: Sequence[LogEntry]) -> FindingView:
    """The finding as it follows from these entries."""
    report = finding.report
    return FindingView(
        id=report.finding,
        kind=report.kind,
        municipality=report.municipality,
        organisation=report.organisation,
        field=report.field,
        school_year=report.school_year,
        band=report.band,
        stage=stage_of(finding),
        description=report.description,
        false_alarms=list(report.false_alarms),
        reporter=report.reporter,
        corrections=report.corrections,
        version=len(entries),
        position=entries[-1].position,
        changed_at=entries[-1].recorded_at,
        theme=finding.theme if isinstance(finding, Bundled) else None,
        withdrawn_because=finding.reason if isinstance(finding, Withdrawn) else None,
    )


async def finding_summaries(store: EventStore, rows: Sequence[Record]) -> list[FindingSummary]:
    """Rows of the view, with what the log says in them."""
    entries = await store.at([row["described"] for row in rows])
    described = {
        entry.position: entry.event.description
        for entry in entries
        if isinstance(entry.event, FindingReported | FindingCorrected)
    }
    return [_summary(row, described[row["described"]]) for row in rows]


def _summary(row: Record, description: str | Erased) -> FindingSummary:
    return FindingSummary(
        id=row["id"],
        kind=FindingKind(row["kind"]),
        municipality=row["municipality"],
        municipality_name=row["municipality_name"],
        field=row["field"],
        school_year=row["school_year"],
        band=Band(row["band"]),
        stage=row["stage"],
        description=description,
        reporter=row["reporter"],
        reported_at=row["reported_at"],
        theme=row["root"],
        theme_title=row["theme_title"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )
