"""Evidence meetings of a need review: recorded, corrected, withdrawn."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.steering.need_review_errors import UnknownEvidenceMeeting
from domain.steering.need_review_events import EvidenceKind
from services.api.need_review_views import EvidenceMeetingView, NeedReviewView
from services.identity.areas import Area
from services.web.administration.answers import organisation_names
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.mandates.addresses import ONE_REVIEW, review_at
from services.web.mandates.evidence_form import Draft, body_of, draft_in, draft_of, with_room
from services.web.mandates.reader import require_coordinator
from services.web.mandates.review import show_review_page
from services.web.mandates.wrong import wrong_of
from services.web.rendering import Pages
from services.web.steering.reporting import fields_of

AREA = for_area(Area.STEERING)
NEW = f"{ONE_REVIEW}/treffen/neu"
ONE = f"{ONE_REVIEW}/treffen/{{number:int}}"


@get(NEW, opt=AREA)
async def offer_meeting(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
) -> Response[str]:
    """The form for the next meeting that was held."""
    require_coordinator(request)
    review = await _review(request, inside, review_id)
    draft = Draft(fields=review.fields)
    return await _show_form(request, inside, pages, review, None, draft, None)


@post(NEW, opt=AREA)
async def record_meeting(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Record it, or give the form more room."""
    require_coordinator(request)
    form = await form_of(request)
    draft = draft_in(form)
    review = await _review(request, inside, review_id)
    if form.text("mehr"):
        return await _show_form(request, inside, pages, review, None, draft, None)
    body = {"meeting": form.number("meeting"), **body_of(draft)}
    path = f"/need-reviews/{review_id}/meetings"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        return await _show_form(request, inside, pages, review, None, draft, wrong_of(refusal))
    return Redirect(f"{review_at(review_id)}?ab={decision.position}", status_code=303)


@get(ONE, opt=AREA)
async def offer_correction(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    number: FromPath[int],
) -> Response[str]:
    """The form with what was recorded of the meeting."""
    require_coordinator(request)
    review = await _review(request, inside, review_id)
    meeting = _meeting(review, number)
    return await _show_form(request, inside, pages, review, meeting, draft_of(meeting), None)


@post(ONE, opt=AREA)
async def correct_meeting(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """What is sent takes the place of what was recorded, with the reason."""
    require_coordinator(request)
    form = await form_of(request)
    draft = draft_in(form)
    review = await _review(request, inside, review_id)
    meeting = _meeting(review, number)
    if form.text("mehr"):
        return await _show_form(request, inside, pages, review, meeting, draft, None)
    body = {**body_of(draft), "reason": draft.reason}
    path = f"/need-reviews/{review_id}/meetings/{number}/correction"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal)
        return await _show_form(request, inside, pages, review, meeting, draft, wrong)
    return Redirect(f"{review_at(review_id)}?ab={decision.position}", status_code=303)


@post(f"{ONE}/zurueckziehen", opt=AREA)
async def withdraw_meeting(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """It was recorded by mistake and counts no more."""
    form = await form_of(request)
    field = f"treffen-{number}-reason"
    body = {"reason": form.text(field)}
    path = f"/need-reviews/{review_id}/meetings/{number}/withdrawal"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal, {"reason": field})
        step = f"treffen-{number}"
        return await show_review_page(
            request, inside, pages, review_id, form=form, wrong=wrong, step=step
        )
    return Redirect(f"{review_at(review_id)}?ab={decision.position}", status_code=303)


async def _review(request: Visit, inside: Inside, review: UUID) -> NeedReviewView:
    return await inside.read(request, f"/need-reviews/{review}", NeedReviewView)


def _meeting(review: NeedReviewView, number: int) -> EvidenceMeetingView:
    """Raises UnknownEvidenceMeeting if there is none of this number."""
    for meeting in review.meetings:
        if meeting.number == number:
            return meeting
    raise UnknownEvidenceMeeting(number)


async def _show_form(
    request: Visit,
    inside: Inside,
    pages: Pages,
    review: NeedReviewView,
    meeting: EvidenceMeetingView | None,
    draft: Draft,
    wrong: Wrong | None,
) -> Response[str]:
    """`meeting` is the one that is corrected."""
    return await pages.show(
        request,
        "mandates/evidence.html",
        status=wrong.status if wrong else 200,
        review=review,
        meeting=meeting,
        draft=with_room(draft),
        kinds=list(EvidenceKind),
        fields=await fields_of(inside, request),
        organisations=await organisation_names(inside, request),
        wrong=wrong,
    )
