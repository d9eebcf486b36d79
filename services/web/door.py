"""Who comes in: each page says whom it is for, and what changes something proves it was meant."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import URL
from litestar.enums import MediaType
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.response import Redirect

from services.api.access import PEOPLE, keeping_pace, session_of
from services.api.problems import EdgeProblem
from services.identity.areas import AREAS, Area
from services.identity.authorisation import require
from services.identity.links import is_inner
from services.web.form_token import is_token

OPEN = {"open": True, "exclude_from_auth": True}
"""For pages that need nobody to be signed in."""

CSRF = "csrf"
HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_IN = "/anmelden"
FACTOR = "/konto/zweiter-faktor"
WITHOUT_FACTOR = {"without-factor": True}
"""For pages of people who still have to set up the second factor that their role demands."""


def for_area(area: Area) -> dict[str, object]:
    """What a handler says of itself: `opt=for_area(Area.TASKS)`."""
    return {"area": area, "exclude_from_auth": True}


class SessionAuthentication(AbstractAuthenticationMiddleware):
    """Finds the session, if there is one: `request.user` is the principal, `request.auth` it."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        session = await session_of(connection)
        return AuthenticationResult(user=session.principal if session else None, auth=session)


async def at_the_door(request: Request[Any, Any, Any]) -> Redirect | None:
    """Before every page. Leads to the sign-in, or raises EdgeProblem or RoleMissing."""
    if request.user is not None:
        keeping_pace(request, request.user, PEOPLE)
    await request.app.state["pages"].enter(request)
    if request.method not in SAFE:
        await _require_meant(request)
    area = request.route_handler.opt.get("area")
    if area is None:
        return None
    if request.user is None:
        # A type of its own, for it takes not that of every page: not a PDF's, for one.
        address = f"{SIGN_IN}?weiter={quote(address_of(request))}"
        return Redirect(address, status_code=303, media_type=MediaType.TEXT)
    if request.auth.lacks_factor and not request.route_handler.opt.get("without-factor"):
        address = f"{FACTOR}?weiter={quote(address_of(request))}"
        return Redirect(address, status_code=303, media_type=MediaType.TEXT)
    if area is not Area.ACCOUNT:  # one's own is everybody's, with or without a role
        require(request.user, AREAS[area], datetime.now(UTC))
    return None


def inner_path(path: str | None, otherwise: str = "/") -> str:
    """An address within the pages, as it comes from a request; anything else is not followed."""
    return path if path and is_inner(path) else otherwise


async def _require_meant(request: Request[Any, Any, Any]) -> None:
    """The form came from our own page, and from this very session."""
    if not _is_from_here(request):
        raise EdgeProblem(HTTPStatus.FORBIDDEN, "page.foreign-form")
    if request.auth is None:
        return
    sent = request.headers.get(HEADER) or str((await request.form()).get(CSRF, ""))
    if not is_token(sent, request.auth.csrf):
        raise EdgeProblem(HTTPStatus.FORBIDDEN, "page.form-outdated")


def _is_from_here(request: Request[Any, Any, Any]) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:  # no browser: nobody who could be made to send something
        return True
    ours: str | None = request.app.state["public_origin"]
    if ours is not None:
        return origin == ours
    return urlsplit(origin).netloc == request.headers.get("host")


def address_of(request: Request[Any, Any, Any]) -> str:
    """Where the person is, with what they asked there: after a form, the page it was on."""
    if request.method in SAFE:
        return _path_and_query(request.url)
    return inner_path(_path_and_query(urlsplit(request.headers.get("referer", ""))))


def _path_and_query(url: URL | SplitResult) -> str:
    return url.path + (f"?{url.query}" if url.query else "")
