"""A working group: its stages, and how they follow from what happened."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias, TypeVar, assert_never
from uuid import UUID

import msgspec

from domain.working_groups import agreement, meeting, membership, plan
from domain.working_groups.agreement import Agreement
from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementMade,
    AgreementReminded,
    AgreementReopened,
    CallingReminded,
    ConsequenceLinked,
    ConsequenceUnlinked,
    LeadHandedOver,
    MeetingCalled,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingMoved,
    MeetingsPlanned,
    MeetingWithdrawn,
    OrganisationJoined,
    OrganisationLeft,
    ReportedBack,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
    WorkingGroupEvent,
)
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished
from domain.working_groups.meeting import Meeting
from domain.working_groups.membership import Membership
from domain.working_groups.plan import MeetingPlan

T = TypeVar("T")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the group told a session of its body."""

    session: UUID
    text: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows. `meetings` and `agreements` by their numbers, from 1 on.

    `memberships` holds all there ever were, in the order in which they were recorded; `plans` are
    by school year.
    """

    group: UUID
    resolution: UUID
    body: str
    title: str
    purpose: str
    lead: str
    since: date
    memberships: tuple[Membership, ...] = ()
    plans: Mapping[str, MeetingPlan] = {}
    meetings: Mapping[int, Meeting] = {}
    agreements: Mapping[int, Agreement] = {}
    reports: tuple[Report, ...] = ()
    is_public: bool = False


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Working(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record


class Dissolved(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Nothing follows. `until` was its last day."""

    record: Record
    by: UUID
    until: date


Existing: TypeAlias = Working | Dissolved
WorkingGroup: TypeAlias = Unknown | Existing


def stage_of(group: WorkingGroup) -> str:
    """The stage's name as it is stored, sent and shown, such as `working`."""
    return type(group).__name__.lower()


def evolve(group: WorkingGroup, event: WorkingGroupEvent) -> WorkingGroup:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, WorkingGroupEstablished):
        return Working(record=_established(event))
    if isinstance(group, Unknown):
        return group
    if isinstance(event, WorkingGroupDissolved):
        return Dissolved(
            record=_lapsed(group.record, event), by=event.resolution, until=event.until
        )
    return msgspec.structs.replace(group, record=_go_on(group.record, event))


def _go_on(record: Record, event: WorkingGroupEvent) -> Record:
    match event:
        case OrganisationJoined() | OrganisationLeft() | LeadHandedOver() | ReportedBack():
            return _with_organisation(record, event)
        case MeetingsPlanned() | CallingReminded():
            return _with_plan(record, event)
        case (
            MeetingCalled()
            | MeetingMoved()
            | MeetingCancelled()
            | MeetingHeld()
            | MeetingCorrected()
            | MeetingWithdrawn()
        ):
            this = meeting.evolve(record.meetings.get(event.meeting), event)
            meetings = _put(record.meetings, event.meeting, this)
            return msgspec.structs.replace(record, meetings=meetings)
        case (
            AgreementMade()
            | AgreementReminded()
            | AgreementFellOverdue()
            | AgreementExtended()
            | AgreementFulfilled()
            | AgreementReopened()
            | AgreementDropped()
            | ConsequenceLinked()
            | ConsequenceUnlinked()
        ):
            that = agreement.evolve(record.agreements.get(event.agreement), event)
            agreements = _put(record.agreements, event.agreement, that)
            return msgspec.structs.replace(record, agreements=agreements)
        case GroupPublished() | GroupPublicationWithdrawn():
            is_public = isinstance(event, GroupPublished)
            return msgspec.structs.replace(record, is_public=is_public)
        case WorkingGroupEstablished() | WorkingGroupDissolved():
            return record
        case _:
            assert_never(event)


def _established(event: WorkingGroupEstablished) -> Record:
    return Record(
        group=event.group,
        resolution=event.resolution,
        body=event.body,
        title=event.title,
        purpose=event.purpose,
        lead=event.lead,
        since=event.since,
        memberships=membership.founding(event),
    )


def _lapsed(record: Record, event: WorkingGroupDissolved) -> Record:
    agreements = {
        number: agreement.lapsed(one) if number in event.lapsed else one
        for number, one in record.agreements.items()
    }
    return msgspec.structs.replace(record, agreements=agreements)


def _with_organisation(
    record: Record,
    event: OrganisationJoined | OrganisationLeft | LeadHandedOver | ReportedBack,
) -> Record:
    match event:
        case OrganisationJoined():
            memberships = membership.joined(record.memberships, event)
            return msgspec.structs.replace(record, memberships=memberships)
        case OrganisationLeft():
            memberships = membership.left(record.memberships, event)
            return msgspec.structs.replace(record, memberships=memberships)
        case LeadHandedOver(lead=lead):
            return msgspec.structs.replace(record, lead=lead)
        case ReportedBack(session=session, text=text):
            report = Report(session=session, text=text)
            return msgspec.structs.replace(record, reports=(*record.reports, report))


def _with_plan(record: Record, event: MeetingsPlanned | CallingReminded) -> Record:
    match event:
        case MeetingsPlanned():
            after = plan.planned(event)
        case CallingReminded(moment=moment):
            before = record.plans.get(event.school_year)
            if before is None:
                return record
            after = plan.reminded(before, moment)
    return msgspec.structs.replace(record, plans={**record.plans, event.school_year: after})


def _put(all_of_them: Mapping[int, T], number: int, this: T | None) -> Mapping[int, T]:
    """With this under its number; without, as it was."""
    return all_of_them if this is None else {**all_of_them, number: this}
