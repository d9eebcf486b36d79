"""What happens to a working group."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel import Event
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished


class Part(StrEnum):
    """What an organisation is in a group."""

    MEMBER = "member"
    GUEST = "guest"


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation at a meeting, as what it was in the group on that day."""

    organisation: str
    part: Part


class ConsequenceKind(StrEnum):
    """What an agreement can lead to in the service."""

    ASSESSMENT_ROUND = "assessment-round"
    CONCEPT = "concept"
    NEED_REVIEW = "need-review"
    THEME = "theme"


class WorkingGroupEstablished(Event, frozen=True, kw_only=True):
    """By a resolution of the body. `lead` is the organisation that calls its meetings.

    Members and guests are those of the resolution, from `since` on.
    """

    TOPIC: ClassVar[str] = "working-group.established"
    group: UUID
    resolution: UUID
    body: str
    title: str
    purpose: str
    lead: str
    since: date
    members: tuple[str, ...]
    guests: tuple[str, ...] = ()


class OrganisationJoined(Event, frozen=True, kw_only=True):
    """Its first day in the group is `since`."""

    TOPIC: ClassVar[str] = "working-group.organisation-joined"
    group: UUID
    organisation: str
    part: Part
    since: date
    reason: str = ""


class OrganisationLeft(Event, frozen=True, kw_only=True):
    """Its last day in the group is `until`; a day before its first one: it never was in it."""

    TOPIC: ClassVar[str] = "working-group.organisation-left"
    group: UUID
    organisation: str
    until: date
    reason: str


class LeadHandedOver(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "working-group.lead-handed-over"
    group: UUID
    lead: str
    reason: str


class MeetingsPlanned(Event, frozen=True, kw_only=True):
    """So many meetings in a school year; a later plan for it takes the place of this one.

    By the last of `call_by` the last of them is to be held or called, by the one before it the
    one before, and so on; else the lead is reminded.
    """

    TOPIC: ClassVar[str] = "working-group.meetings-planned"
    group: UUID
    school_year: str
    meetings: int
    call_by: tuple[datetime, ...]


class CallingReminded(Event, frozen=True, kw_only=True):
    """The lead was reminded, with so many `meetings` of those `planned` held or called by then."""

    TOPIC: ClassVar[str] = "working-group.calling-reminded"
    group: UUID
    school_year: str
    moment: datetime
    meetings: int
    planned: int


class MeetingCalled(Event, frozen=True, kw_only=True):
    """`meeting` counts from 1 in its group, also over those that are cancelled."""

    TOPIC: ClassVar[str] = "working-group.meeting-called"
    group: UUID
    meeting: int
    starts_at: datetime
    place: str = ""
    purpose: str = ""


class MeetingMoved(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "working-group.meeting-moved"
    group: UUID
    meeting: int
    starts_at: datetime
    place: str
    reason: str


class MeetingCancelled(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "working-group.meeting-cancelled"
    group: UUID
    meeting: int
    reason: str


class MeetingHeld(Event, frozen=True, kw_only=True):
    """Called before, or not."""

    TOPIC: ClassVar[str] = "working-group.meeting-held"
    group: UUID
    meeting: int
    held_at: datetime
    attended: tuple[Present, ...]
    summary: str = ""


class MeetingCorrected(Event, frozen=True, kw_only=True):
    """This takes the place of what was recorded of the meeting."""

    TOPIC: ClassVar[str] = "working-group.meeting-corrected"
    group: UUID
    meeting: int
    held_at: datetime
    attended: tuple[Present, ...]
    summary: str
    reason: str


class MeetingWithdrawn(Event, frozen=True, kw_only=True):
    """It had been recorded as held by mistake."""

    TOPIC: ClassVar[str] = "working-group.meeting-withdrawn"
    group: UUID
    meeting: int
    reason: str


class AgreementMade(Event, frozen=True, kw_only=True):
    """In a meeting: which organisation does what until when. `agreement` counts from 1."""

    TOPIC: ClassVar[str] = "working-group.agreement-made"
    group: UUID
    agreement: int
    meeting: int
    text: str
    owner: str
    due: datetime
    reminders: tuple[datetime, ...]


class AgreementReminded(Event, frozen=True, kw_only=True):
    """`moment` is the planned one; None if a person reminded by hand."""

    TOPIC: ClassVar[str] = "working-group.agreement-reminded"
    group: UUID
    agreement: int
    moment: datetime | None = None


class AgreementFellOverdue(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "working-group.agreement-fell-overdue"
    group: UUID
    agreement: int
    due: datetime


class AgreementExtended(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "working-group.agreement-extended"
    group: UUID
    agreement: int
    due: datetime
    reminders: tuple[datetime, ...]
    reason: str


class AgreementFulfilled(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "working-group.agreement-fulfilled"
    group: UUID
    agreement: int
    outcome: str


class AgreementReopened(Event, frozen=True, kw_only=True):
    """It was not fulfilled after all."""

    TOPIC: ClassVar[str] = "working-group.agreement-reopened"
    group: UUID
    agreement: int
    due: datetime
    reminders: tuple[datetime, ...]
    reason: str


class AgreementDropped(Event, frozen=True, kw_only=True):
    """The group let go of it, in this meeting."""

    TOPIC: ClassVar[str] = "working-group.agreement-dropped"
    group: UUID
    agreement: int
    meeting: int
    reason: str


class ConsequenceLinked(Event, frozen=True, kw_only=True):
    """What came of an agreement, such as a round of the language assessment."""

    TOPIC: ClassVar[str] = "working-group.consequence-linked"
    group: UUID
    agreement: int
    kind: ConsequenceKind
    consequence: UUID


class ConsequenceUnlinked(Event, frozen=True, kw_only=True):
    """It did not come of this agreement."""

    TOPIC: ClassVar[str] = "working-group.consequence-unlinked"
    group: UUID
    agreement: int
    consequence: UUID
    reason: str


class ReportedBack(Event, frozen=True, kw_only=True):
    """The group reported to a session of its body. `report` counts from 1."""

    TOPIC: ClassVar[str] = "working-group.reported-back"
    group: UUID
    report: int
    session: UUID
    text: str


class WorkingGroupDissolved(Event, frozen=True, kw_only=True):
    """By a resolution of the body. Agreements not fulfilled by its last day are those `lapsed`."""

    TOPIC: ClassVar[str] = "working-group.dissolved"
    group: UUID
    resolution: UUID
    until: date
    lapsed: tuple[int, ...] = ()


WorkingGroupEvent: TypeAlias = (
    WorkingGroupEstablished
    | OrganisationJoined
    | OrganisationLeft
    | LeadHandedOver
    | MeetingsPlanned
    | CallingReminded
    | MeetingCalled
    | MeetingMoved
    | MeetingCancelled
    | MeetingHeld
    | MeetingCorrected
    | MeetingWithdrawn
    | AgreementMade
    | AgreementReminded
    | AgreementFellOverdue
    | AgreementExtended
    | AgreementFulfilled
    | AgreementReopened
    | AgreementDropped
    | ConsequenceLinked
    | ConsequenceUnlinked
    | ReportedBack
    | WorkingGroupDissolved
    | GroupPublished
    | GroupPublicationWithdrawn
)
