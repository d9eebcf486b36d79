"""What the county sees of a round: published figures, each for five people at least."""

from collections.abc import Sequence
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.figure_views import CountyFigures
from services.api.round_views import AssessmentRoundView
from services.county_figures.tables import ChangedBlock, LevelBlock
from services.identity.areas import Area
from services.web.assessments.viewer import viewer_of
from services.web.charts import Bar, Bars, Pair, Pairs, picture
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.language import language_of
from services.web.rendering import Pages
from services.web.texts import say

AREA = for_area(Area.ASSESSMENTS)
HERE = "/erhebungen/runden/{round_id:uuid}/zahlen"


@get(HERE, opt=AREA)
async def show_figures(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The published figures with how to cite them, and the change in a retest."""
    return await _show(request, inside, pages, round_id, recorded=ab)


@post(HERE, opt=AREA)
async def publish_figures(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Publish figures of classes that came later."""
    form = await form_of(request)
    try:
        decision = await inside.decide(request, "POST", f"/rounds/{round_id}/figures", key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, round_id, wrong=Wrong.of(refusal))
    page = f"/erhebungen/runden/{round_id}/zahlen?ab={decision.position}"
    return Redirect(page, status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    round_id: UUID,
    *,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    figures = await inside.read(request, f"/rounds/{round_id}/figures", CountyFigures)
    county = figures.publications[0].rows[0].blocks if figures.publications else []
    changed = figures.change[0].blocks if figures.change else []
    return await pages.show(
        request,
        "assessments/figures.html",
        status=wrong.status if wrong else 200,
        viewer=viewer_of(request),
        round=await inside.read(request, f"/rounds/{round_id}", AssessmentRoundView),
        figures=figures,
        levels=await picture(_bars(request, county)) if county else None,
        changes=await picture(_pairs(request, changed)) if changed else None,
        wrong=wrong,
        recorded=recorded,
    )


def span(request: Visit, block: LevelBlock | ChangedBlock) -> str:
    """`A1 bis A2`, or the level alone."""
    if block.lowest == block.highest:
        return block.lowest
    facts = {"lowest": block.lowest, "highest": block.highest}
    return say("assessments.figures.span", language_of(request), facts)


def _bars(request: Visit, blocks: Sequence[LevelBlock]) -> Bars:
    def text(key: str) -> str:
        return say(f"assessments.chart.{key}", language_of(request), {})

    return Bars(
        title=text("county_title"),
        description=text("county_description"),
        axis=text("people"),
        bars=tuple(Bar(label=span(request, one), count=one.people) for one in blocks),
    )


def _pairs(request: Visit, blocks: Sequence[ChangedBlock]) -> Pairs:
    def text(key: str) -> str:
        return say(f"assessments.chart.{key}", language_of(request), {})

    return Pairs(
        title=text("change_title"),
        description=text("change_description"),
        axis=text("people"),
        first=text("first"),
        second=text("retest"),
        pairs=tuple(
            Pair(label=span(request, one), first=one.first, second=one.retest) for one in blocks
        ),
    )
