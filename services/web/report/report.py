"""The report of a school year: its text, the figures beside it, and what changed since."""

from functools import partial

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.annual_report.commands import report_id
from services.api.goal_views import Behind, SchoolYearView
from services.history import HistoryEntry
from services.identity.areas import Area
from services.identity.post_readers import READS_POSTS
from services.report.prose import INTRODUCTION, remark_of
from services.report.report import Report
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.goals.places import page_of, year_page
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.report.changes import Changes, changes_since
from services.web.report.places import OF_YEAR, report_page
from services.web.sessions.coming import sessions_led_to
from services.web.steering.viewer import viewer_of

AREA = for_area(Area.REPORT)
ALL = 200
NO_NEXT_GOALS = "outlook"


@get(OF_YEAR, opt=AREA)
async def show_report(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
    ab: After = None,
) -> Response[str]:
    """Left the text, right what it rests on."""
    return await _show(request, inside, pages, school_year, recorded=ab)


@post(f"{OF_YEAR}/stand", opt=AREA)
async def keep(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
) -> Response[str] | Redirect:
    """Record that this is the text that is given out."""
    form = await form_of(request)
    path = f"/school-years/{school_year}/report/states"
    try:
        decision = await inside.decide(request, "POST", path, key=form.key, seen=form.seen)
    except Refusal as refusal:
        return await _show(request, inside, pages, school_year, wrong=Wrong.of(refusal))
    return Redirect(f"{report_page(school_year)}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    school_year: str,
    *,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    viewer = viewer_of(request)
    path = f"/school-years/{school_year}"
    report = await inside.read(request, f"{path}/report", Report)
    year = await inside.read(request, path, SchoolYearView)
    behind = await inside.read(request, f"{path}/report/entries", list[Behind])
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/report/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    statements = [one for section in report.sections for one in section.statements]
    return await pages.show(
        request,
        "report/report.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        report=report,
        here=report_page(school_year),
        goals_page=year_page(school_year),
        behind={one.position: one for one in behind},
        page_of=partial(
            page_of,
            sessions=await sessions_led_to(request, inside),
            reads_posts=not viewer.roles.isdisjoint(READS_POSTS),
        ),
        missing=[target for goal in year.goals for target in goal.targets if not target.is_reached],
        outdated=[one for one in statements if one.is_outdated],
        has_next_goals=any(one.key.startswith(f"{NO_NEXT_GOALS}/") for one in statements),
        has_introduction=any(one.key == remark_of(INTRODUCTION) for one in statements),
        introduction=remark_of(INTRODUCTION),
        written={one.key for one in statements if one.prose},
        remark_of=remark_of,
        changes=await _changes(request, inside, path, report),
        stream=report_id(report.school_year),
        entries=entries[::-1],
        wrong=wrong,
        recorded=recorded,
    )


async def _changes(request: Visit, inside: Inside, path: str, report: Report) -> Changes | None:
    """Since the text was given out last; None if it never was."""
    if not report.kept:
        return None
    last = report.kept[-1]
    if last.digest == report.digest:
        return Changes()
    earlier = await inside.read(request, f"{path}/report", Report, position=last.up_to)
    return changes_since(earlier, report)
