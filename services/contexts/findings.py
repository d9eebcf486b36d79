"""What decisions about findings and themes look at beside their own aggregate."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, get_args
from uuid import UUID

import msgspec

from domain.findings.commands import (
    FindingCommand,
    ReleaseFromTheme,
    ReportFinding,
    TakeIntoTheme,
)
from domain.findings.commands_theme import HandOver, MergeTheme, ThemeCommand
from domain.findings.context import FindingContext, ThemeContext
from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.findings.events import FindingTakenIntoTheme
from domain.findings.events_theme import ThemeMerged
from domain.findings.finding import Bundled, Finding
from domain.findings.standing import is_ready, reports_in
from domain.findings.theme import Merged, Theme
from domain.kernel import Context, Event
from domain.steering.session import Unknown as NoSession
from domain.steering.session_decide import SESSION
from domain.steering.session_errors import UnknownSession
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import BATCH, NOW, EventStore, Moment


class FindingContexts(Contexts):
    """Replays findings, themes, and which of them belong together, from the log."""

    def __init__(self, store: EventStore, fields: Collection[str]) -> None:
        """`fields` are the keys of the catalogue."""
        self._store = store
        self._streams = Streams(store)
        self._fields = frozenset(fields)

    def table(self) -> Asked:
        return {
            **dict.fromkeys(get_args(FindingCommand), (FINDING, self._finding_context)),
            **dict.fromkeys(get_args(ThemeCommand), (THEME, self._theme_context)),
        }

    async def ready_themes(self, themes: Iterable[UUID]) -> frozenset[UUID]:
        """Those of the themes that exist and may be on an agenda: written, and of enough cases."""
        wanted = frozenset(themes)
        if not wanted:
            return frozenset()
        merged = await self._merged(wanted)
        families = {theme: merged[theme] | {theme} for theme in wanted}
        findings = await self.findings_in(
            {theme for family in families.values() for theme in family}
        )
        return frozenset(
            {
                theme
                for theme, family in families.items()
                if is_ready(await self.theme(theme), reports_in(findings, family))
            }
        )

    async def theme(self, theme: UUID, until: Moment = NOW) -> Theme:
        return await self._streams.state(THEME, theme, until)

    async def finding(self, finding: UUID, until: Moment = NOW) -> Finding:
        return await self._streams.state(FINDING, finding, until)

    async def merged_into(self, theme: UUID, until: Moment = NOW) -> frozenset[UUID]:
        """The themes that go on in this one, also by way of others."""
        return (await self._merged({theme}, until))[theme]

    async def findings_in(
        self, themes: Collection[UUID], until: Moment = NOW
    ) -> Mapping[UUID, Finding]:
        """The findings that are in one of these themes at the moment, by id."""
        taken = [
            event.finding
            for event in await self._all_of(FindingTakenIntoTheme)
            if event.theme in themes
        ]
        findings = {key: await self.finding(key, until) for key in dict.fromkeys(taken)}
        return {
            key: finding
            for key, finding in findings.items()
            if isinstance(finding, Bundled) and finding.theme in themes
        }

    async def going_on(self, theme: UUID) -> Theme:
        """The theme that goes on where this one was merged; the theme itself if it was not."""
        seen = {theme}
        state = await self.theme(theme)
        while isinstance(state, Merged) and state.into not in seen:
            seen.add(state.into)
            state = await self.theme(state.into)
        return state

    async def _merged(
        self, themes: Collection[UUID], until: Moment = NOW
    ) -> Mapping[UUID, frozenset[UUID]]:
        """For each of the themes those that go on in it; a merging that was undone is none."""
        once = {event.theme for event in await self._all_of(ThemeMerged)}
        states = {theme: await self.theme(theme, until) for theme in sorted(once)}
        into: defaultdict[UUID, set[UUID]] = defaultdict(set)
        for theme, state in states.items():
            if isinstance(state, Merged):
                into[state.into].add(theme)
        return {theme: _all_below(theme, into) for theme in themes}

    async def _all_of(self, kind: type[Any]) -> list[Any]:
        """All events of this kind, in order. Nothing in them is personal."""
        found: list[Event] = []
        after = 0
        while entries := await self._store.read(after, topics=[kind.TOPIC], limit=BATCH):
            found += [entry.event for entry in entries]
            after = entries[-1].position
        return found

    async def _check_session(self, session: UUID) -> None:
        """Raises UnknownSession: what is handed over to none would never be discussed."""
        if isinstance(await self._streams.state(SESSION, session), NoSession):
            raise UnknownSession(str(session))

    async def _finding_context(self, command: FindingCommand, context: Context) -> Context:
        basis = FindingContext(at=context.at, by=context.by, fields=self._fields)
        match command:
            case ReportFinding(municipality=ags):
                return msgspec.structs.replace(
                    basis, municipality=await self._streams.municipality(ags)
                )
            case TakeIntoTheme(theme=theme):
                return msgspec.structs.replace(basis, theme=await self.theme(theme))
            case ReleaseFromTheme(finding=finding):
                state = await self.finding(finding)
                if not isinstance(state, Bundled):
                    return basis
                return msgspec.structs.replace(basis, theme=await self.going_on(state.theme))
            case _:
                return basis

    async def _theme_context(self, command: ThemeCommand, context: Context) -> Context:
        basis = ThemeContext(at=context.at, by=context.by)
        match command:
            case HandOver(theme=theme, session=session):
                await self._check_session(session)
                merged = await self.merged_into(theme)
                return msgspec.structs.replace(
                    basis, merged=merged, findings=await self.findings_in({theme, *merged})
                )
            case MergeTheme(into=into):
                return msgspec.structs.replace(basis, into=await self.theme(into))
            case _:
                return basis


def _all_below(theme: UUID, into: Mapping[UUID, Collection[UUID]]) -> frozenset[UUID]:
    """What goes on in the theme directly or by way of others; never the theme itself."""
    found: set[UUID] = set()
    left = list(into.get(theme, ()))
    while left:
        other = left.pop()
        if other != theme and other not in found:
            found.add(other)
            left += into.get(other, ())
    return frozenset(found)
