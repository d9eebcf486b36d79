"""Every refusal and failure as an RFC 9457 problem, in the language asked for."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotAuthorizedException,
    NotFoundException,
    ValidationException,
)
from litestar.openapi import ResponseSpec
from litestar.response import Response

from domain.concepts.errors import SectionChanged
from domain.findings.errors_theme import SummaryChanged
from domain.kernel import Conflict, DomainError, Forbidden, Invalid, NotFound, Refused
from domain.steering.need_review_errors import ProposalChanged
from services.api.faults import Fault, complaints, has_body
from services.api.languages import language_of, said_in
from services.api.refusals import noted
from services.desk import Contended, VersionChanged
from services.texts import problem

MEDIA_TYPE = "application/problem+json"
TRY_AGAIN = {"Retry-After": "2"}

STATUS: Mapping[type[DomainError], HTTPStatus] = {
    VersionChanged: HTTPStatus.PRECONDITION_FAILED,
    SectionChanged: HTTPStatus.PRECONDITION_FAILED,
    ProposalChanged: HTTPStatus.PRECONDITION_FAILED,
    SummaryChanged: HTTPStatus.PRECONDITION_FAILED,
    NotFound: HTTPStatus.NOT_FOUND,
    Forbidden: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Refused: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}

log = structlog.get_logger(__name__)


HEADERS: Mapping[str, tuple[HTTPStatus, str, str]] = {
    "If-Match": (
        HTTPStatus.PRECONDITION_REQUIRED,
        "request.version-missing",
        "request.version-malformed",
    ),
    "Idempotency-Key": (HTTPStatus.BAD_REQUEST, "request.key-missing", "request.key-malformed"),
}
"""The headers with problems of their own: the status and code if missing, the code if malformed."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem. `type` is a page that explains it; `correlation` finds it in the log."""

    type: str
    title: str
    status: int
    detail: str
    correlation: str = ""
    errors: tuple[Fault, ...] = ()


class EdgeProblem(Exception):
    """A problem of the request itself, before the domain is asked."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        *,
        facts: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        parameter: str | None = None,
        pointer: str | None = None,
        errors: tuple[Fault, ...] = (),
    ) -> None:
        """`errors`: what is wrong one by one, in the language of the request."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.facts = facts or {}
        self.headers = headers or {}
        self.parameter = parameter
        self.pointer = pointer
        self.errors = errors


def from_domain(request: Request[Any, Any, Any], error: DomainError) -> Response[Problem]:
    """A rule said no."""
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    return _answer(request, status, error.code, facts=error.facts)


def from_edge(request: Request[Any, Any, Any], error: EdgeProblem) -> Response[Problem]:
    """The request is not one we can take."""
    faults = error.errors
    if error.parameter is not None or error.pointer is not None:
        text = problem(error.code, language_of(request), error.facts)
        faults = (Fault(detail=text.detail, parameter=error.parameter, pointer=error.pointer),)
    return _answer(
        request, error.status, error.code, facts=error.facts, headers=error.headers, faults=faults
    )


def from_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """What the framework found wrong."""
    match error:
        case ValidationException():
            return _from_validation(request, error)
        case NotAuthorizedException():
            return _answer(
                request,
                HTTPStatus.UNAUTHORIZED,
                "identity.not-signed-in",
                headers={"WWW-Authenticate": "Bearer"},
            )
        case NotFoundException():
            return _answer(request, HTTPStatus.NOT_FOUND, "request.unknown-path")
        case MethodNotAllowedException():
            allowed = (error.headers or {}).get("Allow", "")
            return _answer(
                request,
                HTTPStatus.METHOD_NOT_ALLOWED,
                "request.method-not-allowed",
                facts={"allowed": allowed},
                headers=error.headers,
            )
        case HTTPException(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE):
            return _answer(
                request,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "request.too-large",
                facts={"limit": request.app.state["max_body_bytes"]},
            )
        case ClientException():
            return _answer(request, HTTPStatus.BAD_REQUEST, "request.malformed")
        case _:
            return from_anything(request, error)


def from_malformed(request: Request[Any, Any, Any], _: Exception) -> Response[Problem]:
    """The body is not UTF-8."""
    return _answer(request, HTTPStatus.BAD_REQUEST, "request.malformed")


def from_contention(request: Request[Any, Any, Any], _: Exception) -> Response[Problem]:
    """Too many writers at once: nothing was recorded, trying again helps."""
    return _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, "service.contended", headers=TRY_AGAIN)


def from_outage(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """The database is away."""
    log.error("database away", error=type(error).__name__)
    return _answer(
        request, HTTPStatus.SERVICE_UNAVAILABLE, "service.unavailable", headers=TRY_AGAIN
    )


def from_anything(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """A defect. The log has the trace; the answer has the number to find it by."""
    log.error("unexpected", exc_info=error, correlation=_correlation(request))
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "service.broken")


HANDLERS: dict[int | type[Exception], Any] = {
    DomainError: from_domain,
    EdgeProblem: from_edge,
    HTTPException: from_http,
    UnicodeDecodeError: from_malformed,
    Contended: from_contention,
    asyncpg.PostgresConnectionError: from_outage,
    asyncpg.InterfaceError: from_outage,
    asyncpg.InternalClientError: from_outage,
    asyncpg.OperatorInterventionError: from_outage,
    OSError: from_outage,
    Exception: from_anything,
}


def _from_validation(
    request: Request[Any, Any, Any], error: ValidationException
) -> Response[Problem]:
    found = complaints(request, error)
    language = language_of(request)
    if any(complaint.is_absent_body for complaint in found):
        return _answer(request, HTTPStatus.BAD_REQUEST, "request.malformed")
    faults = tuple(complaint.fault(language) for complaint in found)
    for complaint in found:
        if complaint.parameter is not None and complaint.parameter in HEADERS:
            status, missing, malformed = HEADERS[complaint.parameter]
            if complaint.empty:
                return _answer(request, status, missing, faults=faults)
            return _answer(request, HTTPStatus.BAD_REQUEST, malformed, faults=faults)
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid", faults=faults)


def _answer(
    request: Request[Any, Any, Any],
    status: HTTPStatus,
    code: str,
    *,
    facts: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
) -> Response[Problem]:
    language = language_of(request)
    text = problem(code, language, facts or {})
    if text.pointer is not None and has_body(request):
        faults = (*faults, Fault(detail=text.detail, pointer=text.pointer))
    return Response(
        Problem(
            type=f"/problems/{code}",
            title=text.title,
            status=status,
            detail=text.detail,
            correlation=_correlation(request),
            errors=faults,
        ),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={**(headers or {}), **said_in(language)},
        background=noted(request, status, code),
    )


def _correlation(request: Request[Any, Any, Any]) -> str:
    return str(request.scope["state"].get("correlation", ""))


def documented(*statuses: HTTPStatus) -> dict[int, ResponseSpec]:
    """The problems an operation may answer with, for the API description."""
    return {
        status: ResponseSpec(
            data_container=Problem,
            description=status.phrase,
            media_type=MEDIA_TYPE,
            generate_examples=False,
        )
        for status in statuses
    }


READING = documented(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
CHANGING = {
    **READING,
    **documented(
        HTTPStatus.CONFLICT,
        HTTPStatus.PRECONDITION_FAILED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.PRECONDITION_REQUIRED,
    ),
}
