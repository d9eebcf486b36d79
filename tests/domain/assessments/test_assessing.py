import msgspec
import pytest

from domain.assessments.class_assessment import sheet_of
from domain.assessments.commands_class import OverrideRecommendation, ReleaseClass, TakeSecondLook
from domain.assessments.decide_class import CLASS
from domain.assessments.definition import Level
from domain.assessments.errors import ReasonMissing, RoundNotClosed, UnknownRound
from domain.assessments.errors_class import (
    ClassNotSubmitted,
    LearnerErased,
    LevelOutsideBand,
    NotAssessed,
    NotBorderline,
    NotOfThisCollege,
    UnknownLearner,
    UnknownMeasure,
)
from domain.assessments.errors_instrument import UnknownVersion
from domain.assessments.events import RoundCancelled
from domain.assessments.events_class import (
    ClassReleased,
    RecommendationOverridden,
    ResultAssessed,
    ResultCorrected,
    ResultRecorded,
    SecondLookTaken,
)
from domain.assessments.round import Unknown
from domain.kernel import Erased
from tests.domain.assessments.example import (
    AFTER_WINDOW,
    BELL,
    CLASS_ID,
    CLASS_RELEASED,
    CLASS_SUBMITTED,
    CLEAR,
    CLOSED_ROUND,
    FIRST,
    GITTA,
    HANS,
    IDA,
    JAN,
    KAI,
    OPEN_ROUND,
    RELEASED_CLASS,
    RELEASED_ROUND,
    WITH_MEANING,
    WITH_RESULTS,
    class_scenario,
    learner,
    this_round,
)

GONE = Erased(at=None, reason="")
WHY = "Im Gespräch sicher."
RELEASE = ReleaseClass(training_class=CLASS_ID, round=FIRST)
by_process = class_scenario.knowing(
    by=BELL, at=AFTER_WINDOW, round=this_round(*CLOSED_ROUND), college=None
)
afterwards = class_scenario.knowing(round=this_round(*RELEASED_ROUND), at=AFTER_WINDOW)


def look(pseudonym: str, level: Level, reason: str = WHY) -> TakeSecondLook:
    return TakeSecondLook(
        training_class=CLASS_ID,
        round=FIRST,
        learner=learner(pseudonym),
        level=level,
        reason=reason,
    )


def looked(pseudonym: str, level: Level, reason: str = WHY) -> SecondLookTaken:
    return SecondLookTaken(
        training_class=CLASS_ID,
        round=FIRST,
        learner=learner(pseudonym),
        level=level,
        reason=reason,
    )


def override(pseudonym: str, *measures: str, reason: str = WHY) -> OverrideRecommendation:
    return OverrideRecommendation(
        training_class=CLASS_ID,
        round=FIRST,
        learner=learner(pseudonym),
        measures=measures,
        reason=reason,
    )


def overridden(
    pseudonym: str, ruled: tuple[str, ...], *chosen: str, reason: str = WHY
) -> RecommendationOverridden:
    return RecommendationOverridden(
        training_class=CLASS_ID,
        round=FIRST,
        learner=learner(pseudonym),
        ruled=ruled,
        chosen=chosen,
        reason=reason,
    )


LOW = ("course", "coaching")


def test_a_submitted_class_is_scored_once_the_window_is_closed() -> None:
    by_process.given(*WITH_RESULTS, CLASS_SUBMITTED).when(RELEASE).then(
        *WITH_MEANING, CLASS_RELEASED
    )
    by_process.given(*RELEASED_CLASS).when(RELEASE).then_nothing()
    by_process.given(*WITH_RESULTS, CLASS_SUBMITTED).knowing(round=this_round(*OPEN_ROUND)).when(
        RELEASE
    ).then_refused(RoundNotClosed, stage="open")


def test_a_class_that_did_not_submit_is_not_scored() -> None:
    by_process.given(*WITH_RESULTS).when(RELEASE).then_refused(
        ClassNotSubmitted, stage="collecting"
    )


def test_a_class_of_a_cancelled_round_is_not_scored() -> None:
    cancelled = this_round(*CLOSED_ROUND, RoundCancelled(round=FIRST, reason=WHY))
    by_process.given(*WITH_RESULTS, CLASS_SUBMITTED).knowing(round=cancelled).when(
        RELEASE
    ).then_nothing()


def test_scoring_needs_the_round_and_its_instrument() -> None:
    given = by_process.given(*WITH_RESULTS, CLASS_SUBMITTED)
    given.knowing(round=Unknown()).when(RELEASE).then_refused(UnknownRound, round=str(FIRST))
    given.knowing(definition=None).when(RELEASE).then_refused(UnknownVersion)


def test_whose_data_were_erased_is_left_out_of_the_scoring() -> None:
    masked = tuple(
        msgspec.structs.replace(event, result=GONE)
        if isinstance(event, ResultRecorded) and event.learner == learner(IDA)
        else event
        for event in WITH_RESULTS
    )
    by_process.given(*masked, CLASS_SUBMITTED).when(RELEASE).then(
        WITH_MEANING[1], ClassReleased(training_class=CLASS_ID, round=FIRST, assessed=1)
    )


def test_a_teacher_decides_on_a_borderline_result() -> None:
    given = afterwards.given(*RELEASED_CLASS)
    for level in (Level.A2, Level.A2_B1, Level.B1):
        given.when(look(JAN, level)).then(looked(JAN, level))
    for level in (Level.A1_A2, Level.B1_PLUS):
        given.when(look(JAN, level)).then_refused(LevelOutsideBand, lowest="A2", highest="B1")
    given.when(look(JAN, Level.B1, reason=" ")).then_refused(ReasonMissing)


def test_a_clear_result_needs_no_second_look() -> None:
    afterwards.given(*RELEASED_CLASS).when(look(IDA, Level.B1)).then_refused(NotBorderline)


def test_the_last_look_counts_and_the_same_one_is_no_new_one() -> None:
    given = afterwards.given(*RELEASED_CLASS, looked(JAN, Level.B1))
    given.when(look(JAN, Level.B1)).then_nothing()
    given.when(look(JAN, Level.A2)).then(looked(JAN, Level.A2))
    given.when(look(JAN, Level.B1, reason="Noch einmal geprüft.")).then(
        looked(JAN, Level.B1, reason="Noch einmal geprüft.")
    )


@pytest.mark.parametrize("command", [look(KAI, Level.A2), override(KAI, "tandem")])
def test_there_is_nothing_to_say_about_who_was_absent(
    command: TakeSecondLook | OverrideRecommendation,
) -> None:
    afterwards.given(*RELEASED_CLASS).when(command).then_refused(NotAssessed)


@pytest.mark.parametrize("command", [look(JAN, Level.A2), override(JAN, "tandem")])
def test_nothing_is_said_before_the_release_or_by_others(
    command: TakeSecondLook | OverrideRecommendation,
) -> None:
    afterwards.given(*WITH_RESULTS, CLASS_SUBMITTED).when(command).then_refused(NotAssessed)
    afterwards.given(*RELEASED_CLASS).when(command, by=HANS).then_refused(NotOfThisCollege)
    afterwards.given(*RELEASED_CLASS).when(command, by=BELL).then_refused(NotOfThisCollege)


@pytest.mark.parametrize("command", [look("nobody", Level.A2), override("nobody", "tandem")])
def test_nothing_is_said_about_who_is_not_in_the_class(
    command: TakeSecondLook | OverrideRecommendation,
) -> None:
    afterwards.given(*RELEASED_CLASS).when(command).then_refused(UnknownLearner)


def test_a_recommendation_is_overridden_and_both_are_kept() -> None:
    given = afterwards.given(*RELEASED_CLASS)
    given.when(override(JAN, "tandem", "course", "tandem")).then(
        overridden(JAN, LOW, "tandem", "course")
    )
    given.when(override(JAN)).then(overridden(JAN, LOW))
    given.when(override(JAN, "tandem", reason="")).then_refused(ReasonMissing)
    given.when(override(JAN, "holiday")).then_refused(UnknownMeasure, measure="holiday")


def test_choosing_what_the_rule_says_overrides_nothing() -> None:
    afterwards.given(*RELEASED_CLASS).when(override(JAN, *LOW)).then_nothing()


def test_an_override_may_be_taken_back_and_repeated_without_effect() -> None:
    given = afterwards.given(*RELEASED_CLASS, overridden(JAN, LOW, "tandem"))
    given.when(override(JAN, "tandem")).then_nothing()
    given.when(override(JAN, *LOW)).then(overridden(JAN, LOW, *LOW))


def test_after_a_second_look_the_rule_is_that_of_the_level_decided_on() -> None:
    afterwards.given(*RELEASED_CLASS, looked(JAN, Level.B1)).when(override(JAN, "tandem")).then(
        overridden(JAN, ("terms",), "tandem")
    )


def test_a_correction_takes_back_what_was_said_about_the_result() -> None:
    correction = ResultCorrected(
        training_class=CLASS_ID, round=FIRST, learner=learner(JAN), result=CLEAR, reason=WHY
    )
    state = CLASS.replay(
        [*RELEASED_CLASS, looked(JAN, Level.B1), overridden(JAN, LOW, "tandem"), correction]
    )
    standing = sheet_of(state, FIRST).standings[learner(JAN)]
    assert (standing.meaning, standing.second_look, standing.override) == (None, None, None)
    assert standing.result == CLEAR


@pytest.mark.parametrize("command", [look(JAN, Level.A2), override(JAN, "tandem")])
def test_nothing_is_said_about_whose_data_were_erased(
    command: TakeSecondLook | OverrideRecommendation,
) -> None:
    masked = tuple(
        msgspec.structs.replace(event, meaning=GONE)
        if isinstance(event, ResultAssessed) and event.learner == learner(JAN)
        else event
        for event in RELEASED_CLASS
    )
    afterwards.given(*masked).when(command, by=GITTA).then_refused(LearnerErased)


def test_what_was_erased_of_a_second_look_does_not_stand() -> None:
    erased = msgspec.structs.replace(looked(JAN, Level.B1), level=GONE, reason=GONE)
    afterwards.given(*RELEASED_CLASS, erased).when(override(JAN, "tandem")).then(
        overridden(JAN, LOW, "tandem")
    )
