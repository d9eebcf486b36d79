"""What is sent about a working group: its members, meetings, agreements and reports."""

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec

from domain.steering.follow_up import REMIND_WORKING_DAYS_BEFORE
from domain.working_groups.events import ConsequenceKind, Part
from services.api import bounds
from services.api.assessment_bounds import SchoolYear

MOST_IN_A_GROUP = 200
MOST_MEETINGS = 50
MOST_REMINDERS = 20
LARGEST_NUMBER = 10_000

Day: TypeAlias = Annotated[date, msgspec.Meta(examples=["2026-10-30"])]
NextNumber: TypeAlias = Annotated[
    int,
    msgspec.Meta(
        ge=1,
        le=LARGEST_NUMBER,
        examples=[1],
        description="The next number: so nothing is recorded twice, or past somebody else.",
    ),
]
Place: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=200, pattern=bounds.NO_NUL, examples=["Kreishaus, Raum 1"])
]
Attended: TypeAlias = Annotated[
    tuple[bounds.Key, ...], msgspec.Meta(min_length=1, max_length=MOST_IN_A_GROUP)
]
Reminders: TypeAlias = Annotated[
    tuple[bounds.WorkingDays, ...],
    msgspec.Meta(
        max_length=MOST_REMINDERS,
        description="So many working days before the day its owner is reminded.",
    ),
]


class Establishment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The resolution says who is in the group and what it is for. It begins on that day, or later.

    Without `since` it begins on the day of the resolution.
    """

    resolution: UUID
    since: Day | None = None


class GroupEnd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The resolution of its body that says so."""

    resolution: UUID


class Joining(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    organisation: bounds.Key
    part: Part
    since: Day
    reason: bounds.Remark = ""


class Leaving(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until` is the last day in the group; before the first one, it joined by mistake."""

    until: Day
    reason: bounds.Reason


class NewLead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    lead: bounds.Key
    reason: bounds.Reason


class MeetingsOfYear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many meetings. `call_by` are the days by which the last of them are to be called.

    Without, those still to be called are spread over what is left of the school year.
    """

    school_year: SchoolYear
    meetings: Annotated[int, msgspec.Meta(ge=1, le=MOST_MEETINGS, examples=[3])]
    call_by: Annotated[tuple[Day, ...], msgspec.Meta(max_length=MOST_MEETINGS)] | None = None


class MeetingCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    meeting: NextNumber
    starts_at: bounds.Instant
    place: Place = ""
    purpose: bounds.Remark = ""


class MeetingMove(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The place stays as it is if none is given."""

    starts_at: bounds.Instant
    reason: bounds.Reason
    place: Place | None = None


class MeetingRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`attended` are organisations that were in the group on that day, with a member among them."""

    held_at: bounds.Instant
    attended: Attended
    summary: bounds.Text = ""


class MeetingCorrection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """This takes the place of what was recorded of the meeting."""

    held_at: bounds.Instant
    attended: Attended
    summary: bounds.Text
    reason: bounds.Reason


class NewAgreement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Made in that meeting. Its owner was in the group on that day, or leads it."""

    agreement: NextNumber
    meeting: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_NUMBER, examples=[1])]
    text: bounds.Remark
    owner: bounds.Key
    due: Day
    remind_working_days_before: Reminders = REMIND_WORKING_DAYS_BEFORE


class NewDay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when the agreement is to be fulfilled now, and why."""

    due: Day
    reason: bounds.Reason
    remind_working_days_before: Reminders = REMIND_WORKING_DAYS_BEFORE


class AgreementOutcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What has become of it."""

    outcome: bounds.Remark


class AgreementDrop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The meeting in which the group let go of it."""

    meeting: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_NUMBER, examples=[2])]
    reason: bounds.Reason


class ConsequenceLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of the agreement: its id, and what it is."""

    kind: ConsequenceKind
    consequence: UUID


class GroupReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To a session of the body that established the group."""

    report: NextNumber
    session: UUID
    text: bounds.Text
