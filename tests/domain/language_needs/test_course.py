"""Whoever holds a report is reminded, and what is overdue climbs until something happens."""

from datetime import datetime, timedelta

import msgspec
import pytest

from domain.kernel import stream_id
from domain.language_needs.commands import EscalateReport, RemindHolder
from domain.language_needs.course import Phase, ReportCourse, course_of
from domain.language_needs.errors_processing import DueChanged, NotDueYet
from domain.language_needs.events import Escalated, HolderReminded, OfferProposed
from domain.language_needs.holder import Task
from tests.domain.county import MONDAY, NRW, berlin
from tests.domain.language_needs.example import (
    ACKNOWLEDGED,
    CLOSED,
    PROCESS,
    REPORT_ID,
    SUBMITTED,
    TRIAGED,
    UNTIL_TRIAGED,
    after,
    held,
    report,
)

DUE = TRIAGED.holder.due
REMIND = RemindHolder(report=REPORT_ID, due=DUE)
REMINDED = HolderReminded(report=REPORT_ID, due=DUE, what=Task.PLACE, holder=TRIAGED.holder)


def escalated(level: int, at: datetime) -> Escalated:
    return Escalated(
        report=REPORT_ID,
        due=DUE,
        level=level,
        what=Task.PLACE,
        holder=TRIAGED.holder,
        at=at,
    )


def test_a_holder_is_reminded_two_working_days_before_and_what_is_overdue_climbs() -> None:
    assert course_of(after(*UNTIL_TRIAGED), NRW) == ReportCourse(
        phase=Phase.OPEN,
        remind_at=berlin(2026, 3, 12, 9),
        climbs_at=berlin(2026, 3, 16, 18),
        due=berlin(2026, 3, 16, 18),
        level=1,
    )
    assert course_of(after(*UNTIL_TRIAGED, REMINDED), NRW).remind_at is None


def test_it_climbs_again_every_three_working_days() -> None:
    first = course_of(after(*UNTIL_TRIAGED, escalated(1, DUE)), NRW)
    assert (first.climbs_at, first.level, first.remind_at) == (berlin(2026, 3, 19, 18), 2, None)
    second = escalated(2, berlin(2026, 3, 19, 18))
    third = course_of(after(*UNTIL_TRIAGED, escalated(1, DUE), second), NRW)
    assert (third.climbs_at, third.level) == (berlin(2026, 3, 24, 18), 3)


@pytest.mark.parametrize(
    ("submitted", "reminded"),
    [
        (MONDAY, berlin(2026, 3, 3, 9)),
        (berlin(2026, 3, 6, 15), berlin(2026, 3, 9, 9)),
        (berlin(2026, 3, 7, 15), berlin(2026, 3, 9, 9)),
        (berlin(2026, 4, 2, 12), berlin(2026, 4, 7, 9)),
    ],
)
def test_a_period_too_short_for_that_is_reminded_of_at_half_and_never_at_night(
    submitted: datetime, reminded: datetime
) -> None:
    event = msgspec.structs.replace(SUBMITTED, holder=held(Task.ACKNOWLEDGE, 1, at=submitted))
    course = course_of(after(event), NRW)
    assert course.remind_at == reminded
    assert course.climbs_at is not None
    assert submitted < reminded < course.climbs_at


def test_a_new_holder_begins_anew_and_news_that_hand_nothing_on_change_nothing() -> None:
    climbed = (*UNTIL_TRIAGED, REMINDED, escalated(1, DUE))
    offer = OfferProposed(report=REPORT_ID, offer=stream_id("offer", "a"), reasons=())
    assert course_of(after(*climbed, offer), NRW) == course_of(after(*climbed), NRW)
    assert course_of(after(*climbed, TRIAGED), NRW).level == 2
    assert course_of(after(*climbed, ACKNOWLEDGED), NRW).level == 1


def test_what_has_ended_or_never_began_has_no_course() -> None:
    ended = ReportCourse(phase=Phase.ENDED)
    assert course_of(after(), NRW) == course_of(after(SUBMITTED, CLOSED), NRW) == ended


def test_a_reminder_goes_out_once_and_at_its_moment() -> None:
    given = report.given(*UNTIL_TRIAGED)
    at = berlin(2026, 3, 12, 9)
    given.when(REMIND, by=PROCESS, at=at - timedelta(seconds=1)).then_refused(
        NotDueYet, at=at.isoformat()
    )
    given.when(REMIND, by=PROCESS, at=at).then(REMINDED)
    report.given(*UNTIL_TRIAGED, REMINDED).when(REMIND, by=PROCESS, at=at).then_nothing()


def test_what_climbs_reaches_one_level_after_the_other_at_its_moment() -> None:
    first = EscalateReport(report=REPORT_ID, due=DUE, level=1)
    given = report.given(*UNTIL_TRIAGED)
    given.when(first, by=PROCESS, at=DUE - timedelta(seconds=1)).then_refused(NotDueYet)
    given.when(first, by=PROCESS, at=DUE).then(escalated(1, DUE))
    climbed = report.given(*UNTIL_TRIAGED, escalated(1, DUE))
    climbed.when(first, by=PROCESS, at=DUE).then_nothing()
    second = msgspec.structs.replace(first, level=2)
    climbed.when(second, by=PROCESS, at=DUE).then_refused(NotDueYet)
    later = berlin(2026, 3, 19, 18)
    climbed.when(second, by=PROCESS, at=later).then(escalated(2, later))
    given.when(second, by=PROCESS, at=later).then_refused(DueChanged)


def test_a_step_about_a_moment_that_has_changed_is_refused() -> None:
    old = RemindHolder(report=REPORT_ID, due=DUE - timedelta(days=1))
    report.given(*UNTIL_TRIAGED).when(old, by=PROCESS).then_refused(DueChanged)
    climbing = EscalateReport(report=REPORT_ID, due=MONDAY, level=1)
    report.given(*UNTIL_TRIAGED).when(climbing, by=PROCESS).then_refused(DueChanged)
