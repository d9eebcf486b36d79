"""Whoever was refused for lack of a right is noted in the security log, after the answer."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.background_tasks import BackgroundTask

from services.identity.security_log import Happening, SecurityLog, Visitor


def noted(request: Request[Any, Any, Any], status: int, code: str) -> BackgroundTask | None:
    """What is to be done after the answer; nothing unless it is a refusal."""
    log: SecurityLog | None = request.app.state.get("security_log")
    if status != HTTPStatus.FORBIDDEN or log is None:
        return None
    principal = request.scope.get("user")
    return BackgroundTask(
        log.note,
        Happening.FORM_REFUSED if code.startswith("page.") else Happening.ACCESS_REFUSED,
        visitor_of(request),
        account=UUID(principal.account) if principal is not None else None,
    )


def visitor_of(request: Request[Any, Any, Any]) -> Visitor:
    """Who sent this, for the security log. The address is the proxy's word for it, if one is set.

    See docs/howto/sign-in.md.
    """
    return Visitor(
        at=datetime.now(UTC),
        address=request.client.host if request.client else "",
        device=request.headers.get("user-agent", "")[:200],
        correlation=str(request.scope["state"].get("correlation", "")),
    )
