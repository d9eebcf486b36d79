"""An answer is found for a report, and told to the company: an offer, a shared course, or none."""

from collections.abc import Sequence

from domain.course_offers.offer import Offered
from domain.language_needs.checking import check_message, check_number, check_text
from domain.language_needs.commands import (
    AnswerCompany,
    LeavePool,
    ProposeOffer,
    PutIntoPool,
)
from domain.language_needs.context import ReportContext
from domain.language_needs.errors_processing import (
    AlreadyEnded,
    AnswerIncomplete,
    InAnotherPool,
    NotAtThisStage,
    OfferNotOpen,
    PoolingNotWanted,
)
from domain.language_needs.events import (
    AnswerKind,
    CompanyAnswered,
    OfferProposed,
    ReportEvent,
    ReportLeftPool,
    ReportPutIntoPool,
)
from domain.language_needs.holder import Task, coordination
from domain.language_needs.record import Answer, Record
from domain.language_needs.report import (
    Answered,
    Closed,
    Existing,
    Open,
    Received,
    Running,
    Triaged,
    Withdrawn,
    stage_of,
)

MOST_REASONS = 20


def propose_offer(
    command: ProposeOffer, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """A course offer that may fit. Who holds the report does not change."""
    check_number("reasons", len(command.reasons), 0, MOST_REASONS)
    if isinstance(report, Received | Running):
        raise NotAtThisStage(stage_of(report))
    if command.offer in report.record.offers:
        return []
    if not isinstance(context.offer, Offered):
        raise OfferNotOpen(str(command.offer))
    return [OfferProposed(report=command.report, offer=command.offer, reasons=command.reasons)]


def put_into_pool(command: PutIntoPool, report: Open) -> Sequence[ReportEvent]:
    """Into one pool at a time, if the company would share a course."""
    pool = report.record.pool
    if pool == command.pool:
        return []
    if pool is not None:
        raise InAnotherPool(str(pool))
    if not report.record.need.pooling:
        raise PoolingNotWanted
    if isinstance(report, Received | Running):
        raise NotAtThisStage(stage_of(report))
    return [ReportPutIntoPool(report=command.report, pool=command.pool)]


def leave_pool(command: LeavePool, report: Existing) -> Sequence[ReportEvent]:
    """Also once it has ended: the others must not wait for it."""
    check_text("reason", command.reason)
    if report.record.pool != command.pool:
        return []
    return [ReportLeftPool(report=command.report, pool=command.pool, reason=command.reason)]


def answer_company(
    command: AnswerCompany, report: Existing, context: ReportContext
) -> Sequence[ReportEvent]:
    """The company has its answer, which may be that there is nothing; and why."""
    check_message("text", command.text)
    if isinstance(report, Closed | Withdrawn):
        raise AlreadyEnded(stage_of(report))
    _check_complete(command, report.record, context)
    if not isinstance(report, Triaged | Answered):
        raise NotAtThisStage(stage_of(report))
    told = Answer(kind=command.kind, text=command.text, offer=command.offer, pool=command.pool)
    if isinstance(report, Answered) and report.record.answers[-1] == told:
        return []
    person = report.record.contact_person
    return [
        CompanyAnswered(
            report=command.report,
            kind=command.kind,
            text=command.text,
            offer=command.offer,
            pool=command.pool,
            holder=coordination(Task.CONCLUDE, person, context.at, context.calendar, context.times),
        )
    ]


def _check_complete(command: AnswerCompany, record: Record, context: ReportContext) -> None:
    """Raises AnswerIncomplete and OfferNotOpen."""
    names_offer = command.offer is not None
    names_pool = command.pool is not None
    is_complete = (
        names_offer == (command.kind is AnswerKind.OFFER)
        and names_pool == (command.kind is AnswerKind.POOL)
        and (not names_pool or command.pool == record.pool)
        and (command.kind is not AnswerKind.REFERRED or bool(record.referrals))
    )
    if not is_complete:
        raise AnswerIncomplete(command.kind)
    if names_offer and not isinstance(context.offer, Offered):
        raise OfferNotOpen(str(command.offer))
