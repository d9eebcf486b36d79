"""Everybody reports, corrects, bundles and merges at any time, and no agenda gives anybody away."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm, Sign
from domain.findings.commands import (
    CorrectFinding,
    FindingCommand,
    ReleaseFromTheme,
    ReportFinding,
    TakeIntoTheme,
    WithdrawFinding,
    finding_id,
)
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
    theme_id,
)
from domain.findings.context import FindingContext, ThemeContext
from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.findings.events import FindingEvent, FindingKind
from domain.findings.events_theme import SummarySection, ThemeEvent, ThemeOutcome
from domain.findings.finding import Bundled, Finding
from domain.findings.theme import Merged, Theme
from domain.kernel import Actor, DomainError
from tests.domain.county import ADA, BEN, CEM, MONDAY, SALZKOTTEN
from tests.domain.findings.auditor import Auditor
from tests.domain.findings.example import (
    AUTUMN,
    BUEREN,
    CALLED,
    CALLED_ALARM,
    FIELDS,
    NEED,
    RESOLUTION,
    SCARCE,
    SPRING,
)

PLACES = {place.ags: place for place in (SALZKOTTEN, BUEREN)}
KEYS, THEMES = ("a", "b", "c"), ("x", "y", "z")

ADA_FOR_BEN = msgspec.structs.replace(ADA, substitutes="ben")
actors = st.sampled_from([ADA, BEN, CEM, ADA_FOR_BEN])
bands = st.sampled_from([Band.FROM_1, Band.FROM_1, Band.FROM_5, Band.FROM_50])
finding_ids = st.sampled_from([finding_id(ags, key) for ags in PLACES for key in KEYS])
theme_ids = st.sampled_from([theme_id(key) for key in THEMES])
sessions = st.sampled_from([AUTUMN, SPRING])
resolutions = st.lists(st.just(RESOLUTION), max_size=2).map(tuple)
reasons = st.sampled_from(["Darum.", "Darum.", "Doch.", " ", "Frau Yildiz rief an.", "Az. 12/34"])
texts = st.sampled_from([SCARCE, CALLED, " ", "Ein 34-jähriger Syrer sucht."])
alarms = st.sampled_from(
    [
        (),
        (CALLED_ALARM,),
        (msgspec.structs.replace(CALLED_ALARM, reason="Das ist Herr Yildiz."),),
        (FalseAlarm(sign=Sign.AGE_AND_NATIONALITY, start=4, end=22, reason="Erfunden."),),
    ]
)
contents = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(FindingKind),
        "field": st.sampled_from(["work", "work", "weather"]),
        "school_year": st.just("2025/26"),
        "band": bands,
        "description": texts,
        "false_alarms": alarms,
    }
)
sections = st.lists(
    st.builds(
        SummarySection,
        key=st.sampled_from(["lage", "bedarf"]),
        heading=st.just("Was wir sehen"),
        text=texts,
        false_alarms=alarms,
    ),
    max_size=2,
).map(tuple)

finding_commands: st.SearchStrategy[FindingCommand] = st.one_of(
    st.builds(WithdrawFinding, finding=finding_ids, reason=reasons),
    st.builds(TakeIntoTheme, finding=finding_ids, theme=theme_ids),
    st.builds(ReleaseFromTheme, finding=finding_ids, reason=reasons),
)
theme_commands: st.SearchStrategy[ThemeCommand] = st.one_of(
    st.builds(NameSource, theme=theme_ids, source=st.just(NEED)),
    st.builds(
        SummariseTheme,
        theme=theme_ids,
        title=st.just("Sprache"),
        sections=sections,
        based_on=st.integers(0, 2),
    ),
    st.builds(HandOver, theme=theme_ids, session=sessions),
    st.builds(TakeBack, theme=theme_ids, session=sessions, reason=reasons),
    st.builds(NoteDiscussion, theme=theme_ids, session=sessions, resolutions=resolutions),
    st.builds(AttachResolution, theme=theme_ids, resolution=st.just(RESOLUTION)),
    st.builds(CloseTheme, theme=theme_ids, outcome=st.sampled_from(ThemeOutcome), text=reasons),
    st.builds(MergeTheme, theme=theme_ids, into=theme_ids, reason=reasons),
    st.builds(ReopenTheme, theme=theme_ids, reason=reasons),
)


class FindingsMachine(RuleBasedStateMachine):
    """Plays the desk: it fills in what a decision looks at, as it would be looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: dict[UUID, Finding] = {}
        self.themes: dict[UUID, Theme] = {}
        self.auditor = Auditor()

    @initialize(few=st.integers(0, 5))
    def some_are_reported_and_bundled(self, few: int) -> None:
        self.themes_are_opened()
        for number, key in enumerate(("a", "b", "c", "a", "b", "c")[: few + 1]):
            ags = list(PLACES)[number // 3]
            band = Band.FROM_5 if few == 0 else Band.FROM_1
            self.report(ags, key, BEN, kind=FindingKind.GAP, field="work", band=band)
            self.issue_to_finding(
                TakeIntoTheme(finding=finding_id(ags, key), theme=theme_id("x")), ADA
            )
        summary = SummarySection(key="lage", heading="Lage", text=SCARCE)
        for theme in ("x", "y"):
            self.issue_to_theme(
                SummariseTheme(
                    theme=theme_id(theme), title="Sprache", sections=(summary,), based_on=0
                ),
                ADA,
            )

    @rule()
    def themes_are_opened(self) -> None:
        for key in THEMES:
            self.issue_to_theme(OpenTheme(key=key, title="Sprache"), ADA)

    @rule(
        ags=st.sampled_from(sorted(PLACES)), key=st.sampled_from(KEYS), by=actors, all_of=contents
    )
    def somebody_reports(self, ags: str, key: str, by: Actor, all_of: dict[str, Any]) -> None:
        self.report(ags, key, by, **all_of)

    @rule(finding=finding_ids, by=actors, all_of=contents, reason=reasons)
    def somebody_corrects(
        self, finding: UUID, by: Actor, all_of: dict[str, Any], reason: str
    ) -> None:
        self.issue_to_finding(CorrectFinding(finding=finding, reason=reason, **all_of), by)

    @rule(command=finding_commands, by=actors)
    def somebody_bundles(self, command: FindingCommand, by: Actor) -> None:
        self.issue_to_finding(command, by)

    @rule(command=theme_commands, by=actors)
    def somebody_works_on_a_theme(self, command: ThemeCommand, by: Actor) -> None:
        self.issue_to_theme(command, by)

    @rule(theme=theme_ids, session=sessions, is_held=st.none() | st.booleans())
    def a_theme_is_handed_over(self, theme: UUID, session: UUID, is_held: bool | None) -> None:
        self.issue_to_theme(HandOver(theme=theme, session=session), ADA)
        if is_held:
            self.issue_to_theme(
                NoteDiscussion(theme=theme, session=session, resolutions=(RESOLUTION,)), ADA
            )
        elif is_held is False:
            self.issue_to_theme(TakeBack(theme=theme, session=session, reason="Abgesagt."), ADA)

    @rule(theme=theme_ids, into=theme_ids)
    def themes_are_merged(self, theme: UUID, into: UUID) -> None:
        self.issue_to_theme(MergeTheme(theme=theme, into=into, reason="Dasselbe."), ADA)

    @rule(theme=theme_ids)
    def a_theme_is_reopened(self, theme: UUID) -> None:
        self.issue_to_theme(ReopenTheme(theme=theme, reason="Doch nicht."), ADA)

    def report(self, ags: str, key: str, by: Actor, **content: Any) -> None:
        filled: dict[str, Any] = {"school_year": "2025/26", "description": SCARCE, **content}
        self.issue_to_finding(ReportFinding(municipality=ags, key=key, **filled), by)

    def issue_to_finding(self, command: FindingCommand, by: Actor) -> None:
        finding = self.findings.get(command.subject, FINDING.initial)
        named: UUID | None = None
        if isinstance(command, TakeIntoTheme):
            named = command.theme
        elif isinstance(finding, Bundled):
            named = self.goes_on_in(finding.theme)
        context = FindingContext(
            by=by,
            at=MONDAY,
            municipality=PLACES[getattr(command, "municipality", SALZKOTTEN.ags)],
            fields=FIELDS,
            theme=self.themes.get(named, THEME.initial) if named else THEME.initial,
        )
        try:
            events: Sequence[FindingEvent] = FINDING.decide(command, finding, context)
        except DomainError:
            return
        for decided in events:
            self.auditor.reads(decided, by)
            finding = FINDING.evolve(finding, decided)
        self.findings[command.subject] = finding
        assert not self.decides_again(FINDING, command, finding, context)

    def issue_to_theme(self, command: ThemeCommand, by: Actor) -> None:
        theme = self.themes.get(command.subject, THEME.initial)
        context = ThemeContext(
            by=by,
            at=MONDAY,
            merged=frozenset(t for t in self.themes if self.goes_on_in(t) == command.subject),
            findings=self.findings,
            into=self.themes.get(getattr(command, "into", command.subject), THEME.initial),
        )
        try:
            events: Sequence[ThemeEvent] = THEME.decide(command, theme, context)
        except DomainError:
            return
        for decided in events:
            event(decided.TOPIC)
            self.auditor.reads(decided, by)
            theme = THEME.evolve(theme, decided)
        self.themes[command.subject] = theme
        assert not self.decides_again(THEME, command, theme, context)

    def goes_on_in(self, theme: UUID) -> UUID:
        while isinstance(state := self.themes.get(theme), Merged):
            theme = state.into
        return theme

    def decides_again(self, aggregate: Any, command: Any, state: Any, context: Any) -> bool:
        """Whether a repeated command adds something."""
        try:
            return bool(aggregate.decide(command, state, context))
        except DomainError:
            return False


TestFindingsMachine = FindingsMachine.TestCase
TestFindingsMachine.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
