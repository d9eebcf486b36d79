"""The ledger over HTTP: proofs and receipts for those they concern, the tree for everybody."""

from base64 import b64encode
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, PathParameter, QueryParameter
from litestar.response import Response

from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import READING, EdgeProblem
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import READS_THE_RECORD
from services.ledger.checkpoints import checkpoints_after
from services.ledger.keys import KnownKey, key_history
from services.ledger.receipts import ProvenEvent, note_covering, proven
from services.ledger.tree import TreeReader

PATIENCE = 5.0
"""So many seconds a proof is waited for: a checkpoint follows an event in about one."""

LogPosition = Annotated[
    int, PathParameter(ge=1, le=bounds.LARGEST_POSITION, examples=[Example(value=120)])
]
TreeSize = Annotated[int, QueryParameter(ge=0, le=bounds.LARGEST_POSITION)]


class EventProof(msgspec.Struct, frozen=True, kw_only=True):
    """That an event is in the log. `state` is what is stored of it, exactly; `line` names its hash.

    `proof` is all of it as a `.tlog-proof` file, which `verify.py` checks without a network.
    """

    position: int
    line: str
    state: str
    hashes: list[str]
    proof: str


class ReceiptView(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with the proofs of its events, all under one signed checkpoint."""

    command: UUID
    id: UUID
    version: int
    position: int
    checkpoint: str
    events: list[EventProof]


class ConsistencyProof(msgspec.Struct, frozen=True, kw_only=True):
    """That the tree of the new size continues that of the old one (RFC 6962, 2.1.2), in base64."""

    old: int
    new: int
    hashes: list[str]


class CheckpointView(msgspec.Struct, frozen=True, kw_only=True):
    """A signed checkpoint. `time_stamped`: an authority dated it."""

    size: int
    note: str
    time_stamped: bool


PROOF = {
    int(HTTPStatus.OK): ResponseSpec(EventProof, generate_examples=False, description="The proof.")
}
RECEIPT = {
    int(HTTPStatus.OK): ResponseSpec(
        ReceiptView, generate_examples=False, description="The decision with its proofs."
    )
}


class LedgerController(Controller):
    """Proofs for those who may read the record, or whose own decision it is."""

    path = "/ledger"
    tags = ("Ledger",)

    @get("/proofs/{position:int}", operation_id="readProof", responses=READING | PROOF)
    async def read_proof(
        self,
        request: SignedIn,
        position: LogPosition,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> Response[Any]:
        """That the log has an event: as JSON, or with `Accept: text/plain` as a file to keep."""
        await _require_own_or_reader(request, position, store, clerk)
        [event] = await _proven(pool, position, position)
        if _wants_file(request):
            return _file(event)
        return Response(_event_proof(event))

    @get("/consistency", operation_id="readConsistency", responses=READING)
    async def read_consistency(
        self, old: TreeSize, new: TreeSize, pool: NamedDependency[Pool]
    ) -> ConsistencyProof:
        """That a larger tree continues a smaller one: both are checkpoints' sizes, usually."""
        try:
            hashes = await TreeReader(pool).consistency(old, new)
        except (ValueError, LookupError):
            size: int = await pool.fetchval("select position from log_head")
            raise EdgeProblem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "ledger.sizes-do-not-fit",
                facts={"old": old, "new": new, "size": size},
                parameter="new",
            ) from None
        return ConsistencyProof(old=old, new=new, hashes=_in_base64(hashes))

    @get("/checkpoints", operation_id="listCheckpoints", responses=READING)
    async def list_checkpoints(
        self,
        pool: NamedDependency[Pool],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Page[CheckpointView]:
        """All checkpoints, the first one first, with the signatures of witnesses."""
        after = read_cursor(cursor, int, 0)
        found = await checkpoints_after(pool, after, limit + 1)
        items = [
            CheckpointView(size=one.size, note=one.note, time_stamped=one.time_stamped)
            for one in found[:limit]
        ]
        more = len(found) > limit
        return Page(items=items, next=write_cursor(items[-1].size) if more else None)

    @get(
        "/checkpoints/{size:int}/time-stamp",
        operation_id="readTimeStamp",
        responses=READING,
        media_type="application/timestamp-reply",
    )
    async def read_time_stamp(
        self, size: LogPosition, pool: NamedDependency[Pool]
    ) -> Response[bytes]:
        """When an authority saw a checkpoint: its response (RFC 3161) over the log's own note."""
        response: bytes | None = await pool.fetchval(
            "select response from checkpoint_time where size = $1", size
        )
        if response is None:
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.no-time-stamp", facts={"size": size})
        return Response(response, media_type="application/timestamp-reply")

    @get("/keys", operation_id="listKeys", responses=READING)
    async def list_keys(self, pool: NamedDependency[Pool]) -> list[KnownKey]:
        """The keys that sign the checkpoints, the first one first, each with its trees."""
        history = await key_history(pool)
        return list(history.keys) if history else []


@get(
    "/receipts/{command_id:uuid}",
    operation_id="readReceipt",
    responses=READING | RECEIPT,
    tags=["Ledger"],
)
async def read_receipt(
    request: SignedIn,
    command_id: FromPath[UUID],
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    clerk: NamedDependency[Clerk],
) -> Response[Any]:
    """What one keeps of a decision: JSON, or with `Accept: text/plain` its last event's file."""
    receipt = await store.receipt(command_id)
    if receipt is None:
        raise EdgeProblem(HTTPStatus.NOT_FOUND, "ledger.unknown-receipt")
    if receipt.first > receipt.last:
        raise EdgeProblem(
            HTTPStatus.NOT_FOUND, "ledger.nothing-recorded", facts={"position": receipt.last}
        )
    await _require_own_or_reader(request, receipt.last, store, clerk)
    events = await _proven(pool, receipt.first, receipt.last)
    if _wants_file(request):
        return _file(events[-1])
    view = ReceiptView(
        command=receipt.command,
        id=receipt.stream,
        version=receipt.version,
        position=receipt.last,
        checkpoint=events[-1].proof.checkpoint,
        events=[_event_proof(event) for event in events],
    )
    return Response(view)


async def _require_own_or_reader(
    request: SignedIn, position: int, store: EventStore, clerk: Clerk
) -> None:
    """Raises EdgeProblem unless they may read the record, or decided this themselves."""
    roles = {grant.role for grant in request.user.grants_at(clerk.now())}
    reads_all = not READS_THE_RECORD.isdisjoint(roles)
    entries = await store.at([position])
    if not entries and reads_all:
        raise EdgeProblem(
            HTTPStatus.NOT_FOUND,
            "ledger.unknown-position",
            facts={"position": position, "head": await store.head()},
        )
    if not reads_all and not (entries and entries[0].metadata.account == request.user.account):
        raise EdgeProblem(HTTPStatus.FORBIDDEN, "ledger.may-not-read")


async def _proven(pool: Pool, first: int, last: int) -> list[ProvenEvent]:
    note = await note_covering(pool, last, PATIENCE)
    if note is None:
        raise EdgeProblem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "ledger.not-sealed-yet",
            facts={"position": last},
            headers={"Retry-After": "2"},
        )
    return await proven(pool, first, last, note)


def _event_proof(event: ProvenEvent) -> EventProof:
    return EventProof(
        position=event.position,
        line=event.line.decode(),
        state=event.state.decode(),
        hashes=_in_base64(event.proof.hashes),
        proof=event.proof.text(),
    )


def _file(event: ProvenEvent) -> Response[str]:
    name = f"kreislauf-{event.position}.tlog-proof"
    return Response(
        event.proof.text(),
        media_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Vary": "Accept"},
    )


def _wants_file(request: Request[Any, None, State]) -> bool:
    return request.accept.best_match(["application/json", "text/plain"]) == "text/plain"


def _in_base64(hashes: list[bytes] | tuple[bytes, ...]) -> list[str]:
    return [b64encode(one).decode() for one in hashes]
