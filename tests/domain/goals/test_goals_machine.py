"""Goals are set and changed while things happen, and every figure rests on what did happen."""

import contextlib
from datetime import date, timedelta
from typing import Any

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.goals.commands import (
    ChangeGoal,
    CloseYear,
    DropGoal,
    NoteStandings,
    ReopenYear,
    SetGoal,
    YearCommand,
)
from domain.goals.context import YearContext
from domain.goals.counting import Occurrence
from domain.goals.decide import SCHOOL_YEAR
from domain.goals.events import (
    Figure,
    GoalChanged,
    GoalDropped,
    GoalSet,
    Standing,
    StandingNoted,
    Target,
    YearClosed,
    YearEvent,
    YearReopened,
)
from domain.goals.year import SchoolYear
from domain.kernel import DomainError
from tests.domain.county import ADA, BERLIN, NRW, berlin
from tests.domain.goals.example import AFTERWARDS, CONCEPT, EMPLOYED, MEETING, SESSION, YEAR

KINDS = (SESSION, MEETING, CONCEPT)
AGS = ("05774016", "05774036")
LAST = date(2026, 7, 31)

targets = st.builds(
    Target,
    key=st.sampled_from(["one", "two"]),
    counts=st.sampled_from(KINDS),
    at_least=st.integers(0, 3),
    each_of=st.sampled_from(["", "", EMPLOYED]),
    due=st.none() | st.dates(date(2025, 7, 31), date(2026, 8, 1)),
    lead_days=st.sampled_from([0, 0, 21]),
)
contents: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "school_year": st.just(YEAR),
        "goal": st.sampled_from(["a", "b"]),
        "text": st.sampled_from(["Ein Ziel.", "Ein anderes.", " "]),
        "targets": st.lists(targets, max_size=2).map(tuple),
        "source": st.sampled_from(["", "Bericht"]),
    }
)
reasons = st.sampled_from(["Darum.", "Darum.", " "])
STEADY = Target(key="one", counts=SESSION, at_least=2)


class GoalsMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = berlin(2025, 8, 20, 9)
        self.year: SchoolYear = SCHOOL_YEAR.initial
        self.occurrences: list[Occurrence] = []
        self.planned: list[date] = []
        self.goals: dict[str, tuple[Target, ...]] = {}
        self.noted: dict[tuple[str, str], StandingNoted] = {}
        self.is_closed = False

    @initialize()
    def a_goal_is_set(self) -> None:
        self.issue(SetGoal(school_year=YEAR, goal="a", text="Ein Ziel.", targets=(STEADY,)))

    @rule(content=contents)
    def somebody_sets_a_goal(self, content: dict[str, Any]) -> None:
        self.issue(SetGoal(**content))

    @rule(content=contents, reason=reasons)
    def somebody_changes_a_goal(self, content: dict[str, Any], reason: str) -> None:
        self.issue(ChangeGoal(**content, reason=reason))

    @rule(goal=st.sampled_from(["a", "b", "b"]), reason=st.sampled_from(["Darum.", " "]))
    def somebody_drops_a_goal(self, goal: str, reason: str) -> None:
        self.issue(DropGoal(school_year=YEAR, goal=goal, reason=reason))

    @rule(kind=st.sampled_from(KINDS), about=st.sampled_from(["", *AGS]), this_year=st.booleans())
    def something_happens(self, kind: str, about: str, this_year: bool) -> None:
        self.occurrences.append(
            Occurrence(
                kind=kind,
                school_year=YEAR if this_year else "2024/25",
                position=len(self.occurrences) + 1,
                about=about,
                on=self.today,
            )
        )

    @rule(day=st.dates(date(2025, 8, 1), date(2026, 8, 10)))
    def something_is_planned(self, day: date) -> None:
        self.planned.append(day)

    @rule(elapsed=st.sampled_from([0, 1, 30, 90]), counted=st.booleans())
    def days_pass(self, elapsed: int, counted: bool) -> None:
        self.now += timedelta(days=elapsed)
        if counted:
            self.issue(NoteStandings(school_year=YEAR))

    @rule(skip=st.booleans())
    def the_year_is_closed(self, skip: bool) -> None:
        if skip:
            self.now = max(self.now, AFTERWARDS)
        self.issue(CloseYear(school_year=YEAR))

    @rule(reason=reasons)
    def the_year_is_reopened(self, reason: str) -> None:
        self.issue(ReopenYear(school_year=YEAR, reason=reason))

    @invariant()
    def every_target_can_be_counted(self) -> None:
        for wanted in self.goals.values():
            assert len({target.key for target in wanted}) == len(wanted) > 0
            for target in wanted:
                assert (target.at_least > 0) != bool(target.each_of)
                assert target.due is None or date(2025, 8, 1) <= target.due <= LAST

    @property
    def today(self) -> date:
        return self.now.astimezone(BERLIN).date()

    def issue(self, command: YearCommand) -> None:
        context = YearContext(
            by=ADA,
            at=self.now,
            calendar=NRW,
            kinds=frozenset(KINDS),
            groups={EMPLOYED: frozenset(AGS)},
            occurrences=tuple(self.occurrences),
            planned={SESSION: tuple(self.planned)},
        )
        try:
            events = SCHOOL_YEAR.decide(command, self.year, context)
        except DomainError:
            return
        for decided in events:
            self.audit(decided)
            self.year = SCHOOL_YEAR.evolve(self.year, decided)
        with contextlib.suppress(DomainError):
            assert not SCHOOL_YEAR.decide(command, self.year, context), "a repeated command adds"

    def audit(self, decided: YearEvent) -> None:
        event(decided.TOPIC)
        is_over = self.today > LAST
        assert not self.is_closed or isinstance(decided, YearReopened)
        match decided:
            case GoalSet():
                assert decided.goal not in self.goals
                assert not is_over or decided.source
                self.goals[decided.goal] = decided.targets
            case GoalChanged():
                assert decided.goal in self.goals
                assert not is_over, "the goalposts were moved"
                self.goals[decided.goal] = decided.targets
            case GoalDropped():
                assert not is_over
                del self.goals[decided.goal]
                self.noted = {k: n for k, n in self.noted.items() if k[0] != decided.goal}
            case StandingNoted(figure=figure):
                self.audit_figure(figure)
                self.audit_standing(decided)
            case YearClosed():
                assert is_over
                wanted = [(goal, t.key) for goal, ts in self.goals.items() for t in ts]
                assert [(f.goal, f.target) for f in decided.figures] == wanted
                for figure in decided.figures:
                    self.audit_figure(figure)
                self.is_closed = True
            case YearReopened():
                self.is_closed = False

    def audit_standing(self, decided: StandingNoted) -> None:
        figure, standing = decided.figure, decided.standing
        key = (figure.goal, figure.target)
        earlier = self.noted.get(key)
        assert standing != (earlier.standing if earlier else Standing.ON_COURSE), "noted twice"
        due = self.target(figure).due or LAST
        assert (standing is Standing.REACHED) == (0 < figure.required <= figure.actual)
        if standing is Standing.MISSED:
            assert self.today > due
        if standing in {Standing.AT_RISK, Standing.OUT_OF_REACH}:
            assert self.today <= due
            assert figure.actual + decided.planned < figure.required
        self.noted[key] = decided

    def audit_figure(self, figure: Figure) -> None:
        """Counted a second time, by hand."""
        target = self.target(figure)
        in_time = [
            one
            for one in self.occurrences
            if one.school_year == YEAR
            and one.kind == target.counts
            and (target.due is None or (one.on is not None and one.on <= target.due))
        ]
        if target.each_of:
            in_time = [one for one in in_time if one.about in AGS]
            assert set(figure.missing) == set(AGS) - {one.about for one in in_time}
        named = {one.about for one in in_time if one.about}
        nameless = sum(not one.about for one in in_time)
        assert figure.actual == len(named) + nameless == len(figure.positions)
        assert set(figure.positions) <= {one.position for one in in_time}
        assert figure.required == (len(AGS) if target.each_of else target.at_least)

    def target(self, figure: Figure) -> Target:
        return next(t for t in self.goals[figure.goal] if t.key == figure.target)


TestGoalsMachine = GoalsMachine.TestCase
TestGoalsMachine.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
