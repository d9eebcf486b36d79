"""What can be asked of a working group."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command, stream_id
from domain.steering.follow_up import REMIND_WORKING_DAYS_BEFORE
from domain.working_groups.events import ConsequenceKind, Part


def group_id(resolution: UUID) -> UUID:
    """The one group that a resolution establishes: a second one has no place to be."""
    return stream_id("working-group", str(resolution))


class EstablishGroup(Command, frozen=True, kw_only=True):
    """As the resolution says. `since` is the day of the resolution unless a later one is given."""

    resolution: UUID
    since: date | None = None

    @property
    def subject(self) -> UUID:
        return group_id(self.resolution)


class AboutGroup(Command, frozen=True, kw_only=True):
    """A command to a group that exists."""

    group: UUID

    @property
    def subject(self) -> UUID:
        return self.group


class JoinGroup(AboutGroup, frozen=True, kw_only=True):
    """From a day on. Who becomes a member and was a guest leaves and joins."""

    organisation: str
    part: Part
    since: date
    reason: str = ""


class LeaveGroup(AboutGroup, frozen=True, kw_only=True):
    """`until` is the last day in the group; a day before the first if joining was a mistake."""

    organisation: str
    until: date
    reason: str


class HandOverLead(AboutGroup, frozen=True, kw_only=True):
    lead: str
    reason: str


class PlanMeetings(AboutGroup, frozen=True, kw_only=True):
    """So many meetings in the school year (`2026/27`).

    `call_by` are the days for the last of them; without, those still to be held or called are
    spread over what is left of the year.
    """

    school_year: str
    meetings: int
    call_by: tuple[date, ...] | None = None


class RemindToCall(AboutGroup, frozen=True, kw_only=True):
    """By the process, at a moment of the plan."""

    school_year: str
    moment: datetime


class AboutMeeting(AboutGroup, frozen=True, kw_only=True):
    """`meeting` is its number; a new one has the next."""

    meeting: int


class CallMeeting(AboutMeeting, frozen=True, kw_only=True):
    starts_at: datetime
    place: str = ""
    purpose: str = ""


class MoveMeeting(AboutMeeting, frozen=True, kw_only=True):
    """To another time or place, which is the same if none is given."""

    starts_at: datetime
    reason: str
    place: str | None = None


class CancelMeeting(AboutMeeting, frozen=True, kw_only=True):
    reason: str


class RecordMeeting(AboutMeeting, frozen=True, kw_only=True):
    """It was held, called before or not. `attended` are organisations of the group on that day."""

    held_at: datetime
    attended: tuple[str, ...]
    summary: str = ""


class CorrectMeeting(AboutMeeting, frozen=True, kw_only=True):
    held_at: datetime
    attended: tuple[str, ...]
    summary: str
    reason: str


class WithdrawMeeting(AboutMeeting, frozen=True, kw_only=True):
    """It was recorded by mistake. Not if something was agreed in it."""

    reason: str


class AboutAgreement(AboutGroup, frozen=True, kw_only=True):
    """`agreement` is its number; a new one has the next."""

    agreement: int


class MakeAgreement(AboutAgreement, frozen=True, kw_only=True):
    """In a meeting that was held. The owner is of the group on that day, or its lead."""

    meeting: int
    text: str
    owner: str
    due: date
    remind_working_days_before: tuple[int, ...] = REMIND_WORKING_DAYS_BEFORE


class RemindOfAgreement(AboutAgreement, frozen=True, kw_only=True):
    """`moment` is the planned one; None if a person asks."""

    moment: datetime | None = None


class DeclareAgreementOverdue(AboutAgreement, frozen=True, kw_only=True):
    """By the process, once its day has passed."""


class ExtendAgreement(AboutAgreement, frozen=True, kw_only=True):
    due: date
    reason: str
    remind_working_days_before: tuple[int, ...] = REMIND_WORKING_DAYS_BEFORE


class FulfilAgreement(AboutAgreement, frozen=True, kw_only=True):
    outcome: str


class ReopenAgreement(AboutAgreement, frozen=True, kw_only=True):
    """It was not fulfilled after all."""

    due: date
    reason: str
    remind_working_days_before: tuple[int, ...] = REMIND_WORKING_DAYS_BEFORE


class DropAgreement(AboutAgreement, frozen=True, kw_only=True):
    """The group lets go of it in that meeting, which was held."""

    meeting: int
    reason: str


class LinkConsequence(AboutAgreement, frozen=True, kw_only=True):
    kind: ConsequenceKind
    consequence: UUID


class UnlinkConsequence(AboutAgreement, frozen=True, kw_only=True):
    consequence: UUID
    reason: str


class ReportBack(AboutGroup, frozen=True, kw_only=True):
    """To a session of the body that established the group. `report` is its number, the next."""

    report: int
    session: UUID
    text: str


class DissolveGroup(AboutGroup, frozen=True, kw_only=True):
    """By a resolution that says so."""

    resolution: UUID


class PublishGroup(AboutGroup, frozen=True, kw_only=True):
    """Let everybody know that there is the group, since when, and who is in it."""


class WithdrawGroupPublication(AboutGroup, frozen=True, kw_only=True):
    reason: str


WorkingGroupCommand: TypeAlias = (
    EstablishGroup
    | JoinGroup
    | LeaveGroup
    | HandOverLead
    | PlanMeetings
    | RemindToCall
    | CallMeeting
    | MoveMeeting
    | CancelMeeting
    | RecordMeeting
    | CorrectMeeting
    | WithdrawMeeting
    | MakeAgreement
    | RemindOfAgreement
    | DeclareAgreementOverdue
    | ExtendAgreement
    | FulfilAgreement
    | ReopenAgreement
    | DropAgreement
    | LinkConsequence
    | UnlinkConsequence
    | ReportBack
    | DissolveGroup
    | PublishGroup
    | WithdrawGroupPublication
)
