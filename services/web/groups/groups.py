"""All working groups: who leads them, how often they have met, and what they still owe."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from domain.steering.resolution_events import Standing
from domain.working_groups.commands import group_id
from domain.working_groups.events import Part
from services.api.group_views import GroupSummary, WorkingGroupView, YearView
from services.api.resolution_views import ResolutionSummary
from services.identity.areas import Area
from services.web.assessments.viewer import present_year
from services.web.concepts.people import organisation_names
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.groups.choices import ALL, present, today
from services.web.groups.viewer import WORKING, viewer_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.steering.places import HOME, places_below

AREA = for_area(Area.STEERING)
LIST = f"{HOME}/arbeitsgruppen"
ASKED_FOR = "establish-working-group"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A group that is at work. `year` is the present school year, if there is anything in it."""

    group: GroupSummary
    parts: Mapping[Part, int]
    year: YearView | None


@get(LIST, opt=AREA)
async def list_groups(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
) -> Response[str]:
    """Those at work, those that have ended, and those that are still to be established."""
    return await _show(request, inside, pages, recorded=ab)


@post(f"{LIST}/einrichten", opt=AREA)
async def establish(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Establish the group that a resolution asks for."""
    form = await form_of(request)
    body = {"resolution": form.text("resolution")}
    try:
        decision = await inside.decide(request, "POST", "/working-groups", body, key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, wrong=Wrong.of(refusal))
    return Redirect(f"{LIST}/{decision.id}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    viewer = viewer_of(request)
    listed = inside.items(request, "/working-groups", GroupSummary, limit=ALL, at_least=recorded)
    groups = [group async for group in listed]
    working = [group for group in groups if group.stage == WORKING]
    asked_for: Sequence[ResolutionSummary] = ()
    if viewer.coordinates:
        asked_for = await _asked_for(request, inside, {group.id for group in groups})
    return await pages.show(
        request,
        "groups/list.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        places=places_below(request),
        rows=[await _row(request, inside, group) for group in working],
        ended=[group for group in groups if group.stage != WORKING],
        overdue=sum(group.overdue_agreements for group in working),
        asked_for=asked_for,
        organisations=await organisation_names(inside, request),
        wrong=wrong,
        recorded=recorded,
    )


async def _row(request: Visit, inside: Inside, group: GroupSummary) -> Row:
    view = await inside.read(request, f"/working-groups/{group.id}", WorkingGroupView)
    there = present(view.members, today())
    year = present_year()
    return Row(
        group=group,
        parts={part: sum(one.part is part for one in there) for part in Part},
        year=next((one for one in view.years if one.school_year == year), None),
    )


async def _asked_for(
    request: Visit, inside: Inside, there: set[UUID]
) -> Sequence[ResolutionSummary]:
    """The resolutions that ask for a group which is not there yet."""
    return [
        one
        for standing in (Standing.OVERDUE, Standing.OPEN)
        async for one in inside.items(
            request, "/resolutions", ResolutionSummary, standing=standing, limit=ALL
        )
        if one.kind == ASKED_FOR and group_id(one.id) not in there
    ]
