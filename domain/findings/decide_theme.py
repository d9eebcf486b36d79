"""What a theme decides: dispatch to writing and presenting, and how it begins."""

from collections.abc import Sequence
from typing import assert_never

from domain.assessments.wording import check_key
from domain.findings import presenting, writing
from domain.findings.checking import check_text
from domain.findings.commands_theme import (
    AttachResolution,
    CloseTheme,
    HandOver,
    MergeTheme,
    NameSource,
    NoteDiscussion,
    OpenTheme,
    ReopenTheme,
    SummariseTheme,
    TakeBack,
    ThemeCommand,
)
from domain.findings.context import ThemeContext
from domain.findings.errors_theme import AlreadyOpened, UnknownTheme
from domain.findings.events_theme import ThemeEvent, ThemeOpened
from domain.findings.theme import Matter, Theme, Unknown, evolve
from domain.kernel import Aggregate


def decide(  # noqa: C901, PLR0911 (one case for each command)
    command: ThemeCommand, theme: Theme, context: ThemeContext
) -> Sequence[ThemeEvent]:
    if isinstance(command, OpenTheme):
        return open_theme(command, theme)
    if isinstance(theme, Unknown):
        raise UnknownTheme(str(command.theme))
    match command:
        case NameSource():
            return writing.name_source(command, theme)
        case SummariseTheme():
            return writing.summarise_theme(command, theme, context.by)
        case HandOver():
            return presenting.hand_over(command, theme, context)
        case TakeBack():
            return presenting.take_back(command, theme)
        case NoteDiscussion():
            return presenting.note_discussion(command, theme)
        case AttachResolution():
            return presenting.attach_resolution(command, theme)
        case CloseTheme():
            return writing.close_theme(command, theme)
        case MergeTheme():
            return writing.merge_theme(command, theme, context.into)
        case ReopenTheme():
            return writing.reopen_theme(command, theme)
        case _:
            assert_never(command)


def open_theme(command: OpenTheme, theme: Theme) -> Sequence[ThemeEvent]:
    """Once under its key."""
    check_key(command.key)
    check_text(command.title, part="title")
    for source in command.sources:
        writing.check_source(source)
    if isinstance(theme, Unknown):
        return [
            ThemeOpened(
                theme=command.subject,
                key=command.key,
                title=command.title,
                sources=command.sources,
            )
        ]
    as_asked = Matter(
        theme=command.subject, key=command.key, title=command.title, sources=command.sources
    )
    if theme.matter == as_asked:
        return []
    raise AlreadyOpened(command.key)


THEME: Aggregate[ThemeCommand, ThemeEvent, Theme, ThemeContext] = Aggregate(
    "theme", initial=Unknown(), evolve=evolve, decide=decide
)
