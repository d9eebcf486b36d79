"""Following up a mandate: reminders, reports, the letter, more time, another owner, overdue."""

from collections.abc import Sequence

from domain.directory.errors import UnknownOrganisation
from domain.directory.organisation import Organisation
from domain.steering.follow_up import extended, is_to_notice, is_to_remind
from domain.steering.mandate import MinistryMandate, kind_of
from domain.steering.resolution import Existing, Letter, Open, stage_of
from domain.steering.resolution_commands import (
    ExtendMandate,
    HandOverMandate,
    RecordLetter,
    RemindOfMandate,
    ReportProgress,
)
from domain.steering.resolution_context import ResolutionContext
from domain.steering.resolution_errors import (
    LetterOutsideMandate,
    NoLetterMandated,
    NotOpen,
    ReasonMissing,
    ReportNotNext,
    TextMissing,
)
from domain.steering.resolution_events import (
    LetterSent,
    MandateExtended,
    MandateFellOverdue,
    MandateHandedOver,
    MandateReminded,
    ProgressReported,
    ResolutionEvent,
)


def remind_of_mandate(
    command: RemindOfMandate, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """At each planned moment once, while it is open; by hand at any time."""
    if not isinstance(resolution, Open) and command.moment is not None:
        return []
    this = _open(resolution)
    if not is_to_remind(this.follow_up, command.moment, context.at):
        return []
    passed = this.passed
    return [
        MandateReminded(resolution=passed.resolution, owner=passed.owner, moment=command.moment)
    ]


def report_progress(command: ReportProgress, resolution: Existing) -> Sequence[ResolutionEvent]:
    this = _open(resolution)
    if not command.text.strip():
        raise TextMissing
    reports = this.passed.reports
    if reports[command.report - 1 : command.report] == (command.text,):
        return []
    if command.report != len(reports) + 1:
        raise ReportNotNext(command.report, len(reports) + 1)
    return [
        ProgressReported(
            resolution=this.passed.resolution, report=command.report, text=command.text
        )
    ]


def record_letter(
    command: RecordLetter, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """It went out on a day since the resolution."""
    this = _open(resolution)
    passed = this.passed
    if not isinstance(passed.mandate, MinistryMandate):
        raise NoLetterMandated(kind_of(passed.mandate))
    for text in (command.addressee, command.subject_line, command.text):
        if not text.strip():
            raise TextMissing
    resolved = passed.decided_at.astimezone(context.calendar.zone).date()
    if not resolved <= command.sent_on <= context.today:
        raise LetterOutsideMandate(command.sent_on.isoformat())
    letter = Letter(
        addressee=command.addressee,
        subject_line=command.subject_line,
        text=command.text,
        sent_on=command.sent_on,
        reference=command.reference,
    )
    if letter in passed.letters:
        return []
    return [
        LetterSent(
            resolution=passed.resolution,
            addressee=letter.addressee,
            subject_line=letter.subject_line,
            text=letter.text,
            sent_on=letter.sent_on,
            reference=letter.reference,
        )
    ]


def declare_overdue(resolution: Existing, context: ResolutionContext) -> Sequence[ResolutionEvent]:
    """Once its day has passed; again only after it was extended."""
    if not isinstance(resolution, Open) or not is_to_notice(resolution.follow_up, context.at):
        return []
    passed = resolution.passed
    due = resolution.follow_up.due
    return [MandateFellOverdue(resolution=passed.resolution, owner=passed.owner, due=due)]


def extend_mandate(
    command: ExtendMandate, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    this = _open(resolution)
    if not command.reason.strip():
        raise ReasonMissing
    days = command.remind_working_days_before
    later = extended(this.follow_up, context.calendar, command.due, days, at=context.at)
    return [
        MandateExtended(
            resolution=this.passed.resolution,
            due=later.due,
            reminders=later.reminders,
            reason=command.reason,
        )
    ]


def hand_over_mandate(
    command: HandOverMandate, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    this = _open(resolution)
    if not command.reason.strip():
        raise ReasonMissing
    if not context.organisations.get(command.owner, Organisation()).key:
        raise UnknownOrganisation(command.owner)
    if command.owner == this.passed.owner:
        return []
    return [
        MandateHandedOver(
            resolution=this.passed.resolution, owner=command.owner, reason=command.reason
        )
    ]


def _open(resolution: Existing) -> Open:
    if not isinstance(resolution, Open):
        raise NotOpen(stage_of(resolution))
    return resolution
