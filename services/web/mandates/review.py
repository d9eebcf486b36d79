"""One need review: its question, what was found, what is proposed, and what was decided."""

from collections.abc import Mapping
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.need_review_views import NeedReviewView
from services.api.resolution_views import ResolutionSummary
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.administration.answers import organisation_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.mandates.addresses import ONE_REVIEW, review_at
from services.web.mandates.proposal_choices import proposal_choices
from services.web.mandates.reader import reader_of
from services.web.mandates.steps import Step, body_of, names_of
from services.web.mandates.wrong import wrong_of
from services.web.rendering import Pages
from services.web.steering.reporting import fields_of

AREA = for_area(Area.STEERING)
ALL = 200

STEPS: Mapping[str, Step] = {
    "schliessen": Step(path="closing", fields=("summary",)),
    "abbrechen": Step(path="abandonment", fields=("reason",)),
}


@get(ONE_REVIEW, opt=AREA)
async def show_review(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The review as it stands, and what can be done."""
    return await show_review_page(request, inside, pages, review_id, recorded=ab)


@post(f"{ONE_REVIEW}/schritt/{{step:str}}", opt=AREA)
async def end_review(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Close it, or give it up."""
    form = await form_of(request)
    taken = STEPS.get(step, Step(path=step))
    path = f"/need-reviews/{review_id}/{taken.path}"
    body = body_of(form, step, taken)
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal, names_of(step, taken))
        return await show_review_page(
            request, inside, pages, review_id, form=form, wrong=wrong, step=step
        )
    return Redirect(f"{review_at(review_id)}?ab={decision.position}", status_code=303)


async def show_review_page(
    request: Visit,
    inside: Inside,
    pages: Pages,
    review_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    reader = reader_of(request)
    path = f"/need-reviews/{review_id}"
    review = await inside.read(request, path, NeedReviewView)
    listed = inside.items(request, "/resolutions", ResolutionSummary, limit=ALL, at_least=recorded)
    resolutions = [one async for one in listed]
    entries: list[HistoryEntry] = []
    if reader.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "mandates/review.html",
        status=wrong.status if wrong else 200,
        reader=reader,
        review=review,
        resolutions={one.id: one for one in resolutions},
        proposing=await proposal_choices(request, inside, reader, review, resolutions),
        fields=await fields_of(inside, request),
        organisations=await organisation_names(inside, request),
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )
