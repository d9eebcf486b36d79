"""What is sent about a company's report: entered by telephone, and each step of its processing."""

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec

from domain.language_needs.events import AnswerKind, Priority, ReferralOutcome
from domain.language_needs.events_end import Outcome, WithdrawalReason
from services.api import bounds
from services.api.company_intake_bodies import ReportContent

MOST_ROUTES = 20
MOST_REASONS = 50
MOST_PARTICIPANTS = 500

Told: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=2_000,
        pattern=bounds.NO_NUL,
        examples=["Ab wann können die Beschäftigten teilnehmen?"],
    ),
]
Aside: TypeAlias = Annotated[str, msgspec.Meta(max_length=2_000, pattern=bounds.NO_NUL)]
Heads: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_PARTICIPANTS, examples=[8])]


class TelephoneReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a company told by telephone. `language` is the one it is answered in."""

    content: ReportContent
    language: Annotated[
        str, msgspec.Meta(pattern=rf"^[a-z]{{2,3}}(-[a-zA-Z0-9]{{2,8}})?{bounds.END}")
    ] = "de"


class ReportWithdrawal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: WithdrawalReason


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`contact_person` is the coordinator who is named to the company; without it, who asks."""

    contact_person: UUID | None = None
    message: Aside = ""


class Triage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`routes` are organisations that may help."""

    priority: Priority = Priority.NORMAL
    routes: Annotated[tuple[bounds.Key, ...], msgspec.Meta(max_length=MOST_ROUTES)] = ()
    note: Aside = ""


class Referral(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To an organisation that the company agreed to. Without `due`, as long as the rule says."""

    organisation: bounds.Key
    question: Told
    due: date | None = None


class ReferralAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By the organisation that holds the report, or what it said by telephone."""

    organisation: bounds.Key
    answer: ReferralOutcome
    text: Aside = ""


class CompanyQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Mailed to the company. Without `due`, it has as long as the rule says."""

    question: Told
    due: date | None = None


class QuestionAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the company said by telephone."""

    text: Told


class OfferProposal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`reasons` are keys of what speaks for the offer."""

    offer: UUID
    reasons: Annotated[tuple[bounds.Key, ...], msgspec.Meta(max_length=MOST_REASONS)] = ()


class CompanyAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Mailed to the company. `offer` or `pool_id` is what the answer is about."""

    kind: AnswerKind
    text: Told
    offer: UUID | None = None
    pool_id: UUID | None = None


class CourseStart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With so many learners of this company."""

    starts_on: date
    ends_on: date
    participants: Heads


class AfterStart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was learnt after the start."""

    participants: Heads
    text: Aside = ""


class AfterEnd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was learnt after the end; `passed` is null where there was no examination."""

    participants: Heads
    passed: Heads | None = None
    text: Aside = ""


class ReportClosing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of it. `learners` were served in the end."""

    outcome: Outcome
    learners: Heads = 0
    note: Aside = ""


class UnmetNeed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The theme or the finding by which the steering sees it."""

    municipality: bounds.Ags
    theme: UUID | None = None
    finding: UUID | None = None
