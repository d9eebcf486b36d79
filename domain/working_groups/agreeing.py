"""Agreements are made in a meeting, followed up, fulfilled or dropped, and lead to something."""

from collections.abc import Sequence

from domain.steering.follow_up import extended, follow_up, is_to_notice, is_to_remind
from domain.working_groups.agreement import Agreement, Dropped, Fulfilled, Open, stage_of
from domain.working_groups.commands import (
    DeclareAgreementOverdue,
    DropAgreement,
    ExtendAgreement,
    FulfilAgreement,
    LinkConsequence,
    MakeAgreement,
    RemindOfAgreement,
    ReopenAgreement,
    UnlinkConsequence,
)
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.convening import check_may_own, held
from domain.working_groups.errors import ReasonMissing, TextMissing
from domain.working_groups.errors_agreement import (
    AgreementAlreadyMade,
    AgreementNotFulfilled,
    AgreementNotNext,
    AgreementNotOpen,
    DroppedBeforeItWasMade,
    NotLinked,
    OtherConsequenceKind,
    UnknownAgreement,
    UnknownConsequence,
)
from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementMade,
    AgreementReminded,
    AgreementReopened,
    ConsequenceLinked,
    ConsequenceUnlinked,
    WorkingGroupEvent,
)
from domain.working_groups.group import Record


def make_agreement(
    command: MakeAgreement, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """In a meeting that was held, by one of the group or its lead, until a day after it."""
    if not command.text.strip():
        raise TextMissing
    meeting = held(command.meeting, record)
    until = follow_up(
        context.calendar, command.due, command.remind_working_days_before, after=meeting.held_at
    )
    this = record.agreements.get(command.agreement)
    if this is not None:
        asked = (command.text, command.owner, command.meeting, until.due)
        there = this.agreed
        if asked == (there.text, there.owner, there.meeting, there.due):
            return []
        raise AgreementAlreadyMade(command.agreement)
    following = len(record.agreements) + 1
    if command.agreement != following:
        raise AgreementNotNext(command.agreement, following)
    check_may_own(command.owner, meeting.held_at, record, context)
    return [
        AgreementMade(
            group=record.group,
            agreement=command.agreement,
            meeting=command.meeting,
            text=command.text,
            owner=command.owner,
            due=until.due,
            reminders=until.reminders,
        )
    ]


def remind_of_agreement(
    command: RemindOfAgreement, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """At each planned moment once, while it is open; by hand at any time."""
    this = _agreement(command.agreement, record)
    if not isinstance(this, Open):
        if command.moment is None:
            raise AgreementNotOpen(command.agreement, stage_of(this))
        return []
    if not is_to_remind(this.follow_up, command.moment, context.at):
        return []
    return [
        AgreementReminded(group=record.group, agreement=command.agreement, moment=command.moment)
    ]


def declare_overdue(
    command: DeclareAgreementOverdue, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    this = _agreement(command.agreement, record)
    if not isinstance(this, Open) or not is_to_notice(this.follow_up, context.at):
        return []
    due = this.follow_up.due
    return [AgreementFellOverdue(group=record.group, agreement=command.agreement, due=due)]


def extend_agreement(
    command: ExtendAgreement, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    this = _open(command.agreement, record)
    _check_reason(command.reason)
    days = command.remind_working_days_before
    later = extended(this.follow_up, context.calendar, command.due, days, at=context.at)
    return [
        AgreementExtended(
            group=record.group,
            agreement=command.agreement,
            due=later.due,
            reminders=later.reminders,
            reason=command.reason,
        )
    ]


def fulfil_agreement(command: FulfilAgreement, record: Record) -> Sequence[WorkingGroupEvent]:
    if not command.outcome.strip():
        raise TextMissing
    this = _agreement(command.agreement, record)
    if isinstance(this, Fulfilled) and this.outcome == command.outcome:
        return []
    _open(command.agreement, record)
    return [
        AgreementFulfilled(group=record.group, agreement=command.agreement, outcome=command.outcome)
    ]


def reopen_agreement(
    command: ReopenAgreement, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """It was not fulfilled after all, and is due anew."""
    this = _agreement(command.agreement, record)
    if not isinstance(this, Fulfilled):
        raise AgreementNotFulfilled(command.agreement, stage_of(this))
    _check_reason(command.reason)
    days = command.remind_working_days_before
    anew = follow_up(context.calendar, command.due, days, after=context.at)
    return [
        AgreementReopened(
            group=record.group,
            agreement=command.agreement,
            due=anew.due,
            reminders=anew.reminders,
            reason=command.reason,
        )
    ]


def drop_agreement(command: DropAgreement, record: Record) -> Sequence[WorkingGroupEvent]:
    """In a meeting, not before the one that made it."""
    this = _agreement(command.agreement, record)
    _check_reason(command.reason)
    if isinstance(this, Dropped) and this.meeting == command.meeting:
        return []
    _open(command.agreement, record)
    made = held(this.agreed.meeting, record)
    if held(command.meeting, record).held_at < made.held_at:
        raise DroppedBeforeItWasMade(command.agreement, command.meeting)
    return [
        AgreementDropped(
            group=record.group,
            agreement=command.agreement,
            meeting=command.meeting,
            reason=command.reason,
        )
    ]


def link_consequence(
    command: LinkConsequence, record: Record, context: WorkingGroupContext
) -> Sequence[WorkingGroupEvent]:
    """What exists and came of an agreement that stands."""
    this = _agreement(command.agreement, record)
    if isinstance(this, Dropped):
        raise AgreementNotOpen(command.agreement, stage_of(this))
    linked = this.agreed.consequences.get(command.consequence)
    if linked is not None:
        if linked is command.kind:
            return []
        raise OtherConsequenceKind(str(command.consequence), linked)
    if command.consequence not in context.consequences:
        raise UnknownConsequence(str(command.consequence), command.kind)
    return [
        ConsequenceLinked(
            group=record.group,
            agreement=command.agreement,
            kind=command.kind,
            consequence=command.consequence,
        )
    ]


def unlink_consequence(command: UnlinkConsequence, record: Record) -> Sequence[WorkingGroupEvent]:
    this = _agreement(command.agreement, record)
    _check_reason(command.reason)
    if command.consequence not in this.agreed.consequences:
        raise NotLinked(command.agreement, str(command.consequence))
    return [
        ConsequenceUnlinked(
            group=record.group,
            agreement=command.agreement,
            consequence=command.consequence,
            reason=command.reason,
        )
    ]


def _agreement(number: int, record: Record) -> Agreement:
    this = record.agreements.get(number)
    if this is None:
        raise UnknownAgreement(number)
    return this


def _open(number: int, record: Record) -> Open:
    this = _agreement(number, record)
    if not isinstance(this, Open):
        raise AgreementNotOpen(number, stage_of(this))
    return this


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
