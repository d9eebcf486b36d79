"""What happens to a company's report. Every event that hands it on says who holds it then."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Erased, Event, personal
from domain.language_needs.events_end import (
    ReportClosed,
    ReportReopened,
    ReportWithdrawn,
    UnmetNeedNoted,
)
from domain.language_needs.holder import Holder, Task
from domain.language_needs.need import Contact, Firm, Need

OfTheReport = Annotated[str | Erased, personal("report")]
"""Sealed under the id of the report: who the company is goes one day, its figures stay."""
ContactOfTheReport = Annotated[Contact | Erased, personal("report")]


class Channel(StrEnum):
    """The way a report came in."""

    FORM = "form"
    TELEPHONE = "telephone"


class Priority(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


class ReferralOutcome(StrEnum):
    """What a partner answers: it takes the matter on, it cannot, or it says something about it."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    INFORMATION = "information"


class AnswerKind(StrEnum):
    """A course offer, a course shared with others, who takes it on, or that there is nothing."""

    OFFER = "offer"
    POOL = "pool"
    REFERRED = "referred"
    NONE = "none"


class CourseMoment(StrEnum):
    START = "start"
    END = "end"


class ReportSubmitted(Event, frozen=True, kw_only=True):
    """A company confirmed its form, or told its need by telephone.

    `confirmed_at` is when it opened the link of its mail; by telephone, there is none.
    """

    TOPIC: ClassVar[str] = "company-report.submitted"
    report: UUID
    reference: str
    channel: Channel
    company: Firm
    company_name: OfTheReport
    contact: ContactOfTheReport
    need: Need
    remark: OfTheReport
    language: str
    confirmed_at: datetime | None
    holder: Holder


class ReportChanged(Event, frozen=True, kw_only=True):
    """Everything as it is now. `called_off` is the partner whose referral ended by that, if any."""

    TOPIC: ClassVar[str] = "company-report.changed"
    report: UUID
    company: Firm
    company_name: OfTheReport
    contact: ContactOfTheReport
    need: Need
    remark: OfTheReport
    holder: Holder
    called_off: str = ""


class ReportAcknowledged(Event, frozen=True, kw_only=True):
    """The company is told who sees to its report: `contact_person`, an account."""

    TOPIC: ClassVar[str] = "company-report.acknowledged"
    report: UUID
    contact_person: str
    message: OfTheReport
    holder: Holder


class ReportTriaged(Event, frozen=True, kw_only=True):
    """How urgent it is, and which partners may help (`routes`, keys of organisations)."""

    TOPIC: ClassVar[str] = "company-report.triaged"
    report: UUID
    priority: Priority
    routes: tuple[str, ...]
    note: OfTheReport
    holder: Holder


class ReportReferred(Event, frozen=True, kw_only=True):
    """A partner the company agreed to holds it now, and is asked something."""

    TOPIC: ClassVar[str] = "company-report.referred"
    report: UUID
    organisation: str
    question: OfTheReport
    holder: Holder


class ReferralAnswered(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "company-report.referral-answered"
    report: UUID
    organisation: str
    answer: ReferralOutcome
    text: OfTheReport
    holder: Holder


class ReferralRecalled(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "company-report.referral-recalled"
    report: UUID
    organisation: str
    reason: OfTheReport
    holder: Holder


class CompanyAsked(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "company-report.asked"
    report: UUID
    question: OfTheReport
    holder: Holder


class QuestionAnswered(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "company-report.question-answered"
    report: UUID
    text: OfTheReport
    holder: Holder


class OfferProposed(Event, frozen=True, kw_only=True):
    """A course offer that may fit, and what speaks for it (keys of reasons)."""

    TOPIC: ClassVar[str] = "company-report.offer-proposed"
    report: UUID
    offer: UUID
    reasons: tuple[str, ...]


class ReportPutIntoPool(Event, frozen=True, kw_only=True):
    """It may share a course with others: together they reach its minimum."""

    TOPIC: ClassVar[str] = "company-report.put-into-pool"
    report: UUID
    pool: UUID


class ReportLeftPool(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "company-report.left-pool"
    report: UUID
    pool: UUID
    reason: OfTheReport


class CompanyAnswered(Event, frozen=True, kw_only=True):
    """The company has its answer. `offer` or `pool` is what it is about."""

    TOPIC: ClassVar[str] = "company-report.answered"
    report: UUID
    kind: AnswerKind
    text: OfTheReport
    holder: Holder
    offer: UUID | None = None
    pool: UUID | None = None


class CourseStarted(Event, frozen=True, kw_only=True):
    """With so many learners of this company."""

    TOPIC: ClassVar[str] = "company-report.started"
    report: UUID
    starts_on: date
    ends_on: date
    participants: int
    holder: Holder


class CourseFollowedUp(Event, frozen=True, kw_only=True):
    """What was learnt after the start, or after the end; `passed` is known after the end only."""

    TOPIC: ClassVar[str] = "company-report.followed-up"
    report: UUID
    moment: CourseMoment
    participants: int
    text: OfTheReport
    holder: Holder
    passed: int | None = None


class HolderReminded(Event, frozen=True, kw_only=True):
    """Whoever holds it, of when they are due."""

    TOPIC: ClassVar[str] = "company-report.holder-reminded"
    report: UUID
    due: datetime
    what: Task
    holder: Holder


class Escalated(Event, frozen=True, kw_only=True):
    """It is overdue. `level` 1 tells the holder and the coordination, from 2 on everybody."""

    TOPIC: ClassVar[str] = "company-report.escalated"
    report: UUID
    due: datetime
    level: int
    what: Task
    holder: Holder
    at: datetime


ReportEvent: TypeAlias = (
    ReportSubmitted
    | ReportChanged
    | ReportAcknowledged
    | ReportTriaged
    | ReportReferred
    | ReferralAnswered
    | ReferralRecalled
    | CompanyAsked
    | QuestionAnswered
    | OfferProposed
    | ReportPutIntoPool
    | ReportLeftPool
    | CompanyAnswered
    | CourseStarted
    | CourseFollowedUp
    | ReportWithdrawn
    | ReportClosed
    | ReportReopened
    | UnmetNeedNoted
    | HolderReminded
    | Escalated
)
