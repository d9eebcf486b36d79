"""All need reviews, and one opened by the coordination itself."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from services.api.need_review_views import NeedReviewSummary
from services.identity.areas import Area
from services.web.assessments.viewer import coming_years
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.mandates.addresses import REVIEWS, review_at
from services.web.mandates.reader import reader_of, require_coordinator
from services.web.mandates.wrong import wrong_of
from services.web.rendering import Pages
from services.web.steering.places import places_below
from services.web.steering.reporting import fields_of

AREA = for_area(Area.STEERING)
NEW = f"{REVIEWS}/neu"
ALL = 200


@get(REVIEWS, opt=AREA)
async def list_reviews(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
) -> Response[str]:
    """Those still open first, then what was decided."""
    listed = inside.items(request, "/need-reviews", NeedReviewSummary, limit=ALL, at_least=ab)
    found = [one async for one in listed]
    return await pages.show(
        request,
        "mandates/reviews.html",
        reader=reader_of(request),
        places=places_below(request),
        running=[one for one in found if one.stage == "open"],
        over=[one for one in found if one.stage != "open"],
        fields=await fields_of(inside, request),
    )


@get(NEW, opt=AREA)
async def offer_review(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form for a need review that no resolution asks for."""
    require_coordinator(request)
    return await _show_form(request, inside, pages, Form({}, {}), None)


@post(NEW, opt=AREA)
async def open_review(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Open it with its question and fields."""
    require_coordinator(request)
    form = await form_of(request)
    body = {
        "school_year": form.text("school_year"),
        "key": form.text("key_of_review"),
        "question": form.text("question"),
        "fields": form.texts("fields"),
    }
    try:
        decision = await inside.decide(request, "POST", "/need-reviews", body, key=form.key)
    except Refusal as refusal:
        wrong = wrong_of(refusal, {"key": "key_of_review"})
        return await _show_form(request, inside, pages, form, wrong)
    return Redirect(f"{review_at(decision.id)}?ab={decision.position}", status_code=303)


async def _show_form(
    request: Visit, inside: Inside, pages: Pages, form: Form, wrong: Wrong | None
) -> Response[str]:
    return await pages.show(
        request,
        "mandates/review_new.html",
        status=wrong.status if wrong else 200,
        fields=await fields_of(inside, request),
        years=[(year, year) for year in coming_years()],
        form=form,
        wrong=wrong,
    )
