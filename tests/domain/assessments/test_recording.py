from datetime import date, timedelta

import msgspec
import pytest

from domain.assessments.commands_class import RecordResults, ReopenClass, Row, SubmitClass
from domain.assessments.errors import (
    NotInvited,
    OtherSchoolYear,
    ReasonMissing,
    RoundNotOpen,
    UnknownRound,
    WindowHasClosed,
)
from domain.assessments.errors_class import (
    ClassAlreadySubmitted,
    ClassFull,
    ClassNotSubmitted,
    ExactAboveRecognition,
    LearnerErased,
    LearnersWithoutResult,
    LearnerTwice,
    NothingToSubmit,
    NotYetTaken,
    PartNotScored,
    PseudonymMissing,
    RowsFaulty,
    UnknownAccommodation,
)
from domain.assessments.errors_instrument import UnknownVersion
from domain.assessments.events import RoundCancelled, WindowExtended
from domain.assessments.events_class import (
    ClassEvent,
    ClassReopened,
    ClassSubmitted,
    LearnerEnrolled,
    ResultCorrected,
    ResultRecorded,
)
from domain.assessments.results import Attendance, PartScore, Result
from domain.assessments.round import Unknown
from domain.kernel import Erased
from tests.domain.assessments.example import (
    ABSENT,
    AFTER_WINDOW,
    ANNOUNCED,
    BORDERLINE,
    CLASS_ID,
    CLASS_REGISTERED,
    CLASS_SUBMITTED,
    CLEAR,
    CLEAR_MEANING,
    CLOSED_ROUND,
    CLOSES_AT,
    FIRST,
    IDA,
    JAN,
    KAI,
    LATER,
    LFS,
    OPEN_ROUND,
    OPENS_AT,
    RBK,
    RELEASED_CLASS,
    RELEASED_ROUND,
    RETEST,
    WITH_RESULTS,
    WOOD,
    assessed,
    class_scenario,
    enrolled,
    learner,
    recorded,
    result,
    this_round,
)

GONE = Erased(at=None, reason="")
WHY = "Verzählt."
SUBMIT = SubmitClass(training_class=CLASS_ID, round=FIRST)
REOPEN = ReopenClass(training_class=CLASS_ID, round=FIRST, reason="Ein Bogen fehlt.")
REOPENED = ClassReopened(training_class=CLASS_ID, round=FIRST, reason="Ein Bogen fehlt.")
ANY_ROW = Row(pseudonym=IDA, result=CLEAR)

after_release = class_scenario.knowing(round=this_round(*RELEASED_ROUND), at=AFTER_WINDOW)


def record(*rows: Row, reason: str = "") -> RecordResults:
    return RecordResults(training_class=CLASS_ID, round=FIRST, rows=rows, reason=reason)


def row(pseudonym: str, given: Result) -> Row:
    return Row(pseudonym=pseudonym, result=given)


def corrected(pseudonym: str, given: Result, reason: str = WHY) -> ResultCorrected:
    return ResultCorrected(
        training_class=CLASS_ID,
        round=FIRST,
        learner=learner(pseudonym),
        result=given,
        reason=reason,
    )


ALL = record(row(IDA, CLEAR), row(JAN, BORDERLINE), row(KAI, ABSENT))


def test_results_are_recorded_and_learners_not_yet_in_the_class_are_enrolled() -> None:
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA)).when(ALL).then(
        enrolled(JAN),
        enrolled(KAI),
        recorded(IDA, CLEAR),
        recorded(JAN, BORDERLINE),
        recorded(KAI, ABSENT),
    )


def test_the_same_rows_again_change_nothing() -> None:
    class_scenario.given(*WITH_RESULTS).when(ALL).then_nothing()
    class_scenario.given(*WITH_RESULTS, CLASS_SUBMITTED).when(ALL).then_nothing()
    after_release.given(*RELEASED_CLASS).when(ALL).then_nothing()


def test_the_same_scores_in_another_order_are_the_same() -> None:
    turned = msgspec.structs.replace(CLEAR, scores=tuple(reversed(CLEAR.scores)))
    class_scenario.given(*WITH_RESULTS).when(record(row(IDA, turned))).then_nothing()
    class_scenario.given(CLASS_REGISTERED).when(record(row(IDA, turned))).then(
        enrolled(IDA), recorded(IDA, CLEAR)
    )


def test_other_rows_are_corrections_and_need_a_reason() -> None:
    other = result(11, 12)
    changed = record(row(IDA, CLEAR), row(JAN, other), row("new", ABSENT), reason=WHY)
    class_scenario.given(*WITH_RESULTS).when(changed).then(
        enrolled("new"), recorded("new", ABSENT), corrected(JAN, other)
    )
    class_scenario.given(*WITH_RESULTS).when(
        msgspec.structs.replace(changed, reason=" ")
    ).then_refused(ReasonMissing)


def test_a_correction_that_stands_is_no_new_one() -> None:
    other = result(11, 12)
    class_scenario.given(*WITH_RESULTS, corrected(JAN, other)).when(
        record(row(JAN, other))
    ).then_nothing()


def test_a_submitted_class_may_be_corrected_but_not_added_to() -> None:
    given = class_scenario.given(*WITH_RESULTS, CLASS_SUBMITTED)
    other = result(11, 12)
    given.when(record(row(JAN, other), reason=WHY)).then(corrected(JAN, other))
    given.when(record(row("new", CLEAR), reason=WHY)).then_refused(ClassAlreadySubmitted)


def test_a_correction_after_the_release_is_assessed_at_once() -> None:
    after_release.given(*RELEASED_CLASS).when(record(row(JAN, CLEAR), reason=WHY)).then(
        corrected(JAN, CLEAR), assessed(JAN, CLEAR_MEANING)
    )
    after_release.given(*RELEASED_CLASS).when(record(row(JAN, ABSENT), reason=WHY)).then(
        corrected(JAN, ABSENT)
    )
    after_release.given(*RELEASED_CLASS).when(record(row("new", CLEAR), reason=WHY)).then_refused(
        ClassAlreadySubmitted
    )


def test_results_are_of_a_round_the_college_takes_part_in() -> None:
    class_scenario.given(CLASS_REGISTERED).knowing(round=Unknown()).when(ALL).then_refused(
        UnknownRound, round=str(FIRST)
    )
    without = msgspec.structs.replace(ANNOUNCED, colleges=(LFS,))
    class_scenario.given(CLASS_REGISTERED).knowing(round=this_round(without)).when(
        ALL
    ).then_refused(NotInvited, college=RBK)


def test_a_class_is_tested_in_rounds_of_its_school_year() -> None:
    last_year = msgspec.structs.replace(ANNOUNCED, school_year="2025/26")
    class_scenario.given(CLASS_REGISTERED).knowing(round=this_round(last_year)).when(
        ALL
    ).then_refused(OtherSchoolYear, expected="2025/26", school_year="2026/27")


@pytest.mark.parametrize("command", [ALL, SUBMIT, REOPEN], ids=lambda c: type(c).__name__)
def test_results_are_taken_while_the_window_is_open(
    command: RecordResults | SubmitClass | ReopenClass,
) -> None:
    given = class_scenario.given(*WITH_RESULTS, *[CLASS_SUBMITTED] * (command is REOPEN))
    given.knowing(round=this_round(ANNOUNCED)).when(
        command, at=OPENS_AT - timedelta(seconds=1)
    ).then_refused(RoundNotOpen, stage="announced")
    given.knowing(round=this_round(*CLOSED_ROUND)).when(command).then_refused(
        RoundNotOpen, stage="closed"
    )
    given.when(command, at=CLOSES_AT).then_refused(WindowHasClosed, closed_at=CLOSES_AT.isoformat())


def test_a_window_that_nobody_opened_in_time_is_open_between_its_moments() -> None:
    given = class_scenario.given(*WITH_RESULTS).knowing(round=this_round(ANNOUNCED))
    given.when(SUBMIT, at=OPENS_AT).then(CLASS_SUBMITTED)
    given.when(SUBMIT, at=CLOSES_AT).then_refused(WindowHasClosed, closed_at=CLOSES_AT.isoformat())


def test_a_college_with_more_time_has_more_time() -> None:
    more = WindowExtended(round=FIRST, closes_at=LATER, reason=WHY, colleges=(RBK,))
    longer = class_scenario.given(*WITH_RESULTS).knowing(round=this_round(*OPEN_ROUND, more))
    longer.when(SUBMIT, at=LATER - timedelta(seconds=1)).then(CLASS_SUBMITTED)
    longer.when(SUBMIT, at=LATER).then_refused(WindowHasClosed, closed_at=LATER.isoformat())


def test_nothing_is_recorded_or_corrected_in_a_cancelled_round() -> None:
    cancelled = this_round(*CLOSED_ROUND, RoundCancelled(round=FIRST, reason=WHY))
    for given in ((CLASS_REGISTERED,), RELEASED_CLASS):
        class_scenario.given(*given).knowing(round=cancelled).when(
            record(row(JAN, CLEAR), reason=WHY)
        ).then_refused(RoundNotOpen, stage="cancelled")


def test_without_its_instrument_nothing_is_recorded() -> None:
    class_scenario.given(CLASS_REGISTERED).knowing(definition=None).when(ALL).then_refused(
        UnknownVersion
    )


def test_every_fault_of_every_row_is_told_and_nothing_is_recorded() -> None:
    wrong = Result(
        taken_on=date(2026, 9, 16),
        scores=(PartScore(part=WOOD, exact=9, recognition=8),),
        accommodation=("deaf",),
    )
    refused = class_scenario.given(CLASS_REGISTERED).when(
        record(row(IDA, wrong), row(JAN, CLEAR), row(" ", ABSENT), row(JAN, CLEAR))
    )
    with pytest.raises(RowsFaulty) as refusal:
        refused.decided()
    assert [(fault.row, fault.pseudonym, type(fault.error)) for fault in refusal.value.faults] == [
        (0, IDA, NotYetTaken),
        (0, IDA, UnknownAccommodation),
        (0, IDA, ExactAboveRecognition),
        (0, IDA, PartNotScored),
        (2, " ", PseudonymMissing),
        (3, JAN, LearnerTwice),
    ]
    assert refusal.value.faults[2].error.facts == {"part": WOOD, "exact": 9, "recognition": 8}


def test_a_refusal_written_to_a_log_says_nothing_of_learners() -> None:
    refused = class_scenario.given(CLASS_REGISTERED).when(
        record(row(IDA, result(9, 99)), row(IDA, CLEAR))
    )
    with pytest.raises(RowsFaulty) as refusal:
        refused.decided()
    assert refusal.value.facts == {"count": 2}
    assert IDA not in str(refusal.value) + repr(refusal.value)
    assert "99" not in str(refusal.value) + repr(refusal.value)


def test_a_test_may_have_been_taken_today() -> None:
    today = msgspec.structs.replace(CLEAR, taken_on=date(2026, 9, 15))
    class_scenario.given(CLASS_REGISTERED).when(record(row(IDA, today))).then(
        enrolled(IDA), recorded(IDA, today)
    )


def test_more_than_sixty_learners_are_no_class() -> None:
    rows = [row(f"p{number}", ABSENT) for number in range(61)]
    class_scenario.given(CLASS_REGISTERED).when(record(*rows)).then_refused(
        ClassFull, learners=61, most=60
    )


def test_a_class_is_submitted_once_everybody_has_a_row() -> None:
    class_scenario.given(*WITH_RESULTS).when(SUBMIT).then(CLASS_SUBMITTED)
    class_scenario.given(*WITH_RESULTS, CLASS_SUBMITTED).when(SUBMIT).then_nothing()
    after_release.given(*RELEASED_CLASS).when(SUBMIT).then_nothing()
    class_scenario.given(*WITH_RESULTS[:-1]).when(SUBMIT).then_refused(
        LearnersWithoutResult, learners=1
    )
    class_scenario.given(CLASS_REGISTERED, enrolled(IDA)).when(SUBMIT).then_refused(NothingToSubmit)


def test_a_submission_is_taken_back_while_the_window_is_open() -> None:
    submitted = class_scenario.given(*WITH_RESULTS, CLASS_SUBMITTED)
    submitted.when(REOPEN).then(REOPENED)
    submitted.when(msgspec.structs.replace(REOPEN, reason="")).then_refused(ReasonMissing)
    class_scenario.given(*WITH_RESULTS).when(REOPEN).then_nothing()
    class_scenario.given(*RELEASED_CLASS).when(REOPEN).then_refused(
        ClassNotSubmitted, stage="released"
    )
    reopened = class_scenario.given(*WITH_RESULTS, CLASS_SUBMITTED, REOPENED)
    reopened.when(record(row("new", ABSENT))).then(enrolled("new"), recorded("new", ABSENT))
    reopened.when(SUBMIT).then(CLASS_SUBMITTED)


def test_first_test_and_retest_are_kept_apart() -> None:
    retest = this_round(
        msgspec.structs.replace(ANNOUNCED, round=RETEST),
        msgspec.structs.replace(OPEN_ROUND[1], round=RETEST),
    )
    again = RecordResults(
        training_class=CLASS_ID, round=RETEST, rows=(Row(pseudonym=IDA, result=BORDERLINE),)
    )
    class_scenario.given(*RELEASED_CLASS).knowing(round=retest).when(again).then(
        recorded(IDA, BORDERLINE, round_=RETEST)
    )


def erased_learner(*events: ClassEvent) -> tuple[ClassEvent, ...]:
    """What the log reads like once Ida's data were erased."""
    masked: list[ClassEvent] = []
    for event in events:
        match event:
            case LearnerEnrolled(learner=who) if who == learner(IDA):
                masked.append(msgspec.structs.replace(event, pseudonym=GONE))
            case ResultRecorded(learner=who) if who == learner(IDA):
                masked.append(msgspec.structs.replace(event, result=GONE))
            case _:
                masked.append(event)
    return tuple(masked)


def test_nothing_new_is_recorded_of_whose_data_were_erased() -> None:
    refused = class_scenario.given(*erased_learner(*WITH_RESULTS)).when(
        record(ANY_ROW, row(JAN, BORDERLINE), reason=WHY)
    )
    with pytest.raises(RowsFaulty) as refusal:
        refused.decided()
    assert [type(fault.error) for fault in refusal.value.faults] == [LearnerErased]


def test_a_class_is_submitted_without_those_whose_data_were_erased() -> None:
    class_scenario.given(*erased_learner(*WITH_RESULTS)).when(SUBMIT).then(CLASS_SUBMITTED)
    without_result = erased_learner(CLASS_REGISTERED, enrolled(IDA), enrolled(JAN))
    class_scenario.given(*without_result, recorded(JAN, CLEAR)).when(SUBMIT).then(
        ClassSubmitted(training_class=CLASS_ID, round=FIRST, learners=1)
    )


def test_who_was_absent_needs_no_day_and_may_have_had_an_accommodation() -> None:
    planned = Result(attendance=Attendance.ABSENT, accommodation=("extra-time",))
    class_scenario.given(CLASS_REGISTERED).when(record(row(IDA, planned))).then(
        enrolled(IDA), recorded(IDA, planned)
    )
