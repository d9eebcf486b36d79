from datetime import timedelta
from typing import Any

import msgspec
import pytest

from domain.assessments.commands import AnnounceRound
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.errors import (
    BasisMissing,
    ClosesBeforeItOpens,
    CollegeNotInFirstRound,
    CollegeTwice,
    FirstRoundMissing,
    FirstRoundNotReleased,
    MalformedKey,
    MalformedSchoolYear,
    NameMissing,
    NoCollege,
    NotACollege,
    NotARetest,
    OtherInstrument,
    OtherSchoolYear,
    ReminderOutsideWindow,
    RetestBeforeWindowCloses,
    RetestOfARetest,
    RoundAlreadyAnnounced,
    UnknownRound,
    WindowInThePast,
    WindowOutsideSchoolYear,
)
from domain.assessments.errors_instrument import (
    UnknownInstrument,
    UnknownVersion,
    VersionNotApproved,
)
from domain.assessments.events import RetestPlan, RoundReleased, Sitting, VersionRetired
from domain.assessments.instrument import Unknown
from domain.directory.errors import UnknownOrganisation
from tests.domain.assessments.example import (
    ANNOUNCED,
    ANNOUNCED_AT,
    APPROVED_VERSION,
    BELL,
    CLOSED_ROUND,
    CLOSES_AT,
    FIRST,
    HWK,
    INSTRUMENT_KEY,
    LFS,
    OPENED,
    OPENS_AT,
    RBK,
    RELEASED_ROUND,
    REMINDER,
    RETEST,
    RETEST_ANNOUNCED,
    RETEST_CLOSES_AT,
    RETEST_OPENS_AT,
    RETEST_PLAN,
    round_scenario,
    this_round,
)
from tests.domain.county import JOBCENTER, STRANGERS, berlin

SECOND = timedelta(seconds=1)
RETIRED = INSTRUMENT.replay(
    [
        *APPROVED_VERSION,
        VersionRetired(instrument=INSTRUMENT_KEY, version=1, reason="Bekannt geworden."),
    ]
)
ANNOUNCE = AnnounceRound(
    key="herbst",
    title="Herbst 2026",
    school_year="2026/27",
    instrument=INSTRUMENT_KEY,
    version=1,
    opens_at=OPENS_AT,
    closes_at=CLOSES_AT,
    colleges=(RBK, LFS),
    basis="SchulG NRW § 120",
    reminders=(REMINDER,),
    retest=RETEST_PLAN,
)
AGAIN = AnnounceRound(
    key="herbst-retest",
    title="Frühjahr 2027",
    school_year="2026/27",
    instrument=INSTRUMENT_KEY,
    version=1,
    sitting=Sitting.RETEST,
    opens_at=RETEST_OPENS_AT,
    closes_at=RETEST_CLOSES_AT,
    colleges=(LFS, RBK),
    basis="SchulG NRW § 120",
    first=FIRST,
)
released = round_scenario.knowing(first=this_round(*RELEASED_ROUND))


def but(command: AnnounceRound, **changes: Any) -> AnnounceRound:
    return msgspec.structs.replace(command, **changes)


def plan(**changes: Any) -> AnnounceRound:
    return but(ANNOUNCE, retest=msgspec.structs.replace(RETEST_PLAN, **changes))


def test_a_round_is_announced_with_its_colleges_in_order() -> None:
    round_scenario.given().when(ANNOUNCE).then(ANNOUNCED)


def test_a_round_is_announced_once_under_its_key() -> None:
    round_scenario.given(ANNOUNCED).when(ANNOUNCE).then_nothing()
    round_scenario.given(ANNOUNCED, OPENED).when(but(ANNOUNCE, title="Anders")).then_refused(
        RoundAlreadyAnnounced, key="herbst", school_year="2026/27"
    )


def test_moments_are_recorded_in_whole_seconds_and_reminders_in_order_without_doubles() -> None:
    later = REMINDER + timedelta(days=1)
    announce = but(
        ANNOUNCE,
        opens_at=OPENS_AT + timedelta(microseconds=7),
        reminders=(later, REMINDER, later + timedelta(microseconds=5)),
    )
    round_scenario.given().when(announce).then(
        msgspec.structs.replace(ANNOUNCED, reminders=(REMINDER, later))
    )


def test_a_round_has_a_key_a_title_and_a_legal_basis() -> None:
    round_scenario.given().when(but(ANNOUNCE, key="Herbst")).then_refused(
        MalformedKey, key="Herbst"
    )
    round_scenario.given().when(but(ANNOUNCE, title="")).then_refused(NameMissing)
    round_scenario.given().when(but(ANNOUNCE, basis=" ")).then_refused(BasisMissing)


@pytest.mark.parametrize("school_year", ["2026", "2026/28", "2026/2027", "26/27", "2026-27", ""])
def test_a_school_year_is_of_two_years_in_a_row(school_year: str) -> None:
    round_scenario.given().when(but(ANNOUNCE, school_year=school_year)).then_refused(
        MalformedSchoolYear, school_year=school_year
    )


def test_a_school_year_may_cross_a_century() -> None:
    round_scenario.given().when(but(ANNOUNCE, school_year="2099/00")).then_refused(
        WindowOutsideSchoolYear, school_year="2099/00"
    )


def test_a_window_opens_before_it_closes() -> None:
    round_scenario.given().when(but(ANNOUNCE, closes_at=OPENS_AT, reminders=())).then_refused(
        ClosesBeforeItOpens, opens_at=OPENS_AT.isoformat(), closes_at=OPENS_AT.isoformat()
    )


def test_a_window_opens_in_the_future() -> None:
    round_scenario.given().when(ANNOUNCE, at=OPENS_AT).then_refused(
        WindowInThePast, opens_at=OPENS_AT.isoformat()
    )
    round_scenario.given().when(ANNOUNCE, at=OPENS_AT - SECOND).then(ANNOUNCED)


@pytest.mark.parametrize("reminder", [OPENS_AT, CLOSES_AT, CLOSES_AT + SECOND])
def test_reminders_are_within_the_window(reminder: Any) -> None:
    round_scenario.given().when(but(ANNOUNCE, reminders=(REMINDER, reminder))).then_refused(
        ReminderOutsideWindow, reminder=reminder.isoformat()
    )


def test_a_round_and_its_retest_are_within_the_school_year() -> None:
    too_early = but(ANNOUNCE, school_year="2027/28")
    too_long = but(ANNOUNCE, closes_at=berlin(2027, 8, 1, 0), retest=None)
    next_year = plan(closes_at=berlin(2027, 8, 1, 0))
    for announce in (too_early, too_long, next_year):
        round_scenario.given().when(announce).then_refused(WindowOutsideSchoolYear)
    last_day = but(ANNOUNCE, closes_at=berlin(2027, 7, 31, 23, 59), retest=None)
    round_scenario.given().when(last_day).then(
        msgspec.structs.replace(ANNOUNCED, closes_at=last_day.closes_at, retest=None)
    )


def test_a_round_has_colleges_each_once() -> None:
    round_scenario.given().when(but(ANNOUNCE, colleges=())).then_refused(NoCollege)
    round_scenario.given().when(but(ANNOUNCE, colleges=(RBK, LFS, RBK))).then_refused(
        CollegeTwice, college=RBK
    )


def test_only_colleges_of_the_directory_take_part() -> None:
    for unknown in (STRANGERS, "nobody-asked-for-it"):
        round_scenario.given().when(but(ANNOUNCE, colleges=(RBK, unknown))).then_refused(
            UnknownOrganisation, organisation=unknown
        )
    round_scenario.given().when(but(ANNOUNCE, colleges=(JOBCENTER,))).then_refused(
        NotACollege, organisation=JOBCENTER
    )


def test_a_round_uses_an_approved_version() -> None:
    round_scenario.given().knowing(instrument=Unknown()).when(ANNOUNCE).then_refused(
        UnknownInstrument, instrument=INSTRUMENT_KEY
    )
    round_scenario.given().when(but(ANNOUNCE, version=2)).then_refused(
        UnknownVersion, instrument=INSTRUMENT_KEY, version=2
    )
    submitted = INSTRUMENT.replay(APPROVED_VERSION[:-1])
    for state, stage in ((submitted, "submitted"), (RETIRED, "retired")):
        round_scenario.given().knowing(instrument=state).when(ANNOUNCE).then_refused(
            VersionNotApproved, instrument=INSTRUMENT_KEY, version=1, stage=stage
        )


def test_a_first_test_repeats_no_round() -> None:
    released.given().when(but(ANNOUNCE, first=FIRST)).then_refused(NotARetest)


def test_a_planned_retest_begins_after_the_first_test_and_has_its_moments_in_order() -> None:
    round_scenario.given().when(plan(opens_at=CLOSES_AT)).then_refused(
        RetestBeforeWindowCloses,
        opens_at=CLOSES_AT.isoformat(),
        closes_at=CLOSES_AT.isoformat(),
    )
    round_scenario.given().when(plan(closes_at=RETEST_OPENS_AT)).then_refused(ClosesBeforeItOpens)
    round_scenario.given().when(plan(reminders=(REMINDER,))).then_refused(ReminderOutsideWindow)
    moment = RETEST_OPENS_AT + timedelta(days=2)
    precise = plan(reminders=(moment + timedelta(microseconds=3), moment))
    kept = RetestPlan(opens_at=RETEST_OPENS_AT, closes_at=RETEST_CLOSES_AT, reminders=(moment,))
    round_scenario.given().when(precise).then(msgspec.structs.replace(ANNOUNCED, retest=kept))


def test_a_retest_repeats_a_released_first_test() -> None:
    released.given().when(AGAIN).then(RETEST_ANNOUNCED)
    assert AGAIN.subject == RETEST


def test_a_retest_names_its_first_test() -> None:
    released.given().when(but(AGAIN, first=None)).then_refused(FirstRoundMissing)
    round_scenario.given().when(AGAIN).then_refused(UnknownRound, round=str(FIRST))


def test_a_retest_waits_for_the_results_of_the_first_test() -> None:
    round_scenario.given().knowing(first=this_round(*CLOSED_ROUND)).when(AGAIN).then_refused(
        FirstRoundNotReleased, stage="closed"
    )


def test_a_retest_is_not_repeated() -> None:
    retest = this_round(RETEST_ANNOUNCED, RoundReleased(round=RETEST, classes=1))
    round_scenario.given().knowing(first=retest).when(AGAIN).then_refused(RetestOfARetest)
    released.given().when(but(AGAIN, retest=RETEST_PLAN)).then_refused(RetestOfARetest)


def test_a_retest_uses_the_same_version_even_if_it_was_retired_since() -> None:
    released.given().when(but(AGAIN, version=2)).then_refused(
        OtherInstrument, instrument=INSTRUMENT_KEY, version=1
    )
    released.given().when(but(AGAIN, instrument="anderer")).then_refused(OtherInstrument)
    released.given().knowing(instrument=RETIRED).when(AGAIN).then(RETEST_ANNOUNCED)


def test_a_retest_is_held_in_the_same_school_year() -> None:
    next_year = but(
        AGAIN,
        school_year="2027/28",
        opens_at=berlin(2027, 9, 1, 8),
        closes_at=berlin(2027, 9, 30, 8),
    )
    released.given().when(next_year).then_refused(
        OtherSchoolYear, expected="2026/27", school_year="2027/28"
    )


def test_a_retest_has_no_college_that_was_not_in_the_first_test() -> None:
    released.given().when(but(AGAIN, colleges=(RBK, HWK))).then_refused(
        CollegeNotInFirstRound, college=HWK
    )
    fewer = msgspec.structs.replace(RETEST_ANNOUNCED, colleges=(RBK,))
    released.given().when(but(AGAIN, colleges=(RBK,))).then(fewer)


def test_the_process_may_announce_a_retest_late_but_not_after_its_end() -> None:
    late = RETEST_OPENS_AT + timedelta(days=3)
    released.given().when(AGAIN, by=BELL, at=late).then(RETEST_ANNOUNCED)
    released.given().when(AGAIN, at=late).then_refused(WindowInThePast)
    released.given().when(AGAIN, by=BELL, at=RETEST_CLOSES_AT).then_refused(WindowInThePast)


def test_a_retest_that_somebody_announced_otherwise_is_one_for_the_process_too() -> None:
    by_hand = msgspec.structs.replace(RETEST_ANNOUNCED, title="Von Hand")
    released.given(by_hand).when(AGAIN, by=BELL, at=ANNOUNCED_AT).then_nothing()
    released.given(by_hand).when(AGAIN).then_refused(RoundAlreadyAnnounced)
