"""All shared courses as they stand, and the beginning of a search for more."""

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Redirect, Response

from domain.course_pools.pool import PoolStanding
from services.api.course_pool_views import CoursePoolSummary
from services.api.pages import Page
from services.web.filters import one_of
from services.web.forms import Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.needs.places import viewer_of
from services.web.pools.places import AREA, HOME, SEARCH, found_at, wrong_above
from services.web.rendering import Pages

SUGGESTIONS = "/company-reports/pool-suggestions"
Chosen = Annotated[str | None, QueryParameter(max_length=64, required=False)]
Cursor = Annotated[str | None, QueryParameter(name="weiter", max_length=300, required=False)]


@get(HOME, opt=AREA)
async def list_pools(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    stand: Chosen = None,
    cursor: Cursor = None,
    ab: After = None,
) -> Response[str]:
    """What was proposed last comes first."""
    return await _show(request, inside, pages, stand=stand, cursor=cursor, recorded=ab)


@post(SEARCH, opt=AREA)
async def start_search(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Look for courses that those who wait could fill together; its page says how far it is."""
    form = await form_of(request)
    headers = {"Idempotency-Key": form.key}
    try:
        answer = await inside.ask(request, "POST", SUGGESTIONS, headers=headers)
    except Refusal as refusal:
        return await _show(request, inside, pages, wrong=wrong_above(refusal))
    return Redirect(found_at(answer.json()["id"]), status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    stand: str | None = None,
    cursor: str | None = None,
    recorded: int | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    standing = one_of(stand, list(PoolStanding))
    found = await inside.read(
        request,
        "/course-pools",
        Page[CoursePoolSummary],
        standing=standing or None,
        cursor=cursor,
        at_least=recorded,
    )
    return await pages.show(
        request,
        "pools/overview.html",
        status=wrong.status if wrong else 200,
        viewer=viewer_of(request),
        pools=found.items,
        next=found.next,
        waiting=sum(one.unanswered > 0 for one in found.items if one.standing == "proposed"),
        standing=standing,
        standings=list(PoolStanding),
        wrong=wrong,
    )
