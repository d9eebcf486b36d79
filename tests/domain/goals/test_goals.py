from datetime import date

import msgspec
import pytest

from domain.assessments.errors import MalformedKey, MalformedSchoolYear
from domain.goals.commands import (
    ChangeGoal,
    CloseYear,
    DropGoal,
    NoteStandings,
    ReopenYear,
    SetGoal,
)
from domain.goals.decide import SCHOOL_YEAR
from domain.goals.errors import (
    DueOutsideYear,
    GoalAlreadySet,
    MalformedTarget,
    NoTarget,
    ReasonMissing,
    TargetTwice,
    TextMissing,
    UnknownGoal,
    UnknownGroup,
    UnknownKind,
    UnknownYear,
    YearIsClosed,
    YearIsNotClosed,
    YearIsNotOver,
    YearIsOver,
)
from domain.goals.events import GoalChanged, GoalDropped, Standing, YearReopened
from domain.goals.year import Closed, Running, Unknown, first_day, last_day, stage_of
from tests.domain.county import berlin
from tests.domain.goals.example import (
    AFTERWARDS,
    CLOSED,
    CONCEPT,
    CONCEPTS_SET,
    SESSION,
    SESSIONS,
    STEERING_SET,
    THEME,
    TOPICS,
    YEAR,
    counted,
    noted,
    occurrence,
    year,
)

STEERING = SetGoal(
    school_year=YEAR,
    goal="steering-sessions",
    text="Die Lenkungsgruppe KIM hat zweimal getagt.",
    targets=(SESSIONS, TOPICS),
)
CHANGE = ChangeGoal(
    school_year=YEAR,
    goal="steering-sessions",
    text="Die Lenkungsgruppe KIM hat zweimal getagt.",
    targets=(SESSIONS,),
    reason="So beschlossen.",
)
CHANGED = GoalChanged(
    school_year=YEAR,
    goal="steering-sessions",
    text="Die Lenkungsgruppe KIM hat zweimal getagt.",
    targets=(SESSIONS,),
    reason="So beschlossen.",
)
DROP = DropGoal(school_year=YEAR, goal="steering-sessions", reason="Entfällt.")
DROPPED = GoalDropped(school_year=YEAR, goal="steering-sessions", reason="Entfällt.")
NOTE, CLOSE = NoteStandings(school_year=YEAR), CloseYear(school_year=YEAR)
REOPEN = ReopenYear(school_year=YEAR, reason="Ein Protokoll kam spät.")
REOPENED = YearReopened(school_year=YEAR, reason="Ein Protokoll kam spät.")
LAST_MOMENT = berlin(2026, 7, 31, 23, 59)


def test_a_goal_is_set_for_a_school_year() -> None:
    year.given().when(STEERING).then(STEERING_SET)
    year.given(CONCEPTS_SET).when(STEERING).then(STEERING_SET)
    year.given(STEERING_SET).when(STEERING).then_nothing()


def test_another_goal_under_the_same_key_is_a_change_and_needs_a_reason() -> None:
    other = msgspec.structs.replace(STEERING, targets=(SESSIONS,))
    year.given(STEERING_SET).when(other).then_refused(GoalAlreadySet, goal="steering-sessions")
    year.given(STEERING_SET).when(CHANGE).then(CHANGED)
    year.given(STEERING_SET, CHANGED).when(CHANGE).then_nothing()
    silent = msgspec.structs.replace(CHANGE, reason=" ")
    year.given(STEERING_SET).when(silent).then_refused(ReasonMissing)


@pytest.mark.parametrize("school_year", ["2025/27", "2025", "0000/01", "9999/00", "25/26", ""])
def test_a_goal_is_of_a_school_year_that_a_calendar_has(school_year: str) -> None:
    command = msgspec.structs.replace(STEERING, school_year=school_year, source="Bericht")
    year.given().when(command).then_refused(MalformedSchoolYear, school_year=school_year)


def test_a_goal_says_what_is_counted_for_it() -> None:
    negative = msgspec.structs.replace(SESSIONS, at_least=-1)
    both = msgspec.structs.replace(CONCEPTS_SET.targets[0], at_least=1)
    hurried = msgspec.structs.replace(SESSIONS, lead_days=-1)
    for change, error in (
        ({"goal": "Ziel 1"}, MalformedKey),
        ({"text": " "}, TextMissing),
        ({"targets": ()}, NoTarget),
        ({"targets": (SESSIONS, SESSIONS)}, TargetTwice),
        ({"targets": (msgspec.structs.replace(SESSIONS, key="S 1"),)}, MalformedKey),
        ({"targets": (msgspec.structs.replace(SESSIONS, counts="weather"),)}, UnknownKind),
        ({"targets": (msgspec.structs.replace(SESSIONS, at_least=0),)}, MalformedTarget),
        ({"targets": (negative,)}, MalformedTarget),
        ({"targets": (hurried,)}, MalformedTarget),
        ({"targets": (both,)}, MalformedTarget),
        (
            {"targets": (msgspec.structs.replace(SESSIONS, at_least=0, each_of="all"),)},
            UnknownGroup,
        ),
        ({"told": ("weather",)}, UnknownKind),
    ):
        year.given().when(msgspec.structs.replace(STEERING, **change)).then_refused(error)
        wrong = msgspec.structs.replace(CHANGE, **change)
        year.given(STEERING_SET).when(wrong).then_refused(error)


@pytest.mark.parametrize("due", [date(2025, 7, 31), date(2026, 8, 1)])
def test_a_target_is_due_within_its_year(due: date) -> None:
    target = msgspec.structs.replace(SESSIONS, due=due)
    year.given().when(msgspec.structs.replace(STEERING, targets=(target,))).then_refused(
        DueOutsideYear, due=due.isoformat()
    )


@pytest.mark.parametrize("due", [date(2025, 8, 1), date(2026, 7, 31)])
def test_a_target_may_be_due_on_the_first_and_on_the_last_day(due: date) -> None:
    targets = (msgspec.structs.replace(SESSIONS, due=due),)
    year.given().when(msgspec.structs.replace(STEERING, targets=targets)).then(
        msgspec.structs.replace(STEERING_SET, targets=targets)
    )


def test_a_school_year_is_from_august_to_july() -> None:
    assert (first_day(YEAR), last_day(YEAR)) == (date(2025, 8, 1), date(2026, 7, 31))
    assert (first_day("0001/02"), last_day("9998/99")) == (date(1, 8, 1), date(9999, 7, 31))


def test_what_was_aimed_at_does_not_change_once_the_year_is_over() -> None:
    for command in (CHANGE, DROP):
        year.given(STEERING_SET).when(command, at=AFTERWARDS).then_refused(
            YearIsOver, school_year=YEAR
        )
    year.given(STEERING_SET).when(CHANGE, at=LAST_MOMENT).then(CHANGED)
    year.given().when(STEERING, at=AFTERWARDS).then_refused(YearIsOver)


def test_goals_of_a_year_that_is_over_are_carried_over_from_a_document() -> None:
    carried = msgspec.structs.replace(STEERING, source="Bericht 2025/26")
    year.given().when(carried, at=AFTERWARDS).then(
        msgspec.structs.replace(STEERING_SET, source="Bericht 2025/26")
    )
    blank = msgspec.structs.replace(STEERING, source=" ")
    year.given().when(blank, at=AFTERWARDS).then_refused(YearIsOver)


def test_a_goal_is_dropped_with_a_reason() -> None:
    year.given(STEERING_SET).when(DROP).then(DROPPED)
    year.given(STEERING_SET, DROPPED).when(DROP).then_refused(UnknownGoal, goal="steering-sessions")
    silent = msgspec.structs.replace(DROP, reason="")
    year.given(STEERING_SET).when(silent).then_refused(ReasonMissing)
    year.given(STEERING_SET, DROPPED).when(CHANGE).then_refused(UnknownGoal)
    year.given(STEERING_SET, DROPPED).when(STEERING).then(STEERING_SET)


def test_a_year_without_goals_is_not_known() -> None:
    for command in (CHANGE, DROP, NOTE, CLOSE, REOPEN):
        year.given().when(command).then_refused(UnknownYear, school_year=YEAR)


def test_a_target_at_risk_is_noted_once_with_its_figure() -> None:
    behind = (
        noted(Standing.AT_RISK, counted("sessions", 2)),
        noted(Standing.AT_RISK, counted("topics-from-findings", 2)),
    )
    year.given(STEERING_SET).when(NOTE).then(*behind)
    year.given(STEERING_SET, *behind).when(NOTE).then_nothing()


def test_a_target_on_course_is_noted_only_after_it_was_not() -> None:
    year.given(STEERING_SET).when(NOTE, at=berlin(2025, 9, 1)).then_nothing()
    risk = noted(Standing.AT_RISK, counted("sessions", 2))
    year.given(msgspec.structs.replace(STEERING_SET, targets=(SESSIONS,)), risk).knowing(
        planned={SESSION: (date(2025, 12, 1), date(2026, 5, 5))}
    ).when(NOTE).then(noted(Standing.ON_COURSE, counted("sessions", 2), planned=2))


def test_what_is_reached_out_of_reach_or_missed_is_noted() -> None:
    only = msgspec.structs.replace(STEERING_SET, targets=(SESSIONS,))
    held = (occurrence(SESSION, 4), occurrence(SESSION, 9))
    year.given(only).knowing(occurrences=held).when(NOTE).then(
        noted(Standing.REACHED, counted("sessions", 2, 4, 9))
    )
    year.given(only).when(NOTE, at=AFTERWARDS).then(noted(Standing.MISSED, counted("sessions", 2)))
    slow = (msgspec.structs.replace(SESSIONS, lead_days=21),)
    year.given(msgspec.structs.replace(only, targets=slow)).when(NOTE, at=berlin(2026, 7, 20)).then(
        noted(Standing.OUT_OF_REACH, counted("sessions", 2))
    )


def test_a_goal_that_was_dropped_and_set_again_begins_anew() -> None:
    only = msgspec.structs.replace(STEERING_SET, targets=(SESSIONS,))
    risk = noted(Standing.AT_RISK, counted("sessions", 2))
    year.given(only, risk, DROPPED, only).when(NOTE).then(risk)


def test_a_year_is_closed_after_its_last_day_with_the_figures_of_all_targets() -> None:
    year.given(STEERING_SET).when(CLOSE, at=LAST_MOMENT).then_refused(
        YearIsNotOver, ends_on="2026-07-31"
    )
    year.given(STEERING_SET).when(CLOSE, at=AFTERWARDS).then(CLOSED)
    year.given(STEERING_SET, CLOSED).when(CLOSE, at=AFTERWARDS).then_nothing()
    happened = (
        occurrence(SESSION, 4),
        occurrence(THEME, 5, "x"),
        occurrence(CONCEPT, 6, "05774036"),
    )
    (closed,) = (
        year.given(STEERING_SET, CONCEPTS_SET)
        .knowing(occurrences=happened)
        .when(CLOSE, at=AFTERWARDS)
        .decided()
    )
    assert closed == msgspec.structs.replace(
        CLOSED,
        figures=(
            counted("sessions", 2, 4),
            counted("topics-from-findings", 2, 5),
            counted("concepts", 2, 6, missing=("05774016",), goal="concepts"),
        ),
    )


def test_a_closed_year_does_not_change() -> None:
    closed = year.given(STEERING_SET, CLOSED)
    closed.when(NOTE, at=AFTERWARDS).then_nothing()
    closed.when(STEERING).then_nothing()
    late = msgspec.structs.replace(STEERING, goal="later", source="Bericht")
    for command in (late, CHANGE, DROP):
        closed.when(command).then_refused(YearIsClosed, school_year=YEAR)


def test_a_year_is_reopened_with_a_reason_and_counted_again() -> None:
    year.given(STEERING_SET, CLOSED).when(REOPEN).then(REOPENED)
    silent = msgspec.structs.replace(REOPEN, reason=" ")
    year.given(STEERING_SET, CLOSED).when(silent).then_refused(ReasonMissing)
    year.given(STEERING_SET).when(REOPEN).then_refused(YearIsNotClosed, school_year=YEAR)
    late = (occurrence(SESSION, 99),)
    (closed,) = (
        year.given(STEERING_SET, CLOSED, REOPENED)
        .knowing(occurrences=late)
        .when(CLOSE, at=AFTERWARDS)
        .decided()
    )
    assert closed == msgspec.structs.replace(
        CLOSED, figures=(counted("sessions", 2, 99), counted("topics-from-findings", 2))
    )


def test_a_year_goes_through_its_stages() -> None:
    histories = [(), (STEERING_SET,), (STEERING_SET, CLOSED), (STEERING_SET, CLOSED, REOPENED)]
    stages = [SCHOOL_YEAR.replay(history) for history in histories]
    assert [type(stage) for stage in stages] == [Unknown, Running, Closed, Running]
    assert list(map(stage_of, stages)) == ["unknown", "running", "closed", "running"]
