from datetime import date, timedelta

import msgspec
import pytest

from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    MoveMeeting,
    RecordMeeting,
    WithdrawMeeting,
)
from domain.working_groups.errors import (
    AttendedTwice,
    MeetingAlreadyRecorded,
    MeetingInTheFuture,
    MeetingInThePast,
    MeetingNotCalled,
    MeetingNotHeld,
    MeetingNotNext,
    NoMemberAttended,
    NotInGroup,
    ReasonMissing,
    SomethingWasAgreed,
    UnknownMeeting,
)
from domain.working_groups.events import (
    AgreementDropped,
    MeetingCancelled,
    MeetingCorrected,
    MeetingMoved,
    MeetingWithdrawn,
    OrganisationJoined,
    OrganisationLeft,
    Part,
    Present,
)
from domain.working_groups.meeting import Called, Held, stage_of
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER, MONDAY, STRANGERS, berlin
from tests.domain.working_groups.example import (
    ESTABLISHED,
    GROUP_ID,
    IN_APRIL,
    LAST_FRIDAY,
    called,
    group,
    held,
    made,
    record_after,
)

CALL = CallMeeting(group=GROUP_ID, meeting=1, starts_at=IN_APRIL, place="Kreishaus")
IN_MAY = berlin(2026, 5, 6, 14)
MOVE = MoveMeeting(group=GROUP_ID, meeting=1, starts_at=IN_MAY, reason="Ferien")
MOVED = MeetingMoved(
    group=GROUP_ID, meeting=1, starts_at=IN_MAY, place="Kreishaus", reason="Ferien"
)
CANCEL = CancelMeeting(group=GROUP_ID, meeting=1, reason="Krank")
CANCELLED = MeetingCancelled(group=GROUP_ID, meeting=1, reason="Krank")
RECORD = RecordMeeting(
    group=GROUP_ID, meeting=1, held_at=LAST_FRIDAY, attended=(JOBCENTER, CHAMBER)
)
ALL_MEMBERS = (
    Present(organisation=CARITAS, part=Part.MEMBER),
    Present(organisation=CHAMBER, part=Part.MEMBER),
)
CORRECT = CorrectMeeting(
    group=GROUP_ID,
    meeting=1,
    held_at=LAST_FRIDAY,
    attended=(CHAMBER, CARITAS),
    summary="Zwei Punkte.",
    reason="Verwechselt",
)
CORRECTED = MeetingCorrected(
    group=GROUP_ID,
    meeting=1,
    held_at=LAST_FRIDAY,
    attended=ALL_MEMBERS,
    summary="Zwei Punkte.",
    reason="Verwechselt",
)
WITHDRAW = WithdrawMeeting(group=GROUP_ID, meeting=1, reason="Fiel aus")
WITHDRAWN = MeetingWithdrawn(group=GROUP_ID, meeting=1, reason="Fiel aus")


def test_a_meeting_is_called_for_a_time_to_come() -> None:
    group.given(ESTABLISHED).when(CALL).then(called())
    group.given(ESTABLISHED, called()).when(CALL, at=IN_MAY).then_nothing()
    now = msgspec.structs.replace(CALL, starts_at=MONDAY)
    group.given(ESTABLISHED).when(now).then_refused(MeetingInThePast)


def test_meetings_are_counted_on_also_over_those_that_are_cancelled() -> None:
    second = msgspec.structs.replace(CALL, meeting=2)
    group.given(ESTABLISHED).when(second).then_refused(MeetingNotNext, meeting=2, following=1)
    group.given(ESTABLISHED, called(), CANCELLED).when(second).then(called(2))
    group.given(ESTABLISHED, called(), CANCELLED).when(CALL).then_refused(MeetingNotNext)
    record = msgspec.structs.replace(RECORD, meeting=2)
    group.given(ESTABLISHED).when(record).then_refused(MeetingNotNext)


def test_a_meeting_is_moved_in_time_and_place() -> None:
    group.given(ESTABLISHED, called()).when(MOVE).then(MOVED)
    group.given(ESTABLISHED, called(), MOVED).when(MOVE).then_nothing()
    elsewhere = msgspec.structs.replace(MOVE, place="Rathaus")
    moved = msgspec.structs.replace(MOVED, place="Rathaus")
    group.given(ESTABLISHED, called()).when(elsewhere).then(moved)
    assert record_after(ESTABLISHED, called(), moved).meetings[1] == Called(
        starts_at=IN_MAY, place="Rathaus"
    )
    for past in (LAST_FRIDAY, MONDAY):
        back = msgspec.structs.replace(MOVE, starts_at=past)
        group.given(ESTABLISHED, called()).when(back).then_refused(MeetingInThePast)


def test_a_meeting_is_cancelled_once() -> None:
    group.given(ESTABLISHED, called()).when(CANCEL).then(CANCELLED)
    group.given(ESTABLISHED, called(), CANCELLED).when(CANCEL).then_nothing()
    assert stage_of(record_after(ESTABLISHED, called(), CANCELLED).meetings[1]) == "cancelled"


@pytest.mark.parametrize("command", [MOVE, CANCEL], ids=["move", "cancel"])
def test_what_was_held_is_not_moved_or_cancelled(command: MoveMeeting | CancelMeeting) -> None:
    group.given(ESTABLISHED, held()).when(command).then_refused(
        MeetingNotCalled, meeting=1, stage="held"
    )
    group.given(ESTABLISHED).when(command).then_refused(UnknownMeeting, meeting=1)
    silent = msgspec.structs.replace(command, reason=" ")
    group.given(ESTABLISHED, called()).when(silent).then_refused(ReasonMissing)


def test_a_meeting_is_recorded_with_what_each_was_in_the_group_that_day() -> None:
    group.given(ESTABLISHED).when(RECORD).then(held())
    group.given(ESTABLISHED, held()).when(RECORD).then_nothing()
    in_april = msgspec.structs.replace(RECORD, held_at=IN_APRIL)
    group.given(ESTABLISHED, called()).when(in_april, at=IN_MAY).then(held(held_at=IN_APRIL))


def test_later_changes_do_not_rewrite_as_what_somebody_attended() -> None:
    history = (
        ESTABLISHED,
        held(),
        OrganisationLeft(
            group=GROUP_ID, organisation=JOBCENTER, until=LAST_FRIDAY.date(), reason="Neu"
        ),
        OrganisationJoined(
            group=GROUP_ID, organisation=JOBCENTER, part=Part.MEMBER, since=MONDAY.date()
        ),
    )
    meeting = record_after(*history).meetings[1]
    assert isinstance(meeting, Held)
    assert Present(organisation=JOBCENTER, part=Part.GUEST) in meeting.attended
    second = msgspec.structs.replace(RECORD, meeting=2, held_at=MONDAY)
    group.given(*history).when(second).then(
        held(
            2,
            MONDAY,
            (
                Present(organisation=CHAMBER, part=Part.MEMBER),
                Present(organisation=JOBCENTER, part=Part.MEMBER),
            ),
        )
    )


def test_what_is_recorded_has_been() -> None:
    later = msgspec.structs.replace(RECORD, held_at=MONDAY + timedelta(seconds=1))
    group.given(ESTABLISHED).when(later).then_refused(MeetingInTheFuture)


def test_only_those_of_the_group_on_that_day_attended_each_once() -> None:
    given = group.given(ESTABLISHED)
    strangers = msgspec.structs.replace(RECORD, attended=(CHAMBER, STRANGERS))
    given.when(strangers).then_refused(NotInGroup, organisation=STRANGERS, on="2026-02-27")
    twice = msgspec.structs.replace(RECORD, attended=(CHAMBER, CHAMBER))
    given.when(twice).then_refused(AttendedTwice, organisation=CHAMBER)
    before = msgspec.structs.replace(RECORD, held_at=berlin(2026, 2, 25, 14))
    given.when(before).then_refused(NotInGroup)


def test_the_day_of_a_meeting_is_that_of_the_county() -> None:
    left = OrganisationLeft(
        group=GROUP_ID, organisation=JOBCENTER, until=LAST_FRIDAY.date(), reason="Neu"
    )
    at_night = msgspec.structs.replace(RECORD, held_at=berlin(2026, 2, 28, 0, 30))
    group.given(ESTABLISHED, left).when(at_night).then_refused(
        NotInGroup, organisation=JOBCENTER, on="2026-02-28"
    )


def test_guests_alone_are_no_meeting() -> None:
    for attended in ((JOBCENTER,), ()):
        group.given(ESTABLISHED).when(
            msgspec.structs.replace(RECORD, attended=attended)
        ).then_refused(NoMemberAttended, meeting=1)


def test_what_was_recorded_or_cancelled_is_not_recorded_anew() -> None:
    other = msgspec.structs.replace(RECORD, summary="Anders.")
    group.given(ESTABLISHED, held()).when(other).then_refused(MeetingAlreadyRecorded, meeting=1)
    group.given(ESTABLISHED, called(), CANCELLED).when(RECORD).then_refused(MeetingNotCalled)
    group.given(ESTABLISHED, held(), WITHDRAWN).when(RECORD).then_refused(MeetingNotCalled)


def test_a_record_is_corrected_with_a_reason() -> None:
    group.given(ESTABLISHED, held()).when(CORRECT).then(CORRECTED)
    group.given(ESTABLISHED, held(), CORRECTED).when(CORRECT).then_nothing()
    silent = msgspec.structs.replace(CORRECT, reason="")
    group.given(ESTABLISHED, held()).when(silent).then_refused(ReasonMissing)
    group.given(ESTABLISHED, called()).when(CORRECT).then_refused(
        MeetingNotHeld, meeting=1, stage="called"
    )
    strangers = msgspec.structs.replace(CORRECT, attended=(CHAMBER, STRANGERS))
    group.given(ESTABLISHED, held()).when(strangers).then_refused(NotInGroup)


def test_a_corrected_day_is_one_on_which_who_agreed_was_in_the_group() -> None:
    since = MONDAY.date()
    joined = OrganisationJoined(group=GROUP_ID, organisation=CARITAS, part=Part.MEMBER, since=since)
    left = OrganisationLeft(
        group=GROUP_ID, organisation=CARITAS, until=date(2026, 2, 25), reason="Neu"
    )
    history = (ESTABLISHED, left, joined, held(held_at=MONDAY), made(owner=CARITAS))
    earlier = msgspec.structs.replace(CORRECT, attended=(CHAMBER,))
    group.given(*history).when(earlier).then_refused(
        NotInGroup, organisation=CARITAS, on="2026-02-27"
    )


def test_a_meeting_recorded_by_mistake_is_withdrawn_once() -> None:
    group.given(ESTABLISHED, held()).when(WITHDRAW).then(WITHDRAWN)
    group.given(ESTABLISHED, held(), WITHDRAWN).when(WITHDRAW).then_nothing()
    group.given(ESTABLISHED, called()).when(WITHDRAW).then_refused(MeetingNotHeld)
    silent = msgspec.structs.replace(WITHDRAW, reason=" ")
    group.given(ESTABLISHED, held()).when(silent).then_refused(ReasonMissing)


def test_a_meeting_in_which_something_was_agreed_or_dropped_was_held() -> None:
    group.given(ESTABLISHED, held(), made()).when(WITHDRAW).then_refused(
        SomethingWasAgreed, meeting=1, agreement=1
    )
    dropped = AgreementDropped(group=GROUP_ID, agreement=1, meeting=2, reason="Überholt")
    history = (ESTABLISHED, held(), held(2), made(), dropped)
    second = msgspec.structs.replace(WITHDRAW, meeting=2)
    group.given(*history).when(second).then_refused(SomethingWasAgreed, meeting=2, agreement=1)
