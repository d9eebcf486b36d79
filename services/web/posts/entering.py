"""A new post on its form."""

from collections.abc import Mapping
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from domain.posts.terms import Part
from services.api.post_views import PostSummary
from services.identity.areas import Area
from services.web.administration.answers import municipality_names, organisation_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.goals.keys import key_of
from services.web.inside import Inside, Refusal, Visit
from services.web.posts.typed import funding_in, hundredths
from services.web.posts.viewer import NEW, page_of
from services.web.rendering import Pages

AREA = for_area(Area.POSTS)
ALL = 200


@get(NEW, opt=AREA)
async def offer_post(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form for a post nobody has entered yet."""
    return await _show(request, inside, pages, Form({"share": ["1,0"]}, {}))


@post(NEW, opt=AREA)
async def establish_post(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Enter the post. Its key is made of its part and its place."""
    form = await form_of(request)
    try:
        body = await _body(request, inside, form)
        decision = await inside.decide(request, "POST", "/posts", body, key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, form, Wrong.of(refusal))
    return Redirect(f"{page_of(decision.id)}?ab={decision.position}", status_code=303)


async def _body(request: Visit, inside: Inside, form: Form) -> Mapping[str, Any]:
    listed = inside.items(request, "/posts", PostSummary, limit=ALL)
    taken = {one.key async for one in listed}
    places = await municipality_names(inside, request)
    municipality = form.text("municipality")
    named = f"{form.text('part')} {places.get(municipality, '')}"
    return {
        "key": key_of(named, taken, "stelle"),
        "part": form.text("part"),
        "employer": form.text("employer"),
        "share": hundredths(form.text("share")),
        "effective_from": form.text("effective_from"),
        "municipality": municipality,
        "funding": funding_in(form),
        "assumed": form.text("assumed") == "1",
    }


async def _show(
    request: Visit, inside: Inside, pages: Pages, form: Form, wrong: Wrong | None = None
) -> Response[str]:
    return await pages.show(
        request,
        "posts/new.html",
        status=wrong.status if wrong else 200,
        form=form,
        parts=list(Part),
        municipalities=list((await municipality_names(inside, request)).items()),
        organisations=list((await organisation_names(inside, request)).items()),
        wrong=wrong,
    )
