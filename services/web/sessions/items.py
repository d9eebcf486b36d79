"""One item of an agenda in the browser: proposed, put in other words, withdrawn, made public."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from domain.kernel import Role
from services.api.agenda_views import ItemView
from services.api.session_views import SessionView
from services.identity.areas import Area
from services.identity.authorisation import require
from services.web.administration.answers import organisation_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.sessions.addresses import ITEM, LIST, ONE, to_session
from services.web.sessions.item_form import as_form, choices_for, draft_of, wordings_in
from services.web.sessions.viewer import SessionViewer, session_viewer
from services.web.steering.suspects import wrong_of

AREA = for_area(Area.STEERING)
NEW = f"{ONE}/punkte/neu"
PROPOSES = frozenset({Role.COORDINATOR, Role.STEERING_MEMBER})
MORE = "mehr"
"""The button that asks for room for another wording."""


@get(NEW, opt=AREA)
async def offer_item(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    thema: FromQuery[UUID | None] = None,
) -> Response[str]:
    """The form to propose an item; for a theme that was handed over, it is filled in."""
    require(request.user, PROPOSES, datetime.now(UTC))
    form = Form({"kind": ["theme"], "themes": [str(thema)]} if thema else {}, {})
    return await _show_form(request, inside, pages, session_id, form)


@post(NEW, opt=AREA)
async def propose(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Propose it for the agenda."""
    form = await form_of(request)
    if form.text(MORE):
        return await _show_form(request, inside, pages, session_id, form)
    path = f"/sessions/{session_id}/items"
    try:
        decision = await inside.decide(request, "POST", path, draft_of(form), key=form.key)
    except Refusal as refusal:
        wrong = wrong_of(refusal)
        return await _show_form(request, inside, pages, session_id, form, wrong=wrong)
    return to_session(session_id, decision.position, "tagesordnung")


@get(ITEM, opt=AREA)
async def show_item(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """One item with what can be done with it."""
    return await _show(request, inside, pages, session_id, item_id, recorded=ab)


@get(f"{ITEM}/aendern", opt=AREA)
async def offer_revision(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Response[str]:
    """The form to put it in other words."""
    item = await inside.read(request, f"/sessions/{session_id}/items/{item_id}", ItemView)
    return await _show_form(request, inside, pages, session_id, as_form(item), item_id)


@post(f"{ITEM}/aendern", opt=AREA)
async def revise(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Put it in other words."""
    form = await form_of(request)
    if form.text(MORE):
        return await _show_form(request, inside, pages, session_id, form, item_id)
    path = f"/sessions/{session_id}/items/{item_id}"
    try:
        decision = await inside.decide(
            request, "PUT", path, draft_of(form), key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        wrong = wrong_of(refusal)
        return await _show_form(request, inside, pages, session_id, form, item_id, wrong=wrong)
    return Redirect(f"{LIST}/{session_id}/punkte/{item_id}?ab={decision.position}", status_code=303)


STEPS: Mapping[str, tuple[str, str]] = {
    "zurueckziehen": ("withdrawal", "reason"),
    "veroeffentlichen": ("publication", ""),
    "nicht-mehr-veroeffentlichen": ("publication/withdrawal", "publication_reason"),
}
"""The step and the field of its reason, by the address of its form."""


@post(f"{ITEM}/schritt/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Withdraw it, let everybody read it, or no longer."""
    if step not in STEPS:
        raise NotFoundException
    name, field = STEPS[step]
    form = await form_of(request)
    path = f"/sessions/{session_id}/items/{item_id}/{name}"
    body = {"reason": form.text(field)} if field else None
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal)
        fields = {field if name == "reason" else name: said for name, said in wrong.fields.items()}
        wrong = msgspec.structs.replace(wrong, fields=fields)
        return await _show(
            request, inside, pages, session_id, item_id, form=form, wrong=wrong, step=step
        )
    if step == "zurueckziehen":
        return to_session(session_id, decision.position, "tagesordnung")
    return Redirect(f"{LIST}/{session_id}/punkte/{item_id}?ab={decision.position}", status_code=303)


def may_change(viewer: SessionViewer, session: SessionView, item: ItemView) -> bool:
    """While the agenda is collected: the coordination any item, a member the ones they proposed."""
    is_theirs = viewer.coordinates or item.is_own
    return session.stage == "scheduled" and is_theirs and not item.is_published


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    session_id: UUID,
    item_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = session_viewer(request)
    session = await inside.read(request, f"/sessions/{session_id}", SessionView)
    item = _item(session.items, item_id)
    return await pages.show(
        request,
        "sessions/item.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        session=session,
        item=item,
        may_change=may_change(viewer, session, item),
        may_publish=viewer.coordinates and session.stage not in {"scheduled", "cancelled"},
        organisations=await organisation_names(inside, request),
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
        choices=await choices_for(request, inside, session, item),
    )


async def _show_form(
    request: Visit,
    inside: Inside,
    pages: Pages,
    session_id: UUID,
    form: Form,
    item_id: UUID | None = None,
    *,
    wrong: Wrong | None = None,
) -> Response[str]:
    """To propose an item, or to put one in other words."""
    session = await inside.read(request, f"/sessions/{session_id}", SessionView)
    item = _item(session.items, item_id) if item_id else None
    return await pages.show(
        request,
        "sessions/item_form.html",
        status=wrong.status if wrong else 200,
        session=session,
        item=item,
        wordings=wordings_in(form),
        form=form,
        wrong=wrong,
        choices=await choices_for(request, inside, session, item),
    )


def _item(items: Sequence[ItemView], item_id: UUID) -> ItemView:
    found = next((item for item in items if item.item == item_id), None)
    if found is None:
        raise NotFoundException
    return found
