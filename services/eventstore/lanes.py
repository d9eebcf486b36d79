"""The two ways of a batch into the log: the database finds the head, or this process knows it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import NamedTuple

import asyncpg
from eventsourcing.persistence import StoredEvent

from services.eventstore.appending import Appending, Receipt
from services.eventstore.database import Connection
from services.ledger.merkle import Peaks, leaf_hash
from services.ledger.record_line import record_line

ALONE = 8
"""So many batches in a row without one of another process between them, and it knows the head."""

ALONE_AT_MOST = 1024
"""Each time it was wrong it waits twice as long, up to this."""

APPEND = "select size_before, recorded_at from append_to_log($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)"
APPEND_EACH = "select append_each_to_known_head($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"
APPEND_MANY = "select append_many_to_known_head($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)"
APPEND_ONE = "select append_one_to_known_head($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"
HEAD = "select position, peaks, recorded_at from log_head"


def utc_now() -> datetime:
    """By the clock of this process."""
    return datetime.now(UTC)


class Head(NamedTuple):
    """The end of the log: its tree, and when its last event was recorded."""

    tree: Peaks
    recorded_at: datetime

    def with_events(
        self, events: Sequence[StoredEvent], now: datetime
    ) -> tuple["Head", list[bytes]]:
        """The head when these are appended now, and their leaves: as the database makes them."""
        now = max(self.recorded_at, now)
        leaves = [
            leaf_hash(
                record_line(
                    position=position,
                    stream=event.originator_id,  # pyright: ignore[reportArgumentType]  (ours are UUIDs)
                    version=event.originator_version,
                    recorded_at=now,
                    state=event.state,
                    topic=event.topic,
                )
            )
            for position, event in enumerate(events, start=self.tree.size + 1)
        ]
        return Head(self.tree.append(*leaves), now), leaves


class Lanes:
    """Appends the batches of one process, one at a time.

    Whoever was the last to append knows where the log ends, and can make the hashes itself, in a
    third of the database's time. If another process was faster, the batch goes the other way.
    """

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self._clock = clock or utc_now
        self._head: Head | None = None
        self._size = 0
        self._alone = 0
        self._patience = ALONE

    async def append(self, connection: Connection, batch: Sequence[Appending]) -> Sequence[Receipt]:
        """The receipts of the batch, which is recorded as a whole.

        Raises UniqueViolationError if a command is known or a stream is at another version, and
        what asyncpg raises if the database is lost.
        """
        if self._alone >= self._patience and all(appending.events for appending in batch):
            receipts = await self._at_the_known_head(connection, batch)
            if receipts is not None:
                return receipts
        return await self._wherever_the_head_is(connection, batch)

    async def _at_the_known_head(
        self, connection: Connection, batch: Sequence[Appending]
    ) -> Sequence[Receipt] | None:
        """None if the head is elsewhere, or the clocks are too far apart."""
        head = self._head or await _head(connection)
        # Unless it comes to an end that is known, nobody knows where the head is.
        self._head = None
        events = [event for appending in batch for event in appending.events]
        after, leaves = head.with_events(events, self._clock())
        try:
            is_recorded = await _append_at(connection, batch, events, head, after, leaves)
        except asyncpg.UniqueViolationError:
            self._head = head
            raise
        if not is_recorded:
            self._alone = 0
            self._patience = min(2 * self._patience, ALONE_AT_MOST)
            return None
        self._head, self._size, self._patience = after, after.tree.size, ALONE
        return _receipts(batch, head.tree.size, after.recorded_at)

    async def _wherever_the_head_is(
        self, connection: Connection, batch: Sequence[Appending]
    ) -> Sequence[Receipt]:
        """The database finds the head and makes the hashes."""
        self._head = None
        events = [event for appending in batch for event in appending.events]
        lasts = list(accumulate(len(appending.events) for appending in batch))
        row = await connection.fetchrow(
            APPEND,
            [appending.command for appending in batch],
            [appending.digest for appending in batch],
            [appending.stream for appending in batch],
            [appending.version for appending in batch],
            [last - len(of.events) + 1 for last, of in zip(lasts, batch, strict=True)],
            lasts,
            [event.originator_id for event in events],
            [event.originator_version for event in events],
            [event.topic for event in events],
            [event.state for event in events],
        )
        assert row is not None, "the function answers with one row"
        before, recorded_at = row
        self._alone = self._alone + 1 if before == self._size else 0
        self._size = before + len(events)
        return _receipts(batch, before, recorded_at)


async def _head(connection: Connection) -> Head:
    row = await connection.fetchrow(HEAD)
    assert row is not None, "every log has a head"
    return Head(Peaks.unpack(row["position"], row["peaks"]), row["recorded_at"])


async def _append_at(
    connection: Connection,
    batch: Sequence[Appending],
    events: Sequence[StoredEvent],
    head: Head,
    after: Head,
    leaves: Sequence[bytes],
) -> bool:
    heads = head.tree.size, head.tree.packed, after.tree.packed, after.recorded_at
    if len(events) == 1:
        (command,), (event,), (leaf,) = batch, events, leaves
        return await connection.fetchval(
            APPEND_ONE,
            *heads,
            command.command,
            command.digest,
            event.originator_id,
            event.originator_version,
            event.topic,
            event.state,
            leaf,
        )
    commands = [appending.command for appending in batch]
    digests = [appending.digest for appending in batch]
    columns = (
        [event.originator_id for event in events],
        [event.originator_version for event in events],
        [event.topic for event in events],
        [event.state for event in events],
        leaves,
    )
    # There are as many only if each has one: none is without.
    if len(events) == len(batch):
        return await connection.fetchval(APPEND_EACH, *heads, commands, digests, *columns)
    lasts = list(accumulate(len(appending.events) for appending in batch))
    return await connection.fetchval(APPEND_MANY, *heads, commands, digests, lasts, *columns)


def _receipts(batch: Sequence[Appending], before: int, recorded_at: datetime) -> list[Receipt]:
    receipts: list[Receipt] = []
    last = before
    for appending in batch:
        first, last = last + 1, last + len(appending.events)
        receipts.append(
            Receipt(
                command=appending.command,
                digest=appending.digest,
                stream=appending.stream,
                version=appending.version + len(appending.events),
                first=first,
                last=last,
                recorded_at=recorded_at,
            )
        )
    return receipts
