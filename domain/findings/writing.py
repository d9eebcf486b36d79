"""Work on a theme: where it comes from, what it says, how it ends, merges and goes on."""

from collections.abc import Sequence

from domain.assessments.wording import check_key
from domain.findings.checking import check_reason, check_text
from domain.findings.commands_theme import (
    CloseTheme,
    MergeTheme,
    NameSource,
    ReopenTheme,
    SummariseTheme,
)
from domain.findings.errors_theme import (
    AlreadyEnded,
    MergedIntoItself,
    NoSections,
    NotEnded,
    NotOpen,
    OnAnAgenda,
    ResolutionMissing,
    SectionTwice,
    SummaryChanged,
    UnknownTheme,
)
from domain.findings.events_theme import (
    Source,
    SourceNamed,
    SummarySection,
    ThemeClosed,
    ThemeEvent,
    ThemeMerged,
    ThemeOutcome,
    ThemeReopened,
    ThemeSummarised,
)
from domain.findings.theme import (
    Closed,
    Existing,
    Matter,
    Merged,
    OnAgenda,
    Open,
    Theme,
    Unknown,
    stage_of,
)
from domain.kernel import Actor

BY_RESOLUTION = frozenset({ThemeOutcome.MANDATED, ThemeOutcome.REPORTED})
"""Outcomes that only a body can bring about."""


def name_source(command: NameSource, theme: Existing) -> Sequence[ThemeEvent]:
    """One more place it comes from."""
    check_source(command.source)
    matter = _open(theme)
    if command.source in matter.sources:
        return []
    return [SourceNamed(theme=matter.theme, source=command.source)]


def summarise_theme(command: SummariseTheme, theme: Existing, by: Actor) -> Sequence[ThemeEvent]:
    """Save a new version of the summary. Saving the same again is no new version."""
    matter = _open(theme)
    check_text(command.title, part="title")
    _check_sections(command.sections)
    if (command.title, command.sections) == (matter.title, matter.sections):
        return []
    if command.based_on != matter.version:
        raise SummaryChanged(command.based_on, matter.version)
    return [
        ThemeSummarised(
            theme=matter.theme,
            version=matter.version + 1,
            title=command.title,
            sections=command.sections,
            author=by.account,
            substitutes=by.substitutes,
        )
    ]


def close_theme(command: CloseTheme, theme: Existing) -> Sequence[ThemeEvent]:
    """With what became of it; a mandate and a report to the ministry need a resolution."""
    check_text(command.text, part="text")
    if isinstance(theme, Closed) and (theme.outcome, theme.text) == (command.outcome, command.text):
        return []
    matter = _open(theme)
    if command.outcome in BY_RESOLUTION and not matter.resolutions:
        raise ResolutionMissing(command.outcome)
    return [ThemeClosed(theme=matter.theme, outcome=command.outcome, text=command.text)]


def merge_theme(command: MergeTheme, theme: Existing, into: Theme) -> Sequence[ThemeEvent]:
    """Into another one that is worked on. It takes the findings along."""
    check_reason(command.reason)
    if command.into == command.theme:
        raise MergedIntoItself
    if isinstance(theme, Merged) and theme.into == command.into:
        return []
    matter = _open(theme)
    if isinstance(into, Unknown):
        raise UnknownTheme(str(command.into))
    if not isinstance(into, Open):
        raise NotOpen(stage_of(into))
    return [ThemeMerged(theme=matter.theme, into=command.into, reason=command.reason)]


def reopen_theme(command: ReopenTheme, theme: Existing) -> Sequence[ThemeEvent]:
    check_reason(command.reason)
    if not isinstance(theme, Closed | Merged):
        raise NotEnded(stage_of(theme))
    return [ThemeReopened(theme=theme.matter.theme, reason=command.reason)]


def check_source(source: Source) -> None:
    check_text(source.text, part="source")
    if source.reference:
        check_key(source.reference)


def _check_sections(sections: Sequence[SummarySection]) -> None:
    if not sections:
        raise NoSections
    seen: set[str] = set()
    for section in sections:
        check_key(section.key)
        if section.key in seen:
            raise SectionTwice(section.key)
        seen.add(section.key)
        check_text(section.heading, part=f"{section.key}/heading")
        check_text(section.text, section.false_alarms, part=section.key)


def _open(theme: Existing) -> Matter:
    """Raises OnAnAgenda and AlreadyEnded: what others read or what is over does not change."""
    match theme:
        case Open(matter=matter):
            return matter
        case OnAgenda(session=session):
            raise OnAnAgenda(str(session))
        case Closed() | Merged():
            raise AlreadyEnded(stage_of(theme))
