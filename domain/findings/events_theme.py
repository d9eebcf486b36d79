"""What happens to a theme."""

from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

import msgspec

from domain.findings.clients import FalseAlarm
from domain.kernel import Event


class SourceKind(StrEnum):
    """Where a theme comes from if not from findings."""

    COMPANY = "company"
    PARTNER = "partner"
    BODY = "body"
    NEED_REVIEW = "need-review"
    OTHER = "other"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """`reference` is an organisation's key, or the id of what it rests on, if there is one."""

    kind: SourceKind
    text: str
    reference: str = ""


class SummarySection(msgspec.Struct, frozen=True, kw_only=True):
    """A part of what the body reads. `false_alarms` are places of the text."""

    key: str
    heading: str
    text: str
    false_alarms: tuple[FalseAlarm, ...] = ()


class ThemeOutcome(StrEnum):
    """What became of a theme.

    Mandated: a resolution says who goes on with it. Reported: by a resolution, a supra-regional
    need was put to the ministry. Settled: it is solved. Not pursued: nobody goes on with it.
    """

    MANDATED = "mandated"
    REPORTED = "reported"
    SETTLED = "settled"
    NOT_PURSUED = "not-pursued"


class ThemeOpened(Event, frozen=True, kw_only=True):
    """Without sources it comes from findings alone."""

    TOPIC: ClassVar[str] = "theme.opened"
    theme: UUID
    key: str
    title: str
    sources: tuple[Source, ...] = ()


class SourceNamed(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "theme.source-named"
    theme: UUID
    source: Source


class ThemeSummarised(Event, frozen=True, kw_only=True):
    """The whole summary; `version` counts from 1.

    `substitutes` is the account in whose absence the author wrote it, if so.
    """

    TOPIC: ClassVar[str] = "theme.summarised"
    theme: UUID
    version: int
    title: str
    sections: tuple[SummarySection, ...]
    author: str
    substitutes: str = ""


class ThemeHandedOver(Event, frozen=True, kw_only=True):
    """It may go on the agenda of the session, in this version of its summary.

    `findings` are those bundled at this moment, `cases_at_least` the cases they stand for, nought
    without findings; `municipalities` those that may be named: not fewer than five cases each.
    """

    TOPIC: ClassVar[str] = "theme.handed-over"
    theme: UUID
    session: UUID
    version: int
    findings: tuple[UUID, ...]
    cases_at_least: int
    municipalities: tuple[str, ...]


class ThemeTakenBack(Event, frozen=True, kw_only=True):
    """It is not for this session after all."""

    TOPIC: ClassVar[str] = "theme.taken-back"
    theme: UUID
    session: UUID
    reason: str


class ThemeDiscussed(Event, frozen=True, kw_only=True):
    """The session spoke about it. `findings` are those it was handed over with."""

    TOPIC: ClassVar[str] = "theme.discussed"
    theme: UUID
    session: UUID
    findings: tuple[UUID, ...]
    resolutions: tuple[UUID, ...] = ()


class ResolutionAttached(Event, frozen=True, kw_only=True):
    """A resolution about the theme, taken later or by circulation."""

    TOPIC: ClassVar[str] = "theme.resolution-attached"
    theme: UUID
    resolution: UUID


class ThemeClosed(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "theme.closed"
    theme: UUID
    outcome: ThemeOutcome
    text: str


class ThemeMerged(Event, frozen=True, kw_only=True):
    """It goes on in another theme, and so do its findings."""

    TOPIC: ClassVar[str] = "theme.merged"
    theme: UUID
    into: UUID
    reason: str


class ThemeReopened(Event, frozen=True, kw_only=True):
    """Its end, or its merging, is undone."""

    TOPIC: ClassVar[str] = "theme.reopened"
    theme: UUID
    reason: str


ThemeEvent: TypeAlias = (
    ThemeOpened
    | SourceNamed
    | ThemeSummarised
    | ThemeHandedOver
    | ThemeTakenBack
    | ThemeDiscussed
    | ResolutionAttached
    | ThemeClosed
    | ThemeMerged
    | ThemeReopened
)
