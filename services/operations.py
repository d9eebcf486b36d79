"""Long loads beside the requests: how far each is, also after its process is gone."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import asyncpg
import msgspec
import structlog

from domain.kernel import DomainError
from services.crew import ended
from services.desk import Contended, Desk
from services.eventstore.database import DATABASE_AWAY, Pool
from services.orders import Order

AT_ONCE = 2
"""Loads in one process: each holds its file in memory."""
SIDE_BY_SIDE = 8
"""Classes recorded at the same time: appends that come together share their commit."""
SILENCE = timedelta(seconds=60)
"""Whoever has not said for so long that it goes on is gone; it says so with every batch."""

STARTED = """
    insert into operation (id, account, kind, round, rows, classes, state, started_at, alive_at)
    values ($1, $2, $3, $4, $5, $6, 'running', $7, $7)
    on conflict (id) do update set done = 0, unchanged = 0, refused = '[]', rows = $5,
        classes = $6, state = 'running', alive_at = $7
        where operation.state = 'interrupted' or operation.alive_at < $8
    returning id
"""
PROGRESS = """
    update operation set done = $2, unchanged = $3, refused = $4, position = $5, state = $6,
        alive_at = $7
    where id = $1
"""

log = structlog.get_logger(__name__)

Batches: TypeAlias = AsyncIterator[Sequence[Order]]


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A class that was not taken in, and the code of the rule that was against it."""

    training_class: UUID
    code: str


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """How far a load is. `done` counts classes, refused and `unchanged` ones too."""

    id: UUID
    kind: str
    round: UUID
    rows: int
    classes: int
    done: int
    unchanged: int
    refused: tuple[Refused, ...]
    position: int
    state: str
    started_at: datetime


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """A load to be started: what it is about, and how to come by its orders, one for each class."""

    id: UUID
    account: str
    kind: str
    round: UUID
    rows: int
    classes: int
    batches: Callable[[], Batches]


class Operations:
    """Runs loads in the background. Each class is recorded whole or refused whole.

    A lost process leaves its load `interrupted`; the same load again goes on: what is recorded
    stays as it is, because each order has its own command id.
    """

    def __init__(self, pool: Pool, desk: Desk) -> None:
        self._pool = pool
        self._desk = desk
        self._running: dict[UUID, asyncio.Task[None]] = {}

    @property
    def is_busy(self) -> bool:
        """Whether no further load can start now."""
        return len(self._running) >= AT_ONCE

    async def start(self, load: Load) -> None:
        """Start the load in the background, unless it runs already or is done."""
        now = datetime.now(UTC)
        started = await self._pool.fetchval(
            STARTED,
            load.id,
            load.account,
            load.kind,
            load.round,
            load.rows,
            load.classes,
            now,
            now - SILENCE,
        )
        if started is not None:
            task = asyncio.create_task(self._run(load), name=f"load {load.id}")
            self._running[load.id] = task
            task.add_done_callback(lambda _: self._running.pop(load.id, None))

    async def read(self, operation: UUID, account: str) -> Operation | None:
        """The operation as far as it is; None if it is not one of this account."""
        row = await self._pool.fetchrow(
            "select * from operation where id = $1 and account = $2", operation, account
        )
        return None if row is None else _operation(row)

    async def dismiss(self) -> None:
        """Interrupt what runs, because the process ends."""
        for task in list(self._running.values()):
            await ended(task)

    async def _run(self, load: Load) -> None:
        progress = _Progress(self._pool, load.id)
        state = "interrupted"
        try:
            async for batch in load.batches():
                for start in range(0, len(batch), SIDE_BY_SIDE):
                    some = batch[start : start + SIDE_BY_SIDE]
                    await asyncio.gather(*(self._hand_in(order, progress) for order in some))
                await progress.write("running")
            state = "done"
        except Exception as error:  # noqa: BLE001 (whoever asks how far it is must not wait for ever)
            log.error(  # noqa: TRY400 (the trace would say who achieved what)
                "load interrupted", operation=str(load.id), error=type(error).__name__
            )
        finally:
            await asyncio.shield(progress.write(state))

    async def _hand_in(self, order: Order, progress: "_Progress") -> None:
        try:
            receipt = await self._desk.handle(order)
        except DomainError as error:
            progress.refused.append(Refused(training_class=order.command.subject, code=error.code))
        except Contended:
            code = "service.contended"
            progress.refused.append(Refused(training_class=order.command.subject, code=code))
        else:
            progress.unchanged += receipt.last < receipt.first
            progress.position = max(progress.position, receipt.last)
        progress.done += 1


class _Progress:
    """What is counted while a load runs."""

    def __init__(self, pool: Pool, operation: UUID) -> None:
        self._pool = pool
        self._operation = operation
        self.done = 0
        self.unchanged = 0
        self.position = 0
        self.refused: list[Refused] = []

    async def write(self, state: str) -> None:
        try:
            await self._pool.execute(
                PROGRESS,
                self._operation,
                self.done,
                self.unchanged,
                msgspec.json.encode(self.refused).decode(),
                self.position,
                state,
                datetime.now(UTC),
            )
        except DATABASE_AWAY as error:
            # Silence says the same.
            log.warning(
                "progress not noted", operation=str(self._operation), error=type(error).__name__
            )


def _operation(row: asyncpg.Record) -> Operation:
    is_silent = row["state"] == "running" and row["alive_at"] < datetime.now(UTC) - SILENCE
    return Operation(
        id=row["id"],
        kind=row["kind"],
        round=row["round"],
        rows=row["rows"],
        classes=row["classes"],
        done=row["done"],
        unchanged=row["unchanged"],
        refused=msgspec.json.decode(row["refused"], type=tuple[Refused, ...]),
        position=row["position"],
        state="interrupted" if is_silent else row["state"],
        started_at=row["started_at"],
    )
