"""Proposals of a need review: written, put before a session, taken back, dropped, decided."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.steering.agenda import ItemKind
from domain.steering.need_review_errors import UnknownProposal
from services.api.need_review_views import NeedReviewView, ReviewProposalView
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.mandates.addresses import ONE_REVIEW, review_at
from services.web.mandates.proposal_choices import NEW
from services.web.mandates.reader import require_coordinator
from services.web.mandates.review import show_review_page
from services.web.mandates.steps import Step, body_of, named, names_of
from services.web.mandates.wrong import wrong_of
from services.web.rendering import Pages

AREA = for_area(Area.STEERING)
ONE = f"{ONE_REVIEW}/vorschlaege/{{number:int}}"
MOST = 20

STEPS: Mapping[str, Step] = {
    "zuruecknehmen": Step(path="return", fields=("reason",)),
    "fallenlassen": Step(path="dropping", fields=("reason",)),
    "beschluss": Step(path="resolution", fields=("resolution",)),
    "abgelehnt": Step(path="rejection"),
}


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """One wording as it stands in the form."""

    key: str
    text: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form; `seen` is the version it is based on."""

    title: str = ""
    reasons: str = ""
    wordings: Sequence[Wording] = ()
    seen: int = 0


@get(ONE, opt=AREA)
async def offer_writing(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    number: FromPath[int],
) -> Response[str]:
    """The form with the proposal as it is; empty for the next one."""
    require_coordinator(request)
    review = await inside.read(request, f"/need-reviews/{review_id}", NeedReviewView)
    written = [one for one in review.proposals if one.number == number]
    draft = _draft_of(written[0]) if written else Draft()
    return await _show_form(request, pages, review, number, draft, None)


@post(ONE, opt=AREA)
async def write(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Save a version of it, or give the form more room."""
    require_coordinator(request)
    form = await form_of(request)
    draft = _draft_in(form)
    path = f"/need-reviews/{review_id}"
    review = await inside.read(request, path, NeedReviewView)
    if form.text("mehr"):
        return await _show_form(request, pages, review, number, draft, None)
    body = {
        "title": draft.title,
        "reasons": draft.reasons,
        "alternatives": [msgspec.structs.asdict(one) for one in draft.wordings],
    }
    try:
        decision = await inside.decide(
            request, "PUT", f"{path}/proposals/{number}", body, seen=draft.seen
        )
    except Refusal as refusal:
        return await _show_form(
            request, pages, review, number, draft, wrong_of(refusal, {"text": "wording"})
        )
    return Redirect(f"{review_at(review_id)}?ab={decision.position}", status_code=303)


@post(f"{ONE}/vorlegen", opt=AREA)
async def put_forward(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    number: FromPath[int],
) -> Response[str] | Redirect:
    """Put it before the body as an item there is, or as a new one with its wordings."""
    form = await form_of(request)
    step = f"vorlegen-{number}"
    session, _, item = form.text(named(step, "place")).partition("/")
    path = f"/need-reviews/{review_id}/proposals/{number}/submission"
    try:
        if item == NEW:
            item = await _new_item(request, inside, review_id, number, session, form.key)
        body = {"session": session, "item": item}
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        place = named(step, "place")
        wrong = wrong_of(refusal, {"session": place, "item": place})
        return await show_review_page(
            request, inside, pages, review_id, form=form, wrong=wrong, step=step
        )
    return Redirect(f"{review_at(review_id)}?ab={decision.position}", status_code=303)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def settle(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    review_id: FromPath[UUID],
    number: FromPath[int],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Take it back, drop it, or note what the body did with it."""
    form = await form_of(request)
    taken = STEPS.get(step, Step(path=step))
    path = f"/need-reviews/{review_id}/proposals/{number}/{taken.path}"
    name = f"{step}-{number}"
    body = body_of(form, name, taken)
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal, names_of(name, taken))
        return await show_review_page(
            request, inside, pages, review_id, form=form, wrong=wrong, step=name
        )
    return Redirect(f"{review_at(review_id)}?ab={decision.position}", status_code=303)


async def _new_item(
    request: Visit, inside: Inside, review_id: UUID, number: int, session: str, key: str
) -> str:
    """An item of the session's agenda with the proposal's wordings; its id.

    Raises UnknownProposal, and Refusal.
    """
    review = await inside.read(request, f"/need-reviews/{review_id}", NeedReviewView)
    proposal = next((one for one in review.proposals if one.number == number), None)
    if proposal is None:
        raise UnknownProposal(number)
    body = {
        "kind": ItemKind.PROPOSAL,
        "title": proposal.title,
        "text": proposal.reasons,
        "about": [review_id],
        "alternatives": proposal.alternatives,
    }
    headers = {"Idempotency-Key": f"{key}/item"}
    answer = await inside.ask(
        request, "POST", f"/sessions/{session}/items", body=body, headers=headers
    )
    return answer.headers["location"].rpartition("/")[2]


def _draft_of(proposal: ReviewProposalView) -> Draft:
    return Draft(
        title=proposal.title,
        reasons=proposal.reasons,
        wordings=[Wording(key=one.key, text=one.text) for one in proposal.alternatives],
        seen=proposal.version,
    )


def _draft_in(form: Form) -> Draft:
    """What was typed; a wording without a text is left out."""
    wordings = [
        Wording(key=form.text(f"key-{row}"), text=form.text(f"wording-{row}"))
        for row in range(min(form.number("rows") or 0, MOST))
    ]
    return Draft(
        title=form.text("title"),
        reasons=form.text("reasons"),
        wordings=[one for one in wordings if one.text],
        seen=form.seen or 0,
    )


def _with_room(draft: Draft) -> Draft:
    """With one more wording to write, under a key that no other has."""
    keys = {one.key for one in draft.wordings}
    free = next(key for n in range(1, MOST + 2) if (key := f"wortlaut-{n}") not in keys)
    return msgspec.structs.replace(draft, wordings=[*draft.wordings, Wording(key=free)])


async def _show_form(
    request: Visit,
    pages: Pages,
    review: NeedReviewView,
    number: int,
    draft: Draft,
    wrong: Wrong | None,
) -> Response[str]:
    return await pages.show(
        request,
        "mandates/proposal.html",
        status=wrong.status if wrong else 200,
        review=review,
        number=number,
        draft=_with_room(draft),
        wrong=wrong,
    )
