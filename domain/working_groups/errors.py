"""Why a working group refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownGroup(NotFound):
    code: ClassVar[str] = "working-group.unknown"
    group: str


@dataclass(eq=False)
class GroupDissolved(Refused):
    """Nothing happens to a group that was dissolved."""

    code: ClassVar[str] = "working-group.dissolved"
    until: str


@dataclass(eq=False)
class NotMandated(Refused):
    """The resolution does not say this of the group, or it no longer holds."""

    code: ClassVar[str] = "working-group.not-mandated"
    resolution: str


@dataclass(eq=False)
class BeforeResolution(Invalid):
    """A group begins on the day of its resolution or later."""

    code: ClassVar[str] = "working-group.before-resolution"
    since: str
    resolved: str


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "working-group.reason-missing"


@dataclass(eq=False)
class TextMissing(Invalid):
    """An agreement, its outcome and a report say something."""

    code: ClassVar[str] = "working-group.text-missing"


# Who is in the group.


@dataclass(eq=False)
class AlreadyInGroup(Refused):
    """An organisation is in a group as one thing at a time."""

    code: ClassVar[str] = "working-group.already-in-group"
    organisation: str
    since: str


@dataclass(eq=False)
class NotInGroup(Refused):
    """The organisation is not in the group on that day."""

    code: ClassVar[str] = "working-group.not-in-group"
    organisation: str
    on: str


@dataclass(eq=False)
class JoinsBeforeGroupBegins(Invalid):
    code: ClassVar[str] = "working-group.joins-before-group-begins"
    since: str
    group_since: str


@dataclass(eq=False)
class TookPartLater(Refused):
    """Who attended a meeting, or took on an agreement in it, was in the group on that day."""

    code: ClassVar[str] = "working-group.took-part-later"
    organisation: str
    meeting: int


@dataclass(eq=False)
class LastMember(Refused):
    """A group has a member on every day."""

    code: ClassVar[str] = "working-group.last-member"
    organisation: str


# Meetings.


@dataclass(eq=False)
class TooFewMeetings(Invalid):
    """A plan has a meeting or more, and no more moments than meetings."""

    code: ClassVar[str] = "working-group.too-few-meetings"
    meetings: int


@dataclass(eq=False)
class OutsideSchoolYear(Invalid):
    code: ClassVar[str] = "working-group.outside-school-year"
    school_year: str
    on: str


@dataclass(eq=False)
class PlannedInThePast(Invalid):
    code: ClassVar[str] = "working-group.planned-in-the-past"
    on: str


@dataclass(eq=False)
class UnknownMeeting(NotFound):
    code: ClassVar[str] = "working-group.unknown-meeting"
    meeting: int


@dataclass(eq=False)
class MeetingNotNext(Refused):
    """Meetings are counted on without a gap."""

    code: ClassVar[str] = "working-group.meeting-not-next"
    meeting: int
    following: int


@dataclass(eq=False)
class MeetingNotCalled(Refused):
    """Only a meeting that is still to come is moved or cancelled."""

    code: ClassVar[str] = "working-group.meeting-not-called"
    meeting: int
    stage: str


@dataclass(eq=False)
class MeetingNotHeld(Refused):
    code: ClassVar[str] = "working-group.meeting-not-held"
    meeting: int
    stage: str


@dataclass(eq=False)
class MeetingAlreadyRecorded(Refused):
    """It is corrected, with a reason, rather than recorded anew."""

    code: ClassVar[str] = "working-group.meeting-already-recorded"
    meeting: int


@dataclass(eq=False)
class MeetingInThePast(Invalid):
    """What is called is still to come."""

    code: ClassVar[str] = "working-group.meeting-in-the-past"
    starts_at: str


@dataclass(eq=False)
class MeetingInTheFuture(Invalid):
    """What is recorded has been."""

    code: ClassVar[str] = "working-group.meeting-in-the-future"
    held_at: str


@dataclass(eq=False)
class NoMemberAttended(Invalid):
    """Guests alone are no meeting of the group."""

    code: ClassVar[str] = "working-group.no-member-attended"
    meeting: int


@dataclass(eq=False)
class AttendedTwice(Invalid):
    code: ClassVar[str] = "working-group.attended-twice"
    organisation: str


@dataclass(eq=False)
class SomethingWasAgreed(Refused):
    """A meeting in which something was agreed or dropped has been held."""

    code: ClassVar[str] = "working-group.something-was-agreed"
    meeting: int
    agreement: int
