"""A theme before a body: handed over for an agenda, taken back, discussed, decided about."""

from collections.abc import Sequence
from uuid import UUID

from domain.findings.bands import cases_at_least
from domain.findings.checking import check_reason
from domain.findings.commands_theme import AttachResolution, HandOver, NoteDiscussion, TakeBack
from domain.findings.context import ThemeContext
from domain.findings.errors_theme import AlreadyEnded, NotOnThisAgenda, OnAnAgenda
from domain.findings.events_theme import (
    ResolutionAttached,
    ThemeDiscussed,
    ThemeEvent,
    ThemeHandedOver,
    ThemeTakenBack,
)
from domain.findings.standing import municipalities_to_name, obstacles, reports_in
from domain.findings.theme import Existing, Matter, Merged, OnAgenda, Open, stage_of


def hand_over(command: HandOver, theme: Existing, context: ThemeContext) -> Sequence[ThemeEvent]:
    """For one session at a time, and never with fewer than five cases."""
    matter = theme.matter
    if isinstance(theme, OnAgenda):
        if theme.session == command.session:
            return []
        raise OnAnAgenda(str(theme.session))
    if not isinstance(theme, Open):
        raise AlreadyEnded(stage_of(theme))
    if command.session in matter.discussed_in:
        return []
    reports = reports_in(context.findings, {matter.theme, *context.merged})
    for obstacle in obstacles(matter, reports):
        raise obstacle
    return [
        ThemeHandedOver(
            theme=matter.theme,
            session=command.session,
            version=matter.version,
            findings=tuple(report.finding for report in reports),
            cases_at_least=cases_at_least(report.band for report in reports),
            municipalities=municipalities_to_name(reports),
        )
    ]


def take_back(command: TakeBack, theme: Existing) -> Sequence[ThemeEvent]:
    """The session is cancelled, or the theme is not for it after all."""
    check_reason(command.reason)
    if not isinstance(theme, OnAgenda) or theme.session != command.session:
        raise NotOnThisAgenda(str(command.session))
    return [
        ThemeTakenBack(theme=theme.matter.theme, session=command.session, reason=command.reason)
    ]


def note_discussion(command: NoteDiscussion, theme: Existing) -> Sequence[ThemeEvent]:
    """Once for each session; resolutions that are told of later are attached then."""
    matter = theme.matter
    if isinstance(theme, OnAgenda) and theme.session == command.session:
        return [
            ThemeDiscussed(
                theme=matter.theme,
                session=command.session,
                findings=theme.findings,
                resolutions=tuple(dict.fromkeys(command.resolutions)),
            )
        ]
    if command.session in matter.discussed_in:
        return _attached(matter, command.resolutions)
    raise NotOnThisAgenda(str(command.session))


def attach_resolution(command: AttachResolution, theme: Existing) -> Sequence[ThemeEvent]:
    """Also after it was closed: a later resolution may take back an earlier one."""
    if isinstance(theme, Merged):
        raise AlreadyEnded(stage_of(theme))
    return _attached(theme.matter, (command.resolution,))


def _attached(matter: Matter, resolutions: Sequence[UUID]) -> Sequence[ThemeEvent]:
    return [
        ResolutionAttached(theme=matter.theme, resolution=resolution)
        for resolution in dict.fromkeys(resolutions)
        if resolution not in matter.resolutions
    ]
