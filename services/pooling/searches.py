"""Searches for courses beside the requests: how far each is, and what it found or why not."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import asyncpg
import msgspec
import structlog

from services.crew import ended
from services.eventstore.database import DATABASE_AWAY, Pool
from services.eventstore.store import EventStore
from services.pooling.asking import Solver, SolverFailed
from services.pooling.suggestion import Suggestion
from services.pooling.waiting import question_of

SECONDS = 30.0
"""The longest it is looked for; a county's reports of a month take less than one."""
SILENCE = timedelta(seconds=60)
"""Whoever has not said for so long that it goes on is gone."""
KEPT = timedelta(hours=24)
SAY_EVERY = 0.5
MOST_WAITING = 4
"""So many in one process, those that wait for their turn too."""

STARTED = """
    insert into pool_search (id, account, state, longest, started_at, alive_at)
    values ($1, $2, 'waiting', $3, $4, $4)
    on conflict (id) do update set state = 'waiting', code = '', result = null, started_at = $4,
            alive_at = $4
        where pool_search.account = $2 and (pool_search.state = 'interrupted'
            or pool_search.state in ('waiting', 'running') and pool_search.alive_at < $5)
    returning id
"""
SAID = """
    update pool_search set state = coalesce($2, state), alive_at = $3
    where id = $1 and state in ('waiting', 'running') returning id
"""
ENDED = """
    update pool_search set state = $2, code = $3, result = $4, alive_at = $5
    where id = $1 and state in ('waiting', 'running')
"""
CANCELLED = """
    update pool_search set state = 'cancelled', alive_at = $3
    where id = $1 and account = $2 and state in ('waiting', 'running')
"""
FORGOTTEN = "delete from pool_search where started_at < $1"

log = structlog.get_logger(__name__)


class SearchState(StrEnum):
    """How far a search is; it waits as long as another one has its turn."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def is_going_on(self) -> bool:
        return self in {SearchState.WAITING, SearchState.RUNNING}


class Trouble(StrEnum):
    """Why a search failed: the code of the problem."""

    FAILED = "pool-search.failed"
    TOO_LONG = "pool-search.too-long"


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """`found` once it is done, `trouble` once it failed; `longest` is in seconds."""

    id: UUID
    state: SearchState
    started_at: datetime
    alive_at: datetime
    longest: float
    trouble: Trouble | None
    found: Suggestion | None


class PoolSearches:
    """Runs one search at a time in this process; nothing is recorded by any of them.

    A lost process leaves its search `interrupted`. Cancelling works from every process.
    """

    def __init__(
        self, pool: Pool, store: EventStore, solver: Solver, seconds: float = SECONDS
    ) -> None:
        self._pool = pool
        self._store = store
        self._solver = solver
        self._seconds = seconds
        self._turn = asyncio.Semaphore(1)
        self._running: dict[UUID, asyncio.Task[None]] = {}

    @property
    def is_busy(self) -> bool:
        """Whether no further one can be started now."""
        return len(self._running) >= MOST_WAITING

    async def start(self, search: UUID, account: str, day: date) -> None:
        """Start looking in the background, unless it does already or has ended."""
        now = datetime.now(UTC)
        await self._pool.execute(FORGOTTEN, now - KEPT)
        started = await self._pool.fetchval(
            STARTED, search, account, self._seconds, now, now - SILENCE
        )
        if started is not None:
            task = asyncio.create_task(self._run(search, day), name=f"pool search {search}")
            self._running[search] = task
            task.add_done_callback(lambda _: self._running.pop(search, None))

    async def read(self, search: UUID, account: str) -> Search | None:
        """The search as far as it is; None if it is not one of this account."""
        row = await self._pool.fetchrow(
            "select * from pool_search where id = $1 and account = $2", search, account
        )
        return None if row is None else _search(row)

    async def cancel(self, search: UUID, account: str) -> None:
        """End it, if it is one of this account and goes on; then nobody calculates any more."""
        await self._pool.execute(CANCELLED, search, account, datetime.now(UTC))
        found = await self.read(search, account)
        task = self._running.get(search)
        if task is not None and found is not None and not found.state.is_going_on:
            await ended(task)

    async def dismiss(self) -> None:
        """Interrupt what runs, because the process ends."""
        for task in list(self._running.values()):
            await ended(task)

    async def _run(self, search: UUID, day: date) -> None:
        saying = asyncio.create_task(self._keep_saying(search))
        state, trouble, found = SearchState.INTERRUPTED, "", None
        try:
            async with self._turn:
                await self._pool.fetchval(SAID, search, SearchState.RUNNING, datetime.now(UTC))
                question = await question_of(self._pool, self._store, day, self._seconds)
                found = await self._solver.ask(question)
            state = SearchState.DONE
        except (SolverFailed, TimeoutError) as error:
            is_late = isinstance(error, TimeoutError)
            state, trouble = SearchState.FAILED, Trouble.TOO_LONG if is_late else Trouble.FAILED
            log.error("pool search failed", search=str(search), code=trouble)  # noqa: TRY400 (the trace says no more)
        except Exception as error:  # noqa: BLE001 (whoever asks how far it is must not wait for ever)
            log.error("pool search interrupted", search=str(search), error=type(error).__name__)  # noqa: TRY400 (the trace would hold what companies need)
        finally:
            await ended(saying)
            await asyncio.shield(self._end(search, state, trouble, found))

    async def _keep_saying(self, search: UUID) -> None:
        """Say that it goes on, until another process cancels it."""
        while True:
            await asyncio.sleep(SAY_EVERY)
            try:
                goes_on = await self._pool.fetchval(SAID, search, None, datetime.now(UTC))
            except DATABASE_AWAY:
                continue
            if goes_on is None and search in self._running:
                self._running[search].cancel()

    async def _end(
        self, search: UUID, state: SearchState, trouble: str, found: Suggestion | None
    ) -> None:
        written = None if found is None else msgspec.json.encode(found).decode()
        try:
            await self._pool.execute(ENDED, search, state, trouble, written, datetime.now(UTC))
        except DATABASE_AWAY as error:
            # Silence says the same.
            log.warning("end not noted", search=str(search), error=type(error).__name__)


def _search(row: asyncpg.Record) -> Search:
    state = SearchState(row["state"])
    if state.is_going_on and row["alive_at"] < datetime.now(UTC) - SILENCE:
        state = SearchState.INTERRUPTED
    return Search(
        id=row["id"],
        state=state,
        started_at=row["started_at"],
        alive_at=row["alive_at"],
        longest=row["longest"],
        trouble=Trouble(row["code"]) if row["code"] else None,
        found=msgspec.json.decode(row["result"], type=Suggestion) if row["result"] else None,
    )
