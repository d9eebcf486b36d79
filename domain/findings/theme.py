"""A theme: its stages, and how they follow from what happened."""

from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.findings.events_theme import (
    ResolutionAttached,
    Source,
    SourceNamed,
    SummarySection,
    ThemeClosed,
    ThemeDiscussed,
    ThemeEvent,
    ThemeHandedOver,
    ThemeMerged,
    ThemeOpened,
    ThemeOutcome,
    ThemeReopened,
    ThemeSummarised,
    ThemeTakenBack,
)


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows. `version` of the summary is 0 before there is one.

    `discussed_in` are the sessions that spoke about it, in order.
    """

    theme: UUID
    key: str
    title: str
    sources: tuple[Source, ...] = ()
    version: int = 0
    sections: tuple[SummarySection, ...] = ()
    discussed_in: tuple[UUID, ...] = ()
    resolutions: tuple[UUID, ...] = ()


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Open(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It is bundled and written, or waits for what follows from its discussion."""

    matter: Matter


class OnAgenda(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Handed over to a session. `findings` are those it was handed over with."""

    matter: Matter
    session: UUID
    findings: tuple[UUID, ...] = ()


class Closed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    matter: Matter
    outcome: ThemeOutcome
    text: str


class Merged(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Another theme goes on with it."""

    matter: Matter
    into: UUID


Existing: TypeAlias = Open | OnAgenda | Closed | Merged
Theme: TypeAlias = Unknown | Existing


def stage_of(theme: Theme) -> str:
    """The stage's name as it is stored, sent and shown, such as `open` or `on-agenda`."""
    return "on-agenda" if isinstance(theme, OnAgenda) else type(theme).__name__.lower()


def evolve(theme: Theme, event: ThemeEvent) -> Theme:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, ThemeOpened):
        return Open(matter=Matter(**msgspec.structs.asdict(event)))
    if isinstance(theme, Unknown):
        return theme
    return _go_on(theme, event)


def _go_on(theme: Existing, event: ThemeEvent) -> Existing:
    matter = theme.matter
    match event:
        case SourceNamed() | ThemeSummarised() | ResolutionAttached():
            return msgspec.structs.replace(theme, matter=_with(matter, event))
        case ThemeHandedOver(session=session, findings=findings):
            return OnAgenda(matter=matter, session=session, findings=findings)
        case ThemeDiscussed():
            return Open(matter=_discussed(matter, event))
        case ThemeTakenBack() | ThemeReopened():
            return Open(matter=matter)
        case ThemeClosed(outcome=outcome, text=text):
            return Closed(matter=matter, outcome=outcome, text=text)
        case ThemeMerged(into=into):
            return Merged(matter=matter, into=into)
        case ThemeOpened():
            return theme
        case _:
            assert_never(event)


def _with(matter: Matter, event: SourceNamed | ThemeSummarised | ResolutionAttached) -> Matter:
    match event:
        case SourceNamed(source=source):
            return msgspec.structs.replace(matter, sources=(*matter.sources, source))
        case ThemeSummarised():
            return msgspec.structs.replace(
                matter, version=event.version, title=event.title, sections=event.sections
            )
        case ResolutionAttached(resolution=resolution):
            return msgspec.structs.replace(matter, resolutions=(*matter.resolutions, resolution))
        case _:
            assert_never(event)


def _discussed(matter: Matter, event: ThemeDiscussed) -> Matter:
    new = tuple(r for r in event.resolutions if r not in matter.resolutions)
    return msgspec.structs.replace(
        matter,
        discussed_in=(*matter.discussed_in, event.session),
        resolutions=(*matter.resolutions, *new),
    )
