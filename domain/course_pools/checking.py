"""Whether a course can be filled together, and whether a report may be among those who do."""

from collections.abc import Iterator
from datetime import timedelta

from domain.course_offers.offer import Offered
from domain.course_pools.context import PoolContext
from domain.course_pools.details import PoolCourse, PoolMember
from domain.course_pools.errors import (
    BoundsMalformed,
    InAnotherPool,
    LearnersNotThere,
    OfferNotOpen,
    OutsideTheCounty,
    PoolingNotWanted,
    ReportNotReady,
    ReportUnknown,
    StartOutOfRange,
    UnknownCourseType,
)
from domain.course_pools.pool import (
    Existing,
    MemberStanding,
    Proposed,
    is_below_minimum,
    taking_part,
    told,
)
from domain.kernel import DomainError
from domain.language_needs.need import Need
from domain.language_needs.report import (
    Closed,
    Received,
    Running,
    Unknown,
    Withdrawn,
    stage_of,
)

FEWEST = 2
"""One company alone shares with nobody."""
FARTHEST = timedelta(days=400)
"""A course is arranged within a year or so."""


def check_course(course: PoolCourse, context: PoolContext) -> None:
    """Raises the first of what is wrong."""
    if course.course_type not in context.types:
        raise UnknownCourseType(course.course_type)
    if course.municipality and course.municipality not in context.municipalities:
        raise OutsideTheCounty(course.municipality)
    last = context.today + FARTHEST
    if not context.today < course.starts_on <= last:
        raise StartOutOfRange(course.starts_on.isoformat(), last.isoformat())
    if not 1 <= course.minimum <= course.maximum:
        raise BoundsMalformed(course.minimum, course.maximum)
    if course.offer is not None and not isinstance(context.offer, Offered):
        raise OfferNotOpen(str(course.offer))


def check_member(member: PoolMember, course: PoolCourse, context: PoolContext, field: str) -> None:
    """Raises the first of what speaks against it; `field` is where the member stands."""
    for error in faults(member, course, context, field):
        raise error


def faults(
    member: PoolMember, course: PoolCourse, context: PoolContext, field: str = ""
) -> Iterator[DomainError]:
    """All that speaks against this report being asked about this course."""
    named, where = str(member.report), f"{field}/report".strip("/")
    report = context.reports.get(member.report, Unknown())
    if isinstance(report, Unknown):
        yield ReportUnknown(named, where)
        return
    if isinstance(report, Received | Running | Closed | Withdrawn):
        yield ReportNotReady(named, stage_of(report), where)
    need = report.record.need
    if not need.pooling:
        yield PoolingNotWanted(named, where)
    if member.report in context.elsewhere:
        yield InAnotherPool(named, str(context.elsewhere[member.report]), where)
    there = learners_for(need, course)
    if not 1 <= member.learners <= there:
        yield LearnersNotThere(named, member.learners, there, f"{field}/learners".strip("/"))


def learners_for(need: Need, course: PoolCourse) -> int:
    """How many are on their way to the level of the course: not there yet, and want it."""
    return sum(
        group.number
        for group in need.groups
        if group.present.rank < course.level.rank <= group.wanted.rank
    )


def is_complete(pool: Existing, context: PoolContext) -> bool:
    """Whether everybody who is still in has agreed, may be in it, and they are enough."""
    members = taking_part(pool)
    return (
        isinstance(pool, Proposed)
        and len(members) >= FEWEST
        and not is_below_minimum(pool)
        and all(member.standing is MemberStanding.AGREED for member in members)
        and not any(fault for m in told(pool) for fault in faults(m, pool.course, context))
    )
