"""Is it alive, is it ready, and which part is missing."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Protocol, runtime_checkable

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.response import Response

from services.eventstore.database import DATABASE_AWAY, Pool
from services.eventstore.store import EventStore
from services.ledger.checkpoints import first_unsigned
from services.projections.read_models import ReadModels

TOLERATED_LAG = 1000
"""So many events behind, the read models are said to be catching up."""

TOLERATED_WITHOUT_SIGNATURE = timedelta(minutes=1)
"""So long after it was recorded, an event is said to lack its checkpoint."""


@runtime_checkable
class Engine(Protocol):
    """Temporal, as far as readiness asks."""

    async def is_reachable(self) -> bool: ...


class Live(msgspec.Struct, frozen=True, kw_only=True):
    alive: bool = True


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """`needed`: without it nothing can be decided. `trouble` says what is missing."""

    name: str
    ok: bool
    needed: bool
    trouble: str = ""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """`degraded`: decisions are recorded, but a part they do not need is missing."""

    ready: bool
    degraded: bool
    position: int | None
    parts: list[Part]


@get("/health/live", operation_id="checkLive", tags=["Health"], opt={"exclude_from_auth": True})
async def check_live() -> Live:
    """The process runs and answers."""
    return Live()


@get(
    "/health/ready",
    operation_id="checkReady",
    tags=["Health"],
    opt={"exclude_from_auth": True},
    responses={
        HTTPStatus.SERVICE_UNAVAILABLE: ResponseSpec(
            data_container=Ready, description="A needed part is missing"
        )
    },
)
async def check_ready(
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    read_models: NamedDependency[ReadModels],
    engine: NamedDependency[Engine],
) -> Response[Ready]:
    """Which parts are there. Without Temporal answers are still accepted and recorded."""
    head, trouble = await _head(pool, store)
    database = Part(name="database", ok=head is not None, needed=True, trouble=trouble)
    temporal_ok = await engine.is_reachable()
    temporal = Part(
        name="temporal",
        ok=temporal_ok,
        needed=False,
        trouble="" if temporal_ok else "no answer: deadlines and reminders wait until it is back",
    )
    parts = [database, temporal]
    if head is not None:
        parts.append(await _read_models(read_models, head))
        parts.append(await _ledger(pool))
    ready = all(part.ok for part in parts if part.needed)
    answer = Ready(
        ready=ready,
        degraded=not all(part.ok for part in parts),
        position=head,
        parts=parts,
    )
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(answer, status_code=status)


async def _head(pool: Pool, store: EventStore) -> tuple[int | None, str]:
    """The head of the log, or what is wrong with the database."""
    try:
        if await pool.fetchval("select to_regclass('log_head') is null"):
            return None, "migrations are missing: run `kreislauf migrate`"
        return await store.head(), ""
    except DATABASE_AWAY as error:
        return None, f"no answer ({type(error).__name__})"


async def _read_models(read_models: ReadModels, head: int) -> Part:
    """Whether each takes in what was recorded, and soon."""
    troubles = [
        f"{stuck.projection} is stuck at log position {stuck.position} ({stuck.error})"
        for stuck in read_models.stuck
    ]
    behind = head - await read_models.position()
    if behind > TOLERATED_LAG:
        troubles.append(f"{behind} events behind")
    return Part(name="read models", ok=not troubles, needed=False, trouble="; ".join(troubles))


async def _ledger(pool: Pool) -> Part:
    """Whether what is recorded is signed soon."""
    since = await first_unsigned(pool)
    is_late = since is not None and datetime.now(UTC) - since > TOLERATED_WITHOUT_SIGNATURE
    trouble = f"nothing recorded since {since} is signed: see the log of the worker"
    return Part(name="ledger", ok=not is_late, needed=False, trouble=trouble if is_late else "")
