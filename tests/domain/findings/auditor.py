"""An auditor of findings and themes together: what is recorded keeps the rules of both.

Knows the rules but nothing of stages or decisions: a second opinion.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.findings.clients import FalseAlarm, looks_like_a_client
from domain.findings.events import (
    FindingCorrected,
    FindingEvent,
    FindingReleasedFromTheme,
    FindingReported,
    FindingTakenIntoTheme,
    FindingWithdrawn,
)
from domain.findings.events_theme import (
    ResolutionAttached,
    SourceNamed,
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
from domain.kernel import Actor, Role

AT_LEAST = {"1-4": 1, "5-9": 5, "10-24": 10, "25-49": 25, "50+": 50}


class Auditor:
    """`reads` every event with who caused it, and asserts."""

    def __init__(self) -> None:
        self.handed_over = 0
        self._bands: dict[UUID, tuple[str, str]] = {}
        self._reporters: dict[UUID, set[str]] = {}
        self._theme_of: dict[UUID, UUID] = {}
        self._gone: set[UUID] = set()
        self._sources: Counter[UUID] = Counter()
        self._summaries: Counter[UUID] = Counter()
        self._resolutions: dict[UUID, list[UUID]] = {}
        self._on_agenda: dict[UUID, ThemeHandedOver] = {}
        self._ended: dict[UUID, UUID | None] = {}

    def reads(self, event: FindingEvent | ThemeEvent, by: Actor) -> None:
        match event:
            case (
                FindingReported()
                | FindingCorrected()
                | FindingWithdrawn()
                | FindingTakenIntoTheme()
                | FindingReleasedFromTheme()
            ):
                self._reads_finding(event, by)
            case ThemeHandedOver():
                self._reads_bundle(event)
            case ThemeDiscussed() | ThemeTakenBack():
                handed = self._on_agenda.pop(event.theme)
                assert handed.session == event.session
                if isinstance(event, ThemeDiscussed):
                    assert event.findings == handed.findings
                    self._resolutions[event.theme] += event.resolutions
            case ThemeReopened():
                del self._ended[event.theme]
            case ResolutionAttached():
                assert event.resolution not in self._resolutions[event.theme], "attached twice"
                self._resolutions[event.theme].append(event.resolution)
            case _:
                self._reads_theme(event)

    def _reads_finding(self, event: FindingEvent, by: Actor) -> None:
        assert event.finding not in self._gone, "it was withdrawn"
        match event:
            case FindingReported():
                assert event.finding not in self._bands
                _names_nobody(event.description, event.false_alarms)
                self._bands[event.finding] = event.municipality, event.band
                self._reporters[event.finding] = {event.reporter, event.substitutes} - {""}
            case FindingCorrected():
                _names_nobody(event.description, event.false_alarms)
                _names_nobody(event.reason)
                municipality, band = self._bands[event.finding]
                knows = by.role is Role.CASE_MANAGER or by.people & self._reporters[event.finding]
                assert knows or event.band == band, "counted by who does not know"
                self._bands[event.finding] = municipality, event.band
            case FindingWithdrawn():
                _names_nobody(event.reason)
                self._gone.add(event.finding)
                self._theme_of.pop(event.finding, None)
            case FindingTakenIntoTheme():
                assert event.finding not in self._theme_of, "in two themes"
                assert self._is_worked_on(event.theme)
                self._theme_of[event.finding] = event.theme
            case FindingReleasedFromTheme():
                theme = self._theme_of.pop(event.finding)
                assert theme == event.theme
                assert self._goes_on_in(theme) not in self._on_agenda, "it is on an agenda"

    def _reads_bundle(self, event: ThemeHandedOver) -> None:
        assert self._is_worked_on(event.theme)
        inside = {
            f for f, theme in self._theme_of.items() if self._goes_on_in(theme) == event.theme
        }
        assert set(event.findings) == inside
        cases: Counter[str] = Counter()
        for finding in inside:
            municipality, band = self._bands[finding]
            cases[municipality] += AT_LEAST[band]
        assert event.cases_at_least == cases.total()
        assert cases.total() >= 5 or (not inside and self._sources[event.theme])
        assert set(event.municipalities) == {ags for ags, count in cases.items() if count >= 5}
        assert event.version == self._summaries[event.theme] > 0
        self._on_agenda[event.theme] = event
        self.handed_over += 1

    def _reads_theme(
        self, event: ThemeOpened | SourceNamed | ThemeSummarised | ThemeClosed | ThemeMerged
    ) -> None:
        if isinstance(event, ThemeOpened):
            assert event.theme not in self._resolutions
            self._resolutions[event.theme] = []
            self._sources[event.theme] += len(event.sources)
            return
        assert self._is_worked_on(event.theme)
        match event:
            case SourceNamed():
                _names_nobody(event.source.text)
                self._sources[event.theme] += 1
            case ThemeSummarised():
                self._summaries[event.theme] += 1
                assert event.version == self._summaries[event.theme]
                _names_nobody(event.title)
                for section in event.sections:
                    _names_nobody(section.heading)
                    _names_nobody(section.text, section.false_alarms)
            case ThemeClosed():
                _names_nobody(event.text)
                by_body = event.outcome in {ThemeOutcome.MANDATED, ThemeOutcome.REPORTED}
                assert not by_body or self._resolutions[event.theme]
                self._ended[event.theme] = None
            case ThemeMerged():
                assert self._is_worked_on(event.into)
                assert event.into != event.theme
                self._ended[event.theme] = event.into

    def _is_worked_on(self, theme: UUID) -> bool:
        is_there = theme in self._resolutions
        return is_there and theme not in self._ended and theme not in self._on_agenda

    def _goes_on_in(self, theme: UUID) -> UUID:
        while (into := self._ended.get(theme)) is not None:
            theme = into
        return theme


def _names_nobody(text: object, alarms: Sequence[FalseAlarm] = ()) -> None:
    assert isinstance(text, str)
    assert text.strip()
    marked = {(alarm.sign, alarm.start, alarm.end) for alarm in alarms}
    found = {(place.sign, place.start, place.end) for place in looks_like_a_client(text)}
    assert found == marked, "it looks like a client, and nobody said why it is none"
    _reasons(alarm.reason for alarm in alarms)


def _reasons(reasons: Iterable[str]) -> None:
    for reason in reasons:
        _names_nobody(reason)
