"""The way in, and the choice of language."""

from typing import Any

from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.response import Redirect

from services.settings import Settings
from services.texts.language import LANGUAGES
from services.web.door import OPEN, SIGN_IN, inner_path
from services.web.language import COOKIES
from services.web.oidc.browser import is_encrypted

A_YEAR = 365 * 24 * 60 * 60


@get("/", opt=OPEN)
async def open_front(request: Request[Any, Any, Any]) -> Redirect:
    """To one's tasks, or to the sign-in."""
    return Redirect("/aufgaben" if request.user else SIGN_IN, status_code=303)


@post("/sprache", opt=OPEN)
async def choose_language(
    request: Request[Any, Any, Any], settings: NamedDependency[Settings]
) -> Redirect:
    """Read on in the other language, on the same page."""
    sent = await request.form()
    chosen = next((language for language in LANGUAGES if language == sent.get("sprache")), "de")
    cookie = Cookie(
        key=COOKIES[0 if is_encrypted(settings) else 1],
        value=chosen,
        max_age=A_YEAR,
        path="/",
        secure=is_encrypted(settings),
        samesite="lax",
        httponly=True,
    )
    return Redirect(inner_path(str(sent.get("zurueck", ""))), status_code=303, cookies=[cookie])
