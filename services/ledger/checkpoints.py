"""Reading what was signed: the checkpoints, who else vouches for them, and trusted times."""

from datetime import datetime

import msgspec

from services.eventstore.database import Connection, Pool


class SignedCheckpoint(msgspec.Struct, frozen=True, kw_only=True):
    """`note` is the checkpoint with all signatures, the log's own first."""

    size: int
    root: bytes
    signed_at: datetime
    note: str
    time_stamped: bool


class StampedNote(msgspec.Struct, frozen=True, kw_only=True):
    """The note that was dated, without the lines of witnesses, and the authority's response."""

    size: int
    note: str
    response: bytes


async def latest_note(pool: Pool) -> str | None:
    """The latest checkpoint, with all signatures."""
    note: str | None = await pool.fetchval(
        "select note from signed_checkpoint order by size desc limit 1"
    )
    return note


async def covering_note(pool: Pool, position: int) -> str | None:
    """A checkpoint that covers the position: the latest that a witness signed, or the latest."""
    note: str | None = await pool.fetchval(
        "select note from signed_checkpoint where size >= $1 and size = coalesce("
        "(select max(size) from cosignature where size >= $1), (select max(size) from checkpoint))",
        position,
    )
    return note


async def checkpoints_after(pool: Pool, size: int, limit: int) -> list[SignedCheckpoint]:
    """So many checkpoints of larger trees, in order."""
    rows = await pool.fetch(
        "select * from signed_checkpoint where size > $1 order by size limit $2",
        size,
        limit,
    )
    return [SignedCheckpoint(**dict(row)) for row in rows]


async def first_unsigned(pool: Pool) -> datetime | None:
    """When the first event after the last checkpoint was recorded; None if all are signed."""
    recorded_at: datetime | None = await pool.fetchval(
        "select recorded_at from event"
        " where position = (select coalesce(max(size), 0) + 1 from checkpoint)"
    )
    return recorded_at


async def times(pool: Pool | Connection, after: int = 0) -> list[StampedNote]:
    """All trusted times of checkpoints of larger trees, in order."""
    rows = await pool.fetch(
        "select size, note, response from checkpoint_time join checkpoint using (size)"
        " where size > $1 order by size",
        after,
    )
    return [StampedNote(**dict(row)) for row in rows]
