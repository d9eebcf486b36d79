"""The event store: append with expected version and command id, load, and read the log in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy
from eventsourcing.persistence import IntegrityError, StoredEvent

from services.eventstore.record import EventMapper, LogEntry, Recorded

if TYPE_CHECKING:
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    Connection: TypeAlias = PoolConnectionProxy[asyncpg.Record]
else:  # only the stubs know what they are generic in
    Pool = asyncpg.Pool
    Connection = PoolConnectionProxy

CHANNEL = "kreislauf_log"
"""NOTIFY goes here with every append; the payload is the new head."""

BATCH = 500

DATABASE_AWAY = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What a lost database looks like; the last if a connection is used at the moment it is cut."""


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


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Up to where to look: a log position, a time of recording, a time of happening; or all."""

    position: int | None = None
    recorded_by: datetime | None = None
    occurred_by: datetime | None = None


NOW = Moment()


class EventStore:
    """One ordered log without holes in PostgreSQL, written by any number of processes.

    An append takes the lock on the head of the log, so positions are given in the order of
    commits and a rolled back append leaves no hole.
    """

    def __init__(self, pool: Pool, mapper: EventMapper) -> None:
        self._pool = pool
        self._mapper = mapper

    async def append(
        self,
        events: Sequence[Recorded],
        *,
        command: UUID,
        digest: bytes,
        stream: UUID,
        version: int,
    ) -> Receipt:
        """Record the events of one command on its stream, which has this version, and its receipt.

        A command id that was seen before gives its earlier receipt and records nothing.
        Raises IntegrityError if the stream has gone on in the meantime.
        """
        stored = [self._mapper.to_stored_event(event) for event in events]  # pyright: ignore[reportArgumentType]  (the protocol asks for writable attributes)
        async with self._pool.acquire() as connection, connection.transaction():
            head = await connection.fetchrow(
                "select position, greatest(recorded_at, clock_timestamp()) as now"
                " from log_head for update"
            )
            assert head is not None, "the migration writes the row"
            earlier = await _receipt(connection, command)
            if earlier is not None:
                return earlier
            if await _version(connection, stream) != version:
                raise IntegrityError(f"stream {stream} is no longer at version {version}")
            receipt = Receipt(
                command=command,
                digest=digest,
                stream=stream,
                version=version + len(stored),
                first=head["position"] + 1,
                last=head["position"] + len(stored),
                recorded_at=head["now"],
            )
            await _insert(connection, stored, receipt)
            return receipt

    async def receipt(self, command: UUID) -> Receipt | None:
        """The outcome of a command if it was seen before."""
        async with self._pool.acquire() as connection:
            return await _receipt(connection, command)

    async def load(self, stream: UUID, until: Moment = NOW) -> list[LogEntry]:
        """The events of a stream in order, as far as they were there at the moment."""
        rows = await self._pool.fetch(
            "select * from event where originator_id = $1"
            " and position <= coalesce($2, position) and recorded_at <= coalesce($3, recorded_at)"
            " order by originator_version",
            stream,
            until.position,
            until.recorded_by,
        )
        entries = [self._entry(row) for row in rows]
        if until.occurred_by is None:
            return entries
        return [entry for entry in entries if entry.metadata.occurred_at <= until.occurred_by]

    async def read(
        self,
        after: int,
        *,
        topics: Sequence[str] | None = None,
        limit: int = BATCH,
        connection: Connection | None = None,
    ) -> list[LogEntry]:
        """The log in order after a position, so many entries at most, of these topics if named.

        Whoever reads inside a transaction passes its connection: waiting for a second one while
        holding the first could wait for ever.
        """
        rows = await (connection or self._pool).fetch(
            "select * from event where position > $1 and ($2::text[] is null or topic = any($2))"
            " order by position limit $3",
            after,
            topics,
            limit,
        )
        return [self._entry(row) for row in rows]

    async def at(self, positions: Sequence[int]) -> list[LogEntry]:
        """The entries at these positions, in order."""
        rows = await self._pool.fetch(
            "select * from event where position = any($1) order by position", positions
        )
        return [self._entry(row) for row in rows]

    async def head(self) -> int:
        """The position of the last event; 0 for an empty log."""
        head: int = await self._pool.fetchval("select position from log_head")
        return head

    def _entry(self, row: asyncpg.Record) -> LogEntry:
        stored = StoredEvent(
            originator_id=row["originator_id"],
            originator_version=row["originator_version"],
            topic=row["topic"],
            state=row["state"],
        )
        return self._mapper.to_entry(stored, row["position"], row["recorded_at"])


async def _receipt(connection: Connection, command: UUID) -> Receipt | None:
    row = await connection.fetchrow("select * from receipt where command_id = $1", command)
    if row is None:
        return None
    return Receipt(
        command=row["command_id"],
        digest=row["digest"],
        stream=row["originator_id"],
        version=row["originator_version"],
        first=row["first_position"],
        last=row["last_position"],
        recorded_at=row["recorded_at"],
    )


async def _version(connection: Connection, stream: UUID) -> int:
    version: int = await connection.fetchval(
        "select coalesce(max(originator_version), 0) from event where originator_id = $1", stream
    )
    return version


async def _insert(connection: Connection, stored: Sequence[StoredEvent], receipt: Receipt) -> None:
    await connection.executemany(
        "insert into event (position, originator_id, originator_version, topic, state, recorded_at)"
        " values ($1, $2, $3, $4, $5, $6)",
        [
            (
                receipt.first + index,
                event.originator_id,
                event.originator_version,
                event.topic,
                event.state,
                receipt.recorded_at,
            )
            for index, event in enumerate(stored)
        ],
    )
    await connection.execute(
        "insert into receipt values ($1, $2, $3, $4, $5, $6, $7)",
        receipt.command,
        receipt.digest,
        receipt.stream,
        receipt.version,
        receipt.first,
        receipt.last,
        receipt.recorded_at,
    )
    if stored:
        await connection.execute(
            "update log_head set position = $1, recorded_at = $2",
            receipt.last,
            receipt.recorded_at,
        )
        await connection.execute("select pg_notify($1, $2)", CHANNEL, str(receipt.last))
