"""The pages that problem types point to, and the front door of the service."""

from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import Request, get
from litestar.datastructures import State
from litestar.params import PathParameter
from litestar.response import Response

from services.api.languages import language_of, spoken
from services.api.problems import EdgeProblem, documented
from services.texts import Language, problem, problem_codes

OPEN = {"exclude_from_auth": True}


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of problem. `{…}` in the detail stand for the facts of the case."""

    type: str
    title: str
    detail: str


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """Where to find what."""

    service: str = "Kreislauf"
    api: str = "/api/v1"
    description: str = "/schema/openapi.json"
    problems: str = "/problems"
    health: str = "/health/ready"
    checkpoint: str = "/ledger/checkpoint"
    metrics: str = "/metrics"
    open_data: str = "/oparl/v1.1/system"


@get("/api", operation_id="readFront", tags=["Service"], opt=OPEN)
async def read_front() -> Front:
    """Where to find what."""
    return Front()


@get("/problems", operation_id="listProblems", tags=["Service"], opt=OPEN)
async def list_problems(request: Request[None, None, State]) -> Response[list[Explanation]]:
    """Every kind of problem the service may answer with."""
    language = language_of(request)
    return spoken([_explanation(code, language) for code in sorted(problem_codes())], language)


@get(
    "/problems/{code:str}",
    operation_id="readProblem",
    tags=["Service"],
    opt=OPEN,
    responses=documented(
        HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)
async def read_problem(
    request: Request[None, None, State],
    code: Annotated[str, PathParameter(pattern=r"^[a-z-]+\.[a-z-]+$")],
) -> Response[Explanation]:
    """One kind of problem, explained."""
    if code not in problem_codes():
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "request.unknown-path")
    language = language_of(request)
    return spoken(_explanation(code, language), language)


def _explanation(code: str, language: Language) -> Explanation:
    text = problem(code, language, {})
    return Explanation(type=f"/problems/{code}", title=text.title, detail=text.detail)
