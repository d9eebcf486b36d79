"""Loads of many classes: taken in beside the request, and how far each of them is."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import unquote
from uuid import UUID, uuid5

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from domain.assessments.errors import NotInvited, RoundNotOpen, UnknownRound
from domain.assessments.errors_class import UnknownClass
from domain.assessments.errors_instrument import UnknownVersion
from domain.assessments.round import Open, Unknown, stage_of
from domain.kernel import NAMESPACE
from services.api.access import SignedIn
from services.api.class_access import Classes, own_colleges
from services.api.decisions import Clerk, IdempotencyKey
from services.api.faults import Fault
from services.api.languages import language_of, said_in
from services.api.problems import CHANGING, READING, TRY_AGAIN, EdgeProblem
from services.api.result_files import LONGEST_REASON, CorrectionReason
from services.api.uploads import LARGEST_LOAD, TakesTable, refuse_faults, uploaded
from services.county_loads import Checked, CountyLoad
from services.desk import Desk
from services.eventstore.database import Pool
from services.operations import Operation, Operations
from services.texts import Language, problem
from services.texts.outcomes import outcome

MOST_UNKNOWN = 200

ForRound = Annotated[
    UUID,
    QueryParameter(
        name="round",
        description="The round the results belong to.",
        examples=[Example(value="b7d0c0c6-3d0e-5b5e-8f53-7c3a3f0a9d21")],
    ),
]


class RefusedClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class that was not taken in, by which rule, and its sentence."""

    training_class: UUID
    code: str
    because: str


class OperationView(msgspec.Struct, frozen=True, kw_only=True):
    """How far a load is: `running`, `done` or `interrupted`. `done` counts its classes.

    What is recorded goes up to the log position `position`. After an interruption, the same file
    goes on where it ended.
    """

    id: UUID
    kind: str
    round: UUID
    state: str
    message: str
    rows: int
    classes: int
    done: int
    unchanged: int
    refused: list[RefusedClass]
    position: int
    started_at: datetime


@post(
    "/imports",
    operation_id="recordManyResults",
    tags=["Assessments"],
    status_code=202,
    request_max_body_size=None,
    operation_class=TakesTable,
    responses=CHANGING,
)
async def load_results(
    request: SignedIn,
    key: IdempotencyKey,
    round_id: ForRound,
    pool: NamedDependency[Pool],
    desk: NamedDependency[Desk],
    classes: NamedDependency[Classes],
    operations: NamedDependency[Operations],
    clerk: NamedDependency[Clerk],
    reason: CorrectionReason = "",
) -> Response[OperationView]:
    """Take in the results of many classes from one file, with a row for each learner.

    The whole file is checked first; with faults nothing is recorded. Then the answer comes, and
    `Location` says how far it is.
    """
    own = own_colleges(request, clerk.now())
    if operations.is_busy:
        raise EdgeProblem(HTTPStatus.SERVICE_UNAVAILABLE, "service.contended", headers=TRY_AGAIN)
    found = await desk.assessments.assessment_round(round_id)
    if isinstance(found, Unknown):
        raise UnknownRound(str(round_id))
    if not own & set(found.plan.colleges):
        raise NotInvited(", ".join(sorted(own)))
    if not isinstance(found, Open):
        raise RoundNotOpen(stage_of(found))
    definition = await desk.assessments.definition(found)
    if definition is None:
        raise UnknownVersion(found.plan.instrument, found.plan.version)
    load = CountyLoad(
        file=await uploaded(request, limit=LARGEST_LOAD),
        plan=found.plan,
        definition=definition,
        colleges=await _names(pool, own & set(found.plan.colleges)),
        principal=request.user,
        correlation=request.scope["state"]["correlation"],
        today=classes.today(clerk.now()),
        reason=unquote(reason, errors="replace")[:LONGEST_REASON],
    )
    await desk.assessments.views.catch_up()
    checked = await load.check(pool)
    refuse_faults(request, checked.faults)
    _refuse_unknown(request, checked)
    operation = uuid5(NAMESPACE, f"operation/{request.user.account}/{key}")
    await operations.start(load.as_load(operation, checked))
    return await _told(request, operations, operation, HTTPStatus.ACCEPTED)


@get(
    "/operations/{operation:uuid}",
    operation_id="readOperation",
    tags=["Assessments"],
    responses=READING,
)
async def read_operation(
    request: SignedIn, operation: FromPath[UUID], operations: NamedDependency[Operations]
) -> Response[OperationView]:
    """How far a load is, for whoever started it."""
    return await _told(request, operations, operation, HTTPStatus.OK)


async def _names(pool: Pool, colleges: frozenset[str]) -> dict[str, str]:
    """The colleges' keys, by key and by school number."""
    rows = await pool.fetch(
        "select key, number from organisation where key = any($1)", sorted(colleges)
    )
    numbers = {row["number"]: row["key"] for row in rows if row["number"]}
    return {**numbers, **{college: college for college in colleges}}


def _refuse_unknown(request: SignedIn, checked: Checked) -> None:
    if not checked.unknown:
        return
    language = language_of(request)
    raise EdgeProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "file.faulty",
        facts={"count": len(checked.unknown)},
        errors=tuple(
            Fault(
                detail=problem(UnknownClass.code, language, {"training_class": name}).detail,
                code=UnknownClass.code,
                value=name,
            )
            for name in checked.unknown[:MOST_UNKNOWN]
        ),
    )


async def _told(
    request: SignedIn, operations: Operations, operation: UUID, status: HTTPStatus
) -> Response[OperationView]:
    found = await operations.read(operation, request.user.account)
    if found is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "operation.unknown")
    language = language_of(request)
    headers = said_in(language)
    if found.state == "running":
        headers["Retry-After"] = "1"
    if status is HTTPStatus.ACCEPTED:
        headers["Location"] = f"/api/v1/operations/{operation}"
    return Response(_view(found, language), status_code=status, headers=headers)


def _view(found: Operation, language: Language) -> OperationView:
    message = outcome(
        f"load.{found.state}",
        language,
        done=found.done,
        classes=found.classes,
        unchanged=found.unchanged,
        refused=len(found.refused),
    )
    return OperationView(
        id=found.id,
        kind=found.kind,
        round=found.round,
        state=found.state,
        message=message,
        rows=found.rows,
        classes=found.classes,
        done=found.done,
        unchanged=found.unchanged,
        refused=[
            RefusedClass(
                training_class=one.training_class,
                code=one.code,
                because=problem(one.code, language, {}).title,
            )
            for one in found.refused
        ],
        position=found.position,
        started_at=found.started_at,
    )
