"""A company's report: its stages, who holds it, and how both follow from what happened."""

from datetime import datetime
from typing import TypeAlias, assert_never

import msgspec

from domain.language_needs.events import (
    CompanyAnswered,
    CompanyAsked,
    CourseFollowedUp,
    CourseMoment,
    CourseStarted,
    Escalated,
    HolderReminded,
    OfferProposed,
    QuestionAnswered,
    ReferralAnswered,
    ReferralRecalled,
    ReportAcknowledged,
    ReportChanged,
    ReportEvent,
    ReportLeftPool,
    ReportPutIntoPool,
    ReportReferred,
    ReportSubmitted,
    ReportTriaged,
)
from domain.language_needs.events_end import (
    Outcome,
    ReportClosed,
    ReportReopened,
    ReportWithdrawn,
    UnmetNeedNoted,
    WithdrawalReason,
)
from domain.language_needs.holder import Holder, Task
from domain.language_needs.record import Record, added, begun, called_off


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Climb(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the holder was reminded, and how far what is overdue has climbed, and when."""

    is_reminded: bool = False
    level: int = 0
    at: datetime | None = None


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is open: somebody holds it until a moment."""

    record: Record
    holder: Holder
    climb: Climb = Climb()


class Received(Held, frozen=True, kw_only=True, tag=True):
    """Nobody has told the company yet who sees to it."""


class Acknowledged(Held, frozen=True, kw_only=True, tag=True):
    """To be triaged."""


class Triaged(Held, frozen=True, kw_only=True, tag=True):
    """An answer is looked for."""


class Referred(Held, frozen=True, kw_only=True, tag=True):
    """A partner holds it."""


class Asked(Held, frozen=True, kw_only=True, tag=True):
    """The company holds it: it was asked something."""

    was_triaged: bool


class Answered(Held, frozen=True, kw_only=True, tag=True):
    """The company has its answer: an offer, a shared course, or why there is none."""


class Running(Held, frozen=True, kw_only=True, tag=True):
    """A course is arranged or under way; `followed` is the last moment it was asked about."""

    followed: CourseMoment | None = None


class Closed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record
    outcome: Outcome
    learners: int


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record
    reason: WithdrawalReason


Open: TypeAlias = Received | Acknowledged | Triaged | Referred | Asked | Answered | Running
Ended: TypeAlias = Closed | Withdrawn
Existing: TypeAlias = Open | Ended
CompanyReport: TypeAlias = Unknown | Existing


def stage_of(report: CompanyReport) -> str:
    """The stage's name as it is stored, sent and shown, such as `received`."""
    return type(report).__name__.lower()


def evolve(report: CompanyReport, event: ReportEvent) -> CompanyReport:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, ReportSubmitted):
        return Received(record=begun(event), holder=event.holder)
    if isinstance(report, Unknown):
        return report
    return _go_on(report, event)


def _go_on(report: Existing, event: ReportEvent) -> Existing:
    record = report.record
    match event:
        case HolderReminded() | Escalated():
            return _climbed(report, event)
        case OfferProposed() | ReportPutIntoPool() | ReportLeftPool() | UnmetNeedNoted():
            return msgspec.structs.replace(report, record=added(record, event))
        case ReportWithdrawn(reason=reason):
            return Withdrawn(record=_without_referral(record), reason=reason)
        case ReportClosed(outcome=outcome, learners=learners):
            return Closed(record=_without_referral(record), outcome=outcome, learners=learners)
        case ReportReopened(holder=holder):
            reopened = Received if holder.what is Task.ACKNOWLEDGE else Acknowledged
            return reopened(record=record, holder=holder)
        case ReportSubmitted():
            return report
        case _:
            return _handed_on(report, event)


_HandedOn: TypeAlias = (
    ReportChanged
    | ReportAcknowledged
    | ReportTriaged
    | ReportReferred
    | ReferralAnswered
    | ReferralRecalled
    | CompanyAsked
    | QuestionAnswered
    | CompanyAnswered
    | CourseStarted
    | CourseFollowedUp
)


def _handed_on(report: Existing, event: _HandedOn) -> Open:
    record, holder = added(report.record, event), event.holder
    climb = _climb_of(report, holder)
    match event:
        case ReportAcknowledged():
            return Acknowledged(record=record, holder=holder, climb=climb)
        case ReportChanged() | QuestionAnswered():
            return _back(record, holder, climb)
        case ReportTriaged() | ReferralAnswered() | ReferralRecalled():
            return Triaged(record=record, holder=holder, climb=climb)
        case ReportReferred():
            return Referred(record=record, holder=holder, climb=climb)
        case CompanyAsked():
            was_triaged = not isinstance(report, Acknowledged)
            return Asked(record=record, holder=holder, climb=climb, was_triaged=was_triaged)
        case CompanyAnswered():
            return Answered(record=record, holder=holder, climb=climb)
        case CourseStarted():
            return Running(record=record, holder=holder, climb=climb)
        case CourseFollowedUp(moment=moment):
            return Running(record=record, holder=holder, climb=climb, followed=moment)
        case _:
            assert_never(event)


def _back(record: Record, holder: Holder, climb: Climb) -> Open:
    """Where it goes on is what its holder has to do next."""
    match holder.what:
        case Task.ACKNOWLEDGE:
            return Received(record=record, holder=holder, climb=climb)
        case Task.TRIAGE:
            return Acknowledged(record=record, holder=holder, climb=climb)
        case _:
            return Triaged(record=record, holder=holder, climb=climb)


def _climb_of(report: Existing, holder: Holder) -> Climb:
    """Nothing has climbed for a new holder; a report that stays where it is goes on climbing."""
    if isinstance(report, Held) and report.holder == holder:
        return report.climb
    return Climb()


def _climbed(report: Existing, event: HolderReminded | Escalated) -> Existing:
    if isinstance(report, Closed | Withdrawn):
        return report
    match event:
        case HolderReminded():
            climb = msgspec.structs.replace(report.climb, is_reminded=True)
        case Escalated(level=level, at=at):
            climb = msgspec.structs.replace(report.climb, level=level, at=at)
        case _:
            assert_never(event)
    return msgspec.structs.replace(report, climb=climb)


def _without_referral(record: Record) -> Record:
    return msgspec.structs.replace(record, referrals=called_off(record.referrals))


def holder_of(report: CompanyReport) -> Holder | None:
    """Who holds it; nobody holds what has ended, or never was."""
    return report.holder if isinstance(report, Held) else None
