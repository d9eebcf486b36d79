"""Signing in by bearer token, and the correlation id of each request."""

from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import structlog
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders, State
from litestar.exceptions import NotAuthorizedException
from litestar.middleware import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
)
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from services.identity.principal import Principal
from services.identity.tokens import principal_of

SignedIn: TypeAlias = Request[Principal, None, State]

CORRELATION_HEADER = "X-Correlation-ID"


class TokenAuthentication(AbstractAuthenticationMiddleware):
    """The acting person comes from the token, never from anything else in the request."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotAuthorizedException
        pool = connection.app.state["pool"]
        principal = await principal_of(pool, token.strip(), datetime.now(UTC))
        if principal is None:
            raise NotAuthorizedException
        return AuthenticationResult(user=principal, auth=None)


def with_correlation(app: ASGIApp) -> ASGIApp:
    """Give every request an id that goes through workflow and event, and back in the answer.

    A client's own id is taken if it is a UUID: nothing else of the client gets into the log.
    Stands around the whole application, so that requests without a route have one too.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        correlation = _correlation(scope)
        scope.setdefault("state", {})["correlation"] = correlation

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                headers[CORRELATION_HEADER] = correlation
            await send(message)

        with structlog.contextvars.bound_contextvars(correlation=correlation):
            await app(scope, receive, send_with_id)

    return answer


def _correlation(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name.lower() == CORRELATION_HEADER.lower().encode():
            try:
                return str(UUID(value.decode("ascii")))
            except ValueError:
                break
    return str(uuid4())
