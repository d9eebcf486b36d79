"""Checking the whole log, and taking it along: long, so beside the request."""

from collections.abc import AsyncIterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response, Stream

from domain.kernel import NAMESPACE
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, IdempotencyKey
from services.api.languages import language_of, said_in
from services.api.problems import CHANGING, READING, TRY_AGAIN, EdgeProblem
from services.audit.tasks import AuditTasks, Task, TaskKind
from services.eventstore.database import Pool
from services.identity.authorisation import CHECKS_THE_LOG, require
from services.ledger.checking import kept_checkpoints
from services.ledger.checkpoints import latest_note
from services.ledger.verifier import Checkpoint

PIECE = 1 << 16
ZIP = "application/zip"
KEPT = "kept"
"""What checkpoints that were brought along are called in findings."""

_EXAMPLE = (
    "log.example.org/kim\n119\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— log.example.org/kim Az3grlgtzPI=\n"
)
KeptNotes = Annotated[
    str,
    msgspec.Meta(
        max_length=200_000,
        pattern=bounds.NO_NUL,
        description="Checkpoints that somebody kept, one after the other, as they were given.",
        examples=[_EXAMPLE],
    ),
]
Positions = Annotated[
    tuple[Annotated[int, msgspec.Meta(ge=1, le=bounds.LARGEST_POSITION)], ...],
    msgspec.Meta(max_length=100, examples=[[120]]),
]


class LogCheck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the log is checked against beside itself."""

    checkpoints: KeptNotes = ""


class LogExport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`proofs`: log positions whose receipts come along."""

    proofs: Positions = ()


class CheckView(msgspec.Struct, frozen=True, kw_only=True):
    """How far a check is: `running`, `done` or `interrupted`; `done` of `whole` entries.

    `holds` once it is done: everything is as it was recorded; otherwise the first bad entry is
    `position`, or lies between it and `until`. `told` says what was found.
    """

    id: UUID
    state: str
    done: int
    whole: int
    started_at: datetime
    holds: bool | None = None
    told: str = ""
    position: int | None = None
    until: int | None = None
    events: int | None = None
    checkpoints: int | None = None
    covered: int | None = None
    receipts: int | None = None
    keys: list[str] = []


class ExportView(msgspec.Struct, frozen=True, kw_only=True):
    """How far an export is. Once it is `done`, `file` is where it is fetched, for a day.

    Without `file` it is no longer kept where this was asked.
    """

    id: UUID
    state: str
    done: int
    whole: int
    started_at: datetime
    events: int | None = None
    bytes: int | None = None
    file: str | None = None


class LogTaskController(Controller):
    """For auditors and administrators. Nothing is recorded: looking is no decision."""

    path = "/ledger"
    tags = ("Ledger",)

    @post("/checks", operation_id="checkLog", status_code=202, responses=CHANGING)
    async def check_log(
        self,
        request: SignedIn,
        data: JSONBody[LogCheck],
        key: IdempotencyKey,
        audit_tasks: NamedDependency[AuditTasks],
        clerk: NamedDependency[Clerk],
    ) -> Response[CheckView]:
        """Check every entry, tile, checkpoint and receipt; `Location` says how far it is."""
        require(request.user, CHECKS_THE_LOG, clerk.now())
        _refuse_if_busy(audit_tasks)
        task = _id(request, TaskKind.CHECK, key)
        await audit_tasks.check(task, request.user.account, _kept(data.checkpoints))
        found = await _found(request, audit_tasks, task, TaskKind.CHECK)
        return _answer(request, found, _check_view(request, found), HTTPStatus.ACCEPTED)

    @get("/checks/{task:uuid}", operation_id="readCheck", responses=READING)
    async def read_check(
        self, request: SignedIn, task: FromPath[UUID], audit_tasks: NamedDependency[AuditTasks]
    ) -> Response[CheckView]:
        """How far a check is and what it found, for whoever started it."""
        found = await _found(request, audit_tasks, task, TaskKind.CHECK)
        return _answer(request, found, _check_view(request, found), HTTPStatus.OK)

    @post("/exports", operation_id="exportLog", status_code=202, responses=CHANGING)
    async def export_log(
        self,
        request: SignedIn,
        data: JSONBody[LogExport],
        key: IdempotencyKey,
        pool: NamedDependency[Pool],
        audit_tasks: NamedDependency[AuditTasks],
        clerk: NamedDependency[Clerk],
    ) -> Response[ExportView]:
        """Write the log up to the last checkpoint, with the verifier, into a file to take along."""
        require(request.user, CHECKS_THE_LOG, clerk.now())
        _refuse_if_busy(audit_tasks)
        if await latest_note(pool) is None:
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.no-checkpoint")
        await _require_covered(pool, data.proofs)
        task = _id(request, TaskKind.EXPORT, key)
        await audit_tasks.export(task, request.user.account, data.proofs)
        found = await _found(request, audit_tasks, task, TaskKind.EXPORT)
        return _answer(request, found, _export_view(found, audit_tasks), HTTPStatus.ACCEPTED)

    @get("/exports/{task:uuid}", operation_id="readExport", responses=READING)
    async def read_export(
        self, request: SignedIn, task: FromPath[UUID], audit_tasks: NamedDependency[AuditTasks]
    ) -> Response[ExportView]:
        """How far an export is, for whoever started it."""
        found = await _found(request, audit_tasks, task, TaskKind.EXPORT)
        return _answer(request, found, _export_view(found, audit_tasks), HTTPStatus.OK)

    @get(
        "/exports/{task:uuid}/kreislauf-export.zip",
        operation_id="readExportFile",
        media_type=ZIP,
        responses=READING,
    )
    async def read_export_file(
        self,
        request: SignedIn,
        task: FromPath[UUID],
        audit_tasks: NamedDependency[AuditTasks],
        clerk: NamedDependency[Clerk],
    ) -> Stream:
        """The file of an export, for whoever started it."""
        require(request.user, CHECKS_THE_LOG, clerk.now())
        await _found(request, audit_tasks, task, TaskKind.EXPORT)
        file = audit_tasks.file(task)
        if file is None:
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.export-gone")
        name = f'attachment; filename="kreislauf-export-{task}.zip"'
        headers = {"Content-Disposition": name, "Content-Length": str(file.stat().st_size)}
        return Stream(_pieces(file), media_type=ZIP, headers=headers)


def _refuse_if_busy(audit_tasks: AuditTasks) -> None:
    if audit_tasks.is_busy:
        raise EdgeProblem(HTTPStatus.SERVICE_UNAVAILABLE, "service.contended", headers=TRY_AGAIN)


def _kept(text: str) -> list[Checkpoint]:
    """Raises EdgeProblem if they are not checkpoints."""
    if not text.strip():
        return []
    try:
        return kept_checkpoints(text, KEPT)
    except ValueError:
        raise EdgeProblem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "ledger.not-a-checkpoint", pointer="/checkpoints"
        ) from None


async def _require_covered(pool: Pool, positions: tuple[int, ...]) -> None:
    covered: int = await pool.fetchval("select coalesce(max(size), 0) from checkpoint")
    for position in positions:
        if position > covered:
            facts = {"position": position, "head": covered}
            raise EdgeProblem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "ledger.unknown-position",
                facts=facts,
                pointer="/proofs",
            )


def _id(request: SignedIn, kind: TaskKind, key: str) -> UUID:
    """The same for the same request sent again."""
    return uuid5(NAMESPACE, f"{kind}/{request.user.account}/{key}")


async def _found(request: SignedIn, audit_tasks: AuditTasks, task: UUID, kind: TaskKind) -> Task:
    found = await audit_tasks.read(task, request.user.account, kind)
    if found is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "operation.unknown")
    return found


def _answer(
    request: SignedIn, found: Task, view: CheckView | ExportView, status: HTTPStatus
) -> Response[Any]:
    headers = said_in(language_of(request))
    if found.state == "running":
        headers["Retry-After"] = "1"
    if status is HTTPStatus.ACCEPTED:
        headers["Location"] = f"/api/v1/ledger/{found.kind}s/{found.id}"
    return Response(view, status_code=status, headers=headers)


def _check_view(request: SignedIn, found: Task) -> CheckView:
    result = found.result
    return CheckView(
        id=found.id,
        state=found.state,
        done=result.get("events", found.done),
        whole=found.whole,
        started_at=found.started_at,
        holds=result.get("holds"),
        told=result.get("told", {}).get(language_of(request), ""),
        position=result.get("position"),
        until=result.get("until"),
        events=result.get("events"),
        checkpoints=result.get("checkpoints"),
        covered=result.get("covered"),
        receipts=result.get("receipts"),
        keys=result.get("keys", []),
    )


def _export_view(found: Task, audit_tasks: AuditTasks) -> ExportView:
    is_here = found.state == "done" and audit_tasks.file(found.id) is not None
    path = f"/api/v1/ledger/exports/{found.id}/kreislauf-export.zip"
    return ExportView(
        id=found.id,
        state=found.state,
        done=found.done,
        whole=found.whole,
        started_at=found.started_at,
        events=found.result.get("events"),
        bytes=found.result.get("bytes"),
        file=path if is_here else None,
    )


async def _pieces(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece
