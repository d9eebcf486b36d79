"""The school years and their goals, this one first."""

from collections.abc import Sequence

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.school_years import SchoolYearSummary
from services.identity.areas import Area
from services.web.assessments.viewer import coming_years, present_year
from services.web.door import for_area
from services.web.goals.places import GOALS, year_page
from services.web.inside import After, Inside, Visit
from services.web.rendering import Pages
from services.web.steering.places import places_below
from services.web.steering.viewer import viewer_of

ALL = 200


class YearToSet(msgspec.Struct, frozen=True, kw_only=True):
    """A school year for which goals can be set without saying where they come from."""

    name: str
    address: str


@get(GOALS, opt=for_area(Area.STEERING))
async def show_years(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
) -> Response[str]:
    """Each year with how many goals it has, how many are reached, and how many at risk."""
    listed = inside.items(request, "/school-years", SchoolYearSummary, limit=ALL, at_least=ab)
    found = [one async for one in listed]
    present = present_year()
    return await pages.show(
        request,
        "goals/years.html",
        viewer=viewer_of(request),
        places=places_below(request),
        present=present,
        this=next((one for one in found if one.school_year == present), None),
        years=_this_one_first(found, present),
        to_set=[YearToSet(name=name, address=f"{year_page(name)}/neu") for name in coming_years()],
        year_page=year_page,
    )


def _this_one_first(
    years: Sequence[SchoolYearSummary], present: str
) -> Sequence[SchoolYearSummary]:
    """Then the others, the latest first."""
    latest = sorted(years, key=lambda one: one.school_year, reverse=True)
    return sorted(latest, key=lambda one: one.school_year != present)
