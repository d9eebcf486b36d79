"""Checks and exports of the whole log beside the requests: how far each is, and what came of it."""

import asyncio
import shutil
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import msgspec
import structlog

from services.crew import ended
from services.eventstore.database import DATABASE_AWAY, Connection, Pool
from services.ledger.bundle import export, last_covered
from services.ledger.checking import check_log
from services.ledger.findings import sentences, told
from services.ledger.verifier import Checkpoint, Finding
from services.texts.language import LANGUAGES

SILENCE = timedelta(seconds=60)
"""Whoever has not said for so long that it goes on is gone."""
KEPT = timedelta(hours=24)
"""So long an export may be fetched; then its file is removed."""
SAY_EVERY = 0.25
MOST_WAITING = 8
"""So many in one process, those that wait for their turn too."""

STARTED = """
    insert into audit_task (id, account, kind, state, whole, started_at, alive_at)
    values ($1, $2, $3, 'running', $4, $5, $5)
    on conflict (id) do update set state = 'running', done = 0, result = '{}', alive_at = $5
        where audit_task.state = 'interrupted' or audit_task.alive_at < $6
    returning id
"""
SAID = """
    update audit_task set done = $2, state = $3, result = $4, alive_at = $5 where id = $1
"""

log = structlog.get_logger(__name__)

Tick: TypeAlias = Callable[[int], None]


class TaskKind(StrEnum):
    """What is done."""

    CHECK = "check"
    EXPORT = "export"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is, in entries of the log. `result` is what was found, in both languages."""

    id: UUID
    kind: TaskKind
    state: str
    done: int
    whole: int
    result: Mapping[str, Any]
    started_at: datetime


class AuditTasks:
    """Runs one check or export at a time in this process, on one state of the log.

    People go on working meanwhile. A lost process leaves its task `interrupted`; it is begun anew.
    """

    def __init__(self, pool: Pool, folder: Path | None) -> None:
        """Without a folder, exports go into one for temporary files, as long as this process is."""
        self._pool = pool
        self._folder = folder
        self._temporary: TemporaryDirectory[str] | None = None
        self._turn = asyncio.Semaphore(1)
        self._running: dict[UUID, asyncio.Task[None]] = {}

    @property
    def is_busy(self) -> bool:
        """Whether no further one can be started now."""
        return len(self._running) >= MOST_WAITING

    async def check(self, task: UUID, account: str, kept: Sequence[Checkpoint]) -> None:
        """Start checking the whole log, also against checkpoints somebody kept."""

        async def work(connection: Connection, tick: Tick) -> Mapping[str, Any]:
            try:
                report = await check_log(connection, kept, tick)
            except Finding as finding:
                until = max(finding.until, finding.position)
                said = {language: told(finding, language) for language in LANGUAGES}
                found = {"code": finding.code, "position": finding.position, "until": until}
                return {"holds": False, **found, "told": said}
            facts = msgspec.to_builtins(report)
            said = {language: sentences(language)("good", **facts) for language in LANGUAGES}
            return {"holds": True, **facts, "told": said}

        await self._start(task, account, TaskKind.CHECK, work)

    async def export(self, task: UUID, account: str, proofs: Sequence[int]) -> None:
        """Start writing the log up to its last checkpoint into a file to take along."""

        async def work(connection: Connection, tick: Tick) -> Mapping[str, Any]:
            covered = await last_covered(connection) or 0
            exports = await asyncio.to_thread(self._exports)
            folder, file = exports / str(task), exports / f"{task}.zip"
            try:
                await export(connection, folder, until=covered, proofs=proofs, tick=tick)
                await asyncio.to_thread(_pack, folder, file)
            finally:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            return {"events": covered, "bytes": file.stat().st_size}

        await self._start(task, account, TaskKind.EXPORT, work)

    def file(self, task: UUID) -> Path | None:
        """The file of an export, as long as it is kept here."""
        folder = self._folder or (Path(self._temporary.name) if self._temporary else None)
        file = folder / f"{task}.zip" if folder else None
        return file if file is not None and file.is_file() else None

    async def read(self, task: UUID, account: str, kind: TaskKind) -> Task | None:
        """The task as far as it is; None if it is not one of this account."""
        row = await self._pool.fetchrow(
            "select * from audit_task where id = $1 and account = $2 and kind = $3",
            task,
            account,
            kind,
        )
        return None if row is None else _task(row)

    async def dismiss(self) -> None:
        """Interrupt what runs, because the process ends."""
        for task in list(self._running.values()):
            await ended(task)
        if self._temporary is not None:
            self._temporary.cleanup()

    def _exports(self) -> Path:
        """The folder of the exports, without what was kept for long enough."""
        if self._folder is None:
            if self._temporary is None:
                self._temporary = TemporaryDirectory(prefix="kreislauf-exports-")
            folder = Path(self._temporary.name)
        else:
            folder = self._folder
            folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        return folder

    async def _start(
        self,
        task: UUID,
        account: str,
        kind: TaskKind,
        work: Callable[[Connection, Tick], Awaitable[Mapping[str, Any]]],
    ) -> None:
        now = datetime.now(UTC)
        whole: int = await self._pool.fetchval("select position from log_head")
        started = await self._pool.fetchval(STARTED, task, account, kind, whole, now, now - SILENCE)
        if started is not None:
            running = asyncio.create_task(self._run(task, work), name=f"{kind} {task}")
            self._running[task] = running
            running.add_done_callback(lambda _: self._running.pop(task, None))

    async def _run(
        self, task: UUID, work: Callable[[Connection, Tick], Awaitable[Mapping[str, Any]]]
    ) -> None:
        progress = _Progress()
        saying = asyncio.create_task(self._keep_saying(task, progress))
        state: str = "interrupted"
        result: Mapping[str, Any] = {}
        try:
            async with self._turn, self._one_state() as connection:
                result = await work(connection, progress.reach)
            state = "done"
        except Exception as error:  # noqa: BLE001 (whoever asks how far it is must not wait for ever)
            log.error("audit task interrupted", task=str(task), error=type(error).__name__)  # noqa: TRY400 (the trace would hold what the log does)
        finally:
            await ended(saying)
            await asyncio.shield(self._say(task, progress.position, state, result))

    @asynccontextmanager
    async def _one_state(self) -> AsyncIterator[Connection]:
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield connection

    async def _keep_saying(self, task: UUID, progress: "_Progress") -> None:
        while True:
            await asyncio.sleep(SAY_EVERY)
            await self._say(task, progress.position, "running", {})

    async def _say(self, task: UUID, done: int, state: str, result: Mapping[str, Any]) -> None:
        written = msgspec.json.encode(result, enc_hook=str).decode()
        try:
            await self._pool.execute(SAID, task, done, state, written, datetime.now(UTC))
        except DATABASE_AWAY as error:
            # Silence says the same.
            log.warning("progress not noted", task=str(task), error=type(error).__name__)


class _Progress:
    """The log position reached."""

    def __init__(self) -> None:
        self.position = 0

    def reach(self, position: int) -> None:
        self.position = position


def _pack(folder: Path, file: Path) -> None:
    """Everything in the folder as one file, under the folder's name, complete or not at all."""
    unfinished = file.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"kreislauf-export/{path.relative_to(folder)}")
    unfinished.rename(file)


def _tidy(folder: Path) -> None:
    """Remove what was kept for long enough."""
    oldest = (datetime.now(UTC) - KEPT).timestamp()
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _task(row: asyncpg.Record) -> Task:
    is_silent = row["state"] == "running" and row["alive_at"] < datetime.now(UTC) - SILENCE
    return Task(
        id=row["id"],
        kind=TaskKind(row["kind"]),
        state="interrupted" if is_silent else row["state"],
        done=row["done"],
        whole=row["whole"],
        result=msgspec.json.decode(row["result"]),
        started_at=row["started_at"],
    )
