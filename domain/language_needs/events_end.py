"""How a company's report ends, goes on after all, and what it says about the supply system."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from domain.kernel import Erased, Event, personal
from domain.language_needs.holder import Holder


class WithdrawalReason(StrEnum):
    """Why a company withdraws its report: one of a few words, so that nobody is named in it."""

    NO_LONGER_NEEDED = "no-longer-needed"
    SOLVED_OTHERWISE = "solved-otherwise"
    REPORTED_TWICE = "reported-twice"
    BY_MISTAKE = "by-mistake"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a report."""

    COURSE_HELD = "course-held"
    OTHER_SUPPORT = "other-support"
    NO_OFFER = "no-offer"
    NOT_REACHED = "not-reached"
    NO_LONGER_NEEDED = "no-longer-needed"


class ReportWithdrawn(Event, frozen=True, kw_only=True):
    """`called_off` is the partner whose referral ended by that, if any."""

    TOPIC: ClassVar[str] = "company-report.withdrawn"
    report: UUID
    reason: WithdrawalReason
    called_off: str = ""


class ReportClosed(Event, frozen=True, kw_only=True):
    """So many learners were served in the end, perhaps none."""

    TOPIC: ClassVar[str] = "company-report.closed"
    report: UUID
    outcome: Outcome
    learners: int
    note: Annotated[str | Erased, personal("report")]


class ReportReopened(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "company-report.reopened"
    report: UUID
    reason: Annotated[str | Erased, personal("report")]
    holder: Holder


class UnmetNeedNoted(Event, frozen=True, kw_only=True):
    """What could not be met is seen as a gap: in this theme, or by this finding."""

    TOPIC: ClassVar[str] = "company-report.unmet-need-noted"
    report: UUID
    municipality: str
    theme: UUID | None = None
    finding: UUID | None = None
