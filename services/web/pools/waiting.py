"""The reports that could still be put into a shared course, for a person to choose from."""

from services.api.company_report_views import CompanyReportSummary
from services.api.course_pool_views import CoursePoolView
from services.web.inside import Inside, Visit

ALL = 200
WAITING = frozenset({"acknowledged", "triaged", "referred", "asked", "answered"})
"""Stages at which a company still waits for a course."""
TAKES_PART = frozenset({"asked", "agreed"})


async def still_waiting(request: Visit, inside: Inside) -> list[CompanyReportSummary]:
    """Those that are open and have no course yet. Whether they would share, the API knows."""
    listed = inside.items(
        request, "/company-reports", CompanyReportSummary, is_open=True, limit=ALL
    )
    return [one async for one in listed if one.stage in WAITING]


async def could_share(
    request: Visit, inside: Inside, pool: CoursePoolView
) -> list[CompanyReportSummary]:
    """Those who wait for a course of this level and are not asked about this one already."""
    asked = {one.report for one in pool.members if one.standing in TAKES_PART}
    return [
        one
        for one in await still_waiting(request, inside)
        if pool.level in one.wanted and one.id not in asked
    ]
