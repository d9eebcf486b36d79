"""Pages for what went wrong: what happened, what was not changed, what to do."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.exceptions import NotFoundException
from litestar.response import Response

from services.api.problems import HANDLERS, Problem, from_http
from services.web.inside import Refusal
from services.web.rendering import Pages

KINDS: Mapping[int, str] = {
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "missing",
    HTTPStatus.METHOD_NOT_ALLOWED: "missing",
    HTTPStatus.CONFLICT: "changed",
    HTTPStatus.PRECONDITION_FAILED: "changed",
    HTTPStatus.TOO_MANY_REQUESTS: "too_many",
    HTTPStatus.SERVICE_UNAVAILABLE: "away",
    HTTPStatus.INTERNAL_SERVER_ERROR: "broken",
}
"""What the page says beside the problem itself; `refused` for all others."""


def show_refusal(request: Request[Any, Any, Any], refusal: Refusal) -> Response[str]:
    """The API said no, and the page that asked had nothing better to show."""
    return _show(request, refusal.status, refusal.problem)


def show_problem(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    """Anything the API has an answer for."""
    handler = next(HANDLERS[kind] for kind in type(error).__mro__ if kind in HANDLERS)
    answer: Response[Problem] = handler(request, error)
    shown = _show(request, answer.content.status, answer.content)
    if "Retry-After" in answer.headers:
        shown.headers["Retry-After"] = answer.headers["Retry-After"]
    shown.background = answer.background
    return shown


def show_missing(request: Request[Any, Any, Any], error: NotFoundException) -> Response[Any]:
    """No such address: a page for people, a problem for programs."""
    wants_page = "text/html" in request.headers.get("accept", "")
    if wants_page and not request.url.path.startswith("/api/"):
        return show_problem(request, error)
    return from_http(request, error)


TROUBLE: dict[int | type[Exception], Any] = {
    Refusal: show_refusal,
    **dict.fromkeys((kind for kind in HANDLERS if isinstance(kind, type)), show_problem),
}


def _show(request: Request[Any, Any, Any], status: int, problem: Problem) -> Response[str]:
    pages: Pages = request.app.state["pages"]
    return pages.show_at_once(
        request,
        "trouble.html",
        status=status,
        kind=KINDS.get(status, "refused"),
        problem=problem,
    )
