"""To the provider and back, and what it tells us from machine to machine."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

import msgspec
import structlog
from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter
from litestar.response import Redirect, Response

from services.identity.oidc import Answer, Attempt, NotSignedIn, OpenIdConnect
from services.identity.oidc_provider import ProviderAway
from services.identity.oidc_tokens import TokenRefused
from services.identity.sessions import Sessions
from services.settings import Settings
from services.web.door import OPEN, inner_path
from services.web.oidc.browser import is_encrypted, session_cookie, visitor_of
from services.web.oidc.entry import START, Attempts
from services.web.rendering import Pages

LARGEST_TOKEN = 20_000
FORGET = {"Cache-Control": "no-store"}
STATUS = {"away": HTTPStatus.SERVICE_UNAVAILABLE, "paused": HTTPStatus.TOO_MANY_REQUESTS}
"""Where it helps to wait; 403 for all other reasons."""

Given: TypeAlias = Annotated[str, QueryParameter(max_length=4_000)]
AnyRequest: TypeAlias = Request[Any, Any, Any]

log = structlog.get_logger(__name__)


@get(START, opt=OPEN)
async def go_to_provider(
    request: AnyRequest,
    openid: NamedDependency[OpenIdConnect | None],
    settings: NamedDependency[Settings],
    pages: NamedDependency[Pages],
    weiter: Given = "",
    anders: Given = "",
) -> Response[Any]:
    """Begin a sign-in. `weiter`: the page the person wanted; `anders`: with another account."""
    provider = _present(openid)
    attempt = Attempt.new(inner_path(weiter))
    try:
        address = await provider.address_of(attempt, as_another=bool(anders))
    except NotSignedIn as error:
        return await _show_trouble(request, pages, error, [], weiter)
    kept = Attempts(request.cookies, encrypted=is_encrypted(settings)).keep(attempt)
    return Redirect(address, status_code=303, cookies=kept, headers=FORGET)


@get(f"{START}/zurueck", opt=OPEN)
async def come_back(
    request: AnyRequest,
    openid: NamedDependency[OpenIdConnect | None],
    settings: NamedDependency[Settings],
    pages: NamedDependency[Pages],
    sessions: NamedDependency[Sessions],
    code: Given = "",
    error: Given = "",
    iss: Annotated[str | None, QueryParameter(max_length=4_000)] = None,
    named: Annotated[str, QueryParameter(name="state", max_length=200)] = "",
) -> Response[Any]:
    """The provider sends somebody back: they are signed in, or read why not."""
    provider = _present(openid)
    attempts = Attempts(request.cookies, encrypted=is_encrypted(settings))
    attempt, ended = attempts.of(named), attempts.end(named)
    answer = Answer(state=named, code=code, error=error, issuer=iss)
    try:
        arrived = await provider.arrive(attempt, answer, visitor_of(request))
    except NotSignedIn as trouble:
        target = attempt.target if attempt is not None else "/"
        return await _show_trouble(request, pages, trouble, ended, target)
    if request.auth is not None:  # the browser forgets it, so nobody could end it
        await sessions.end(request.auth.id, datetime.now(UTC))
    return Redirect(
        arrived.target,
        status_code=303,
        cookies=[*ended, session_cookie(arrived.cookie, settings)],
        headers=FORGET,
    )


@post(f"{START}/abmeldung", opt=OPEN, status_code=HTTPStatus.OK)
async def hear_of_logout(
    request: AnyRequest, openid: NamedDependency[OpenIdConnect | None]
) -> Response[Any]:
    """The provider says that somebody signed out (OpenID Connect Back-Channel Logout 1.0)."""
    provider = _present(openid)
    token = str((await request.form()).get("logout_token") or "")
    if not token or len(token) > LARGEST_TOKEN:
        return _refusal("invalid_request", HTTPStatus.BAD_REQUEST)
    try:
        await provider.end_elsewhere(token, visitor_of(request))
    except TokenRefused as refusal:
        log.warning("a logout of the OpenID provider was not taken", reason=str(refusal))
        return _refusal("invalid_request", HTTPStatus.BAD_REQUEST)
    except ProviderAway as away:
        log.warning("OpenID provider away", reason=str(away))
        return _refusal("temporarily_unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
    return Response(None, status_code=HTTPStatus.OK, headers=FORGET)


@get("/abgemeldet", opt=OPEN)
async def show_gone(request: AnyRequest, pages: NamedDependency[Pages]) -> Response[str]:
    """Where people arrive after they signed out, here or at the provider."""
    return await pages.show(request, "oidc/gone.html", there=None)


class _Refusal(msgspec.Struct, frozen=True):
    error: str


def _refusal(code: str, status: HTTPStatus) -> Response[Any]:
    return Response(_Refusal(code), status_code=status, headers=FORGET)


def _present(openid: OpenIdConnect | None) -> OpenIdConnect:
    if openid is None:
        raise NotFoundException
    return openid


async def _show_trouble(
    request: AnyRequest, pages: Pages, trouble: NotSignedIn, cookies: list[Cookie], target: str
) -> Response[str]:
    status = STATUS.get(trouble.reason, HTTPStatus.FORBIDDEN)
    later = {"Retry-After": "60"} if trouble.reason in STATUS else {}
    answer = await pages.show(
        request,
        "oidc/trouble.html",
        status=status,
        headers={**FORGET, **later},
        reason=trouble.reason,
        email=trouble.email,
        again=f"{START}?weiter={inner_path(target)}",
        as_another=f"{START}?anders=ja",
    )
    answer.cookies.extend(cookies)
    return answer
