"""Commands that come together are recorded together: one transaction, one wait for the disk."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from eventsourcing.persistence import IntegrityError, StoredEvent

from services.eventstore.database import Connection, Pool

MOST_AT_ONCE = 512
"""So many commands share a transaction at most: a larger one holds the log for too long."""

VERSIONS = """
    select stream, coalesce(
        (select max(originator_version) from event where originator_id = stream), 0
    ) as version
    from unnest($1::uuid[]) as stream
"""

APPEND = "select size_before, recorded_at from append_to_log($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)"


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a command, kept for ever.

    `version` is the stream's after it. No events were needed if `first` is greater than `last`;
    `last` is then the head of the log at that time.
    """

    command: UUID
    digest: bytes
    stream: UUID
    version: int
    first: int
    last: int
    recorded_at: datetime


class Appending(NamedTuple):
    """A command on its way into the log: its events, and the version it saw of its stream."""

    events: Sequence[StoredEvent]
    command: UUID
    digest: bytes
    stream: UUID
    version: int
    outcome: asyncio.Future[Receipt]


class GroupCommit:
    """Appends for one process. While a transaction is under way, the next one gathers."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._waiting: deque[Appending] = deque()
        self._at_work = False
        self._work: asyncio.Task[None] | None = None

    async def append(
        self,
        events: Sequence[StoredEvent],
        *,
        command: UUID,
        digest: bytes,
        stream: UUID,
        version: int,
    ) -> Receipt:
        """The receipt of the command, or its earlier one. Its events follow the version.

        Raises IntegrityError if the stream has gone on, and what asyncpg raises if the database is
        lost: the command may then be recorded or not, and may be sent again.
        """
        for place, event in enumerate(events, start=version + 1):
            if (event.originator_id, event.originator_version) != (stream, place):
                raise ValueError(f"event {event.originator_version} of {event.originator_id}")
        outcome = asyncio.get_running_loop().create_future()
        appending = Appending(events, command, digest, stream, version, outcome)
        if self._at_work:
            self._waiting.append(appending)
        else:
            await self._record_alone(appending)
        return await outcome

    async def _record_alone(self, appending: Appending) -> None:
        """Nobody else is at work: it needs no task, and takes only itself along if cancelled."""
        self._at_work = True
        try:
            async with self._pool.acquire() as connection:
                await _record(connection, [appending])
        finally:
            self._at_work = False
            if self._waiting:
                self._start()

    def _start(self) -> None:
        self._at_work = True
        self._work = asyncio.create_task(self._work_off(), name="group commit")

    async def _work_off(self) -> None:
        batch: Sequence[Appending] = ()
        try:
            # Asked again after each release, during which more may have come.
            while self._waiting:
                async with self._pool.acquire() as connection:
                    while self._waiting:
                        batch = self._gather()
                        await _record(connection, batch)
                        # Those just answered may have more: they share the next transaction.
                        await asyncio.sleep(0)
        except Exception as error:  # noqa: BLE001 (whatever it is, those who wait are told)
            self._give_up(batch, error)
        except asyncio.CancelledError:
            self._give_up(batch, None)
            raise
        finally:
            self._at_work = False

    def _give_up(self, batch: Sequence[Appending], error: Exception | None) -> None:
        for appending in (*batch, *self._waiting):
            if appending.outcome.done():
                continue
            if error is None:
                appending.outcome.cancel()
            else:
                appending.outcome.set_exception(error)
        self._waiting.clear()

    def _gather(self) -> Sequence[Appending]:
        """Those that wait, but of each stream and each command id only the first."""
        batch: list[Appending] = []
        taken: set[UUID] = set()
        later: list[Appending] = []
        while self._waiting and len(batch) < MOST_AT_ONCE:
            appending = self._waiting.popleft()
            if appending.stream in taken or appending.command in taken:
                later.append(appending)
                continue
            taken.add(appending.stream)
            taken.add(appending.command)
            batch.append(appending)
        self._waiting.extendleft(reversed(later))
        return batch


async def earlier_receipts(connection: Connection, commands: Sequence[UUID]) -> dict[UUID, Receipt]:
    """The outcomes of those of the commands that were seen before."""
    rows = await connection.fetch("select * from receipt where command_id = any($1)", commands)
    return {
        row["command_id"]: Receipt(
            command=row["command_id"],
            digest=row["digest"],
            stream=row["originator_id"],
            version=row["originator_version"],
            first=row["first_position"],
            last=row["last_position"],
            recorded_at=row["recorded_at"],
        )
        for row in rows
    }


async def _record(connection: Connection, batch: Sequence[Appending]) -> None:
    """Record the batch and answer; those that cannot be recorded do not keep up the others."""
    while batch:
        try:
            receipts = await _append(connection, batch)
        except asyncpg.UniqueViolationError:
            batch = await _without_the_refused(connection, batch)
            continue
        for appending, receipt in zip(batch, receipts, strict=True):
            _answer(appending, receipt)
        return


async def _without_the_refused(
    connection: Connection, batch: Sequence[Appending]
) -> Sequence[Appending]:
    """What is left when those seen before have their receipt, and those come too late a conflict.

    Every call finds one at least: what was in the way of the batch stays in the log.
    """
    known = await earlier_receipts(connection, [appending.command for appending in batch])
    rows = await connection.fetch(VERSIONS, [appending.stream for appending in batch])
    versions: dict[UUID, int] = {row["stream"]: row["version"] for row in rows}
    rest: list[Appending] = []
    for appending in batch:
        if appending.command in known:
            _answer(appending, known[appending.command])
        elif versions[appending.stream] != appending.version:
            _answer(appending, _conflict(appending))
        else:
            rest.append(appending)
    if len(rest) == len(batch):
        raise IntegrityError("the log refused a batch in which nothing is wrong")
    return rest


def _conflict(appending: Appending) -> IntegrityError:
    return IntegrityError(f"stream {appending.stream} is no longer at version {appending.version}")


def _answer(appending: Appending, outcome: Receipt | IntegrityError) -> None:
    if appending.outcome.done():  # whoever asked has given up
        return
    if isinstance(outcome, Receipt):
        appending.outcome.set_result(outcome)
    else:
        appending.outcome.set_exception(outcome)


async def _append(connection: Connection, batch: Sequence[Appending]) -> list[Receipt]:
    events = [event for appending in batch for event in appending.events]
    firsts: list[int] = []
    lasts: list[int] = []
    last = 0
    for appending in batch:
        firsts.append(last + 1)
        last += len(appending.events)
        lasts.append(last)
    row = await connection.fetchrow(
        APPEND,
        [appending.command for appending in batch],
        [appending.digest for appending in batch],
        [appending.stream for appending in batch],
        [appending.version for appending in batch],
        firsts,
        lasts,
        [event.originator_id for event in events],
        [event.originator_version for event in events],
        [event.topic for event in events],
        [event.state for event in events],
    )
    assert row is not None, "the function answers with one row"
    before, recorded_at = row
    return [
        Receipt(
            command=appending.command,
            digest=appending.digest,
            stream=appending.stream,
            version=appending.version + len(appending.events),
            first=before + first,
            last=before + last,
            recorded_at=recorded_at,
        )
        for appending, first, last in zip(batch, firsts, lasts, strict=True)
    ]
