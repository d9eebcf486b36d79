"""Working groups with their members, meetings and agreements, and what came of these."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, get_args
from uuid import UUID

from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementMade,
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
    Part,
    ReportedBack,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
    WorkingGroupEvent,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

OfMeeting: TypeAlias = (
    MeetingCalled
    | MeetingMoved
    | MeetingCancelled
    | MeetingHeld
    | MeetingCorrected
    | MeetingWithdrawn
)
OfAgreement: TypeAlias = (
    AgreementMade
    | AgreementFellOverdue
    | AgreementExtended
    | AgreementFulfilled
    | AgreementReopened
    | AgreementDropped
    | ConsequenceLinked
    | ConsequenceUnlinked
)
AGREEMENT_STAGE: Mapping[type[WorkingGroupEvent], str] = {
    AgreementFulfilled: "fulfilled",
    AgreementDropped: "dropped",
}

JOIN = """
    insert into group_membership (working_group, organisation, part, since, place)
    select $1, unnest($2::text[]), $3, $4, $5
"""
LEAVE = """
    update group_membership set until = $3
    where working_group = $1 and organisation = $2 and place = (
        select max(place) from group_membership where working_group = $1 and organisation = $2)
"""
MEET = """
    insert into group_meeting (working_group, meeting, stage, starts_at) values ($1, $2, $3, $4)
    on conflict (working_group, meeting)
        do update set stage = excluded.stage, starts_at = excluded.starts_at
"""
CALL_OFF = "update group_meeting set stage = $3 where working_group = $1 and meeting = $2"
AGREE = """
    insert into group_agreement
        (working_group, agreement, meeting, text, owner, due, stage, place)
    values ($1, $2, $3, $4, $5, $6, 'open', $7)
"""
MARK = """
    update working_group
    set version = latest.version, position = latest.position, changed_at = latest.changed_at
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        as latest (id, version, position, changed_at)
    where working_group.id = latest.id
"""


class WorkingGroups:
    """What was said in meetings is in the log only."""

    name = "groups"
    tables = (
        "working_group",
        "group_membership",
        "group_meeting",
        "group_agreement",
        "agreement_consequence",
        "group_report",
    )
    topics = tuple(event.TOPIC for event in get_args(WorkingGroupEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            match entry.event:
                case event if isinstance(event, OfMeeting):
                    await _follow_meeting(connection, event)
                case event if isinstance(event, OfAgreement):
                    await _follow_agreement(connection, event, entry.position)
                case event if isinstance(event, WorkingGroupEvent):
                    await _follow_group(connection, event, entry)
                case _:
                    pass
        latest = {entry.originator_id: entry for entry in entries}
        rows = [
            (group, entry.originator_version, entry.position, entry.recorded_at)
            for group, entry in latest.items()
        ]
        await connection.execute(MARK, *zip(*rows, strict=True))


async def _follow_group(connection: Connection, event: WorkingGroupEvent, entry: LogEntry) -> None:
    match event:
        case WorkingGroupEstablished():
            await _establish(connection, event, entry)
        case OrganisationJoined(organisation=organisation, part=part, since=since):
            joined = (event.group, [organisation], part, since, entry.position)
            await connection.execute(JOIN, *joined)
        case OrganisationLeft(organisation=organisation, until=until):
            await connection.execute(LEAVE, event.group, organisation, until)
        case LeadHandedOver(lead=lead):
            await connection.execute(
                "update working_group set lead = $2 where id = $1", event.group, lead
            )
        case CallingReminded(moment=moment):
            await connection.execute(
                "update working_group set call_since = $2 where id = $1", event.group, moment
            )
        case MeetingsPlanned():
            await _has_called(connection, event.group)
        case ReportedBack():
            await connection.execute(
                "insert into group_report (working_group, report, session) values ($1, $2, $3)",
                event.group,
                event.report,
                event.session,
            )
        case WorkingGroupDissolved():
            await _dissolve(connection, event)
        case _:
            pass


async def _establish(
    connection: Connection, event: WorkingGroupEstablished, entry: LogEntry
) -> None:
    await connection.execute(
        "insert into working_group (id, body, resolution, title, lead, stage, since, version,"
        " position, changed_at) values ($1, $2, $3, $4, $5, 'working', $6, 0, 0, $7)",
        event.group,
        event.body,
        event.resolution,
        event.title,
        event.lead,
        event.since,
        entry.recorded_at,
    )
    for part, organisations in ((Part.MEMBER, event.members), (Part.GUEST, event.guests)):
        named = (event.group, organisations, part, event.since, entry.position)
        await connection.execute(JOIN, *named)


async def _dissolve(connection: Connection, event: WorkingGroupDissolved) -> None:
    await connection.execute(
        "update working_group set stage = 'dissolved', until = $2, call_since = null where id = $1",
        event.group,
        event.until,
    )
    await connection.execute(
        "update group_agreement set stage = 'lapsed', is_overdue = false"
        " where working_group = $1 and agreement = any($2)",
        event.group,
        event.lapsed,
    )


async def _has_called(connection: Connection, group: UUID) -> None:
    await connection.execute("update working_group set call_since = null where id = $1", group)


async def _follow_meeting(connection: Connection, event: OfMeeting) -> None:
    number = event.group, event.meeting
    match event:
        case MeetingCalled(starts_at=starts_at):
            await connection.execute(MEET, *number, "called", starts_at)
            await _has_called(connection, event.group)
        case MeetingMoved(starts_at=starts_at):
            await connection.execute(MEET, *number, "called", starts_at)
        case MeetingHeld(held_at=held_at):
            await connection.execute(MEET, *number, "held", held_at)
            await _has_called(connection, event.group)
        case MeetingCorrected(held_at=held_at):
            await connection.execute(MEET, *number, "held", held_at)
        case MeetingCancelled():
            await connection.execute(CALL_OFF, *number, "cancelled")
        case MeetingWithdrawn():
            await connection.execute(CALL_OFF, *number, "withdrawn")


async def _follow_agreement(connection: Connection, event: OfAgreement, position: int) -> None:
    number = event.group, event.agreement
    match event:
        case AgreementMade():
            said = event.meeting, event.text, event.owner, event.due
            await connection.execute(AGREE, *number, *said, position)
        case AgreementFellOverdue():
            await connection.execute(
                "update group_agreement set is_overdue = true"
                " where working_group = $1 and agreement = $2",
                *number,
            )
        case AgreementExtended(due=due) | AgreementReopened(due=due):
            await connection.execute(
                "update group_agreement set stage = 'open', due = $3, is_overdue = false"
                " where working_group = $1 and agreement = $2",
                *number,
                due,
            )
        case AgreementFulfilled() | AgreementDropped():
            await connection.execute(
                "update group_agreement set stage = $3, is_overdue = false"
                " where working_group = $1 and agreement = $2",
                *number,
                AGREEMENT_STAGE[type(event)],
            )
        case ConsequenceLinked(consequence=consequence, kind=kind):
            await connection.execute(
                "insert into agreement_consequence (working_group, agreement, consequence, kind)"
                " values ($1, $2, $3, $4)",
                *number,
                consequence,
                kind,
            )
        case ConsequenceUnlinked(consequence=consequence):
            await connection.execute(
                "delete from agreement_consequence"
                " where working_group = $1 and agreement = $2 and consequence = $3",
                *number,
                consequence,
            )
