"""Commands that come together are recorded together: one transaction, one wait for the disk."""

import asyncio
from collections import deque
from collections.abc import Sequence
from uuid import UUID

import asyncpg
from eventsourcing.persistence import IntegrityError, StoredEvent

from services.eventstore.appending import Appending, Receipt
from services.eventstore.database import Connection, Pool
from services.eventstore.held_connection import HeldConnection
from services.eventstore.lanes import Lanes

MOST_AT_ONCE = 512
"""So many commands share a transaction at most: a larger one holds the log for too long."""

VERSIONS = """
    select stream, coalesce(
        (select max(originator_version) from event where originator_id = stream), 0
    ) as version
    from unnest($1::uuid[]) as stream
"""


class GroupCommit:
    """Appends for one process. While a transaction is under way, the next one gathers."""

    def __init__(self, pool: Pool) -> None:
        self._held = HeldConnection(pool)
        self._lanes = Lanes()
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
            async with self._held as connection:
                await self._record(connection, [appending])
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
                async with self._held as connection:
                    while self._waiting:
                        batch = self._gather()
                        await self._record(connection, batch)
                        # Those just answered may have more: they share the next transaction.
                        await asyncio.sleep(0)
        except Exception as error:  # noqa: BLE001 (whatever it is, those who wait are told)
            self._give_up(batch, error)
        except asyncio.CancelledError:
            self._give_up(batch, None)
            raise
        finally:
            self._at_work = False

    async def _record(self, connection: Connection, batch: Sequence[Appending]) -> None:
        """Record the batch and answer; those that cannot be recorded do not keep up the others."""
        while batch:
            try:
                receipts = await self._lanes.append(connection, batch)
            except asyncpg.UniqueViolationError:
                batch = await _without_the_refused(connection, batch)
                continue
            for appending, receipt in zip(batch, receipts, strict=True):
                _answer(appending, receipt)
            return

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
            keys = {appending.stream, appending.command}
            if taken.isdisjoint(keys):
                taken |= keys
                batch.append(appending)
            else:
                later.append(appending)
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
