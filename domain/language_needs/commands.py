"""What can be asked of a company's report."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command
from domain.language_needs.events import (
    AnswerKind,
    Channel,
    Priority,
    ReferralOutcome,
)
from domain.language_needs.events_end import Outcome, WithdrawalReason
from domain.language_needs.need import Company, Contact, Need


class AboutReport(Command, frozen=True, kw_only=True):
    report: UUID

    @property
    def subject(self) -> UUID:
        return self.report


class SubmitReport(AboutReport, frozen=True, kw_only=True):
    """`report` is the id that follows from `reference`; `confirmed_at` is missing by telephone."""

    reference: str
    channel: Channel
    company: Company
    contact: Contact
    need: Need
    remark: str = ""
    language: str = "de"
    confirmed_at: datetime | None = None


class ChangeReport(AboutReport, frozen=True, kw_only=True):
    """Everything as it shall be, also what stays the same."""

    company: Company
    contact: Contact
    need: Need
    remark: str = ""


class WithdrawReport(AboutReport, frozen=True, kw_only=True):
    reason: WithdrawalReason


class AcknowledgeReport(AboutReport, frozen=True, kw_only=True):
    """`contact_person` is the account of the coordinator who is named to the company."""

    contact_person: str
    message: str = ""


class TriageReport(AboutReport, frozen=True, kw_only=True):
    """`routes` are keys of organisations that may help."""

    priority: Priority
    routes: tuple[str, ...] = ()
    note: str = ""


class ReferReport(AboutReport, frozen=True, kw_only=True):
    """Without `due`, the partner has as long as the rule says."""

    organisation: str
    question: str
    due: date | None = None


class AnswerReferral(AboutReport, frozen=True, kw_only=True):
    """`organisation` is the one it was referred to."""

    organisation: str
    answer: ReferralOutcome
    text: str = ""


class RecallReferral(AboutReport, frozen=True, kw_only=True):
    reason: str


class AskCompany(AboutReport, frozen=True, kw_only=True):
    """Without `due`, the company has as long as the rule says."""

    question: str
    due: date | None = None


class AnswerQuestion(AboutReport, frozen=True, kw_only=True):
    text: str


class ProposeOffer(AboutReport, frozen=True, kw_only=True):
    """`reasons` are keys of what speaks for it."""

    offer: UUID
    reasons: tuple[str, ...] = ()


class PutIntoPool(AboutReport, frozen=True, kw_only=True):
    pool: UUID


class LeavePool(AboutReport, frozen=True, kw_only=True):
    pool: UUID
    reason: str


class AnswerCompany(AboutReport, frozen=True, kw_only=True):
    """`offer` or `pool` is what the answer is about, if it is about one."""

    kind: AnswerKind
    text: str
    offer: UUID | None = None
    pool: UUID | None = None


class RecordStart(AboutReport, frozen=True, kw_only=True):
    """`participants` are learners of this company."""

    starts_on: date
    ends_on: date
    participants: int


class NoteAfterStart(AboutReport, frozen=True, kw_only=True):
    participants: int
    text: str = ""


class NoteAfterEnd(AboutReport, frozen=True, kw_only=True):
    participants: int
    passed: int | None = None
    text: str = ""


class CloseReport(AboutReport, frozen=True, kw_only=True):
    """`learners` were served in the end."""

    outcome: Outcome
    learners: int = 0
    note: str = ""


class ReopenReport(AboutReport, frozen=True, kw_only=True):
    reason: str


class NoteUnmetNeed(AboutReport, frozen=True, kw_only=True):
    """The theme or the finding by which it is seen in the steering."""

    municipality: str
    theme: UUID | None = None
    finding: UUID | None = None


class RemindHolder(AboutReport, frozen=True, kw_only=True):
    """Of `due`, if that is still the moment."""

    due: datetime


class EscalateReport(AboutReport, frozen=True, kw_only=True):
    """To the level that comes next."""

    due: datetime
    level: int


ReportCommand: TypeAlias = (
    SubmitReport
    | ChangeReport
    | WithdrawReport
    | AcknowledgeReport
    | TriageReport
    | ReferReport
    | AnswerReferral
    | RecallReferral
    | AskCompany
    | AnswerQuestion
    | ProposeOffer
    | PutIntoPool
    | LeavePool
    | AnswerCompany
    | RecordStart
    | NoteAfterStart
    | NoteAfterEnd
    | CloseReport
    | ReopenReport
    | NoteUnmetNeed
    | RemindHolder
    | EscalateReport
)
