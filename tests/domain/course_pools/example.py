"""Three companies near Salzkotten that could fill a course to B1 together."""

from datetime import date
from uuid import UUID

import msgspec

from domain.course_offers.levels import Level
from domain.course_pools.commands import AgreeToPool, DeclinePool, ProposePool
from domain.course_pools.context import PoolContext
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.details import PoolCourse, PoolMember
from domain.course_pools.events import PoolAgreed, PoolDeclined, PoolFormed, PoolProposed
from domain.kernel import Actor, Role, stream_id
from domain.language_needs.commands import SubmitReport
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.events import ReportEvent
from domain.language_needs.reference import reference_of, report_id
from domain.language_needs.report import CompanyReport
from tests.domain.county import ADA, MONDAY, SALZKOTTEN
from tests.domain.language_needs.example import (
    ACKNOWLEDGED,
    FIRM,
    GROUP,
    NEED,
    SUBMIT,
    SUBMITTED,
    TRIAGED,
)
from tests.support.scenario import Scenario

POOL = stream_id("pool", "salzkotten-b1")
OTHER_POOL = stream_id("pool", "paderborn-b1")
MILL, BAKERY, FORGE = (report_id(reference_of(number)) for number in (701, 702, 703))
"""Six learners each, from A2 to B1, willing to share."""

COURSE = PoolCourse(
    course_type="job-bsk",
    level=Level.B1,
    municipality=SALZKOTTEN.ags,
    starts_on=date(2026, 5, 4),
    minimum=7,
    maximum=15,
)
PROPOSE = ProposePool(
    pool=POOL,
    course=COURSE,
    members=(PoolMember(report=MILL, learners=4), PoolMember(report=BAKERY, learners=3)),
)


def submitting(number: int, name: str) -> SubmitReport:
    """The report of another company with the same need."""
    reference = reference_of(number)
    return msgspec.structs.replace(
        SUBMIT,
        report=report_id(reference),
        reference=reference,
        company=msgspec.structs.replace(FIRM, name=name),
    )


SUBMISSIONS = (
    submitting(701, "Mühle Wewer"),
    submitting(702, "Bäckerei Lippe"),
    submitting(703, "Schmiede Thüle"),
)


def reported(report: UUID, *events: ReportEvent) -> CompanyReport:
    """The report as it is once it was triaged, and after these events."""
    submitted = msgspec.structs.replace(SUBMITTED, report=report)
    return COMPANY_REPORT.replay([submitted, ACKNOWLEDGED, TRIAGED, *events])


def wanting(report: UUID, **changes: object) -> CompanyReport:
    """The triaged report with another need, such as `pooling=False`."""
    need = msgspec.structs.replace(NEED, **changes)  # pyright: ignore[reportArgumentType]  (fields of the need)
    submitted = msgspec.structs.replace(SUBMITTED, report=report, need=need)
    return COMPANY_REPORT.replay([submitted, ACKNOWLEDGED, TRIAGED])


FEWER = (msgspec.structs.replace(GROUP, number=2),)
"""Groups with less learners than are in the pool."""

REPORTS = {report: reported(report) for report in (MILL, BAKERY, FORGE)}
CONTEXT = PoolContext(
    by=ADA,
    at=MONDAY,
    today=MONDAY.date(),
    types=frozenset({"job-bsk"}),
    municipalities=frozenset({SALZKOTTEN.ags}),
    reports=REPORTS,
)
pool = Scenario(COURSE_POOL, CONTEXT)

PROPOSED = PoolProposed(pool=POOL, course=COURSE, members=PROPOSE.members)
MILL_AGREED, BAKERY_AGREED, FORGE_AGREED = (
    PoolAgreed(pool=POOL, report=report) for report in (MILL, BAKERY, FORGE)
)
MILL_DECLINED = PoolDeclined(pool=POOL, report=MILL, reason="")
BAKERY_DECLINED = PoolDeclined(pool=POOL, report=BAKERY, reason="")
FORMED = PoolFormed(pool=POOL, members=PROPOSE.members)


def agree(report: UUID) -> AgreeToPool:
    return AgreeToPool(pool=POOL, report=report)


def decline(report: UUID, reason: str = "") -> DeclinePool:
    return DeclinePool(pool=POOL, report=report, reason=reason)


def company_of(report: UUID) -> Actor:
    return Actor(account=str(report), role=Role.COMPANY, signed_in="report-link")
