"""The coordination takes a report on and hands it on: to a partner, or with a question back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from domain.calendar import deadline
from domain.directory.errors import UnknownOrganisation
from domain.language_needs.checking import check_length, check_message, check_remark, check_text
from domain.language_needs.commands import (
    AcknowledgeReport,
    AnswerQuestion,
    AnswerReferral,
    AskCompany,
    RecallReferral,
    ReferReport,
    TriageReport,
)
from domain.language_needs.context import ReportContext
from domain.language_needs.errors_processing import (
    AlreadyReferred,
    DueOutOfRange,
    NoConsent,
    NotACoordinator,
    NotAtThisStage,
    NotReferredTo,
)
from domain.language_needs.events import (
    CompanyAsked,
    QuestionAnswered,
    ReferralAnswered,
    ReferralRecalled,
    ReportAcknowledged,
    ReportEvent,
    ReportReferred,
    ReportTriaged,
)
from domain.language_needs.holder import (
    Holder,
    HolderKind,
    Task,
    coordination,
    end_of,
)
from domain.language_needs.report import (
    Acknowledged,
    Answered,
    Asked,
    Open,
    Received,
    Referred,
    Triaged,
    stage_of,
)

MOST_DAYS = 60
"""Nobody holds a report longer than that without being asked again."""


def acknowledge_report(
    command: AcknowledgeReport, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """The company hears who sees to it. Somebody else may take it over later in the same way."""
    check_length("message", command.message)
    if not context.is_coordinator:
        raise NotACoordinator(command.contact_person)
    record = report.record
    if (record.contact_person, record.message) == (command.contact_person, command.message):
        return []
    if not isinstance(report, Received | Acknowledged):
        raise NotAtThisStage(stage_of(report))
    holder = coordination(
        Task.TRIAGE, command.contact_person, context.at, context.calendar, context.times
    )
    if isinstance(report, Acknowledged):
        holder = msgspec.structs.replace(report.holder, account=command.contact_person)
    return [
        ReportAcknowledged(
            report=command.report,
            contact_person=command.contact_person,
            message=command.message,
            holder=holder,
        )
    ]


def triage_report(
    command: TriageReport, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """How urgent, and who may help. Said anew while an answer is looked for, it gains no time."""
    check_remark("note", command.note)
    routes = tuple(sorted(set(command.routes)))
    for key in routes:
        _check_organisation(key, context)
    match report:
        case Acknowledged():
            holder = _ours(report, Task.PLACE, context)
        case Triaged(record=record):
            if (record.priority, record.routes, record.note) == (
                command.priority,
                routes,
                command.note,
            ):
                return []
            holder = report.holder
        case _:
            raise NotAtThisStage(stage_of(report))
    return [
        ReportTriaged(
            report=command.report,
            priority=command.priority,
            routes=routes,
            note=command.note,
            holder=holder,
        )
    ]


def refer_report(
    command: ReferReport, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """To a partner that the company agreed to; from then on the partner holds it."""
    check_text("question", command.question)
    _check_organisation(command.organisation, context)
    if command.organisation not in report.record.need.consent:
        raise NoConsent(command.organisation)
    if isinstance(report, Referred):
        asked = report.record.referrals[-1]
        if (asked.organisation, asked.question) == (command.organisation, command.question):
            return []
        raise AlreadyReferred(report.holder.organisation)
    if not isinstance(report, Triaged | Answered):
        raise NotAtThisStage(stage_of(report))
    holder = Holder(
        kind=HolderKind.PARTNER,
        what=Task.REFERRAL,
        organisation=command.organisation,
        since=context.at,
        due=_due(command.due, Task.REFERRAL, context),
    )
    return [
        ReportReferred(
            report=command.report,
            organisation=command.organisation,
            question=command.question,
            holder=holder,
        )
    ]


def answer_referral(
    command: AnswerReferral, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """Whatever the partner answers, the coordination holds it again and tells the company."""
    check_remark("text", command.text)
    _check_referred(report, command.organisation)
    return [
        ReferralAnswered(
            report=command.report,
            organisation=command.organisation,
            answer=command.answer,
            text=command.text,
            holder=_ours(report, Task.PLACE, context),
        )
    ]


def recall_referral(
    command: RecallReferral, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """The coordination takes it back."""
    check_text("reason", command.reason)
    if not isinstance(report, Referred):
        raise NotAtThisStage(stage_of(report))
    return [
        ReferralRecalled(
            report=command.report,
            organisation=report.holder.organisation,
            reason=command.reason,
            holder=_ours(report, Task.PLACE, context),
        )
    ]


def ask_company(command: AskCompany, report: Open, context: ReportContext) -> Sequence[ReportEvent]:
    """The company holds it until it answers; where it stood it goes on then."""
    check_message("question", command.question)
    if isinstance(report, Asked) and report.record.questions[-1].question == command.question:
        return []
    if not isinstance(report, Acknowledged | Triaged | Answered):
        raise NotAtThisStage(stage_of(report))
    holder = Holder(
        kind=HolderKind.COMPANY,
        what=Task.QUESTION,
        since=context.at,
        due=_due(command.due, Task.QUESTION, context),
    )
    return [CompanyAsked(report=command.report, question=command.question, holder=holder)]


def answer_question(
    command: AnswerQuestion, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    check_text("text", command.text)
    if not isinstance(report, Asked):
        raise NotAtThisStage(stage_of(report))
    what = Task.PLACE if report.was_triaged else Task.TRIAGE
    return [
        QuestionAnswered(
            report=command.report, text=command.text, holder=_ours(report, what, context)
        )
    ]


def _ours(report: Open, what: Task, context: ReportContext) -> Holder:
    """Held by the coordination, by whom the company knows."""
    return coordination(
        what, report.record.contact_person, context.at, context.calendar, context.times
    )


def _due(day: date | None, what: Task, context: ReportContext) -> datetime:
    """The end of that day, or of the period. Raises DueOutOfRange."""
    if day is None:
        return deadline(context.calendar, context.at, context.times.of(what))
    last = context.today + timedelta(days=MOST_DAYS)
    due = end_of(day, context.calendar)
    if due <= context.at or day > last:
        raise DueOutOfRange(day.isoformat(), last.isoformat())
    return due


def _check_organisation(key: str, context: ReportContext) -> None:
    if key not in context.organisations or not context.organisations[key].key:
        raise UnknownOrganisation(key)


def _check_referred(report: Open, organisation: str) -> None:
    """Raises NotReferredTo."""
    if not isinstance(report, Referred) or report.holder.organisation != organisation:
        raise NotReferredTo(organisation)
