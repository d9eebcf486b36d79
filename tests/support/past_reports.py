"""Companies' reports of the half-year that is over, as they stand in the log; counted by hand."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.kernel import Event
from domain.language_needs.events import (
    AnswerKind,
    Channel,
    CompanyAnswered,
    CourseStarted,
    ReportAcknowledged,
    ReportSubmitted,
)
from domain.language_needs.events_end import Outcome, ReportClosed
from domain.language_needs.half_year import HalfYear, half_of
from domain.language_needs.holder import Holder, HolderKind, Task
from domain.language_needs.need import Chamber, Contact, Firm, LearnerGroup, Need, Size
from domain.language_needs.reference import reference_of
from services.eventstore.store import EventStore
from tests.support.days import ZONE, today
from tests.support.steering_log import SteeringLog

COMPANY, CONTACT = "Geheim & Söhne", "Petra Probst"
DELBRUECK, SALZKOTTEN = "05774020", "05774036"
UNTIL_COURSE = 28
"""Days from a report to the beginning of its course."""


def last_half() -> HalfYear:
    """The latest one that is over."""
    return half_of(half_of(today()).first - timedelta(days=1))


async def record_past_reports(store: EventStore, half: HalfYear) -> None:
    """Twelve reports: six companies got a course, five were told that there is none, one waits.

    All came in on one day and were acknowledged on it; eleven were answered on it.
    """
    day = half.first + timedelta(days=30)
    later = day + timedelta(days=UNTIL_COURSE + 30)
    for number in range(6):
        report = await _received(store, number, day, _Needed(DELBRUECK, "C", 4, Level.B1))
        await _answered(store, report, day, AnswerKind.OFFER)
        begins = day + timedelta(days=UNTIL_COURSE)
        started = CourseStarted(
            report=report,
            starts_on=begins,
            ends_on=later,
            participants=4,
            holder=_holder(Task.FOLLOW_UP_START, day),
        )
        await _record(store, report, day, started)
        await _closed(store, report, later, Outcome.COURSE_HELD, 4)
    for number in range(6, 11):
        report = await _received(store, number, day, _Needed(SALZKOTTEN, "G", 3, Level.B2))
        await _answered(store, report, day, AnswerKind.NONE)
        await _closed(store, report, later, Outcome.NO_OFFER, 0)
    await _received(store, 11, day, _Needed(DELBRUECK, "Q", 2, Level.B1))


async def record_report_of_today(store: EventStore) -> None:
    """One more, in the half-year that runs."""
    await _received(store, 12, today(), _Needed(DELBRUECK, "C", 9, Level.B1))


class _Needed(NamedTuple):
    """What is counted of a report."""

    municipality: str
    trade: str
    learners: int
    wanted: Level


async def _received(store: EventStore, number: int, day: date, needed: _Needed) -> UUID:
    report = uuid4()
    group = LearnerGroup(
        number=needed.learners,
        status=Status.EMPLOYED,
        present=Level.A2,
        wanted=needed.wanted,
    )
    submitted = ReportSubmitted(
        report=report,
        reference=reference_of(30_000_000 + number),
        channel=Channel.TELEPHONE,
        company=Firm(
            municipality=needed.municipality,
            trade=needed.trade,
            size=Size.TO_49,
            chamber=Chamber.NONE,
        ),
        company_name=COMPANY,
        contact=Contact(name=CONTACT),
        need=Need(groups=(group,)),
        remark="",
        language="de",
        confirmed_at=None,
        holder=_holder(Task.ACKNOWLEDGE, day),
    )
    acknowledged = ReportAcknowledged(
        report=report, contact_person="ada", message="", holder=_holder(Task.TRIAGE, day)
    )
    await _record(store, report, day, submitted, acknowledged)
    return report


async def _answered(store: EventStore, report: UUID, day: date, kind: AnswerKind) -> None:
    holder = _holder(Task.CONCLUDE, day)
    answered = CompanyAnswered(report=report, kind=kind, text="Guten Tag.", holder=holder)
    await _record(store, report, day, answered)


async def _closed(
    store: EventStore, report: UUID, day: date, outcome: Outcome, learners: int
) -> None:
    closed = ReportClosed(report=report, outcome=outcome, learners=learners, note="")
    await _record(store, report, day, closed)


async def _record(store: EventStore, report: UUID, day: date, *events: Event) -> None:
    at = datetime.combine(day, time(12), ZONE)
    await SteeringLog(store).record(report, *events, at=at)


def _holder(what: Task, day: date) -> Holder:
    since = datetime.combine(day, time(12), ZONE)
    return Holder(
        kind=HolderKind.COORDINATION, what=what, since=since, due=since + timedelta(days=7)
    )
