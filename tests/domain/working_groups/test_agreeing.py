from datetime import date, timedelta

import msgspec
import pytest

from domain.assessments.commands import round_id
from domain.steering.follow_up_errors import DueInThePast, DueNotLater, TooEarly
from domain.working_groups.agreement import Dropped, Open
from domain.working_groups.commands import (
    DeclareAgreementOverdue,
    DropAgreement,
    ExtendAgreement,
    FulfilAgreement,
    LinkConsequence,
    MakeAgreement,
    RemindOfAgreement,
    ReopenAgreement,
    UnlinkConsequence,
    WorkingGroupCommand,
)
from domain.working_groups.course import AgreementCourse, course
from domain.working_groups.errors import (
    MeetingNotHeld,
    NotInGroup,
    ReasonMissing,
    TextMissing,
    UnknownMeeting,
)
from domain.working_groups.errors_agreement import (
    AgreementAlreadyMade,
    AgreementNotFulfilled,
    AgreementNotNext,
    AgreementNotOpen,
    DroppedBeforeItWasMade,
    NotLinked,
    OtherConsequenceKind,
    UnknownAgreement,
    UnknownConsequence,
)
from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementReminded,
    AgreementReopened,
    ConsequenceKind,
    ConsequenceLinked,
    ConsequenceUnlinked,
    OrganisationLeft,
)
from tests.domain.county import CARITAS, CHAMBER, CLOCK, JOBCENTER, STRANGERS, berlin
from tests.domain.working_groups.example import (
    ASSESSMENT,
    DUE,
    DUE_AT,
    ESTABLISHED,
    GROUP_ID,
    LAST_FRIDAY,
    TEN_DAYS_BEFORE,
    TWO_DAYS_BEFORE,
    after,
    called,
    group,
    held,
    made,
    record_after,
)

HELD = (ESTABLISHED, held())
MADE = (*HELD, made())
MAKE = MakeAgreement(
    group=GROUP_ID, agreement=1, meeting=1, text=ASSESSMENT, owner=CHAMBER, due=DUE
)
REMIND = RemindOfAgreement(group=GROUP_ID, agreement=1, moment=TEN_DAYS_BEFORE)
BY_HAND = RemindOfAgreement(group=GROUP_ID, agreement=1)
REMINDED = AgreementReminded(group=GROUP_ID, agreement=1, moment=TEN_DAYS_BEFORE)
DECLARE = DeclareAgreementOverdue(group=GROUP_ID, agreement=1)
OVERDUE = AgreementFellOverdue(group=GROUP_ID, agreement=1, due=DUE_AT)
LATER = date(2026, 9, 30)
LATER_AT = berlin(2026, 9, 30, 18)
LATER_REMINDERS = (berlin(2026, 9, 16, 9), berlin(2026, 9, 28, 9))
EXTEND = ExtendAgreement(group=GROUP_ID, agreement=1, due=LATER, reason="Ferien")
EXTENDED = AgreementExtended(
    group=GROUP_ID, agreement=1, due=LATER_AT, reminders=LATER_REMINDERS, reason="Ferien"
)
FULFIL = FulfilAgreement(group=GROUP_ID, agreement=1, outcome="Die Erhebung hat begonnen.")
FULFILLED = AgreementFulfilled(group=GROUP_ID, agreement=1, outcome="Die Erhebung hat begonnen.")
REOPEN = ReopenAgreement(group=GROUP_ID, agreement=1, due=LATER, reason="Eine Klasse fehlt.")
REOPENED = AgreementReopened(
    group=GROUP_ID,
    agreement=1,
    due=LATER_AT,
    reminders=LATER_REMINDERS,
    reason="Eine Klasse fehlt.",
)
DROP = DropAgreement(group=GROUP_ID, agreement=1, meeting=1, reason="Überholt")
DROPPED = AgreementDropped(group=GROUP_ID, agreement=1, meeting=1, reason="Überholt")
ROUND = round_id("2026/27", "sprachstand")
LINK = LinkConsequence(
    group=GROUP_ID, agreement=1, kind=ConsequenceKind.ASSESSMENT_ROUND, consequence=ROUND
)
LINKED = ConsequenceLinked(
    group=GROUP_ID, agreement=1, kind=ConsequenceKind.ASSESSMENT_ROUND, consequence=ROUND
)
UNLINK = UnlinkConsequence(group=GROUP_ID, agreement=1, consequence=ROUND, reason="Irrtum")
UNLINKED = ConsequenceUnlinked(group=GROUP_ID, agreement=1, consequence=ROUND, reason="Irrtum")


def test_an_agreement_says_who_does_what_until_when() -> None:
    group.given(*HELD).when(MAKE).then(made())
    group.given(*MADE).when(MAKE).then_nothing()
    group.given(*MADE, EXTENDED, FULFILLED).when(MAKE).then_nothing()


@pytest.mark.parametrize(
    "change", [{"text": "Anders."}, {"owner": CARITAS}, {"due": LATER}], ids=str
)
def test_what_was_agreed_is_not_written_over(change: dict[str, object]) -> None:
    other = msgspec.structs.replace(MAKE, **change)
    group.given(*MADE).when(other).then_refused(AgreementAlreadyMade, agreement=1)


def test_agreements_are_counted_on_and_say_something() -> None:
    second = msgspec.structs.replace(MAKE, agreement=2)
    group.given(*HELD).when(second).then_refused(AgreementNotNext, agreement=2, following=1)
    group.given(*MADE).when(second).then(made(2))
    silent = msgspec.structs.replace(MAKE, text="\n")
    group.given(*HELD).when(silent).then_refused(TextMissing)


def test_something_is_agreed_in_a_meeting_that_was_held() -> None:
    group.given(ESTABLISHED).when(MAKE).then_refused(UnknownMeeting)
    group.given(ESTABLISHED, called()).when(MAKE).then_refused(
        MeetingNotHeld, meeting=1, stage="called"
    )


def test_it_is_owned_by_who_was_in_the_group_that_day_or_leads_it() -> None:
    strangers = msgspec.structs.replace(MAKE, owner=STRANGERS)
    group.given(*HELD).when(strangers).then_refused(
        NotInGroup, organisation=STRANGERS, on="2026-02-27"
    )
    left = OrganisationLeft(
        group=GROUP_ID, organisation=CARITAS, until=date(2026, 2, 26), reason="Neu"
    )
    caritas = msgspec.structs.replace(MAKE, owner=CARITAS)
    group.given(*HELD, left).when(caritas).then_refused(NotInGroup)
    group.given(*HELD).when(caritas).then(made(owner=CARITAS))
    without_guests = msgspec.structs.replace(ESTABLISHED, guests=())
    lead = msgspec.structs.replace(MAKE, owner=JOBCENTER)
    group.given(without_guests, held()).when(lead).then(made(owner=JOBCENTER))


def test_it_is_due_after_the_meeting() -> None:
    before = msgspec.structs.replace(MAKE, due=date(2026, 2, 26))
    group.given(*HELD).when(before).then_refused(DueInThePast, due="2026-02-26")
    same_day = msgspec.structs.replace(MAKE, due=LAST_FRIDAY.date())
    assert group.given(*HELD).when(same_day).decided()


def test_its_owner_is_reminded_at_each_planned_moment_once_and_by_hand_at_any_time() -> None:
    group.given(*MADE).when(REMIND, by=CLOCK, at=TEN_DAYS_BEFORE).then(REMINDED)
    group.given(*MADE, REMINDED).when(REMIND, by=CLOCK, at=TWO_DAYS_BEFORE).then_nothing()
    group.given(*MADE).when(
        REMIND, by=CLOCK, at=TEN_DAYS_BEFORE - timedelta(seconds=1)
    ).then_refused(TooEarly)
    by_hand = AgreementReminded(group=GROUP_ID, agreement=1)
    group.given(*MADE, by_hand).when(BY_HAND).then(by_hand)


def test_it_falls_overdue_once_when_its_day_is_over() -> None:
    group.given(*MADE).when(DECLARE, by=CLOCK, at=DUE_AT - timedelta(seconds=1)).then_refused(
        TooEarly
    )
    group.given(*MADE).when(DECLARE, by=CLOCK, at=DUE_AT).then(OVERDUE)
    group.given(*MADE, OVERDUE).when(DECLARE, by=CLOCK, at=DUE_AT).then_nothing()
    group.given(*MADE, OVERDUE, EXTENDED).when(DECLARE, by=CLOCK, at=LATER_AT).then(
        msgspec.structs.replace(OVERDUE, due=LATER_AT)
    )


def test_more_time_is_given_with_a_reason() -> None:
    group.given(*MADE).when(EXTEND).then(EXTENDED)
    not_later = msgspec.structs.replace(EXTEND, due=DUE)
    group.given(*MADE).when(not_later).then_refused(DueNotLater, due=DUE_AT.isoformat())
    silent = msgspec.structs.replace(EXTEND, reason=" ")
    group.given(*MADE).when(silent).then_refused(ReasonMissing)


def test_it_is_fulfilled_with_what_came_of_it_and_may_prove_not_to_be() -> None:
    group.given(*MADE).when(FULFIL).then(FULFILLED)
    group.given(*MADE, OVERDUE).when(FULFIL).then(FULFILLED)
    group.given(*MADE, FULFILLED).when(FULFIL).then_nothing()
    silent = msgspec.structs.replace(FULFIL, outcome="")
    group.given(*MADE).when(silent).then_refused(TextMissing)
    group.given(*MADE, FULFILLED).when(REOPEN).then(REOPENED)
    group.given(*MADE).when(REOPEN).then_refused(AgreementNotFulfilled, agreement=1, stage="open")
    without_reason = msgspec.structs.replace(REOPEN, reason=" ")
    group.given(*MADE, FULFILLED).when(without_reason).then_refused(ReasonMissing)
    assert isinstance(record_after(*MADE, FULFILLED, REOPENED).agreements[1], Open)


def test_the_group_lets_go_of_it_in_a_meeting_not_before_it_was_made() -> None:
    group.given(*MADE).when(DROP).then(DROPPED)
    group.given(*MADE, DROPPED).when(DROP).then_nothing()
    assert isinstance(record_after(*MADE, DROPPED).agreements[1], Dropped)
    in_two = msgspec.structs.replace(DROP, meeting=2)
    group.given(*MADE).when(in_two).then_refused(UnknownMeeting, meeting=2)
    earlier = held(2, LAST_FRIDAY - timedelta(hours=1))
    group.given(*MADE, earlier).when(in_two).then_refused(
        DroppedBeforeItWasMade, agreement=1, meeting=2
    )
    silent = msgspec.structs.replace(DROP, reason="")
    group.given(*MADE).when(silent).then_refused(ReasonMissing)


@pytest.mark.parametrize(
    "command", [BY_HAND, EXTEND, FULFIL, DROP], ids=lambda command: type(command).__name__
)
def test_what_was_dropped_or_fulfilled_is_not_open(command: WorkingGroupCommand) -> None:
    dropped = msgspec.structs.replace(DROPPED, meeting=2)
    group.given(*MADE, held(2), dropped).when(command).then_refused(
        AgreementNotOpen, agreement=1, stage="dropped"
    )
    done = msgspec.structs.replace(FULFILLED, outcome="Anders.")
    group.given(*MADE, done).when(command).then_refused(
        AgreementNotOpen, agreement=1, stage="fulfilled"
    )
    for ended in (DROPPED, done):
        group.given(*MADE, ended).when(REMIND, by=CLOCK, at=DUE_AT).then_nothing()
        group.given(*MADE, ended).when(DECLARE, by=CLOCK, at=DUE_AT).then_nothing()


@pytest.mark.parametrize(
    "command",
    [REMIND, DECLARE, EXTEND, FULFIL, REOPEN, DROP, LINK, UNLINK],
    ids=lambda command: type(command).__name__,
)
def test_what_was_never_agreed_is_unknown(command: WorkingGroupCommand) -> None:
    group.given(*HELD).when(command).then_refused(UnknownAgreement, agreement=1)


def test_an_agreement_names_the_assessment_round_it_led_to() -> None:
    knowing = group.knowing(consequences=frozenset({ROUND}))
    knowing.given(*MADE).when(LINK).then(LINKED)
    knowing.given(*MADE, FULFILLED).when(LINK).then(LINKED)
    knowing.given(*MADE, LINKED).when(LINK).then_nothing()
    consequences = record_after(*MADE, LINKED).agreements[1].agreed.consequences
    assert consequences == {ROUND: ConsequenceKind.ASSESSMENT_ROUND}


def test_only_what_exists_came_of_an_agreement_that_stands() -> None:
    group.given(*MADE).when(LINK).then_refused(
        UnknownConsequence, consequence=str(ROUND), kind="assessment-round"
    )
    knowing = group.knowing(consequences=frozenset({ROUND}))
    knowing.given(*MADE, DROPPED).when(LINK).then_refused(AgreementNotOpen)
    as_theme = msgspec.structs.replace(LINK, kind=ConsequenceKind.THEME)
    knowing.given(*MADE, LINKED).when(as_theme).then_refused(
        OtherConsequenceKind, consequence=str(ROUND), kind="assessment-round"
    )


def test_a_link_made_by_mistake_is_taken_back() -> None:
    group.given(*MADE, LINKED).when(UNLINK).then(UNLINKED)
    assert not record_after(*MADE, LINKED, UNLINKED).agreements[1].agreed.consequences
    group.given(*MADE).when(UNLINK).then_refused(NotLinked, agreement=1, consequence=str(ROUND))
    silent = msgspec.structs.replace(UNLINK, reason="")
    group.given(*MADE, LINKED).when(silent).then_refused(ReasonMissing)


def test_the_clock_is_told_of_what_is_open_and_not_overdue() -> None:
    one = AgreementCourse(agreement=1, reminders=(TEN_DAYS_BEFORE, TWO_DAYS_BEFORE), due=DUE_AT)
    assert course(after(*MADE)).agreements == (one,)
    reminded = msgspec.structs.replace(one, reminders=(TWO_DAYS_BEFORE,))
    assert course(after(*MADE, REMINDED)).agreements == (reminded,)
    for ended in (OVERDUE, FULFILLED, DROPPED):
        assert course(after(*MADE, ended)).agreements == ()


def test_the_clock_is_not_told_of_a_reminder_that_a_later_one_has_overtaken() -> None:
    later = msgspec.structs.replace(REMINDED, moment=TWO_DAYS_BEFORE)
    (told,) = course(after(*MADE, later)).agreements
    assert told == AgreementCourse(agreement=1, due=DUE_AT)
