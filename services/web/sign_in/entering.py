"""Signing in with address and password, then a code if one is asked for; and signing out."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Response

from services.identity.entrance import Admitted, CodeWanted, Entrance
from services.identity.oidc import OpenIdConnect
from services.identity.security_log import Happening
from services.settings import Settings
from services.web.door import OPEN, SIGN_IN, inner_path
from services.web.forms import Wrong, form_of
from services.web.oidc.browser import visitor_of
from services.web.oidc.entry import way_in
from services.web.rendering import FRAME, Pages
from services.web.sign_in.answers import (
    CLEARED,
    CODE,
    FORGET,
    Answer,
    AnyVisit,
    ended_session,
    enter,
    moved,
    step_of,
    waiting,
    wrong_of,
)

Given = Annotated[str, QueryParameter(max_length=4_000, required=False)]


@get(SIGN_IN, opt=OPEN)
async def show_sign_in(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    weiter: Given = "",
    neu: Given = "",
) -> Answer:
    """The way in. `weiter`: the page the person wanted; `neu`: they have a new password."""
    if request.auth is not None:
        return moved(inner_path(weiter))
    return await _show(request, pages, settings, target=inner_path(weiter), is_new=bool(neu))


@post(SIGN_IN, opt=OPEN)
async def sign_in(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    entrance: NamedDependency[Entrance],
) -> Answer:
    """Take address and password."""
    form = await form_of(request)
    target = inner_path(form.text("weiter"))
    address = form.text("address")
    outcome = await entrance.by_password(
        address, form.exact("password"), visitor_of(request), target
    )
    if isinstance(outcome, Admitted | CodeWanted):
        return await enter(request, outcome, entrance, settings)
    wrong = wrong_of(request, outcome, "mistaken")
    answer = await _show(request, pages, settings, target=target, address=address, wrong=wrong)
    answer.headers.update(waiting(outcome))
    return answer


@get(CODE, opt=OPEN)
async def show_code(
    request: AnyVisit, pages: NamedDependency[Pages], settings: NamedDependency[Settings]
) -> Answer:
    """The second step."""
    if not step_of(request, settings):
        return moved(SIGN_IN)
    return await pages.show(request, "sign_in/code.html", headers=FORGET, wrong=None)


@post(CODE, opt=OPEN)
async def take_code(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    entrance: NamedDependency[Entrance],
) -> Answer:
    """Take the code of the app, or one of those for its loss."""
    form = await form_of(request)
    token = step_of(request, settings)
    outcome = await entrance.by_code(token, form.text("code"), visitor_of(request))
    if isinstance(outcome, Admitted):
        return await enter(request, outcome, entrance, settings)
    wrong = wrong_of(request, outcome, "wrong_code")
    return await pages.show(
        request, "sign_in/code.html", status=wrong.status, headers=waiting(outcome), wrong=wrong
    )


@post("/abmelden", opt=OPEN)
async def sign_out(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    entrance: NamedDependency[Entrance],
    openid: NamedDependency[OpenIdConnect | None],
) -> Answer:
    """End this session; whoever signed in at their administration can sign out there too."""
    there: str | None = None
    if request.auth is not None:
        there = await openid.leave(request.auth.id) if openid is not None else None
        visitor = visitor_of(request)
        await entrance.sessions.end(request.auth.id, visitor.at)
        account = UUID(request.user.account)
        await entrance.log.note(Happening.SIGNED_OUT, visitor, account=account)
        request.scope["state"].pop(FRAME, None)
    answer = await pages.show(request, "oidc/gone.html", headers=CLEARED, there=there)
    answer.cookies.append(ended_session(settings))
    return answer


async def _show(
    request: AnyVisit,
    pages: Pages,
    settings: Settings,
    *,
    target: str,
    address: str = "",
    is_new: bool = False,
    wrong: Wrong | None = None,
) -> Response[str]:
    return await pages.show(
        request,
        "sign_in/sign_in.html",
        status=wrong.status if wrong else 200,
        headers=FORGET,
        target=target,
        address=address,
        is_new=is_new,
        wrong=wrong,
        openid=way_in(settings, target),
    )
