"""What whoever rewrites a log does to make it fit itself again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from services.eventstore.database import Connection, Pool
from services.ledger.merkle import Peaks, leaf_hash, perfect_root
from services.ledger.record_line import EPOCH
from services.ledger.sealed import sealed_event


@asynccontextmanager
async def undone(pool: Pool) -> AsyncIterator[Connection]:
    """What happens in the block is rolled back."""
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            yield connection
        finally:
            await transaction.rollback()


async def seal_again(connection: Connection, position: int) -> None:
    """Make the hash of this event fit it."""
    event = await sealed_event(connection, position)
    assert event is not None
    await connection.execute(
        "update event set leaf = $2 where position = $1", position, leaf_hash(event.line)
    )


async def grow_again(connection: Connection) -> None:
    """Make tiles and head fit the events."""
    rows = await connection.fetch("select recorded_at, leaf from event order by position")
    leaves = [row["leaf"] for row in rows]
    whole = [leaves[at : at + 256] for at in range(0, len(leaves) - 255, 256)]
    await connection.execute("delete from tile")
    await connection.executemany(
        "insert into tile (level, index, hashes, root) values (0, $1, $2, $3)",
        [(index, b"".join(hashes), perfect_root(hashes)) for index, hashes in enumerate(whole)],
    )
    await connection.execute(
        "update log_head set position = $1, recorded_at = $2, peaks = $3",
        len(leaves),
        rows[-1]["recorded_at"] if rows else EPOCH,
        Peaks.over(leaves).packed,
    )


def flipped(content: bytes, chance: Random) -> bytes:
    """With one bit another."""
    changed = bytearray(content)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)
