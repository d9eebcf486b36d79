"""What figures know of a report: what was needed where, and how far it was on a day."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeAlias

import msgspec

from domain.course_offers.levels import Level
from domain.language_needs.events import (
    AnswerKind,
    CompanyAnswered,
    CourseStarted,
    ReportAcknowledged,
    ReportChanged,
    ReportSubmitted,
)
from domain.language_needs.events_end import ReportClosed, ReportReopened, ReportWithdrawn
from domain.language_needs.need import Need

CountedEvent: TypeAlias = (
    ReportSubmitted
    | ReportChanged
    | ReportAcknowledged
    | CompanyAnswered
    | CourseStarted
    | ReportClosed
    | ReportWithdrawn
    | ReportReopened
)
"""What figures follow from. Nothing of it is sealed: they stay when a contact is erased."""

WITHDRAWN = "withdrawn"
"""How a report ended that its company took back; the others end with an Outcome."""


class Waiting(StrEnum):
    """Why a report that is open is so."""

    UNANSWERED = "unanswered"
    NOTHING_OFFERED = "nothing-offered"
    TO_BEGIN = "to-begin"
    RUNNING = "running"


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it was on a day. `ending` is empty while it is open."""

    received: date
    municipality: str
    trade: str
    wanted: tuple[tuple[Level, int], ...]
    acknowledged: date | None = None
    answered: date | None = None
    answer: AnswerKind | None = None
    starts_on: date | None = None
    ended: date | None = None
    ending: str = ""

    @property
    def learners(self) -> int:
        return sum(number for _, number in self.wanted)

    def waits(self, on: date) -> Waiting:
        """Of one that is open: what is missing still."""
        if self.starts_on is not None and self.starts_on <= on:
            return Waiting.RUNNING
        if self.answer is None:
            return Waiting.UNANSWERED
        if self.answer is AnswerKind.NONE and self.starts_on is None:
            return Waiting.NOTHING_OFFERED
        return Waiting.TO_BEGIN


def counted(history: Iterable[tuple[date, CountedEvent]], until: date) -> Counted | None:
    """The report at the end of a day, from the days of its events; None if it was not there.

    What was said later is left out, so that figures of a day are the same ever after.
    """
    found: Counted | None = None
    for day, event in history:
        if day > until:
            continue
        if isinstance(event, ReportSubmitted):
            found = Counted(
                received=day,
                municipality=event.company.municipality,
                trade=event.company.trade,
                wanted=_wanted(event.need),
            )
        elif found is not None:
            found = _after(found, day, event)
    return found


def _after(report: Counted, day: date, event: CountedEvent) -> Counted:
    change = msgspec.structs.replace
    match event:
        case ReportSubmitted():
            return report
        case ReportChanged(company=company, need=need):
            return change(
                report,
                municipality=company.municipality,
                trade=company.trade,
                wanted=_wanted(need),
            )
        case ReportAcknowledged():
            return change(report, acknowledged=report.acknowledged or day)
        case CompanyAnswered(kind=kind):
            return change(report, answered=report.answered or day, answer=kind)
        case CourseStarted(starts_on=starts_on):
            return change(report, starts_on=starts_on)
        case ReportClosed(outcome=outcome):
            return change(report, ended=day, ending=outcome.value)
        case ReportWithdrawn():
            return change(report, ended=day, ending=WITHDRAWN)
        case ReportReopened():
            return change(report, ended=None, ending="")


def _wanted(need: Need) -> tuple[tuple[Level, int], ...]:
    """The learners who want to reach each level, from the lowest."""
    return tuple(
        (level, number)
        for level in Level
        if (number := sum(group.number for group in need.groups if group.wanted is level))
    )
