from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from domain.assessments.commands import (
    CancelRound,
    CloseWindow,
    CompareRounds,
    EscalateRound,
    ExtendWindow,
    OpenWindow,
    ReleaseRound,
    RemindColleges,
    RoundCommand,
    ScheduleRetest,
)
from domain.assessments.errors import (
    ClassesPending,
    NoRetestPlanned,
    NotARetest,
    NotInvited,
    OtherRetest,
    ReasonMissing,
    ResultsMissing,
    RetestBeforeWindowCloses,
    RoundIsOver,
    RoundNotClosed,
    RoundNotOpen,
    RoundNotReleased,
    TooEarly,
    UnknownRound,
    WindowNotLater,
)
from domain.assessments.events import (
    CollegesReminded,
    Missing,
    RetestScheduled,
    RoundCancelled,
    RoundCompared,
    RoundEscalated,
    RoundEvent,
    RoundReleased,
    WindowClosed,
    WindowExtended,
)
from domain.assessments.round import Open
from tests.domain.assessments.example import (
    ANNOUNCED,
    BELL,
    CLOSED,
    CLOSED_ROUND,
    CLOSES_AT,
    FIRST,
    HWK,
    LATER,
    LFS,
    MISSING,
    OPEN_ROUND,
    OPENED,
    OPENS_AT,
    RBK,
    RELEASED,
    RELEASED_ROUND,
    REMINDER,
    RETEST,
    RETEST_ANNOUNCED,
    RETEST_OPENS_AT,
    round_scenario,
    this_round,
)
from tests.domain.county import ADA

SECOND = timedelta(seconds=1)
WHY = "Umzug der Schule."
OPEN = OpenWindow(round=FIRST)
REMIND = RemindColleges(round=FIRST, moment=REMINDER)
REMIND_NOW = RemindColleges(round=FIRST)
ESCALATE = EscalateRound(round=FIRST)
CLOSE = CloseWindow(round=FIRST)
RELEASE = ReleaseRound(round=FIRST, classes=2)
SCHEDULE = ScheduleRetest(round=FIRST, retest=RETEST)
COMPARE = CompareRounds(round=RETEST, classes=2)
CANCEL = CancelRound(round=FIRST, reason="Ein Text war bekannt.")

LFS_MISSING, RBK_MISSING = MISSING
REMINDED = CollegesReminded(round=FIRST, missing=MISSING, moment=REMINDER)
ESCALATED = RoundEscalated(round=FIRST, missing=MISSING)
SCHEDULED = RetestScheduled(round=FIRST, retest=RETEST)
CANCELLED = RoundCancelled(round=FIRST, reason=CANCEL.reason)
RETEST_RELEASED = (RETEST_ANNOUNCED, RoundReleased(round=RETEST, classes=2))
COMPARED = RoundCompared(round=RETEST, first=FIRST, classes=2)

by_process = round_scenario.knowing(by=BELL)
missing = by_process.knowing(missing=MISSING)


def extend(closes_at: datetime = LATER, *colleges: str, reason: str = WHY) -> ExtendWindow:
    return ExtendWindow(round=FIRST, closes_at=closes_at, reason=reason, colleges=colleges)


def extended(closes_at: datetime = LATER, *colleges: str) -> WindowExtended:
    return WindowExtended(round=FIRST, closes_at=closes_at, reason=WHY, colleges=colleges)


@pytest.mark.parametrize(
    "command", [OPEN, REMIND, extend(), ESCALATE, CLOSE, RELEASE, SCHEDULE, COMPARE, CANCEL]
)
def test_nothing_is_done_with_a_round_that_was_not_announced(command: RoundCommand) -> None:
    round_scenario.given().when(command).then_refused(UnknownRound, round=str(command.subject))


def test_the_window_opens_when_its_time_has_come_and_once() -> None:
    by_process.given(ANNOUNCED).when(OPEN, at=OPENS_AT).then(OPENED)
    by_process.given(ANNOUNCED).when(OPEN, at=OPENS_AT - SECOND).then_refused(
        TooEarly, due=OPENS_AT.isoformat()
    )
    by_process.given(*OPEN_ROUND).when(OPEN, at=OPENS_AT).then_nothing()


def test_missing_colleges_are_reminded_once_at_each_planned_moment() -> None:
    missing.given(*OPEN_ROUND).when(REMIND, at=REMINDER).then(REMINDED)
    missing.given(*OPEN_ROUND, REMINDED).when(REMIND, at=REMINDER).then_nothing()
    missing.given(*OPEN_ROUND).when(REMIND, at=REMINDER - SECOND).then_refused(
        TooEarly, due=REMINDER.isoformat()
    )


def test_a_moment_that_was_not_planned_reminds_nobody() -> None:
    other = RemindColleges(round=FIRST, moment=REMINDER + SECOND)
    missing.given(*OPEN_ROUND).when(other, at=CLOSES_AT).then_nothing()


def test_nobody_is_reminded_if_nothing_is_missing_or_the_window_is_not_open() -> None:
    by_process.given(*OPEN_ROUND).when(REMIND, at=REMINDER).then_nothing()
    missing.given(ANNOUNCED).when(REMIND, at=REMINDER).then_nothing()
    missing.given(*CLOSED_ROUND).when(REMIND, at=REMINDER).then_nothing()


def test_a_person_reminds_at_any_time_while_the_window_is_open() -> None:
    at = OPENS_AT + SECOND
    reminded = CollegesReminded(round=FIRST, missing=MISSING)
    missing.given(*OPEN_ROUND).when(REMIND_NOW, by=ADA, at=at).then(reminded)
    missing.given(*OPEN_ROUND, reminded).when(REMIND_NOW, by=ADA, at=at).then(reminded)
    missing.given(ANNOUNCED).when(REMIND_NOW, by=ADA).then_refused(RoundNotOpen, stage="announced")


def test_only_those_are_reminded_who_may_still_submit() -> None:
    missing.given(*OPEN_ROUND, extended(LATER, RBK)).when(REMIND_NOW, by=ADA, at=CLOSES_AT).then(
        CollegesReminded(round=FIRST, missing=(RBK_MISSING,))
    )


def test_a_window_is_extended_for_all_or_for_single_colleges() -> None:
    round_scenario.given(*OPEN_ROUND).when(extend()).then(extended())
    round_scenario.given(ANNOUNCED).when(extend()).then(extended())
    round_scenario.given(*OPEN_ROUND).when(extend(LATER, RBK, LFS, RBK)).then(
        extended(LATER, LFS, RBK)
    )


def test_a_window_may_be_extended_after_its_end_while_it_is_not_closed() -> None:
    round_scenario.given(*OPEN_ROUND).when(extend(), at=CLOSES_AT + SECOND).then(extended())
    round_scenario.given(*CLOSED_ROUND).when(extend()).then_refused(RoundNotOpen, stage="closed")


def test_an_extension_has_a_reason() -> None:
    round_scenario.given(*OPEN_ROUND).when(extend(reason=" ")).then_refused(ReasonMissing)


def test_an_extension_gives_more_time_and_ends_in_the_future() -> None:
    round_scenario.given(*OPEN_ROUND).when(extend(CLOSES_AT)).then_refused(
        WindowNotLater, closes_at=CLOSES_AT.isoformat()
    )
    given = round_scenario.given(*OPEN_ROUND, extended(LATER, RBK))
    given.when(extend(LATER, LFS, RBK)).then_refused(WindowNotLater, closes_at=LATER.isoformat())
    given.when(extend(LATER, LFS)).then(extended(LATER, LFS))
    given.when(extend(LATER), at=LATER).then_refused(WindowNotLater)


def test_only_colleges_of_the_round_get_more_time() -> None:
    round_scenario.given(*OPEN_ROUND).when(extend(LATER, HWK)).then_refused(NotInvited, college=HWK)


def test_an_extension_ends_before_the_retest_begins() -> None:
    round_scenario.given(*OPEN_ROUND).when(extend(RETEST_OPENS_AT)).then_refused(
        RetestBeforeWindowCloses,
        opens_at=RETEST_OPENS_AT.isoformat(),
        closes_at=RETEST_OPENS_AT.isoformat(),
    )
    just_before = RETEST_OPENS_AT - SECOND
    round_scenario.given(*OPEN_ROUND).when(extend(just_before)).then(extended(just_before))


def windows(*events: RoundEvent) -> Sequence[datetime]:
    state = this_round(*OPEN_ROUND, *events)
    assert isinstance(state, Open)
    assert state.plan.windows[-1] == state.plan.ends_at
    return [state.plan.closes_for(college) for college in (LFS, RBK)]


def test_a_college_has_the_later_of_the_rounds_window_and_its_own() -> None:
    latest = LATER + timedelta(days=1)
    assert windows() == [CLOSES_AT, CLOSES_AT]
    assert windows(extended(LATER, RBK)) == [CLOSES_AT, LATER]
    assert windows(extended(LATER, RBK), extended(latest)) == [latest, latest]
    assert windows(extended(latest, RBK), extended(LATER)) == [LATER, latest]


def test_whose_window_ran_out_is_named_once() -> None:
    missing.given(*OPEN_ROUND).when(ESCALATE, at=CLOSES_AT).then(ESCALATED)
    missing.given(*OPEN_ROUND, ESCALATED).when(ESCALATE, at=CLOSES_AT).then_nothing()
    missing.given(*OPEN_ROUND).when(ESCALATE, at=CLOSES_AT - SECOND).then_refused(
        TooEarly, due=CLOSES_AT.isoformat()
    )
    by_process.given(*OPEN_ROUND).when(ESCALATE, at=CLOSES_AT).then_nothing()
    missing.given(*CLOSED_ROUND).when(ESCALATE, at=CLOSES_AT).then_nothing()


def test_a_college_with_more_time_is_named_when_that_has_run_out_too() -> None:
    given = (*OPEN_ROUND, extended(LATER, RBK))
    first = RoundEscalated(round=FIRST, missing=(LFS_MISSING,))
    missing.given(*given).when(ESCALATE, at=CLOSES_AT).then(first)
    missing.given(*given, first).when(ESCALATE, at=LATER).then(
        RoundEscalated(round=FIRST, missing=(RBK_MISSING,))
    )


def test_an_extension_lets_those_be_named_again_to_whom_it_was_given() -> None:
    missing.given(*OPEN_ROUND, ESCALATED, extended(LATER, RBK)).when(ESCALATE, at=LATER).then(
        RoundEscalated(round=FIRST, missing=(RBK_MISSING,))
    )
    missing.given(*OPEN_ROUND, ESCALATED, extended()).when(ESCALATE, at=LATER).then(ESCALATED)


def test_the_window_closes_when_the_last_one_has_run_out() -> None:
    closed = WindowClosed(round=FIRST, missing=MISSING)
    missing.given(*OPEN_ROUND).when(CLOSE, at=CLOSES_AT).then(closed)
    later = missing.given(*OPEN_ROUND, extended(LATER, RBK))
    later.when(CLOSE, at=LATER).then(closed)
    later.when(CLOSE, at=LATER - SECOND).then_refused(TooEarly, due=LATER.isoformat())
    missing.given(*CLOSED_ROUND).when(CLOSE, at=CLOSES_AT).then_nothing()


def test_with_classes_missing_the_coordinator_has_the_days_of_grace() -> None:
    graced = (msgspec.structs.replace(ANNOUNCED, grace_days=3), *OPEN_ROUND[1:])
    held_until = CLOSES_AT + timedelta(days=3)
    closed = WindowClosed(round=FIRST, missing=MISSING)
    missing.given(*graced).when(CLOSE, at=CLOSES_AT).then_refused(
        TooEarly, due=held_until.isoformat()
    )
    missing.given(*graced).when(CLOSE, at=held_until).then(closed)
    missing.given(*graced).when(CLOSE, by=ADA, at=CLOSES_AT).then(closed)
    by_process.given(*graced).when(CLOSE, at=CLOSES_AT).then(CLOSED)


def test_a_person_closes_before_the_time_only_if_nothing_is_missing() -> None:
    before = CLOSES_AT - SECOND
    missing.given(*OPEN_ROUND).when(CLOSE, by=ADA, at=before).then_refused(
        ResultsMissing, colleges=2, closes_at=CLOSES_AT.isoformat()
    )
    by_process.given(*OPEN_ROUND).when(CLOSE, by=ADA, at=before).then(CLOSED)
    by_process.given(*OPEN_ROUND).when(CLOSE, at=before).then_refused(TooEarly)


def test_what_was_never_opened_is_not_closed() -> None:
    by_process.given(ANNOUNCED).when(CLOSE, by=ADA).then_refused(RoundNotOpen, stage="announced")


def test_a_round_is_released_once_every_class_was_scored() -> None:
    by_process.given(*CLOSED_ROUND).when(RELEASE).then(RELEASED)
    by_process.given(*CLOSED_ROUND).knowing(pending=3).when(RELEASE).then_refused(
        ClassesPending, pending=3
    )
    by_process.given(*RELEASED_ROUND).when(RELEASE).then_nothing()
    by_process.given(*OPEN_ROUND).when(RELEASE).then_refused(RoundNotClosed, stage="open")


def test_the_planned_retest_is_noted_once() -> None:
    by_process.given(*RELEASED_ROUND).when(SCHEDULE).then(SCHEDULED)
    by_process.given(*RELEASED_ROUND, SCHEDULED).when(SCHEDULE).then_nothing()
    by_process.given(*CLOSED_ROUND).when(SCHEDULE).then_refused(RoundNotReleased, stage="closed")
    by_process.given(*RELEASED_ROUND).when(ScheduleRetest(round=FIRST, retest=FIRST)).then_refused(
        OtherRetest, retest=str(FIRST)
    )


def test_a_round_without_a_plan_has_no_retest() -> None:
    unplanned = msgspec.structs.replace(ANNOUNCED, retest=None)
    by_process.given(unplanned, OPENED, CLOSED, RELEASED).when(SCHEDULE).then_refused(
        NoRetestPlanned
    )


def test_a_released_retest_is_compared_once() -> None:
    by_process.given(*RETEST_RELEASED).when(COMPARE).then(COMPARED)
    by_process.given(*RETEST_RELEASED, COMPARED).when(COMPARE).then_nothing()
    by_process.given(RETEST_ANNOUNCED).when(COMPARE).then_refused(
        RoundNotReleased, stage="announced"
    )
    by_process.given(*RETEST_RELEASED, COMPARED).when(
        ReleaseRound(round=RETEST, classes=2)
    ).then_nothing()


def test_a_first_test_is_compared_with_none() -> None:
    by_process.given(*RELEASED_ROUND).when(CompareRounds(round=FIRST, classes=2)).then_refused(
        NotARetest
    )


@pytest.mark.parametrize("given", [(ANNOUNCED,), OPEN_ROUND, CLOSED_ROUND])
def test_a_round_is_cancelled_until_its_release(given: tuple[RoundEvent, ...]) -> None:
    round_scenario.given(*given).when(CANCEL).then(CANCELLED)
    round_scenario.given(*given, CANCELLED).when(CANCEL).then_nothing()


def test_a_released_round_is_not_taken_back() -> None:
    round_scenario.given(*RELEASED_ROUND).when(CANCEL).then_refused(RoundIsOver, stage="released")
    round_scenario.given(*RETEST_RELEASED, COMPARED).when(
        CancelRound(round=RETEST, reason=WHY)
    ).then_refused(RoundIsOver, stage="compared")
    round_scenario.given(*OPEN_ROUND).when(CancelRound(round=FIRST, reason="")).then_refused(
        ReasonMissing
    )


@pytest.mark.parametrize("command", [OPEN, REMIND, ESCALATE, CLOSE, RELEASE, SCHEDULE, COMPARE])
def test_a_timer_that_comes_after_a_cancellation_does_nothing(command: RoundCommand) -> None:
    missing.given(*OPEN_ROUND, CANCELLED).when(command, at=CLOSES_AT).then_nothing()


def test_a_college_that_is_missing_is_named_with_its_classes() -> None:
    late = Missing(college=RBK, classes=(UUID(int=1), UUID(int=2)))
    by_process.given(*OPEN_ROUND).knowing(missing=(late,)).when(ESCALATE, at=CLOSES_AT).then(
        RoundEscalated(round=FIRST, missing=(late,))
    )
