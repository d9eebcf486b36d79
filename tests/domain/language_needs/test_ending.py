"""A course is asked about after its start and its end, and a report ends with its outcome."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.findings.decide_theme import THEME
from domain.findings.errors_theme import UnknownTheme
from domain.findings.theme import Open as OpenTheme
from domain.kernel import Erased
from domain.language_needs.commands import (
    CloseReport,
    NoteAfterEnd,
    NoteAfterStart,
    NoteUnmetNeed,
    RecordStart,
    ReopenReport,
)
from domain.language_needs.errors import NumberOutOfRange
from domain.language_needs.errors_processing import (
    AlreadyEnded,
    CompanyNotAnswered,
    ContactErased,
    CourseNotFollowedUp,
    CourseNotThereYet,
    CourseTooFarOff,
    DatesOutOfOrder,
    NotAtThisStage,
    UnmetNeedUnnamed,
)
from domain.language_needs.events_end import (
    Outcome,
    ReportClosed,
    ReportReopened,
    ReportWithdrawn,
    UnmetNeedNoted,
    WithdrawalReason,
)
from domain.language_needs.holder import Task
from domain.language_needs.report import Acknowledged, Received, Running
from tests.domain.county import MONDAY, SALZKOTTEN, berlin
from tests.domain.findings.example import OPENED, THEME_ID
from tests.domain.language_needs.example import (
    ACKNOWLEDGED,
    AFTER_END,
    AFTER_START,
    ANSWERED,
    ASKED,
    CLOSED,
    ENDS_ON,
    REFERRED,
    REPORT_ID,
    STARTED,
    STARTS_ON,
    SUBMITTED,
    UNTIL_RUNNING,
    UNTIL_TRIAGED,
    after,
    held,
    ours,
    report,
)

START = RecordStart(report=REPORT_ID, starts_on=STARTS_ON, ends_on=ENDS_ON, participants=6)
TOLD = NoteAfterStart(report=REPORT_ID, participants=6, text="Läuft gut.")
DONE = NoteAfterEnd(report=REPORT_ID, participants=5, passed=4)
CLOSE = CloseReport(report=REPORT_ID, outcome=Outcome.COURSE_HELD, learners=5)
NO_OFFER = CloseReport(report=REPORT_ID, outcome=Outcome.NO_OFFER)
GONE = CloseReport(report=REPORT_ID, outcome=Outcome.NO_LONGER_NEEDED)
REOPEN = ReopenReport(report=REPORT_ID, reason="Es geht weiter.")
IN_MARCH, IN_JUNE = berlin(2026, 3, 20, 10), berlin(2026, 6, 1, 10)
WITHDRAWN = ReportWithdrawn(report=REPORT_ID, reason=WithdrawalReason.BY_MISTAKE)


def test_a_course_is_asked_about_ten_working_days_after_it_began() -> None:
    report.given(*UNTIL_TRIAGED, ANSWERED).when(START).then(STARTED)
    report.given(*UNTIL_RUNNING).when(START).then_nothing()


def test_a_course_that_moves_is_asked_about_later() -> None:
    moved = msgspec.structs.replace(START, starts_on=date(2026, 3, 16))
    (started,) = report.given(*UNTIL_RUNNING).when(moved).decided()
    state = after(*UNTIL_RUNNING, started)
    assert isinstance(state, Running)
    assert state.holder.due == berlin(2026, 3, 30, 18)
    followed = report.given(*UNTIL_RUNNING, AFTER_START)
    followed.when(moved).then_refused(NotAtThisStage)


def test_a_course_that_began_long_ago_is_asked_about_soon() -> None:
    (started,) = report.given(*UNTIL_TRIAGED).when(START, at=IN_JUNE).decided()
    state = after(*UNTIL_TRIAGED, started)
    assert isinstance(state, Running)
    assert state.holder.due == berlin(2026, 6, 16, 18)


def test_a_course_has_its_days_in_order_and_within_reach() -> None:
    given = report.given(*UNTIL_TRIAGED)
    back = msgspec.structs.replace(START, ends_on=date(2026, 3, 1))
    given.when(back).then_refused(DatesOutOfOrder)
    far = msgspec.structs.replace(START, starts_on=date(2028, 1, 1), ends_on=date(2028, 5, 1))
    given.when(far).then_refused(CourseTooFarOff)
    long = msgspec.structs.replace(START, ends_on=date(2029, 1, 1))
    given.when(long).then_refused(CourseTooFarOff)
    given.when(msgspec.structs.replace(START, participants=0)).then_refused(NumberOutOfRange)


def test_what_is_asked_after_the_start_is_noted_from_that_day_on() -> None:
    report.given(*UNTIL_RUNNING).when(TOLD).then_refused(CourseNotThereYet, day="2026-03-09")
    noted = msgspec.structs.replace(
        AFTER_START,
        holder=msgspec.structs.replace(
            ours(Task.FOLLOW_UP_END, 1, at=IN_MARCH), due=berlin(2026, 6, 15, 18)
        ),
    )
    report.given(*UNTIL_RUNNING).when(TOLD, at=IN_MARCH).then(noted)
    report.given(*UNTIL_RUNNING, noted).when(TOLD, at=IN_MARCH).then_nothing()
    report.given(*UNTIL_TRIAGED).when(TOLD, at=IN_MARCH).then_refused(NotAtThisStage)


def test_after_the_end_it_is_noted_who_passed_and_the_report_waits_for_its_outcome() -> None:
    given = report.given(*UNTIL_RUNNING, AFTER_START)
    given.when(DONE, at=IN_MARCH).then_refused(CourseNotThereYet)
    given.when(DONE, at=IN_JUNE).then(
        msgspec.structs.replace(AFTER_END, holder=ours(Task.CLOSE, 10, at=IN_JUNE))
    )
    more = msgspec.structs.replace(DONE, passed=6)
    given.when(more, at=IN_JUNE).then_refused(
        NumberOutOfRange, field="passed", value=6, least=0, most=5
    )
    unknown = msgspec.structs.replace(DONE, passed=None)
    assert report.given(*UNTIL_RUNNING).when(unknown, at=IN_JUNE).decided()


def test_a_course_counts_as_held_once_somebody_asked_after_its_end() -> None:
    report.given(*UNTIL_RUNNING).when(CLOSE).then_refused(CourseNotFollowedUp)
    report.given(*UNTIL_RUNNING, AFTER_START).when(CLOSE).then_refused(CourseNotFollowedUp)
    report.given(*UNTIL_RUNNING, AFTER_START, AFTER_END).when(CLOSE).then(CLOSED)
    report.given(*UNTIL_RUNNING, AFTER_END, CLOSED).when(CLOSE).then_nothing()
    nobody = msgspec.structs.replace(CLOSE, learners=0)
    report.given(*UNTIL_RUNNING, AFTER_END).when(nobody).then_refused(NumberOutOfRange)


def test_the_company_hears_that_there_is_no_offer_before_its_report_is_closed() -> None:
    report.given(*UNTIL_TRIAGED).when(NO_OFFER).then_refused(CompanyNotAnswered)
    report.given(*UNTIL_TRIAGED, ANSWERED).when(NO_OFFER).then(
        ReportClosed(report=REPORT_ID, outcome=Outcome.NO_OFFER, learners=0, note="")
    )
    served = msgspec.structs.replace(NO_OFFER, learners=1)
    report.given(*UNTIL_TRIAGED, ANSWERED).when(served).then_refused(NumberOutOfRange)


def test_nothing_is_closed_unseen_or_while_a_partner_holds_it() -> None:
    for events in ((SUBMITTED,), (*UNTIL_TRIAGED, REFERRED)):
        report.given(*events).when(GONE).then_refused(NotAtThisStage)
    assert report.given(*UNTIL_TRIAGED, ASKED).when(GONE).decided()
    report.given(SUBMITTED, WITHDRAWN).when(GONE).then_refused(AlreadyEnded)


@pytest.mark.parametrize("ended", [CLOSED, WITHDRAWN])
def test_what_has_ended_is_reopened_and_triaged_anew(
    ended: ReportClosed | ReportWithdrawn,
) -> None:
    later = MONDAY + timedelta(days=30)
    reopened = ReportReopened(
        report=REPORT_ID, reason="Es geht weiter.", holder=ours(Task.TRIAGE, 3, at=later)
    )
    report.given(*UNTIL_TRIAGED, ended).when(REOPEN, at=later).then(reopened)
    assert isinstance(after(*UNTIL_TRIAGED, ended, reopened), Acknowledged)
    report.given(*UNTIL_TRIAGED).when(REOPEN).then_nothing()


def test_what_was_withdrawn_before_anybody_saw_it_is_acknowledged_first() -> None:
    reopened = ReportReopened(
        report=REPORT_ID, reason="Es geht weiter.", holder=held(Task.ACKNOWLEDGE, 1)
    )
    report.given(SUBMITTED, WITHDRAWN).when(REOPEN).then(reopened)
    assert isinstance(after(SUBMITTED, WITHDRAWN, reopened), Received)


def test_once_nobody_knows_the_company_any_more_nothing_is_reopened() -> None:
    gone = Erased(at=MONDAY, reason="Frist abgelaufen")
    erased = msgspec.structs.replace(SUBMITTED, company_name=gone, contact=gone, remark=gone)
    report.given(erased, ACKNOWLEDGED, CLOSED).when(REOPEN).then_refused(ContactErased)


def test_an_unmet_need_is_noted_once_in_a_theme_also_afterwards() -> None:
    command = NoteUnmetNeed(report=REPORT_ID, municipality=SALZKOTTEN.ags, theme=THEME_ID)
    noted = UnmetNeedNoted(report=REPORT_ID, municipality=SALZKOTTEN.ags, theme=THEME_ID)
    theme = THEME.replay((OPENED,))
    assert isinstance(theme, OpenTheme)
    given = report.given(*UNTIL_TRIAGED, CLOSED)
    given.when(command).then_refused(UnknownTheme)
    given.knowing(theme=theme).when(command).then(noted)
    twice = report.given(*UNTIL_TRIAGED, CLOSED, noted).knowing(theme=theme)
    twice.when(command).then_nothing()
    nowhere = NoteUnmetNeed(report=REPORT_ID, municipality=SALZKOTTEN.ags)
    given.when(nowhere).then_refused(UnmetNeedUnnamed)
