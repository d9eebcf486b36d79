"""What went wrong, as OParl's error object, in the language of the data."""

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request
from litestar.response import Response

from services.api.problems import EdgeProblem
from services.oparl.addresses import SCHEMA
from services.texts import problem


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """`message` is for people, `debug` the code of the problem."""

    type: str = f"{SCHEMA}Error"
    message: str
    debug: str


def unknown(status: HTTPStatus = HTTPStatus.NOT_FOUND) -> EdgeProblem:
    """There is nothing public at this address, and never was, unless the status says it is gone."""
    return EdgeProblem(status, "request.unknown-path")


def from_edge(_: Request[Any, Any, Any], error: EdgeProblem) -> Response[Error]:
    text = problem(error.code, "de", error.facts)
    said = Error(message=f"{text.title}. {text.detail}", debug=error.code)
    return Response(said, status_code=error.status, media_type="application/json")


HANDLERS: dict[int | type[Exception], Any] = {EdgeProblem: from_edge}
