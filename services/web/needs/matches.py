"""The courses for one report, each with what speaks for and against it; one of them is proposed."""

from collections.abc import Sequence
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.company_report_views import CompanyReportView
from services.api.report_matches import GroupMatches
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.needs.offered import offered_to, spoken
from services.web.needs.places import ONE, report_at, viewer_of
from services.web.rendering import Pages

AREA = for_area(Area.REPORTS)
HERE = f"{ONE}/angebote"
OVER = frozenset({"received", "running", "closed", "withdrawn"})
"""Stages at which no offer is proposed: before somebody looked, and once there is a course."""


@get(HERE, opt=AREA)
async def show_matches(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    report_id: FromPath[UUID],
) -> Response[str]:
    """For each group of learners first the courses that fit, then the others, and why not."""
    return await _show(request, inside, pages, report_id)


@post(HERE, opt=AREA)
async def propose_offer(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    report_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Note the course at the report, so that the company can be answered with it."""
    form = await form_of(request)
    path = f"/company-reports/{report_id}/offers"
    body = {"offer": form.text("offer"), "reasons": form.texts("reasons")}
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, report_id, Wrong.of(refusal))
    return Redirect(f"{report_at(report_id)}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit, inside: Inside, pages: Pages, report_id: UUID, wrong: Wrong | None = None
) -> Response[str]:
    path = f"/company-reports/{report_id}"
    report = await inside.read(request, path, CompanyReportView)
    groups = await inside.read(request, f"{path}/matches", list[GroupMatches])
    return await pages.show(
        request,
        "needs/matches.html",
        status=wrong.status if wrong else 200,
        report=report,
        groups=groups,
        fitting=len(_fitting(groups)),
        here=f"{report_at(report_id)}/angebote",
        may_propose=viewer_of(request).coordinates and report.stage not in OVER,
        proposed=frozenset(one.offer for one in report.proposals),
        wrong=wrong,
        **spoken(request, await offered_to(request, inside)),
    )


def _fitting(groups: Sequence[GroupMatches]) -> frozenset[UUID]:
    """The courses that fit some group of the report."""
    return frozenset(one.offer for group in groups for one in group.offers if one.fits)
