"""What the clock is told of a round: the moments to come, and nothing else."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from domain.assessments.commands import round_id
from domain.assessments.course import Phase, RoundCourse, course, retest_missed
from domain.assessments.decide_round import ROUND
from domain.assessments.events import (
    CollegesReminded,
    Missing,
    RetestPlan,
    RetestScheduled,
    RoundAnnounced,
    RoundCancelled,
    RoundCompared,
    RoundEscalated,
    RoundEvent,
    RoundReleased,
    Sitting,
    WindowClosed,
    WindowExtended,
    WindowOpened,
)
from tests.domain.county import MONDAY

YEAR = "2026/27"
ID, RETEST_ID = round_id(YEAR, "eingang"), round_id(YEAR, "eingang-retest")
DAY = timedelta(days=1)
CLOSES = MONDAY + 20 * DAY
REMINDERS = (MONDAY + 5 * DAY, MONDAY + 10 * DAY)
A, B = "college-a", "college-b"
ANNOUNCED = RoundAnnounced(
    round=ID,
    key="eingang",
    title="Eingangserhebung",
    school_year=YEAR,
    instrument="c-test",
    version=1,
    sitting=Sitting.FIRST,
    opens_at=MONDAY,
    closes_at=CLOSES,
    reminders=REMINDERS,
    colleges=(A, B),
    basis="SchulG NRW § 120",
)
PLAN = RetestPlan(opens_at=MONDAY + 200 * DAY, closes_at=MONDAY + 220 * DAY)
PLANNED = msgspec.structs.replace(ANNOUNCED, retest=PLAN)
RETEST = msgspec.structs.replace(ANNOUNCED, round=RETEST_ID, sitting=Sitting.RETEST, first=ID)
OPENED, CLOSED = WindowOpened(round=ID), WindowClosed(round=ID)
RELEASED = RoundReleased(round=ID, classes=3)
IN_WINDOW = RoundCourse(phase=Phase.OPEN, reminders=REMINDERS, ends=(CLOSES,), closes_at=CLOSES)
ENDED = RoundCourse(phase=Phase.ENDED)


def after(*events: RoundEvent) -> RoundCourse:
    return course(ROUND.replay(events))


def extended(closes_at: datetime, *colleges: str) -> WindowExtended:
    return WindowExtended(round=ID, closes_at=closes_at, reason="Ferien", colleges=colleges)


def test_an_announced_round_waits_for_its_opening() -> None:
    assert after(ANNOUNCED) == RoundCourse(phase=Phase.ANNOUNCED, opens_at=MONDAY)


def test_an_open_window_has_its_reminders_and_its_end() -> None:
    assert after(ANNOUNCED, OPENED) == IN_WINDOW


def test_a_reminder_that_was_sent_is_no_longer_to_come() -> None:
    missing = (Missing(college=A),)
    planned = CollegesReminded(round=ID, missing=missing, moment=REMINDERS[0])
    by_hand = CollegesReminded(round=ID, missing=missing)
    assert after(ANNOUNCED, OPENED, by_hand) == IN_WINDOW
    assert after(ANNOUNCED, OPENED, planned).reminders == REMINDERS[1:]


def test_a_college_with_more_time_adds_an_end_and_moves_none() -> None:
    later = CLOSES + 7 * DAY
    assert after(ANNOUNCED, OPENED, extended(later, B)).ends == (CLOSES, later)
    assert after(ANNOUNCED, OPENED, extended(later, A, B)).ends == (later,)


def test_more_time_for_all_moves_the_end() -> None:
    later = CLOSES + 7 * DAY
    assert after(ANNOUNCED, OPENED, extended(later)).ends == (later,)
    assert after(ANNOUNCED, OPENED, extended(CLOSES + DAY, B), extended(later)).ends == (later,)


def test_an_escalation_moves_nothing_unless_there_are_days_of_grace() -> None:
    escalated = RoundEscalated(round=ID, missing=(Missing(college=A),))
    assert after(ANNOUNCED, OPENED, escalated) == IN_WINDOW
    graced = msgspec.structs.replace(ANNOUNCED, grace_days=7)
    assert after(graced, OPENED) == IN_WINDOW
    held = after(graced, OPENED, escalated)
    assert (held.ends, held.closes_at) == ((CLOSES,), CLOSES + 7 * DAY)


def test_who_was_late_and_got_more_time_is_no_longer_waited_for_beyond_it() -> None:
    graced = msgspec.structs.replace(ANNOUNCED, grace_days=7)
    escalated = RoundEscalated(round=ID, missing=(Missing(college=A),))
    later = CLOSES + 5 * DAY
    assert after(graced, OPENED, escalated, extended(later, A)).closes_at == later


def test_a_closed_round_is_released() -> None:
    assert after(ANNOUNCED, OPENED, CLOSED) == RoundCourse(phase=Phase.CLOSED)


def test_a_released_round_ends_unless_a_retest_is_planned() -> None:
    assert after(ANNOUNCED, OPENED, CLOSED, RELEASED) == ENDED
    released = after(PLANNED, OPENED, CLOSED, RELEASED)
    assert released == RoundCourse(phase=Phase.RELEASED, retest=RETEST_ID)
    scheduled = RetestScheduled(round=ID, retest=RETEST_ID)
    assert after(PLANNED, OPENED, CLOSED, RELEASED, scheduled) == ENDED


def test_a_planned_retest_is_missed_once_its_window_has_passed() -> None:
    released = ROUND.replay((PLANNED, OPENED, CLOSED, RELEASED))
    assert not retest_missed(released, PLAN.closes_at - timedelta(seconds=1))
    assert retest_missed(released, PLAN.closes_at)


def test_what_was_announced_or_never_planned_or_has_nothing_to_repeat_is_not_missed() -> None:
    scheduled = RetestScheduled(round=ID, retest=RETEST_ID)
    without_results = RoundReleased(round=ID, classes=0)
    for events in (
        (PLANNED, OPENED, CLOSED, RELEASED, scheduled),
        (PLANNED, OPENED, CLOSED, without_results),
        (ANNOUNCED, OPENED, CLOSED, RELEASED),
        (PLANNED, OPENED, CLOSED),
    ):
        assert not retest_missed(ROUND.replay(events), PLAN.closes_at)


def test_a_released_retest_is_compared_and_then_over() -> None:
    compared = RoundCompared(round=RETEST_ID, first=ID, classes=3)
    assert after(RETEST, OPENED, CLOSED, RELEASED) == RoundCourse(phase=Phase.RELEASED)
    assert after(RETEST, OPENED, CLOSED, RELEASED, compared) == ENDED


@pytest.mark.parametrize("before", [(), (OPENED,), (OPENED, CLOSED)])
def test_nothing_comes_after_a_cancellation(before: tuple[RoundEvent, ...]) -> None:
    assert after(ANNOUNCED, *before, RoundCancelled(round=ID, reason="Ende.")) == ENDED


def test_nothing_is_known_of_a_round_that_was_never_announced() -> None:
    assert after() == ENDED


def test_a_course_holds_ids_and_moments_only() -> None:
    for this in (after(PLANNED), IN_WINDOW, after(PLANNED, OPENED, CLOSED, RELEASED)):
        values = [this.opens_at, *this.reminders, *this.ends, this.closes_at, this.retest]
        fields = {"phase", "opens_at", "reminders", "ends", "closes_at", "retest"}
        assert {field.name for field in msgspec.structs.fields(this)} == fields
        assert all(isinstance(value, datetime | UUID | None) for value in values)
