"""One resolution: what was resolved, by which vote, and what became of it."""

from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.resolution_views import ResolutionView
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.administration.answers import organisation_names
from services.web.assessments.viewer import ZONE
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.mandates.addresses import ONE, resolution_at, review_at
from services.web.mandates.around import around
from services.web.mandates.reader import reader_of
from services.web.mandates.steps import STEPS, Step, body_of, names_of
from services.web.mandates.wrong import wrong_of
from services.web.rendering import Pages
from services.web.steering.places import HOME

AREA = for_area(Area.STEERING)
ALL = 200


@get(ONE, opt=AREA)
async def show_resolution(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    resolution_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The resolution as it stands, and what can be done about its mandate."""
    return await show_resolution_page(request, inside, pages, resolution_id, recorded=ab)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    resolution_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Report, extend, hand over, fulfil, take up again, revoke, annul."""
    form = await form_of(request)
    taken = STEPS.get(step, Step(path=step))
    path = f"/resolutions/{resolution_id}/{taken.path}"
    body = body_of(form, step, taken)
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal, names_of(step, taken))
        return await show_resolution_page(
            request, inside, pages, resolution_id, form=form, wrong=wrong, step=step
        )
    return Redirect(f"{resolution_at(resolution_id)}?ab={decision.position}", status_code=303)


@post(f"{ONE}/bedarfspruefung", opt=AREA)
async def open_review(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    resolution_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Open the need review it asks for, where no process has done so."""
    form = await form_of(request)
    path = f"/resolutions/{resolution_id}/need-review"
    try:
        decision = await inside.decide(request, "POST", path, key=form.key)
    except Refusal as refusal:
        return await show_resolution_page(
            request, inside, pages, resolution_id, form=form, wrong=wrong_of(refusal)
        )
    return Redirect(f"{review_at(decision.id)}?ab={decision.position}", status_code=303)


@post(f"{ONE}/arbeitsgruppe", opt=AREA)
async def establish_group(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    resolution_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Establish the working group it asks for, where no process has done so."""
    form = await form_of(request)
    body = {"resolution": resolution_id, "since": form.text("group-since") or None}
    try:
        decision = await inside.decide(request, "POST", "/working-groups", body, key=form.key)
    except Refusal as refusal:
        wrong = wrong_of(refusal, {"since": "group-since"})
        return await show_resolution_page(
            request, inside, pages, resolution_id, form=form, wrong=wrong, step="arbeitsgruppe"
        )
    address = f"{HOME}/arbeitsgruppen/{decision.id}?ab={decision.position}"
    return Redirect(address, status_code=303)


async def show_resolution_page(
    request: Visit,
    inside: Inside,
    pages: Pages,
    resolution_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    reader = reader_of(request)
    path = f"/resolutions/{resolution_id}"
    resolution = await inside.read(request, path, ResolutionView)
    entries: list[HistoryEntry] = []
    if reader.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "mandates/resolution.html",
        status=wrong.status if wrong else 200,
        reader=reader,
        resolution=resolution,
        around=await around(request, inside, reader, resolution, recorded),
        organisations=await organisation_names(inside, request),
        entries=entries[::-1],
        today=datetime.now(ZONE).date(),
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )
