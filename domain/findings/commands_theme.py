"""What can be asked of a theme."""

from typing import TypeAlias
from uuid import UUID

from domain.findings.events_theme import Source, SummarySection, ThemeOutcome
from domain.kernel import Command, stream_id


def theme_id(key: str) -> UUID:
    return stream_id("theme", key)


class OpenTheme(Command, frozen=True, kw_only=True):
    """Findings are taken into it afterwards; without sources there will be at least one."""

    key: str
    title: str
    sources: tuple[Source, ...] = ()

    @property
    def subject(self) -> UUID:
        return theme_id(self.key)


class AboutTheme(Command, frozen=True, kw_only=True):
    """A command to a theme that exists."""

    theme: UUID

    @property
    def subject(self) -> UUID:
        return self.theme


class NameSource(AboutTheme, frozen=True, kw_only=True):
    source: Source


class SummariseTheme(AboutTheme, frozen=True, kw_only=True):
    """The whole summary. `based_on` is the version the author had before them; 0 for none."""

    title: str
    sections: tuple[SummarySection, ...]
    based_on: int


class HandOver(AboutTheme, frozen=True, kw_only=True):
    """For the agenda of this session."""

    session: UUID


class TakeBack(AboutTheme, frozen=True, kw_only=True):
    session: UUID
    reason: str


class NoteDiscussion(AboutTheme, frozen=True, kw_only=True):
    """The session was held; `resolutions` are those that came of this theme there."""

    session: UUID
    resolutions: tuple[UUID, ...] = ()


class AttachResolution(AboutTheme, frozen=True, kw_only=True):
    resolution: UUID


class CloseTheme(AboutTheme, frozen=True, kw_only=True):
    outcome: ThemeOutcome
    text: str


class MergeTheme(AboutTheme, frozen=True, kw_only=True):
    """`into` is the theme that goes on."""

    into: UUID
    reason: str


class ReopenTheme(AboutTheme, frozen=True, kw_only=True):
    reason: str


ThemeCommand: TypeAlias = (
    OpenTheme
    | NameSource
    | SummariseTheme
    | HandOver
    | TakeBack
    | NoteDiscussion
    | AttachResolution
    | CloseTheme
    | MergeTheme
    | ReopenTheme
)
