"""What a browser sends and keeps."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from services.api.access import COOKIES
from services.identity.security_log import Visitor
from services.settings import Settings


def is_encrypted(settings: Settings) -> bool:
    """Whether people reach us by https."""
    return (settings.public_url or "").startswith("https://")


def session_cookie(value: str, settings: Settings) -> Cookie:
    encrypted = is_encrypted(settings)
    return Cookie(
        key=COOKIES[0 if encrypted else 1],
        value=value,
        path="/",
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )


def visitor_of(request: Request[Any, Any, Any]) -> Visitor:
    return Visitor(
        at=datetime.now(UTC),
        address=request.client.host if request.client else "",
        device=request.headers.get("user-agent", "")[:200],
        correlation=request.scope["state"]["correlation"],
    )
