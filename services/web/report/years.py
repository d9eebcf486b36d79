"""The school years that have a report: each that has goals."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.school_years import SchoolYearSummary
from services.identity.areas import Area
from services.web.assessments.viewer import present_year
from services.web.door import for_area
from services.web.goals.places import GOALS
from services.web.inside import Inside, Visit
from services.web.rendering import Pages
from services.web.report.places import REPORTS, report_page
from services.web.steering.viewer import viewer_of

ALL = 200


@get(REPORTS, opt=for_area(Area.REPORT))
async def show_years(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The latest first, with how far its goals are."""
    listed = inside.items(request, "/school-years", SchoolYearSummary, limit=ALL)
    found = [one async for one in listed]
    return await pages.show(
        request,
        "report/years.html",
        viewer=viewer_of(request),
        years=sorted(found, key=lambda one: one.school_year, reverse=True),
        present=present_year(),
        goals=GOALS,
        report_page=report_page,
    )
