"""Proofs that a person keeps: an event's record line, its way to the root, a signed checkpoint."""

import asyncio
from contextlib import suppress
from datetime import datetime

import asyncpg
import msgspec

from services.eventstore.database import Pool
from services.ledger.checkpoint import read_checkpoint
from services.ledger.checkpoints import covering_note
from services.ledger.note import read_note
from services.ledger.proof import TlogProof
from services.ledger.record_line import record_line
from services.ledger.tree import TreeReader

LOOK_AGAIN = 0.05


class ProvenEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it is stored, with its proof. `state` are the exact bytes of its content."""

    position: int
    recorded_at: datetime
    line: bytes
    state: bytes
    proof: TlogProof


async def note_covering(pool: Pool, position: int, patience: float) -> str | None:
    """A signed checkpoint that covers the position; None if none is signed in so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while (note := await covering_note(pool, position)) is None:  # noqa: ASYNC110 (any process may sign)
                await asyncio.sleep(LOOK_AGAIN)
            return note
    return None


async def proven(pool: Pool, first: int, last: int, note: str) -> list[ProvenEvent]:
    """The events from one log position to another, under this checkpoint, which covers them."""
    size = read_checkpoint(read_note(note).text).size
    rows = await pool.fetch(
        "select position, originator_id, originator_version, recorded_at, state, topic"
        " from event where position between $1 and $2 order by position",
        first,
        last,
    )
    tree = TreeReader(pool)
    return [await _proven(tree, size, note, row) for row in rows]


async def _proven(tree: TreeReader, size: int, note: str, row: asyncpg.Record) -> ProvenEvent:
    line = record_line(
        position=row["position"],
        stream=row["originator_id"],
        version=row["originator_version"],
        recorded_at=row["recorded_at"],
        state=row["state"],
        topic=row["topic"],
    )
    index = row["position"] - 1
    hashes = tuple(await tree.inclusion(index, size))
    return ProvenEvent(
        position=row["position"],
        recorded_at=row["recorded_at"],
        line=line,
        state=row["state"],
        proof=TlogProof(index=index, hashes=hashes, checkpoint=note, extra=line),
    )
