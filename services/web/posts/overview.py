"""All posts at a glance: how many are funded and how many of them filled, now and over time."""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Response

from domain.posts.terms import FULL_TIME, Part
from services.api.post_views import MonthFigures, PostSummary, StaffingView
from services.identity.areas import Area
from services.texts.language import Language
from services.texts.words import month
from services.web.administration.answers import municipality_names, organisation_names
from services.web.charts import picture
from services.web.door import for_area
from services.web.inside import After, Inside, Visit
from services.web.language import language_of
from services.web.month_columns import Months, MonthShare
from services.web.posts.viewer import HOME, page_of, viewer_of
from services.web.rendering import Pages
from services.web.texts import say

ALL = 200
PartChosen: TypeAlias = Annotated[
    str | None, QueryParameter(name="baustein", max_length=40, required=False)
]
PlaceChosen: TypeAlias = Annotated[
    str | None, QueryParameter(name="kommune", pattern=r"^([0-9]{8})?$", required=False)
]


@get(HOME, opt=for_area(Area.POSTS))
async def show_posts(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    part: PartChosen = None,
    place: PlaceChosen = None,
    ab: After = None,
) -> Response[str]:
    """The sentence, the chart with its table, and the posts one by one."""
    chosen = {"part": part or None, "municipality": place or None}
    staffing = await inside.read(request, "/posts/staffing", StaffingView, **chosen)
    listed = inside.items(request, "/posts", PostSummary, limit=ALL, **chosen)
    language = language_of(request)
    return await pages.show(
        request,
        "posts/overview.html",
        viewer=viewer_of(request),
        staffing=staffing,
        posts=[post async for post in listed],
        months=[(month(one.month, language), one) for one in staffing.months],
        chart=await picture(_chart(staffing.months, language)) if staffing.months else None,
        municipalities=await municipality_names(inside, request),
        organisations=await organisation_names(inside, request),
        parts=list(Part),
        part=part or "",
        place=place or "",
        page_of=page_of,
        recorded=ab,
    )


def _chart(months: Sequence[MonthFigures], language: Language) -> Months:
    def text(key: str) -> str:
        return say(f"posts.chart.{key}", language, {})

    return Months(
        title=text("title"),
        description=text("description"),
        axis=text("axis"),
        whole=FULL_TIME,
        months=tuple(
            MonthShare(label=f"{one.month:%m/%y}", filled=one.filled, funded=one.funded)
            for one in months
        ),
    )
