"""What the pages of the sign-in have in common: cookies, steps, and what is said when it fails."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from math import ceil
from typing import Any, TypeAlias

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect, Response

from services.api.access import COOKIES
from services.identity.entrance import Admitted, CodeWanted, Entrance, Mistaken, Outcome, Paused
from services.identity.weakness import LONGEST, SHORTEST, Weakness
from services.settings import Settings
from services.texts.language import Language
from services.web.forms import Wrong
from services.web.language import language_of
from services.web.oidc.browser import is_encrypted, session_cookie
from services.web.texts import say

AnyVisit: TypeAlias = Request[Any, Any, Any]
"""A request of somebody who may be signed in or not."""

CODE = "/anmelden/code"
STEP = "kreislauf-schritt"
STEP_SECONDS = 600
FORGET = {"Cache-Control": "no-store"}
CLEARED = {**FORGET, "Clear-Site-Data": '"cache", "storage"'}
"""After signing out, nothing of what was shown or typed is left in the browser."""


async def enter(
    request: AnyVisit, outcome: Admitted | CodeWanted, entrance: Entrance, settings: Settings
) -> Redirect:
    """Go on where one wanted to go, or to the code. A session from before ends."""
    if isinstance(outcome, CodeWanted):
        return _see(CODE, step_cookie(outcome.token, settings))
    if request.auth is not None:
        await entrance.sessions.end(request.auth.id, datetime.now(UTC))
    cookies = [session_cookie(outcome.cookie, settings)]
    if step_of(request, settings):
        cookies.append(step_cookie("", settings))
    return _see(outcome.target, *cookies)


def step_cookie(token: str, settings: Settings) -> Cookie:
    """Keeps the first step in the browser until the code was typed; without a token it ends."""
    encrypted = is_encrypted(settings)
    return Cookie(
        key=_step_name(settings),
        value=token,
        max_age=STEP_SECONDS if token else 0,
        path="/",
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )


def step_of(request: AnyVisit, settings: Settings) -> str:
    """The token of the first step; empty if there is none."""
    return request.cookies.get(_step_name(settings), "")


def ended_session(settings: Settings) -> Cookie:
    """Makes the browser forget its session."""
    encrypted = is_encrypted(settings)
    return Cookie(
        key=COOKIES[0 if encrypted else 1],
        value="",
        max_age=0,
        path="/",
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )


def wrong_of(request: AnyVisit, outcome: Outcome, mistake: str) -> Wrong:
    """Why it failed. `mistake` is how a mistake is called here: `mistaken`, say."""
    language = language_of(request)
    match outcome:
        case Paused(left=left):
            return _wrong("paused", language, HTTPStatus.TOO_MANY_REQUESTS, left)
        case Mistaken():
            return _wrong(mistake, language, HTTPStatus.UNAUTHORIZED)
        case _:
            return _wrong("outdated", language, HTTPStatus.GONE)


def waiting(outcome: Outcome) -> dict[str, str]:
    """How long a program has to wait."""
    if not isinstance(outcome, Paused):
        return FORGET
    return {**FORGET, "Retry-After": str(ceil(outcome.left.total_seconds()))}


def weak(weakness: Weakness, language: Language) -> Wrong:
    """Why a password is not taken."""
    facts = {"shortest": SHORTEST, "longest": LONGEST}
    detail = say(f"sign_in.weak.{weakness.value}", language, facts)
    return wrong_field("password", detail, language)


def wrong_field(name: str, detail: str, language: Language) -> Wrong:
    """One field of a form is wrong."""
    return Wrong(
        title=say("sign_in.not_taken", language, {}),
        detail="",
        code="password.not-taken",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        fields={name: detail},
    )


def moved(address: str, *cookies: Cookie) -> Redirect:
    """To another page, after something was done."""
    return _see(address, *cookies)


def _wrong(
    why: str, language: Language, status: HTTPStatus, left: timedelta = timedelta()
) -> Wrong:
    facts = {"minutes": ceil(left / timedelta(minutes=1))}
    return Wrong(
        title=say(f"sign_in.failed.{why}.title", language, {}),
        detail=say(f"sign_in.failed.{why}.text", language, facts),
        code=f"sign-in.{why}",
        status=status,
        fields={},
    )


def _see(address: str, *cookies: Cookie) -> Redirect:
    return Redirect(address, status_code=303, cookies=list(cookies), headers=FORGET)


def _step_name(settings: Settings) -> str:
    return f"__Host-{STEP}" if is_encrypted(settings) else STEP


Answer: TypeAlias = Response[Any]
