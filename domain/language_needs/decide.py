"""What is decided about a company's report."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.kernel import Aggregate
from domain.language_needs.answering import (
    answer_company,
    leave_pool,
    propose_offer,
    put_into_pool,
)
from domain.language_needs.climbing import escalate_report, remind_holder
from domain.language_needs.commands import (
    AcknowledgeReport,
    AnswerCompany,
    AnswerQuestion,
    AnswerReferral,
    AskCompany,
    ChangeReport,
    CloseReport,
    EscalateReport,
    LeavePool,
    NoteAfterEnd,
    NoteAfterStart,
    NoteUnmetNeed,
    ProposeOffer,
    PutIntoPool,
    RecallReferral,
    RecordStart,
    ReferReport,
    RemindHolder,
    ReopenReport,
    ReportCommand,
    SubmitReport,
    TriageReport,
    WithdrawReport,
)
from domain.language_needs.context import ReportContext
from domain.language_needs.ending import (
    close_report,
    note_after_end,
    note_after_start,
    note_unmet_need,
    record_start,
    reopen_report,
)
from domain.language_needs.errors import UnknownReport
from domain.language_needs.errors_processing import AlreadyEnded
from domain.language_needs.events import ReportEvent
from domain.language_needs.handing_on import (
    acknowledge_report,
    answer_question,
    answer_referral,
    ask_company,
    recall_referral,
    refer_report,
    triage_report,
)
from domain.language_needs.report import (
    Closed,
    CompanyReport,
    Existing,
    Open,
    Unknown,
    Withdrawn,
    evolve,
    stage_of,
)
from domain.language_needs.submitting import change_report, submit_report, withdraw_report

_WhileOpen: TypeAlias = (
    AcknowledgeReport
    | TriageReport
    | ReferReport
    | AnswerReferral
    | RecallReferral
    | AskCompany
    | AnswerQuestion
    | ProposeOffer
    | PutIntoPool
    | RecordStart
    | NoteAfterStart
    | NoteAfterEnd
    | RemindHolder
    | EscalateReport
)


def decide(  # noqa: PLR0911 (one case a command)
    command: ReportCommand, report: CompanyReport, context: ReportContext
) -> Sequence[ReportEvent]:
    if isinstance(command, SubmitReport):
        return submit_report(command, report, context)
    if isinstance(report, Unknown):
        raise UnknownReport(str(command.report))
    match command:
        case ChangeReport():
            return change_report(command, report, context)
        case WithdrawReport():
            return withdraw_report(command, report)
        case LeavePool():
            return leave_pool(command, report)
        case AnswerCompany():
            return answer_company(command, report, context)
        case CloseReport():
            return close_report(command, report)
        case ReopenReport():
            return reopen_report(command, report, context)
        case NoteUnmetNeed():
            return note_unmet_need(command, report, context)
        case _:
            return _while_open(command, _open(report), context)


def _open(report: Existing) -> Open:
    if isinstance(report, Closed | Withdrawn):
        raise AlreadyEnded(stage_of(report))
    return report


def _while_open(  # noqa: C901, PLR0911, PLR0912 (one case a command)
    command: _WhileOpen, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    match command:
        case AcknowledgeReport():
            return acknowledge_report(command, report, context)
        case TriageReport():
            return triage_report(command, report, context)
        case ReferReport():
            return refer_report(command, report, context)
        case AnswerReferral():
            return answer_referral(command, report, context)
        case RecallReferral():
            return recall_referral(command, report, context)
        case AskCompany():
            return ask_company(command, report, context)
        case AnswerQuestion():
            return answer_question(command, report, context)
        case ProposeOffer():
            return propose_offer(command, report, context)
        case PutIntoPool():
            return put_into_pool(command, report)
        case RecordStart():
            return record_start(command, report, context)
        case NoteAfterStart():
            return note_after_start(command, report, context)
        case NoteAfterEnd():
            return note_after_end(command, report, context)
        case RemindHolder():
            return remind_holder(command, report, context)
        case EscalateReport():
            return escalate_report(command, report, context)
        case _:
            assert_never(command)


COMPANY_REPORT: Aggregate[ReportCommand, ReportEvent, CompanyReport, ReportContext] = Aggregate(
    "company-report", initial=Unknown(), evolve=evolve, decide=decide
)
