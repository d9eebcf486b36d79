"""Whose request it is: by bearer token, by session, from inside; and each one's correlation id."""

from datetime import UTC, datetime
from http import HTTPStatus
from math import ceil
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import structlog
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException
from litestar.middleware import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
)
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from services.api.problems import EdgeProblem
from services.identity.pace import Pace
from services.identity.principal import Principal
from services.identity.sessions import Session, Sessions
from services.identity.tokens import SignIn

SignedIn: TypeAlias = Request[Principal, None, State]

HEADER_BYTES = b"x-correlation-id"
"""As servers hand headers over: in small letters."""


INSIDE = "principal"
"""In the state of a scope: who a page asks for. Servers put nothing of a client's there."""

PEOPLE, PROGRAMS = "pace-of-people", "pace-of-programs"
"""In the state of the application: how many requests an account may send, in which of two ways."""

COOKIES = ("__Host-kreislauf", "kreislauf")
"""What the browser keeps of a session; the first where the way to us is encrypted."""


class Authentication(AbstractAuthenticationMiddleware):
    """The acting person comes from token or session, never from anything else in the request.

    A session is for looking only: what changes something comes through the pages, whose forms
    prove that the person meant it.
    """

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        principal = connection.scope["state"].get(INSIDE) or await _principal_of(connection)
        if principal is None:
            raise NotAuthorizedException
        return AuthenticationResult(user=principal, auth=None)


async def session_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Session | None:
    """The session of whoever sent this, if there is one."""
    sessions: Sessions = connection.app.state["sessions"]
    # Only the one of our own way in: another host of the domain can set the plain one.
    cookie = connection.cookies.get(connection.app.state["session_cookie"])
    return await sessions.session_of(cookie, datetime.now(UTC)) if cookie else None


async def _principal_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Principal | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        sign_in: SignIn = connection.app.state["sign_in"]
        principal = await sign_in.principal_of(token.strip(), datetime.now(UTC))
        return keeping_pace(connection, principal, PROGRAMS) if principal else None
    if connection.scope.get("method") != "GET":
        return None
    session = await session_of(connection)
    if session is not None and session.lacks_factor:
        raise EdgeProblem(HTTPStatus.FORBIDDEN, "identity.second-factor-missing")
    return keeping_pace(connection, session.principal, PEOPLE) if session else None


def keeping_pace(
    connection: ASGIConnection[Any, Any, Any, Any], principal: Principal, way: str
) -> Principal:
    """Who asks. Raises EdgeProblem if they ask too often, as `PEOPLE` or as `PROGRAMS`."""
    pace: Pace = connection.app.state[way]
    if wait := ceil(pace.wait(principal.account)):
        raise EdgeProblem(
            HTTPStatus.TOO_MANY_REQUESTS,
            "request.too-many",
            facts={"seconds": wait},
            headers={"Retry-After": str(wait)},
        )
    return principal


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
                message["headers"] = [*message["headers"], (HEADER_BYTES, correlation.encode())]
            await send(message)

        # Not `bound_contextvars`, which copies all that is bound, twice.
        before = structlog.contextvars.bind_contextvars(correlation=correlation)
        try:
            await app(scope, receive, send_with_id)
        finally:
            structlog.contextvars.reset_contextvars(**before)

    return answer


def _correlation(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == HEADER_BYTES:
            try:
                return str(UUID(value.decode("ascii")))
            except ValueError:
                break
    return str(uuid4())
