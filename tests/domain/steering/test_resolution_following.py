from datetime import date, timedelta

import msgspec
import pytest

from domain.directory.errors import UnknownOrganisation
from domain.kernel import Command
from domain.steering.follow_up_errors import DueInThePast, DueNotLater, TooEarly
from domain.steering.resolution import Open
from domain.steering.resolution_commands import (
    DeclareMandateOverdue,
    ExtendMandate,
    FulfilMandate,
    HandOverMandate,
    RecordLetter,
    RemindOfMandate,
    ReopenMandate,
    ReportProgress,
    ResolutionCommand,
    ShowProgress,
)
from domain.steering.resolution_course import Phase, ResolutionCourse, course
from domain.steering.resolution_errors import (
    LetterOutsideMandate,
    NoLetterMandated,
    NotOpen,
    ReasonMissing,
    ReportNotNext,
    TextMissing,
    UnknownResolution,
)
from domain.steering.resolution_events import (
    LetterSent,
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateHandedOver,
    MandateReminded,
    MandateReopened,
    ProgressReported,
    ResolutionAnnulled,
    ResolutionEvent,
    ResolutionRevoked,
)
from tests.domain.county import CARITAS, CLOCK, STRANGERS, berlin
from tests.domain.steering.resolution_example import (
    COMMISSIONED,
    COORDINATION,
    DUE,
    DUE_AT,
    LATER,
    LATER_AT,
    LATER_REMINDERS,
    LETTER_MANDATE,
    NEXT_SESSION,
    NOTED,
    RESOLUTION_ID,
    TEN_DAYS_BEFORE,
    TWO_DAYS_BEFORE,
    after,
    passed,
    resolution,
)

REMIND = RemindOfMandate(resolution=RESOLUTION_ID, moment=TEN_DAYS_BEFORE)
BY_HAND = RemindOfMandate(resolution=RESOLUTION_ID)
REMINDED = MandateReminded(resolution=RESOLUTION_ID, owner=COORDINATION, moment=TEN_DAYS_BEFORE)
DECLARE = DeclareMandateOverdue(resolution=RESOLUTION_ID)
OVERDUE = MandateFellOverdue(resolution=RESOLUTION_ID, owner=COORDINATION, due=DUE_AT)
EXTEND = ExtendMandate(resolution=RESOLUTION_ID, due=LATER, reason="Ferien")
EXTENDED = MandateExtended(
    resolution=RESOLUTION_ID, due=LATER_AT, reminders=LATER_REMINDERS, reason="Ferien"
)
FULFILLED = MandateFulfilled(resolution=RESOLUTION_ID, outcome="Erledigt.")
REVOKED = ResolutionRevoked(resolution=RESOLUTION_ID, revoking=NEXT_SESSION)
ANNULLED = ResolutionAnnulled(resolution=RESOLUTION_ID, reason="Verzählt")
HAND_OVER = HandOverMandate(resolution=RESOLUTION_ID, owner=CARITAS, reason="Neu verteilt")
HANDED_OVER = MandateHandedOver(resolution=RESOLUTION_ID, owner=CARITAS, reason="Neu verteilt")
REPORT = ReportProgress(resolution=RESOLUTION_ID, report=1, text="Eingeladen.")
REPORTED = ProgressReported(resolution=RESOLUTION_ID, report=1, text="Eingeladen.")
LETTER = RecordLetter(
    resolution=RESOLUTION_ID,
    addressee="Ministerium",
    subject_line="Berufssprachkurse",
    text="Sehr geehrte Damen und Herren, es fehlen Kurse.",
    sent_on=date(2026, 3, 2),
    reference="33.2-17",
)
SENT = LetterSent(
    resolution=RESOLUTION_ID,
    addressee="Ministerium",
    subject_line="Berufssprachkurse",
    text="Sehr geehrte Damen und Herren, es fehlen Kurse.",
    sent_on=date(2026, 3, 2),
    reference="33.2-17",
)


def test_the_owner_is_reminded_at_each_planned_moment_once() -> None:
    resolution.given(COMMISSIONED).when(REMIND, by=CLOCK, at=TEN_DAYS_BEFORE).then(REMINDED)
    resolution.given(COMMISSIONED, REMINDED).when(
        REMIND, by=CLOCK, at=TWO_DAYS_BEFORE
    ).then_nothing()
    resolution.given(COMMISSIONED).when(
        REMIND, by=CLOCK, at=TEN_DAYS_BEFORE - timedelta(seconds=1)
    ).then_refused(TooEarly, due=TEN_DAYS_BEFORE.isoformat())


def test_a_person_reminds_at_any_time() -> None:
    by_hand = msgspec.structs.replace(REMINDED, moment=None)
    resolution.given(COMMISSIONED, by_hand).when(BY_HAND).then(by_hand)


def test_the_new_owner_is_reminded() -> None:
    resolution.given(COMMISSIONED, HANDED_OVER).when(BY_HAND).then(
        MandateReminded(resolution=RESOLUTION_ID, owner=CARITAS)
    )


def test_nobody_is_reminded_at_a_moment_that_is_not_planned_any_more() -> None:
    resolution.given(COMMISSIONED, EXTENDED).when(
        REMIND, by=CLOCK, at=TEN_DAYS_BEFORE
    ).then_nothing()
    resolution.given(COMMISSIONED, OVERDUE).when(REMIND, by=CLOCK, at=DUE_AT).then_nothing()


def test_a_mandate_falls_overdue_once_when_its_day_is_over() -> None:
    resolution.given(COMMISSIONED).when(
        DECLARE, by=CLOCK, at=DUE_AT - timedelta(seconds=1)
    ).then_refused(TooEarly, due=DUE_AT.isoformat())
    resolution.given(COMMISSIONED).when(DECLARE, by=CLOCK, at=DUE_AT).then(OVERDUE)
    resolution.given(COMMISSIONED, OVERDUE).when(DECLARE, by=CLOCK, at=DUE_AT).then_nothing()


def test_more_time_takes_back_that_it_is_overdue_and_plans_reminders_anew() -> None:
    now = berlin(2026, 7, 1, 9)
    resolution.given(COMMISSIONED, OVERDUE).when(EXTEND, at=now).then(EXTENDED)
    state = after(COMMISSIONED, REMINDED, OVERDUE, EXTENDED)
    assert isinstance(state, Open)
    assert state.follow_up.reminders_to_come == LATER_REMINDERS
    again = MandateFellOverdue(resolution=RESOLUTION_ID, owner=COORDINATION, due=LATER_AT)
    resolution.given(COMMISSIONED, OVERDUE, EXTENDED).when(DECLARE, by=CLOCK, at=LATER_AT).then(
        again
    )


def test_an_extension_gives_more_time_and_a_reason() -> None:
    given = resolution.given(COMMISSIONED)
    given.when(msgspec.structs.replace(EXTEND, due=DUE)).then_refused(
        DueNotLater, due=DUE_AT.isoformat()
    )
    given.when(msgspec.structs.replace(EXTEND, reason=" ")).then_refused(ReasonMissing)
    given.when(EXTEND, at=LATER_AT).then_refused(DueInThePast)


def test_the_owner_reports_in_order() -> None:
    resolution.given(COMMISSIONED).when(REPORT).then(REPORTED)
    resolution.given(COMMISSIONED, REPORTED).when(REPORT).then_nothing()
    other = msgspec.structs.replace(REPORT, text="Anders.")
    resolution.given(COMMISSIONED, REPORTED).when(other).then_refused(
        ReportNotNext, report=1, following=2
    )
    resolution.given(COMMISSIONED).when(msgspec.structs.replace(REPORT, report=0)).then_refused(
        ReportNotNext
    )
    resolution.given(COMMISSIONED).when(msgspec.structs.replace(REPORT, text="")).then_refused(
        TextMissing
    )


def test_another_organisation_that_is_known_takes_it_over_with_a_reason() -> None:
    resolution.given(COMMISSIONED).when(HAND_OVER).then(HANDED_OVER)
    resolution.given(COMMISSIONED, HANDED_OVER).when(HAND_OVER).then_nothing()
    given = resolution.given(COMMISSIONED)
    given.when(msgspec.structs.replace(HAND_OVER, reason="")).then_refused(ReasonMissing)
    given.when(msgspec.structs.replace(HAND_OVER, owner=STRANGERS)).then_refused(
        UnknownOrganisation
    )


def test_a_letter_goes_to_the_ministry_only_where_that_was_resolved() -> None:
    resolution.given(passed(LETTER_MANDATE)).when(LETTER).then(SENT)
    resolution.given(passed(LETTER_MANDATE), SENT).when(LETTER).then_nothing()
    resolution.given(COMMISSIONED).when(LETTER).then_refused(NoLetterMandated, kind="commission")


def test_a_letter_was_sent_since_the_resolution_and_is_not_announced() -> None:
    given = resolution.given(passed(LETTER_MANDATE))
    for sent_on in (date(2026, 2, 25), date(2026, 3, 3)):
        given.when(msgspec.structs.replace(LETTER, sent_on=sent_on)).then_refused(
            LetterOutsideMandate, sent_on=sent_on.isoformat()
        )
    on_the_day = msgspec.structs.replace(LETTER, sent_on=date(2026, 2, 26))
    assert given.when(on_the_day).decided()
    given.when(msgspec.structs.replace(LETTER, text=" ")).then_refused(TextMissing)


PERSONS: list[ResolutionCommand] = [BY_HAND, REPORT, LETTER, EXTEND, HAND_OVER]


@pytest.mark.parametrize("command", PERSONS, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize(
    ("history", "stage"),
    [
        ((NOTED,), "settled"),
        ((COMMISSIONED, FULFILLED), "fulfilled"),
        ((COMMISSIONED, REVOKED), "revoked"),
        ((COMMISSIONED, ANNULLED), "annulled"),
    ],
)
def test_nobody_follows_up_what_is_not_open(
    command: ResolutionCommand, history: tuple[ResolutionEvent, ...], stage: str
) -> None:
    resolution.given(*history).when(command).then_refused(NotOpen, stage=stage)


@pytest.mark.parametrize(
    "history",
    [(NOTED,), (COMMISSIONED, FULFILLED), (COMMISSIONED, REVOKED), (COMMISSIONED, ANNULLED)],
)
def test_the_clock_has_nothing_to_do_then(history: tuple[ResolutionEvent, ...]) -> None:
    resolution.given(*history).when(REMIND, by=CLOCK, at=LATER_AT).then_nothing()
    resolution.given(*history).when(DECLARE, by=CLOCK, at=LATER_AT).then_nothing()


@pytest.mark.parametrize(
    "command",
    [
        *PERSONS,
        DECLARE,
        FulfilMandate(resolution=RESOLUTION_ID, outcome="Erledigt."),
        ReopenMandate(resolution=RESOLUTION_ID, due=DUE, reason="Doch nicht."),
        ShowProgress(resolution=RESOLUTION_ID, session=NEXT_SESSION),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_was_never_passed_is_unknown(command: Command) -> None:
    assert isinstance(command, ResolutionCommand)
    resolution.when(command).then_refused(UnknownResolution, resolution=str(RESOLUTION_ID))


def test_the_clock_is_told_of_the_moments_to_come() -> None:
    both = (TEN_DAYS_BEFORE, TWO_DAYS_BEFORE)
    assert course(after(COMMISSIONED)) == ResolutionCourse(
        phase=Phase.FOLLOWED_UP, reminders=both, due=DUE_AT
    )
    assert course(after(COMMISSIONED, REMINDED)).reminders == (TWO_DAYS_BEFORE,)
    assert course(after(COMMISSIONED, OVERDUE)) == ResolutionCourse(phase=Phase.FOLLOWED_UP)
    assert course(after(COMMISSIONED, FULFILLED)) == ResolutionCourse(phase=Phase.FULFILLED)
    for ended in ((), (NOTED,), (COMMISSIONED, REVOKED), (COMMISSIONED, ANNULLED)):
        assert course(after(*ended)) == ResolutionCourse(phase=Phase.ENDED)
    reopened = MandateReopened(
        resolution=RESOLUTION_ID, due=LATER_AT, reminders=(), reason="Doch nicht."
    )
    assert course(after(COMMISSIONED, FULFILLED, reopened)).due == LATER_AT
