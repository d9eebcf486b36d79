"""Figures about companies' reports: charts with their tables, and what is missing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, TypeAlias
from urllib.parse import urlencode

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Response
from markupsafe import Markup

from services.api.finding_views import FindingSummary
from services.api.report_figure_views import ReportFigures
from services.identity.areas import Area
from services.need_figures.tables import TABLES, NeedFigureRow
from services.texts.language import Language
from services.web.charts import Bar, Bars, picture
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.language import language_of
from services.web.needs.places import FIGURES
from services.web.rendering import Pages
from services.web.steering.places import places_below
from services.web.steering.viewer import viewer_of
from services.web.texts import say

API = "/company-report-figures"

FirstChosen: TypeAlias = Annotated[date | None, QueryParameter(name="von", required=False)]
LastChosen: TypeAlias = Annotated[date | None, QueryParameter(name="bis", required=False)]


@get(FIGURES, opt=for_area(Area.STEERING))
async def show_figures(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    first: FirstChosen = None,
    last: LastChosen = None,
) -> Response[str]:
    """For whoever steers or works in a group: neither companies nor learners are in it."""
    viewer, language = viewer_of(request), language_of(request)
    asked = {"from": first and first.isoformat(), "to": last and last.isoformat()}
    figures = await inside.read(request, API, ReportFigures, **asked)
    gaps: list[FindingSummary] = []
    if viewer.reads_findings:
        gaps = await inside.read(request, f"{API}/unmet-needs", list[FindingSummary])
    tables = _tables(figures)
    return await pages.show(
        request,
        "needs/figures.html",
        viewer=viewer,
        places=places_below(request),
        figures=figures,
        tables=tables,
        charts=await _charts(tables, language),
        gaps=gaps,
        files=f"/api/v1{API}/table",
        span_asked=urlencode({"from": figures.first, "to": figures.last}) if figures.first else "",
    )


def _tables(figures: ReportFigures) -> Mapping[str, Sequence[NeedFigureRow]]:
    return {name: getattr(figures, name) for name in TABLES}


async def _charts(
    tables: Mapping[str, Sequence[NeedFigureRow]], language: Language
) -> Mapping[str, Markup]:
    """One for each table that has something to compare."""
    return {
        name: await picture(_bars(name, rows, language))
        for name, rows in tables.items()
        if len(rows) > 1
    }


def _bars(table: str, rows: Sequence[NeedFigureRow], language: Language) -> Bars:
    def text(key: str) -> str:
        return say(f"need_figures.{key}", language, {})

    return Bars(
        title=text(f"tables.{table}"),
        description=text("tables.chart"),
        axis=text("reports"),
        bars=tuple(
            Bar(label=text("joined") if row.is_joined else row.name, count=row.reports)
            for row in rows
        ),
    )
