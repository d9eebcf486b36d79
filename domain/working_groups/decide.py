"""What a working group decides: how it begins and ends, and dispatch to what lies between."""

from collections.abc import Sequence
from typing import assert_never

from domain.kernel import Aggregate, Role
from domain.steering.mandate import DissolutionMandate, GroupMandate
from domain.steering.resolution import InForce
from domain.working_groups import agreeing, convening, joining, planning
from domain.working_groups.agreement import Open
from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    DeclareAgreementOverdue,
    DissolveGroup,
    DropAgreement,
    EstablishGroup,
    ExtendAgreement,
    FulfilAgreement,
    HandOverLead,
    JoinGroup,
    LeaveGroup,
    LinkConsequence,
    MakeAgreement,
    MoveMeeting,
    PlanMeetings,
    PublishGroup,
    RecordMeeting,
    RemindOfAgreement,
    RemindToCall,
    ReopenAgreement,
    ReportBack,
    UnlinkConsequence,
    WithdrawGroupPublication,
    WithdrawMeeting,
    WorkingGroupCommand,
)
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.errors import (
    BeforeResolution,
    GroupDissolved,
    NotMandated,
    TextMissing,
    UnknownGroup,
)
from domain.working_groups.errors_agreement import OtherBody, ReportNotNext, UnknownSession
from domain.working_groups.events import (
    ReportedBack,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
    WorkingGroupEvent,
)
from domain.working_groups.group import (
    Dissolved,
    Record,
    Report,
    Unknown,
    WorkingGroup,
    evolve,
)
from domain.working_groups.publishing import decide_publication


def decide(
    command: WorkingGroupCommand, group: WorkingGroup, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """After a group was dissolved nothing follows but what is public of it.

    The process need not be told so.
    """
    if isinstance(command, EstablishGroup):
        return establish_group(command, group, context)
    if isinstance(group, Unknown):
        raise UnknownGroup(str(command.group))
    if isinstance(command, PublishGroup | WithdrawGroupPublication):
        return decide_publication(command, group.record)
    if isinstance(group, Dissolved):
        is_no_news = isinstance(command, DissolveGroup) and command.resolution == group.by
        if is_no_news or context.by.role is Role.PROCESS:
            return []
        raise GroupDissolved(group.until.isoformat())
    return _while_it_works(command, group.record, context)


def _while_it_works(  # noqa: C901, PLR0911, PLR0912 (one case for each command)
    command: WorkingGroupCommand, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    match command:
        case JoinGroup():
            return joining.join_group(command, record, context)
        case LeaveGroup():
            return joining.leave_group(command, record, context)
        case HandOverLead():
            return joining.hand_over_lead(command, record, context)
        case PlanMeetings():
            return planning.plan_meetings(command, record, context)
        case RemindToCall():
            return planning.remind_to_call(command, record, context)
        case CallMeeting():
            return convening.call_meeting(command, record, context)
        case MoveMeeting():
            return convening.move_meeting(command, record, context)
        case CancelMeeting():
            return convening.cancel_meeting(command, record)
        case RecordMeeting():
            return convening.record_meeting(command, record, context)
        case CorrectMeeting():
            return convening.correct_meeting(command, record, context)
        case WithdrawMeeting():
            return convening.withdraw_meeting(command, record)
        case MakeAgreement():
            return agreeing.make_agreement(command, record, context)
        case RemindOfAgreement():
            return agreeing.remind_of_agreement(command, record, context)
        case DeclareAgreementOverdue():
            return agreeing.declare_overdue(command, record, context)
        case ExtendAgreement():
            return agreeing.extend_agreement(command, record, context)
        case FulfilAgreement():
            return agreeing.fulfil_agreement(command, record)
        case ReopenAgreement():
            return agreeing.reopen_agreement(command, record, context)
        case DropAgreement():
            return agreeing.drop_agreement(command, record)
        case LinkConsequence():
            return agreeing.link_consequence(command, record, context)
        case UnlinkConsequence():
            return agreeing.unlink_consequence(command, record)
        case ReportBack():
            return report_back(command, record, context)
        case DissolveGroup():
            return dissolve_group(command, record, context)
        case EstablishGroup() | PublishGroup() | WithdrawGroupPublication():
            return []
        case _:
            assert_never(command)


def establish_group(
    command: EstablishGroup, group: WorkingGroup, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """As a resolution in force says, with its organisations; led by who sees to the mandate."""
    resolution = context.resolution
    if not isinstance(group, Unknown):
        return []
    if not isinstance(resolution, InForce):
        raise NotMandated(str(command.resolution))
    passed = resolution.passed
    if not isinstance(passed.mandate, GroupMandate):
        raise NotMandated(str(command.resolution))
    resolved = context.day_of(passed.decided_at)
    since = command.since or resolved
    if since < resolved:
        raise BeforeResolution(since.isoformat(), resolved.isoformat())
    return [
        WorkingGroupEstablished(
            group=command.subject,
            resolution=command.resolution,
            body=passed.body,
            title=passed.mandate.title,
            purpose=passed.mandate.purpose,
            lead=passed.owner,
            since=since,
            members=passed.mandate.members,
            guests=passed.mandate.guests,
        )
    ]


def report_back(
    command: ReportBack, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """To a session of the body that established the group."""
    if not command.text.strip():
        raise TextMissing
    reports = record.reports
    report = Report(session=command.session, text=command.text)
    if report in reports and reports.index(report) == command.report - 1:
        return []
    if command.report != len(reports) + 1:
        raise ReportNotNext(command.report, len(reports) + 1)
    if command.session not in context.sessions:
        raise UnknownSession(str(command.session))
    if context.sessions[command.session] != record.body:
        raise OtherBody(str(command.session))
    return [
        ReportedBack(
            group=record.group, report=command.report, session=command.session, text=command.text
        )
    ]


def dissolve_group(
    command: DissolveGroup, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """As a resolution of its body in force says. What is open lapses."""
    resolution = context.resolution
    if not isinstance(resolution, InForce):
        raise NotMandated(str(command.resolution))
    passed = resolution.passed
    is_mandated = passed.mandate == DissolutionMandate(group=record.group)
    if not is_mandated or passed.body != record.body:
        raise NotMandated(str(command.resolution))
    return [
        WorkingGroupDissolved(
            group=record.group,
            resolution=command.resolution,
            until=context.today,
            lapsed=tuple(
                number for number, one in record.agreements.items() if isinstance(one, Open)
            ),
        )
    ]


WORKING_GROUP: Aggregate[
    WorkingGroupCommand, WorkingGroupEvent, WorkingGroup, WorkingGroupContext
] = Aggregate("working-group", initial=Unknown(), evolve=evolve, decide=decide)
