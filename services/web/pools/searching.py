"""What the search suggests: how far it is, each course with its reasons, and who is left over."""

from http import HTTPStatus
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.pool_search_views import PoolSearchView, SuggestedCourse
from services.api.problems import EdgeProblem
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.pools.overview import SUGGESTIONS
from services.web.pools.places import AREA, FOUND, found_at, on_to, wrong_above
from services.web.rendering import Pages


@get(FOUND, opt=AREA)
async def show_search(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    search: FromPath[UUID],
) -> Response[str]:
    """Where no script runs, a link shows how far it has come meanwhile."""
    return await _show(request, inside, pages, search)


@post(f"{FOUND}/abbrechen", opt=AREA)
async def cancel_search(
    request: Visit, inside: NamedDependency[Inside], search: FromPath[UUID]
) -> Redirect:
    """End it; nothing was changed."""
    await inside.ask(request, "POST", f"{SUGGESTIONS}/{search}/cancellation")
    return Redirect(found_at(search), status_code=303)


@post(f"{FOUND}/vorschlagen", opt=AREA)
async def propose_found(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    search: FromPath[UUID],
) -> Response[str] | Redirect:
    """Confirm one of the suggestions: its companies are asked."""
    form = await form_of(request)
    course = await _course(request, inside, search, form.text("pool"))
    key = f"{form.key}-{course.pool}"
    try:
        decision = await inside.decide(request, "POST", "/course-pools", _proposal(course), key=key)
    except Refusal as refusal:
        return await _show(request, inside, pages, search, wrong_above(refusal))
    return on_to(decision)


async def _course(request: Visit, inside: Inside, search: UUID, pool: str) -> SuggestedCourse:
    """The suggestion of this name. Raises EdgeProblem if the search has none."""
    view = await inside.read(request, f"{SUGGESTIONS}/{search}", PoolSearchView)
    for course in view.found.courses if view.found else []:
        if str(course.pool) == pool:
            return course
    raise EdgeProblem(HTTPStatus.NOT_FOUND, "operation.unknown")


def _proposal(course: SuggestedCourse) -> dict[str, object]:
    """As the API takes it."""
    return {
        "course_type": course.course_type,
        "level": course.level,
        "municipality": course.municipality,
        "starts_on": course.starts_on,
        "offer": course.offer,
        "members": [
            {"report": member.report, "learners": member.learners} for member in course.members
        ],
    }


async def _show(
    request: Visit, inside: Inside, pages: Pages, search: UUID, wrong: Wrong | None = None
) -> Response[str]:
    view = await inside.read(request, f"{SUGGESTIONS}/{search}", PoolSearchView)
    return await pages.show(
        request,
        "pools/search.html",
        status=wrong.status if wrong else 200,
        search=view,
        here=found_at(search),
        wrong=wrong,
    )
