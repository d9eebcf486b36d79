"""A class does what a plain model of it says, whatever is asked, in whatever order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.assessments.class_assessment import (
    ClassAssessment,
    Sheet,
    Standing,
    Unknown,
    stage_of,
)
from domain.assessments.commands_class import (
    ChangeClass,
    ClassCommand,
    EnrolLearners,
    OverrideRecommendation,
    RecordResults,
    RegisterClass,
    ReleaseClass,
    RemoveLearner,
    ReopenClass,
    Row,
    SubmitClass,
    TakeSecondLook,
    WithdrawClass,
)
from domain.assessments.context import ClassContext
from domain.assessments.decide_class import CLASS
from domain.assessments.definition import Level
from domain.assessments.events import RoundEvent
from domain.assessments.events_class import ClassEvent
from domain.assessments.results import Attendance, Result
from domain.kernel import Actor, DomainError, Erased
from services.privacy.box import personal_fields
from tests.domain.assessments.example import (
    ABSENT,
    ANNOUNCED,
    BELL,
    CLASS_ID,
    CLOSED,
    DEFINITION,
    FIRST,
    GITTA,
    IN_WINDOW,
    MEASURES,
    OPENED,
    ORGANISATIONS,
    PROGRAMME,
    RBK,
    RELEASED,
    RETEST,
    TRADE,
    learner,
    result,
    this_round,
)
from tests.domain.assessments.simple_class import ERASED, LEVELS, SimpleClass, SimpleSheet
from tests.domain.county import NRW

NAMES = tuple("abcde")
BY_ID = {learner(name): name for name in NAMES}
IDS = {"first": FIRST, "retest": RETEST}
WINDOWS: Mapping[str, tuple[RoundEvent, ...]] = {
    "open": (ANNOUNCED, OPENED),
    "closed": (ANNOUNCED, OPENED, CLOSED),
    "released": (ANNOUNCED, OPENED, CLOSED, RELEASED),
}
ROUNDS = {window: this_round(*events) for window, events in WINDOWS.items()}
LATER = {"open": "closed", "closed": "released", "released": "open"}

names = st.sampled_from(NAMES)
rounds = st.sampled_from(["first", "first", "first", "retest"])
sizes = st.integers(20, 22)
points = st.none() | st.sampled_from([0, 9, 11, 12, 19, 20, 24, 30, 31, 40])
anybody = st.dictionaries(names, points | st.just(41), min_size=1, max_size=3)


def sitting(achieved: int | None) -> Result:
    """A result with so many points; None is absent."""
    return ABSENT if achieved is None else result(min(achieved, 20), max(achieved - 20, 0))


class ClassMachine(RuleBasedStateMachine):
    """Each rule asks the class and the model the same."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[ClassEvent] = []
        self.state: ClassAssessment = Unknown()
        self.model = SimpleClass()
        self.windows = {"first": "open", "retest": "open"}
        self.accepted = 0

    @initialize(joining=st.sets(names))
    def a_class_may_be_there_already(self, joining: set[str]) -> None:
        if joining:
            self.the_class_is_registered(20)
            self.learners_are_enrolled(joining)

    @rule(size=sizes)
    def the_class_is_registered(self, size: int) -> None:
        command = RegisterClass(
            college=RBK,
            school_year="2026/27",
            name="KB26a",
            programme="A01",
            trade="10-10004",
            size=size,
        )
        self.both(command, lambda: self.model.register(size))

    @rule(size=sizes)
    def the_class_is_changed(self, size: int) -> None:
        command = ChangeClass(training_class=CLASS_ID, programme="A01", trade="10-10004", size=size)
        self.both(command, lambda: self.model.change(size))

    @rule(sure=st.integers(0, 4))
    def the_class_is_withdrawn(self, sure: int) -> None:
        if not sure:
            command = WithdrawClass(training_class=CLASS_ID, reason="Zu wenige.")
            self.both(command, self.model.withdraw)

    @rule(joining=st.sets(names, min_size=1, max_size=3))
    def learners_are_enrolled(self, joining: set[str]) -> None:
        command = EnrolLearners(training_class=CLASS_ID, pseudonyms=tuple(sorted(joining)))
        self.both(command, lambda: self.model.enrol(joining))

    @rule(name=names)
    def somebody_leaves(self, name: str) -> None:
        command = RemoveLearner(training_class=CLASS_ID, learner=learner(name))
        self.both(command, lambda: self.model.remove(name))

    @rule(named=rounds, rows=anybody, has_reason=st.booleans())
    def results_are_recorded(
        self, named: str, rows: Mapping[str, int | None], has_reason: bool
    ) -> None:
        self.record(named, rows, has_reason=has_reason)

    @rule(named=rounds, achieved=points)
    def the_class_is_completed_and_submitted(self, named: str, achieved: int | None) -> None:
        missing = self.model.learners - self.model.erased - self.model.sheet(named).points.keys()
        if missing:
            self.record(named, dict.fromkeys(sorted(missing), achieved), has_reason=True)
        command = SubmitClass(training_class=CLASS_ID, round=IDS[named])
        self.both(command, lambda: self.model.submit(named, self.windows[named]), named)

    @rule(named=rounds)
    def the_submission_is_taken_back(self, named: str) -> None:
        command = ReopenClass(training_class=CLASS_ID, round=IDS[named], reason="Doch nicht.")
        self.both(command, lambda: self.model.reopen(named, self.windows[named]), named)

    @rule(named=rounds)
    def the_process_scores(self, named: str) -> None:
        command = ReleaseClass(training_class=CLASS_ID, round=IDS[named])
        release = lambda: self.model.release(named, self.windows[named])  # noqa: E731 (as the other rules)
        self.both(command, release, named, by=BELL)

    @rule(named=rounds, achieved=points)
    def the_round_is_brought_to_its_end(self, named: str, achieved: int | None) -> None:
        self.the_class_is_completed_and_submitted(named, achieved)
        self.windows[named] = "closed"
        self.the_process_scores(named)

    @rule(named=rounds)
    def time_passes(self, named: str) -> None:
        self.windows[named] = LATER[self.windows[named]]

    @rule(named=rounds, name=names, decided=st.sampled_from(LEVELS))
    def a_teacher_looks_twice(self, named: str, name: str, decided: str) -> None:
        command = TakeSecondLook(
            training_class=CLASS_ID,
            round=IDS[named],
            learner=learner(name),
            level=Level(decided),
            reason="Gespräch.",
        )
        self.both(command, lambda: self.model.look(named, name, decided), named)

    @rule(named=rounds, name=names)
    def a_teacher_chooses_otherwise(self, named: str, name: str) -> None:
        command = OverrideRecommendation(
            training_class=CLASS_ID,
            round=IDS[named],
            learner=learner(name),
            measures=("tandem",),
            reason="Gespräch.",
        )
        self.both(command, lambda: self.model.choose(named, name, "tandem"), named)

    @rule(name=names, sure=st.integers(0, 3))
    def somebodys_data_are_erased(self, name: str, sure: int) -> None:
        if not sure and name in self.model.learners:
            self.model.erase(name)
            self.events = [_masked(recorded, name) for recorded in self.events]
            self.state = CLASS.replay(self.events)

    @invariant()
    def the_class_is_as_the_model_says(self) -> None:
        assert CLASS.replay(self.events) == self.state
        assert stage_of(self.state) == self.model.stage
        if isinstance(self.state, Unknown):
            return
        assert self.state.details.size == self.model.size
        assert {BY_ID[who] for who in self.state.learners} == self.model.learners
        for named, sheet in self.model.sheets.items():
            found = self.state.sheets.get(IDS[named])
            assert (found is None and sheet == SimpleSheet()) or (
                found is not None and _plain(found) == sheet
            )

    def teardown(self) -> None:
        event(f"{self.accepted // 5 * 5} or a few more accepted")
        event(f"sheets: {sorted(sheet.stage for sheet in self.model.sheets.values())}")

    def record(self, named: str, rows: Mapping[str, int | None], *, has_reason: bool) -> None:
        command = RecordResults(
            training_class=CLASS_ID,
            round=IDS[named],
            rows=tuple(Row(pseudonym=n, result=sitting(p)) for n, p in rows.items()),
            reason="Verzählt." if has_reason else "",
        )
        window = self.windows[named]
        self.both(
            command,
            lambda: self.model.record(named, window, rows, has_reason=has_reason),
            named,
        )

    def both(
        self,
        command: ClassCommand,
        model: Callable[[], bool],
        named: str = "first",
        by: Actor = GITTA,
    ) -> None:
        expected = model()
        context = self.context(named, by)
        decided = self.decide(command, context)
        assert (decided is not None) == expected, f"{command} -> {decided}"
        for happened in decided or ():
            self.events.append(happened)
            self.state = CLASS.evolve(self.state, happened)
        if decided:
            self.accepted += 1
            assert not self.decide(command, context), "a repeated command adds"

    def decide(self, command: ClassCommand, context: ClassContext) -> Sequence[ClassEvent] | None:
        """The events; None if it was refused."""
        try:
            return CLASS.decide(command, self.state, context)
        except DomainError:
            return None

    def context(self, named: str, by: Actor) -> ClassContext:
        return ClassContext(
            by=by,
            at=IN_WINDOW,
            calendar=NRW,
            round=ROUNDS[self.windows[named]],
            definition=DEFINITION,
            college=ORGANISATIONS[RBK],
            programme=PROGRAMME,
            trade=TRADE,
            measures=MEASURES,
        )


def _masked(recorded: ClassEvent, name: str) -> ClassEvent:
    """The event as it is read once this learner's data were erased."""
    if getattr(recorded, "learner", None) != learner(name):
        return recorded
    masks: dict[str, Any] = dict.fromkeys(
        personal_fields(type(recorded)), Erased(at=None, reason="")
    )
    return msgspec.structs.replace(recorded, **masks)


def _plain(sheet: Sheet) -> SimpleSheet:
    """What the sheet says, in the words of the model."""
    standings = {BY_ID[who]: standing for who, standing in sheet.standings.items()}
    return SimpleSheet(
        stage=stage_of(sheet),
        points={name: _points(standing) for name, standing in standings.items()},
        seen={
            name
            for name, standing in standings.items()
            if standing.meaning is not None and not isinstance(standing.meaning, Erased)
        },
        looks={
            name: str(standing.second_look.level)
            for name, standing in standings.items()
            if standing.second_look and not isinstance(standing.second_look.level, Erased)
        },
        chosen={
            name: standing.override.chosen
            for name, standing in standings.items()
            if standing.override and not isinstance(standing.override.chosen, Erased)
        },
    )


def _points(standing: Standing) -> int | str | None:
    if isinstance(standing.result, Erased):
        return ERASED
    if standing.result.attendance is Attendance.ABSENT:
        return None
    return sum(score.exact for score in standing.result.scores)


TestClassMachine = ClassMachine.TestCase
TestClassMachine.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
