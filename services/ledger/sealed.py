"""Events as they are sealed: exact bytes and hash, in order, whatever they mean."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from services.eventstore.database import Connection
from services.ledger.record_line import record_line

PORTION = 2048
_COLUMNS = "position, originator_id, originator_version, recorded_at, topic, state, leaf"


class SealedEvent(msgspec.Struct, frozen=True):
    """A row of the log. `leaf` is the hash it was sealed under, which may not be its hash."""

    position: int
    stream: UUID
    version: int
    recorded_at: datetime
    topic: str
    state: bytes
    leaf: bytes

    @property
    def line(self) -> bytes:
        """The line that stands for the event, as it is now."""
        return record_line(
            position=self.position,
            stream=self.stream,
            version=self.version,
            recorded_at=self.recorded_at,
            state=self.state,
            topic=self.topic,
        )


async def sealed_events(connection: Connection, until: int) -> AsyncIterator[list[SealedEvent]]:
    """All events up to a position, in order and in portions."""
    after = -(2**63)
    while portion := await _portion(connection, after, until):
        yield portion
        after = portion[-1].position


async def _portion(connection: Connection, after: int, until: int) -> list[SealedEvent]:
    rows: list[asyncpg.Record] = await connection.fetch(
        f"select {_COLUMNS} from event"  # noqa: S608 (no input)
        " where position > $1 and position <= $2 order by position limit $3",
        after,
        until,
        PORTION,
    )
    return [SealedEvent(*row) for row in rows]


async def sealed_event(connection: Connection, position: int) -> SealedEvent | None:
    """The event at a position."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from event where position = $1",  # noqa: S608 (no input)
        position,
    )
    return SealedEvent(*row) if row else None
