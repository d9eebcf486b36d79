"""How companies' reports look from outside: a row of the list, and one as it was at a moment.

What is sealed in the record (who the company is, whom to call, what was written) is null for
whoever may not read it, and says when and why it was erased once it is.
"""

from datetime import date, datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from domain.kernel import Erased
from domain.language_needs.events import AnswerKind, Channel, CourseMoment, Priority
from domain.language_needs.events_end import Outcome, WithdrawalReason
from domain.language_needs.holder import HolderKind, Task
from domain.language_needs.need import Contact, Firm, Need
from services.api import bounds

STAGES = (
    "received",
    "acknowledged",
    "triaged",
    "referred",
    "asked",
    "answered",
    "running",
    "closed",
    "withdrawn",
)
Text: TypeAlias = str | Erased | None
Errand: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        examples=["triage"],
        description="What is to be done: " + ", ".join(Task) + ".",
    ),
]
"""The word of a `Task`; the description of the API knows another kind of that name."""

StageOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern="^(" + "|".join(STAGES) + ")$", required=False, description="Only this stage."
    ),
]
HolderOnly: TypeAlias = Annotated[
    HolderKind | None,
    QueryParameter(
        required=False, description="Only what the coordination, a partner or the company holds."
    ),
]
PartnerOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.KEY,
        required=False,
        description="Only what this organisation holds.",
        examples=[Example(value="jobcenter")],
    ),
]
FromMunicipality: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.AGS,
        required=False,
        description="Only of companies in this municipality.",
        examples=[Example(value="05774020")],
    ),
]
TradeOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=rf"^[A-U]{bounds.END}",
        required=False,
        description="Only of companies in this section of WZ 2008.",
        examples=[Example(value="C")],
    ),
]
OpenOnly: TypeAlias = Annotated[
    bool | None,
    QueryParameter(required=False, description="Only what somebody holds, or only what is over."),
]


class HolderView(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a report and has to do what until when. `organisation_name` is a partner's.

    `level` counts how often it was passed on because it was overdue.
    """

    kind: HolderKind
    what: Errand
    since: datetime
    due: datetime
    is_overdue: bool
    level: int
    organisation: str
    organisation_name: str
    account: str


class CompanyReportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list; what is due first comes first. `wanted` are levels, the lowest first."""

    id: UUID
    reference: str
    company_name: Text
    stage: str
    priority: Priority
    channel: Channel
    holder: HolderView | None
    municipality: str
    municipality_name: str
    trade: str
    size: str
    learners: int
    wanted: list[str]
    submitted_at: datetime
    outcome: Outcome | None
    version: int
    position: int
    changed_at: datetime


class ReferralView(msgspec.Struct, frozen=True, kw_only=True):
    """The stage is open, recalled, or what the partner answered."""

    organisation: str
    question: Text
    referred_at: datetime
    due: datetime
    stage: str
    text: Text = None
    ended_at: datetime | None = None


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """Asked of the company, and its reply."""

    question: Text
    asked_at: datetime
    due: datetime
    reply: Text = None
    replied_at: datetime | None = None


class AnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """What the company was answered."""

    kind: AnswerKind
    text: Text
    answered_at: datetime
    offer: UUID | None
    pool: UUID | None


class ProposedOffer(msgspec.Struct, frozen=True, kw_only=True):
    offer: UUID
    reasons: list[str]
    proposed_at: datetime


class CourseView(msgspec.Struct, frozen=True, kw_only=True):
    """A course with learners of the company."""

    starts_on: date
    ends_on: date
    participants: int


class FollowUpView(msgspec.Struct, frozen=True, kw_only=True):
    """What was learnt after the start, or after the end."""

    moment: CourseMoment
    participants: int
    passed: int | None
    text: Text
    noted_at: datetime


class ClosingView(msgspec.Struct, frozen=True, kw_only=True):
    outcome: Outcome
    learners: int
    note: Text
    closed_at: datetime


class UnmetView(msgspec.Struct, frozen=True, kw_only=True):
    """Where the steering sees what could not be met."""

    municipality: str
    theme: UUID | None
    finding: UUID | None


class CompanyReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report at a moment. `changes` counts how often it was changed.

    `contact_person` is the account of the coordinator who is named to the company.
    """

    id: UUID
    reference: str
    channel: Channel
    language: str
    stage: str
    priority: Priority
    company: Firm
    company_name: Text
    contact: Contact | Erased | None
    need: Need
    remark: Text
    submitted_at: datetime
    confirmed_at: datetime | None
    changes: int
    holder: HolderView | None
    contact_person: str
    routes: list[str]
    note: Text
    referrals: list[ReferralView]
    questions: list[QuestionView]
    proposals: list[ProposedOffer]
    pool: UUID | None
    answers: list[AnswerView]
    course: CourseView | None
    follow_ups: list[FollowUpView]
    closing: ClosingView | None
    withdrawn_because: WithdrawalReason | None
    unmet: list[UnmetView]
    version: int
    position: int
    changed_at: datetime
