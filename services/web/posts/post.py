"""One post: how it stands, what is dated of it, and the forms to record what changed."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.accounts import AccountView
from services.api.post_views import PostView
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.administration.answers import municipality_names, organisation_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.posts.typed import funding_in, hundredths
from services.web.posts.viewer import ONE, page_of, viewer_of
from services.web.rendering import Pages

AREA = for_area(Area.POSTS)
ALL = 200
Body = Mapping[str, Any] | None


def _dated(form: Form) -> Body:
    return {"effective_from": form.text("effective_from"), "reason": form.text("reason")}


def _share(form: Form) -> Body:
    return {**(_dated(form) or {}), "share": hundredths(form.text("share"))}


def _filling(form: Form) -> Body:
    holder = form.text("holder")
    return {
        "effective_from": form.text("effective_from"),
        "holder": holder,
        "has_consent": form.text("has_consent") == "1",
    }


STEPS: Mapping[str, tuple[str, str, Callable[[Form], Body]]] = {
    "besetzen": ("POST", "filling", _filling),
    "nicht-mehr-nennen": ("POST", "holder-removal", lambda _: None),
    "frei": ("POST", "vacancy", _dated),
    "anteil": ("POST", "share", _share),
    "foerderung": ("POST", "fundings", lambda form: funding_in(form) or {}),
    "nachweis": ("PUT", "proofs/{year}", lambda form: {"due": form.text("due")}),
    "vorgelegt": (
        "POST",
        "proofs/{year}/submission",
        lambda form: {"submitted_on": form.text("submitted_on")},
    ),
    "wegfall": ("POST", "ending", _dated),
}
"""The method, the path and the body by the address of a form."""


@get(ONE, opt=AREA)
async def show_post(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    post_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The post as it stands, with everything that is dated of it."""
    return await _show(request, inside, pages, post_id, Form({}, {}), recorded=ab)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    post_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Record what changed."""
    form = await form_of(request)
    method, path, body = STEPS.get(step, ("POST", step, lambda _: None))
    path = f"/posts/{post_id}/{path.format(year=form.text('year') or 0)}"
    try:
        decision = await inside.decide(
            request, method, path, body(form), key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(request, inside, pages, post_id, form, wrong=wrong, step=step)
    return Redirect(f"{page_of(post_id)}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    post_id: UUID,
    form: Form,
    *,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    path = f"/posts/{post_id}"
    found = await inside.read(request, path, PostView)
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "posts/post.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        post=found,
        here=page_of(post_id),
        municipalities=await municipality_names(inside, request),
        organisations=await organisation_names(inside, request),
        people=await _people(request, inside) if viewer.coordinates else [],
        waiting=[proof for proof in found.proofs if proof.submitted_on is None],
        entries=entries[::-1],
        form=form,
        wrong=wrong,
        step=step,
        recorded=recorded,
    )


async def _people(request: Visit, inside: Inside) -> list[tuple[str, str]]:
    """Who could be named, if they agreed."""
    accounts = await inside.read(request, "/accounts", list[AccountView])
    return [(str(one.id), one.name) for one in accounts if isinstance(one.name, str)]
