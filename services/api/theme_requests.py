"""What is sent about themes: to open, write, hand over and end them; what narrows their list."""

from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar.params import QueryParameter

from domain.findings.events_theme import Source, SourceKind, SummarySection, ThemeOutcome
from services.api import bounds
from services.api.findings_texts import Description, MarkedAlarms, false_alarms

STAGES = ("open", "on-agenda", "closed", "merged")
MOST_SOURCES = 50
MOST_SECTIONS = 50
MOST_RESOLUTIONS = 100

ThemeStageOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern="^(" + "|".join(STAGES) + ")$", required=False, description="Only this stage."
    ),
]
SessionOnly: TypeAlias = Annotated[
    UUID | None,
    QueryParameter(
        required=False, description="Only what is on the agenda of this session, or was there."
    ),
]
Reference: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=64,
        pattern=rf"^([a-z0-9][a-z0-9-]*)?{bounds.END}",
        examples=["ihk"],
        description="The key of an organisation, or the id of what it rests on.",
    ),
]


class ThemeSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a theme comes from if not from findings."""

    kind: SourceKind
    text: Description
    reference: Reference = ""


class ThemeOpening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Findings are taken into it afterwards. Without a key it gets one of its own."""

    title: bounds.Name
    key: bounds.Key | None = None
    sources: Annotated[tuple[ThemeSource, ...], msgspec.Meta(max_length=MOST_SOURCES)] = ()


class SummaryPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section of what the body reads."""

    key: bounds.Key
    heading: bounds.Name
    text: Description
    false_alarms: MarkedAlarms = ()


class SummaryDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole summary."""

    title: bounds.Name
    sections: Annotated[tuple[SummaryPart, ...], msgspec.Meta(max_length=MOST_SECTIONS)]


class ThemeHandover(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The session that is to discuss the theme."""

    session: UUID


class ThemeReturn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    session: UUID
    reason: bounds.Reason


class ThemeDiscussion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The session that was held, and the resolutions that came of the theme there."""

    session: UUID
    resolutions: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST_RESOLUTIONS)] = ()


class ThemeResolution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    resolution: UUID


class ThemeClosing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of the theme. Mandated and reported need a resolution."""

    outcome: ThemeOutcome
    text: Description


class ThemeMerging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`into` is the theme that goes on."""

    into: UUID
    reason: bounds.Reason


def source_of(data: ThemeSource) -> Source:
    return Source(kind=data.kind, text=data.text, reference=data.reference)


def section_of(data: SummaryPart) -> SummarySection:
    return SummarySection(
        key=data.key,
        heading=data.heading,
        text=data.text,
        false_alarms=false_alarms(data.false_alarms),
    )
