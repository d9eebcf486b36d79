"""Organisations join and leave a group, and one of them or another leads it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from domain.directory.errors import UnknownOrganisation
from domain.directory.organisation import Organisation
from domain.working_groups.commands import HandOverLead, JoinGroup, LeaveGroup
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.errors import (
    AlreadyInGroup,
    JoinsBeforeGroupBegins,
    LastMember,
    NotInGroup,
    ReasonMissing,
    TookPartLater,
)
from domain.working_groups.events import (
    LeadHandedOver,
    OrganisationJoined,
    OrganisationLeft,
    Part,
    WorkingGroupEvent,
)
from domain.working_groups.group import Record
from domain.working_groups.meeting import Held
from domain.working_groups.membership import Membership, latest, left

A_DAY = timedelta(days=1)


def join_group(
    command: JoinGroup, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """From that day on, as one thing at a time; who was in it before has left before that day."""
    _check_known(command.organisation, context)
    if command.since < record.since:
        raise JoinsBeforeGroupBegins(command.since.isoformat(), record.since.isoformat())
    before = latest(record.memberships, command.organisation)
    if before is not None and (before.until is None or command.since <= before.until):
        if before.until is None and (before.part, before.since) == (command.part, command.since):
            return []
        raise AlreadyInGroup(command.organisation, before.since.isoformat())
    return [
        OrganisationJoined(
            group=record.group,
            organisation=command.organisation,
            part=command.part,
            since=command.since,
            reason=command.reason,
        )
    ]


def leave_group(
    command: LeaveGroup, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """After its last day, which may be set anew until it has passed.

    What the organisation took part in stays true, and the group keeps a member.
    """
    if not command.reason.strip():
        raise ReasonMissing
    this = latest(record.memberships, command.organisation)
    if this is None:
        raise NotInGroup(command.organisation, command.until.isoformat())
    until = max(command.until, this.since - A_DAY)
    if this.until == until:
        return []
    if this.until is not None and this.until < context.today:
        raise NotInGroup(command.organisation, context.today.isoformat())
    event = OrganisationLeft(
        group=record.group,
        organisation=command.organisation,
        until=until,
        reason=command.reason,
    )
    _check_took_no_part_later(this, until, record, context)
    if not _has_a_member_on_every_day(left(record.memberships, event)):
        raise LastMember(command.organisation)
    return [event]


def hand_over_lead(
    command: HandOverLead, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    if not command.reason.strip():
        raise ReasonMissing
    _check_known(command.lead, context)
    if command.lead == record.lead:
        return []
    return [LeadHandedOver(group=record.group, lead=command.lead, reason=command.reason)]


def _check_known(organisation: str, context: WorkingGroupContext) -> None:
    if not context.organisations.get(organisation, Organisation()).key:
        raise UnknownOrganisation(organisation)


def _check_took_no_part_later(
    this: Membership, until: date, record: Record, context: WorkingGroupContext
) -> None:
    owners = {(one.agreed.owner, one.agreed.meeting) for one in record.agreements.values()}
    for number, meeting in record.meetings.items():
        if not isinstance(meeting, Held):
            continue
        day = context.day_of(meeting.held_at)
        attended = {present.organisation for present in meeting.attended}
        took_part = this.organisation in attended or (this.organisation, number) in owners
        if took_part and this.holds_on(day) and day > until:
            raise TookPartLater(this.organisation, number)


def _has_a_member_on_every_day(memberships: Iterable[Membership]) -> bool:
    """Whether on the day after each last day there is a member: so at least one has no last day."""
    members = [one for one in memberships if one.part is Part.MEMBER]
    days_after = [one.until + A_DAY for one in members if one.until is not None]
    return all(any(one.holds_on(day) for one in members) for day in days_after)
