"""Meetings are called, moved, cancelled, and recorded once they were held."""

from collections.abc import Sequence
from datetime import datetime

from domain.working_groups.agreement import Dropped
from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    MoveMeeting,
    RecordMeeting,
    WithdrawMeeting,
)
from domain.working_groups.context import WorkingGroupContext
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
    MeetingCalled,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingMoved,
    MeetingWithdrawn,
    Part,
    Present,
    WorkingGroupEvent,
)
from domain.working_groups.group import Record
from domain.working_groups.meeting import Called, Cancelled, Held, Meeting, Withdrawn, stage_of
from domain.working_groups.membership import part_on


def call_meeting(
    command: CallMeeting, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """The next one, at a time to come."""
    this = record.meetings.get(command.meeting)
    starts_at = command.starts_at.replace(microsecond=0)
    if this == Called(starts_at=starts_at, place=command.place, purpose=command.purpose):
        return []
    _check_next(command.meeting, record)
    if starts_at <= context.at:
        raise MeetingInThePast(starts_at.isoformat())
    return [
        MeetingCalled(
            group=record.group,
            meeting=command.meeting,
            starts_at=starts_at,
            place=command.place,
            purpose=command.purpose,
        )
    ]


def move_meeting(
    command: MoveMeeting, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    this = _called(command.meeting, record)
    _check_reason(command.reason)
    starts_at = command.starts_at.replace(microsecond=0)
    place = this.place if command.place is None else command.place
    if (starts_at, place) == (this.starts_at, this.place):
        return []
    if starts_at <= context.at:
        raise MeetingInThePast(starts_at.isoformat())
    return [
        MeetingMoved(
            group=record.group,
            meeting=command.meeting,
            starts_at=starts_at,
            place=place,
            reason=command.reason,
        )
    ]


def cancel_meeting(command: CancelMeeting, record: Record) -> Sequence[WorkingGroupEvent]:
    _check_reason(command.reason)
    if isinstance(_meeting(command.meeting, record), Cancelled):
        return []
    _called(command.meeting, record)
    return [MeetingCancelled(group=record.group, meeting=command.meeting, reason=command.reason)]


def record_meeting(
    command: RecordMeeting, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """One that was called, or the next one if it was not."""
    this = record.meetings.get(command.meeting)
    if this is None:
        _check_next(command.meeting, record)
    attended = _present(command, record, context)
    held_at = command.held_at
    if isinstance(this, Held):
        if this == Held(held_at=held_at, attended=attended, summary=command.summary):
            return []
        raise MeetingAlreadyRecorded(command.meeting)
    if this is not None:
        _called(command.meeting, record)
    return [
        MeetingHeld(
            group=record.group,
            meeting=command.meeting,
            held_at=held_at,
            attended=attended,
            summary=command.summary,
        )
    ]


def correct_meeting(
    command: CorrectMeeting, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """Who took on an agreement in it was in the group on the corrected day too."""
    this = held(command.meeting, record)
    _check_reason(command.reason)
    attended = _present(command, record, context)
    if this == Held(held_at=command.held_at, attended=attended, summary=command.summary):
        return []
    for agreement in record.agreements.values():
        if agreement.agreed.meeting == command.meeting:
            check_may_own(agreement.agreed.owner, command.held_at, record, context)
    return [
        MeetingCorrected(
            group=record.group,
            meeting=command.meeting,
            held_at=command.held_at,
            attended=attended,
            summary=command.summary,
            reason=command.reason,
        )
    ]


def withdraw_meeting(command: WithdrawMeeting, record: Record) -> Sequence[WorkingGroupEvent]:
    """It was not held. What was agreed or dropped in it speaks against that."""
    _check_reason(command.reason)
    if isinstance(_meeting(command.meeting, record), Withdrawn):
        return []
    held(command.meeting, record)
    for number, agreement in record.agreements.items():
        meetings = {agreement.agreed.meeting}
        if isinstance(agreement, Dropped):
            meetings.add(agreement.meeting)
        if command.meeting in meetings:
            raise SomethingWasAgreed(command.meeting, number)
    return [MeetingWithdrawn(group=record.group, meeting=command.meeting, reason=command.reason)]


def held(number: int, record: Record) -> Held:
    """The meeting of this number, which was held. Raises UnknownMeeting or MeetingNotHeld."""
    this = _meeting(number, record)
    if not isinstance(this, Held):
        raise MeetingNotHeld(number, stage_of(this))
    return this


def check_may_own(
    owner: str, held_at: datetime, record: Record, context: WorkingGroupContext
) -> None:
    """Agreements are between those of the group on the day of the meeting, and its lead."""
    day = context.day_of(held_at)
    if owner != record.lead and part_on(record.memberships, owner, day) is None:
        raise NotInGroup(owner, day.isoformat())


def _present(
    command: RecordMeeting | CorrectMeeting, record: Record, context: WorkingGroupContext
) -> tuple[Present, ...]:
    """As what each of them was in the group on that day, sorted."""
    if command.held_at > context.at:
        raise MeetingInTheFuture(command.held_at.isoformat())
    day = context.day_of(command.held_at)
    present: dict[str, Part] = {}
    for organisation in command.attended:
        part = part_on(record.memberships, organisation, day)
        if part is None:
            raise NotInGroup(organisation, day.isoformat())
        if organisation in present:
            raise AttendedTwice(organisation)
        present[organisation] = part
    if Part.MEMBER not in present.values():
        raise NoMemberAttended(command.meeting)
    return tuple(Present(organisation=o, part=part) for o, part in sorted(present.items()))


def _meeting(number: int, record: Record) -> Meeting:
    this = record.meetings.get(number)
    if this is None:
        raise UnknownMeeting(number)
    return this


def _called(number: int, record: Record) -> Called:
    this = _meeting(number, record)
    if not isinstance(this, Called):
        raise MeetingNotCalled(number, stage_of(this))
    return this


def _check_next(number: int, record: Record) -> None:
    following = len(record.meetings) + 1
    if number != following:
        raise MeetingNotNext(number, following)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
