"""The goals of one school year: target, actual, the events behind each figure, and what to do."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.goals.events import Standing
from services.api.goal_views import SchoolYearView
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.goals.places import OF_YEAR, page_of, year_page
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.sessions.coming import sessions_led_to
from services.web.steering.viewer import viewer_of

AREA = for_area(Area.STEERING)
ALL = 200
WARNED_OF = (Standing.OUT_OF_REACH, Standing.AT_RISK, Standing.MISSED)

STEPS: Mapping[str, tuple[str, Callable[[Form], Mapping[str, object] | None]]] = {
    "zaehlen": ("standings", lambda _: None),
    "abschliessen": ("closing", lambda _: None),
    "wieder-oeffnen": ("reopening", lambda form: {"reason": form.text("reason")}),
}
"""The step and its body by the address of its form."""


@get(OF_YEAR, opt=AREA)
async def show_year(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
    ab: After = None,
) -> Response[str]:
    """How far each goal is reached, and what its figures rest on."""
    return await _show(request, inside, pages, school_year, recorded=ab)


@post(f"{OF_YEAR}/schritt/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Count now, close the year, or open it again."""
    form = await form_of(request)
    name, body = STEPS.get(step, (step, lambda _: None))
    path = f"/school-years/{school_year}/{name}"
    seen = None if name == "standings" else form.seen
    try:
        decision = await inside.decide(request, "POST", path, body(form), key=form.key, seen=seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(request, inside, pages, school_year, form=form, wrong=wrong, step=step)
    return Redirect(f"{year_page(school_year)}?ab={decision.position}", status_code=303)


@post(f"{OF_YEAR}/{{goal:str}}/streichen", opt=AREA)
async def remove_goal(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
    goal: FromPath[str],
) -> Response[str] | Redirect:
    """Drop the goal, with a reason."""
    form = await form_of(request)
    field = f"reason-{goal}"
    path = f"/school-years/{school_year}/goals/{goal}/removal"
    try:
        decision = await inside.decide(
            request, "POST", path, {"reason": form.text(field)}, key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        wrong = _at(Wrong.of(refusal), {"reason": field})
        return await _show(request, inside, pages, school_year, form=form, wrong=wrong, step=goal)
    return Redirect(f"{year_page(school_year)}?ab={decision.position}", status_code=303)


def _at(wrong: Wrong, names: Mapping[str, str]) -> Wrong:
    """The same, where fields have other names on the page than in the API."""
    fields = {names.get(name, name): said for name, said in wrong.fields.items()}
    return Wrong(
        title=wrong.title, detail=wrong.detail, code=wrong.code, status=wrong.status, fields=fields
    )


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    school_year: str,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about, or the goal."""
    viewer = viewer_of(request)
    path = f"/school-years/{school_year}"
    year = await inside.read(request, path, SchoolYearView)
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    targets = list(chain.from_iterable(goal.targets for goal in year.goals))
    return await pages.show(
        request,
        "goals/year.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        year=year,
        here=year_page(school_year),
        reached=sum(goal.is_reached for goal in year.goals),
        warnings=[
            target for standing in WARNED_OF for target in targets if target.standing == standing
        ],
        is_over=year.ends_on < year.counted_on,
        page_of=partial(page_of, sessions=await sessions_led_to(request, inside)),
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )
